"""Whether what a dump says can be fused and shown; the first fault refuses it.

Dates parse, states are known, sources are there, nobody speaks for another article, nothing poses as what it is not.
"""

from collections.abc import Collection
from typing import get_args

from pyoxigraph import NamedNode

from app.graph.ledger import read_entries
from app.graph.verdicts import Finding, read_verdicts, verdict_quads
from app.graph.vocabulary import (
    BASE,
    EVENTS_GRAPH,
    LEDGER_GRAPH,
    REFERENCE_GRAPH,
    VERDICTS_GRAPH,
    concept_name,
    import_graph,
    term,
)
from app.importing.article_checks import check_article
from app.importing.dump_nodes import Node
from app.importing.dumps import Dump
from app.importing.errors import ImportRefusedError
from app.importing.node_checks import check_address, check_assertion, check_day, name_of
from app.importing.records import TRUST_BASES
from app.importing.terms import text_of

_IMPORTS = f"{BASE}graph/import/"
_ARTICLES = f"{BASE}graph/article/"
# In which graphs alone something is called so.
_PLACES = {
    "bg:Article": _ARTICLES,
    "bg:Claim": _ARTICLES,
    "bg:PersonAppearance": _ARTICLES,
    "bg:OrganisationAppearance": _ARTICLES,
    "bg:ReferenceFact": REFERENCE_GRAPH.value,
    "bg:ImportedFact": _IMPORTS,
    "bg:ImportedSource": _IMPORTS,
    "bg:Import": _IMPORTS,
    "bg:Event": EVENTS_GRAPH.value,
    "bg:Alternative": EVENTS_GRAPH.value,
    "bg:Verdict": VERDICTS_GRAPH.value,
    "bg:Ledger": LEDGER_GRAPH.value,
}


def check_dump(dump: Dump, codes: Collection[str]) -> None:
    """Look through all that fusion reads, and what shows events; `codes` are the states that are known here.

    Raises:
        ImportRefusedError: the first fault; names file, line (where known) and reason.
    """
    _check_articles(dump, codes)
    for graph in sorted(dump.graphs - {graph for _, graph in dump.article_graphs()}, key=str):
        if dump.has_graphs:
            _check_places(dump, graph)
        for iri in dump.nodes("bg:ReferenceFact", graph):
            _check_fact(Node.of(dump, iri, graph), codes, "bg:Source")
        for iri in dump.nodes("bg:ImportedFact", graph):
            _check_fact(Node.of(dump, iri, graph), codes, "bg:ImportedSource")
        if graph.value.startswith(_IMPORTS):
            _check_import(dump, graph)
    for iri in dump.nodes("bg:Event", EVENTS_GRAPH):
        check_assertion(Node.of(dump, iri, EVENTS_GRAPH), codes)
    _check_ledger(dump)
    _check_verdicts(dump)


def _check_articles(dump: Dump, codes: Collection[str]) -> None:
    seen: set[str] = set()
    for key, graph in dump.article_graphs():
        named = check_article(dump, key, graph, codes)
        if again := sorted(named & seen):
            raise dump.fault(NamedNode(again[0]), f"<{again[0][:200]}> is spoken of in the graphs of two articles")
        seen |= named


def _check_places(dump: Dump, graph: NamedNode) -> None:
    """Nothing is called what it is only called in other graphs."""
    named = dump.nodes_by_class(graph)
    for name, place in _PLACES.items():
        if not graph.value.startswith(place):
            for iri in named.get(term(name).value, ()):
                raise dump.fault(iri, f"<{iri.value[:200]}> is called a {name} in the graph <{graph.value[:200]}>")


def _check_import(dump: Dump, graph: NamedNode) -> None:
    """The graph of an import says what it is called, whence it is, and how far it is trusted."""
    said = Node.of(dump, graph, graph)
    name = said.text("dcterms:identifier")
    if import_graph(name) != graph:
        raise said.fault(f"is called «{name[:80]}», which is another import's name")
    said.text("bg:importedFrom")
    if concept_name(said.text("bg:basis")) not in TRUST_BASES.values():
        raise said.fault("has a basis that no import has")
    for iri in sorted({text_of(quad.subject) for quad in dump.store.quads(graph)} - {graph.value}):
        if name_of(said, iri)[0] not in {"imported", "source"}:
            raise dump.fault(NamedNode(iri), f"<{iri[:200]}> is spoken of in the graph of the import «{name[:80]}»")


def _check_ledger(dump: Dump) -> None:
    known = {term("rdf:type"), term("bg:entries")}
    for quad in dump.store.quads(LEDGER_GRAPH):
        if quad.predicate not in known or not text_of(quad.subject).startswith(f"{BASE}id/ledger/"):
            raise dump.fault(
                NamedNode(text_of(quad.subject)), f"<{text_of(quad.subject)[:200]}> is no list of the ledger's"
            )
    try:
        sum(1 for _ in read_entries(dump.store))
    except ValueError as error:
        raise ImportRefusedError(f"{dump.name}: the ledger cannot be read: {error}. Nothing was imported.") from error


def _check_verdicts(dump: Dump) -> None:
    """Verdicts are just what is written of them here once they are read."""
    try:
        verdicts = read_verdicts(dump.store)
        wanted = verdict_quads(verdicts)
    except (ValueError, LookupError, TypeError) as error:
        raise ImportRefusedError(
            f"{dump.name}: a verdict cannot be read: {str(error)[:300]}. Nothing was imported."
        ) from error
    for verdict in verdicts:
        if verdict.finding not in get_args(Finding):
            raise ImportRefusedError(
                f"{dump.name}: the verdict {verdict.id} finds «{verdict.finding}», which is none of "
                f"{', '.join(get_args(Finding))}. Nothing was imported."
            )
    held = frozenset(dump.store.quads(VERDICTS_GRAPH))
    if held != wanted:
        odd = NamedNode(min(text_of(quad.subject) for quad in held ^ wanted))
        raise dump.fault(odd, f"<{odd.value[:200]}> is no verdict as one is written here")


def _check_fact(fact: Node, codes: Collection[str], source_class: str) -> None:
    if name_of(fact, fact.iri.value)[0] != ("reference" if source_class == "bg:Source" else "imported"):
        raise fact.fault("is not called as a fact is")
    check_assertion(fact, codes)
    fact.text("dcterms:identifier")
    if concept_name(fact.text("bg:basis")) not in {"reference", "imported"}:
        raise fact.fault("has a basis that no fact has")
    sources = tuple(fact.linked("prov:wasDerivedFrom"))
    if not sources:
        raise fact.fault("has no source")
    for source in sources:
        if name_of(fact, source.iri.value)[0] != "source":
            raise fact.fault(f"cites <{source.iri.value[:200]}>, which is not called as a source is")
        if term(source_class) not in source.values("rdf:type"):
            raise fact.fault(f"cites <{source.iri.value[:200]}>, of which its graph says nothing")
        if not source.text("schema:url").startswith(("https://", "http://")):
            raise source.fault("has no web address")
        check_address(source, "schema:url")
        source.text("dc:publisher")
        check_day(source, "bg:retrieved", is_needed=source_class == "bg:Source")
