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
    ("text", "expected"),
    [
        pytest.param("ngày hai mươi mốt tháng Tám năm 1945", ["1945-08-21"], id="day in letters"),
        pytest.param("ngày hai tháng chín năm 1945", ["1945-09-02"], id="all in small letters"),
        pytest.param("mùng một tháng Chín", [("yearless", 1, 9, 0)], id="mùng một"),
        pytest.param("ngày hăm lăm tháng Mười hai năm 1972", ["1972-12-25"], id="hăm lăm"),
        pytest.param("tháng Mười hai năm 1972", ["1972-12"], id="tháng Mười hai"),
        pytest.param("ngày mười chín tháng năm năm một nghìn tám trăm chín mươi", ["1890-05-19"], id="year in letters"),
        pytest.param(
            "ngày 21 tháng 8 năm một nghìn chín trăm bốn mươi lăm", ["1945-08-21"], id="only the year in letters"
        ),
        pytest.param("năm hai nghìn không trăm hai mươi ba", ["2023"], id="a year alone in letters"),
        pytest.param("ngày 7/V/1954", ["1954-05-07"], id="Roman month"),
        pytest.param("19-XII-1946", ["1946-12-19"], id="Roman month with hyphens"),
        pytest.param("tháng V năm 1954", ["1954-05"], id="Roman month without a day"),
        pytest.param("Đại hội VI, năm 1986", ["1986"], id="a Roman figure is not always a month"),
    ],
)
def test_reads_numbers_in_letters_and_roman_months(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ngày 3 và 4/9/2016", ["2016-09-03/2016-09-04"], id="two days running"),
        pytest.param(
            "các ngày 30/11 và 1/12/2023", ["2023-11-30/2023-12-01"], id="two days running over a month's end"
        ),
        pytest.param("trong hai ngày 6 và 7/10/2024", ["2024-10-06/2024-10-07"], id="hai ngày"),
        pytest.param("trong ba ngày 3, 4 và 5/9/2016", ["2016-09-03/2016-09-05"], id="three days running"),
        pytest.param("ngày 3 và 10/9/2016", ["2016-09-10"], id="two days apart are no span"),
        pytest.param("22-25/11/2021", ["2021-11-22/2021-11-25"], id="a hyphen and nothing else"),
        pytest.param("từ ngày 30/11 đến 2/12/2023", ["2023-11-30/2023-12-02"], id="over a month's end"),
        pytest.param("từ ngày 30/12 đến 2/1/2024", ["2023-12-30/2024-01-02"], id="over the turn of the year"),
        pytest.param("từ thứ Sáu, 22/9 đến Chủ nhật, 24/9/2023", ["2023-09-22/2023-09-24"], id="weekdays in between"),
        pytest.param("đêm 30 rạng sáng 31/12/1999", ["1999-12-30/1999-12-31"], id="a night"),
        pytest.param("từ 2/8/1997 tới 3/8/2005", ["1997-08-02/2005-08-03"], id="full dates"),
        pytest.param("ngày 2/9/1945 - 2/9", ["1945-09-02", ("yearless", 2, 9, 0)], id="a year on the first end only"),
    ],
)
def test_reads_spans_of_days(text, expected):
    assert values(text) == expected


def test_a_span_over_the_turn_of_the_year_ends_in_the_next():
    ((timex,), _) = recognise_timexes("từ 30/12 đến 2/1", 0, 16)
    assert str(timex.in_year(2018)) == "2018-12-30/2019-01-02"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("ngày 10 tháng 3 âm lịch", "10 tháng 3 âm lịch", id="âm lịch behind"),
        pytest.param("18/4, tức 10/3 Âm lịch", "10/3 Âm lịch", id="in figures"),
        pytest.param("theo âm lịch, ngày 10/3", "ngày 10/3", id="âm lịch before"),
        pytest.param("ngày 14, 15 tháng Giêng âm lịch", "14, 15 tháng Giêng", id="two days"),
        pytest.param("ngày 5 tháng Giêng năm Kỷ Dậu (1789)", "năm Kỷ Dậu (1789)", id="its year goes with it"),
        pytest.param("26 tháng Chạp", "26 tháng Chạp", id="tháng Chạp"),
        pytest.param("mùng 5 tháng Giêng năm 1950", "mùng 5 tháng Giêng năm 1950", id="mùng and tháng Giêng"),
        pytest.param("đêm 30 Tết", "30 Tết", id="Tết"),
        pytest.param("ngày rằm tháng 5 năm 2024", "rằm tháng 5 năm 2024", id="rằm"),
        pytest.param("năm 2024 âm lịch", "năm 2024", id="a lunar year in figures"),
    ],
)
def test_lunar_dates_are_faults(text, told):
    timexes, faults = recognise_timexes(text, 0, len(text))
    assert [timex for timex in timexes if timex.kind != "yearless" or "tháng" in text] == []
    assert any(told in fault.reason and "lunar" in fault.reason for fault in faults)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ngày 18 tháng Giêng năm 1950", id="tháng Giêng of a Gregorian year"),
        pytest.param("ngày mùng 2 tháng Chín năm 1945", id="mùng is said of both calendars"),
        pytest.param("ngày 28/1/2025 dương lịch", id="said to be Gregorian"),
        pytest.param("Tết Âm lịch, ngày 28/1/2025", id="a feast before a date"),
    ],
)
def test_gregorian_dates_are_not_taken_for_lunar(text):
    timexes, faults = recognise_timexes(text, 0, len(text))
    assert len(timexes) == 1
    assert faults == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("ngày 31/02/1990", "no day 31", id="31 February"),
        pytest.param("23/13/1992", "no month 13", id="month 13"),
        pytest.param("ngày 1/1/9999", "outside", id="year 9999"),
        pytest.param("30 tháng 2 năm 2020", "no day 30", id="30 February in words"),
        pytest.param("ngày ba mươi tháng hai năm 2020", "no day 30", id="30 February in letters"),
        pytest.param("ngày ba mươi chín tháng Tám năm 1945", "no day 39", id="39 August in letters"),
        pytest.param("từ 25 đến 22/11", "ends before it begins", id="a span backwards"),
        pytest.param("từ ngày 25 đến 22/11/2020", "ends before it begins", id="a span backwards with its year"),
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


WORDS = [
    "ngày",
    "tháng",
    "năm",
    "từ",
    "đến",
    "và",
    "hai",
    "ba",
    "mươi",
    "mốt",
    "một",
    "nghìn",
    "chín",
    "trăm",
    "thứ",
    "Chủ",
    "nhật",
    "Giêng",
    "Chạp",
    "Tết",
    "rằm",
    "mùng",
    "âm",
    "lịch",
    "tức",
    "Giáp",
    "Tý",
    "hơn",
    "gần",
    "trước",
    "cách",
    "đây",
    "1",
    "2",
    "30",
    "31/12",
    "7/V/1954",
    "1945",
    "(1973)",
    "1973-2018",
    ",",
    "(",
    ")",
    "-",
    "/",
    "VI",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_run_of_words_gives_ordered_spans_inside_it(words):
    text = " ".join(words)
    timexes, faults = recognise_timexes(text, 0, len(text))
    spans = sorted([(item.start, item.end) for item in (*timexes, *faults)])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
