"""When an event comes round, how many years that makes, and how round the number is."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.anniversaries import (
    Anniversary,
    anniversaries_in_window,
    anniversaries_of_pair,
    anniversary_day,
    anniversary_of,
    rank_of,
)
from app.graph.readmodel import CountryName, Event, Label
from app.windows import years_of_window
from extractors.dates import DateValue, PartialDate, of_day, parse_edtf


def event(
    date: str | DateValue, kind: str = "established", event_id: str = "e", ends: str = "", standing: str | None = None
) -> Event:
    """An event of a state, which ended on the day `ends` if that is given."""
    value = parse_edtf(date) if isinstance(date, str) else date
    state = CountryName("SU", Label("", ""), parse_edtf(ends) if ends else None)
    return Event(event_id, "", kind, Label("", ""), (state,), value, None, "confirmed", 0.9, (), (), standing=standing)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def told(item: Anniversary) -> tuple[Any, ...]:
    return (item.years, str(item.last), str(item.next), item.next_years, item.days_until, item.rank)


BY_DAY = [
    (
        "Azerbaijan, seen in November 2026",
        "1992-09-23",
        "2026-11-21",
        (34, "2026-09-23", "2027-09-23", 35, 306, "half-round"),
    ),
    ("the day before", "1992-09-23", "2027-09-22", (34, "2026-09-23", "2027-09-23", 35, 1, "half-round")),
    ("the day itself", "1992-09-23", "2027-09-23", (35, "2027-09-23", "2027-09-23", 35, 0, "half-round")),
    ("the day after", "1992-09-23", "2027-09-24", (35, "2027-09-23", "2028-09-23", 36, 365, "other")),
    ("a round one, across a new year", "1950-01-18", "2029-12-31", (79, "2029-01-18", "2030-01-18", 80, 18, "round")),
    ("the day of the event", "2025-03-12", "2025-03-12", (0, "None", "2026-03-12", 1, 365, "other")),
    ("before the first anniversary", "2025-03-12", "2025-11-21", (0, "None", "2026-03-12", 1, 111, "other")),
    ("before the event", "2025-03-12", "2025-03-01", (None, "None", "2026-03-12", 1, 376, "other")),
    (
        "29 February, next in a common year",
        "1992-02-29",
        "2026-11-21",
        (34, "2026-02-28", "2027-02-28", 35, 99, "half-round"),
    ),
    (
        "29 February, next in a leap year",
        "1992-02-29",
        "2027-11-21",
        (35, "2027-02-28", "2028-02-29", 36, 100, "other"),
    ),
    (
        "29 February, kept on the 28th, that day",
        "1992-02-29",
        "2027-02-28",
        (35, "2027-02-28", "2027-02-28", 35, 0, "half-round"),
    ),
    (
        "the first day of a span",
        "2018-09-08/2018-09-10",
        "2026-11-21",
        (8, "2026-09-08", "2027-09-08", 9, 291, "other"),
    ),
    ("a day whose year is unknown", "--09-02", "2026-11-21", (None, "2026-09-02", "2027-09-02", None, 285, None)),
]


@pytest.mark.parametrize(("date", "on", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in BY_DAY])
def test_an_event_known_to_the_day(date: str, on: str, wanted: tuple[Any, ...]) -> None:
    item = anniversary_of(event(date), day(on))
    assert told(item) == wanted
    assert item.period == str(item.next)


@pytest.mark.parametrize(("year", "is_adjusted"), [("2027", True), ("2028", False)])
def test_29_february_says_when_it_is_moved(year: str, is_adjusted: bool) -> None:
    assert anniversary_of(event("1992-02-29"), day(f"{year}-01-01")).adjusted is is_adjusted


BY_PERIOD = [
    ("a month to come", "1991-12", "2026-11-21", (34, 35, "half-round", "2026-12")),
    ("the month that is running", "1991-11", "2026-11-21", (None, 35, "half-round", "2026-11")),
    ("the last day of the month", "1991-11", "2026-11-30", (35, 35, "half-round", "2026-11")),
    ("a month gone by", "1991-10", "2026-11-21", (35, 36, "other", "2027-10")),
    ("the year that is running", "1992", "2026-11-21", (None, 34, "other", "2026")),
    ("the last day of the year", "1992", "2026-12-31", (34, 34, "other", "2026")),
    ("a year that is not over", "2026", "2026-11-21", (None, 1, "other", "2027")),
    ("a year to come", "2030", "2026-11-21", (None, 1, "other", "2031")),
]


@pytest.mark.parametrize(("date", "on", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in BY_PERIOD])
def test_an_event_without_a_day_has_a_period(date: str, on: str, wanted: tuple[Any, ...]) -> None:
    item = anniversary_of(event(date), day(on))
    assert (item.years, item.next_years, item.rank, item.period) == wanted
    assert (item.last, item.next, item.days_until) == (None, None, None)


@pytest.mark.parametrize(
    ("years", "rank"),
    [(10, "round"), (100, "round"), (5, "half-round"), (35, "half-round"), (1, "other"), (34, "other")],
)
def test_rank(years: int, rank: str) -> None:
    assert rank_of(years) == rank


def test_a_pair_is_told_nearest_first_without_visits_and_breaks() -> None:
    events = [
        event("1992-09-23", event_id="established"),
        event("2025-05-07", "partnership", "partnership"),
        event("1991-12", "recognised", "recognised"),
        event("2018-09-08/2018-09-10", "visit", "visit"),
        event("1970-01-01", "severed", "severed"),
    ]
    found = anniversaries_of_pair(events, day("2026-11-21"))
    assert [item.event.id for item in found] == ["partnership", "established", "recognised"]


def test_a_pair_within_some_days() -> None:
    events = [
        event("1992-09-23", event_id="far"),
        event("2025-12-01", event_id="near"),
        event("1991-12", event_id="month"),
    ]
    found = anniversaries_of_pair(events, day("2026-11-21"), within=30)
    assert [item.event.id for item in found] == ["near", "month"]


WINDOW = [
    event("1950-01-18", event_id="cn"),
    event("1992-02-29", event_id="bn"),
    event("1991-02", "normalised", "month"),
]


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        pytest.param("2027-01-01", "2027-01-31", [("cn", "2027-01-18", 77, 17)], id="inside one month"),
        pytest.param(
            "2027-02-27", "2027-02-28", [("bn", "2027-02-28", 35, 1), ("month", "None", 36, None)], id="29 February"
        ),
        pytest.param("2027-03-01", "2027-12-31", [], id="nothing falls here"),
        pytest.param(
            "2026-12-31",
            "2028-01-18",
            [
                ("cn", "2027-01-18", 77, 18),
                ("bn", "2027-02-28", 35, 59),
                ("cn", "2028-01-18", 78, 383),
                ("month", "None", 36, None),
            ],
            id="an event twice, across a new year",
        ),
        pytest.param("1950-01-01", "1950-12-31", [], id="the event itself is no anniversary"),
        pytest.param("2027-02-01", "2027-01-01", [], id="an empty window"),
    ],
)
def test_a_window(first: str, last: str, wanted: list[tuple[Any, ...]]) -> None:
    found = anniversaries_in_window(WINDOW, day(first), day(last))
    assert [(item.event.id, str(item.next), item.next_years, item.days_until) for item in found] == wanted


ENDED = [
    ("a state that is gone", {"ends": "1991-12-26"}, "2026-01-01", False),
    ("the day on which it ended", {"ends": "1991-12-26"}, "1991-12-26", False),
    ("while it was there", {"ends": "1991-12-26"}, "1990-12-30", True),
    ("what ended with a state, while that was there", {"ends": "1990-10-03", "standing": "ended"}, "1990-01-01", True),
    ("an end known to the year", {"ends": "1991"}, "1991-06-01", True),
    ("ties that ended, nobody says when", {"standing": "ended"}, "2026-01-01", False),
    ("a level raised later", {"standing": "superseded"}, "2026-01-01", True),
    ("what is in force", {"standing": "in-force"}, "2026-01-01", True),
]


@pytest.mark.parametrize(("fields", "on", "is_there"), [pytest.param(*case[1:], id=case[0]) for case in ENDED])
@pytest.mark.parametrize("date", ["1950-01-30", "1950-01", "1950"], ids=["day", "month", "year"])
def test_what_is_over_comes_round_no_more(fields: dict[str, str], on: str, is_there: bool, date: str) -> None:
    some = event(date, **fields)  # type: ignore[arg-type]  # the fields of the table
    last = day(on) + dt.timedelta(days=364)
    assert bool(anniversaries_of_pair([some], day(on))) is is_there
    if "ends" not in fields or not is_there:  # a state that ends within the window is looked at below
        assert bool(anniversaries_in_window([some], day(on), last)) is is_there


def test_a_window_in_which_a_state_ends_holds_what_came_before() -> None:
    soviet = event("1950-01-30", ends="1991-12-26")
    found = anniversaries_in_window([soviet], day("1990-01-01"), day("1993-12-31"))
    assert [str(item.next) for item in found] == ["1990-01-30", "1991-01-30"]


YEARS = [
    ("364 days, whole year but one day", "2027-01-01", "2027-12-30", []),
    ("a whole year", "2027-01-01", "2027-12-31", ["2027"]),
    ("365 days from November", "2026-11-21", "2027-11-20", ["2027"]),
    ("366 days, as the page shows", "2026-11-21", "2027-11-21", ["2027"]),
    ("365 days from spring", "2026-03-01", "2027-02-28", ["2026"]),
    ("365 days from the middle, one day more on the left", "2026-07-02", "2027-07-01", ["2026"]),
    ("365 days from the middle, one day more on the right", "2026-07-03", "2027-07-02", ["2027"]),
    ("two years and a little", "2026-11-21", "2029-03-01", ["2027", "2028"]),
    ("half a leap year and half the next", "2028-07-02", "2029-07-02", ["2028", "2029"]),
    ("the year of the event is none", "1950-01-01", "1951-12-31", ["1951"]),
    ("before the event", "1940-01-01", "1941-12-31", []),
]


@pytest.mark.parametrize(("first", "last", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in YEARS])
def test_a_year_is_listed_in_a_window_that_stands_for_it(first: str, last: str, wanted: list[str]) -> None:
    found = anniversaries_in_window([event("1950")], day(first), day(last))
    assert [item.period for item in found] == wanted
    assert all(item.next_years == int(item.period) - 1950 for item in found)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(364, 2000))
def test_any_window_of_a_year_stands_for_some_year_and_none_twice(first: dt.date, more: int) -> None:
    years = years_of_window(first, first + dt.timedelta(days=more))
    assert years
    assert list(years) == sorted(set(years))
    assert abs(len(years) - more / 365) <= 1.01


def test_a_window_of_round_ones_only() -> None:
    found = anniversaries_in_window(WINDOW, day("2027-01-01"), day("2031-12-31"), ranks=("round",))
    assert [(item.event.id, str(item.next)) for item in found] == [("cn", "2030-01-18"), ("month", "None")]


def test_what_has_no_day_cannot_be_kept_on_one() -> None:
    with pytest.raises(ValueError, match="1992-09 has no day to keep"):
        anniversary_day(PartialDate(1992, 9), 2027)


DAYS = st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31))


@given(DAYS, DAYS)
def test_the_next_anniversary_is_the_first_one_from_that_day_on(then: dt.date, on: dt.date) -> None:
    item = anniversary_of(event(of_day(then)), on)
    assert item.next is not None
    assert item.next_years is not None
    assert item.next >= on
    assert item.next > then
    assert item.next.year - then.year == item.next_years
    assert item.days_until == (item.next - on).days
    assert item.rank == rank_of(item.next_years)
    before = anniversary_day(of_day(then), item.next.year - 1)
    assert before < on or before <= then, "no earlier one lies ahead"
    assert (item.next.month, item.next.day) == (then.month, then.day) or item.adjusted
    assert item.adjusted == ((then.month, then.day) == (2, 29) and item.next.day == 28)
    if item.last is not None:
        assert then < item.last <= on
        assert item.years == item.last.year - then.year


@given(DAYS, DAYS)
def test_on_the_anniversary_itself_it_is_today(then: dt.date, on: dt.date) -> None:
    coming = anniversary_of(event(of_day(then)), on).next
    assert coming is not None
    item = anniversary_of(event(of_day(then)), coming)
    assert (item.next, item.last, item.days_until, item.years) == (coming, coming, 0, item.next_years)


@given(DAYS, DAYS, st.integers(0, 1500))
def test_a_window_holds_the_same_as_its_days_one_by_one(then: dt.date, first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    found = [item.next for item in anniversaries_in_window([event(of_day(then))], first, last)]
    years = range(max(first.year, then.year + 1), last.year + 1)
    assert found == [kept for year in years if first <= (kept := anniversary_day(of_day(then), year)) <= last]


@given(DAYS, DAYS)
def test_a_month_comes_round_in_the_running_month_or_later(then: dt.date, on: dt.date) -> None:
    item = anniversary_of(event(PartialDate(then.year, then.month)), on)
    period = parse_edtf(item.period)
    assert isinstance(period, PartialDate)
    assert period.latest >= on
    assert period.month == then.month
    assert (period.year or 0) - then.year == item.next_years
