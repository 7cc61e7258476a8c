"""Which events a calendar or a feed is asked for, and how they are found at the cost of what is asked for."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from app.anniversaries import ANNIVERSARY_TYPES, Anniversary, anniversaries_in_window
from app.errors import BadRequestError, TooLargeError
from app.graph.calendar_lookups import ids_in_calendar
from app.graph.calendar_places import DAY_PLACES, MONTH_PLACES, YEAR_PLACE
from app.graph.lookups import event_ids, events_of, ids_of_pair, of_types
from app.graph.readmodel import CountryName, Event
from app.graph.store import GraphStore
from app.graph.vocabulary import thing
from app.pairs import Pair, resolve_pair
from app.upcoming import Window, upcoming_anniversaries
from extractors.gazetteer import Gazetteer, UnknownCountryError

# A month at a time, so that of too large a graph no more is read than what is too much.
_EVERY_PLACE = (
    *(tuple(day for day in DAY_PLACES if day.startswith(month)) for month in MONTH_PLACES),
    (*MONTH_PLACES, YEAR_PLACE),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a pair, a state, types of events, ranks of anniversaries; each narrows the others.

    No types are all that have anniversaries, no ranks are all.
    """

    pair: Pair | None = None
    country: CountryName | None = None
    types: Collection[str] = ()
    ranks: Collection[str] = ()

    @property
    def kept_types(self) -> Collection[str]:
        """The types that are asked for."""
        return self.types or ANNIVERSARY_TYPES


def parse_pair(gazetteer: Gazetteer, text: str) -> Pair:
    """The pair of two states with a comma or a dash between their codes or names: `AZ-VN`, `Việt Nam, Guinea-Bissau`.

    Raises:
        BadRequestError: nothing stands between two states, or both are the same.
        UnknownCountryError: one is no state; carries the nearest names.
    """
    separator = "," if "," in text else "–" if "–" in text else "-"
    places = [place for place, sign in enumerate(text) if sign == separator]
    unknown: UnknownCountryError | None = None
    # names of states have hyphens too
    for place in places:
        try:
            return resolve_pair(gazetteer, text[:place].strip(), text[place + 1 :].strip())
        except UnknownCountryError as error:
            unknown = unknown or error
    raise unknown or BadRequestError(f"pair: «{text}» names no two states: write AZ-VN, or «Việt Nam, Azerbaijan».")


def events_asked(store: GraphStore, asked: Asked, *, max_events: int) -> tuple[Event, ...]:
    """The events that are asked for, whether they have a day or not, in the order of their ids.

    Raises:
        TooLargeError: there are more than `max_events`.
    """
    ids = tuple(islice(dict.fromkeys(_ids(store, asked)), max_events + 1))
    if len(ids) > max_events:
        raise _too_many(max_events)
    return tuple(event for event in events_of(store, sorted(ids)) if _is_of(event, asked.country))


def anniversaries_asked(
    store: GraphStore, asked: Asked, first: dt.date, last: dt.date, *, max_events: int
) -> tuple[Anniversary, ...]:
    """The anniversaries from `first` to `last` that are asked for, the nearest first.

    Raises:
        TooLargeError: there are more than `max_events`.
    """
    found: Iterator[Anniversary]
    if asked.pair is not None:
        events = events_asked(store, asked, max_events=max_events)
        found = iter(anniversaries_in_window(events, first, last, types=asked.kept_types, ranks=asked.ranks))
    else:
        code = asked.country.code if asked.country else None
        found = upcoming_anniversaries(store, Window(first, last, code, asked.types, asked.ranks))
    chosen = tuple(islice(found, max_events + 1))
    if len(chosen) > max_events:
        raise _too_many(max_events)
    return chosen


def _ids(store: GraphStore, asked: Asked) -> Iterator[str]:
    if asked.pair is not None:
        yield from ids_of_pair(store, asked.pair.a.code, asked.pair.b.code, asked.kept_types)
    elif asked.country is not None:
        yield from of_types(event_ids(store, "bg:country", thing("country", asked.country.code)), asked.kept_types)
    else:
        for places in _EVERY_PLACE:
            yield from ids_in_calendar(store, asked.kept_types, places)


def _is_of(event: Event, country: CountryName | None) -> bool:
    return country is None or country.code in {one.code for one in event.countries}


def _too_many(max_events: int) -> TooLargeError:
    return TooLargeError(
        f"This would hold more than {max_events} events: narrow it by ?pair=, ?country=, ?type= or ?rank=."
    )
