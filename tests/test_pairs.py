"""What a pair is: its names, and how its ties stand on a day."""

import datetime as dt

import pytest

from app.errors import BadRequestError
from app.graph.readmodel import CountryName, Event, Label
from app.pairs import resolve_pair, state_of_pair
from extractors.dates import parse_edtf
from extractors.gazetteer import UnknownCountryError, load_gazetteer

STATES = tuple(CountryName(code, Label(code, code)) for code in ("AZ", "VN"))


def event(kind, date, level=None, standing=None):
    key = f"{kind}-{date}"
    return Event(
        id=key,
        iri=f"https://w3id.org/banggiao/id/event/{key}",
        type=kind,
        label=Label(kind, kind),
        countries=STATES,
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
LOW = event("partnership", "2004", "comprehensive", "superseded")
HIGH = event("partnership", "2008-05", "comprehensive-strategic", "in-force")
UNKNOWN_STANDING = event("partnership", "2010-01-01", "strategic")
VISIT = event("visit", "2018-09-08/2018-09-10")


@pytest.mark.parametrize(
    ("events", "on", "ties", "since", "level"),
    [
        pytest.param((), "2026-01-01", "unknown", None, None, id="nothing known"),
        pytest.param((VISIT,), "2026-01-01", "unknown", None, None, id="a visit makes no ties"),
        pytest.param((TIES,), "1950-01-17", "unknown", None, None, id="the day before"),
        pytest.param((TIES,), "1950-01-18", "established", TIES, None, id="the day itself"),
        pytest.param((TIES, BREAK), "1980-06-01", "severed", BREAK, None, id="after a break"),
        pytest.param((TIES, BREAK, LOW), "1985-01-01", "severed", BREAK, None, id="no level while severed"),
        pytest.param((AGAIN, TIES, BREAK), "1992-01-01", "established", AGAIN, None, id="normalised, in any order"),
        pytest.param((TIES, LOW, HIGH), "2026-01-01", "established", TIES, HIGH, id="a level that was upgraded"),
        pytest.param((TIES, HIGH), "2007-01-01", "established", TIES, None, id="a level still to come"),
        pytest.param(
            (TIES, HIGH, UNKNOWN_STANDING), "2026-01-01", "established", TIES, UNKNOWN_STANDING, id="the latest"
        ),
    ],
)
def test_how_a_pair_stands_on_a_day(events, on, ties, since, level):
    state = state_of_pair(events, dt.date.fromisoformat(on))
    assert (state.ties, state.ties_event, state.level_event) == (ties, since, level)


def test_all_events_are_counted_by_type():
    assert state_of_pair((HIGH, TIES, LOW), dt.date(1900, 1, 1)).counts == {"established": 1, "partnership": 2}


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
