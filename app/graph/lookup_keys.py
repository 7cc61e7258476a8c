"""Keys under which events are found by two things at once: their type, and a place of the calendar or a pair."""

from collections.abc import Iterable, Iterator
from typing import Literal as OneOf
from typing import get_args

from pyoxigraph import Literal, Quad, QuerySolution

from app.graph.kept import Kept
from app.graph.store import GraphStore, named_query
from app.graph.vocabulary import EVENTS_GRAPH, RECORDS_GRAPH, term

KeyProperty = OneOf["bg:calendarKey", "bg:pairTypeKey"]
"""The properties that hold such keys."""

_KEPT_SNAPSHOTS = 4
_has_keys: Kept[bool] = Kept(2 * _KEPT_SNAPSHOTS)


def calendar_key(event_type: str, place: str) -> str:
    """The key of the events of a type at a place of the calendar: `established 09-23`."""
    return f"{event_type} {place}"


def pair_type_key(event_type: str, pair: str) -> str:
    """The key of the events of a type between two states, by the key of the pair: `established AZ-VN`."""
    return f"{event_type} {pair}"


def has_keys(store: GraphStore, key_property: KeyProperty) -> bool:
    """Whether all events of a graph have such keys, as fusion has noted.

    Those of a graph that was built before there were any have none, nor have those that an update wrote: it takes the
    note away together with the records.
    """
    return _has_keys.get(store, key_property, lambda: _is_noted(store, key_property))


def _is_noted(store: GraphStore, key_property: KeyProperty) -> bool:
    return bool(store.select(named_query("keys-of-events"), {"what": term(key_property)}))


def notes_of_keys() -> frozenset[Quad]:
    """What is noted, beside the records, of a graph whose events have all been fused by this program."""
    return frozenset(Quad(EVENTS_GRAPH, term("bg:keyedBy"), term(one), RECORDS_GRAPH) for one in get_args(KeyProperty))


def rows_of_keys(
    store: GraphStore, key_property: KeyProperty, keys: Iterable[str], query: str = "events-of-keys"
) -> Iterator[QuerySolution]:
    """What a query of app/queries finds of the events that have one of some keys, as `event`."""
    listed = " ".join(str(Literal(key)) for key in keys)
    text = named_query(query).replace('""', listed).replace("bg:calendarKey ?key", f"{key_property} ?key")
    yield from store.select(text)
