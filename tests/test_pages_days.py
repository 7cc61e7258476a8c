"""Pages of days and years: on this day, a year at a glance, and what search engines are told of all pages."""

import datetime as dt
import re
from urllib.robotparser import RobotFileParser

import pytest
from conftest import open_service
from graph_samples import claim, extraction, fact, reference
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from test_pages import BROWSER, ENGLISH, HOSTILE, VIETNAMESE, read

from app.days import parse_day_of_year
from app.errors import NoSuchDayError
from app.graph.snapshots import publish
from app.web import sitemap, year_calendar
from extractors.dates import parse_edtf

TODAY = dt.date(2026, 11, 21)
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LEAP_FACTS = (
    fact("a", "established", "AZ VN", "1992-02-29", "agency"),
    fact("b", "established", "JP VN", "1976-02-28", "agency"),
    fact("c", "partnership", "JP VN", "2009-04", "agency", level="strategic"),
    fact("d", "independence", "BY", "1991", "agency"),
    fact("e", "national-day", "CL", "--02-28", "agency"),
    fact("f", "established", "SU VN", "1950-02-28", "agency"),
)


def text_of(answer):
    return re.sub(r"\s+", " ", html.fromstring(answer.text).xpath("string(//main)"))


@pytest.fixture(scope="module")
def leap_service(tmp_path_factory):
    """A service with events of 28 and 29 February, among them a visit, and of states that are gone."""
    store = tmp_path_factory.mktemp("leap") / "store"
    visit = claim("visit", "AZ VN", "2016-02-29", person=HOSTILE, from_country="AZ", to_country="VN")
    publish(store, [extraction("bai", visit)], reference=reference(*LEAP_FACTS))
    with open_service(store) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "status", "target"),
    [
        pytest.param("/on-this-day", 303, "/on-this-day/11/21", id="today in Hà Nội"),
        pytest.param("/on-this-day?lang=en", 303, "/on-this-day/11/21?lang=en", id="in a language"),
        pytest.param("/on-this-day?month=9&day=2", 303, "/on-this-day/09/02", id="a day that was chosen"),
        pytest.param("/on-this-day/9/2", 308, "/on-this-day/09/02", id="without noughts"),
        pytest.param("/calendar", 303, "/calendar/2026", id="this year"),
        pytest.param("/calendar?year=2027&country=VN", 303, "/calendar/2027", id="what is shown anyway"),
        pytest.param("/calendar?country=nhật&lang=en", 303, "/calendar/2026?country=JP&lang=en", id="a state"),
        pytest.param("/calendar?country=all", 303, "/calendar/2026?country=all", id="all states"),
        pytest.param("/calendar/02026?country=JP", 308, "/calendar/2026?country=JP", id="a year with a nought"),
    ],
)
def test_a_day_and_a_year_have_one_address(service, path, status, target):
    answer = service.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (status, target)


@pytest.mark.parametrize(
    ("path", "words", "suggested"),
    [
        pytest.param("/on-this-day/02/30", "Không năm nào", ["/on-this-day/02/29"], id="30 February"),
        pytest.param("/on-this-day/04/31", "Không năm nào", ["/on-this-day/04/30"], id="31 April"),
        pytest.param(
            "/on-this-day/13/01", "Không năm nào", ["/on-this-day/01/13", "/on-this-day/12/31"], id="day before month"
        ),
        pytest.param("/on-this-day/00/00", "Không năm nào", ["/on-this-day/01/01"], id="noughts"),
        pytest.param("/on-this-day/chín/hai", "Không năm nào", ["/on-this-day/11/21"], id="words"),
        pytest.param("/on-this-day/٠٩/٠٢", "Không năm nào", ["/on-this-day/11/21"], id="digits of others"),
        pytest.param(f"/on-this-day/{'9' * 10_000}/1", "Không năm nào", ["/on-this-day/11/21"], id="long"),
        pytest.param("/on-this-day/<b>/\u202e", "Không năm nào", ["/on-this-day/11/21"], id="markup"),
        pytest.param("/on-this-day?month=2&day=31", "Không năm nào", ["/on-this-day/02/29"], id="chosen"),
        pytest.param("/calendar/1899", "Không có lịch", ["/calendar/1900"], id="a year too early"),
        pytest.param("/calendar/2201?lang=vi", "Không có lịch", ["/calendar/2200?lang=vi"], id="too late"),
        pytest.param("/calendar/nay", "Không có lịch", ["/calendar/2026"], id="no year"),
        pytest.param(f"/calendar/{'9' * 10_000}", "Không có lịch", ["/calendar/2026"], id="a long year"),
    ],
)
def test_days_and_years_that_there_are_not_lead_to_the_nearest(service, path, words, suggested):
    answer = service.get(path, headers=VIETNAMESE)
    assert answer.status_code == 404
    found = html.fromstring(answer.text)
    assert words in found.xpath("string(//h1)")
    assert found.xpath("//main//li/a/@href") == suggested
    assert found.xpath("//b") == []
    assert "\u202e" not in found.xpath("string(//body)")
    program = service.get(path, headers={"Accept": "application/json"}).json()
    assert (program["status"], len(program["suggestions"])) == (404, len(suggested))
    assert len(program["detail"]) < 200


