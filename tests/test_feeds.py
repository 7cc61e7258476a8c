"""Feeds: anniversaries as they come near, with entries that stay what they are."""

import datetime as dt
import json
from pathlib import Path

import feedparser
import pytest
from calendar_samples import HOSTILE, disputed, event
from conftest import TODAY
from lxml import etree, html

from app.anniversaries import anniversaries_in_window
from app.calendars.atom import ATOM, atom_feed
from app.calendars.entries import NEAR_DAYS, Feed, entries_of
from app.calendars.json_feed import json_feed
from app.calendars.wording import feed_words
from app.house import start_of_day
from app.presentation import Presenter

GRAMMAR = etree.RelaxNG(file=Path(__file__).parent / "atom_grammar.rng")
NS = {"a": ATOM}
SOON = "1992-12-10"
"""Comes round within 30 days of the day of the tests."""


def feed_of(*events, on=TODAY, language="vi"):
    found = anniversaries_in_window(events, on, on + dt.timedelta(days=NEAR_DAYS))
    entries = entries_of(found, feed_words(language), Presenter())
    home = "http://127.0.0.1:8000/"
    return Feed("tag:x,2026:f", "Tên", "Về", language, start_of_day(on), f"{home}feed.atom", home, entries)


def assert_is_atom(data):
    """It is as RFC 4287 wants it: by the grammar, and by what a grammar cannot say."""
    root = etree.fromstring(data)
    assert GRAMMAR.validate(root), GRAMMAR.error_log
    ids = [one.text for one in root.iterfind("a:entry/a:id", NS)]
    assert len(set(ids)) == len(ids)
    assert root.find("a:author", NS) is not None or all(
        one.find("a:author", NS) is not None for one in root.iterfind("a:entry", NS)
    )
    for element in (root, *root.iterfind("a:entry", NS)):
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in element.iterfind("a:link", NS)
            if link.get("rel", "alternate") == "alternate"
        ]
        assert len(set(alternates)) == len(alternates)
        assert alternates or element.find("a:content", NS) is not None
    return root


BAD_ATOM = {
    "no id": "<title>t</title><updated>2026-01-01T00:00:00Z</updated>",
    "two titles": "<id>a:b</id><title>t</title><title>t</title><updated>2026-01-01T00:00:00Z</updated>",
    "a day in place of a moment": "<id>a:b</id><title>t</title><updated>2026-01-01</updated>",
    "a moment without a zone": "<id>a:b</id><title>t</title><updated>2026-01-01T00:00:00</updated>",
    "a link to nowhere": "<id>a:b</id><title>t</title><updated>2026-01-01T00:00:00Z</updated><link/>",
    "a category without a term": "<id>a:b</id><title>t</title><updated>2026-01-01T00:00:00Z</updated><category/>",
    "an author without a name": "<id>a:b</id><title>t</title><updated>2026-01-01T00:00:00Z</updated><author/>",
    "an element that Atom lacks": "<id>a:b</id><title>t</title><updated>2026-01-01T00:00:00Z</updated><summary/>",
    "an unknown type of text": '<id>a:b</id><title type="x">t</title><updated>2026-01-01T00:00:00Z</updated>',
}


@pytest.mark.parametrize("inside", [pytest.param(text, id=name) for name, text in BAD_ATOM.items()])
def test_the_grammar_sees_what_is_no_atom(inside):
    assert not GRAMMAR.validate(etree.fromstring(f'<feed xmlns="{ATOM}">{inside}</feed>'))


def test_an_entry_appears_30_days_before_and_stays_what_it_is():
    assert feed_of(event(SOON), on=dt.date(2026, 11, 9)).entries == ()
    (first,) = feed_of(event(SOON), on=dt.date(2026, 11, 10)).entries
    (last,) = feed_of(event(SOON), on=dt.date(2026, 12, 10)).entries
    assert first == last
    assert first.updated == dt.datetime(2026, 11, 9, 17, tzinfo=dt.UTC)  # midnight in Hà Nội
    assert first.id == "tag:w3id.org,2026:banggiao/anniversary/established-AZ-VN/2026"
    assert first.title == "34 năm: Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao (10/12/1992)"
    (next_year,) = feed_of(event(SOON), on=dt.date(2027, 12, 1)).entries
    assert next_year.id == "tag:w3id.org,2026:banggiao/anniversary/established-AZ-VN/2027"


def test_what_is_known_to_the_month_is_told_before_the_month():
    (entry,) = feed_of(event("2009-12")).entries
    assert entry.title.endswith("(12/2009), trong 12/2026")
    assert entry.updated == start_of_day(dt.date(2026, 11, 1))
    assert feed_of(event("2013")).entries == ()


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_hostile_text_stays_text(text):
    feed = feed_of(event(SOON, text=text), disputed(date=SOON, event_id="other"))
    root = assert_is_atom(atom_feed(feed))
    for content in root.iterfind("a:entry/a:content", NS):
        shown = html.fragment_fromstring(content.text, create_parent="div")
        assert {one.tag for one in shown.iter()} <= {"div", "p", "ul", "li", "a"}
        assert all(link.get("href").startswith("https://") for link in shown.iter("a"))
    items = json.loads(json_feed(feed))["items"]
    assert [one["content_html"] for one in items] == [one.text for one in root.iterfind("a:entry/a:content", NS)]


# over HTTP

QUERIES = [
    pytest.param("", id="all"),
    pytest.param("?pair=AZ-VN", id="a pair that has none now"),
    pytest.param("?country=VN&lang=en", id="a state, in English"),
    pytest.param("?type=established&rank=round&rank=half-round", id="a type and ranks"),
]


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_served_is_valid_atom_and_is_read(service, query):
    response = service.get(f"/feed.atom{query}")
    assert response.headers["content-type"].startswith("application/atom+xml")
    root = assert_is_atom(response.content)
    read = feedparser.parse(response.content)
    assert not read.bozo
    assert read.version == "atom10"
    assert len(read.entries) == len(root.findall("a:entry", NS))
    links = {one.rel: one.href for one in read.feed.links}
    assert links == {"self": f"http://testserver/feed.atom{query}", "alternate": "http://testserver/"}
    assert read.feed.language == ("en" if "lang=en" in query else "vi")


@pytest.mark.parametrize("query", QUERIES)
def test_json_feed_says_the_same(service, query):
    response = service.get(f"/feed.json{query}")
    assert response.headers["content-type"] == "application/feed+json"
    feed = response.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {"title", "home_page_url", "feed_url", "authors", "language", "items"} <= feed.keys()
    read = feedparser.parse(service.get(f"/feed.atom{query}").content)
    assert [(one["id"], one["title"], one["url"]) for one in feed["items"]] == [
        (one.id, one.title, one.link) for one in read.entries
    ]
    for one in feed["items"]:
        moment = dt.datetime.fromisoformat(one["date_published"])
        assert moment <= start_of_day(TODAY)
        assert moment.astimezone(dt.UTC).hour == 17  # midnight in Hà Nội


def test_the_feed_holds_what_comes_round_in_30_days(service):
    listed = service.get("/api/anniversaries?limit=500").json()
    ids = {one["id"].split("/")[2] for one in service.get("/feed.json").json()["items"]}
    assert listed["next"] is None
    assert ids == {one["id"] for one in listed["items"]}


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json", "/calendar.ics?pair=AZ-VN"])
def test_the_same_request_gives_the_same_bytes(service, path):
    first, second = (service.get(path, headers={"Authorization": "past the cache"}) for _ in range(2))
    assert first.content == second.content
