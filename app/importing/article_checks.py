"""Whether an article's graph in a dump says only what an article can: of itself, its claims, and whom it names."""

import binascii
import re
from collections.abc import Collection

from pyoxigraph import NamedNode

from app.graph.literals import read_bytes
from app.graph.vocabulary import article_key, concept_name, entity_key, term, thing
from app.importing.dump_nodes import Node
from app.importing.dumps import Dump
from app.importing.node_checks import (
    DATE_NAMES,
    check_address,
    check_assertion,
    check_day,
    check_state,
    name_of,
    number_of,
)
from app.importing.terms import text_of

_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE_BYTES = 256  # of those that app/graph/near_copies.py makes
_TEXT_BASES = frozenset({"explicit", "range", "count", "relative"})
# What is said of each kind of thing in an article's graph (app/graph/rdf.py): as things, and as texts.
_THINGS = {
    "article": ("rdf:type", "prov:wasDerivedFrom", "schema:mentions"),
    "claim": (
        *("rdf:type", "prov:wasQuotedFrom", "bg:type", "bg:subject", "bg:country", "bg:pair", "bg:basis", "bg:level"),
        *("bg:fromCountry", "bg:toCountry", "oa:hasTarget"),
    ),
    "part": ("rdf:type", "oa:hasSource", "oa:hasSelector"),
    "appearance": ("rdf:type", "bg:named", "bg:country", "bg:counterpart"),
}
_TEXTS = {
    "article": (
        *("dcterms:identifier", "bg:contentHash", "schema:headline", "schema:url", "dc:publisher", "dc:source"),
        *("schema:datePublished", "dc:creator", "bg:textSignature", "bg:inputDigest"),
    ),
    "claim": (*DATE_NAMES, "bg:confidence", "bg:section", "bg:personName", "schema:name", "bg:issue"),
    "part": ("oa:exact", "oa:start", "oa:end"),
    "appearance": ("foaf:name", "bg:role", "bg:organisationType"),
}
_MANY = frozenset(
    {
        *("rdf:type", "prov:wasDerivedFrom", "schema:mentions", "bg:country", "bg:pair", "bg:counterpart"),
        *("oa:hasSelector", "dc:source", "bg:issue"),
    }
)
# What is called so in the graph of an article.
_CLASSES = {
    "article": ("bg:Article", "schema:NewsArticle"),
    "claim": ("bg:Claim", "oa:Annotation"),
    "part": ("oa:SpecificResource", "oa:TextQuoteSelector", "oa:TextPositionSelector"),
    "appearance": ("bg:PersonAppearance", "bg:OrganisationAppearance"),
}


def check_article(dump: Dump, key: str, graph: NamedNode, codes: Collection[str]) -> frozenset[str]:
    """Look through the graph of the article with that key; the claims and appearances that it speaks of, by IRI.

    Raises:
        ImportRefusedError: the first fault.
    """
    article = Node.of(dump, thing("article", key), graph)
    subjects = sorted({text_of(quad.subject) for quad in dump.store.quads(graph)})
    claims = frozenset(iri.value for iri in dump.nodes("bg:Claim", graph))
    mentioned = frozenset(value.value for value in article.values("schema:mentions"))
    for iri in subjects:
        node = Node.of(dump, NamedNode(iri), graph)
        _check_words(node, _kind_of(node, article, claims, mentioned))
    if article_key(article.text("dcterms:identifier")) != key:
        raise article.fault(f"is called «{article.text('dcterms:identifier')[:80]}», which is another article's name")
    if not _HASH.fullmatch(article.text("bg:contentHash")):
        raise article.fault("has a content hash that is no SHA-256")
    check_day(article, "schema:datePublished")
    check_address(article, "schema:url")
    _check_signature(article)
    for iri in sorted(claims):
        _check_claim(Node.of(dump, NamedNode(iri), graph), article, key, codes)
    for iri in sorted(mentioned):
        _check_appearance(Node.of(dump, NamedNode(iri), graph), key, codes)
    return claims | mentioned


def _kind_of(node: Node, article: Node, claims: Collection[str], mentioned: Collection[str]) -> str:
    """What a node of an article's graph is; the graph speaks of nothing else."""
    iri = node.iri.value
    if iri == article.iri.value:
        return "article"
    if iri in claims:
        return "claim"
    if iri in mentioned and name_of(node, iri)[0] == "appearance":
        return "appearance"
    if iri.partition("#")[0] in claims:
        return "part"
    raise node.dump.fault(
        node.iri,
        f"<{iri[:200]}> is spoken of in the graph of <{article.iri.value[:200]}>, and is neither the article nor a "
        "claim of it nor whom it mentions",
    )


