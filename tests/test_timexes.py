"""The grammar of time expressions: every way a date is written, and the ways that look like one."""

import datetime as dt
from itertools import pairwise

import dateparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.timexes import MAX_YEAR, MIN_YEAR, recognise_timexes


def values(text):
    timexes, _ = recognise_timexes(text, 0, len(text))
    return [str(timex.value) if timex.value else (timex.kind, timex.day, timex.month, timex.years) for timex in timexes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ngày 24/6/1967", ["1967-06-24"], id="slashes"),
        pytest.param("24-6-1967", ["1967-06-24"], id="hyphens"),
        pytest.param("24.6.1967", ["1967-06-24"], id="dots"),
        pytest.param("ngày 24 tháng 6 năm 1967", ["1967-06-24"], id="words"),
        pytest.param("24 tháng 6, 1967", ["1967-06-24"], id="words with a comma"),
        pytest.param("ngày mùng 2 tháng Chín năm 1945", ["1945-09-02"], id="month in letters"),
        pytest.param("ngày 18 tháng Giêng năm 1950", ["1950-01-18"], id="tháng Giêng"),
        pytest.param("tháng 12/2023", ["2023-12"], id="month and year"),
        pytest.param("đầu tháng 11 năm 2022", ["2022-11"], id="month in words"),
        pytest.param("nâng cấp (9/2023)", ["2023-09"], id="month in brackets"),
        pytest.param("năm 1973", ["1973"], id="year"),
        pytest.param("Trung Quốc (2008), Nga (năm 2012)", ["2008", "2012"], id="years in brackets"),
        pytest.param("(23/09/1992 - 23/09/2022)", ["1992-09-23/2022-09-23"], id="event and anniversary"),
        pytest.param("(1973-2018)", ["1973/2018"], id="years of event and anniversary"),
        pytest.param("nhiệm kỳ 2015-2021", ["2015/2021"], id="term"),
        pytest.param("từ tháng 6 năm 1993 đến tháng 10 năm 2003", ["1993-06/2003-10"], id="months from to"),
        pytest.param("từ ngày 22 đến 25/11/2021", ["2021-11-22/2021-11-25"], id="days from to"),
        pytest.param("từ 8-10/9/2018", ["2018-09-08/2018-09-10"], id="days with a hyphen"),
        pytest.param("từ ngày 30/11 đến ngày 2/12/2021", ["2021-11-30/2021-12-02"], id="days over a month's end"),
        pytest.param("từ ngày 22 đến ngày 25 tháng 11 năm 2021", ["2021-11-22/2021-11-25"], id="days from to in words"),
        pytest.param("Ngày 26/01", [("yearless", 26, 1, 0)], id="day without its year"),
        pytest.param("hồi tháng 7", [("yearless", None, 7, 0)], id="month without its year"),
        pytest.param("mừng Quốc khánh 2-9", [("yearless", 2, 9, 0)], id="national day with a hyphen"),
        pytest.param("năm nay", [("relative-year", None, None, 0)], id="this year"),
        pytest.param("năm ngoái", [("relative-year", None, None, -1)], id="last year"),
        pytest.param("kỷ niệm 45 năm", [("count", None, None, 45)], id="count of years"),
        pytest.param("cách đây 67 năm", [("count", None, None, 67)], id="years ago"),
        pytest.param("45 năm trước", [("count", None, None, 45)], id="years before"),
        pytest.param("lần thứ 75", [("count", None, None, 75)], id="ordinal"),
        pytest.param("2.000 USD, tăng 12,5%, tỷ lệ 3/100, trang 1992", [], id="amounts and shares"),
        pytest.param("điện thoại 024.3845.1992", [], id="telephone number"),
        pytest.param("Nghị quyết số 68-NQ/TW", [], id="number of a resolution"),
        pytest.param("18/1/1950 và 30-1-1950", ["1950-01-18", "1950-01-30"], id="two dates"),
    ],
)
def test_reads(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("ngày 31/02/1990", "no day 31", id="31 February"),
        pytest.param("23/13/1992", "no month 13", id="month 13"),
        pytest.param("ngày 1/1/9999", "outside", id="year 9999"),
        pytest.param("30 tháng 2 năm 2020", "no day 30", id="30 February in words"),
    ],
)
def test_impossible_dates_are_faults(text, reason):
    timexes, faults = recognise_timexes(text, 0, len(text))
    assert timexes == ()
    assert len(faults) == 1
    assert reason in faults[0].reason


FORMS = ["{d}/{m}/{y}", "{d}-{m}-{y}", "{d:02}/{m:02}/{y}", "{d}.{m}.{y}", "{d} tháng {m} năm {y}"]


@given(st.dates(dt.date(MIN_YEAR, 1, 1), dt.date(MAX_YEAR, 12, 31)), st.sampled_from(FORMS))
def test_every_day_reads_in_every_form(day, form):
    text = f"Ngày {form.format(d=day.day, m=day.month, y=day.year)}, hai nước"
    assert values(text) == [day.isoformat()]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "day", [dt.date(1967, 6, 24), dt.date(1992, 1, 7), dt.date(2000, 2, 29), dt.date(1950, 12, 11)]
)
def test_the_grammar_agrees_with_dateparser(day, form):
    text = form.format(d=day.day, m=day.month, y=day.year)
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
    parsed = dateparser.parse(text, languages=["vi"], settings=settings)
    assert parsed is not None
    assert values(text) == [parsed.date().isoformat()]


@given(st.text(alphabet="0123456789/-. ngàythánămtừđến,()", max_size=60))
def test_any_text_gives_ordered_spans_inside_it(text):
    timexes, faults = recognise_timexes(text, 0, len(text))
    spans = sorted([(item.start, item.end) for item in (*timexes, *faults)])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
