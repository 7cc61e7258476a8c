"""Who is who across articles: tables of cases from the news, and properties that hold whatever articles say."""

import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.graph.appearances import Appearance
from app.graph.offices import load_offices
from app.graph.people import ResolvedPerson, resolve_people
from app.graph.people_names import likeness, read_spelling
from extractors.tables import TableError

Row = tuple[str, str | None, str | None, str | None]
"""Name, role, state, day of publication."""


def appearances(rows: list[Row]) -> list[Appearance]:
    return [
        Appearance(
            iri=f"https://w3id.org/banggiao/id/appearance/{number}",
            article=f"https://w3id.org/banggiao/id/article/{number:03}",
            day=dt.date.fromisoformat(day) if day else None,
            name=name,
            role=role,
            country=country,
        )
        for number, (name, role, country, day) in enumerate(rows)
    ]


def sorted_out(people: tuple[ResolvedPerson, ...]) -> list[list[int]]:
    """For every person the numbers of their rows."""
    return sorted(sorted(int(iri.rpartition("/")[2]) for iri in one.appearances) for one in people)


IMANOV = ("Anar Imanov", "Đại sứ Azerbaijan tại Việt Nam", "AZ", "2020-01-10")

ONE_OR_MORE: list[tuple[str, list[Row], list[list[int]]]] = [
    ("the same name and the same office", [IMANOV, ("Anar Imanov", "đại sứ Azerbaijan tại Hà Nội", "AZ", "2022-05-13")], [[0, 1]]),
    ("two spellings of a foreign name in one office", [("Heydar Aliev", "Tổng thống Azerbaijan", "AZ", "1994-05-09"), ("Heydar Aliyev", "Tổng thống Azerbaijan", "AZ", None)], [[0, 1]]),
    ("Aleksandr and Alexander", [("Aleksandr Lukashenko", "Tổng thống Belarus", "BY", None), ("Alexander Lukashenko", "Tổng thống Belarus", "BY", None)], [[0, 1]]),
    ("an initial", [("Alexander Lukashenko", "Tổng thống Belarus", "BY", None), ("A. Lukashenko", "Tổng thống Belarus", "BY", None)], [[0, 1]]),
    ("initials of two names", [("Roman Golovchenko", "Thủ tướng Belarus", "BY", None), ("R.A. Golovchenko", "Thủ tướng Belarus", "BY", None)], [[0, 1]]),
    ("first name and surname in either order", [("Shinzo Abe", "Thủ tướng Nhật Bản", "JP", None), ("Abe Shinzo", "Thủ tướng Nhật", "JP", None)], [[0, 1]]),
    ("a transcription by syllables", [("Vladimir Putin", "Tổng thống Nga", "RU", None), ("Vla-đi-mia Pu-tin", "Tổng thống Nga", "RU", None)], [[0, 1]]),
    ("a hyphen more or less", [("Kim Jong-un", "nhà lãnh đạo Triều Tiên", "KP", None), ("Kim Jong - un", "Chủ tịch Triều Tiên", "KP", None), ("Kim Jong Un", "Chủ tịch Triều Tiên", "KP", None)], [[0, 1, 2]]),
    ("a bare surname of the only one in office", [("Putin", "Tổng thống Nga", "RU", None), ("Vladimir Putin", "Tổng thống Nga", "RU", None)], [[0, 1]]),
    ("a bare surname that comes first", [("Moon", "Tổng thống Hàn Quốc", "KR", None), ("Moon Jae-in", "Tổng thống Hàn Quốc", "KR", None)], [[0, 1]]),
    ("a bare surname of two in one office", [("George W. Bush", "Tổng thống Mỹ", "US", "2004-01-01"), ("George H. W. Bush", "cựu Tổng thống Mỹ", "US", "2004-01-01"), ("Bush", "Tổng thống Mỹ", "US", "2004-01-01")], [[0], [1], [2]]),
    ("a middle name left out, where one has it", [("George W. Bush", "Tổng thống Mỹ", "US", None), ("George Bush", "Tổng thống Mỹ", "US", None), ("Bush", "Tổng thống Mỹ", "US", None)], [[0, 1, 2]]),
    ("a bare surname in another office", [("Clinton", "Ngoại trưởng Mỹ", "US", None), ("Bill Clinton", "Tổng thống Mỹ", "US", None)], [[0], [1]]),
    ("brothers", [("Fidel Castro", "Chủ tịch Cuba", "CU", "2005-01-01"), ("Raul Castro", "Chủ tịch Cuba", "CU", "2010-01-01")], [[0], [1]]),
    ("tones tell people apart", [("Nguyễn Mạnh Hùng", "Bộ trưởng Bộ Thông tin và Truyền thông", "VN", None), ("Nguyễn Mạnh Hưng", "Bộ trưởng Bộ Thông tin và Truyền thông", "VN", None)], [[0], [1]]),
    ("the place of a tone and the form of Unicode do not", [("Nguyễn Thị Hoà", "Đại sứ Việt Nam tại Lào", "VN", None), ("Nguyễn Thị Hòa", "Đại sứ Việt Nam tại Lào", "VN", None), ("Nguye\u0302\u0303n Thị Hòa", "Đại sứ Việt Nam tại Lào", "VN", None)], [[0, 1, 2]]),
    ("a name printed without diacritics", [("Nguyen Phu Trong", "Tổng Bí thư", "VN", None), ("Nguyễn Phú Trọng", "Tổng Bí thư", "VN", None)], [[0, 1]]),
    ("without diacritics it could be either", [("Nguyen Manh Hung", "Bộ trưởng Y tế", "VN", None), ("Nguyễn Mạnh Hùng", "Bộ trưởng Y tế", "VN", None), ("Nguyễn Mạnh Hưng", "Bộ trưởng Y tế", "VN", None)], [[0], [1], [2]]),
    ("one name in two states", [("Nguyễn Văn An", "Đại sứ Việt Nam tại Lào", "VN", None), ("Nguyễn Văn An", "Bộ trưởng Tài chính Pháp", "FR", None)], [[0], [1]]),
    ("one name in different offices", [("Nguyễn Quốc Cường", "Thứ trưởng Bộ Ngoại giao", "VN", "2008-01-01"), ("Nguyễn Quốc Cường", "Giám đốc Bệnh viện Bạch Mai", "VN", "2009-01-01")], [[0], [1]]),
    ("two embassies", [("Nguyễn Văn An", "Đại sứ Việt Nam tại Lào", "VN", "2010-01-01"), ("Nguyễn Văn An", "Đại sứ Việt Nam tại Nhật Bản", "VN", "2010-02-01")], [[0], [1]]),
    ("one article says both offices", [("Nguyễn Quốc Cường", "Nguyên thứ trưởng Bộ Ngoại giao, đại sứ Việt Nam tại Hoa Kỳ", "VN", None), ("Nguyễn Quốc Cường", "Thứ trưởng Bộ Ngoại giao", "VN", "2008-01-01"), ("Nguyễn Quốc Cường", "Đại sứ Việt Nam tại Hoa Kỳ", "VN", "2012-01-01")], [[0, 1, 2]]),
    ("a career in national leadership", [("Tô Lâm", "Bộ trưởng Công an", "VN", "2020-01-01"), ("Tô Lâm", "Chủ tịch nước", "VN", "2024-06-01"), ("Tô Lâm", "Tổng Bí thư", "VN", "2024-09-01")], [[0, 1, 2]]),
    ("a former office says nothing of its time", [("Phạm Bình Minh", "Phó Thủ tướng", "VN", "2021-01-01"), ("Phạm Bình Minh", "nguyên Bộ trưởng Ngoại giao", "VN", "2022-01-01"), ("Phạm Bình Minh", "Bộ trưởng Ngoại giao", "VN", "2019-01-01")], [[0, 1, 2]]),
    ("offices that interleave are two people's", [("Nguyễn Văn An", "Bộ trưởng Công an", "VN", "2020-01-01"), ("Nguyễn Văn An", "Bộ trưởng Y tế", "VN", "2020-02-01"), ("Nguyễn Văn An", "Bộ trưởng Công an", "VN", "2020-03-01")], [[0, 2], [1]]),
    ("interleaved, unless one article says both", [("Phạm Bình Minh", "Phó thủ tướng", "VN", "2016-01-01"), ("Phạm Bình Minh", "Bộ trưởng Ngoại giao", "VN", "2016-02-01"), ("Phạm Bình Minh", "Phó thủ tướng", "VN", "2016-03-01"), ("Phạm Bình Minh", "Phó thủ tướng, Bộ trưởng Ngoại giao", "VN", None)], [[0, 1, 2, 3]]),
    ("offices too far apart", [("Nguyễn Văn An", "Bộ trưởng Công an", "VN", "1980-01-01"), ("Nguyễn Văn An", "Chủ tịch nước", "VN", "2016-01-01")], [[0], [1]]),
    ("offices of unknown time", [("Nguyễn Văn An", "Bộ trưởng Công an", "VN", None), ("Nguyễn Văn An", "Chủ tịch nước", "VN", None)], [[0], [1]]),
    ("succession is of leadership only", [("Nguyễn Văn An", "Đại sứ Việt Nam tại Lào", "VN", "2010-01-01"), ("Nguyễn Văn An", "Bộ trưởng Y tế", "VN", "2014-01-01")], [[0], [1]]),
    ("no office, and one of the name", [("Heydar Aliyev", None, "AZ", None), ("Heydar Aliyev", "Tổng thống Azerbaijan", "AZ", None)], [[0, 1]]),
    ("no office, and two of the name", [("Nguyễn Văn An", None, "VN", None), ("Nguyễn Văn An", "Đại sứ Việt Nam tại Lào", "VN", None), ("Nguyễn Văn An", "Đại sứ Việt Nam tại Pháp", "VN", None)], [[0], [1], [2]]),
    ("an ambassador without a host, and one of the name", [("Anar Imanov", "đại sứ Azerbaijan", "AZ", None), IMANOV], [[0, 1]]),
    ("a minister of another field", [("Nguyễn Văn An", "Bộ trưởng", "VN", None), ("Nguyễn Văn An", "Bộ trưởng Y tế", "VN", "2020-01-01")], [[0, 1]]),
    ("foreign minister in two words", [("Sergey Lavrov", "Ngoại trưởng Nga", "RU", None), ("Sergei Lavrov", "Bộ trưởng Bộ Ngoại giao Nga", "RU", None)], [[0, 1]]),
    ("former and in office", [("Barack Obama", "Tổng thống Mỹ", "US", "2014-01-01"), ("Barack Obama", "cựu tổng thống Mỹ", "US", "2019-01-01")], [[0, 1]]),
    ("no state, and one of the name in that office", [("Donald Trump", "Tổng thống", None, None), ("Donald Trump", "Tổng thống Mỹ", "US", None)], [[0, 1]]),
    ("no state, and two of the name in that office", [("Nguyễn Văn An", "Đại sứ", None, None), ("Nguyễn Văn An", "Đại sứ", "VN", None), ("Nguyễn Văn An", "Đại sứ Pháp", "FR", None)], [[0], [1], [2]]),
    ("neither state nor office", [("Nguyễn Văn An", "nhà báo", None, None), ("Nguyễn Văn An", "Đại sứ Việt Nam tại Lào", "VN", None)], [[0], [1]]),
    ("father and son", [("Donald Trump", "Tổng thống Mỹ", "US", None), ("Donald Trump Jr", None, "US", None)], [[0], [1]]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in ONE_OR_MORE])
