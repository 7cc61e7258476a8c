"""Facts whose sources disagree: by type, then by date, of one state or all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import get_args

from app.graph.lookups import disputed_ids, events_of, ids_of_groups
from app.graph.readmodel import Event
from app.graph.store import GraphStore
from app.paging import Page, page_of
from extractors.records import ClaimType

_TYPES: tuple[str, ...] = get_args(ClaimType)


@dataclass(frozen=True, slots=True)
class Disputes:
    """Facts of which some source gives another date: their ids, and how many of each type there are.

    `counts` are those of all types, also where the ids are of one.
    """

    ids: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]


def disputes(store: GraphStore, country: str | None = None, event_type: str | None = None) -> Disputes:
    """Those of a state, by its code, and of a type; all without them. In the order of the types, then by date."""
    ids = disputed_ids(store)
    chosen = ids if country is None else _of_state(store, ids, country)
    by_type: dict[str, list[str]] = defaultdict(list)
    for one in chosen:
        by_type[_type_of(one)].append(one)
    types = sorted(by_type, key=_place)
    wanted = [name for name in types if event_type in (None, name)]
    return Disputes(
        tuple(chain.from_iterable(by_type[name] for name in wanted)),
        tuple((name, len(by_type[name])) for name in types),
    )


def disputed_events(store: GraphStore, found: Disputes, *, limit: int, cursor: str | None = None) -> Page[Event]:
    """The `limit` facts after the one that the cursor names.

    Raises:
        BadRequestError: the cursor is of another list, or no cursor at all.
    """
    page = page_of(found.ids, str, limit=limit, cursor=cursor)
    return Page(events_of(store, page.items), page.next)


def _of_state(store: GraphStore, ids: Sequence[str], code: str) -> Iterable[str]:
    # only codes are in capitals; an id names all states of its event where those are not more than two
    groups = ids_of_groups(store)
    in_groups = events_of(store, (one for one in ids if one in groups))
    of_groups = {event.id for event in in_groups if code in {state.code for state in event.countries}}
    return [one for one in ids if one in of_groups or (one not in groups and code in one.split("-"))]


def _type_of(event_id: str) -> str:
    """An id begins with the type of its event."""
    return next((one for one in _TYPES if event_id.startswith(f"{one}-")), "")


def _place(event_type: str) -> int:
    return _TYPES.index(event_type) if event_type in _TYPES else len(_TYPES)
