"""What one article asserts, as the quads of its own named graph.

A claim is a Web Annotation on the article: its target carries the quote and its offsets, in code points of the text
as given. Nothing of the run (time, machine, order) is written, so that the same article gives the same graph.
"""

import hashlib
import json
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.literals import bytes_literal, date_quads, day_literal, decimal_literal, integer_literal
from app.graph.near_copies import signature_of
from app.graph.vocabulary import (
    article_graph,
    article_key,
    claim_key,
    concept,
    entity_key,
    kind_and_key,
    pairs_of,
    subject_of,
    term,
    thing,
    web_iri,
)
from extractors.records import Article, Claim, Extraction, Organisation, Person

_HASH_CHARS = 10  # of what an appearance says: two people of one key in one article are two


def article_quads(extraction: Extraction, fingerprint: int | None = None) -> frozenset[Quad]:
    """The whole named graph of an article; `fingerprint` says which input it was made of, where that is known."""
    article = extraction.article
    key = article_key(article.id)
    graph, node = article_graph(key), thing("article", key)
    quads = set(_description(article, node, graph))
    if extraction.agency:
        quads.add(Quad(node, term("dc:creator"), Literal(extraction.agency), graph))
    if extraction.claims and (signature := signature_of(article)):
        quads.add(Quad(node, term("bg:textSignature"), bytes_literal(signature), graph))
    if fingerprint is not None:
        quads.add(Quad(node, term("bg:inputDigest"), Literal(f"{fingerprint:016x}"), graph))
    for claim in extraction.claims:
        quads.update(_claim_quads(claim, key, node, graph))
    entities: tuple[Person | Organisation, ...] = (*extraction.people, *extraction.organisations)
    for entity in entities:
        quads.update(_entity_quads(entity, node, graph))
    return frozenset(quads)


def content_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def claim_iri(claim: Claim, key: str) -> NamedNode:
    """The IRI of a claim of the article with that key."""
    content = json.dumps(claim.to_json(), ensure_ascii=False, sort_keys=True)
    return thing("claim", claim_key(key, claim.type, claim.start, content))


def _description(article: Article, node: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    yield Quad(node, term("rdf:type"), term("bg:Article"), graph)
    yield Quad(node, term("rdf:type"), term("schema:NewsArticle"), graph)
    yield Quad(node, term("dcterms:identifier"), _text(article.id), graph)
    yield Quad(node, term("bg:contentHash"), Literal(content_hash(article.text)), graph)
    if article.title:
        yield Quad(node, term("schema:headline"), _text(article.title), graph)
    if article.url:
        yield Quad(node, term("schema:url"), _text(article.url), graph)
    if article.publisher:
        yield Quad(node, term("dc:publisher"), _text(article.publisher), graph)
    if article.published_on:
        yield Quad(node, term("schema:datePublished"), day_literal(article.published_on), graph)
    for url in article.derived_from:
        page = web_iri(url)
        predicate = term("prov:wasDerivedFrom") if page else term("dc:source")
        yield Quad(node, predicate, page or _text(url), graph)


def _claim_quads(claim: Claim, key: str, article: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    node = claim_iri(claim, key)
    yield Quad(node, term("rdf:type"), term("bg:Claim"), graph)
    yield Quad(node, term("rdf:type"), term("oa:Annotation"), graph)
    yield Quad(node, term("prov:wasQuotedFrom"), article, graph)
    yield Quad(node, term("bg:type"), concept("type", claim.type), graph)
    yield Quad(node, term("bg:subject"), subject_of(claim.countries, claim.person), graph)
    for code in claim.countries:
        yield Quad(node, term("bg:country"), thing("country", code), graph)
    for pair in pairs_of(claim.countries):
        yield Quad(node, term("bg:pair"), pair, graph)
    yield from date_quads(node, claim.date, graph)
    yield Quad(node, term("bg:basis"), concept("basis", claim.basis), graph)
    yield Quad(node, term("bg:confidence"), decimal_literal(claim.confidence), graph)
    yield Quad(node, term("bg:section"), Literal(claim.section), graph)
    if claim.level:
        yield Quad(node, term("bg:level"), concept("level", claim.level), graph)
    if claim.from_country:
        yield Quad(node, term("bg:fromCountry"), thing("country", claim.from_country), graph)
    if claim.to_country:
        yield Quad(node, term("bg:toCountry"), thing("country", claim.to_country), graph)
    if claim.person:
        yield Quad(node, term("bg:personName"), _text(claim.person), graph)
    if claim.name:
        yield Quad(node, term("schema:name"), _text(claim.name), graph)
    for issue in claim.issues:
        yield Quad(node, term("bg:issue"), _text(issue), graph)
    yield from _evidence_quads(claim, node, article, graph)


def _evidence_quads(claim: Claim, node: NamedNode, article: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    target, quotation, position = (NamedNode(f"{node.value}#{part}") for part in ("target", "quote", "position"))
    yield Quad(node, term("oa:hasTarget"), target, graph)
    yield Quad(target, term("rdf:type"), term("oa:SpecificResource"), graph)
    yield Quad(target, term("oa:hasSource"), article, graph)
    yield Quad(target, term("oa:hasSelector"), quotation, graph)
    yield Quad(target, term("oa:hasSelector"), position, graph)
    yield Quad(quotation, term("rdf:type"), term("oa:TextQuoteSelector"), graph)
    yield Quad(quotation, term("oa:exact"), _text(claim.quote), graph)
    yield Quad(position, term("rdf:type"), term("oa:TextPositionSelector"), graph)
    yield Quad(position, term("oa:start"), integer_literal(claim.start), graph)
    yield Quad(position, term("oa:end"), integer_literal(claim.end), graph)


def _entity_quads(entity: Person | Organisation, article: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    """What this article says of a person or an organisation; who that is, is for all articles together to tell."""
    is_person = isinstance(entity, Person)
    kind = "person" if is_person else "organisation"
    name_key = entity_key(entity.name, entity.country)
    content = content_hash(repr(entity))[:_HASH_CHARS]
    node = thing("appearance", f"{kind_and_key(article.value)[1]}-{name_key}-{content}")
    yield Quad(article, term("schema:mentions"), node, graph)
    yield Quad(node, term("rdf:type"), term("bg:PersonAppearance" if is_person else "bg:OrganisationAppearance"), graph)
    yield Quad(node, term("bg:named"), thing(f"{kind}-name", name_key), graph)
    yield Quad(node, term("foaf:name"), _text(entity.name), graph)
    if entity.country:
        yield Quad(node, term("bg:country"), thing("country", entity.country), graph)
    if isinstance(entity, Person) and entity.role:
        yield Quad(node, term("bg:role"), _text(entity.role), graph)
    if isinstance(entity, Organisation):
        if entity.type:
            yield Quad(node, term("bg:organisationType"), Literal(entity.type), graph)
        for code in entity.countries:
            if code != entity.country:
                yield Quad(node, term("bg:counterpart"), thing("country", code), graph)


def _text(text: str) -> Literal:
    # A lone surrogate (from a broken page) cannot be written in UTF-8; it is marked rather than refused.
    return Literal(text.encode("utf-8", "replace").decode("utf-8"))