def test_who_is_one(rows: list[Row], wanted: list[list[int]]) -> None:
    found = resolve_people(appearances(rows))
    assert sorted_out(found) == wanted
    for seed in range(5):
        shuffled = appearances(rows)
        random.Random(seed).shuffle(shuffled)  # an order, not a secret
        assert resolve_people(shuffled) == found


TWO_OF_ONE_NAME: list[Row] = [
    ("Nguyễn Văn An", "Đại sứ Việt Nam tại Lào", "VN", "2010-01-01"),
    ("Nguyễn Văn An", "Đại sứ Việt Nam tại Pháp", "VN", "2012-01-01"),
]


def test_keys_are_names_and_offices_only_where_a_name_is_shared() -> None:
    alone, both = resolve_people(appearances(TWO_OF_ONE_NAME[:1])), resolve_people(appearances(TWO_OF_ONE_NAME))
    assert [(one.key, one.other_keys) for one in alone] == [("nguyen-van-an-VN", ())]
    assert [(one.key, one.other_keys) for one in both] == [
        ("nguyen-van-an-VN", ("nguyen-van-an-VN.ambassador-LA",)),
        ("nguyen-van-an-VN.ambassador-FR", ()),
    ]


def test_a_key_leads_on_to_the_fuller_name() -> None:
    rows: list[Row] = [
        ("Putin", "Tổng thống Nga", "RU", "2001-01-01"),
        ("Vladimir Putin", "Tổng thống Nga", "RU", None),
    ]
    assert [one.key for one in resolve_people(appearances(rows[:1]))] == ["putin-RU"]
    (person,) = resolve_people(appearances(rows))
    assert (person.key, person.other_keys, person.names) == (
        "vladimir-putin-RU",
        ("putin-RU",),
        ("Vladimir Putin", "Putin"),
    )


