"""What comes round between two days, all states or one."""

import datetime as dt
from collections.abc import Collection

from app.anniversaries import ANNIVERSARY_TYPES, Anniversary, anniversaries_in_window
from app.graph.lookups import events_in_window
from app.graph.store import GraphStore


def upcoming_anniversaries(
    store: GraphStore,
    first: dt.date,
    last: dt.date,
    *,
    country: str | None = None,
    types: Collection[str] | None = None,
    ranks: Collection[str] | None = None,
) -> tuple[Anniversary, ...]:
    """The anniversaries from `first` to `last`, both included, by day; of a state, some types, some ranks, if given."""
    events = events_in_window(store, first, last)
    chosen = [event for event in events if country is None or country in {state.code for state in event.countries}]
    return anniversaries_in_window(chosen, first, last, types=types or ANNIVERSARY_TYPES, ranks=ranks or ())
