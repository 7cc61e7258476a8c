"""Organisations in sentences and in articles."""

import pytest
from test_people import article, countries

from extractors.folding import fold
from extractors.organisations import find_organisations, is_short_for, organisations
from extractors.records import CountryMention


def found(sentence: str) -> list[str]:
    text = fold(sentence).text
    return [mention.name for mention in find_organisations(text, 0, len(text), countries(text))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Hội hữu nghị Việt Nam - Belarus tổ chức gặp mặt.",
            ["Hội hữu nghị Việt Nam - Belarus"],
            id="a pair of states",
        ),
        pytest.param(
            "ông là Chủ tịch Liên hiệp các tổ chức hữu nghị Việt Nam.",
            ["Liên hiệp các tổ chức hữu nghị Việt Nam"],
            id="words in lower case that belong",
        ),
        pytest.param("Đại sứ quán Mỹ tại Việt Nam cho biết", ["Đại sứ quán Mỹ tại Việt Nam"], id="embassy at its post"),
        pytest.param("Bộ Ngoại giao khẳng định", ["Bộ Ngoại giao"], id="ministry"),
        pytest.param(
            "Bộ Nông nghiệp và Phát triển nông thôn báo cáo",
            ["Bộ Nông nghiệp và Phát triển nông thôn"],
            id="two fields of work",
        ),
        pytest.param(
            "Bộ Lao động - Thương binh và Xã hội họp.", ["Bộ Lao động - Thương binh và Xã hội"], id="dash and list"
        ),
        pytest.param("Bộ Quốc phòng và Bộ Công an", ["Bộ Quốc phòng", "Bộ Công an"], id="two ministries are not one"),
        pytest.param(
            "Ủy viên Bộ Chính trị Đảng Cộng sản Cuba",
            ["Bộ Chính trị Đảng Cộng sản Cuba", "Đảng Cộng sản Cuba"],
            id="a party inside a longer name",
        ),
        pytest.param(
            "thông qua Cơ quan phát triển quốc tế (USAID) hỗ trợ",
            ["Cơ quan phát triển quốc tế (USAID)"],
            id="the short form is a part of it",
        ),
        pytest.param(
            "nói tại Diễn đàn hợp tác kinh tế châu Á - Thái Bình Dương (APEC)",
            ["Diễn đàn hợp tác kinh tế châu Á - Thái Bình Dương (APEC)"],
            id="regions",
        ),
        pytest.param(
            "bà Hoa, Chủ tịch UBND tỉnh Quảng Nam Lê Trí Thanh",
            ["UBND tỉnh Quảng Nam"],
            id="a person's name is no part",
        ),
        pytest.param(
            "người phát ngôn Bộ Ngoại giao Trung Quốc Cảnh Sảng", ["Bộ Ngoại giao Trung Quốc"], id="the state ends it"
        ),
        pytest.param("theo hãng tin Reuters và tờ Hurriyet", ["Reuters", "Hurriyet"], id="media without their heads"),
        pytest.param(
            "Hãng hàng không Bamboo Airways bay thẳng", ["Hãng hàng không Bamboo Airways"], id="company with head"
        ),
        pytest.param("chi nhánh của Vietcombank tại Lào", ["Vietcombank"], id="by its ending"),
        pytest.param("quốc hội Mỹ thông qua", ["quốc hội Mỹ"], id="lower case, with its state"),
        pytest.param("trụ sở Trung ương Đảng", ["Trung ương Đảng"], id="the end of an ordinary word is no head"),
        pytest.param("Hai công ty Mỹ và một ngân hàng Pháp", [], id="a kind of company is no company"),
        pytest.param("Ban tổ chức cho biết trung tâm đã đóng cửa", [], id="heads alone"),
        pytest.param("Ảnh: REUTERS, Reuters", [], id="photo credit"),
        pytest.param("Trưởng ban Tổ chức Trung ương phát biểu", [], id="the rest of a role"),
    ],
)
def test_names_of_organisations(sentence: str, expected: list[str]) -> None:
    assert found(sentence) == [fold(name).text for name in expected]


@pytest.mark.parametrize(
    ("sentence", "kind", "country"),
    [
        pytest.param("Đại sứ quán Mỹ tại Việt Nam", "embassy", "US", id="an embassy is of who sends it"),
        pytest.param("Hội hữu nghị Việt Nam - Belarus", "friendship-association", "VN", id="Vietnamese association"),
        pytest.param("Bộ Ngoại giao Pháp", "ministry", "FR", id="ministry"),
        pytest.param("hãng tin KCNA", "media", "KP", id="known by name"),
        pytest.param("UNESCO", "organisation", None, id="of no state"),
    ],
)
def test_type_and_state(sentence: str, kind: str, country: str | None) -> None:
    text = fold(sentence).text
    (mention,) = find_organisations(text, 0, len(text), countries(text))
    assert (mention.type, mention.country) == (kind, country)


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        pytest.param("Đại sứ quán Mỹ", "Đại sứ quán Mỹ tại Việt Nam", True, id="without its post"),
        pytest.param("Bộ Ngoại giao", "Bộ Ngoại giao Mỹ", True, id="without its state"),
        pytest.param("USAID", "Cơ quan phát triển quốc tế (USAID)", True, id="short form"),
        pytest.param("Hội đồng Bảo an LHQ", "Hội đồng Bảo an Liên hợp quốc", True, id="short form at the end"),
        pytest.param("Bamboo Airways", "Hãng hàng không Bamboo Airways", True, id="without its head"),
        pytest.param(
            "Đảng Cộng sản Liên Xô", "Bộ Chính trị Đảng Cộng sản Liên Xô", False, id="a part is no short form"
        ),
        pytest.param("Bộ Ngoại giao Nga", "Bộ Ngoại giao Mỹ", False, id="two states"),
    ],
)
def test_short_names(short: str, full: str, expected: bool) -> None:
    assert is_short_for(fold(short).text, fold(full).text) is expected


def test_one_entry_an_organisation_under_its_fullest_name_as_printed() -> None:
    text, spans = article("Bộ Ngoại giao Mỹ lên tiếng.", "Theo Bộ Ngoại giao, Uỷ ban Kiểm tra họp.")
    assert [entry.name for entry in organisations(text, spans, countries(text))] == [
        "Bộ Ngoại giao Mỹ",
        "Ủy ban Kiểm tra",
    ]


def test_offsets_are_of_the_folded_text() -> None:
    text = fold("Sáng nay, Bộ Ngoại giao Nga thông báo.").text
    (mention,) = find_organisations(text, 0, len(text), (CountryMention(24, 27, "RU", "label"),))
    assert text[mention.start : mention.end] == "Bộ Ngoại giao Nga"
