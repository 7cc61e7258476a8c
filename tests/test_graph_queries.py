"""Every query of the program on the small world: what a user asks, and what the graph answers."""

import datetime as dt
from pathlib import Path

import pytest
from graph_samples import EXTRACTIONS, fact, reference
from pyoxigraph import Literal, NamedNode

from app.errors import NotFoundError, QuerySyntaxError
from app.graph import entity_lookups, lookups
from app.graph.building import evidence_of, update_graph
from app.graph.calendar_lookups import ids_by_year
from app.graph.identity import FUSED_TYPES
from app.graph.readmodel import CountryName, Counts, Event, Label
from app.graph.store import EmbeddedStore, named_query
from app.graph.verdicts import read_verdicts
from app.graph.vocabulary import BASE, thing
from app.timeline import select_events
from app.upcoming import Window, upcoming_anniversaries
from extractors.dates import PartialDate, parse_edtf

# Those for Wikidata are asked of Wikidata: see test_importing*.py.
QUERIES = sorted(
    path.stem
    for path in (Path(__file__).parent.parent / "app" / "queries").glob("*.rq")
    if not path.stem.startswith("wikidata-")
)


class Recording(EmbeddedStore):
    """An embedded store that notes which of the program's queries it was asked."""

    asked: set[str]

    def select(self, sparql, substitutions=None):
        head = sparql.splitlines()[0]
        self.asked |= {name for name in QUERIES if named_query(name).splitlines()[0] == head}
        return super().select(sparql, substitutions)


@pytest.fixture(scope="module")
def store() -> Recording:
    found = Recording.in_memory()
    assert isinstance(found, Recording)
    found.asked = set()
    update_graph(found, EXTRACTIONS, reference())
    return found


def by_id(events: tuple[Event, ...]) -> dict[str, Event]:
    return {event.id: event for event in events}


def coming_round(store: EmbeddedStore, first: dt.date, last: dt.date) -> tuple[Event, ...]:
    """The events of every type that come round in a window."""
    found = upcoming_anniversaries(store, Window(first, last, types=FUSED_TYPES))
    return tuple(one.event for one in found)


def test_the_timeline_of_a_pair(store: Recording) -> None:
    events = lookups.events_of_pair(store, "VN", "AZ")
    assert [(event.id, str(event.date)) for event in events] == [
        ("established-AZ-VN", "1992-09-23"),
        ("visit-AZ-VN-2018-09-08", "2018-09-08/2018-09-10"),
    ]
    assert lookups.events_of_pair(store, "AZ", "VN") == events
    assert lookups.events_of_pair(store, "AZ", "JP") == ()


def test_an_event_with_its_sources_and_alternatives(store: Recording) -> None:
    event = lookups.event_by_id(store, "established-AZ-VN")
    assert event.label == Label(
        "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao",
        "Viet Nam and Azerbaijan established diplomatic relations",
    )
    assert event.countries == (
        CountryName("AZ", Label("Azerbaijan", "Azerbaijan")),
        CountryName("VN", Label("Việt Nam", "Viet Nam")),
    )
    assert (event.status, event.standing, event.precision) == ("confirmed", "in-force", "day")
    assert [(source.article, source.publisher, source.basis, str(source.date)) for source in event.sources] == [
        ("bai-1", "Báo Một", "range", "1992-09-23"),
        ("bai-2", "Báo Hai", "count", "1992"),
        (None, "A news agency", "reference", "1992-09-23"),
        (None, "An embassy", "reference", "1992-09-23"),
    ]
    first = event.sources[0]
    assert (first.quote, first.published, first.url) == (
        EXTRACTIONS[0].claims[0].quote,
        dt.date(2022, 5, 13),
        "https://bao-mot.example/bai-1",
    )
    (other,) = event.alternatives
    assert (str(other.date), other.issues, [source.article for source in other.sources]) == (
        "1992-09-24",
        (),
        ["bai-3"],
    )


