"""States and pairs in what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spellings import CLEAN, MISSPELT, OLD

from app.name_likeness import CERTAIN, MAX_TEXT, exact_key, plain_key
from app.searching import find, find_pairs, find_states
from extractors.gazetteer import load_gazetteer

KNOWN = {plain_key(name.text) for name in load_gazetteer().names}


def likeliest(text):
    found = sorted([*find_states(text), *find_pairs(text)], key=lambda one: -one.score)
    return f"{found[0].kind}/{found[0].key}" if found else None


def certain(text):
    return [f"{one.kind}/{one.key}" for one in (*find_states(text), *find_pairs(text)) if one.score >= CERTAIN]


def test_sixty_spellings_are_thirty_and_thirty():
    assert (len(CLEAN), len(OLD) + len(MISSPELT)) == (30, 30)
    assert [text for text, _ in MISSPELT if plain_key(text) in KNOWN and exact_key(text) != plain_key(text)] == [
        "Nhật Bãn",  # wrong in its tone mark only
        "Viêt Nam",
    ]


@pytest.mark.parametrize(("text", "thing"), [*CLEAN, *OLD, *MISSPELT])
def test_a_spelling_finds_its_thing_first(text, thing):
    assert likeliest(text) == thing
    assert set(certain(text)) <= {thing}


@pytest.mark.parametrize(("text", "thing"), CLEAN)
def test_a_clean_spelling_is_certain(text, thing):
    assert certain(text) == [thing]


@pytest.mark.parametrize(("text", "thing"), MISSPELT)
def test_a_misspelt_one_is_never_certain(text, thing):
    assert certain(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Congo", id="either of two states"),
        pytest.param("my", id="«Mỹ», or the code of Malaysia"),
        pytest.param("Trung", id="a clipped name alone"),
        pytest.param("Baku", id="a capital"),
        pytest.param("Việt Nam - Lào - Campuchia", id="three states"),
        pytest.param("Việt Nam - Việt Nam", id="one state twice"),
        pytest.param("Nguyễn Văn An", id="a person"),
        pytest.param("quan hệ Việt Nam - Azerbaijan", id="a pair among other words"),
        pytest.param("", id="nothing"),
        pytest.param("  \u202e\u2066 ", id="bidi controls"),
        pytest.param("?!…", id="signs"),
        pytest.param("Việt Nam " * 1_200, id="10,000 characters"),
    ],
)
def test_what_may_mean_several_things_or_none_is_not_certain(text):
    assert [one for one in certain(text) if one != "country/US"] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("azer", ["country/AZ", "pair/AZ-VN"]),
        ("A-déc-bai-gian", ["country/AZ", "pair/AZ-VN"]),
        ("viet nam nhat ban", ["pair/JP-VN"]),
        ("azerbaijan viet", ["pair/AZ-VN"]),
        ("nhat ban azer", ["pair/AZ-JP"]),
        ("Guinea Xích Đạo", ["country/GQ", "pair/GQ-VN"]),
        ("my", ["country/US", "country/MY", "pair/US-VN"]),
        ("quan hệ Việt Nam - Azerbaijan", ["pair/AZ-VN"]),
        ("việt nam", ["country/VN"]),
        ("VIỆT NAM\u200b \u2013 LÀO", ["pair/LA-VN"]),
    ],
)
def test_the_search_box_offers(text, wanted):
    assert [f"{one.kind}/{one.key}" for one in find(text, len(wanted))] == wanted


def test_a_pair_is_labelled_with_the_readers_own_state_first():
    assert [one.label for one in find("AZ-VN", 1)] == ["Việt Nam – Azerbaijan"]
    assert [one.label for one in find("VN-JP", 1, "en")] == ["Vietnam – Japan"]


def test_no_pair_of_a_state_with_the_one_that_it_became():
    assert "VD-VN" not in [one.key for one in find("Việt Nam Cộng hòa", 20) if one.kind == "pair"]


@given(st.text(max_size=MAX_TEXT + 20), st.integers(0, 5))
def test_any_text_is_answered_in_order(text, limit):
    found = find(text, limit)
    assert len(found) <= limit
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 < one.score <= 100 for one in found)
    if len(text) > MAX_TEXT:
        assert found == ()
