"""Sections of saved pages and plain text. All sample texts are our own."""

import datetime as dt
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.readers import ReadError, read_bytes, read_path
from extractors.readers.lines import find_doubled_headline, to_slug
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
def test_saved_page_in_any_encoding_of_its_letters_and_lines(form: Literal["NFC", "NFD"], line_end: str) -> None:
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


LINES = st.sampled_from([line for line in (SAVED_PAGE + PLAIN_TEXT).split("\n") if line])
PAGES = st.lists(st.one_of(LINES, st.just(""), st.text(max_size=20)), max_size=40).map("\n".join)


@given(text=st.one_of(PAGES, st.text()), front=st.sampled_from(["", "---\ntitle: Tên\n---\n"]))
@settings(max_examples=300)
def test_sections_are_in_order_and_cover_all_that_is_visible(text: str, front: str) -> None:
    data = (front + text).encode("utf-8", "replace")
    try:
        article = read_bytes(data, "text/markdown" if front else "text/plain", id="any")
    except ReadError:
        return
    position = 0
    for section in article.sections:
        assert section.start < section.end
        assert not article.text[position : section.start].strip()
        position = section.end
    assert not article.text[position:].strip()


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
