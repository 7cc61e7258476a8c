"""Folding makes one form of many, and always finds the way back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.folding import fold, fold_name

VIETNAMESE = st.text(alphabet="aàáảãạăâđeêioôơuưy hHoOqQÝýuU–-.\u200b\u00a0\u0301\u0323\u0302n", max_size=60)


def bare(text):
    """Base letters only: a tone mark may move to the neighbouring letter, a blank may stand for a line's end."""
    text = " ".join(text.split())
    return "".join(
        letter for letter in unicodedata.normalize("NFD", fold_name(text)) if not unicodedata.combining(letter)
    )


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("hoà bình, Cộng hoà Séc", "hòa bình, Cộng hòa Séc", id="new place of the tone mark"),
        pytest.param("Thuỵ Điển, uỷ ban, UỶ BAN", "Thụy Điển, ủy ban, ỦY BAN", id="uy in three cases"),
        pytest.param("quý vị, hoàn toàn, khoẻ", "quý vị, hoàn toàn, khỏe", id="qu and closed syllables stay"),
        pytest.param("Việt Nam – Lào — Mỹ ‑ Nga", "Việt Nam - Lào - Mỹ - Nga", id="hyphens of every kind"),
        pytest.param("“ngoại giao”\u00a0và", '"ngoại giao" và', id="quotes and no-break spaces"),
        pytest.param("quan\u200b hệ ngo\u00adại giao", "quan hệ ngoại giao", id="invisible characters"),
        pytest.param("thiết lập  quan\u00a0 hệ", "thiết lập quan hệ", id="runs of blanks"),
        pytest.param("quan hệ\nngoại giao\r\nvới Lào", "quan hệ ngoại giao với Lào", id="lines broken in mid-sentence"),
        pytest.param("Tiêu đề\r\n\r\nNgày 5/9", "Tiêu đề\n\nNgày 5/9", id="paragraphs stay apart"),
        pytest.param(unicodedata.normalize("NFD", "Đại sứ quán Thuỵ Sĩ"), "Đại sứ quán Thụy Sĩ", id="decomposed"),
    ],
)
def test_variants_become_one_form(text, folded):
    assert fold_name(text) == folded


@given(st.one_of(st.text(max_size=80), VIETNAMESE))
def test_offsets_lead_back_into_the_original(text):
    folded = fold(text)
    for start in range(len(folded.text)):
        for end in (start + 1, min(start + 3, len(folded.text))):
            first, last = folded.original(start, end)
            assert 0 <= first < last <= len(text)
            assert bare(folded.text[start:end]) in bare(text[first:last])


@given(st.sampled_from(["Hoà bình ở Thuỵ Điển", "Ngày 5/9/1962, Việt – Lào", "Tổng thống Ấn Độ"]), st.integers(0, 20))
def test_decomposed_text_gives_the_same_spans(text, start):
    decomposed = unicodedata.normalize("NFD", text)
    plain, folded = fold(text), fold(decomposed)
    assert plain.text == folded.text
    start = min(start, len(text) - 3)
    first, last = folded.original(start, start + 3)
    assert unicodedata.normalize("NFC", decomposed[first:last]) == text[start : start + 3]


@given(VIETNAMESE)
def test_folding_twice_changes_nothing(text):
    assert fold_name(fold_name(text)) == fold_name(text)


@given(VIETNAMESE, st.integers(0, 60))
def test_folded_offset_is_the_inverse(text, offset):
    folded = fold(text)
    for place in range(len(folded.text)):
        first, _ = folded.original(place, place + 1)
        assert folded.folded_offset(first) == place