def test_a_text_that_contradicts_itself_is_shown_with_the_reason_and_disputes_nothing(store: Recording) -> None:
    event = lookups.event_by_id(store, "established-JP-VN")
    assert (str(event.date), event.status) == ("1973-09-21", "single-source")
    assert [(str(other.date), other.issues) for other in event.alternatives] == [
        ("1978", ("45 years before 2018 is 1973",))
    ]


def test_events_of_a_country_hold_those_of_its_pairs_and_its_own(store: Recording) -> None:
    events = by_id(lookups.events_by(store, "bg:country", thing("country", "BY")))
    assert set(events) == {"established-BY-VN", "independence-BY-1991", "visit-BY-VN-2023-12-r-a-golovchenko"}
    assert events["independence-BY-1991"].label.vi == "Độc lập của Belarus"
    assert events["visit-BY-VN-2023-12-r-a-golovchenko"].label.vi == "R.A. Golovchenko (Belarus) thăm Việt Nam"


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        pytest.param("09-23", ((1992, "established-AZ-VN"),), id="one"),
        pytest.param("09-08", ((2018, "visit-AZ-VN-2018-09-08"),), id="the first day of a visit"),
        pytest.param("02-30", (), id="none"),
    ],
)
def test_events_of_a_day_of_the_year(store: Recording, day: str, wanted: tuple[tuple[int, str], ...]) -> None:
    assert ids_by_year(store, day) == wanted


