"""Readers: what each kind of input gives, and what bad input gives. All sample texts are our own."""

import codecs
import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.readers import (
    MEDIA_TYPES,
    ReadError,
    Unreadable,
    iter_paths,
    read_bytes,
    read_path,
    read_paths,
    read_record,
)
from extractors.readers.files import SUFFIXES
from extractors.readers.furniture import load_furniture
from extractors.readers.lines import split_lines
from extractors.records import Article, SectionKind


def _kind_of(article: Article, words: str) -> SectionKind:
    place = article.text.index(words)
    return next(part.kind for part in article.sections if part.start <= place < part.end)


FRONT_MATTER = """---
title: Tháng của tình bạn
published: 2023-08-09
url: https://example.org/tinh-ban
publisher: Báo Thử
sources:
  - https://example.org/nguon
---

# Một tiêu đề khác

Đây là câu chuyện của hai thành phố bên biển.
"""


def test_markdown_with_front_matter() -> None:
    article = read_bytes(FRONT_MATTER.encode(), "text/markdown", id="md", published=dt.date(2000, 1, 1), title="Khác")
    assert (article.title, article.publisher) == ("Tháng của tình bạn", "Báo Thử")
    assert (article.published_on, article.url) == (dt.date(2023, 8, 9), "https://example.org/tinh-ban")
    assert article.derived_from == ("https://example.org/nguon",)
    assert article.text == FRONT_MATTER
    assert [section.kind for section in article.sections] == ["boilerplate", "body"]
    assert _kind_of(article, "# Một tiêu đề") == "body"


def test_markdown_without_front_matter_takes_its_heading() -> None:
    article = read_bytes("# Tình bạn\n\nMột câu.\n\n---\n\nMột câu nữa.".encode(), "text/markdown", id="md")
    assert article.title == "Tình bạn"


PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Tình bạn | Báo Thử</title>
<meta property="og:title" content="Tình bạn qua những lá thư"><meta property="og:site_name" content="Báo Thử">
<meta property="article:published_time" content="2024-03-05T09:10:00+07:00">
<meta property="article:modified_time" content="2024-04-06T09:10:00+07:00">
<link rel="canonical" href="https://example.org/tin/la-thu"></head>
<body><nav><a href="/">Trang chủ</a></nav><article><h1>Tình bạn qua những lá thư</h1>
<p>Suốt ba mươi năm, hai người thầy ở hai đất nước vẫn đều đặn viết thư cho nhau mỗi mùa xuân.</p>
<p>Việt Nam và Na Uy thiết lập quan hệ ngoại giao ngày 25/11/1971.</p></article>
<footer>Bản quyền của Báo Thử</footer></body></html>"""


def test_html_with_its_metadata() -> None:
    article = read_bytes(PAGE.encode(), "text/html; charset=utf-8", id="page")
    assert (article.title, article.publisher) == ("Tình bạn qua những lá thư", "Báo Thử")
    assert (article.published_on, article.url) == (dt.date(2024, 3, 5), "https://example.org/tin/la-thu")
    assert _kind_of(article, "Việt Nam và Na Uy") == "body"
    assert "Bản quyền" not in article.text


def test_html_in_the_encoding_that_it_declares() -> None:
    page = PAGE.replace("utf-8", "utf-16").encode("utf-16")
    assert read_bytes(page, "text/html", id="page").title == "Tình bạn qua những lá thư"
    page = b'<meta charset="windows-1252"><p>Caf\xe9 und mehr Text in diesem Absatz.</p>'
    assert read_bytes(page, "text/html", id="page").text.startswith("Café")


def test_given_metadata_fills_only_what_is_missing() -> None:
    day, url = dt.date(2020, 1, 2), "https://example.org/cho"
    own = {"text": "Một câu.", "published": "3/4/2021", "url": "https://example.org/co", "title": "Tên có", "id": 7}
    article = read_record(own, id="x", published=day, url=url, title="Tên cho")
    assert (article.id, article.title, article.published_on) == ("7", "Tên có", dt.date(2021, 4, 3))
    bare = read_record(
        {"text": "Một câu.", "title": None, "published": " "}, id="x", published=day, url=url, title="Tên cho"
    )
    assert (bare.id, bare.title, bare.published_on, bare.url) == ("x", "Tên cho", dt.date(2020, 1, 2), url)


def test_record_without_id_is_named_by_its_text() -> None:
    first, again, other = (read_record({"text": text}) for text in ("Một.", "Một.", "Hai."))
    assert first.id == again.id != other.id


BAD_BYTES: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "text/plain", "is empty"),
    "white space only": (b" \n\t\r\n", "text/plain", "white space only"),
    "a PDF": (b"%PDF-1.7 ...", "text/plain", "PDF"),
    "a JPEG": (b"\xff\xd8\xff\xe0", "text/html", "JPEG"),
    "an archive": (b"PK\x03\x04...", "text/markdown", "ZIP"),
    "a NUL": (b"abc\0def", "text/plain", "NUL at character 3"),
    "broken UTF-8": ("Việt".encode() + b"\xff", "text/plain", "at byte 6"),
    "broken UTF-8 behind a mark": (codecs.BOM_UTF8 + b"ab\xff", "text/plain", "at byte 5"),
    "half of UTF-16": ("xin".encode("utf-16") + b"\x01", "text/plain", "UTF-16"),
    "an unknown charset": (b"\xff\xfe\xfa"[1:], "text/plain; charset=x-none", "unknown encoding"),
    "an unknown media type": (b"abc", "image/png", "not read"),
    "front matter that is no YAML": (b"---\ntitle: [a\n---\nxin", "text/markdown", "no YAML"),
    "front matter with 31 February": (b"---\npublished: 31/02/1990\n---\nxin", "text/markdown", "no day 31"),
    "front matter nested too deep": (b"---\na: " + b"[" * 60_000 + b"\n---\nxin", "text/markdown", "no YAML"),
    "front matter too long": (b"---\n" + b"# x\n" * 20_000 + b"---\nxin", "text/markdown", "65,536 characters"),
    "too many lines": (b"a\n" * 100_001, "text/plain", "100,000 lines"),
    "front matter without text": (b"---\ntitle: a\n---\n \n", "text/markdown", "no text below"),
    "HTML without an article": (b"<html><body></body></html>", "text/html", "no article text"),
    "HTML to exhaust a parser": (
        b"<p " + b" ".join(b"a%d=''" % n for n in range(3000)) + b">xin",
        "text/html",
        "attributes",
    ),
    "no JSON": (b"{", "application/json", "is not JSON"),
    "JSON too deep": (b"[" * 100_000, "application/json", "is not JSON"),
    "JSON that is a list": (b"[1]", "application/json", "no object"),
    "JSON without text": (b'{"title": "a"}', "application/json", "no «text»"),
    "JSON with text that is a number": (b'{"text": 5}', "application/json", "must be text"),
    "JSON with an impossible day": (b'{"text": "a", "published": "23/13/1992"}', "application/json", "no month 13"),
    "JSON with a script for an address": (
        b'{"text": "a", "url": "javascript:x"}',
        "application/json",
        "no web address",
    ),
    "JSON with half a character": (b'{"text": "\\ud800"}', "application/json", "surrogate"),
    "an impossible time stamp": (b"09:05 | 31/02/1990 GMT+7\n\nTin", "text/plain", "impossible time stamp"),
    "too large": (b"x" * 101, "text/plain", "101 bytes"),
}


@pytest.mark.parametrize(("data", "media_type", "reason"), BAD_BYTES.values(), ids=BAD_BYTES)
def test_bad_input_is_named_with_its_reason(data: bytes, media_type: str, reason: str) -> None:
    max_bytes = 100 if reason == "101 bytes" else 1_000_000
    with pytest.raises(ReadError, match=reason) as caught:
        read_bytes(data, media_type, id="the-input", max_bytes=max_bytes)
    assert str(caught.value).startswith("the-input: ")


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes(data)


def _names(outcomes: Iterable[Article | Unreadable]) -> list[str]:
    return [one.id if isinstance(one, Article) else str(one) for one in outcomes]


def test_folders_give_one_outcome_for_each_file_in_order(tmp_path: Path) -> None:
    files = {
        "b.md": b"Hai",
        "a.txt": b"Mot",
        "c/d.HTM": PAGE.encode(),
        "c.docx": b"PK",
        "e.txt": b"",
        ".git/f.txt": b"x",
    }
    _write(tmp_path, files)
    assert _names(read_paths([tmp_path])) == [
        "a",
        "b",
        "d",
        f"{tmp_path}/c.docx: unknown kind of file: its name must end in .txt, .md, .html, .htm, .jsonl or .warc, with .gz or .zst behind that where it is compressed",
        f"{tmp_path}/e.txt: is empty",
    ]
    assert [str(one) for one in iter_paths([tmp_path / "none"])] == [f"{tmp_path}/none: no such file or folder"]


def test_json_lines_give_one_outcome_for_each_line(tmp_path: Path) -> None:
    good = json.dumps({"id": "r1", "text": "Một câu.", "published": "2024-01-02"}, ensure_ascii=False).encode()
    lines = [good, b"{", b"", b'{"text": "' + b"x" * 500 + b'"}', b"\xff", b'{"text": "Hai."}']
    _write(tmp_path, {"all.jsonl": b"\r\n".join(lines)})
    path = tmp_path / "all.jsonl"
    outcomes = list(read_path(path, published=dt.date(2020, 1, 1), max_bytes=200))
    assert len(outcomes) == 5
    assert [one.published_on for one in outcomes if isinstance(one, Article)] == [
        dt.date(2024, 1, 2),
        dt.date(2020, 1, 1),
    ]
    bad = [one for one in outcomes if isinstance(one, Unreadable)]
    assert [one.source for one in bad] == [f"{path}:2", f"{path}:4", f"{path}:5"]
    assert ["JSON" in bad[0].reason, "200 bytes" in bad[1].reason, "byte 0" in bad[2].reason] == [True] * 3


def test_files_too_large_are_not_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(50_000_000)
    assert _names(read_path(tmp_path / "big.txt")) == [
        f"{tmp_path}/big.txt: has 50,000,000 bytes, and an article may have 20,000,000"
    ]


def test_tables_of_kinds_agree() -> None:
    assert set(SUFFIXES.values()) <= set(MEDIA_TYPES)
    assert load_furniture().is_chrome(split_lines("aa")[0])


MARKS = ["<p>", "</p>", "<article>", "<table><tr><td>", "<!--", "&#55296;", "[", "{", "&a *a", '"', "\\ud800"]
WORDS = ["---\n", "a: b\n", "- c\n", "!!binary x", "2024-13-40", "09:05 | 13/05/2022\n", "Ảnh: ", "xin chào "]
SPACES = ["\x01", "\r", "\u2028", "\ufeff"]
PIECES = st.lists(st.sampled_from([*MARKS, *WORDS, *SPACES]), max_size=30).map("".join)


@given(data=st.one_of(st.binary(), PIECES.map(str.encode)), media_type=st.sampled_from(sorted(MEDIA_TYPES)))
@settings(deadline=None)
def test_any_bytes_give_an_article_or_a_reason(data: bytes, media_type: str) -> None:
    for mark in (b"", b"---\n", b"<html><p>", codecs.BOM_UTF16_LE):
        try:
            assert read_bytes(mark + data, media_type, id="any").text.strip()
        except ReadError as error:
            assert error.reason
