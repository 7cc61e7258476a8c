"""What a pair is: its names, and how its ties stand on a day."""

import dataclasses
import datetime as dt

import pytest

from app.errors import BadRequestError
from app.graph.readmodel import CountryName, Event, GapView, Label
from app.pairs import Pair, resolve_pair, state_of_pair
from extractors.dates import parse_edtf
from extractors.gazetteer import UnknownCountryError, load_gazetteer

STATES = tuple(CountryName(code, Label(code, code)) for code in ("AZ", "VN"))
PAIR = Pair(*STATES)
SOVIET = Pair(CountryName("SU", Label("SU", "SU"), parse_edtf("1991-12-26")), STATES[1])


def event(kind, date, level=None, standing=None, countries=STATES):
    key = f"{kind}-{date}"
    return Event(
        id=key,
        iri=f"https://w3id.org/banggiao/id/event/{key}",
        type=kind,
        label=Label(kind, kind),
        countries=countries,
        date=parse_edtf(date),
        level=level,
        status="confirmed",
        confidence=0.9,
        alternatives=(),
        sources=(),
        standing=standing,
    )


TIES = event("established", "1950-01-18")
BREAK = event("severed", "1979")
AGAIN = event("normalised", "1991-11")
ENDED_BREAK = event("severed", "1979", standing="ended")
WEAK_BREAK = dataclasses.replace(BREAK, confidence=0.6)
LOW = event("partnership", "2004", "comprehensive", "superseded")
HIGH = event("partnership", "2008-05", "comprehensive-strategic", "in-force")
UNKNOWN_STANDING = event("partnership", "2010-01-01", "strategic")
VISIT = event("visit", "2018-09-08/2018-09-10")
NEW_YEAR = event("established", "1992-01-01")
SAME_YEAR = event("severed", "1992")
OVER = event("established", "1950-01-18", standing="ended")
OVER_LEVEL = event("partnership", "2012-03-01", "special", "ended")
WITH_SOVIET = event("established", "1950-01-30", standing="ended", countries=SOVIET.countries)


@pytest.mark.parametrize(
    ("events", "on", "ties", "since", "level"),
    [
        pytest.param((), "2026-01-01", "unknown", None, None, id="nothing known"),
        pytest.param((VISIT,), "2026-01-01", "unknown", None, None, id="a visit makes no ties"),
        pytest.param((TIES,), "1950-01-17", "unknown", None, None, id="the day before"),
        pytest.param((TIES,), "1950-01-18", "established", TIES, None, id="the day itself"),
        pytest.param((TIES, BREAK), "1980-06-01", "severed", BREAK, None, id="after a break"),
        pytest.param((TIES, BREAK, LOW), "1985-01-01", "severed", BREAK, None, id="no level while severed"),
        pytest.param((AGAIN, TIES, BREAK), "1992-01-01", "established", TIES, None, id="normalised, in any order"),
        pytest.param((AGAIN,), "1992-01-01", "established", AGAIN, None, id="normalised, and no founding known"),
        pytest.param((AGAIN, TIES, BREAK), "1985-01-01", "severed", BREAK, None, id="between break and restoration"),
        pytest.param(
            (TIES, ENDED_BREAK), "2026-01-01", "established", TIES, None, id="a break that ended, who knows when"
        ),
        pytest.param((ENDED_BREAK,), "2026-01-01", "established", None, None, id="such a break alone"),
        pytest.param((TIES, WEAK_BREAK), "2026-01-01", "established", TIES, None, id="a break on weak evidence"),
        pytest.param((TIES, LOW, HIGH), "2026-01-01", "established", TIES, HIGH, id="a level that was upgraded"),
        pytest.param((TIES, HIGH), "2007-01-01", "established", TIES, None, id="a level still to come"),
        pytest.param(
            (TIES, HIGH, UNKNOWN_STANDING), "2026-01-01", "established", TIES, UNKNOWN_STANDING, id="the latest"
        ),
        pytest.param((TIES, LOW, HIGH), "2006-01-01", "established", TIES, LOW, id="a level superseded later"),
        pytest.param((TIES, LOW), "2004-12-30", "established", TIES, None, id="a year that may not have come"),
        pytest.param((TIES, LOW), "2004-12-31", "established", TIES, LOW, id="a year that has come"),
        pytest.param((TIES, HIGH, OVER_LEVEL), "2020-01-01", "established", TIES, HIGH, id="a level that ended"),
        pytest.param((NEW_YEAR, SAME_YEAR), "1993-01-01", "established", NEW_YEAR, None, id="a day before its year"),
        pytest.param((NEW_YEAR, SAME_YEAR), "1992-06-01", "established", NEW_YEAR, None, id="a break, perhaps to come"),
        pytest.param((OVER, HIGH), "2026-01-01", "ended", OVER, None, id="ties that ended"),
    ],
)
def test_how_a_pair_stands_on_a_day(events, on, ties, since, level):
    state = state_of_pair(PAIR, events, (), dt.date.fromisoformat(on))
    assert (state.ties, state.ties_event, state.level_event) == (ties, since, level)


