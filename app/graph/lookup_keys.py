"""Keys under which events are found by two things at once: their type, and a place of the calendar or a pair."""

from collections.abc import Iterable, Iterator
from typing import Literal as OneOf

from pyoxigraph import Literal, QuerySolution

from app.graph.kept import Kept
from app.graph.store import GraphStore, named_query
from app.graph.vocabulary import term

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
    """Whether the events of a graph have such keys: one that was built before there were any has none."""
    return _has_keys.get(store, key_property, lambda: _is_described(store, key_property))


def _is_described(store: GraphStore, key_property: KeyProperty) -> bool:
    return bool(store.select(named_query("is-described"), {"what": term(key_property)}))


def rows_of_keys(
    store: GraphStore, key_property: KeyProperty, keys: Iterable[str], query: str = "events-of-keys"
) -> Iterator[QuerySolution]:
    """What a query of app/queries finds of the events that have one of some keys, as `event`."""
    listed = " ".join(str(Literal(key)) for key in keys)
    text = named_query(query).replace('""', listed).replace("bg:calendarKey ?key", f"{key_property} ?key")
    yield from store.select(text)
