"""Whether what a dump says can be fused and shown; the first fault refuses it.

Dates parse, states are known, sources are there, nobody speaks for another article, nothing poses as curated data.
"""

import re
from collections.abc import Collection
from typing import get_args

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.ledger import read_entries
from app.graph.literals import date_quads, read_date
from app.graph.reference import Occasion, Standing
from app.graph.vocabulary import (
    EVENTS_GRAPH,
    REFERENCE_GRAPH,
    article_key,
    concept_name,
    kind_and_key,
    pairs_of,
    subject_of,
    term,
    thing,
)
from app.importing.dump_nodes import Node
from app.importing.dumps import Dump
from app.importing.errors import ImportRefusedError
from app.importing.terms import text_of
from extractors.dates import DateError, parse_partial_date
from extractors.records import Basis, ClaimType, Level

_HASH = re.compile(r"[0-9a-f]{64}")
_DATE_NAMES = ("bg:date", "bg:endDate", "bg:precision", "bg:earliest", "bg:latest", "bg:monthDay", "bg:month")
_WORDS = {
    "bg:type": get_args(ClaimType),
    "bg:level": get_args(Level),
    "bg:basis": get_args(Basis),
    "bg:standing": get_args(Standing),
    "bg:occasion": get_args(Occasion),
}
_TEXT_BASES = frozenset({"explicit", "range", "count", "relative"})
# Of these no article can say anything.
_FOREIGN_KINDS = frozenset(
    {"country", "pair", "group", "event", "reference", "imported", "source", "verdict", "ledger"}
)
# What would be more in an article's graph than an article can say.
_FOREIGN_CLASSES = (
    "bg:ReferenceFact",
    "bg:ImportedFact",
    "bg:NoTies",
    "bg:Source",
    "bg:ImportedSource",
    "bg:Import",
    "bg:State",
    "bg:Event",
    "bg:Alternative",
    "bg:Verdict",
    "bg:Ledger",
)


def check_dump(dump: Dump, codes: Collection[str]) -> None:
    """Look through all that fusion reads, and what shows events; `codes` are the states that are known here.

    Raises:
        ImportRefusedError: the first fault; names file, line (where known) and reason.
    """
    for key, graph in dump.article_graphs():
        _check_article(dump, key, graph, codes)
    for graph in sorted(dump.graphs - {graph for _, graph in dump.article_graphs()}, key=str):
        for iri in dump.nodes("bg:ReferenceFact", graph):
            if graph != REFERENCE_GRAPH:
                raise dump.fault(iri, f"<{iri.value}> is called a reference fact outside the reference graph")
            _check_fact(Node.of(dump, iri, graph), codes, "bg:Source")
        for iri in dump.nodes("bg:ImportedFact", graph):
            _check_fact(Node.of(dump, iri, graph), codes, "bg:ImportedSource")
    for iri in dump.nodes("bg:Event", EVENTS_GRAPH):
        _check_assertion(Node.of(dump, iri, EVENTS_GRAPH), codes)
    try:
        sum(1 for _ in read_entries(dump.store))
    except ValueError as error:
        raise ImportRefusedError(f"{dump.name}: the ledger cannot be read: {error}. Nothing was imported.") from error


def _check_article(dump: Dump, key: str, graph: NamedNode, codes: Collection[str]) -> None:
    node = thing("article", key)
    named = dump.nodes_by_class(graph)
    for iri in named.get(term("bg:Article").value, ()):
        if iri != node:
            raise dump.fault(iri, f"the graph of the article «{key}» speaks for another article, <{iri.value}>")
    for name in _FOREIGN_CLASSES:
        for iri in named.get(term(name).value, ()):
            raise dump.fault(iri, f"<{iri.value}> is called a {name} within the graph of the article «{key}»")
    article = Node.of(dump, node, graph)
    if article_key(article.text("dcterms:identifier")) != key:
        raise article.fault(f"is called «{article.text('dcterms:identifier')[:80]}», which is another article's name")
    if not _HASH.fullmatch(article.text("bg:contentHash")):
        raise article.fault("has a content hash that is no SHA-256")
    _check_day(article, "schema:datePublished")
    claims = named.get(term("bg:Claim").value, ())
    _check_subjects(article, frozenset(iri.value for iri in claims))
    for iri in claims:
        _check_claim(Node.of(dump, iri, graph), article, codes)


def _check_subjects(article: Node, claims: Collection[str]) -> None:
    """An article's graph speaks of the article, of its claims with their parts, and of whom it names."""
    for quad in article.dump.store.quads(article.graph):
        iri = text_of(quad.subject)
        if quad.predicate == term("bg:subject") and iri not in claims:
            raise article.dump.fault(NamedNode(iri), f"<{iri}> asserts something and is no bg:Claim")
        kind, _ = _name_of(article, iri)
        is_other_article = kind == "article" and iri != article.iri.value
        is_other_claim = kind == "claim" and iri.partition("#")[0] not in claims
        if is_other_article or is_other_claim or kind in _FOREIGN_KINDS:
            raise article.dump.fault(NamedNode(iri), f"<{iri}> is spoken of in the graph of <{article.iri.value}>")


