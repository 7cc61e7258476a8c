"""States are found where they are meant, and only there; what a person types finds its state."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.folding import fold_name
from extractors.gazetteer import UnknownCountryError, load_gazetteer

GAZETTEER = load_gazetteer()


def codes(text):
    return [mention.code for mention in GAZETTEER.mentions(fold_name(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("quan hệ Việt Nam – Azerbaijan", ["VN", "AZ"], id="labels"),
        pytest.param("Hoa Kỳ và Cộng hoà Séc", ["US", "CZ"], id="aliases, old tone place"),
        pytest.param("quan hệ Việt - Nhật", ["VN", "JP"], id="clipped pair"),
        pytest.param("quan hệ Trung - Triều", ["CN", "KP"], id="two clipped forms"),
        pytest.param("tình hữu nghị Việt-Lào", ["VN", "LA"], id="clipped pair without spaces"),
        pytest.param("Trung ương Đảng và Trung tâm Hội nghị", [], id="Trung as an ordinary word"),
        pytest.param("Mỹ - Trung bình thường hoá quan hệ", ["US", "CN"], id="Trung before bình thường"),
        pytest.param("Washington và Havana nối lại quan hệ", ["US", "CU"], id="capitals for states"),
        pytest.param("Thủ tướng Anh thăm Pháp", ["GB", "FR"], id="Anh the country"),
        pytest.param("Anh cho biết sẽ về quê", [], id="Anh the pronoun at the head"),
        pytest.param("Anh và Pháp ký hiệp ước", ["GB", "FR"], id="Anh the country at the head"),
        pytest.param("chị Nguyễn Thị Nga sống ở Nga", ["RU"], id="Nga the given name and the country"),
        pytest.param("Tại Nga, ông gặp", ["RU"], id="after a capitalised preposition"),
        pytest.param("theo pháp luật và Pháp lệnh", [], id="pháp luật"),
        pytest.param("tỉnh Lào Cai và nước Lào", ["LA"], id="Lào Cai is no state"),
        pytest.param("Liên Xô và Nga", ["SU", "RU"], id="the Soviet Union is not Russia"),
        pytest.param("CHDC Đức, CHLB Đức", ["DD", "DE"], id="two German states"),
        pytest.param("CHDCND Triều Tiên và Hàn Quốc", ["KP", "KR"], id="both Koreas"),
        pytest.param("Mỹ công nhận chính sách Một Trung Quốc", ["US"], id="name of a policy"),
        pytest.param("Cộng hòa Bolivarian Venezuela", ["VE"], id="behind another capital, but no given name"),
        pytest.param("giữa Liên xô và Ấn độ", ["SU", "IN"], id="only the first word has its capital"),
        pytest.param("Ngoại trưởng Mỹ Antony Blinken", ["US"], id="a person's name begins as a place does"),
        pytest.param("cầu thủ quê Mỹ An", [], id="the place itself"),
        pytest.param("Cộng hòa Congo và Congo", ["CG"], id="bare Congo may be either of two states"),
        pytest.param("VIỆT NAM - CAMPUCHIA", ["VN", "KH"], id="headline in capitals"),
        pytest.param("khu vực Mỹ Latinh, Nam Mỹ và Trung Đông", [], id="regions"),
        pytest.param("Guinea-Bissau, Guinea Xích đạo, Papua New Guinea", ["GW", "GQ", "PG"], id="longest name wins"),
        pytest.param("thăm I-ta-li-a, dừng chân ở Rô-ma", ["IT", "IT"], id="hyphenated state and capital"),
        pytest.param("hội đàm tại Oa-sinh-tơn và Tô-ky-ô", ["US", "JP"], id="hyphenated capitals for states"),
        pytest.param("Ghinê, Angiêri và Palextin", ["GN", "DZ", "PS"], id="joined transcriptions"),
        pytest.param("Bun ga ri, Ca na đa", ["BG", "CA"], id="spaced transcriptions"),
        pytest.param("Ý Đại Lợi, Tân Tây Lan, Mễ Tây Cơ", ["IT", "NZ", "MX"], id="older Hán-Việt names"),
        pytest.param("Cộng hòa Nam Dương và xã Nam Dương", ["ID"], id="a state's old name is also a commune"),
        pytest.param("Xu đăng lời xin lỗi lên mạng", [], id="a girl who posts is no state"),
        pytest.param("PhnomPenh và báo PhnomPenh Post", ["KH"], id="a capital and a newspaper named after it"),
    ],
)
def test_finds(text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("VN", "VN"), ("vn", "VN"), ("Việt Nam", "VN"), ("viet nam", "VN"), ("vietnam", "VN"), ("Viet-Nam", "VN"),
        ("azerbaijan", "AZ"), ("A-déc-bai-gian", "AZ"), ("Nhật", "JP"), ("Japan", "JP"), ("Hoa Kỳ", "US"), ("hoa ky", "US"),
        ("Mỹ", "US"), ("han quoc", "KR"), ("Liên Xô", "SU"), ("Cộng hòa Séc", "CZ"), ("cong hoa sec", "CZ"),
        ("United Kingdom", "GB"), ("bờ biển ngà", "CI"), ("CHDCND Triều Tiên", "KP"), ("Thuỵ Điển", "SE"), ("Thụy Điển", "SE"),
        ("i ta li a", "IT"), ("Oa-sinh-tơn", "US"), ("phi luat tan", "PH"), ("Tân Tây Lan", "NZ"),
    ],
)  # fmt: skip
def test_resolves(name, code):
    assert GAZETTEER.resolve(name) == code
    assert GAZETTEER.resolve(unicodedata.normalize("NFD", name)) == code


@pytest.mark.parametrize(
    ("name", "near"), [("Azerbajan", "Azerbaijan"), ("Viet Nm", "Việt Nam"), ("Camphuchia", "Campuchia")]
)
def test_an_unknown_name_suggests_the_nearest(name, near):
    with pytest.raises(UnknownCountryError) as caught:
        GAZETTEER.resolve(name)
    assert near in caught.value.suggestions


@pytest.mark.parametrize("code", sorted(GAZETTEER.states))
def test_every_state_resolves_by_code_and_both_labels(code):
    assert GAZETTEER.resolve(code) == code
    assert GAZETTEER.resolve(GAZETTEER.label(code, "vi")) == code
    assert GAZETTEER.resolve(GAZETTEER.label(code, "en")) == code


def test_the_table_holds_the_states_that_the_design_names():
    members = [state for state in GAZETTEER.states.values() if state.status == "un-member"]
    assert len(members) == 193
    assert {"PS", "VA", "XK", "TW", "SU", "YU", "CS", "DD", "VD"} <= set(GAZETTEER.states)
    assert GAZETTEER.states["SU"].successors[0] == "RU"
    assert all(
        state.successors and state.valid_from and state.valid_to
        for state in GAZETTEER.states.values()
        if state.status == "historical"
    )


@given(st.text(max_size=80))
def test_any_text_gives_ordered_mentions_inside_it(text):
    mentions = GAZETTEER.mentions(text)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
    assert list(mentions) == sorted(mentions, key=lambda mention: mention.start)


@given(st.text(max_size=40))
def test_any_name_resolves_or_is_refused(name):
    try:
        assert GAZETTEER.resolve(name) in GAZETTEER.states
    except UnknownCountryError as error:
        assert name in str(error)
