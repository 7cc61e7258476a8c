"""Feeds and sitemaps: recognised by what they are, read within limits, and safe against what XML can do."""

import datetime as dt
from collections.abc import Iterator

import pytest
from fetching import fetch, reasons
from hypothesis import given
from hypothesis import strategies as st
from web_server import HTML, PLAIN, XML, Page, WebServer, serving, watching, zipped

from app.fetching.errors import NotFetchedError
from app.fetching.listings import ENTRIES, find_published_day, parse_listing
from app.fetching.markup import find_root
from extractors.readers import Payload

ARTICLE = Page("<p>Bài</p>")
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="urn:media" xmlns:dc="urn:dc"><channel>
<title>Tin mới</title><link>http://trang.example/</link>
<item><title><![CDATA[Việt &amp; Nhật]]></title><media:title>ảnh</media:title><link>/mot</link>
<pubDate>Sat, 21 Nov 2026 23:30:00 +0700</pubDate></item>
<item><title>Hai&nbsp;bên</title><guid>/hai</guid><dc:date>2026-11-20T20:00:00Z</dc:date></item>
<item><title>Hai lần</title><link>/mot#cuoi</link></item>
<item><title>Không có liên kết</title><guid isPermaLink="false">17</guid></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="urn:atom" xml:base="/muc/"><title>Tin</title><link href="/" rel="self"/>
<entry xml:base="con/"><title type="xhtml">Một <b>bài</b></title><link rel="enclosure" href="/anh.jpg"/>
<link href="mot"/><published>2026-11-21</published><updated>2026-11-30</updated></entry>
<entry><title>Hai</title><link rel="alternate" href="hai"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="urn:rdf" xmlns="urn:rss" xmlns:dc="urn:dc"><channel><title>T</title><link>/</link></channel>
<item><title>Một</title><link>/mot</link><dc:date>2026-11-21</dc:date></item></rdf:RDF>"""
SITEMAP = """<urlset xmlns="urn:sitemap" xmlns:news="urn:news" xmlns:image="urn:image">
<url><loc> /mot </loc><lastmod>2026-11-30</lastmod><image:image><image:loc>/anh.jpg</image:loc></image:image>
<news:news><news:publication_date>2026-11-21T01:00:00+07:00</news:publication_date><news:title>Một</news:title>
</news:news></url><url><loc>/hai</loc></url></urlset>"""
BILLION_LAUGHS = """<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><item><title>&c;</title><link>/mot</link></item></channel></rss>"""
FILE_ENTITY = """<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&a;</title><link>/mot</link></item></channel></rss>"""
PARAMETER_ENTITY = """<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:1/a"> %a;]>
<rss><channel><item><link>/mot</link></item></channel></rss>"""


@pytest.fixture
def server() -> Iterator[WebServer]:
    with watching() as connected, serving({"/mot": ARTICLE, "/hai": ARTICLE}) as running:
        yield running
    assert connected <= {"127.0.0.1"}


def index_of(*paths: str, root: str = "sitemapindex", entry: str = "sitemap") -> str:
    return f"<{root}>{''.join(f'<{entry}><loc>{path}</loc></{entry}>' for path in paths)}</{root}>"


def test_a_feed_gives_its_articles_with_title_and_day(server: WebServer) -> None:
    server.pages["/tin"] = Page(RSS, "application/rss+xml; charset=utf-8")
    first, second, left_out = fetch(server, "/tin")
    assert isinstance(first, Payload)
    assert isinstance(second, Payload)
    assert (first.source, first.given.title) == (server.url("/mot"), "Việt & Nhật")
    assert first.given.published_on == dt.date(2026, 11, 21)
    assert (second.source, second.given.title) == (server.url("/hai"), "Hai bên")
    assert second.given.published_on == dt.date(2026, 11, 21)  # 3 o'clock in the morning in Hà Nội
    assert str(left_out) == f"{server.url('/tin')}: lists nothing to read in entry 4: it has no link"
    assert server.asked == ["/robots.txt", "/tin", "/mot", "/hai"]


@pytest.mark.parametrize(
    ("root", "text", "wanted"),
    [
        pytest.param(
            "feed",
            ATOM,
            [("http://t.example/muc/con/mot", "Một bài", "2026-11-21"), ("http://t.example/muc/hai", "Hai", "None")],
            id="Atom",
        ),
        pytest.param("RDF", RDF, [("http://t.example/mot", "Một", "2026-11-21")], id="RSS 1.0"),
        pytest.param(
            "urlset",
            SITEMAP,
            [("http://t.example/mot", "Một", "2026-11-21"), ("http://t.example/hai", "None", "None")],
            id="sitemap with news",
        ),
    ],
)
def test_kinds_of_lists(root: str, text: str, wanted: list[tuple[str, str, str]]) -> None:
    data = text.encode()
    assert find_root(data) == root
    listing = parse_listing(data, root, "http://t.example/danh-sach.xml", 100)
    assert [(one.address, str(one.title), str(one.published_on)) for one in listing.entries] == wanted
    assert listing.faults == ()


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        pytest.param(RSS, "application/rss+xml", id="its own media type"),
        pytest.param(RSS, "text/xml", id="XML"),
        pytest.param(RSS, HTML, id="HTML by mistake"),
        pytest.param(RSS, PLAIN, id="plain text by mistake"),
        pytest.param("\n\n" + RSS, XML, id="empty lines before the declaration"),
        pytest.param(zipped(RSS), "application/gzip", id="gzip"),
        pytest.param(zipped(RSS), "application/octet-stream", id="gzip as bytes of any kind"),
        pytest.param(zipped(RSS), XML, id="gzip that says XML"),
        pytest.param(RSS.encode("utf-8-sig"), XML, id="a byte order mark"),
        pytest.param(RSS.encode("utf-16"), XML, id="UTF-16, though it says UTF-8"),
        pytest.param(RSS.replace("UTF-8", "US-ASCII"), "application/xml; charset=utf-8", id="HTTP knows better"),
        pytest.param('<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/rss.dtd">' + RSS[39:], XML, id="a DTD nobody fetches"),
    ],
)
def test_a_list_is_known_by_its_root(server: WebServer, body: str | bytes, media_type: str) -> None:
    server.pages["/x"] = Page(body, media_type)
    first, second, _ = fetch(server, "/x")
    assert isinstance(first, Payload)
    assert isinstance(second, Payload)
    assert (first.given.title, second.given.title) == ("Việt & Nhật", "Hai bên")


@pytest.mark.parametrize(
    ("body", "media_type", "wanted"),
    [
        pytest.param("<html><body>Bài</body></html>", XML, "application/xhtml+xml", id="a page that says XML"),
        pytest.param("<rss> là gì?", PLAIN, "list", id="text that begins like a feed"),
        pytest.param("Bài về <rss>", PLAIN, PLAIN, id="text about feeds"),
        pytest.param("<!DOCTYPE html><html lang=vi><p>Bài", HTML, HTML, id="a page that is no XML"),
        pytest.param("<p>Bài", "text/html; charset=x-viet", "text/html; charset=x-viet", id="a page's unknown charset"),
        pytest.param("<svg/>", "image/svg+xml", "its root is <svg>", id="a drawing"),
        pytest.param("{}", XML, "it is no XML", id="JSON that says XML"),
        pytest.param("<rss/>", "text/xml; charset=utf-7", "is in the unknown encoding «utf-7»", id="UTF-7"),
        pytest.param("<rss/>", "text/xml; charset=punycode", "is in the unknown encoding «punycode»", id="a codec"),
    ],
)
def test_what_is_no_list(server: WebServer, body: str, media_type: str, wanted: str) -> None:
    server.pages["/x"] = Page(body, media_type)
    (found,) = fetch(server, "/x")
    if isinstance(found, Payload):
        assert found.media_type == wanted
    else:
        assert wanted in found.reason or "no well-formed XML" in found.reason


@pytest.mark.parametrize("media_type", [XML, HTML, PLAIN, "application/rss+xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BILLION_LAUGHS, id="a billion laughs"),
        pytest.param(FILE_ENTITY, id="a file"),
        pytest.param(PARAMETER_ENTITY, id="an address"),
    ],
)
def test_declared_entities_are_refused(server: WebServer, text: str, encoding: str, media_type: str) -> None:
    server.pages["/x"] = Page(text.encode(encoding), media_type)
    (reason,) = reasons(fetch(server, "/x"))
    assert reason.startswith("is XML that declares an entity («")
    assert server.asked == ["/robots.txt", "/x"]


def test_sitemaps_in_an_index_compressed_and_nested(server: WebServer) -> None:
    server.pages |= {
        "/i.xml": Page(index_of("/a.xml.gz", "/b.xml", "/a.xml.gz"), XML),
        "/a.xml.gz": Page(zipped(index_of("/mot", "/hai", root="urlset", entry="url")), "application/x-gzip"),
        "/b.xml": Page(index_of("/hai", "/ba", root="urlset", entry="url"), XML),
    }
    assert reasons(fetch(server, "/i.xml")) == ["read", "read", "answers 404 Not Found"]
    assert server.asked == ["/robots.txt", "/i.xml", "/a.xml.gz", "/mot", "/hai", "/b.xml", "/ba"]


def test_lists_are_followed_so_deep_and_no_deeper(server: WebServer) -> None:
    for number in range(4):
        server.pages[f"/{number}"] = Page(index_of(f"/{number + 1}", "/mot"), XML)
    assert reasons(fetch(server, "/0")) == ["is a list within 2 lists, and 2 are followed", "read"]
    assert "/3" not in server.asked


def test_an_index_that_lists_itself_ends(server: WebServer) -> None:
    server.pages["/i.xml"] = Page(index_of("/i.xml", "/i.xml#2", "/mot"), XML)
    assert reasons(fetch(server, "/i.xml")) == ["read"]


def test_what_is_listed_is_bounded_below_one_address(server: WebServer) -> None:
    """Three are taken from the index, and none is left for what the first of them lists."""
    urls = index_of(*(f"/{number}" for number in range(9)), root="urlset", entry="url")
    server.pages |= {"/i.xml": Page(index_of("/a.xml", "/mot", "/hai", "/ba"), XML), "/a.xml": Page(urls, XML)}
    results = fetch(server, "/i.xml", max_listed=3)
    assert [str(one).removeprefix(server.url("")) for one in results if not isinstance(one, Payload)] == [
        "/a.xml: lists more than the 0 addresses that may be taken: the rest is left out",
        "/i.xml: lists more than the 3 addresses that may be taken: the rest is left out",
    ]
    assert server.asked == ["/robots.txt", "/i.xml", "/a.xml", "/mot", "/hai"]


def test_a_feed_cannot_lead_where_the_policy_does_not(server: WebServer) -> None:
    addresses = ["file:///etc/passwd", "http://169.254.169.254/", "http://127.0.0.1:22/", "javascript:alert(1)", "/mot"]
    server.pages["/x"] = Page(index_of(*addresses, root="urlset", entry="url"), XML)
    results = fetch(server, "/x")
    assert [one.source for one in results] == [*addresses[:4], server.url("/mot")]
    assert reasons(results)[-1] == "read"
    assert server.asked == ["/robots.txt", "/x", "/mot"]


def test_an_address_cannot_write_on_the_terminal(server: WebServer) -> None:
    server.pages["/x"] = Page(index_of("ftp://a/\x9b31m\u202e" + "a" * 500, root="urlset", entry="url"), XML)
    (result,) = fetch(server, "/x")
    assert result.source == "ftp://a/\ufffd31m\ufffd" + "a" * 187


def test_what_stands_before_a_fault_is_read(server: WebServer) -> None:
    server.pages["/x"] = Page("<rss><channel><item><link>/mot</link></item><item><link>/hai?a=1&b", XML)
    first, fault = reasons(fetch(server, "/x"))
    assert first == "read"
    assert fault.startswith("is no well-formed XML (")


def test_a_bomb_in_a_compressed_sitemap_ends_at_the_limit(server: WebServer) -> None:
    server.pages["/x.gz"] = Page(zipped(b"<urlset>" + b" " * 30_000_000), "application/gzip")
    assert reasons(fetch(server, "/x.gz", max_bytes=1_000_000)) == ["has more than 1,000,000 bytes"]


def test_elements_in_one_another_end() -> None:
    """Each open one would be kept; half a million in a row are half a million kept."""
    with pytest.raises(NotFetchedError, match="more than 100 elements in one another"):
        parse_listing(b"<rss>" + b"<item>" * 500_000, "rss", "http://t.example/", 100)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<rss><channel>" + b"<item/>" * 500_000, id="half a million empty entries"),
        pytest.param(b"<rss><channel><item><title>" + b"&a;" * 300_000, id="unknown entities"),
        pytest.param(b"<rss><channel><item>" + b"<title>a</title>" * 100_000, id="one title after another"),
        pytest.param(b"<rss><channel><item><link>" + b"a" * 5_000_000, id="an address of five million characters"),
    ],
)
def test_hostile_lists_end(data: bytes) -> None:
    listing = parse_listing(data, "rss", "http://t.example/", 100)
    assert len(listing.entries) + len(listing.faults) <= 101
    assert all(len(one.address) < 5_000 for one in listing.entries)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Sat, 21 Nov 2026 10:00:00 +0700", "2026-11-21", id="RFC 822"),
        pytest.param("21 Nov 2026 10:00 GMT", "2026-11-21", id="RFC 822 without weekday and seconds"),
        pytest.param("Sat, 21 Nov 2026 17:00:00 GMT", "2026-11-22", id="midnight in Hà Nội"),
        pytest.param("Sat, 21 Nov 2026 23:00:00", "2026-11-21", id="no zone: the day written"),
        pytest.param("2026-11-21T16:59:59Z", "2026-11-21", id="ISO 8601 in UTC"),
        pytest.param("2026-11-21 23:00:00", "2026-11-21", id="ISO 8601 with a space"),
        pytest.param("2026-11-21", "2026-11-21", id="a day alone"),
        pytest.param("11/5/2026 10:00:00 AM", "None", id="which of the two is the month?"),
        pytest.param("hôm qua", "None", id="yesterday"),
        pytest.param("Sat, 31 Feb 2026 10:00:00 +0700", "None", id="no day of any calendar"),
        pytest.param("9999-12-31T23:00:00Z", "None", id="beyond the last day"),
        pytest.param("", "None", id="nothing"),
    ],
)
def test_days_of_feeds(text: str, wanted: str) -> None:
    assert str(find_published_day(text)) == wanted


@given(st.text(max_size=60) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,5} [A-Z][a-z]{2} \d{1,7} \d\d:\d\d:\d\d [+-]\d{1,8}"))
def test_any_text_is_a_day_or_none(text: str) -> None:
    day = find_published_day(text)
    assert day is None or isinstance(day, dt.date)


_PIECES = st.sampled_from(
    ["<rss>", "<item>", "</item>", "<link>", "</link>", "<title>", "</title>", "/mot", "&a;", "<![CDATA[", "]]>", "]",
     "<link href='/a'/>", " xml:base='http://[' ", "<!--", "-->", "<?a", "?>", "<a xml:base='//['>", "é", "\0", "<!DOCTYPE a [", "<!ENTITY a 'b'>"]
)  # fmt: skip


@given(st.binary(max_size=200) | st.lists(_PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode()))
def test_any_bytes_are_a_list_or_refused(data: bytes) -> None:
    try:
        find_root(data)
        for root in ENTRIES:
            listing = parse_listing(b"<rss><channel>" + data, root, "http://t.example/", 5)
            assert len(listing.entries) <= 5
    except NotFetchedError:
        pass
