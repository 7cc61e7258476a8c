"""What the editor of queries knows: prefixes, the names of our vocabulary, and a query to begin with."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from app.graph.vocabulary import BASE, BG, OUR_GRAPHS, PREFIXES
from app.languages import Language
from app.ontology_terms import MORE_PREFIXES, read_ontology
from app.web.addresses import pair_path

_THINGS = ("country", "pair", "event", "article", "person", "organisation")
_PREFIXES = {
    **PREFIXES,
    **MORE_PREFIXES,
    "graph": OUR_GRAPHS,
    **{kind: f"{BASE}id/{kind}/" for kind in _THINGS},
}
# Namespaces within others come before them.
_NAMESPACES = sorted(_PREFIXES.items(), key=lambda one: -len(one[1]))
# Those that most queries need, in the order in which they stand above one.
_FIRST = ("bg", "graph", "country", "pair", "rdfs", "skos", "xsd", "prov", "dcterms")
_LOCAL_NAME = re.compile(r"\w(?:[\w.-]*[\w-])?")
_BEGINNING = """
SELECT ?date ?label
WHERE {{
  ?event a bg:Event ; bg:country country:VN ; bg:type bg:type-established ; bg:date ?date ; rdfs:label ?label .
  FILTER(LANG(?label) = "{language}")
}}
ORDER BY ?date
LIMIT 100
"""


def first_query(language: Language) -> str:
    """A query to begin with: the prefixes, and something that can be run at once."""
    prefixes = "".join(f"PREFIX {name}: <{_PREFIXES[name]}>\n" for name in _FIRST)
    return prefixes + _BEGINNING.format(language=language)


def short_name(iri: str) -> str:
    """An IRI with its prefix, as a query would have it: `country:VN`; the IRI itself where it has none."""
    for prefix, namespace in _NAMESPACES:
        local = iri.removeprefix(namespace)
        if len(local) < len(iri) and _LOCAL_NAME.fullmatch(local):
            return f"{prefix}:{local}"
    return iri


def address_of(iri: str) -> str | None:
    """Where this service tells of an IRI of its own, relative to its root; None for those of others."""
    if iri.startswith(BG):
        return f"/ontology#{quote(iri.removeprefix(BG))}"
    if not iri.startswith(BASE):
        return None
    pair, event = iri.removeprefix(_PREFIXES["pair"]).split("-"), iri.removeprefix(_PREFIXES["event"])
    if len(pair) == 2 and iri.startswith(_PREFIXES["pair"]):
        return pair_path(*map(quote, pair))
    return f"/events/{quote(event)}" if event != iri else f"/{quote(iri.removeprefix(BASE))}"


@lru_cache(maxsize=1)
def names() -> dict[str, Any]:
    """The prefixes, and each name of our vocabulary with what it is called in both languages, for completion."""
    ontology = read_ontology()
    concepts = (concept for scheme in ontology.schemes for concept in scheme.concepts)
    terms = (*ontology.classes, *ontology.properties, *concepts)
    return {
        "prefixes": _PREFIXES,
        "names": [{"name": f"bg:{one.name}", "vi": one.label.vi, "en": one.label.en} for one in terms],
    }