@pytest.mark.parametrize(
    ("merge", "wanted"),
    [
        pytest.param(("nguyen-van-an-VN", "nguyen-van-an-VN.ambassador-FR"), [[0, 1]], id="two keys"),
        pytest.param(("nguyen-van-an-VN.ambassador-FR", "nguyen-van-an-VN.ambassador-LA"), [[0, 1]], id="another key"),
        pytest.param(
            ("https://w3id.org/banggiao/id/appearance/0", "https://w3id.org/banggiao/id/appearance/1"), [[0, 1]], id="appearances"
        ),
        pytest.param(("nguyen-van-an-VN", "nguyen-van-an-VN.minister-y-te"), [[0], [1]], id="somebody who is not here"),
        pytest.param(("nguyen-van-an-VN", "nguyen-van-an-VN"), [[0], [1]], id="one person twice"),
    ],
)  # fmt: skip
def test_a_curator_calls_two_people_one(merge: tuple[str, str], wanted: list[list[int]]) -> None:
    found = resolve_people(appearances(TWO_OF_ONE_NAME), [merge])
    assert sorted_out(found) == wanted
    assert found == resolve_people(reversed(appearances(TWO_OF_ONE_NAME)), [(merge[1], merge[0])])
    if len(found) == 1:
        assert (found[0].key, found[0].other_keys) == (
            "nguyen-van-an-VN",
            ("nguyen-van-an-VN.ambassador-FR", "nguyen-van-an-VN.ambassador-LA"),
        )


