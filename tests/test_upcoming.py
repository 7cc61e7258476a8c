"""What comes round, found day by day and page by page, is what the rules of anniversaries.py give for all events."""

import base64
import datetime as dt
from itertools import islice

import pytest
from graph_samples import fact, reference
from hypothesis import given, settings
from hypothesis import strategies as st

from app.anniversaries import ANNIVERSARY_TYPES, anniversaries_in_window
from app.errors import BadRequestError
from app.graph.building import update_graph
from app.graph.identity import FUSED_TYPES
from app.graph.lookup_keys import has_keys
from app.graph.lookups import events_by, ids_of_pair
from app.graph.snapshots import open_snapshot
from app.graph.store import EmbeddedStore
from app.graph.vocabulary import concept, term
from app.upcoming import Window, upcoming_anniversaries, upcoming_page


@pytest.fixture(scope="module")
def shipped(shipped_store):
    """The store of the shipped data, and all its events."""
    store = open_snapshot(shipped_store).store()
    return store, tuple(event for one in FUSED_TYPES for event in events_by(store, "bg:type", concept("type", one)))


def by_the_rules(events, window):
    found = anniversaries_in_window(
        [event for event in events if window.country in (None, *(state.code for state in event.countries))],
        window.first,
        window.last,
        types=window.types or ANNIVERSARY_TYPES,
        ranks=window.ranks,
    )
    return list(found)


def in_pages(store, window, limit):
    found, cursor = [], None
    while True:
        page = upcoming_page(store, window, limit=limit, cursor=cursor)
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


WINDOWS = {
    "a month": Window(dt.date(2026, 11, 21), dt.date(2026, 12, 21)),
    "a year, with what is known to the year": Window(dt.date(2026, 11, 21), dt.date(2027, 11, 21)),
    "three years of one state": Window(dt.date(2026, 2, 27), dt.date(2029, 3, 1), country="VN"),
    "29 February of a leap year": Window(dt.date(2028, 2, 28), dt.date(2028, 2, 29)),
    "29 February of a common year": Window(dt.date(2027, 2, 28), dt.date(2027, 2, 28)),
    "while there was a Soviet Union": Window(dt.date(1985, 1, 1), dt.date(1992, 12, 31), country="SU"),
    "types that nobody keeps": Window(dt.date(2027, 1, 1), dt.date(2027, 12, 31), types={"visit", "agreement"}),
    "round ones": Window(dt.date(2026, 11, 21), dt.date(2028, 1, 1), ranks={"round"}),
    "national days of a rank": Window(
        dt.date(2027, 1, 1), dt.date(2027, 12, 31), types={"national-day"}, ranks={"other"}
    ),
    "empty": Window(dt.date(2027, 2, 1), dt.date(2027, 1, 1)),
}


@pytest.mark.parametrize("window", [pytest.param(one, id=name) for name, one in WINDOWS.items()])
def test_the_same_as_by_the_rules_over_all_events(shipped, window):
    store, events = shipped
    wanted = by_the_rules(events, window)
    assert list(upcoming_anniversaries(store, window)) == wanted
    assert in_pages(store, window, 97) == wanted


@pytest.fixture(scope="module")
def shipped_without_keys(shipped):
    """The same graph as a program built it that knew no keys of a type and a day or a pair."""
    store = EmbeddedStore.in_memory()
    keys = {term("bg:calendarKey"), term("bg:pairTypeKey"), term("bg:keyedBy")}
    store.apply((), (quad for quad in shipped[0].all_quads() if quad.predicate not in keys))
    return store


@pytest.mark.parametrize("window", [pytest.param(one, id=name) for name, one in WINDOWS.items()])
def test_a_graph_without_calendar_keys_gives_the_same(shipped, shipped_without_keys, window):
    assert list(upcoming_anniversaries(shipped_without_keys, window)) == by_the_rules(shipped[1], window)


@pytest.mark.parametrize(
    "types",
    [ANNIVERSARY_TYPES, {"visit"}, {"established", "severed"}, ()],
    ids=["that come round", "visits", "made and broken", "none"],
)
def test_a_pair_has_the_same_events_of_some_types_with_keys_and_without(shipped, shipped_without_keys, types):
    store, events = shipped
    pairs = sorted({tuple(sorted(state.code for state in event.countries)[:2]) for event in events})
    for a, b in (pair for pair in pairs if len(pair) == 2):
        codes = {a, b}
        wanted = sorted(
            event.id for event in events if event.type in types and codes <= {one.code for one in event.countries}
        )
        assert list(ids_of_pair(store, b, a, types)) == list(ids_of_pair(shipped_without_keys, a, b, types)) == wanted


def test_the_ontology_of_today_gives_events_no_keys(shipped, shipped_without_keys):
    """It may be there before the events are fused anew, or be all that someone uploads."""
    assert not has_keys(shipped_without_keys, "bg:pairTypeKey")
    update_graph(shipped_without_keys, (), None)  # nothing is new
    assert ids_of_pair(shipped_without_keys, "VN", "AZ", ANNIVERSARY_TYPES)
    assert ids_of_pair(shipped[0], "VN", "AZ", ANNIVERSARY_TYPES)
    assert has_keys(shipped[0], "bg:pairTypeKey")


@settings(max_examples=30)
@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2060, 1, 1)),
    st.integers(0, 450),
    st.sampled_from([None, "VN", "FR", "RU", "DD", "TH"]),
    st.sets(st.sampled_from(sorted(ANNIVERSARY_TYPES)), max_size=3),
    st.sets(st.sampled_from(["round", "half-round", "other"]), max_size=2),
)
def test_any_window_is_the_same_as_by_the_rules(shipped, first, days, country, types, ranks):
    store, events = shipped
    window = Window(first, first + dt.timedelta(days=days), country, types, ranks)
    assert list(islice(upcoming_anniversaries(store, window), 200)) == by_the_rules(events, window)[:200]


def test_an_event_of_three_states_is_found_for_each_of_them():
    store = EmbeddedStore.in_memory()
    update_graph(store, (), reference(fact("hoi", "founded", "AZ BY VN", "1992-05-07", "agency", name="Hội")))
    window = Window(dt.date(2027, 5, 1), dt.date(2027, 5, 31))
    assert [
        [one.event.id for one in upcoming_anniversaries(store, Window(window.first, window.last, country=code))]
        for code in ("AZ", "BY", "VN", "JP")
    ] == [["founded-AZ-BY-VN-hoi"]] * 3 + [[]]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("established-AZ-VN", id="of the timeline of a pair"),
        pytest.param("2026-11-25 established-AZ-VN", id="a day on which it does not come round"),
        pytest.param("2031-09-23 established-AZ-VN", id="a day outside the window"),
        pytest.param("hôm nay established-AZ-VN", id="no day"),
    ],
)
def test_a_cursor_of_another_list_is_refused(shipped, name):
    store, _ = shipped
    window = WINDOWS["a month"]
    with pytest.raises(BadRequestError, match="cursor fits no item"):
        upcoming_page(store, window, limit=3, cursor=base64.urlsafe_b64encode(name.encode()).decode())
