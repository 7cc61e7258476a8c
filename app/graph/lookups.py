"""One function a question: a query of app/queries on a store, its rows read into the records of the read model."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, QuerySolution, Triple

from app.errors import NotFoundError
from app.graph.kept import Kept
from app.graph.lookup_keys import has_keys, pair_type_key, rows_of_keys
from app.graph.reading import (
    States,
    chronological,
    pages_of,
    read_article,
    read_country,
    read_event,
    read_gaps,
    read_heading,
    read_states,
)
from app.graph.readmodel import ArticleHeading, ArticleView, CountryName, CountryView, Counts, Event, GapView
from app.graph.records import read_record
from app.graph.statements import Statements
from app.graph.store import GraphStore, Term, named_query
from app.graph.vocabulary import BASE, article_key, kind_and_key, pair_key, thing

Selector = OneOf["bg:pair", "bg:subject", "bg:country", "bg:type", "bg:monthDay", "bg:month", "bg:precision"]
"""The properties by which events are selected; each is a direct look-up."""

# A text with many more is slow to read; a store elsewhere may refuse it.
_EVENTS_AT_ONCE = 250
_KEPT_SNAPSHOTS = 4
# Some 100 bytes each.
_KEPT_IDS = 200_000
_states: Kept[States] = Kept(_KEPT_SNAPSHOTS)
_groups: Kept[frozenset[str]] = Kept(_KEPT_SNAPSHOTS)
_gaps: Kept[Mapping[str, tuple[GapView, ...]]] = Kept(_KEPT_SNAPSHOTS)
_ids: Kept[tuple[str, ...]] = Kept(_KEPT_IDS, lambda ids: max(1, len(ids)))


def event_ids(store: GraphStore, selector: Selector, value: Term) -> tuple[str, ...]:
    """The ids of the events that have a value of a property, sorted; an id begins with the type of its event."""
    # The text is made of our own words only; what comes from outside is substituted as a term.
    query = named_query("event-ids").replace("bg:monthDay ?what", f"{selector} ?what")
    return tuple(sorted(_ids_in(store.select(query, {"what": value}))))


def kept_ids(store: GraphStore, selector: Selector, word: str) -> tuple[str, ...]:
    """The same for a word such as a month, of which there are few: kept for the next who ask."""
    return _ids.get(store, (selector, word), lambda: event_ids(store, selector, Literal(word)))


def pair_keys(store: GraphStore) -> tuple[str, ...]:
    """Keys such as `AZ-VN` of all pairs that have an event, sorted: as many as states can have at most."""
    return tuple(sorted(kind_and_key(row["pair"].value)[1] for row in store.select(named_query("pairs"))))


def of_types(ids: Iterable[str], types: Iterable[str]) -> tuple[str, ...]:
    """Those among some ids whose events are of some types."""
    prefixes = tuple(f"{one}-" for one in types)
    return tuple(one for one in ids if one.startswith(prefixes))


def ids_of_groups(store: GraphStore) -> frozenset[str]:
    """The ids of the events of three states or more."""
    return _groups.get(store, "groups", lambda: frozenset(_ids_in(store.select(named_query("events-of-groups")))))


def disputed_ids(store: GraphStore) -> tuple[str, ...]:
    """The ids of the events of which some source gives another date, by date; those of no known year come first."""
    return _ids.get(store, "disputed", lambda: _disputed_ids(store))


def _disputed_ids(store: GraphStore) -> tuple[str, ...]:
    rows = store.select(named_query("disputed-events"))
    days = {row["event"].value: row["earliest"].value if row["earliest"] else "" for row in rows}
    return tuple(_ids_of(sorted(days, key=lambda iri: (days[iri], iri))))


def _ids_in(rows: Iterable[QuerySolution]) -> Iterator[str]:
    return _ids_of(row["event"].value for row in rows)


def _ids_of(iris: Iterable[str]) -> Iterator[str]:
    events = thing("event", "").value
    # pairs have states too, and alternatives (#) a subject and a precision
    return (iri.removeprefix(events) for iri in iris if iri.startswith(events) and "#" not in iri)


def events_of(store: GraphStore, ids: Iterable[str]) -> tuple[Event, ...]:
    """The events of some ids, in their order; none for an id that no event has."""
    found: list[Event] = []
    for nodes in _nodes_of(ids):
        named = states(store)
        rows = _rows_of("records", store, nodes)
        records = {nodes[int(place.value)]: record.value for place, record in rows}
        events = {node: read_record(node, record, named) for node, record in records.items()}
        events.update(events_from_statements(store, tuple(node for node in nodes if node not in events)))
        found += [events[node] for node in nodes if node in events]
    return tuple(found)


def events_from_statements(store: GraphStore, nodes: Sequence[str]) -> dict[str, Event]:
    """The events of some IRIs that have no record: where something wrote that does not fuse."""
    if not nodes:
        return {}
    said = Statements()
    said.add_of_places(_rows_of("events", store, nodes), nodes)
    evidence = said.all_texts("prov:wasDerivedFrom")
    said.add_of_places(_rows_of("sources", store, evidence), evidence)
    pages = tuple({page for one in evidence for page in pages_of(said, one)})
    said.add_of_places(_rows_of("sources", store, pages), pages)
    return {node: read_event(said, node, states(store)) for node in nodes if node in said}


def _nodes_of(keys: Iterable[str], kind: str = "event") -> Iterator[tuple[str, ...]]:
    """The IRIs of some things, as many at a time as are asked for at once."""
    nodes = (thing(kind, one).value for one in keys)
    while batch := tuple(islice(nodes, _EVENTS_AT_ONCE)):
        yield batch


def _rows_of(query: str, store: GraphStore, nodes: Iterable[str]) -> tuple[QuerySolution, ...]:
    """The rows of a query about the things that it is given as a list."""
    # only IRIs, which can hold nothing that ends them, come into the text
    values = " ".join(f"({NamedNode(node)} {place})" for place, node in enumerate(nodes))
    return store.select(named_query(query).replace("(bg:Event 0)", values))


def events_by(store: GraphStore, selector: Selector, value: Term) -> tuple[Event, ...]:
    """Events that have a value of a property; sorted by date, then id."""
    return tuple(sorted(events_of(store, event_ids(store, selector, value)), key=chronological))


def ids_of_pair(store: GraphStore, a: str, b: str, types: Collection[str]) -> tuple[str, ...]:
    """The ids of the events of some types of two states, by their codes in either order; sorted."""
    pair = pair_key(a, b)
    if not has_keys(store, "bg:pairTypeKey"):
        return of_types(event_ids(store, "bg:pair", thing("pair", pair)), types)
    keys = (pair_type_key(one, pair) for one in sorted(set(types)))
    return tuple(sorted(_ids_in(rows_of_keys(store, "bg:pairTypeKey", keys))))


def events_of_pair(store: GraphStore, a: str, b: str) -> tuple[Event, ...]:
    """Events of two states, by their codes in either order."""
    return events_by(store, "bg:pair", thing("pair", pair_key(a, b)))


def gaps_of_pair(store: GraphStore, a: str, b: str) -> tuple[GapView, ...]:
    """What is known of events of two states that no table dates."""
    return read_gaps(Statements(store.select(named_query("gaps-of-pair"), {"what": thing("pair", pair_key(a, b))})))


def gaps_by_pair(store: GraphStore) -> Mapping[str, tuple[GapView, ...]]:
    """The same of all pairs that have any, by their keys: curated data has few, and they are kept."""
    return _gaps.get(store, "gaps", lambda: _gaps_by_pair(store))


def _gaps_by_pair(store: GraphStore) -> Mapping[str, tuple[GapView, ...]]:
    by_pair: dict[str, list[QuerySolution]] = defaultdict(list)
    for row in store.select(named_query("gaps-of-pair")):
        by_pair[kind_and_key(row["what"].value)[1]].append(row)
    return {pair: read_gaps(Statements(rows)) for pair, rows in by_pair.items()}


def gaps_of_country(store: GraphStore, code: str) -> tuple[GapView, ...]:
    """The same of a state, those of its pairs among them."""
    query = named_query("gaps-of-pair").replace("bg:pair ?what", "bg:country ?what")
    return read_gaps(Statements(store.select(query, {"what": thing("country", code)})))


def event_by_id(store: GraphStore, event_id: str) -> Event:
    """The event of an id such as `established-AZ-VN`.

    Raises:
        NotFoundError: there is none.

    """
    try:
        # what has a fragment is an alternative of an event
        events = () if "#" in event_id else events_of(store, (event_id,))
    except ValueError:  # a blank, a stray quote: no IRI can hold it
        events = ()
    if not events:
        raise NotFoundError(f"There is no event «{event_id}».")
    return events[0]


def article_by_id(store: GraphStore, article_id: str) -> ArticleView:
    """The article of an id, or of the key in its IRI.

    Raises:
        NotFoundError: there is none.

    """
    node = thing("article", article_key(article_id))
    said = Statements(store.select(named_query("article"), {"article": node}))
    if node.value not in said:
        raise NotFoundError(f"There is no article «{article_id}».")
    return read_article(said, node.value)


def headings_of(store: GraphStore, article_ids: Iterable[str]) -> tuple[ArticleHeading, ...]:
    """What a list shows of the articles of some ids, in their order."""
    found: list[ArticleHeading] = []
    for nodes in _nodes_of(map(article_key, article_ids), "article"):
        said = Statements()
        said.add_of_places(_rows_of("sources", store, nodes), nodes)
        found += [read_heading(said, node) for node in nodes if node in said]
    return tuple(found)


def country_by_code(store: GraphStore, code: str) -> CountryView:
    """The state of a code.

    Raises:
        NotFoundError: there is none.

    """
    node = thing("country", code)
    said = Statements(store.select(named_query("statements"), {"node": node}))
    if node.value not in said:
        raise NotFoundError(f"There is no state with the code «{code}».")
    return read_country(said, node.value)


def states(store: GraphStore) -> States:
    """All states by code."""
    return _states.get(store, "states", lambda: read_states(Statements(store.select(named_query("states")))))


def countries(store: GraphStore) -> tuple[CountryName, ...]:
    """All states, by code."""
    return tuple(one for _, one in sorted(states(store).items()))


def pairs_of_country(store: GraphStore, code: str) -> tuple[str, ...]:
    """Keys such as `AZ-VN` of the pairs of a state that have an event, sorted."""
    possible = " ".join(str(thing("pair", pair_key(code, other))) for other in states(store) if other != code)
    query = named_query("pairs-of-country").replace("?pair { bg:Pair }", f"?pair {{ {possible} }}")
    return tuple(sorted(kind_and_key(row["pair"].value)[1] for row in store.select(query)))


def describe(store: GraphStore, iri: str) -> tuple[Triple, ...]:
    """Every statement about a thing of the graph, in any of its named graphs, sorted; none for an unknown thing."""
    rows = store.select(named_query("statements"), {"node": NamedNode(iri)}) if iri.startswith(BASE) else ()
    return tuple(sorted({Triple(row["node"], row["property"], row["value"]) for row in rows}, key=str))


def counts(store: GraphStore) -> Counts:
    """How much the graph holds."""
    row = store.select(named_query("counts"))[0]
    return Counts(**{name: int(row[name].value) for name in ("articles", "claims", "events", "pairs", "states")})


def count_pages(store: GraphStore) -> int:
    """How many pages the curated data cites."""
    return int(store.select(named_query("count-pages"))[0]["pages"].value)
