"""Readers: sections, metadata, and bad input. All sample texts are our own."""

import codecs
import datetime as dt
import json
import unicodedata
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
from extractors.readers.lines import find_doubled_headline, split_lines, to_slug
from extractors.records import Article, SectionKind

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "seeds"

SAVED_PAGE = """Trang chủ Bạn bè
08:30 | 12/03/2024 GMT+7

Đoàn Mông Cổ thăm làng gốm

aa
Sáng 11/3, một đoàn khách Mông Cổ đã đến thăm làng gốm và trồng cây lưu niệm.
Hai thành phố kết nghĩa cùng dạy trẻ em vẽ tranh
Trại hè "Những cánh diều" mở cửa đón bạn nhỏ

Việt Nam và Mông Cổ thiết lập quan hệ ngoại giao ngày 17/11/1954.

Đoàn Mông Cổ thăm làng gốm
Các vị khách xem thợ nặn bình.

Chủ nhà và khách cùng nướng bánh. (Ảnh: Lan Chi)
Chủ nhà và khách cùng nướng bánh. (Ảnh: Lan Chi)

Triển lãm ảnh về thảo nguyên Triển lãm ảnh về thảo nguyên
Ngày 2/3, triển lãm mở cửa tại bảo tàng với hơn một trăm bức ảnh.
Đêm thơ ở thư viện thành phố Đêm thơ ở thư viện thành phố "Gió"
doan mong co tham lang gom Lớp học tiếng Mông Cổ khai giảng

Đoàn về nước vào chiều cùng ngày và hẹn trở lại vào mùa thu.
Minh Tâm
Nguồn:

Mời bạn xem

Khai mạc tuần phim châu Á ở Huế

Khai mạc tuần phim châu Á ở Huế

Ngày 26/01, tuần phim đã khai mạc với sáu bộ phim được trình chiếu miễn phí.
Cây cầu mới nối hai bờ sông

Cây cầu mới nối hai bờ sông

Cây cầu được khánh thành sau ba năm xây dựng và thử tải.
infographic ba muoi nam mot chang duong
[Video] Chợ phiên vùng cao ngày giáp Tết
Bản dành cho điện thoại
"""

PLAIN_TEXT = """Hội chợ sách mở cửa ở Hải Phòng

Hội chợ sách quốc tế mở cửa sáng nay với khách từ mười nước.

Người đọc xếp hàng từ sớm. Ảnh: Thu Hà
Việt Nam và Na Uy thiết lập quan hệ ngoại giao ngày 25/11/1971.
Xem thêm: Thư viện lưu động về xã đảo
>> Những hiệu sách cũ bên sông
Hội chợ kéo dài đến hết tuần và không bán vé.
Ngọc Lan (Tổng hợp)

Gian hàng của các nhà xuất bản trẻ.
Góc đọc sách cho trẻ em. Ảnh: BTC
"""


def _sections(article: Article) -> list[tuple[SectionKind, str]]:
    return [(section.kind, article.text[section.start : section.end]) for section in article.sections]


def _kind_of(article: Article, words: str) -> SectionKind:
    place = article.text.index(words)
    return next(part.kind for part in article.sections if part.start <= place < part.end)


def _read_text(text: str) -> Article:
    return read_bytes(text.encode(), "text/plain", id="sample")


PAGE_PARTS: dict[str, tuple[str, SectionKind]] = {
    "path of links": ("Trang chủ", "boilerplate"),
    "time stamp": ("08:30", "boilerplate"),
    "headline": ("Đoàn Mông Cổ thăm", "body"),
    "letter buttons": ("aa\n", "boilerplate"),
    "lead": ("Sáng 11/3", "body"),
    "headline below the lead": ("Hai thành phố kết nghĩa", "teaser"),
    "headline with a quotation below the lead": ("Trại hè", "teaser"),
    "story": ("Việt Nam và Mông Cổ thiết lập", "body"),
    "picture text that repeats the headline": ("Đoàn Mông Cổ thăm làng gốm\nCác", "caption"),
    "caption below it": ("Các vị khách xem", "caption"),
    "caption with its credit": ("Chủ nhà và khách", "caption"),
    "doubled headline": ("Triển lãm ảnh", "teaser"),
    "lead below the doubled headline": ("Ngày 2/3", "teaser"),
    "doubled headline cut at a quotation mark": ("Đêm thơ", "teaser"),
    "headline behind the slug of the page": ("doan mong co", "teaser"),
    "end of the story": ("Đoàn về nước", "body"),
    "author": ("Minh Tâm", "boilerplate"),
    "empty source": ("Nguồn:", "boilerplate"),
    "heading of the list": ("Mời bạn xem", "boilerplate"),
    "headline in the list": ("Khai mạc tuần phim", "teaser"),
    "lead in the list": ("Ngày 26/01", "teaser"),
    "second headline in the list": ("Cây cầu mới", "teaser"),
    "slug": ("infographic", "boilerplate"),
    "video link": ("[Video]", "boilerplate"),
    "foot": ("Bản dành cho", "boilerplate"),
}


