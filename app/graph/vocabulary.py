"""The names of the graph: namespaces, terms, and the IRIs of things, made from what they are and nothing else.

Identity never depends on the machine or the moment: the base is fixed, and every key is a function of the thing.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from urllib.parse import quote

from pyoxigraph import NamedNode

from extractors.dates import DateValue

BASE = "https://w3id.org/banggiao/"
BG = f"{BASE}ontology#"

PREFIXES = {
    "bg": BG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "wd": "http://www.wikidata.org/entity/",
}

_PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_CHARS = 60
_HASH_CHARS = 10
# The characters that an IRI may hold beside letters and digits (RFC 3987); the rest is percent-encoded.
_IRI_SAFE = "!#$%&'()*+,/:;=?@[]~"


@lru_cache(maxsize=512)
def term(name: str) -> NamedNode:
    """The IRI of a prefixed name such as `prov:wasDerivedFrom`."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def concept(kind: str, name: str) -> NamedNode:
    """The SKOS concept of a contract word: `concept("type", "established")` is `bg:type-established`."""
    return term(f"bg:{kind}-{name}")


def concept_name(iri: str) -> str:
    """The contract word of a concept: the way back from `concept`."""
    return iri.removeprefix(BG).partition("-")[2]


OUR_GRAPHS = f"{BASE}graph/"
"""How the names of the graphs begin that fusion reads or writes."""

REFERENCE_GRAPH = NamedNode(f"{BASE}graph/reference")
EVENTS_GRAPH = NamedNode(f"{BASE}graph/events")
RECORDS_GRAPH = NamedNode(f"{BASE}graph/records")
ONTOLOGY_GRAPH = NamedNode(f"{BASE}graph/ontology")
VERDICTS_GRAPH = NamedNode(f"{BASE}graph/verdicts")
LEDGER_GRAPH = NamedNode(f"{BASE}graph/ledger")


def article_graph(key: str) -> NamedNode:
    """The named graph that holds what one article asserts."""
    return NamedNode(f"{BASE}graph/article/{key}")


def import_graph(name: str) -> NamedNode:
    """The named graph that holds what was imported under a name."""
    return NamedNode(f"{BASE}graph/import/{name}")


def thing(kind: str, key: str) -> NamedNode:
    """The IRI of a thing: `thing("country", "AZ")`."""
    return NamedNode(f"{BASE}id/{kind}/{key}")


def kind_and_key(iri: str) -> tuple[str, str]:
    """The way back from `thing`.

    Raises:
        ValueError: the IRI is not one of ours.

    """
    kind, slash, key = iri.removeprefix(f"{BASE}id/").partition("/")
    if not iri.startswith(f"{BASE}id/") or not slash:
        raise ValueError(f"«{iri}» names no thing of this graph")
    return kind, key


def pair_key(a: str, b: str) -> str:
    """The key of two states, in either order: `AZ-VN`."""
    return "-".join(sorted((a, b)))


def subject_of(countries: Sequence[str], person: str | None = None) -> NamedNode:
    """What an assertion is about: a country, a pair, a group of more states, or (no state) a person or the world.

    All that is said of one subject is fused together, and apart from everything else.
    """
    codes = sorted(set(countries))
    if not codes:
        return thing("person", slug(person)) if person else thing("group", "none")
    kind = {1: "country", 2: "pair"}.get(len(codes), "group")
    return thing(kind, "-".join(codes))


def countries_of(subject: str) -> tuple[str, ...]:
    """The sorted codes of a subject; none for a person."""
    kind, key = kind_and_key(subject)
    return tuple(key.split("-")) if kind in {"country", "pair", "group"} and key != "none" else ()


def pairs_of(countries: Iterable[str]) -> tuple[NamedNode, ...]:
    """Every pair among some states."""
    return tuple(thing("pair", key) for key in pair_keys_of(countries))


def pair_keys_of(countries: Iterable[str]) -> tuple[str, ...]:
    """The keys of every pair among some states."""
    return tuple(pair_key(a, b) for a, b in combinations(sorted(set(countries)), 2))


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: `Tô Lâm` gives `to-lam`; a hash where nothing is left of the text."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = _NOT_SLUG.sub("-", letters).strip("-")
    return words[:_SLUG_CHARS].rstrip("-") or _short_hash(text)


def article_key(article_id: str) -> str:
    """The key of an article: its id where that can stand in an IRI, else a slug with a hash of the id."""
    if _PLAIN_KEY.fullmatch(article_id):
        return article_id
    return f"{slug(article_id)}-{_short_hash(article_id)}"


def claim_key(article: str, claim_type: str, start: int, content: str) -> str:
    """The key of a claim: where it stands, and a hash of all that it says."""
    return f"{article}-{claim_type}-{start}-{_short_hash(content)}"


def entity_key(name: str, country: str | None) -> str:
    """The key of a person or an organisation: its name, and its state where it has one."""
    return f"{slug(name)}-{country}" if country else slug(name)


def event_key(*parts: str | DateValue | None) -> str:
    """The key of an event from its parts; those that are unknown are left out."""
    return "-".join(str(part).replace("/", "--") for part in parts if part)


def web_iri(url: str) -> NamedNode | None:
    """A web address as an IRI, with what an IRI cannot hold percent-encoded; None where it is no web address."""
    if not url.startswith(("https://", "http://")):
        return None
    try:
        return NamedNode(quote(url, safe=_IRI_SAFE))
    except ValueError:
        return None


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARS]
