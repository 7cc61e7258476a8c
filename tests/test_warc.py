"""Web archives: which records are pages, what is said of the others, and how damage ends an archive."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from backports import zstd
from fastwarc.stream_io import BrotliWriter
from hypothesis import given, settings
from hypothesis import strategies as st
from web_archives import PAGE, WARCINFO, compress, http_answer, page_record, warc_record

from extractors.readers import Payload, Unreadable, iter_payloads, read_paths, read_payload
from extractors.readers.articles import hash_text
from extractors.readers.languages import may_be_vietnamese
from extractors.records import Article

SUFFIXES = ("", ".gz", ".zst")
CLOSING_BYTES = 16


def outcomes_of(folder: Path, data: bytes, suffix: str = "", **options: int) -> list[Payload | Unreadable]:
    path = folder / f"crawl.warc{suffix}"
    path.write_bytes(data)
    return list(iter_payloads([path], **options))


def read_one(folder: Path, record: bytes, **options: int) -> Payload | Unreadable:
    (outcome,) = outcomes_of(folder, record, **options)
    return outcome


@pytest.mark.parametrize("suffix", SUFFIXES, ids=["plain", "gzip", "zstd"])
def test_pages_are_read_and_what_tells_of_them_is_no_input(tmp_path: Path, suffix: str) -> None:
    request = warc_record(b"GET /tin/1 HTTP/1.1\r\n\r\n", "https://example.org/tin/1", "request")
    metadata = warc_record(b"fetchTimeMs: 5\r\n", "https://example.org/tin/1", "metadata", "application/warc-fields")
    records = [WARCINFO, request, page_record(1), metadata, page_record(2)]
    (tmp_path / f"crawl.warc{suffix}").write_bytes(compress(records, suffix))
    first, second = read_paths([tmp_path])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.url, first.id) == ("https://example.org/tin/1", hash_text("https://example.org/tin/1"))
    assert first.id != second.id
    assert (first.title, str(first.published_on)) == ("Tình bạn qua những lá thư", "2024-03-05")
    assert "Na Uy" in first.text


def test_a_payload_is_named_by_its_place(tmp_path: Path) -> None:
    payload = outcomes_of(tmp_path, WARCINFO + page_record(1))[0]
    assert isinstance(payload, Payload)
    assert payload.source == f"{tmp_path}/crawl.warc@{len(WARCINFO)}"
    assert (payload.data, payload.media_type) == (PAGE, "text/html; charset=utf-8")
    assert payload.given.published_on is None


def test_the_day_of_the_crawl_is_not_the_day_of_publication(tmp_path: Path) -> None:
    page = PAGE.replace(b'<meta property="article:published_time" content="2024-03-05T09:10:00+07:00">', b"")
    payload = read_one(tmp_path, page_record(1, page))
    assert isinstance(payload, Payload)
    article = read_payload(payload)
    assert isinstance(article, Article)
    assert article.published_on is None


TEXT = "Hà Nội và Oslo trao đổi thư từ mỗi mùa xuân.".encode()
OTHER_PAGES = {
    "a resource": warc_record(PAGE, "https://example.org/a", "resource", "text/html; charset=utf-8"),
    "a conversion to text": warc_record(TEXT, "https://example.org/a", "conversion", "text/plain"),
    "an address in angle brackets": warc_record(http_answer(PAGE), "<https://example.org/a>"),
    "XHTML": warc_record(http_answer(PAGE, kind="application/xhtml+xml"), "https://example.org/a"),
    "a media type in capitals": warc_record(http_answer(PAGE, kind="Text/HTML"), "https://example.org/a"),
}


@pytest.mark.parametrize("record", OTHER_PAGES.values(), ids=OTHER_PAGES)
def test_other_records_that_hold_pages(tmp_path: Path, record: bytes) -> None:
    payload = read_one(tmp_path, record)
    assert isinstance(payload, Payload)
    assert payload.given.url == "https://example.org/a"
    assert isinstance(read_payload(payload), Article)


def chunked(body: bytes) -> bytes:
    middle = len(body) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:middle], body[middle:], b""))


def brotli(body: bytes) -> bytes:
    packed = io.BytesIO()
    writer = BrotliWriter(packed)
    writer.write(body)
    writer.close()
    return packed.getvalue()


ENCODED = {
    "chunked": (chunked(PAGE), "Transfer-Encoding: chunked"),
    "gzip": (gzip.compress(PAGE), "Content-Encoding: gzip"),
    "x-gzip in capitals": (gzip.compress(PAGE), "Content-Encoding: X-GZIP"),
    "deflate": (zlib.compress(PAGE), "Content-Encoding: deflate"),
    "brotli": (brotli(PAGE), "Content-Encoding: br"),
    "zstd": (zstd.compress(PAGE), "Content-Encoding: zstd"),
    "gzip, then chunked": (chunked(gzip.compress(PAGE)), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked"),
    "identity": (PAGE, "Content-Encoding: identity"),
    "said to be gzip, and stored without": (PAGE, "Content-Encoding: gzip"),
    "said to be chunked, and stored without": (PAGE, "Transfer-Encoding: chunked"),
}


@pytest.mark.parametrize(("body", "heads"), ENCODED.values(), ids=ENCODED)
def test_encodings_of_the_body_are_taken_off(tmp_path: Path, body: bytes, heads: str) -> None:
    answer = http_answer(body, "200 OK", "text/html", heads)
    payload = read_one(tmp_path, warc_record(answer, "https://example.org/a"))
    assert isinstance(payload, Payload)
    assert payload.data == PAGE


def answered(*arguments: str, body: bytes = PAGE) -> bytes:
    return warc_record(http_answer(body, *arguments), "https://example.org/a")


LEFT_OUT = {
    "not found": (answered("404 Not Found"), "HTTP status 404"),
    "moved": (answered("301 Moved"), "HTTP status 301"),
    "no status": (answered("xx"), "HTTP status none"),
    "a picture": (answered("200 OK", "image/png"), "media type «image/png»"),
    "no media type": (answered("200 OK", ""), "no stated media type"),
    "a name server's answer": (warc_record(b"1.2.3.4", "dns:example.org", kind="text/dns"), "media type «text/dns»"),
    "an unknown encoding": (answered("200 OK", "text/html", "Content-Encoding: x", body=b"abc"), "encoding «x»"),
    "not gzip": (answered("200 OK", "text/html", "Content-Encoding: gzip", body=b"abc"), "is not «gzip»"),
    "broken chunks": (answered("200 OK", "text/html", "Transfer-Encoding: chunked", body=b"5\r\nabc"), "«chunked»"),
    "an empty body": (answered(body=b""), "is empty"),
    "a revisit": (warc_record(b"", "https://example.org/a", "revisit"), "type «revisit»"),
    "a type unheard of": (warc_record(b"abc", "https://example.org/a", "novel"), "type «novel»"),
    "another language": (
        answered(body=b"<html lang=de><p>Gr\xc3\xbc\xc3\x9fe aus K\xc3\xb6ln</p>"),
        "not in Vietnamese",
    ),
    "too long": (answered(body=b"<p>" + b"x" * 3000), "an article may have 2,000"),
    "too long when unpacked": (
        answered("200 OK", "text/html", "Content-Encoding: gzip", body=gzip.compress(PAGE * 9)),
        "more than 2,000 bytes",
    ),
    "an HTTP head without end": (answered("200 OK", "text/html", "X: " + "y" * 40_000), "an article may have 2,000"),
}


@pytest.mark.parametrize(("record", "reason"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_no_page_is_left_out_with_the_reason(tmp_path: Path, record: bytes, reason: str) -> None:
    between, after = outcomes_of(tmp_path, WARCINFO + record + page_record(9), max_bytes=2000)
    assert isinstance(between, Unreadable)
    assert reason in between.reason
    assert between.source == f"{tmp_path}/crawl.warc@{len(WARCINFO)}"
    assert isinstance(after, Payload)


def test_an_http_head_too_long_does_not_hide_the_next_page(tmp_path: Path) -> None:
    between, after = outcomes_of(tmp_path, answered("200 OK", "text/html", "X: " + "y" * 40_000) + page_record(9))
    assert isinstance(between, Unreadable)
    assert "HTTP head" in between.reason
    assert isinstance(after, Payload)


@pytest.mark.parametrize("suffix", SUFFIXES, ids=["plain", "gzip", "zstd"])
def test_an_archive_cut_off_anywhere_gives_its_whole_records(tmp_path: Path, suffix: str) -> None:
    records = [WARCINFO, page_record(1), page_record(2)]
    ends = [len(compress(records[:count], suffix)) for count in range(4)]
    whole = compress(records, suffix)
    for cut in range(1, len(whole), 7):
        outcomes = outcomes_of(tmp_path, whole[:cut], suffix)
        pages = [one for one in outcomes if isinstance(one, Payload)]
        lost = [one for one in outcomes if isinstance(one, Unreadable)]
        assert [one.data for one in pages] == [PAGE] * len(pages)
        # a page is whole when only its checksum, or the blank lines behind its record, are missing
        assert sum(cut >= end for end in ends[2:]) <= len(pages) <= sum(cut + CLOSING_BYTES >= end for end in ends[2:])
        assert len(lost) == 1 or any(end - CLOSING_BYTES <= cut <= end for end in ends)
        assert all("read up to record" in one.reason for one in lost)


DAMAGED = {
    "other text behind": (page_record(1) + b"The end of the archive.", 1, "no WARC record"),
    "no archive": (b"Just some text.\n", 0, "no WARC record"),
    "a length that is no number": (page_record(1) + warc_record(b"x", length=-1) + page_record(2), 1, "true length"),
    "a length too large": (page_record(1) + warc_record(http_answer(PAGE), length=9_999_999), 1, "true length"),
    "empty": (b"", 0, "is empty"),
}


@pytest.mark.parametrize(("data", "pages", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_damage_ends_an_archive(tmp_path: Path, data: bytes, pages: int, reason: str) -> None:
    *before, last = outcomes_of(tmp_path, data)
    assert [type(one) for one in before] == [Payload] * pages
    assert isinstance(last, Unreadable)
    assert reason in last.reason


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_damaged_member_ends_an_archive(tmp_path: Path, suffix: str) -> None:
    packed = [compress([page_record(number)], suffix) for number in range(3)]
    packed[1] = packed[1][:40] + b"\xff" * 40 + packed[1][80:]
    first, rest = outcomes_of(tmp_path, b"".join(packed), suffix)
    assert isinstance(first, Payload)
    assert isinstance(rest, Unreadable)
    assert "read up to record 1" in rest.reason


@given(data=st.binary(max_size=300), place=st.integers(0, 2), suffix=st.sampled_from(SUFFIXES))
@settings(deadline=None, max_examples=60)
def test_any_bytes_within_an_archive_end_in_outcomes(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, place: int, suffix: str
) -> None:
    records = [compress([record], suffix) for record in (WARCINFO, page_record(1))]
    records.insert(place, data)
    outcomes = outcomes_of(tmp_path_factory.mktemp("archive"), b"".join(records), suffix)
    assert all(one.reason if isinstance(one, Unreadable) else one.data == PAGE for one in outcomes)


VIETNAMESE = {
    "composed": ("<p>Hai nước thiết lập quan hệ.</p>".encode(), None),
    "decomposed": (
        "<p>Hai nu\u031bo\u031b\u0301c thie\u0302\u0301t la\u0323\u0302p quan he\u0323\u0302.</p>".encode(),
        None,
    ),
    "one letter": ("<p>ở</p>".encode(), None),
    "đ and ă alone": ("<p>Đó là năm ba</p>".encode(), None),
    "decimal references": (b"<p>Vi&#7879;t Nam</p>", None),
    "hexadecimal references": (b"<p>Vi&#x1EC7;t Nam</p>", None),
    "references with zeros before them": (b"<p>Vi&#x001ec7;t Nam</p>", None),
    "without diacritics, said to be Vietnamese": (b"<!doctype html>\n<html class='a' lang=vi-VN><p>Viet Nam</p>", None),
    "an old encoding, undeclared": ("<p>ViÖt Nam</p>".encode("latin-1"), None),
    "an old encoding, declared as Latin-1": ("<p>ViÖt Nam</p>".encode("latin-1"), "ISO-8859-1"),
    "windows-1258": ("<p>Viê\u0323t Nam</p>".encode("cp1258"), "windows-1258"),
    "an encoding unheard of": ("<p>ViÖt Nam</p>".encode("latin-1"), "x-viet-vni"),
    "misread as Latin-1": ("<p>Việt Nam tại Hà Nội</p>".encode().decode("latin-1").encode(), "utf-8"),
    "UTF-16": ("<p>Việt Nam</p>".encode("utf-16"), "utf-16"),
}
FOREIGN = {
    "German": ("<p>Grüße aus Köln</p>".encode(), "utf-8"),
    "French": ("<html lang=fr><p>L’été à Genève, là où naît le Rhône</p>".encode(), "utf-8"),
    "Spanish in quotation marks": ("<p>«Aquí está»</p>".encode(), "utf-8"),
    "Romanian": ("<p>Ședința în București a început după-amiază</p>".encode(), "utf-8"),
    "Croatian": ("<p>Predsjednik Đoković je rođen u Šibeniku</p>".encode(), "utf-8"),
    "Chinese": ("<p>北京 Tianjin</p>".encode(), "utf-8"),
    "ASCII": (b"<p>Nothing but ASCII &amp; references &#8217;</p>", None),
    "Russian in its own encoding": ("<p>Москва</p>".encode("cp1251"), "windows-1251"),
    "Spanish as Latin-1, declared": ("<html lang=es><p>Señor</p>".encode("latin-1"), "iso-8859-1"),
}


@pytest.mark.parametrize(("page", "charset"), VIETNAMESE.values(), ids=VIETNAMESE)
def test_what_may_be_vietnamese(page: bytes, charset: str | None) -> None:
    assert may_be_vietnamese(page, charset)


@pytest.mark.parametrize(("page", "charset"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_not_vietnamese(page: bytes, charset: str | None) -> None:
    assert not may_be_vietnamese(page, charset)


STREAM = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "stream-2000.jsonl.gz"


def stream_texts() -> Iterator[str]:
    with gzip.open(STREAM, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)


@pytest.mark.skipif(not STREAM.exists(), reason="needs the evaluation corpus beside the checkout")
def test_no_article_with_vietnamese_words_is_taken_for_foreign() -> None:
    words = {"và", "của", "không", "những", "được", "trong", "người"}
    missed = [
        text
        for text in stream_texts()
        if len(words & set(text.lower().split())) > 2 and not may_be_vietnamese(text.encode(), "utf-8")
    ]
    assert missed == []
