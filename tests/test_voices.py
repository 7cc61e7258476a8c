"""Who speaks: agencies behind the papers that print them, and near copies of one article, are one voice."""

from pathlib import Path

import pytest
from graph_samples import claim, fact, reference
from hypothesis import given
from hypothesis import strategies as st

from app.graph.building import update_graph
from app.graph.evidence import voice_of
from app.graph.fusion import fuse, independent_voices
from app.graph.lookups import events_of_pair
from app.graph.near_copies import copies_among, signature_of
from app.graph.store import EmbeddedStore
from extractors.credits import credited_agency, load_agencies
from extractors.records import Article, Extraction, Section
from extractors.tables import TableError

STORY = (
    "Sáng nay tại Hà Nội, hai bên đã tổ chức lễ kỷ niệm với sự tham dự của đông đảo bạn bè quốc tế và các cơ quan. "
    "Phát biểu tại buổi lễ, đại diện ban tổ chức ôn lại chặng đường hợp tác, từ những đoàn chuyên gia đầu tiên đến các "
    "dự án thương mại hiện nay, và bày tỏ mong muốn mở rộng trao đổi trong giáo dục, nông nghiệp và du lịch. "
    "Khách mời đã thưởng thức chương trình ca nhạc, xem triển lãm ảnh và dùng các món ăn truyền thống của hai nước."
)
OTHER = (
    "Chiều qua, thành phố khai trương tuyến xe buýt mới nối trung tâm với sân bay, chạy từ năm giờ sáng đến nửa đêm. "
    "Giá vé được giữ như cũ trong ba tháng đầu để người dân làm quen. Ban quản lý cho biết số chuyến sẽ tăng vào cuối "
    "tuần và dịp lễ; hành khách có thể trả tiền bằng thẻ hoặc điện thoại ngay khi lên xe, không phải xếp hàng mua vé."
)


def article(text: str, name: str = "a", publisher: str | None = None, **fields: object) -> Article:
    return Article(id=name, text=text, sections=(Section("body", 0, len(text)),), publisher=publisher, **fields)  # type: ignore[arg-type]


def signature(text: str) -> bytes:
    made = signature_of(article(text))
    assert made is not None
    return made


COPIES = [
    ("the same text", STORY, True),
    ("another headline and a paper's own first line", f"Lễ kỷ niệm tại Hà Nội\nTin của chúng tôi. {STORY}", True),
    ("its last sentence left out", STORY.rsplit(". ", 1)[0], True),
    ("capitals and line breaks", STORY.upper().replace(". ", ".\n\n"), True),
    ("another story", OTHER, False),
    ("half of it, in a longer story of its own", f"{STORY[: len(STORY) // 3]} {OTHER} {OTHER[::-1]}", False),
]


@pytest.mark.parametrize(("text", "is_copy"), [pytest.param(*case[1:], id=case[0]) for case in COPIES])
def test_near_copies_are_known_by_their_signatures(text: str, is_copy: bool) -> None:
    groups = copies_among({"a": signature(STORY), "b": signature(text)})
    assert (groups["b"] == "a") is is_copy


def test_a_short_text_has_no_signature() -> None:
    assert signature_of(article("Hai nước thiết lập quan hệ ngoại giao ngày 23/9/1992.")) is None


def test_what_stands_beside_the_article_is_no_part_of_it() -> None:
    text = f"{STORY}\n{OTHER}"
    framed = Article(
        id="a", text=text, sections=(Section("body", 0, len(STORY)), Section("teaser", len(STORY), len(text)))
    )
    assert signature_of(framed) == signature(STORY)


@given(st.lists(st.sampled_from([STORY, OTHER, STORY[:300], OTHER.upper()]), max_size=6))
def test_the_first_of_the_copies_speaks_for_all(texts: list[str]) -> None:
    groups = copies_among({f"{number}": signature(text) for number, text in enumerate(texts)})
    assert set(groups) == {f"{number}" for number in range(len(texts))}
    for name, first in groups.items():
        assert groups[first] == first <= name


