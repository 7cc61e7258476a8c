"""From evidence to events: which evidence speaks of one event, which date wins, and how sure it is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from app.graph.evidence import Evidence, voice_of
from app.graph.fusion import FusedEvent, agrees, fuse
from app.graph.identity import names_agree
from app.graph.vocabulary import slug
from extractors.dates import parse_edtf


def said(date: str, voice: str | None = "a", **fields: Any) -> Evidence:
    """Evidence of one voice (None: an article of our own); by default that Azerbaijan and Việt Nam set up relations."""
    defaults: dict[str, Any] = {
        "iri": f"https://example.org/{voice}-{date}-{sorted(fields.items())}",
        "type": "established",
        "countries": ("AZ", "VN"),
        "basis": "explicit",
        "confidence": 0.9,
        "voices": frozenset(voice.split()) if voice else frozenset(),
    }
    return Evidence(date=parse_edtf(date), **{**defaults, **fields})


def curated(date: str, voices: str = "ministry", **fields: Any) -> Evidence:
    return said(date, voices, basis="reference", confidence=1.0, **fields)


def only(*evidence: Evidence) -> FusedEvent:
    (event,) = fuse(evidence)
    return event


DATES_AND_STATUSES = [
    ("one article alone", [said("1992-09-23")], "1992-09-23", "single-source", []),
    ("two papers agree", [said("1992-09-23", "a"), said("1992-09-23", "b")], "1992-09-23", "confirmed", []),
    (
        "one paper twice is one voice",
        [said("1992-09-23"), said("1992-09-23", basis="range")],
        "1992-09-23",
        "single-source",
        [],
    ),
    ("a paper and our own article", [said("1992-09-23"), said("1992-09-23", None)], "1992-09-23", "single-source", []),
    ("curated, one publisher", [curated("1992-09-23")], "1992-09-23", "single-source", []),
    ("curated, two publishers", [curated("1992-09-23", "embassy agency")], "1992-09-23", "confirmed", []),
    ("curated and a paper", [curated("1992-09-23"), said("1992-09-23", "b")], "1992-09-23", "confirmed", []),
    ("imported, two publishers", [said("1992-09-23", "x y", basis="imported")], "1992-09-23", "single-source", []),
    (
        "imported, and a paper that we read",
        [said("1992-09-23", "x", basis="imported"), said("1992-09-23", "b")],
        "1992-09-23",
        "confirmed",
        [],
    ),
    (
        "curated data holds another date to be right",
        [curated("1992-09-23"), curated("1992-09-22", "v w z", standing="differing")],
        "1992-09-23",
        "disputed",
        ["1992-09-22"],
    ),
    (
        "a page found mistaken disputes nothing",
        [curated("1992-09-23"), curated("1992-09-22", "v w", standing="mistaken", note="A slip.")],
        "1992-09-23",
        "single-source",
        ["1992-09-22"],
    ),
    (
        "what a curator confirmed wins",
        [
            said("1992-09-23"),
            said("1992-09-24", "b", verdict="confirmed", curator="curator Lê An"),
        ],
        "1992-09-24",
        "disputed",
        ["1992-09-23"],
    ),
    ("a day refines the year", [said("1992", "a"), said("1992-09-23", "b")], "1992-09-23", "single-source", []),
    (
        "a day refines month and year",
        [said("1992-09", "a"), said("1992", "c"), said("1992-09-23")],
        "1992-09-23",
        "single-source",
        [],
    ),
    (
        "two years agree, one gives the day",
        [said("1992", "a"), said("1992", "b"), said("1992-09-23", "c")],
        "1992-09-23",
        "single-source",
        [],
    ),
    (
        "two papers contradict",
        [said("1992-09-23", "a"), said("1992-09-24", "b")],
        "1992-09-23",
        "disputed",
        ["1992-09-24"],
    ),
    (
        "curated outweighs one paper",
        [curated("1992-09-23"), said("1992-09-24", "b")],
        "1992-09-23",
        "disputed",
        ["1992-09-24"],
    ),
    (
        "one paper against two publishers",
        [curated("1992-09-23", "x y"), said("1992-09-24", "b")],
        "1992-09-23",
        "disputed",
        ["1992-09-24"],
    ),
    (
        "one paper against three voices",
        [curated("1992-09-23", "x y z"), said("1992-09-24", "b")],
        "1992-09-23",
        "confirmed",
        ["1992-09-24"],
    ),
    (
        "two papers against four voices",
        [curated("1992-09-23", "w x y z"), said("1992-09-24", "b"), said("1992-09-24", "c")],
        "1992-09-23",
        "disputed",
        ["1992-09-24"],
    ),
    (
        "curated sources disagree",
        [curated("1992-09-23", "x y z"), curated("1992-09-22", "v")],
        "1992-09-23",
        "disputed",
        ["1992-09-22"],
    ),
    (
        "explicit outweighs a count",
        [said("1991", "a", basis="count"), said("1992-09-23", "b")],
        "1992-09-23",
        "single-source",
        ["1991"],
    ),
    (
        "a text that contradicts itself disputes nothing",
        [curated("1973-09-21"), said("1978", "b", basis="range", issues=("45 years before 2018 is 1973",))],
        "1973-09-21",
        "single-source",
        ["1978"],
    ),
    (
        "our own article disputes nothing",
        [said("1992-09-23"), said("1992-09-24", None)],
        "1992-09-23",
        "single-source",
        ["1992-09-24"],
    ),
    (
        "a bare year that fits two days counts for the stronger",
        [said("1992", "a"), said("1992-09-23", "b"), said("1992-09-23", "c"), said("1992-09-24", "d")],
        "1992-09-23",
        "disputed",
        ["1992-09-24"],
    ),
]


@pytest.mark.parametrize(
    ("evidence", "date", "status", "alternatives"), [pytest.param(*case[1:], id=case[0]) for case in DATES_AND_STATUSES]
)
def test_the_best_date_and_its_status(
    evidence: list[Evidence], date: str, status: str, alternatives: list[str]
) -> None:
    event = only(*evidence)
    assert (str(event.date), event.status) == (date, status)
    assert [str(item.date) for item in event.alternatives] == alternatives
    held = [*event.support, *(item for other in event.alternatives for item in other.support)]
    assert sorted(held, key=str) == sorted(evidence, key=str), "every piece of evidence stands in exactly one place"


def test_what_a_curator_rejected_is_not_fused() -> None:
    assert fuse([said("1992-09-24", verdict="rejected")]) == ()


def test_a_mistaken_page_says_why() -> None:
    event = only(curated("1992-09-23"), curated("1992-09-22", "v", standing="mistaken", note="A slip of the day."))
    assert event.alternatives[0].issues == ("judged-mistaken: A slip of the day.",)


def test_the_number_of_voices_is_that_of_the_exact_date() -> None:
    assert only(said("1992-09-23", "a"), said("1992-09-23", "b"), said("1992", "c")).voices == 2


def test_an_alternative_says_what_is_wrong_with_it() -> None:
    event = only(curated("1973-09-21"), said("1978", "b", issues=("45 years before 2018 is 1973",)))
    assert event.alternatives[0].issues == ("45 years before 2018 is 1973",)


def test_confidence_grows_with_voices_and_falls_with_contradiction() -> None:
    alone = only(said("1992-09-23")).confidence
    both = only(said("1992-09-23"), said("1992-09-23", "b")).confidence
    against = only(said("1992-09-23"), said("1992-09-23", "b"), said("1992-09-24", "c")).confidence
    counted = only(said("1992", basis="count")).confidence
    assert counted < alone < both
    assert against < both
    assert alone == pytest.approx(0.828)  # weight 0.92 of a stated date, times the extractor's 0.9
    assert both == pytest.approx(1 - 0.172**2, abs=0.001)


IDENTITIES = [
    ("a pair", [said("1992-09-23")], ["established-AZ-VN"]),
    ("far dates with no break contradict", [said("1992-09-23"), said("1995-01-01", "b")], ["established-AZ-VN"]),
    (
        "a second one after a break",
        [said("1971-03-25"), said("1990-03-28", "b"), said("1973-09-11", type="severed")],
        ["established-AZ-VN", "established-AZ-VN-after-1973", "severed-AZ-VN-1973"],
    ),
    (
        "recognition has a direction",
        [
            said("1991-12-27", type="recognised", from_country="VN", to_country="AZ"),
            said("1992", type="recognised", from_country="AZ", to_country="VN"),
        ],
        ["recognised-AZ-VN", "recognised-VN-AZ"],
    ),
    (
        "each level of partnership",
        [
            said("2009-04", type="partnership", level="strategic"),
            said("2023-11-27", type="partnership", level="comprehensive-strategic"),
        ],
        ["partnership-comprehensive-strategic-AZ-VN", "partnership-strategic-AZ-VN"],
    ),
    (
        "partnerships of loose levels, one a year",
        [said(year, type="partnership", level="sectoral-strategic") for year in ("2010", "2014")],
        ["partnership-sectoral-strategic-AZ-VN-2010", "partnership-sectoral-strategic-AZ-VN-2014"],
    ),
    (
        "independence twice",
        [said(date, type="independence", countries=("AZ",)) for date in ("1918-05-28", "1991-10-18")],
        ["independence-AZ-1918", "independence-AZ-1991"],
    ),
    (
        "a national day with and without its year",
        [
            said("--09-02", type="national-day", countries=("VN",)),
            said("1945-09-02", "b", type="national-day", countries=("VN",)),
        ],
        ["national-day-VN"],
    ),
    (
        "a national day that was replaced",
        [
            curated("1927-12-05", type="national-day", countries=("TH",), standing="in-force"),
            curated("1932-06-24", type="national-day", countries=("TH",), standing="superseded"),
            said("1932-06-24", "b", type="national-day", countries=("TH",)),
        ],
        ["national-day-TH", "national-day-TH-06-24"],
    ),
    (
        "one visit under two spellings",
        [
            said("2023-12", type="visit", from_country="BY", to_country="VN", person="R.A. Golovchenko"),
            said("2023-12-07", "b", type="visit", from_country="BY", to_country="VN", person="Golovchenko"),
        ],
        ["visit-BY-VN-2023-12-07-r-a-golovchenko"],
    ),
    (
        "two visitors in one month",
        [
            said("2023-12", type="visit", from_country="BY", to_country="VN", person="R.A. Golovchenko"),
            said("2023-12", "b", type="visit", from_country="BY", to_country="VN", person="Sergei Aleinik"),
        ],
        ["visit-BY-VN-2023-12-r-a-golovchenko", "visit-BY-VN-2023-12-sergei-aleinik"],
    ),
    (
        "a day inside a visit of several days",
        [
            said("2018-09-08/2018-09-10", type="visit", from_country="AZ", to_country="VN"),
            said("2018-09-09", "b", type="visit", from_country="AZ", to_country="VN"),
        ],
        ["visit-AZ-VN-2018-09-08"],
    ),
    (
        "birth is one a person",
        [said("1923", type="birth", countries=("AZ",), person="Heydar Aliyev")],
        ["birth-AZ-heydar-aliyev"],
    ),
    ("what is kept as a claim only", [said("2022", type=kind) for kind in ("commemoration", "term", "congress")], []),
    (
        "a day without its year is no birth",
        [said("--05-10", type="birth", countries=("AZ",), person="Heydar Aliyev")],
        [],
    ),
]


@pytest.mark.parametrize(("evidence", "keys"), [pytest.param(*case[1:], id=case[0]) for case in IDENTITIES])
def test_which_evidence_is_one_event(evidence: list[Evidence], keys: list[str]) -> None:
    assert [event.key for event in fuse(evidence)] == keys


def test_the_national_day_keeps_its_year_whoever_speaks_first() -> None:
    day = {"type": "national-day", "countries": ("VN",)}
    assert str(only(said("--09-02", **day), said("1945-09-02", "b", **day)).date) == "1945-09-02"


def test_a_span_is_kept_where_another_says_one_day_of_it() -> None:
    visit = {"type": "visit", "from_country": "AZ", "to_country": "VN"}
    event = only(said("2018-09-08/2018-09-10", **visit), said("2018-09-09", "b", **visit), said("2018", "c", **visit))
    assert (str(event.date), event.alternatives) == ("2018-09-08/2018-09-10", ())


@pytest.mark.parametrize(
    ("publisher", "url", "wanted"),
    [
        pytest.param("Báo  Một", "https://bao.example/1", {"báo một"}, id="the publisher"),
        pytest.param(None, "https://www.bao.example/1", {"bao.example"}, id="else the host"),
        pytest.param(None, None, {"seed-001"}, id="else the article"),
        pytest.param("banggiao", "https://bao.example/1", set(), id="our own has no voice"),
    ],
)
def test_who_speaks(publisher: str | None, url: str | None, wanted: set[str]) -> None:
    assert voice_of(publisher, url, "seed-001") == wanted


@pytest.mark.parametrize(
    ("a", "b", "are_one"),
    [
        ("Heydar Aliev", "Heydar Aliyev", True),
        ("Golovchenko", "R.A. Golovchenko", True),
        ("Trọng", "Nguyễn Phú Trọng", True),
        ("Tập Cận Bình", None, True),
        ("Tô Lâm", "Phạm Minh Chính", False),
        ("Donald Trump", "Joe Biden", False),
        ("Nguyễn Phú Trọng", "Nguyễn Xuân Phúc", False),
        ("Kishida Fumio", "Abe Shinzo", False),
    ],
)
def test_names_of_one_visitor(a: str, b: str | None, are_one: bool) -> None:
    score = fuzz.token_set_ratio(slug(a).replace("-", " "), slug(b or "").replace("-", " "))
    assert names_agree(a, b) == are_one, f"score {score:.0f}"


VOICES = st.sampled_from(["a", "b", "c", None])
DATES = st.sampled_from(
    ["1992", "1992-09", "1992-09-23", "1992-09-24", "1993-01-02", "2023-12-07/2023-12-09", "2023-12"]
)
BASES = st.sampled_from(["explicit", "range", "count", "relative", "reference"])
TYPES = st.sampled_from(["established", "severed", "visit", "partnership", "independence", "agreement"])
NAMES = st.sampled_from([None, "Golovchenko", "R.A. Golovchenko", "Aleinik"])
EVIDENCE = st.builds(
    lambda date, voice, basis, kind, person, issues: said(
        date, voice, basis=basis, type=kind, person=person, name=person, issues=issues, level="strategic"
    ),
    DATES,
    VOICES,
    BASES,
    TYPES,
    NAMES,
    st.sampled_from([(), ("45 years before 2018 is 1973",)]),
)


@given(st.lists(EVIDENCE, max_size=12).flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_the_order_of_evidence_does_not_matter(orders: tuple[list[Evidence], list[Evidence]]) -> None:
    given_order, another = orders
    assert fuse(given_order) == fuse(another)


@given(st.lists(EVIDENCE, max_size=12))
def test_every_piece_of_evidence_stands_in_exactly_one_event(evidence: list[Evidence]) -> None:
    events = fuse(evidence)
    held = [item for event in events for item in event.support]
    held += [item for event in events for other in event.alternatives for item in other.support]
    assert sorted(held, key=str) == sorted(set(evidence), key=str)
    assert len({event.key for event in events}) == len(events)
    for event in events:
        assert 0 < event.confidence < 1
        assert all(agrees(event.date, item.date) for item in event.support)
        assert not any(agrees(event.date, other.date) for other in event.alternatives)