@pytest.mark.parametrize(("words", "kind"), PAGE_PARTS.values(), ids=PAGE_PARTS)
def test_parts_of_a_saved_page(words: str, kind: SectionKind) -> None:
    assert _kind_of(_read_text(SAVED_PAGE), words) == kind


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_saved_page_in_any_encoding_of_its_letters_and_lines(form: str, line_end: str) -> None:
    text = unicodedata.normalize(form, SAVED_PAGE).replace("\n", line_end)
    article = _read_text(text)
    assert article.text == text
    assert article.published_on == dt.date(2024, 3, 12)
    assert article.title == unicodedata.normalize(form, "Đoàn Mông Cổ thăm làng gốm")
    assert [kind for kind, _ in _sections(article)] == [kind for kind, _ in _sections(_read_text(SAVED_PAGE))]


def test_each_teaser_box_is_a_section_of_its_own() -> None:
    teasers = [text.split("\n")[0] for kind, text in _sections(_read_text(SAVED_PAGE)) if kind == "teaser"]
    assert len(teasers) == 7
    assert teasers[-2:] == ["Khai mạc tuần phim châu Á ở Huế", "Cây cầu mới nối hai bờ sông"]


def test_parts_of_plain_text() -> None:
    article = _read_text(PLAIN_TEXT)
    assert article.title == "Hội chợ sách mở cửa ở Hải Phòng"
    assert article.published_on is None
    kinds = [(kind, text.split("\n")[0][:12]) for kind, text in _sections(article)]
    assert kinds == [
        ("body", "Hội chợ sách"),
        ("caption", "Người đọc xế"),
        ("body", "Việt Nam và "),
        ("teaser", "Xem thêm: Th"),
        ("teaser", ">> Những hiệ"),
        ("body", "Hội chợ kéo "),
        ("boilerplate", "Ngọc Lan (Tổ"),
        ("caption", "Gian hàng củ"),
        ("caption", "Góc đọc sách"),
    ]


STORIES = {
    "a sentence alone": "Việt Nam và Na Uy thiết lập quan hệ ngoại giao năm 1971.",
    "a sentence about photographs": "Tiêu đề\n\nÔng nói ảnh hưởng của bức ảnh: rất lớn đối với người xem ở cả hai nước và hơn thế.",
    "a sentence that begins with «Xem thêm»": "Tiêu đề\n\nXem thêm phim tài liệu giúp học sinh hiểu lịch sử hơn.",
    "a short last line": "Tiêu đề\n\nHà Nội",
    "words said twice": "Tiêu đề\n\nHai nước, hai nước cùng một dòng sông.",
    "a lead given twice": "Tiêu đề\n\nĐoàn đã về tới Hà Nội an toàn.\n\nĐoàn đã về tới Hà Nội an toàn.",
    "a repeated label": "Tiêu đề\n\nQuảng bá\n\nQuảng bá\n\nCâu chuyện vẫn còn tiếp tục ở đây.",
}


@pytest.mark.parametrize("text", STORIES.values(), ids=STORIES)
def test_story_is_not_mistaken_for_something_else(text: str) -> None:
    assert {kind for kind, _ in _sections(_read_text(text))} == {"body"}


def test_list_below_its_heading_in_plain_text() -> None:
    text = "Tiêu đề\n\nTIN LIÊN QUAN\nBáo cũ kể chuyện mới\n\nCâu chuyện bắt đầu từ một lá thư tay."
    kinds = [kind for kind, _ in _sections(_read_text(text))]
    assert kinds == ["body", "boilerplate", "teaser", "body"]


STAMPS = {
    "with author and weekday": "Lan Chi - Thứ tư, 18/09/2024 17:49 (GMT+7)",
    "with weekday": "Thứ Tư 18/09/2024 , 17:49 (GMT+7)",
    "with author": "Lan Chi | 17:49 18/09/2024",
}


@pytest.mark.parametrize("stamp", STAMPS.values(), ids=STAMPS)
def test_time_stamp_below_the_headline(stamp: str) -> None:
    article = _read_text(f"Mùa gặt ở vùng cao\n\n{stamp}\n\nNông dân bắt đầu gặt từ sáng sớm.")
    assert article.published_on == dt.date(2024, 9, 18)
    assert _kind_of(article, stamp) == "boilerplate"
    assert article.title == "Mùa gặt ở vùng cao"


DOUBLED = {
    "the same twice": ("một hai ba bốn một hai ba bốn", "một hai ba bốn"),
    "cut at a quotation mark": ('một hai ba bốn một hai ba bốn "năm"', 'một hai ba bốn "năm"'),
    "too short": ("một hai một hai", None),
    "a sentence that goes on": ("một hai ba bốn một hai ba bốn năm", None),
}


