"""The pieces of a graph that is built in bulk: pure work, done in processes side by side, in a form that travels.

What is made is what the incremental way makes, from the same functions; only where evidence is read from differs.
"""

import pickle
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.appearances import Appearance, BodyAppearance
from app.graph.articles import ArticleGraph
from app.graph.digests import GraphDigest, line_of, lines_of
from app.graph.entities_building import is_name
from app.graph.entities_rdf import (
    body_name_quads,
    body_quads,
    name_quads,
    person_quads,
    read_appearances,
    read_body_appearances,
)
from app.graph.events import CountryNames, subject_statements
from app.graph.evidence import Evidence, evidence_among
from app.graph.fusion import fuse
from app.graph.literals import Statement
from app.graph.organisations import resolve_bodies
from app.graph.people import resolve_people
from app.graph.rdf import article_statements
from app.graph.statements import Statements
from app.graph.vocabulary import term
from extractors.records import Extraction

PARTS = 256
"""The files that what is said is sorted into, by what it is about: one at a time is held in memory to be fused."""

_END = b" .\n"

Said: TypeAlias = tuple[str, Evidence | Appearance | BodyAppearance]
"""What an article or a curated fact says, with the IRI of its subject or of the name that it gives."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some quads as N-Quads, each once, with their digest; and what they say, in a pickle for each part.

    `spellings` are those of names of people, and `people` what is said of these, which only makes quads once it is
    known which names belong together.
    """

    nquads: bytes
    digest: GraphDigest
    said: Mapping[int, bytes] = field(default_factory=dict)
    spellings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    people: bytes = b""


def describe(articles: Sequence[Extraction | ArticleGraph]) -> Piece:
    """The graphs of some articles."""
    lines: list[bytes] = []
    said: list[Said] = []
    for article in articles:
        if isinstance(article, ArticleGraph):
            quads = article.quads()
            lines.extend(map(line_of, quads))
            said.extend(_said_in(tuple(_statements_of(quads))))
        else:
            statements = tuple(article_statements(article))
            lines.extend(lines_of(statements))
            said.extend(_said_in(statements))
    return _piece(lines, said)


def describe_fixed(quads: Iterable[Quad]) -> Piece:
    """Quads that are there before any article: curated data and the ontology."""
    held = frozenset(quads)
    return _piece(list(map(line_of, held)), _said_in(tuple(_statements_of(held))))


def fuse_part(path: Path, names: CountryNames) -> Piece:
    """What follows from all that is said in a file: events, organisations, and the names of people."""
    lines: list[bytes] = []
    spellings: dict[str, frozenset[str]] = {}
    people: list[Said] = []
    for key, said in _by_key(path).items():
        node = NamedNode(key)
        if not is_name(node):
            evidence = (item for item in said if isinstance(item, Evidence))
            lines.extend(lines_of(subject_statements(node, fuse(evidence), names)))
        elif bodies := [item for item in said if isinstance(item, BodyAppearance)]:
            lines.extend(map(line_of, body_name_quads(node, bodies) | _organisations(bodies)))
        else:
            appearances = [item for item in said if isinstance(item, Appearance)]
            lines.extend(map(line_of, name_quads(node, appearances)))
            spellings[key] = frozenset(item.name for item in appearances)
            people.extend((key, item) for item in appearances)
    return replace(_piece(lines, ()), spellings=spellings, people=_packed(people))


def join_people(path: Path) -> Piece:
    """The people in a file, in which each group of names that can be one person's has a key."""
    quads: set[Quad] = set()
    for said in _by_key(path).values():
        by_iri = {item.iri: item for item in said if isinstance(item, Appearance)}
        for person in resolve_people(by_iri.values()):
            quads.update(person_quads(person, by_iri))
    return _piece(list(map(line_of, quads)), ())


def sort_into_parts(said: Iterable[Said]) -> Mapping[int, bytes]:
    """What is said, in a pickle for each part, by its key."""
    parts: dict[int, list[Said]] = defaultdict(list)
    for key, item in said:
        parts[crc32(key.encode()) % PARTS].append((key, item))
    return {part: _packed(items) for part, items in parts.items()}


def unpack(path: Path) -> Iterator[list[Said]]:
    """What stands in a file of pickles, one after the other."""
    with path.open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)  # noqa: S301  # our own, written by this very build


def _packed(said: list[Said]) -> bytes:
    return pickle.dumps(said, pickle.HIGHEST_PROTOCOL)


def _by_key(path: Path) -> Mapping[str, list[Evidence | Appearance | BodyAppearance]]:
    found: dict[str, list[Evidence | Appearance | BodyAppearance]] = defaultdict(list)
    for said in unpack(path):
        for key, item in said:
            found[key].append(item)
    return found


def _organisations(appearances: Iterable[BodyAppearance]) -> frozenset[Quad]:
    return frozenset(quad for body in resolve_bodies(appearances) for quad in body_quads(body))


def _statements_of(quads: Iterable[Quad]) -> Iterator[Statement]:
    """Quads taken apart, but for those with blank nodes, in which nothing is said that is fused."""
    for quad in quads:
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal) and isinstance(graph, NamedNode):
            yield subject, quad.predicate, value, graph


def _said_in(statements: Sequence[Statement]) -> Iterator[Said]:
    """What some whole graphs say: the counterpart of the queries evidence-of-subject and appearances-of-name."""
    mentions, quoted_from = term("schema:mentions"), term("prov:wasQuotedFrom")
    mentioned = (
        (value, quoted_from, article, graph)
        for article, predicate, value, graph in statements
        if predicate == mentions and isinstance(value, NamedNode)
    )
    said = Statements.of_one_graph(chain(statements, mentioned))
    _quote(said)
    for evidence in evidence_among(said):
        yield said.text(evidence.iri, "bg:subject"), evidence
    for appearance in chain[Appearance | BodyAppearance](read_appearances(said), read_body_appearances(said)):
        yield said.text(appearance.iri, "bg:named"), appearance


def _quote(said: Statements) -> None:
    """Let the words of each claim be said of the claim itself, as the query has them."""
    for claim in said.of_type("bg:Claim"):
        for target in said.texts(claim, "oa:hasTarget"):
            for selector in said.texts(target, "oa:hasSelector"):
                for words in said.values(selector, "oa:exact"):
                    said.add(claim, "oa:exact", words)


def _piece(lines: Collection[bytes], said: Iterable[Said]) -> Piece:
    digest = GraphDigest()
    digest.add_lines(lines)
    return Piece(b"".join(line + _END for line in lines), digest, sort_into_parts(said))
