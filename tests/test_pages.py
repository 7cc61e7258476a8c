"""Pages for people: their languages, links, errors, and what hostile names and values do to them."""

import datetime as dt
import json
import re

import pytest
from conftest import open_service
from graph_samples import claim, extraction, fact, reference
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from app.graph.readmodel import Alternative, Event, Label
from app.graph.snapshots import publish
from app.web.timeline_chart import AXIS_HEIGHT, BROAD, NARROW, timeline_chart
from extractors.dates import DateSpan, PartialDate, parse_edtf

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
VIETNAMESE, ENGLISH = BROWSER | {"Accept-Language": "vi"}, BROWSER | {"Accept-Language": "en-GB,en;q=0.9"}
PAGES = ("/", "/?days=365&rank=round", "/pairs/AZ/VN", "/pairs/JP/VN", "/events/established-AZ-VN", "/docs", "/none")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp.\u2066 \" ' & {{ 7*7 }} %(x)s"


def read(client, path, headers=VIETNAMESE):
    return html.fromstring(client.get(path, headers=headers).text)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("headers", "language"), [(VIETNAMESE, "vi"), (ENGLISH, "en")], ids=["vi", "en"])
def test_a_page_is_in_the_language_of_its_reader(service, path, headers, language):
    answer = service.get(path, headers=headers)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Accept-Language" in answer.headers["vary"]
    found = html.fromstring(answer.text)
    assert found.get("lang") == language
    assert (len(found.xpath("//h1")), len(found.xpath("//main")), len(found.xpath("//head/title"))) == (1, 1, 1)


def test_a_language_that_is_asked_for_goes_on_through_the_links(service):
    found = read(service, "/pairs/AZ/VN?lang=en")
    assert found.get("lang") == "en"
    own = [href for href in found.xpath("//a/@href") if href.startswith("/") and not href.startswith(("/static",))]
    assert own
    assert [href for href in own if "lang=" not in href] == []
    plain = [href for href in read(service, "/pairs/AZ/VN").xpath("//main//a/@href") if "lang=" in href]
    assert plain == []


def test_an_unknown_language_is_passed_over(service):
    assert read(service, "/?lang=tlh").get("lang") == "vi"


def test_readers_of_two_languages_do_not_get_each_others_answers(service):
    for headers, language in (VIETNAMESE, "vi"), (ENGLISH, "en"), (VIETNAMESE, "vi"):
        assert read(service, "/pairs/JP/VN", headers).get("lang") == language


@pytest.mark.parametrize(
    ("path", "target"),
    [
        pytest.param("/pairs/VN/AZ", "/pairs/AZ/VN", id="the other order"),
        pytest.param("/pairs/viet nam/nhật bản", "/pairs/JP/VN", id="names"),
        pytest.param("/pairs/vn/az?lang=en", "/pairs/AZ/VN?lang=en", id="with a language"),
    ],
)
def test_a_pair_has_one_address(service, path, target):
    answer = service.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (308, target)


@pytest.mark.parametrize(
    ("a", "b", "target"),
    [
        pytest.param("A-déc-bai-gian", "viet nam", "/pairs/AZ/VN", id="two states"),
        pytest.param("nhật", "", "/countries/JP", id="one state"),
        pytest.param(" ", "Lào", "/countries/LA", id="the other one"),
    ],
)
def test_states_that_are_looked_up_lead_to_their_page(service, a, b, target):
    answer = service.get("/", params={"a": a, "b": b}, headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, target)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        pytest.param("azer", ["/pairs/AZ/VN", "/countries/AZ"], id="the beginning of a name"),
        pytest.param("lao", ["/pairs/LA/VN", "/countries/LA"], id="no accents"),
        pytest.param("Viet Nam, Azerbajan", ["/pairs/AZ/VN"], id="a slip"),
        pytest.param("xyzzy", [], id="nothing"),
        pytest.param("", [], id="empty"),
        pytest.param("<script>" * 37, [], id="markup"),
    ],
)
def test_what_is_typed_finds_pairs_and_states(service, typed, wanted):
    answer = service.get("/search", params={"q": typed}, headers=VIETNAMESE)
    assert answer.status_code == 200
    links = html.fromstring(answer.text).xpath("//main//ul//a/@href")
    assert [link for link in wanted if link not in links] == []
    assert bool(links) == bool(wanted)