def test_offices_keep_the_days_on_which_they_are_held() -> None:
    rows: list[Row] = [
        ("Barack Obama", "Tổng thống Mỹ", "US", "2014-01-01"),
        ("Obama", "Tổng thống Mỹ", "US", "2015-01-01"),
        ("Barack Obama", "cựu tổng thống Mỹ", "US", "2019-01-01"),
        ("Barack Obama", "Tổng thống Mỹ đắc cử", "US", "2008-12-01"),
        ("Barack Obama", "tổng thống Mỹ", "US", None),
    ]
    (person,) = resolve_people(appearances(rows))
    (tenure,) = person.tenures
    assert (tenure.office.kind, tenure.country, tenure.role) == ("head-of-state", "US", "Tổng thống Mỹ")
    assert tenure.days == (dt.date(2014, 1, 1), dt.date(2015, 1, 1))
    assert len(tenure.appearances) == 5


ALIKE = [
    ("Bashar Assad", "Bashar Al Assad", "shorter"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "same"),
    ("Lu-ca-sen-cô", "Aleksandr Lukashenko", "shorter"),
    ("Elizabeth", "Elizabeth II", "shorter"),
    ("V. Putin", "Vladimir Putin", "shorter"),
    ("I. Putin", "Vladimir Putin", None),
    ("Hassan Rouhani", "Hussein Rouhani", None),
    ("Fidel Castro", "Raul Castro", None),
    ("Donald Trump", "Donald Trump Jr", None),
    ("George W. Bush", "George H. W. Bush", None),
    ("Nguyễn Xuân Phúc", "Nguyễn Xuân Phục", None),
    ("Phúc", "Nguyễn Xuân Phúc", "shorter"),
    ("Tập Cận Bình", "Xi Jinping", None),
]