CREDITS = [
    ("a dateline", "Hà Nội (TTXVN 24/9) - Hai nước kỷ niệm.", "TTXVN"),
    ("a signature in brackets", "Hai nước kỷ niệm.\n(Theo TTXVN/Vietnam+)", "TTXVN"),
    ("a line of its own", "Hai nước kỷ niệm.\nNguồn: Reuters", "Reuters"),
    ("an organ of the agency", "Hai nước kỷ niệm.\n(Vietnam+)", "TTXVN"),
    ("a picture's credit", "Hai nước kỷ niệm. (Ảnh: TTXVN)", None),
    ("a quotation", "Theo AFP, hai nước kỷ niệm. TTXVN dẫn lời đại sứ.", None),
    ("two agencies", "Hai nước kỷ niệm.\n(AFP)\n(Reuters)", None),
    ("none", "Hai nước kỷ niệm.", None),
    ("in the middle of a long text", f"{OTHER} {OTHER}\n(TTXVN)\n{OTHER} {OTHER}", None),
]


@pytest.mark.parametrize(("text", "agency"), [pytest.param(*case[1:], id=case[0]) for case in CREDITS])
def test_whose_story_it_is(text: str, agency: str | None) -> None:
    assert credited_agency(text) == agency


@pytest.mark.parametrize(
    ("publisher", "agency", "voice"),
    [
        pytest.param("VietnamPlus", None, "ttxvn", id="an organ of an agency"),
        pytest.param("Xinhua", None, "xinhua", id="an agency"),
        pytest.param("Báo Một", "TTXVN", "ttxvn", id="a paper that credits an agency"),
        pytest.param("Báo Một", None, "báo một", id="a paper of its own"),
    ],
)
def test_an_agency_speaks_through_the_papers_that_print_it(publisher: str, agency: str | None, voice: str) -> None:
    assert voice_of(publisher, None, "x", agency) == {voice}


def told(name: str, text: str, publisher: str, agency: str | None = None) -> Extraction:
    return Extraction(
        article(text, name, publisher), (claim("established", "AZ VN", "1992-09-23"),), (), (), (), agency
    )


VOICES = [
    ("two papers with stories of their own", [told("a", STORY, "Báo Một"), told("b", OTHER, "Báo Hai")], 2),
    ("one story in two papers", [told("a", STORY, "Báo Một"), told("b", f"{STORY} Hết.", "Báo Hai")], 1),
    ("one agency in two papers", [told("a", STORY, "Báo Một", "TTXVN"), told("b", OTHER, "Báo Hai", "TTXVN")], 1),
    ("a paper, and the agency's own site", [told("a", STORY, "Báo Một", "TTXVN"), told("b", OTHER, "VietnamPlus")], 1),
    ("a copy beside a story of its own", [told("a", STORY, "Một"), told("b", STORY, "Hai"), told("c", OTHER, "Ba")], 2),
]


@pytest.mark.parametrize(("articles", "voices"), [pytest.param(*case[1:], id=case[0]) for case in VOICES])
def test_independent_voices_are_counted_not_copies(articles: list[Extraction], voices: int) -> None:
    store = EmbeddedStore.in_memory()
    update_graph(store, articles, reference(fact("established-jp-vn", "established", "JP VN", "1973", "ministry")))
    (event,) = events_of_pair(store, "AZ", "VN")
    assert event.voices == voices
    assert event.status == ("confirmed" if voices > 1 else "single-source")
    assert len(event.sources) == len(articles), "a copy is a source that is shown, but no voice"


def test_no_evidence_has_no_voices() -> None:
    assert (fuse(()), independent_voices(())) == ((), {})


def test_an_agency_of_an_unknown_kind_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "lexicon"
    folder.mkdir()
    (folder / "agencies.csv").write_text("phrase,agency,kind,source\nX,X,tabloid,p\n", encoding="utf-8")
    (folder / "sources-pages.csv").write_text(
        "id,url,publisher,title,retrieved\np,https://example.org,P,T,2026-11-22\n", encoding="utf-8"
    )
    monkeypatch.setattr("extractors.credits.DATA_DIR", tmp_path)
    load_agencies.cache_clear()
    try:
        with pytest.raises(TableError, match=r"agencies\.csv:2: kind «tabloid»"):
            load_agencies()
    finally:
        load_agencies.cache_clear()