@pytest.mark.parametrize("typed", ["A-déc-bai-gian – Việt Nam", "viet nam nhat ban", "Thái Lan và Lào"])
def test_a_pair_that_is_surely_meant_is_shown_at_once(service, typed):
    answer = service.get("/search", params={"q": typed}, headers=VIETNAMESE)
    assert (answer.status_code, answer.headers["location"][:7]) == (303, "/pairs/")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("/", "Sắp tới: 21/11/2026 – 21/12/2026", id="what is coming"),
        pytest.param("/", "Năm tròn và năm lẻ 5", id="what is round, set apart"),
        pytest.param("/?days=365&country=lao", "Quốc khánh Lào", id="one state"),
        pytest.param("/?days=30&type=partnership&country=VU", "Xem cả năm", id="nothing, and what to do"),
        pytest.param("/pairs/AZ/VN", "Việt Nam – Azerbaijan", id="a pair, Việt Nam first"),
        pytest.param("/pairs/AZ/VN", "từ 23/9/1992", id="since when"),
        pytest.param("/pairs/AZ/VN", "năm lẻ 5", id="the rank of an anniversary"),
        pytest.param("/pairs/SU/VN", "Đã chấm dứt", id="a state that is gone"),
        pytest.param("/pairs/SU/VN", "từ 26/12/1991", id="since when it is gone"),
        pytest.param("/pairs/JP/VN", "Nguồn khác ghi", id="dates that other sources give"),
        pytest.param("/pairs/TV/VU", "chưa có dữ liệu", id="a pair of which nothing is known"),
        pytest.param("/events/established-AZ-VN", "Nguồn nào nói vậy", id="an event"),
    ],
)
def test_what_a_page_says(service, path, words):
    text = html.fromstring(service.get(path, headers=VIETNAMESE).text).text_content()
    assert words in re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        pytest.param("/nothing", 404, "Không có trang này", id="no such page"),
        pytest.param("/pairs/VN/Nhat Ban ơi", 404, "không có quốc gia nào", id="no such state"),
        pytest.param("/?country=Azerbaidjann", 404, "Có phải", id="a slip, with names that are near"),
        pytest.param("/pairs/VN/VN", 400, "Không thể trả lời", id="a state with itself"),
        pytest.param("/?days=0", 422, "giá trị không dùng được", id="a value out of bounds"),
        pytest.param("/?cursor=abc", 400, "Không thể trả lời", id="a cursor of no list"),
        pytest.param("/events/none", 404, "Không có trang này", id="no such event"),
        pytest.param("/events/a%00b", 400, "Không thể trả lời", id="a NUL"),
    ],
)
def test_an_error_is_a_page_for_browsers_and_a_problem_for_programs(service, path, status, words):
    answer = service.get(path, headers=VIETNAMESE)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert words in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "content-security-policy" in answer.headers
    program = service.get(path, headers={"Accept": "application/json"})
    assert (program.status_code, program.headers["content-type"]) == (status, "application/problem+json")


