"""People in sentences and in articles: names, roles, ranks and the states they serve."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.folding import fold
from extractors.name_tables import dictionary, is_syllable, load_words
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
    "Iran": "IR",
    "Ukraine": "UA",
    "Nhật": "JP",
    "Lào": "LA",
    "Bồ Đào Nha": "PT",
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
        pytest.param(
            "Hội đàm kết thúc. Ảnh: Nhật Minh",
            "Nhật Minh",
            None,
            "other",
            None,
            id="a state's name in a photographer's",
        ),
        pytest.param(
            "Tổng thống Karim al - Hadad đến.",
            "Karim al - Hadad",
            "Tổng thống",
            "head-of-state",
            None,
            id="al, spaced dash",
        ),
        pytest.param(
            "Ngoại trưởng Samir al-Nouri đến.",
            "Samir al-Nouri",
            "Ngoại trưởng",
            "minister",
            None,
            id="al, joined by a dash",
        ),
        pytest.param(
            "Thủ tướng Jean - Luc Moreau đến.",
            "Jean - Luc Moreau",
            "Thủ tướng",
            "head-of-government",
            None,
            id="two given names, spaced dash",
        ),
        pytest.param(
            "Chủ tịch Hanna von der Heide đến.",
            "Hanna von der Heide",
            "Chủ tịch",
            "head-of-state",
            None,
            id="two particles",
        ),
        pytest.param(
            "gặp người tiền nhiệm Robert Marlow", "Robert Marlow", "người tiền nhiệm", "other", None, id="predecessor"
        ),
        pytest.param(
            "Thị trưởng thành phố Braga (Bồ Đào Nha) Paulo Mendes phát biểu.",
            "Paulo Mendes",
            "Thị trưởng thành phố Braga (Bồ Đào Nha)",
            "other",
            "PT",
            id="the state in brackets between place and name",
        ),
        pytest.param(
            "cựu tổng thống Ukraine thân Nga Petro Savchuk",
            "Petro Savchuk",
            "cựu tổng thống Ukraine thân Nga",
            "head-of-state",
            "UA",
            id="friendly to another state",
        ),
        pytest.param(
            "Tổng thống Iran, Reza Karimi, tuyên bố",
            "Reza Karimi",
            "Tổng thống Iran",
            "head-of-state",
            "IR",
            id="apposition",
        ),
        pytest.param(
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ Trần Văn Sơn dự họp.",
            "Trần Văn Sơn",
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
            "minister",
            "VN",
            id="a name after a whole organisation's",
        ),
        pytest.param(
            "Bí thư Thành ủy TP HCM Trần Văn Sơn tiếp khách",
            "Trần Văn Sơn",
            "Bí thư Thành ủy TP HCM",
            "other",
            "VN",
            id="a name after a town in short form",
        ),
        pytest.param(
            "Tổng Bí thư BCH TW Đảng CS Pháp Marc Delorme đến",
            "Marc Delorme",
            "Tổng Bí thư BCH TW Đảng CS Pháp",
            "party-leader",
            "FR",
            id="short forms inside a role",
        ),
        pytest.param(
            "Đại sứ Triều Tiên Chong Myong - guk nói",
            "Chong Myong - guk",
            "Đại sứ Triều Tiên",
            "ambassador",
            "KP",
            id="spaced hyphen, a family name that is not listed",
        ),
        pytest.param("Hôm nay Kim Sung-il lên đường.", "Kim Sung-il", None, "other", None, id="Korean without a title"),
        pytest.param(
            "Ngài Dana Kowal, một nhà phân tích, nhận xét",
            "Dana Kowal",
            "nhà phân tích",
            "other",
            None,
            id="an analyst",
        ),
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
        pytest.param("Đoàn khách thăm Văn Miếu Quốc Tử Giám.", id="a temple that begins like a surname"),
        pytest.param("Bộ Ngoại giao và Bộ Công an cùng dự.", id="ministries"),
        pytest.param("Ảnh: REUTERS", id="an agency's picture"),
        pytest.param("Ông đến Việt Nam dự G20.", id="a short form with a number"),
        pytest.param("Đoàn nghỉ lại ở New Haven, phóng viên cho biết.", id="a place where something happens"),
    ],
)
def test_what_is_no_person_is_left_alone(sentence: str) -> None:
    assert mentions(sentence) == ()


def test_a_quoted_clause_is_not_the_role_of_who_says_it() -> None:
    found = mentions("Theo ông Nguyễn Khắc Giang, Tổng Bí thư cần thời gian.")
    assert [(person.name, person.role) for person in found] == [("Nguyễn Khắc Giang", None)]


def test_brackets_after_a_name_are_another_spelling_of_it() -> None:
    assert [
        person.name for person in mentions("Ông Lâm Quốc Bảo (Lam Quoc Bao) và ông Vu-la-đi Pê-tơ-rốp (Vladi Petrov).")
    ] == [
        "Lâm Quốc Bảo",
        "Vu-la-đi Pê-tơ-rốp",
    ]


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
        pytest.param(
            ["Thủ tướng Belarus R.A. Marchenko đến.", "Ông Roman Marchenko cảm ơn.", "Ông Marchenko rời đi."],
            [("Roman Marchenko", "Thủ tướng Belarus", "BY")],
            id="initials, in full and alone: the fullest is kept",
        ),
        pytest.param(
            ["Nhà lãnh đạo Triều Tiên Kim Sung-il đến.", "Ông Kim Sung Il nói.", "Ông Kim Sung - il đi."],
            [("Kim Sung-il", "Nhà lãnh đạo Triều Tiên", "KP")],
            id="with and without a dash",
        ),
        pytest.param(
            ["Ông Pavel Novák đến.", "Ông Pavel Novak nói.", "Ông Novak đi."],
            [("Pavel Novák", None, None)],
            id="a foreign name with and without diacritics",
        ),
        pytest.param(
            ["Ông Nghiêm Văn Khải đến.", "Ông Khải nói."], [("Nghiêm Văn Khải", None, None)], id="the given name alone"
        ),
        pytest.param(
            ["Bà Nguyễn Thị Hoa và ông Nguyễn Văn Nam đến.", "Bà Hoa nói."],
            [("Nguyễn Thị Hoa", None, None), ("Nguyễn Văn Nam", None, None)],
            id="one family name, two people",
        ),
        pytest.param(
            ["Tổng thống Mỹ Robert Marlow đến.", "Chủ tịch Anna Marlow đón."],
            [("Robert Marlow", "Tổng thống Mỹ", "US"), ("Anna Marlow", "Chủ tịch", None)],
            id="one foreign family name, two people",
        ),
        pytest.param(
            ["Ông Giuse Nguyễn Chí Bền đến.", "Giám mục Nguyễn Chí Bền nói."],
            [("Giuse Nguyễn Chí Bền", "Giám mục", None)],
            id="with and without a baptismal name",
        ),
        pytest.param(
            ["Tỷ phú New Haven rời đi.", "Hội nghị họp ở New Haven."], [], id="a place named elsewhere is no person"
        ),
        pytest.param(["Đại sứ Lào rời Hà Nội.", "Lào cảm ơn."], [], id="a state is no person"),
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


def test_a_foreigner_is_known_by_the_title_that_stands_with_the_last_name_elsewhere() -> None:
    text, spans = article("Kế hoạch của Zorvan Thelbrecht gây tranh cãi.", "Hôm sau, ông Thelbrecht xin lỗi.")
    assert [person.name for person in people(text, spans, ())] == ["Zorvan Thelbrecht"]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Danach sprach Robert Marlow mit den Ministern und fuhr zum Bahnhof.", id="a German sentence"),
        pytest.param("Ngày hội lớn của họ (tiếng Anh: Marlow Day) được yêu thích.", id="what it is called abroad"),
        pytest.param("Toàn cảnh thủ đô nhìn từ trên cao. Ảnh: Marlow Pictures", id="a photo credit"),
    ],
)
def test_foreign_words_that_are_not_asked_about(sentence: str) -> None:
    text, spans = article(sentence)
    assert people(text, spans, ()) == ()


def test_a_signature_that_readers_take_for_furniture_is_found_after_the_last_sentence() -> None:
    text, spans = article("Hai bên hội đàm.", "Hai bên ký kết.", "Minh Yên", "", "Toàn cảnh lễ ký.")
    assert [person.name for person in people(text, [*spans[:2], spans[4]], ())] == ["Minh Yên"]


@pytest.mark.parametrize("line", ["Tin Liên Quan", "Việt Nam", "Xem thêm", "Đọc nhiều nhất hôm nay"])
def test_a_heading_is_no_signature(line: str) -> None:
    text, spans = article("Việt Nam và các nước hội đàm.", "Hai bên ký kết.", line)
    assert people(text, spans[:2], countries(text)) == ()


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


def test_the_word_list_of_underthesea_is_read_line_by_line() -> None:
    words = dictionary()
    assert len(words) > 60_000
    assert {"đại hội", "ngoại giao", "thị trường"} <= words


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
