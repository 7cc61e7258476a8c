"""What the SPARQL endpoint is and can do, in SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/)."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple

from app.graph.entities_rdf import ENTITIES_GRAPH
from app.graph.literals import integer_literal
from app.graph.store import GraphStore
from app.graph.vocabulary import (
    EVENTS_GRAPH,
    LEDGER_GRAPH,
    ONTOLOGY_GRAPH,
    RECORDS_GRAPH,
    REFERENCE_GRAPH,
    VERDICTS_GRAPH,
    term,
)
from app.rdf_formats import INPUT_FORMATS
from app.void import VOID

SD = "http://www.w3.org/ns/sparql-service-description#"
# The name of a format in the W3C's list is the same on every server (https://www.w3.org/ns/formats/).
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = {
    QueryResultsFormat.JSON: "SPARQL_Results_JSON",
    QueryResultsFormat.XML: "SPARQL_Results_XML",
    QueryResultsFormat.CSV: "SPARQL_Results_CSV",
    QueryResultsFormat.TSV: "SPARQL_Results_TSV",
}
_GRAPHS = {
    RdfFormat.TURTLE: "Turtle",
    RdfFormat.N_TRIPLES: "N-Triples",
    RdfFormat.RDF_XML: "RDF_XML",
    RdfFormat.JSON_LD: "JSON-LD",
    RdfFormat.TRIG: "TriG",
    RdfFormat.N_QUADS: "N-Quads",
}
_NAMED_GRAPHS = (
    REFERENCE_GRAPH,
    EVENTS_GRAPH,
    RECORDS_GRAPH,
    ENTITIES_GRAPH,
    VERDICTS_GRAPH,
    LEDGER_GRAPH,
    ONTOLOGY_GRAPH,
)
_NOTES = (
    ("vi", "Truy vấn không nêu graph nào thì hỏi mọi graph; WHERE của lệnh cập nhật chỉ hỏi những graph mà nó nêu."),
    ("en", "A query that names no graph asks of all of them; the WHERE of an update asks of those that it names only."),
    ("en", "Beside the named graphs listed, each article has one of its own. Updates need the token."),
)


def describe_service(store: GraphStore, service: str, statements: int | None) -> tuple[Triple, ...]:
    """The description; `service` is where the service is, `statements` how many the graph holds, where that is known.

    Of the named graphs those are listed that are there; not the graph of each article, of which there may be millions.
    """
    return tuple(_description(store, f"{service}sparql", statements))


def _description(store: GraphStore, endpoint: str, statements: int | None) -> Iterator[Triple]:
    service, dataset, union = NamedNode(endpoint), NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#all")
    yield Triple(service, term("rdf:type"), _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    for language in ("SPARQL11Query", "SPARQL11Update"):
        yield Triple(service, _sd("supportedLanguage"), _sd(language))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in (*_RESULTS.values(), *_GRAPHS.values()):
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    for form in dict.fromkeys(INPUT_FORMATS.values()):
        yield Triple(service, _sd("inputFormat"), NamedNode(_FORMATS + _GRAPHS[form]))
    for language, note in _NOTES:
        yield Triple(service, term("rdfs:comment"), Literal(note, language=language))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, term("rdf:type"), _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), union)
    yield Triple(union, term("rdf:type"), _sd("Graph"))
    if statements is not None:
        yield Triple(union, NamedNode(f"{VOID}triples"), integer_literal(statements))
    for graph in _NAMED_GRAPHS:
        if next(iter(store.quads(graph)), None) is not None:
            yield from _named_graph(dataset, graph)


def _named_graph(dataset: NamedNode, graph: NamedNode) -> Iterator[Triple]:
    # a name of its own rather than a blank node: the same graph gives the same description
    entry = NamedNode(f"{dataset.value}-{graph.value.rpartition('/')[2]}")
    yield Triple(dataset, _sd("namedGraph"), entry)
    yield Triple(entry, term("rdf:type"), _sd("NamedGraph"))
    yield Triple(entry, _sd("name"), graph)


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