@pytest.mark.parametrize(
    ("one", "other", "wanted"), [pytest.param(*case, id=f"{case[0]}, {case[1]}") for case in ALIKE]
)
def test_when_two_spellings_can_be_one_name(one: str, other: str, wanted: str | None) -> None:
    turned = {"shorter": "longer", "longer": "shorter"}
    assert likeness(read_spelling(one), read_spelling(other)) == wanted
    assert likeness(read_spelling(other), read_spelling(one)) == turned.get(wanted or "", wanted)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_looks_the_same_from_both_sides(one: str, other: str) -> None:
    there, back = likeness(read_spelling(one), read_spelling(other)), likeness(read_spelling(other), read_spelling(one))
    assert (there is None) == (back is None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("vua,king,,here", r"offices\.csv:2: «king» is no office", id="an office that there is not"),
        pytest.param(
            "vua,leader,,there", r"offices\.csv:2: source «there» is not in", id="a source that is not listed"
        ),
        pytest.param("vua,leader,,", r"offices\.csv:2: has no source", id="no source"),
    ],
)
def test_a_table_of_offices_that_is_unsound_is_refused(tmp_path: Path, row: str, reason: str) -> None:
    sources = "id,url,publisher,title,retrieved\nhere,https://example.org/a,Báo A,Tin,2026-11-22\n"
    (tmp_path / "sources.csv").write_text(sources, encoding="utf-8")
    (tmp_path / "offices.csv").write_text(f"phrase,means,field,sources\n{row}\n", encoding="utf-8")
    with pytest.raises(TableError, match=reason):
        load_offices(tmp_path)


NAMES = (
    "Vladimir Putin", "Putin", "V. Putin", "Vla-đi-mia Pu-tin", "Igor Putin", "George Bush", "George W. Bush",
    "Nguyễn Văn An", "Nguyen Van An", "Nguyễn Văn Ấn", "Abe Shinzo", "Shinzo Abe", "Abe", "???",
)  # fmt: skip
ROLES = (
    None, "Tổng thống", "cựu Tổng thống", "Bộ trưởng Y tế", "Bộ trưởng Công an", "Bộ trưởng", "Đại sứ tại Việt Nam",
    "Đại sứ", "lãnh đạo", "Chủ tịch nước", "Phó thủ tướng, Bộ trưởng Ngoại giao", "Giám đốc Bệnh viện", "nhà báo",
)  # fmt: skip
any_rows = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(ROLES),
        st.sampled_from(("RU", "VN", None)),
        st.sampled_from(("2001-01-01", "2005-06-30", "2005-07-01", "2019-12-31", None)),
    ),
    max_size=14,
)


@given(any_rows, st.randoms(use_true_random=False))
def test_the_order_of_appearances_does_not_matter(rows: list[Row], chance: random.Random) -> None:
    given_rows = appearances(rows)
    shuffled = list(given_rows)
    chance.shuffle(shuffled)
    assert resolve_people(shuffled) == resolve_people(given_rows)


@given(any_rows)
def test_every_appearance_is_one_persons_and_every_key_leads_to_one(rows: list[Row]) -> None:
    found = resolve_people(appearances(rows))
    seen = [iri for one in found for iri in one.appearances]
    assert sorted(seen) == sorted(one.iri for one in appearances(rows))
    keys = [key for one in found for key in (one.key, *one.other_keys)]
    assert len(keys) == len(set(keys))


@given(any_rows, any_rows)
def test_a_key_still_leads_somewhere_when_more_is_known(rows: list[Row], more: list[Row]) -> None:
    # numbered are those of one name and one office whom tones or states alone tell apart: those may change places
    before = {one.key for one in resolve_people(appearances(rows)) if not one.key.rpartition(".")[2].isdigit()}
    after = {key for one in resolve_people(appearances([*rows, *more])) for key in (one.key, *one.other_keys)}
    assert before <= after
