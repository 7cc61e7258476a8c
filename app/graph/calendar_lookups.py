"""Which events stand where in the calendar of every year."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from pyoxigraph import Literal, QuerySolution

from app.graph.calendar_places import MONTH_PLACES, YEAR_PLACE
from app.graph.kept import Kept
from app.graph.lookup_keys import calendar_key, has_keys, rows_of_keys
from app.graph.store import GraphStore, named_query
from app.graph.vocabulary import thing

# Some 100 bytes each.
_KEPT_IDS = 200_000
_dated: Kept[tuple[tuple[int, str], ...]] = Kept(_KEPT_IDS, lambda ids: max(1, len(ids)))
_years: Kept[Mapping[str, int]] = Kept(_KEPT_IDS, lambda ids: max(1, len(ids)))


def ids_by_year(store: GraphStore, month_day: str) -> tuple[tuple[int, str], ...]:
    """The years and ids of the events of a day of the year such as `09-23`, sorted; kept. No year is 0."""
    return _dated.get(store, month_day, lambda: _read_ids_by_year(store, month_day))


def _read_ids_by_year(store: GraphStore, month_day: str) -> tuple[tuple[int, str], ...]:
    rows = store.select(named_query("events-of-day"), {"what": Literal(month_day)})
    return tuple(sorted((year, one) for one, year in _dated_ids(rows)))


def ids_in_calendar(store: GraphStore, types: Collection[str], places: Collection[str]) -> Collection[str]:
    """The ids of the events of some types at some places of the calendar, sorted; kept."""
    return _kept(store, types, places, "events-of-keys")


def years_by_id(store: GraphStore, types: Collection[str], places: Collection[str]) -> Mapping[str, int]:
    """The same with the year of each, which costs one look-up more for each of them. No year is 0."""
    return _kept(store, types, places, "years-of-keys")


def _kept(store: GraphStore, types: Collection[str], places: Collection[str], query: str) -> Mapping[str, int]:
    key = (query, frozenset(types), frozenset(places))
    return _years.get(store, key, lambda: dict(sorted(_dated_ids(_rows_of_calendar(store, types, places, query)))))


def _rows_of_calendar(
    store: GraphStore, types: Collection[str], places: Collection[str], query: str
) -> Iterator[QuerySolution]:
    if has_keys(store, "bg:calendarKey"):
        keys = (calendar_key(one, place) for one in sorted(types) for place in places)
        yield from rows_of_keys(store, "bg:calendarKey", keys, query)
        return
    for place in places:
        selector = "bg:precision" if place == YEAR_PLACE else "bg:month" if place in MONTH_PLACES else "bg:monthDay"
        text = named_query("events-of-day").replace("bg:monthDay ?what", f"{selector} ?what")
        prefixes = tuple(thing("event", f"{one}-").value for one in types)
        rows = store.select(text, {"what": Literal(place)})
        yield from (row for row in rows if row["event"].value.startswith(prefixes))


def _dated_ids(rows: Iterable[QuerySolution]) -> Iterator[tuple[str, int]]:
    """The ids and the years of the events among what a query found."""
    events = thing("event", "").value
    for row in rows:
        iri, earliest = row["event"].value, row["earliest"]
        if iri.startswith(events) and "#" not in iri:
            yield iri.removeprefix(events), int(earliest.value[:4]) if earliest else 0