@given(st.integers(0, 99), st.integers(0, 99))
def test_what_is_suggested_is_a_day(month, day):
    try:
        found = parse_day_of_year(str(month), str(day), TODAY)
    except NoSuchDayError as error:
        assert error.suggestions
        assert all(str(parse_edtf(one)) == one for one in error.suggestions)
    else:
        assert (found.month, found.day) == (month, day)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("/on-this-day/09/02", "1945", id="by year"),
        pytest.param("/on-this-day/09/02", "81 năm", id="how many years it is this year"),
        pytest.param("/on-this-day/11/21", "hôm nay", id="today"),
        pytest.param("/on-this-day/09/21", "Số năm và năm tròn tính đến năm 2026", id="of which year"),
        pytest.param("/calendar/2027", "Lịch kỷ niệm năm 2027: Việt Nam", id="a year"),
        pytest.param("/calendar/2027", "Azerbaijan: thiết lập quan hệ ngoại giao 35 năm", id="the number of that year"),
        pytest.param("/calendar/1975?country=SU", "Việt Nam: thiết lập quan hệ ngoại giao 25 năm", id="a state then"),
        pytest.param("/calendar/1900?country=TV", "không có ngày kỷ niệm nào", id="before everything, and what to do"),
    ],
)
def test_what_the_pages_say(service, path, words):
    assert words in text_of(service.get(path, headers=VIETNAMESE))


@pytest.mark.parametrize("path", ["/on-this-day/01/01", "/calendar/2026", "/calendar/2026?country=all"])
@pytest.mark.parametrize("headers", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_the_pages_are_small_and_strict(service, path, headers):
    answer = service.get(path, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert len(answer.content) < 150_000
    found = html.fromstring(answer.text)
    assert len(found.xpath("//h1")) == 1
    assert found.xpath("//@style | //style | //script | //*[starts-with(name(), 'on')]") == []
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(found.xpath("//select/@id | //input[not(@type='hidden')]/@id")) == set(found.xpath("//label/@for"))


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        pytest.param("01/01", "12/31", "01/02", id="New Year"),
        pytest.param("12/31", "12/30", "01/01", id="its eve"),
        pytest.param("02/28", "02/27", "02/29", id="28 February"),
        pytest.param("02/29", "02/28", "03/01", id="29 February"),
        pytest.param("03/01", "02/29", "03/02", id="1 March"),
    ],
)
def test_a_day_leads_to_those_beside_it(service, day, before, after):
    found = read(service, f"/on-this-day/{day}")
    assert found.xpath("//nav/a[@rel='prev']/@href") == [f"/on-this-day/{before}"]
    assert found.xpath("//nav/a[@rel='next']/@href") == [f"/on-this-day/{after}"]


def test_on_28_february_is_kept_what_is_of_the_29th(leap_service):
    found = read(leap_service, "/on-this-day/02/28", ENGLISH)
    years = found.xpath("//main/div[@class='day']/p[@class='date']")
    assert [re.sub(r"\s+", " ", one.text_content()).strip() for one in years] == [
        "every year",
        "1950 76 years",
        "1976 50 years",
    ]
    assert found.xpath("//main/div[@class='day']//span[contains(@class, 'rank')]/@class") == ["rank round"]
    kept = re.sub(r"\s+", " ", found.xpath("string(//section[@aria-labelledby='kept'])"))
    assert "In years that have no 29 February" in kept
    assert "1992 34 years" in kept
    assert "2016" not in kept  # nobody keeps the day of a visit


def test_29_february_has_all_its_events(leap_service):
    answer = leap_service.get("/on-this-day/02/29", headers=ENGLISH)
    found = html.fromstring(answer.text)
    assert found.xpath("//p[@class='date']//b/text()") == ["1992", "2016"]
    assert "29 February is kept on 28 February" in text_of(answer)
    assert found.xpath("//script | //img") == []
    assert "7*7" in answer.text


def test_a_long_day_is_shown_by_pages(service, monkeypatch):
    monkeypatch.setattr("app.web.on_this_day._EVENTS_SHOWN", 12)
    first = read(service, "/on-this-day/01/01?lang=en")
    (rest,) = first.xpath("//p[@class='more']/a/@href")
    second = read(service, rest)
    pages = [page.xpath("//p[@class='what']/a/@href") for page in (first, second)]
    assert len(pages[0]) == 12
    assert pages[1]
    assert not set(pages[0]) & set(pages[1])