def _check_words(node: Node, kind: str) -> None:
    """A node has the classes and properties of its kind, each with a value of its kind."""
    things = {term(name).value: name for name in _THINGS[kind]}
    texts = {term(name).value: name for name in _TEXTS[kind]}
    for predicate, values in sorted(node.said.items()):
        name = things.get(predicate) or texts.get(predicate)
        if name is None:
            raise node.fault(f"is said to have <{predicate[:200]}>, which is said of no {kind} in an article's graph")
        if len(values) > 1 and name not in _MANY:
            raise node.fault(f"has {len(values)} values of {name}, where one is")
        wanted = "thing" if predicate in things else "text"
        for value in values:
            if isinstance(value, NamedNode) != (wanted == "thing"):
                raise node.fault(f"has the {name} «{value.value[:80]}», where a {wanted} stands")
    classes = {term(name).value for name in _CLASSES[kind]}
    for value in node.values("rdf:type"):
        if value.value not in classes:
            raise node.fault(f"is called a {_short(value.value)}, which no {kind} in an article's graph is")


def _short(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2][:80]


def _check_signature(article: Node) -> None:
    text = article.value("bg:textSignature")
    if text is None:
        return
    try:
        size = len(read_bytes(text))
    except (binascii.Error, ValueError) as error:
        raise article.fault(f"has a bg:textSignature that is no base64: {error}") from error
    if size != _SIGNATURE_BYTES:
        raise article.fault(f"has a bg:textSignature of {size} bytes, where {_SIGNATURE_BYTES} are")


def _check_claim(claim: Node, article: Node, key: str, codes: Collection[str]) -> None:
    if claim.text("prov:wasQuotedFrom") != article.iri.value:
        raise claim.fault(f"is quoted from another article than that of its graph, <{article.iri.value}>")
    check_assertion(claim, codes)
    pattern = rf"{re.escape(key)}-{concept_name(claim.text('bg:type'))}-\d+-[0-9a-f]+"
    kind, name = name_of(claim, claim.iri.value)
    if kind != "claim" or not re.fullmatch(pattern, name):
        raise claim.fault(f"is not called as a claim of the article «{key}» is")
    if concept_name(claim.text("bg:basis")) not in _TEXT_BASES:
        raise claim.fault("has a basis that no text gives")
    confidence = number_of(claim, "bg:confidence")
    if not 0 <= confidence <= 1:
        raise claim.fault(f"has the confidence {confidence}, which is not within 0 to 1")
    claim.text("bg:section")
    selectors = [selector for target in claim.linked("oa:hasTarget") for selector in target.linked("oa:hasSelector")]
    quotes = [one for one in selectors if one.values("oa:exact")]
    places = [one for one in selectors if one.values("oa:start")]
    if any(not one.iri.value.startswith(f"{claim.iri.value}#") for one in selectors):
        raise claim.fault("has the quotation of another claim")
    if len(quotes) != 1 or len(places) != 1:
        raise claim.fault("has no quotation with its place")
    quotes[0].text("oa:exact")
    if not 0 <= number_of(places[0], "oa:start") < number_of(places[0], "oa:end"):
        raise claim.fault("has a quotation that ends before it begins")


def _check_appearance(node: Node, key: str, codes: Collection[str]) -> None:
    """A person or an organisation as the article names them: under the name that it gives, and under its own key."""
    classes = node.values("rdf:type")
    if len(classes) != 1:
        raise node.fault("is mentioned, and is not one of a person and an organisation")
    kind = "person-name" if classes[0] == term("bg:PersonAppearance") else "organisation-name"
    state = node.value("bg:country")
    country = None if state is None else check_state(node, NamedNode(state), codes)
    for value in node.values("bg:counterpart"):
        check_state(node, value, codes)
    name = entity_key(node.text("foaf:name"), country)
    if node.text("bg:named") != thing(kind, name).value:
        raise node.fault("goes under another name than its own")
    if not re.fullmatch(rf"{re.escape(f'{key}-{name}')}-[0-9a-f]+", name_of(node, node.iri.value)[1]):
        raise node.fault(f"is not called as one whom the article «{key}» mentions is")
