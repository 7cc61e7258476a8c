"""What holds for every date and every text: offsets, the calendar, and dates in the style of the draft."""

import datetime as dt
import unicodedata

import pytest
from articles import article
from checking_world import findings
from hypothesis import given
from hypothesis import strategies as st

from app.checking.writing import date_part, in_figures, rewrite
from extractors.calendar_faults import find_calendar_faults
from extractors.calendar_words import weekday_name
from extractors.dates import PartialDate, of_day, parse_edtf

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
STYLES = (
    "{d}/{m}/{y}",
    "{d}-{m}-{y}",
    "{d:02}.{m:02}.{y}",
    "{d} tháng {m} năm {y}",
    "{d}/{m} năm {y}",
    "{y}-{m:02}-{d:02}",
)


@given(DAYS, st.integers(1, 7))
def test_a_weekday_is_a_fault_exactly_when_the_calendar_has_another(day, told):
    word = weekday_name(told).capitalize()
    text = f"{word}, ngày {day.day}/{day.month}/{day.year}, lễ ký diễn ra."
    faults = find_calendar_faults(article(text))
    assert len(faults) == (day.isoweekday() != told)
    for fault in faults:
        assert (fault.told, fault.true, fault.date) == (told, day.isoweekday(), of_day(day))
        assert text[slice(*fault.word)] == word


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1900, 2099))
def test_a_day_is_a_fault_exactly_when_no_calendar_has_it(day, month, year):
    text = f"Lễ ký diễn ra ngày {day}/{month}/{year} tại Hà Nội."
    try:
        dt.date(year, month, day)
    except ValueError:
        assert [text[one.start : one.end] for one in find_calendar_faults(article(text))] == [f"{day}/{month}/{year}"]
    else:
        assert find_calendar_faults(article(text)) == ()


@given(DAYS, DAYS, st.sampled_from(STYLES))
def test_a_date_is_rewritten_in_its_own_style(written, right, style):
    def in_style(day):
        return style.format(d=day.day, m=day.month, y=day.year)

    found, wanted = rewrite(in_style(written), of_day(right)), in_style(right)
    if "." in style and "0" not in (in_style(written)[0], in_style(written)[3]):
        # «12.10.2000» does not tell whether a zero would stand before a single figure
        wanted = f"{right.day}.{right.month}.{right.year}"
    assert found == wanted


@pytest.mark.parametrize(
    ("written", "right", "wanted"),
    [
        pytest.param("21/9/1978", "1973", "1973", id="less is known"),
        pytest.param("9/1978", "1973-09-21", "9/1973", id="more is known"),
        pytest.param("1978", "1973-09-21", "1973", id="a year"),
        pytest.param("Chín năm 1978", "1973-09-21", "Chín năm 1973", id="the same month in a word"),
        pytest.param("2/9", "1945-09-03", "3/9", id="a day without its year"),
        pytest.param("hôm ấy", "1945-09-03", "3/9/1945", id="no date at all"),
    ],
)
def test_dates_rewritten(written, right, wanted):
    assert rewrite(written, parse_edtf(right)) == wanted


def test_the_words_before_a_date_are_no_part_of_it():
    text = "vào ngày 21 tháng 9 năm 1978"
    assert text[slice(*date_part(text, 0, len(text)))] == "21 tháng 9 năm 1978"
    assert in_figures(PartialDate(1978, 9)) == "9/1978"


@given(
    st.text(alphabet="  \u00a0\u200b\nạáàăâ", max_size=20),
    st.sampled_from(["NFC", "NFD"]),
    st.booleans(),
)
def test_offsets_are_of_the_text_as_given(before, form, has_break):
    joint = "\n" if has_break else " "
    text = before + unicodedata.normalize(
        form, f". Ngày 21/9/1978, Việt Nam và Nhật Bản thiết lập{joint}quan hệ ngoại giao. Thứ Hai, ngày 23/9/1992."
    )
    found = findings(text)
    assert all(text[one.start : one.end] == one.quote for one in found)
    assert "21/9/1978" in [one.quote for one in found]


@given(st.text(max_size=400))
def test_no_text_breaks_the_checker(text):
    for one in findings(text or " "):
        assert text[one.start : one.end] == one.quote