def test_programs_get_problems_where_programs_ask_even_from_a_browser(service):
    assert service.get("/api/pairs/VN/VN", headers=BROWSER).headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_comes_from_anywhere_else_and_nothing_is_inline(service, path):
    answer = service.get(path, headers=VIETNAMESE)
    found = html.fromstring(answer.text)
    loaded = found.xpath(
        "//@src | //link[@rel='stylesheet' or @rel='icon']/@href | //form/@action | //@srcset | //@poster"
    )
    assert [one for one in loaded if not re.match(r"/(?!/)", one)] == []
    assert found.xpath("//@style | //*[starts-with(name(), 'on')] | //style | //@onclick | //@onload") == []
    assert {one.get("type") for one in found.xpath("//script[not(@src)]")} <= {"application/ld+json"}
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A service whose articles are hostile."""
    store = tmp_path_factory.mktemp("hostile") / "store"
    named = claim("visit", "AZ VN", "2018-09-08", person=HOSTILE, from_country="AZ", to_country="VN", quote=HOSTILE)
    level = claim(
        "partnership", "AZ VN", "2019-01-02", level="other", name=HOSTILE * 100, quote=HOSTILE * 100, start=60
    )
    article = extraction("xau", named, level, publisher=HOSTILE, url="javascript:alert(1)")
    publish(
        store, [article], reference=reference(fact("a", "established", "AZ VN", "1992-09-23", "agency", note=HOSTILE))
    )
    with open_service(store) as client:
        yield client


@pytest.mark.parametrize("path", ["/?days=365", "/pairs/AZ/VN"])
def test_hostile_names_and_quotes_are_text(hostile, path):
    answer = hostile.get(path, headers=VIETNAMESE)
    assert answer.status_code == 200
    found = html.fromstring(answer.text)
    assert [one for one in found.xpath("//script") if one.get("type") != "application/ld+json"] == []
    assert found.xpath("//img | //@onerror") == []
    assert [href for href in found.xpath("//@href") if href.startswith("javascript")] == []
    assert "7*7" in answer.text
    for document in found.xpath("//script"):
        assert json.loads(document.text)["@context"] == "https://schema.org"


def made(number, date, kind="visit", others=()):
    alternatives = tuple(Alternative(other, (), ()) for other in others)
    label = Label("", "")
    return Event(f"e{number}", "", kind, label, (), date, None, "confirmed", 0.9, alternatives, ())


YEARS = st.integers(1, 9998)
DATES = (
    st.dates().map(lambda day: PartialDate(day.year, day.month, day.day))
    | st.builds(PartialDate, YEARS, st.integers(1, 12))
    | st.builds(PartialDate, YEARS)
    | YEARS.map(lambda year: DateSpan(PartialDate(year), PartialDate(year + 1)))
    | st.just(parse_edtf("--09-02"))
)
EVENTS = st.lists(
    st.tuples(DATES, st.sampled_from(["visit", "agreement", "established"]), st.lists(DATES, max_size=2)), max_size=8
).map(lambda found: [made(number, date, kind, others) for number, (date, kind, others) in enumerate(found)])


@given(EVENTS, st.dates(), st.sampled_from([BROAD, NARROW]), st.none() | st.dates())
def test_every_date_has_its_place_in_the_picture(events, today, sizes, end):
    chart = timeline_chart(events, today, end=end, sizes=sizes)
    dated = [event for event in events if str(event.date) != "--09-02"]
    assert (chart is None) == (not dated)
    if chart is None:
        return
    marks = [mark for lane in chart.lanes for mark in lane.marks]
    assert {mark.event.id for mark in marks if not mark.is_other} == {event.id for event in dated}
    assert all(mark.x >= sizes.labels_width and mark.x + mark.width <= sizes.width for mark in marks)
    assert all(0 < mark.y < chart.height - AXIS_HEIGHT for mark in marks)
    assert all(sizes.labels_width <= tick.x <= sizes.width for tick in chart.ticks)
    assert [tick.x for tick in chart.ticks] == sorted(tick.x for tick in chart.ticks)


def test_a_picture_shows_how_precisely_dates_are_known():
    events = [made(1, parse_edtf("1992-09-23")), made(2, parse_edtf("1994")), made(3, parse_edtf("1995-01"))]
    chart = timeline_chart(events, dt.date(2026, 11, 22))
    widths = [mark.width for lane in chart.lanes for mark in lane.marks]
    assert widths[0] == 0
    assert widths[1] > widths[2] > 0
