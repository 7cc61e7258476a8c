"""All states side by side: with how many others each has ties, and its national days."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from app.graph.kept import Kept
from app.graph.lookups import event_ids, events_of, gaps_by_pair, states
from app.graph.reading import state_name
from app.graph.readmodel import CountryName, Event
from app.graph.store import GraphStore
from app.graph.vocabulary import concept, pair_key
from app.pairs import Pair, state_of_pair
from app.partners import TIES_TYPES

_KEPT_DAYS = 4


@dataclass(frozen=True, slots=True)
class ListedState:
    """A state, with how many others it is known to have ties, and the national days that it keeps."""

    country: CountryName
    partners: int
    national_days: tuple[Event, ...]


_lists: Kept[tuple[ListedState, ...]] = Kept(_KEPT_DAYS)


def list_states(store: GraphStore, on: dt.date) -> tuple[ListedState, ...]:
    """All states by code, as they are on a day; made once for a snapshot and a day."""
    return _lists.get(store, on, lambda: _list(store, on))


def _list(store: GraphStore, on: dt.date) -> tuple[ListedState, ...]:
    partners, days = _count_partners(store, on), _national_days(store, on)
    return tuple(
        ListedState(country, partners[code], days.get(code, ())) for code, country in sorted(states(store).items())
    )


def _count_partners(store: GraphStore, on: dt.date) -> Counter[str]:
    named = states(store)
    gaps = gaps_by_pair(store)
    by_pair: dict[str, list[Event]] = {key: [] for key in gaps}
    for event in _of_types(store, *sorted(TIES_TYPES)):
        for a, b in combinations((one.code for one in event.countries), 2):
            by_pair.setdefault(pair_key(a, b), []).append(event)
    found: Counter[str] = Counter()
    for key, events in by_pair.items():
        codes = key.split("-")
        pair = Pair(*(state_name(named, code) for code in codes))
        if state_of_pair(pair, events, gaps.get(key, ()), on).ties == "established":
            found.update(codes)
    return found


def _national_days(store: GraphStore, on: dt.date) -> Mapping[str, tuple[Event, ...]]:
    found: dict[str, tuple[Event, ...]] = defaultdict(tuple)
    for event in _of_types(store, "national-day"):
        for country in event.countries:
            if not event.has_ended(on):
                found[country.code] += (event,)
    return found


def _of_types(store: GraphStore, *types: str) -> tuple[Event, ...]:
    ids = (one for kind in types for one in event_ids(store, "bg:type", concept("type", kind)))
    return events_of(store, ids)
