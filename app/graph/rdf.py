"""What one article asserts, as the quads of its own named graph.

A claim is a Web Annotation on the article: its target carries the quote and its offsets, in code points of the text
as given. Nothing of the run (time, machine, order) is written, so that the same article gives the same graph.
"""

import hashlib
import json
from collections.abc import Iterator
from itertools import starmap

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.literals import Statement, bytes_literal, date_statements, day_literal, decimal_literal, integer_literal
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

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_HASH_CHARS = 10  # of what an appearance says: two people of one key in one article are two


def article_quads(extraction: Extraction, fingerprint: int | None = None) -> frozenset[Quad]:
    """The whole named graph of an article; `fingerprint` says which input it was made of, where that is known."""
    return frozenset(starmap(Quad, article_statements(extraction, fingerprint)))


def article_statements(extraction: Extraction, fingerprint: int | None = None) -> Iterator[Statement]:
    """The statements of `article_quads`; one may come more than once."""
    article = extraction.article
    key = article_key(article.id)
    graph, node = article_graph(key), thing("article", key)
    yield from _description(article, node, graph)
    if extraction.agency:
        yield node, term("dc:creator"), Literal(extraction.agency), graph
    if extraction.claims and (signature := signature_of(article)):
        yield node, term("bg:textSignature"), bytes_literal(signature), graph
    if fingerprint is not None:
        yield node, term("bg:inputDigest"), Literal(f"{fingerprint:016x}"), graph
    for claim in extraction.claims:
        yield from _claim(claim, key, node, graph)
    entities: tuple[Person | Organisation, ...] = (*extraction.people, *extraction.organisations)
    for entity in entities:
        yield from _entity(entity, node, graph)


def content_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def claim_iri(claim: Claim, key: str) -> NamedNode:
    """The IRI of a claim of the article with that key."""
    content = _encode(claim.to_json())
    return thing("claim", claim_key(key, claim.type, claim.start, content))


def _description(article: Article, node: NamedNode, graph: NamedNode) -> Iterator[Statement]:
    yield node, term("rdf:type"), term("bg:Article"), graph
    yield node, term("rdf:type"), term("schema:NewsArticle"), graph
    yield node, term("dcterms:identifier"), _text(article.id), graph
    yield node, term("bg:contentHash"), Literal(content_hash(article.text)), graph
    if article.title:
        yield node, term("schema:headline"), _text(article.title), graph
    if article.url:
        yield node, term("schema:url"), _text(article.url), graph
    if article.publisher:
        yield node, term("dc:publisher"), _text(article.publisher), graph
    if article.published_on:
        yield node, term("schema:datePublished"), day_literal(article.published_on), graph
    for url in article.derived_from:
        page = web_iri(url)
        predicate = term("prov:wasDerivedFrom") if page else term("dc:source")
        yield node, predicate, page or _text(url), graph


def _claim(claim: Claim, key: str, article: NamedNode, graph: NamedNode) -> Iterator[Statement]:
    node = claim_iri(claim, key)
    yield node, term("rdf:type"), term("bg:Claim"), graph
    yield node, term("rdf:type"), term("oa:Annotation"), graph
    yield node, term("prov:wasQuotedFrom"), article, graph
    yield node, term("bg:type"), concept("type", claim.type), graph
    yield node, term("bg:subject"), subject_of(claim.countries, claim.person), graph
    for code in claim.countries:
        yield node, term("bg:country"), thing("country", code), graph
    for pair in pairs_of(claim.countries):
        yield node, term("bg:pair"), pair, graph
    yield from date_statements(node, claim.date, graph)
    yield node, term("bg:basis"), concept("basis", claim.basis), graph
    yield node, term("bg:confidence"), decimal_literal(claim.confidence), graph
    yield node, term("bg:section"), Literal(claim.section), graph
    if claim.level:
        yield node, term("bg:level"), concept("level", claim.level), graph
    if claim.from_country:
        yield node, term("bg:fromCountry"), thing("country", claim.from_country), graph
    if claim.to_country:
        yield node, term("bg:toCountry"), thing("country", claim.to_country), graph
    if claim.person:
        yield node, term("bg:personName"), _text(claim.person), graph
    if claim.name:
        yield node, term("schema:name"), _text(claim.name), graph
    for issue in claim.issues:
        yield node, term("bg:issue"), _text(issue), graph
    yield from _evidence(claim, node, article, graph)


def _evidence(claim: Claim, node: NamedNode, article: NamedNode, graph: NamedNode) -> Iterator[Statement]:
    target, quotation, position = (NamedNode(f"{node.value}#{part}") for part in ("target", "quote", "position"))
    yield node, term("oa:hasTarget"), target, graph
    yield target, term("rdf:type"), term("oa:SpecificResource"), graph
    yield target, term("oa:hasSource"), article, graph
    yield target, term("oa:hasSelector"), quotation, graph
    yield target, term("oa:hasSelector"), position, graph
    yield quotation, term("rdf:type"), term("oa:TextQuoteSelector"), graph
    yield quotation, term("oa:exact"), _text(claim.quote), graph
    yield position, term("rdf:type"), term("oa:TextPositionSelector"), graph
    yield position, term("oa:start"), integer_literal(claim.start), graph
    yield position, term("oa:end"), integer_literal(claim.end), graph


def _entity(entity: Person | Organisation, article: NamedNode, graph: NamedNode) -> Iterator[Statement]:
    """What this article says of a person or an organisation; who that is, is for all articles together to tell."""
    is_person = isinstance(entity, Person)
    kind = "person" if is_person else "organisation"
    name_key = entity_key(entity.name, entity.country)
    content = content_hash(repr(entity))[:_HASH_CHARS]
    node = thing("appearance", f"{kind_and_key(article.value)[1]}-{name_key}-{content}")
    yield article, term("schema:mentions"), node, graph
    yield node, term("rdf:type"), term("bg:PersonAppearance" if is_person else "bg:OrganisationAppearance"), graph
    yield node, term("bg:named"), thing(f"{kind}-name", name_key), graph
    yield node, term("foaf:name"), _text(entity.name), graph
    if entity.country:
        yield node, term("bg:country"), thing("country", entity.country), graph
    if isinstance(entity, Person) and entity.role:
        yield node, term("bg:role"), _text(entity.role), graph
    if isinstance(entity, Organisation):
        if entity.type:
            yield node, term("bg:organisationType"), Literal(entity.type), graph
        for code in entity.countries:
            if code != entity.country:
                yield node, term("bg:counterpart"), thing("country", code), graph


def _text(text: str) -> Literal:
    # A lone surrogate (from a broken page) cannot be written in UTF-8; it is marked rather than refused.
    return Literal(text.encode("utf-8", "replace").decode("utf-8"))
