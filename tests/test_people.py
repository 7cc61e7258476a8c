"""People in sentences and in articles: names, roles, ranks and the states they serve."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.folding import fold
from extractors.name_tables import is_syllable, load_words
from extractors.people import find_person_mentions, people, role_mentions
from extractors.records import CountryMention, PersonMention
from extractors.tables import TableError

STATES = {
    "Azerbaijan": "AZ",
    "Belarus": "BY",
    "Việt Nam": "VN",
    "Mỹ": "US",
    "Trung Quốc": "CN",
    "Hàn Quốc": "KR",
    "Pháp": "FR",
    "Nga": "RU",
    "Bỉ": "BE",
    "Cuba": "CU",
    "Triều Tiên": "KP",
    "Đài Loan": "TW",
    "Thái": "TH",
    "Anh": "GB",
    "Singapore": "SG",
    "Cộng hòa Belarus": "BY",
}


def countries(text: str) -> tuple[CountryMention, ...]:
    """Every state of the table above that stands in the text, the longest name first: no gazetteer is needed here."""
    found: dict[int, CountryMention] = {}
    taken: set[int] = set()
    for name in sorted(STATES, key=len, reverse=True):
        start = text.find(name)
        while start >= 0:
            if not taken.intersection(range(start, start + len(name))):
                found[start] = CountryMention(start, start + len(name), STATES[name], "label")
                taken.update(range(start, start + len(name)))
            start = text.find(name, start + 1)
    return tuple(found[start] for start in sorted(found))


def mentions(sentence: str) -> tuple[PersonMention, ...]:
    text = fold(sentence).text
    return find_person_mentions(text, 0, len(text), countries(text))


@pytest.mark.parametrize(
    ("sentence", "name", "role", "rank", "country"),
    [
        pytest.param(
            "Thủ tướng Belarus R.A. Golovchenko đến Hà Nội.",
            "R.A. Golovchenko",
            "Thủ tướng Belarus",
            "head-of-government",
            "BY",
            id="initials after a state",
        ),
        pytest.param(
            "Nhớ Chủ tịch Hồ Chí Minh.", "Hồ Chí Minh", "Chủ tịch", "head-of-state", "VN", id="chairman, no state named"
        ),
        pytest.param(
            "Tổng thống Mỹ Donald Trump phát biểu.",
            "Donald Trump",
            "Tổng thống Mỹ",
            "head-of-state",
            "US",
            id="president, state, name",
        ),
        pytest.param(
            "cố Tổng thống Heydar Aliev",
            "Heydar Aliev",
            "cố Tổng thống",
            "head-of-state",
            None,
            id="the late president",
        ),
        pytest.param(
            "Chủ tịch Trung Quốc Tập Cận Bình",
            "Tập Cận Bình",
            "Chủ tịch Trung Quốc",
            "head-of-state",
            "CN",
            id="Sino-Vietnamese name",
        ),
        pytest.param(
            "Tổng Bí thư, Chủ tịch nước Tô Lâm lên đường.",
            "Tô Lâm",
            "Tổng Bí thư, Chủ tịch nước",
            "head-of-state",
            "VN",
            id="two offices, the higher rank counts",
        ),
        pytest.param(
            "Ngoại trưởng Mike Pompeo", "Mike Pompeo", "Ngoại trưởng", "minister", None, id="minister without state"
        ),
        pytest.param(
            "Phó thủ tướng, Bộ trưởng Ngoại giao Phạm Bình Minh",
            "Phạm Bình Minh",
            "Phó thủ tướng, Bộ trưởng Ngoại giao",
            "head-of-government",
            "VN",
            id="deputy head of government",
        ),
        pytest.param(
            "ông Nghiêm Vũ Khải, Chủ tịch Hội hữu nghị Việt Nam - Azerbaijan nhiệm kỳ 2015-2021, nói",
            "Nghiêm Vũ Khải",
            "Chủ tịch Hội hữu nghị Việt Nam - Azerbaijan nhiệm kỳ 2015-2021",
            "other",
            "VN",
            id="role after the name",
        ),
        pytest.param(
            "Ngài Uladzimir Baravikou - Đại sứ đặc mệnh toàn quyền nước Cộng hòa Belarus tại Việt Nam cùng dự.",
            "Uladzimir Baravikou",
            "Đại sứ đặc mệnh toàn quyền nước Cộng hòa Belarus tại Việt Nam",
            "ambassador",
            "BY",
            id="an ambassador serves the state that sends him",
        ),
        pytest.param(
            "Đại sứ Mỹ tại Việt Nam, ngài Ted Osius, đến thăm.",
            "Ted Osius",
            "Đại sứ Mỹ tại Việt Nam",
            "ambassador",
            "US",
            id="role, comma, honorific, name",
        ),
        pytest.param(
            "Đại sứ tại Việt Nam của Nga Gennady Bezdetko",
            "Gennady Bezdetko",
            "Đại sứ tại Việt Nam của Nga",
            "ambassador",
            "RU",
            id="of outweighs at",
        ),
        pytest.param(
            "nhà lãnh đạo Triều Tiên Kim Jong-un",
            "Kim Jong-un",
            "nhà lãnh đạo Triều Tiên",
            "head-of-state",
            "KP",
            id="hyphen",
        ),
        pytest.param(
            "gặp lãnh đạo Triều Tiên Kim Jong - il",
            "Kim Jong - il",
            "lãnh đạo Triều Tiên",
            "head-of-state",
            "KP",
            id="spaced hyphen",
        ),
        pytest.param(
            "lãnh đạo Đài Loan Thái Anh Văn",
            "Thái Anh Văn",
            "lãnh đạo Đài Loan",
            "head-of-state",
            "TW",
            id="states' names as syllables",
        ),
        pytest.param(
            "Thủ tướng Anh Theresa May từ chức.",
            "Theresa May",
            "Thủ tướng Anh",
            "head-of-government",
            "GB",
            id="Anh the state",
        ),
        pytest.param("Công chúa Astrid của Bỉ", "Astrid", "Công chúa", "other", "BE", id="state after the name"),
        pytest.param(
            "Bộ trưởng Công Thương Nguyễn Hồng Diên",
            "Nguyễn Hồng Diên",
            "Bộ trưởng Công Thương",
            "minister",
            "VN",
            id="two capitals in the field of work",
        ),
        pytest.param(
            "Thủ tướng nước chủ nhà Singapore Lý Hiển Long",
            "Lý Hiển Long",
            "Thủ tướng nước chủ nhà Singapore",
            "head-of-government",
            "SG",
            id="words between role and state",
        ),
        pytest.param(
            "Chủ tịch Hội đồng Bộ trưởng Cuba Fidel Castro",
            "Fidel Castro",
            "Chủ tịch Hội đồng Bộ trưởng Cuba",
            "head-of-government",
            "CU",
            id="head of a cabinet",
        ),
        pytest.param(
            "người phát ngôn Bộ Ngoại giao Trung Quốc Cảnh Sảng",
            "Cảnh Sảng",
            "người phát ngôn Bộ Ngoại giao Trung Quốc",
            "other",
            "CN",
            id="organisation between role and name",
        ),
        pytest.param(
            "Ngoại trưởng Sheikh Mohammed bin Abdulrahman Al - Thani nói.",
            "Sheikh Mohammed bin Abdulrahman Al - Thani",
            "Ngoại trưởng",
            "minister",
            None,
            id="particles",
        ),
        pytest.param(
            "Nguyên Thủ tướng Phan Văn Khải",
            "Phan Văn Khải",
            "Nguyên Thủ tướng",
            "head-of-government",
            "VN",
            id="former",
        ),
        pytest.param(
            "Thống đốc Minnesota Tim Walz", "Tim Walz", "Thống đốc Minnesota", "other", None, id="place before the name"
        ),
        pytest.param(
            "lãnh đạo phe đối lập Juan Guaido",
            "Juan Guaido",
            "lãnh đạo phe đối lập",
            "other",
            None,
            id="the leader of a faction",
        ),
        pytest.param("Ảnh: Đinh Hòa", "Đinh Hòa", None, "other", None, id="photographer"),
    ],
)
def test_a_person_is_read_with_role_rank_and_state(
    sentence: str, name: str, role: str | None, rank: str, country: str | None
) -> None:
    (found,) = mentions(sentence)
    assert (found.name, found.role, found.rank, found.country) == (
        name,
        fold(role).text if role else None,
        rank,
        country,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Các quan chức Thượng Hải im lặng.", id="officials of a city"),
        pytest.param("Tổng thống Hàn Quốc thăm Việt Nam.", id="a role without a name"),
        pytest.param("Chủ tịch HĐQT ACB từ chức.", id="short forms"),
        pytest.param("Thống đốc Minnesota từ chức.", id="a place governed"),
        pytest.param("Mưa lớn trên sông Hồng và Hồ Hoàn Kiếm.", id="a lake"),
        pytest.param("Bộ Ngoại giao và Bộ Công an cùng dự.", id="ministries"),
        pytest.param("Ảnh: REUTERS", id="an agency's picture"),
    ],
)
def test_what_is_no_person_is_left_alone(sentence: str) -> None:
    assert mentions(sentence) == ()


def test_a_quoted_clause_is_not_the_role_of_who_says_it() -> None:
    found = mentions("Theo ông Nguyễn Khắc Giang, Tổng Bí thư cần thời gian.")
    assert [(person.name, person.role) for person in found] == [("Nguyễn Khắc Giang", None)]


def test_a_mention_spans_role_and_name() -> None:
    text = fold("Hôm qua Tổng thống Mỹ Joe Biden đến.").text
    (found,) = find_person_mentions(text, 0, len(text), countries(text))
    assert text[found.start : found.end] == "Tổng thống Mỹ Joe Biden"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "lễ đón Tổng thống Hàn Quốc tại Hà Nội", [("Tổng thống Hàn Quốc", "head-of-state", "KR")], id="no name"
        ),
        pytest.param(
            "Thủ tướng Pháp Édouard Philippe gặp Chủ tịch nước",
            [("Thủ tướng Pháp", "head-of-government", "FR"), ("Chủ tịch nước", "head-of-state", "VN")],
            id="with a name, and an office of Viet Nam",
        ),
        pytest.param("Bộ trưởng Quốc phòng Nga", [("Bộ trưởng Quốc phòng Nga", "minister", "RU")], id="field of work"),
        pytest.param("chuyên gia Mỹ nhận định", [], id="an occupation is no office"),
    ],
)
def test_offices_are_found_without_names(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    text = fold(sentence).text
    found = role_mentions(text, 0, len(text), countries(text))
    assert [(mention.role, mention.rank, mention.country) for mention in found] == expected


def article(*lines: str) -> tuple[str, list[tuple[int, int]]]:
    text = fold("\n".join(lines)).text
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return text, spans


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["Thủ tướng Belarus R.A. Golovchenko đến.", "Ông Golovchenko cảm ơn."],
            [("R.A. Golovchenko", "Thủ tướng Belarus", "BY")],
            id="the last name alone",
        ),
        pytest.param(
            ["Tổng thống Azerbaijan Heydar Aliyev thăm.", "Ông Heydar Aliev đã thăm.", "Ông Heydar Aliyev nói."],
            [("Heydar Aliyev", "Tổng thống Azerbaijan", "AZ")],
            id="two spellings, the commoner one is kept",
        ),
        pytest.param(
            ["Ông Nguyễn Văn Anh và ông Nguyễn Văn Ánh cùng đến."],
            [("Nguyễn Văn Anh", None, None), ("Nguyễn Văn Ánh", None, None)],
            id="Vietnamese names that differ by a tone are two people",
        ),
        pytest.param(
            ["Thủ tướng Lý Khắc Cường phát biểu.", "Thủ tướng Trung Quốc Lý Khắc Cường rời đi."],
            [("Lý Khắc Cường", "Thủ tướng Trung Quốc", "CN")],
            id="a named state outweighs one taken for granted",
        ),
        pytest.param(["Anh Phúc nói.", "Người dân vui mừng."], [], id="a given name alone is not distinctive"),
        pytest.param(["Tin mới.", "Hai bên ký kết.", "Khánh Lynh"], [("Khánh Lynh", None, None)], id="byline"),
        pytest.param(
            ["Hai bên ký kết.", "Huyền Lê (Theo SCMP)"], [("Huyền Lê", None, None)], id="byline with its source"
        ),
    ],
)
def test_one_entry_a_person(lines: list[str], expected: list[tuple[str, str | None, str | None]]) -> None:
    text, spans = article(*lines)
    found = people(text, spans, countries(text))
    assert [(person.name, person.role, person.country) for person in found] == expected


def test_foreigners_without_a_title_come_from_the_model_of_underthesea() -> None:
    text, spans = article("Năm ấy bà được gặp Jimmy Carter ở thủ đô.")
    assert [person.name for person in people(text, spans, ())] == ["Jimmy Carter"]


def test_names_are_given_as_the_article_prints_them() -> None:
    given_text = "Nhà thiết kế Lê Thanh Hoà nói."
    folded = fold(given_text)
    printed = [
        person.name
        for person in people(
            folded.text,
            [(0, len(folded.text))],
            (),
            lambda start, end: given_text[slice(*folded.original(start, end))],
        )
    ]
    assert printed == ["Lê Thanh Hoà"]


@given(st.text(alphabet="Thủ tướng Mỹ Nguyễn Văn A, - .(ông)\n", max_size=60))
def test_mentions_lie_inside_the_sentence_and_do_not_overlap(text: str) -> None:
    text = fold(text).text
    found = find_person_mentions(text, 0, len(text), countries(text))
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Nguyễn", True),
        ("Long", True),
        ("Quỳnh", True),
        ("Trump", False),
        ("Lee", False),
        ("Putin", False),
        ("Moon", False),
    ],
)
def test_a_vietnamese_syllable_is_known_by_its_spelling(word: str, expected: bool) -> None:
    assert is_syllable(fold(word).text) is expected


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("tổng thống,office,king,,viet74k", "«king» is no rank", id="unknown rank"),
        pytest.param("tổng thống,chief,other,,viet74k", "«chief» is no kind", id="unknown kind"),
        pytest.param("Tổng thống,office,other,,viet74k", "write it in lower case", id="capitals"),
        pytest.param("tổng thống,office,other,,nowhere", "not in sources.csv", id="unknown source"),
    ],
)
def test_a_faulty_row_of_the_tables_is_named(tmp_path: Path, row: str, reason: str) -> None:
    (tmp_path / "sources-names.csv").write_text(
        "id,url,publisher,title,retrieved\nviet74k,https://example.org/,a,b,2026-11-22\n", encoding="utf-8"
    )
    (tmp_path / "name-parts.csv").write_text("text,kind,sources\n", encoding="utf-8")
    (tmp_path / "organisation-heads.csv").write_text("phrase,kind,type,country,alone,nests,sources\n", encoding="utf-8")
    (tmp_path / "roles.csv").write_text(f"phrase,kind,rank,serves,sources\n{row}\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"roles\.csv:2.*" + reason.replace(".", r"\.")):
        load_words(tmp_path)
