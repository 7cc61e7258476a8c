"""Importing diplomatic relations (P530) from Wikidata, or from any endpoint that holds its data in its shape."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

from pyoxigraph import NamedNode, Quad

from app.errors import BadRequestError
from app.graph.endpoints import StoreAddress
from app.graph.reference import Reference
from app.graph.repositories import publish
from app.graph.store import GraphStore, named_query
from app.graph.vocabulary import import_graph, kind_and_key, term
from app.importing.errors import ImportRefusedError
from app.importing.imported_rdf import description_quads, fact_quads
from app.importing.records import ImportReport
from app.importing.remote import RemoteSparql, Row
from app.importing.terms import text_of
from app.importing.wikidata_facts import Knowledge, make_facts
from app.importing.wikidata_statements import read_references, read_statements

DEFAULT_ENDPOINT = "https://query.wikidata.org/sparql"
NAME = "wikidata"

_ITEMS_AT_ONCE = 20
_ITEMS = "wd:Q881"  # what stands in the queries for the items that are asked about


def import_wikidata(
    store: StoreAddress,
    remote: RemoteSparql,
    reference: Reference,
    countries: Sequence[str] = (),
    *,
    today: dt.date,
    wait_s: float = 600.0,
) -> ImportReport:
    """Ask for all statements about some states (by default all), and make them the graph `import/wikidata`.

    With `countries`, facts about other states stay as they were imported before. Everything is read before anything
    is written. What is said to begin or end after the day that follows `today` is left out.

    Raises:
        BadRequestError: a code that is no state's.
        ImportRefusedError: the endpoint does not answer, answers something else, or knows no such statement.
        StoreBusyError: another writer held the store for `wait_s` seconds.
    """
    states = {state.code: state for state in reference.states}
    if unknown := [code for code in countries if code not in states]:
        raise BadRequestError(f"«{unknown[0]}» is no code of a state.")
    items = [f"wd:{states[code].wikidata}" for code in countries or states]
    statements = read_statements(_rows(remote, "wikidata-statements", items))
    if not statements:
        raise ImportRefusedError(
            f"{remote.endpoint} knows no diplomatic relation (P530) of these states: nothing was imported, and what "
            "was imported before stays."
        )
    references = read_references(_rows(remote, "wikidata-references", items))
    known = Knowledge.of(reference.states, reference.sources, today)
    facts, account = make_facts(statements, references, known)
    wanted = frozenset(
        (*description_quads(NAME, remote.endpoint, "imported"), *fact_quads(facts, NAME, "imported")),
    )

    def change(graph: GraphStore) -> Mapping[NamedNode, frozenset[Quad]]:
        kept = _facts_of_others(graph, countries) if countries else frozenset()
        return {import_graph(NAME): wanted | kept}

    publication = publish(store, (), imports=change, wait_s=wait_s)
    return ImportReport(NAME, is_restored=False, accounts=(account,), publication=publication)


def _rows(remote: RemoteSparql, name: str, items: Sequence[str]) -> Iterator[Row]:
    for first in range(0, len(items), _ITEMS_AT_ONCE):
        # only ids of our own tables come into the text
        yield from remote.select(named_query(name).replace(_ITEMS, " ".join(items[first : first + _ITEMS_AT_ONCE])))


def _facts_of_others(store: GraphStore, countries: Collection[str]) -> frozenset[Quad]:
    """What was imported before about other states, with the sources that it cites."""
    held = frozenset(store.quads(import_graph(NAME)))
    concerned = {
        quad.subject
        for quad in held
        if quad.predicate == term("bg:country") and kind_and_key(text_of(quad.object))[1] in countries
    }
    others = {quad.subject for quad in held if quad.predicate == term("bg:country")} - concerned
    cited = {quad.object for quad in held if quad.subject in others and quad.predicate == term("prov:wasDerivedFrom")}
    return frozenset(quad for quad in held if quad.subject in others or quad.subject in cited)