def _name_of(node: Node, iri: str) -> tuple[str, str]:
    try:
        return kind_and_key(iri)
    except ValueError as error:
        raise node.fault(f"is beside or cites what {error}") from error


def _check_claim(claim: Node, article: Node, codes: Collection[str]) -> None:
    if claim.text("prov:wasQuotedFrom") != article.iri.value:
        raise claim.fault(f"is quoted from another article than that of its graph, <{article.iri.value}>")
    _check_assertion(claim, codes)
    _, key = kind_and_key(article.iri.value)
    pattern = rf"{re.escape(key)}-{concept_name(claim.text('bg:type'))}-\d+-[0-9a-f]+"
    if not re.fullmatch(pattern, _name_of(claim, claim.iri.value)[1]):
        raise claim.fault(f"is not called as a claim of the article «{key}» is")
    if concept_name(claim.text("bg:basis")) not in _TEXT_BASES:
        raise claim.fault("has a basis that no text gives")
    confidence = _number(claim, "bg:confidence")
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
    if not 0 <= _number(places[0], "oa:start") < _number(places[0], "oa:end"):
        raise claim.fault("has a quotation that ends before it begins")


def _check_fact(fact: Node, codes: Collection[str], source_class: str) -> None:
    if _name_of(fact, fact.iri.value)[0] != ("reference" if source_class == "bg:Source" else "imported"):
        raise fact.fault("is not called as a fact is")
    _check_assertion(fact, codes)
    fact.text("dcterms:identifier")
    if concept_name(fact.text("bg:basis")) not in {"reference", "imported"}:
        raise fact.fault("has a basis that no fact has")
    sources = tuple(fact.linked("prov:wasDerivedFrom"))
    if not sources:
        raise fact.fault("has no source")
    for source in sources:
        if _name_of(fact, source.iri.value)[0] != "source":
            raise fact.fault(f"cites <{source.iri.value[:200]}>, which is not called as a source is")
        if term(source_class) not in source.values("rdf:type"):
            raise fact.fault(f"cites <{source.iri.value[:200]}>, of which its graph says nothing")
        if not source.text("schema:url").startswith(("https://", "http://")):
            raise source.fault("has no web address")
        source.text("dc:publisher")
        _check_day(source, "bg:retrieved", is_needed=source_class == "bg:Source")


def _check_assertion(node: Node, codes: Collection[str]) -> None:
    """What a claim, a fact and an event share: a type, whom it is about, a date, and words that are known."""
    node.text("bg:type")
    for name, words in _WORDS.items():
        word = node.value(name)
        if word is not None and concept_name(word) not in words:
            raise node.fault(f"has the {name} «{word[:80]}», which is none of {', '.join(words)}")
    states = [_code(node, value, codes) for value in node.values("bg:country")]
    for name in ("bg:fromCountry", "bg:toCountry"):
        if (value := node.value(name)) is not None:
            _code(node, NamedNode(value), codes)
    if node.text("bg:subject") != subject_of(states, node.value("bg:personName")).value:
        raise node.fault("is about another subject than its states")
    if {value.value for value in node.values("bg:pair")} != {pair.value for pair in pairs_of(states)}:
        raise node.fault("is about other pairs than those of its states")
    _check_date(node)


def _code(node: Node, value: NamedNode | Literal, codes: Collection[str]) -> str:
    try:
        kind, code = kind_and_key(value.value)
    except ValueError as error:
        raise node.fault(str(error)) from error
    if kind != "country" or code not in codes:
        raise node.fault(f"is about «{code[:80]}», which is no state that is known here")
    return code


def _check_date(node: Node) -> None:
    """The date with its bounds and keys is just what is written of that date here."""
    try:
        date = read_date(node.text("bg:date"), node.value("bg:endDate"))
    except DateError as error:
        raise node.fault(f"has no date that can be read: {error}") from error
    wanted = set(date_quads(node.iri, date, node.graph))
    held = {Quad(node.iri, term(name), value, node.graph) for name in _DATE_NAMES for value in node.values(name)}
    if held != wanted:
        raise node.fault(f"has the date {date} with other bounds, keys or precision than such a date has")


def _check_day(node: Node, name: str, *, is_needed: bool = False) -> None:
    text = node.text(name) if is_needed else node.value(name)
    if text is None:
        return
    try:
        is_day = parse_partial_date(text).precision == "day"
    except DateError:
        is_day = False
    if not is_day or text.startswith("--"):
        raise node.fault(f"has the {name} «{text[:80]}», which is no day")


def _number(node: Node, name: str) -> float:
    text = node.text(name)
    try:
        return float(text)
    except ValueError as error:
        raise node.fault(f"has the {name} «{text[:80]}», which is no number") from error