@pytest.mark.parametrize(
    ("year", "month", "first_week", "marks"),
    [
        pytest.param(2026, 2, [None] * 6 + [1], {28: "is-round"}, id="a common year keeps 29 February on the 28th"),
        pytest.param(2028, 2, [None, 1, 2, 3, 4, 5, 6], {28: "is-other", 29: "is-other"}, id="a leap year"),
        pytest.param(2021, 2, [1, 2, 3, 4, 5, 6, 7], {28: "is-half-round"}, id="a month that begins on a Monday"),
    ],
)
def test_a_month_is_a_table_of_weeks(leap_service, year, month, first_week, marks):
    found = read(leap_service, f"/calendar/{year}")
    table = found.xpath("//table")[month - 1]
    assert table.xpath("string(caption)") == f"Tháng {month}"
    assert table.xpath("thead//th/@scope") == ["col"] * 7
    assert table.xpath("thead//abbr/text()") == ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
    rows = table.xpath("tbody/tr")
    assert {len(row.xpath("td")) for row in rows} == {7}
    assert [int(one.text_content()) if one.text_content() else None for one in rows[0].xpath("td")] == first_week
    assert {int(one.text_content()): one.get("class") for one in table.xpath(".//td[@class]")} == marks
    assert table.xpath(".//td[@class]/a/@href") == [f"/on-this-day/{month:02}/{day:02}" for day in marks]


def test_a_year_lists_what_has_no_day_apart(leap_service):
    found = read(leap_service, "/calendar/2029?country=VN", ENGLISH)
    assert [one.text_content() for one in found.xpath("//ul[@class='periods']//span[@class='on']")] == ["April 2029"]
    assert "20 years" in found.xpath("string(//ul[@class='periods'])")
    year_only = read(leap_service, "/calendar/2031?country=all", ENGLISH).xpath("string(//ul[@class='periods'])")
    assert re.search(r"2031.*40 years", re.sub(r"\s+", " ", year_only))


def test_of_all_states_only_round_years_are_listed(service):
    found = read(service, "/calendar/2026?country=all")
    assert found.xpath("//section[@class='month']//li")
    assert found.xpath("//section[@class='month']//li[not(@class='milestone')]") == []


def test_a_full_month_is_cut_and_says_so(service, monkeypatch):
    monkeypatch.setattr(year_calendar, "_LISTED", 5)
    found = read(service, "/calendar/2026?lang=en")
    september = found.xpath("//section[@class='month']")[8]
    assert len(september.xpath(".//li")) == 5
    assert "The first 5 are listed" in september.text_content()
    assert september.xpath(".//td[not(@class)]/a/text()")[-1] == "30"


@pytest.mark.parametrize(
    ("year", "links"),
    [("1900", ["/calendar/1901"]), ("2026", ["/calendar/2025", "/calendar/2027"]), ("2200", ["/calendar/2199"])],
)
def test_a_year_leads_to_those_beside_it(leap_service, year, links):
    assert read(leap_service, f"/calendar/{year}").xpath("//nav/a[@rel]/@href") == links
    with_state = read(leap_service, f"/calendar/{year}?country=JP").xpath("//nav/a[@rel]/@href")
    assert with_state == [f"{link}?country=JP" for link in links]


def locations(answer):
    root = etree.fromstring(answer.content)
    return root, [one.text for one in root.iter(f"{SITEMAPS}loc")]


def test_the_sitemap_has_every_page_once_and_each_in_both_languages(service):
    answer = service.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    root, found = locations(answer)
    assert etree.QName(root).localname == "urlset"
    assert len(found) == len(set(found))
    base = str(service.base_url).rstrip("/") + "/"
    paths = ["", "pairs/AZ/VN", "events/established-AZ-VN", "on-this-day/02/29", "calendar/2026", "calendar/2027"]
    assert [path for path in paths if base + path not in found] == []
    links = root[0].findall("{http://www.w3.org/1999/xhtml}link")
    assert [(one.get("hreflang"), one.get("href")) for one in links] == [
        ("vi", f"{base}?lang=vi"),
        ("en", f"{base}?lang=en"),
    ]


def test_what_the_sitemap_names_is_there(service):
    _, found = locations(service.get("/sitemap.xml"))
    for address in found[:: len(found) // 40]:
        assert service.get(address, headers=BROWSER).status_code == 200, address


def test_too_many_addresses_for_one_list_come_in_parts(leap_service, monkeypatch):
    _, whole = locations(leap_service.get("/sitemap.xml?whole"))
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", 380)
    root, parts = locations(leap_service.get("/sitemap.xml?parts"))
    assert etree.QName(root).localname == "sitemapindex"
    holding = ("pages", "pairs", "events-02-28", "events-02-29", "events-04", "events-year")
    found = [
        address
        for part in parts
        if part.rpartition("/")[2].removesuffix(".xml") in holding
        for address in locations(leap_service.get(part))[1]
    ]
    assert sorted(found) == sorted(whole)
    assert leap_service.get("/sitemap/none.xml").status_code == 404


@pytest.mark.parametrize(
    ("path", "may_be_read"),
    [
        ("/", True),
        ("/pairs/AZ/VN", True),
        ("/api/pairs/AZ/VN/timeline?format=csv", True),
        ("/sparql", True),
        ("/sparql?query=ASK%7B%7D", False),
        ("/search?q=azer", False),
        ("/reconcile?queries=%7B%7D", False),
    ],
)
def test_robots_are_kept_from_addresses_without_end_only(service, path, may_be_read):
    answer = service.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert rules.can_fetch("SomeBot", path) == may_be_read
    assert rules.site_maps() == [str(service.base_url).rstrip("/") + "/sitemap.xml"]