@pytest.mark.parametrize(("key", "headline"), DOUBLED.values(), ids=DOUBLED)
def test_doubled_headlines(key: str, headline: str | None) -> None:
    assert find_doubled_headline(key) == headline


def test_slug_is_the_headline_as_in_an_address() -> None:
    assert to_slug("đoàn đi: “huế – vinh” 2024") == "doan di hue vinh 2024"


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
    assert [kind for kind, _ in _sections(article)] == ["boilerplate", "body"]
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
    given = {"published": dt.date(2020, 1, 2), "url": "https://example.org/cho", "title": "Tên cho"}
    own = {"text": "Một câu.", "published": "3/4/2021", "url": "https://example.org/co", "title": "Tên có", "id": 7}
    article = read_record(own, id="x", **given)
    assert (article.id, article.title, article.published_on) == ("7", "Tên có", dt.date(2021, 4, 3))
    bare = read_record({"text": "Một câu.", "title": None, "published": " "}, id="x", **given)
    assert (bare.id, bare.title, bare.published_on, bare.url) == ("x", "Tên cho", dt.date(2020, 1, 2), given["url"])
    assert _read_text(SAVED_PAGE).published_on == dt.date(2024, 3, 12)


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
        f"{tmp_path}/c.docx: unknown kind of file: it must end in .txt, .md, .html, .htm or .jsonl",
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


LINES = st.sampled_from([line for line in (SAVED_PAGE + PLAIN_TEXT + FRONT_MATTER).split("\n") if line])
PAGES = st.lists(st.one_of(LINES, st.just(""), st.text(max_size=20)), max_size=40).map("\n".join)


@given(st.one_of(PAGES, st.text()))
@settings(max_examples=300)
def test_sections_are_in_order_and_cover_all_that_is_visible(text: str) -> None:
    for media_type in ("text/plain", "text/markdown"):
        try:
            article = read_bytes(text.encode("utf-8", "replace"), media_type, id="any")
        except ReadError:
            continue
        position = 0
        for section in article.sections:
            assert section.start < section.end
            assert not article.text[position : section.start].strip()
            position = section.end
        assert not article.text[position:].strip()


@given(data=st.one_of(st.binary(), PAGES.map(str.encode)), media_type=st.sampled_from(sorted(MEDIA_TYPES)))
@settings(deadline=None)
def test_any_bytes_give_an_article_or_a_reason(data: bytes, media_type: str) -> None:
    for mark in (b"", b"---\n", b"<html><p>", codecs.BOM_UTF16_LE):
        try:
            assert read_bytes(mark + data, media_type, id="any").text.strip()
        except ReadError as error:
            assert error.reason


SEED_PARTS: dict[str, tuple[str, str, SectionKind]] = {
    "lead": ("seed-000", "Việt Nam và Azerbaijan có quan hệ", "body"),
    "box below the lead": ("seed-000", "Việt Nam - Uzbekistan tăng", "teaser"),
    "its lead": ("seed-000", "(17/1/1992 – 17/1/2022)", "teaser"),
    "box cut at a quotation mark": ("seed-000", "(24/6/1967-24/6/2022)", "teaser"),
    "caption": ("seed-000", "kỷ niệm 99 năm ngày sinh", "caption"),
    "box at the end": ("seed-000", "Thắt chặt quan hệ hữu nghị đặc biệt", "teaser"),
    "author": ("seed-000", "Vũ Khánh", "boilerplate"),
    "list": ("seed-000", "Ngày 26/01", "teaser"),
    "second list": ("seed-000", "(18/1/1950 – 18/1/2026)", "teaser"),
    "foot": ("seed-000", "Phiên bản di động", "boilerplate"),
    "bare headline below the lead": ("seed-001", "Chìa khóa hợp tác", "teaser"),
    "second bare headline": ("seed-001", "những ký ức không quên", "teaser"),
    "story": ("seed-001", "Ngày 24/1/1992", "body"),
    "doubled caption": ("seed-001", "Một tiết mục văn nghệ", "caption"),
    "waiting": ("seed-001", "Xin chờ", "boilerplate"),
    "video": ("seed-001", "[Video] Petr", "boilerplate"),
}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared corpus is not beside the checkout")
@pytest.mark.parametrize(("name", "words", "kind"), SEED_PARTS.values(), ids=SEED_PARTS)
def test_parts_of_the_seeds(name: str, words: str, kind: SectionKind) -> None:
    (article,) = read_path(SEEDS / f"{name}.txt")
    assert isinstance(article, Article)
    assert article.id == name
    assert article.published_on == {"seed-000": dt.date(2022, 5, 13), "seed-001": dt.date(2024, 8, 8)}[name]
    assert _kind_of(article, words) == kind