def test_all_pairs(store: Recording) -> None:
    assert lookups.pair_keys(store) == ("AZ-VN", "BY-VN", "JP-VN")


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        pytest.param(
            "2027-09-01",
            "2027-09-30",
            {"established-AZ-VN", "national-day-VN", "established-JP-VN", "visit-AZ-VN-2018-09-08"},
            id="September",
        ),
        pytest.param(
            "2026-12-20",
            "2027-01-30",
            {"established-BY-VN", "visit-BY-VN-2023-12-r-a-golovchenko"},
            id="over a new year",
        ),
        pytest.param("2027-04-10", "2027-04-11", {"partnership-strategic-JP-VN"}, id="a month that the window touches"),
        pytest.param("2027-06-01", "2027-06-30", set(), id="a quiet month"),
    ],
)
def test_events_in_a_window(store: Recording, first: str, last: str, wanted: set[str]) -> None:
    found = coming_round(store, dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert set(by_id(found)) == wanted
    assert len(found) == len(wanted)


def test_a_window_of_a_whole_year_holds_everything_with_a_date(store: Recording) -> None:
    found = coming_round(store, dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    assert len(found) == len(by_id(found)) == lookups.counts(store).events
    assert "independence-BY-1991" in by_id(found)


def test_a_window_of_one_state(store: Recording) -> None:
    window = Window(dt.date(2027, 1, 1), dt.date(2027, 12, 31), country="BY")
    assert [one.event.id for one in upcoming_anniversaries(store, window)] == [
        "established-BY-VN",
        "independence-BY-1991",
    ]


def test_a_window_of_round_years(store: Recording) -> None:
    window = Window(dt.date(2027, 1, 1), dt.date(2027, 12, 31), ranks=("half-round",))
    found = {one.event.id: one.next_years for one in upcoming_anniversaries(store, window)}
    assert found["established-AZ-VN"] == found["established-BY-VN"] == 35
    assert not [years for years in found.values() if years is None or years % 10 != 5]


def test_no_event_has_an_id_that_none_has(store: Recording) -> None:
    assert lookups.events_of(store, ("established-AZ-ZZ",)) == ()


def test_29_february_is_found_at_the_end_of_february() -> None:
    store = EmbeddedStore.in_memory()
    update_graph(store, (), reference(fact("established-by-vn", "established", "BY VN", "1992-02-29", "agency")))
    found = coming_round(store, dt.date(2027, 2, 28), dt.date(2027, 3, 1))
    assert [event.id for event in found] == ["established-BY-VN"]


def test_an_article_with_its_claims_people_and_organisations(store: Recording) -> None:
    article = lookups.article_by_id(store, "bai-1")
    assert (article.title, article.publisher, article.published) == ("Bài bai-1", "Báo Một", dt.date(2022, 5, 13))
    assert [(claim.type, claim.start, claim.event) for claim in article.claims] == [
        ("established", 4, "established-AZ-VN"),
        ("visit", 40, "visit-BY-VN-2023-12-r-a-golovchenko"),
        ("visit", 80, "visit-AZ-VN-2018-09-08"),
        ("commemoration", 120, None),
    ]
    assert [claim.quote for claim in article.claims] == [claim.quote for claim in EXTRACTIONS[0].claims]
    assert [(person.name, person.role, person.country) for person in article.people] == [
        ("Anar Imanov", "Đại sứ Azerbaijan tại Việt Nam", "AZ")
    ]
    assert [body.type for body in article.organisations] == ["friendship-association"]


def test_a_claim_behind_an_alternative_points_to_its_event(store: Recording) -> None:
    article = lookups.article_by_id(store, "bai-2")
    assert [(claim.event, claim.issues) for claim in article.claims if claim.type == "established"] == [
        ("established-AZ-VN", ()),
        ("established-JP-VN", ("45 years before 2018 is 1973",)),
    ]
    assert article.derived_from == ("https://example.org/page", "một tờ báo in")


def test_a_country_with_its_names(store: Recording) -> None:
    soviet, japan, azerbaijan = (lookups.country_by_code(store, code) for code in ("SU", "JP", "AZ"))
    assert (soviet.statehood, soviet.successors) == ("historical", ("AZ", "BY", "RU"))
    assert (str(soviet.valid_from), str(soviet.valid_to)) == ("1922-12-30", "1991-12-26")
    assert (japan.label, japan.aliases) == (Label("Nhật Bản", "Japan"), (("vi", "Nhật"),))
    assert (azerbaijan.official, azerbaijan.metonyms) == ((("vi", "Cộng hoà Azerbaijan"),), (("vi", "Baku"),))
    assert len(lookups.countries(store)) == 7


def test_people_and_organisations_by_country(store: Recording) -> None:
    assert [person.key for person in entity_lookups.people(store)] == ["anar-imanov-AZ"]
    assert [person.articles for person in entity_lookups.people(store, "AZ")] == [("bai-1",)]
    assert entity_lookups.people(store, "VN") == ()
    assert [body.name for body in entity_lookups.organisations(store, "VN")] == ["Hội hữu nghị Việt Nam - Azerbaijan"]
    assert len(entity_lookups.organisations(store)) == 1


def test_offices_of_a_state_and_of_a_kind(store: Recording) -> None:
    (office,) = entity_lookups.offices_of_country(store, "AZ")
    assert (office.kind, office.host, office.days) == ("ambassador", "VN", (dt.date(2022, 5, 13),))
    assert entity_lookups.offices_of_kind(store, "ambassador") == (office,)
    assert entity_lookups.offices_of_kind(store, "minister") == ()


def test_pairs_of_a_country_and_counts(store: Recording) -> None:
    assert lookups.pairs_of_country(store, "VN") == ("AZ-VN", "BY-VN", "JP-VN")
    assert lookups.counts(store) == Counts(articles=4, claims=9, events=10, pairs=3, states=7)
    assert lookups.count_pages(store) == 4


def test_everything_said_of_a_thing(store: Recording) -> None:
    found = lookups.describe(store, f"{BASE}id/pair/AZ-VN")
    assert {str(triple.object) for triple in found} >= {f"<{BASE}id/country/AZ>", f"<{BASE}id/country/VN>"}
    assert lookups.describe(store, f"{BASE}id/pair/AZ-ZZ") == ()
    assert lookups.describe(store, "not an IRI") == ()


@pytest.mark.parametrize(
    ("look_up", "message"),
    [
        pytest.param(
            lambda store: lookups.event_by_id(store, "established-AZ-ZZ"), "no event «established-AZ-ZZ»", id="event"
        ),
        pytest.param(lambda store: lookups.article_by_id(store, "bài mất"), "no article «bài mất»", id="article"),
        pytest.param(lambda store: lookups.country_by_code(store, "ZZ"), "no state with the code «ZZ»", id="country"),
    ],
)
def test_what_is_not_there_is_named(store: Recording, look_up, message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        look_up(store)


@pytest.mark.parametrize("text", ['" } UNION { ?s ?p ?o', "a\\b\n", "x> <y", "'; DROP"])
def test_values_from_outside_are_terms_and_never_text_of_a_query(store: Recording, text: str) -> None:
    with pytest.raises(NotFoundError):
        lookups.event_by_id(store, text)
    with pytest.raises(NotFoundError):
        lookups.article_by_id(store, text)


def test_text_that_is_no_query_is_a_syntax_error() -> None:
    with pytest.raises(QuerySyntaxError, match="not valid SPARQL"):
        EmbeddedStore.in_memory().query("SELECT WHERE")
    with pytest.raises(QuerySyntaxError, match="SELECT query"):
        EmbeddedStore.in_memory().select("ASK { ?s ?p ?o }")


def test_evidence_comes_back_from_the_graph_as_it_went_in(store: Recording) -> None:
    found = {item.iri.rsplit("/", 1)[1].rsplit("-", 1)[0]: item for item in evidence_of(store, thing("pair", "AZ-VN"))}
    visit = found["bai-1-visit-80"]
    assert (visit.type, visit.countries, visit.date) == ("visit", ("AZ", "VN"), parse_edtf("2018-09-08/2018-09-10"))
    assert (visit.from_country, visit.to_country, visit.confidence) == ("AZ", "VN", 0.9)
    assert visit.voices == frozenset({"báo một"})
    curated = next(item for item in found.values() if item.is_reference)
    assert curated.voices == frozenset({"an embassy", "a news agency"})


def test_our_own_article_is_shown_but_confirms_nothing(store: Recording) -> None:
    event = lookups.event_by_id(store, "established-BY-VN")
    assert (event.status, event.sources[0].publisher) == ("single-source", "banggiao")


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        pytest.param({}, ["established", "visit"], id="all"),
        pytest.param({"order": "desc"}, ["visit", "established"], id="latest first"),
        pytest.param({"types": {"visit"}}, ["visit"], id="one type"),
        pytest.param({"first": dt.date(2018, 9, 10)}, ["visit"], id="a span that is still running"),
        pytest.param({"last": dt.date(1992, 9, 23)}, ["established"], id="up to a day, included"),
        pytest.param({"first": dt.date(1993, 1, 1), "last": dt.date(2018, 9, 7)}, [], id="in between"),
    ],
)
def test_a_selection_of_the_timeline(store: Recording, chosen: dict, wanted: list[str]) -> None:
    events = lookups.events_of_pair(store, "AZ", "VN")
    assert [event.type for event in select_events(events, **chosen)] == wanted


def test_an_event_known_to_the_year_is_in_every_window_that_it_may_fall_in(store: Recording) -> None:
    events = lookups.events_by(store, "bg:precision", Literal("year"))
    assert [event.date for event in events] == [PartialDate(1991)]
    assert select_events(events, first=dt.date(1991, 12, 1)) == events
    assert select_events(events, first=dt.date(1992, 1, 1)) == ()


def test_no_blank_node_is_anywhere(store: Recording) -> None:
    assert all(isinstance(quad.subject, NamedNode) for quad in store.all_quads())


def test_a_pair_without_gaps_has_none(store: Recording) -> None:
    assert lookups.gaps_of_pair(store, "AZ", "VN") == ()
    assert lookups.gaps_of_country(store, "VN") == ()
    assert lookups.gaps_by_pair(store) == {}


def test_a_graph_that_nobody_judged_has_no_verdicts(store: Recording) -> None:
    assert read_verdicts(store) == ()


def test_the_disputed_events_are_those_with_another_date(store: Recording) -> None:
    found = lookups.events_of(store, lookups.disputed_ids(store))
    assert {one.id for one in found} == {"established-AZ-VN", "established-JP-VN"}
    assert all(one.alternatives or one.status == "disputed" for one in found)


def test_every_query_was_asked(store: Recording) -> None:
    """Stands last: the tests above ask them all."""
    assert set(QUERIES) == store.asked