@pytest.mark.parametrize(
    ("events", "on", "ties", "since"),
    [
        pytest.param((WITH_SOVIET,), "2026-01-01", "ended", "1991-12-26", id="a state that is gone"),
        pytest.param((WITH_SOVIET,), "1991-12-26", "ended", "1991-12-26", id="on the day it ended"),
        pytest.param((WITH_SOVIET,), "1980-01-01", "established", "1950-01-30", id="while it was there"),
        pytest.param((), "2026-01-01", "ended", "1991-12-26", id="no ties are known of"),
        pytest.param((), "1980-01-01", "unknown", "None", id="no ties are known of, while it was there"),
    ],
)
def test_ties_end_with_a_state(events, on, ties, since):
    state = state_of_pair(SOVIET, events, (), dt.date.fromisoformat(on))
    assert (state.ties, str(state.since), state.level_event) == (ties, since, None)


def test_all_events_are_counted_by_type():
    assert state_of_pair(PAIR, (HIGH, TIES, LOW), (), dt.date(1900, 1, 1)).counts == {
        "established": 1,
        "partnership": 2,
    }


def test_a_pair_is_the_same_in_either_order():
    gazetteer = load_gazetteer()
    pair = resolve_pair(gazetteer, "Việt Nam", "nhat ban")
    assert pair == resolve_pair(gazetteer, "JP", "vn")
    assert (pair.key, pair.iri) == ("JP-VN", "https://w3id.org/banggiao/id/pair/JP-VN")


def test_a_state_makes_no_pair_with_itself():
    with pytest.raises(BadRequestError, match="same state"):
        resolve_pair(load_gazetteer(), "Hoa Kỳ", "Mỹ")


def test_an_unknown_state_is_named():
    with pytest.raises(UnknownCountryError, match="Atlantis"):
        resolve_pair(load_gazetteer(), "VN", "Atlantis")


def gap(kind, event_type="established"):
    return GapView(kind, event_type, parse_edtf("2024"), None, ())


@pytest.mark.parametrize(
    ("events", "gaps", "ties", "since"),
    [
        pytest.param((), (), "unknown", None, id="nothing is known"),
        pytest.param((), (gap("none"),), "none", None, id="there are none"),
        pytest.param((), (gap("undated"),), "established", None, id="they are, but nobody says since when"),
        pytest.param((), (gap("none", "partnership"),), "unknown", None, id="the gap is another's"),
        pytest.param((TIES,), (gap("none"),), "established", "1950-01-18", id="an event outweighs a gap"),
    ],
)
def test_what_no_table_dates_is_said_all_the_same(events, gaps, ties, since):
    state = state_of_pair(PAIR, events, gaps, dt.date(2026, 11, 21))
    assert (state.ties, str(state.since) if state.since else None) == (ties, since)
