"""The vocabulary for people: a page made from the ontology, the shapes and the example queries alone."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.example_queries import example_queries
from app.graph.vocabulary import BG, PREFIXES
from app.ontology_terms import MORE_PREFIXES, OntologyTerm, expand, read_ontology
from app.shape_terms import read_shapes

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@lru_cache(maxsize=1)
def ontology_page() -> str:
    """The page in HTML: Vietnamese first, then English.

    Raises:
        SyntaxError: a file of ontology/ is no Turtle.
        TableError, ValueError: a table or a query of ontology/ is at fault.

    """
    ontology = read_ontology()
    return _templates.get_template("ontology.html").render(
        ontology=ontology,
        shapes=read_shapes(),
        queries=example_queries(),
        namespaces={**PREFIXES, **MORE_PREFIXES},
        namespace=BG,
        names={term.name for term in _all_terms()},
        domains=_by_class("domain"),
        ranges=_by_class("range"),
        expand=expand,
        quote=quote,
    )


def _all_terms() -> tuple[OntologyTerm, ...]:
    ontology = read_ontology()
    concepts = (concept for scheme in ontology.schemes for concept in scheme.concepts)
    return (*ontology.classes, *ontology.properties, *concepts)


def _by_class(end: str) -> dict[str, list[str]]:
    """The properties that have a class as their domain or range, by the class."""
    found: dict[str, list[str]] = {}
    for one in read_ontology().properties:
        name = getattr(one, end)
        if name:
            found.setdefault(name, []).append(f"bg:{one.name}")
    return found
