"""The shipped ontology, and the patterns by which it labels events."""

import string
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, parse

from app.graph.vocabulary import ONTOLOGY_GRAPH, concept, term

ONTOLOGY_DIR = Path(__file__).resolve().parent.parent.parent / "ontology"
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class LabelPattern:
    """A sentence with fields; `fields` are their names."""

    text: str
    fields: frozenset[str]


@lru_cache(maxsize=1)
def ontology_quads() -> frozenset[Quad]:
    """The ontology graph.

    Raises:
        SyntaxError: ontology/banggiao.ttl is no Turtle.

    """
    triples = parse(path=ONTOLOGY_DIR / "banggiao.ttl")
    return frozenset(Quad(found.subject, found.predicate, found.object, ONTOLOGY_GRAPH) for found in triples)


def label_of_concept(kind: str, name: str, language: str) -> str | None:
    """The preferred label of a concept such as `("level", "strategic")`; None for one that the ontology lacks."""
    return _texts("skos:prefLabel").get((concept(kind, name).value, language))


def definition_of_concept(kind: str, name: str, language: str) -> str | None:
    """What a concept such as `("basis", "count")` means, as a sentence; None for one that the ontology lacks."""
    return _texts("skos:definition").get((concept(kind, name).value, language))


def label_of_event(event_type: str, fields: Mapping[str, str | None], language: str) -> str:
    """The label of an event: the pattern of its type that uses the most of the fields that are known.

    Raises:
        LookupError: the ontology has no pattern of this type that these fields fill.

    """
    known = {name: value for name, value in fields.items() if value}
    fitting = [pattern for pattern in _patterns()[event_type, language] if pattern.fields <= known.keys()]
    if not fitting:
        raise LookupError(f"no label pattern of bg:type-{event_type} in «{language}» is filled by {sorted(known)}")
    best = max(fitting, key=lambda pattern: (len(pattern.fields), pattern.text))
    return best.text.format_map(known)


def lower_first(name: str) -> str:
    """A name as it stands within a sentence: «đối tác chiến lược sâu rộng»."""
    return name[:1].lower() + name[1:]


@lru_cache(maxsize=1)
def _patterns() -> Mapping[tuple[str, str], tuple[LabelPattern, ...]]:
    found: dict[tuple[str, str], list[LabelPattern]] = defaultdict(list)
    prefix = concept("type", "").value
    for subject, text in _literals(term("bg:labelPattern")):
        fields = frozenset(name for _, name, _, _ in string.Formatter().parse(text.value) if name)
        found[subject.removeprefix(prefix), text.language or ""].append(LabelPattern(text.value, fields))
    return defaultdict(tuple, {key: tuple(patterns) for key, patterns in found.items()})


@lru_cache(maxsize=2)
def _texts(name: str) -> Mapping[tuple[str, str], str]:
    """The texts of a property, by subject and language."""
    return {(subject, text.language or ""): text.value for subject, text in _literals(term(name))}


def _literals(predicate: NamedNode) -> Iterator[tuple[str, Literal]]:
    for quad in ontology_quads():
        if quad.predicate == predicate and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject.value, quad.object
