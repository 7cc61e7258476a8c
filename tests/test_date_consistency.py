"""Whether a date agrees with what stands beside it: weekdays, counts of years, ages, other calendars."""

import datetime as dt

import pytest
from articles import article
from hypothesis import given
from hypothesis import strategies as st

from extractors.pipeline import extract
from extractors.timexes import recognise_timexes

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def claims(text, published=None):
    return extract(article(text, published=published), entities="none").claims


def dated(text, published=None):
    return [
        (claim.type, str(claim.date), tuple(issue.split(":")[0] for issue in claim.issues))
        for claim in claims(text, published)
    ]


def reasons(text, published=None):
    return "; ".join(rejection.reason for rejection in extract(article(text, published=published)).rejections)


TIES = "Việt Nam và Campuchia thiết lập quan hệ ngoại giao"
FRENCH = "Thủ tướng Pháp Édouard Philippe thăm Việt Nam"


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        pytest.param(f"Thứ Bảy, ngày 24/6/1967, {TIES}.", None, [("established", "1967-06-24", ())], id="the right weekday"),
        pytest.param(
            f"Thứ Năm, ngày 24/6/1967, {TIES}.", None, [("established", "1967-06-24", ("weekday-mismatch",))], id="a wrong one"
        ),
        pytest.param(
            f"{TIES} ngày 24/6/1967 (thứ Năm).", None, [("established", "1967-06-24", ("weekday-mismatch",))], id="behind the date"
        ),
        pytest.param(
            f"Kỳ họp thứ năm, ngày 24/6/1967, {TIES}.", None, [("established", "1967-06-24", ())], id="an ordinal is no weekday"
        ),
        pytest.param(f"Chủ nhật (25/11), {FRENCH}.", "2018-11-27", [("visit", "2018-11-25", ())], id="agrees with the year"),
        pytest.param(f"Chủ nhật (25/11), {FRENCH}.", "2019-11-27", [], id="contradicts the publication year"),
        pytest.param(f"{FRENCH} hôm thứ Ba 12/5.", "2020-05-14", [("visit", "2020-05-12", ())], id="hôm thứ Ba 12/5"),
        pytest.param(f"{FRENCH} hôm thứ Ba (12-5).", "2020-05-14", [("visit", "2020-05-12", ())], id="in brackets, with a hyphen"),
        pytest.param(f"{FRENCH} hôm thứ Tư 12/5.", "2020-05-14", [], id="hôm thứ Tư, which it was not"),
        pytest.param(f"{FRENCH} hôm 12/5.", "2020-05-14", [("visit", "2020-05-12", ())], id="hôm 12/5"),
        pytest.param(f"{FRENCH} thứ Hai tuần trước.", "2020-05-14", [], id="a weekday alone is not read"),
    ],
)  # fmt: skip
def test_weekdays(text, published, expected):
    assert dated(text, published) == expected


def test_a_contradiction_costs_confidence():
    (right,), (wrong,) = claims(f"Thứ Bảy, ngày 24/6/1967, {TIES}."), claims(f"Thứ Năm, ngày 24/6/1967, {TIES}.")
    assert wrong.confidence < right.confidence - 0.2
    assert "thứ năm" in wrong.issues[0]
    assert "thứ bảy" in wrong.issues[0]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(range(7)))
def test_a_weekday_is_doubted_when_the_calendar_has_another(day, told):
    text = f"{WEEKDAYS[told]}, ngày {day.day}/{day.month}/{day.year}"
    ((timex,), _) = recognise_timexes(text, 0, len(text))
    assert str(timex.value) == day.isoformat()
    assert (timex.weekday_issue is None) == (day.weekday() == told)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.integers(1900, 2099))
def test_a_day_without_its_year_fits_only_years_with_its_weekday(day, year):
    text = f"{WEEKDAYS[day.weekday()]} ({day.day}/{day.month})"
    ((timex,), _) = recognise_timexes(text, 0, len(text))
    value = timex.in_year(year)
    assert value is None or value.earliest.weekday() == day.weekday()
    assert str(timex.in_year(day.year)) == day.isoformat()


JAPAN = "thiết lập quan hệ ngoại giao Việt Nam - Nhật Bản"


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        pytest.param(f"Kỷ niệm tròn 50 năm ngày {JAPAN} (3/11/1978 – 3/11/2018).", None,
                     [("established", "1978-11-03", ("count-mismatch",))], id="the span is ten years short"),
        pytest.param(f"45 năm trước, năm 1976, {TIES}.", "2021-08-01", [("established", "1976", ())], id="years ago agree"),
        pytest.param(f"45 năm trước, năm 1976, {TIES}.", "2019-08-01",
                     [("established", "1976", ("count-mismatch",))], id="years ago disagree"),
        pytest.param(f"Cách đây 67 năm (30/6/1950), {TIES}.", "2017-06-30", [("established", "1950-06-30", ())], id="on the day"),
        pytest.param(f"Cách đây 67 năm (30/6/1950), {TIES}.", "2018-05-10",
                     [("established", "1950-06-30", ())], id="complete years, before the day comes round"),
        pytest.param(f"Cách đây 67 năm (30/6/1950), {TIES}.", "2018-07-10",
                     [("established", "1950-06-30", ("count-mismatch",))], id="a year too few"),
        pytest.param(f"Cách đây 50 năm, {TIES}.", "2017-05-10", [("established", "1967", ())], id="only years ago"),
        pytest.param(f"Năm sau kỷ niệm 50 năm {JAPAN}.", "2022-05-10", [("established", "1973", ())], id="next year"),
        pytest.param(f"Năm tới, hai nước kỷ niệm 50 năm {JAPAN}.", "2022-05-10", [("established", "1973", ())], id="the coming year"),
        pytest.param(f"Năm nay tròn 30 năm {JAPAN}.", "2003-05-10", [("established", "1973", ())], id="this year"),
        pytest.param(f"Kỷ niệm 45 năm ngày {JAPAN} (21/9/1973).", "2018-09-21",
                     [("established", "1973-09-21", ())], id="the event's date behind the count"),
        pytest.param(f"Kỷ niệm 45 năm ngày {JAPAN} (21/9/1973).", "2020-09-21",
                     [("established", "1973-09-21", ("count-mismatch",))], id="two years late"),
        pytest.param(f"Kỷ niệm 45 năm ngày {JAPAN} (21/9/2018).", "2018-09-21", [], id="the anniversary's date behind the count"),
    ],
)  # fmt: skip
def test_counts_of_years(text, published, expected):
    assert dated(text, published) == expected


@pytest.mark.parametrize("about", ["hơn", "gần", "khoảng", "ngót", "trên", "non", "chừng"])
@pytest.mark.parametrize("form", [f"Năm 2018, hai nước kỷ niệm {{}} 45 năm {JAPAN}.", f"Cách đây {{}} 45 năm, {TIES}."])
def test_no_year_follows_from_a_vague_count(about, form):
    text = form.format(about)
    assert dated(text, "2018-05-10") == []
    assert f"{about} 45 năm" in reasons(text, "2018-05-10")


def test_a_vague_count_contradicts_no_span():
    (claim,) = claims(f"Kỷ niệm gần 50 năm {JAPAN} (1973-2022).")
    assert (str(claim.date), claim.issues) == ("1973", ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Thủ tướng Lê Văn An, sinh năm 1950 (74 tuổi), thăm Lào.", [("birth", "1950", ())], id="complete years"),
        pytest.param("Thủ tướng Lê Văn An, sinh năm 1950 (75 tuổi), thăm Lào.", [("birth", "1950", ())], id="tuổi mụ"),
        pytest.param("Thủ tướng Lê Văn An, sinh năm 1950 (64 tuổi), thăm Lào.", [("birth", "1950", ("age-mismatch",))], id="ten off"),
    ],
)  # fmt: skip
def test_ages(text, expected):
    assert dated(text, "2024-05-05") == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(f"Mùng 10 tháng Ba âm lịch, {TIES}.", "Mùng 10 tháng Ba âm lịch", id="named lunar"),
        pytest.param(
            f"Ngày 10/3 âm lịch năm 1967, {TIES}.", "Ngày 10/3 âm lịch năm 1967", id="its year is not left over"
        ),
        pytest.param(f"Ngày 5 tháng Giêng năm Kỷ Dậu, {TIES}.", "Kỷ Dậu", id="a lunar year"),
        pytest.param(f"{TIES} vào rằm tháng Bảy.", "rằm tháng Bảy", id="full moon"),
        pytest.param(f"{TIES} ngày 10/3 (âm lịch).", "10/3 (âm lịch)", id="said behind"),
        pytest.param(f"{TIES} (âm lịch: 10/3).", "âm lịch: 10/3", id="said before"),
        pytest.param(f"Mồng 2 Tết, {TIES}.", "Mồng 2 Tết", id="New Year's days"),
        pytest.param(f"{TIES} ngày 15 tháng Giêng.", "15 tháng Giêng", id="tháng Giêng without a year"),
        pytest.param(
            f"{TIES} ngày 10/3 âm lịch, đến năm 1995 mở đại sứ quán.", "âm lịch", id="another date stands further off"
        ),
    ],
)
def test_a_lunar_date_is_named_and_dates_nothing(text, told):
    assert [claim for claim in claims(text, "1967-07-01") if claim.type == "established"] == []
    assert told in reasons(text, "1967-07-01")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Ngày 24/6/1967 (tức 17 tháng 5 năm Đinh Mùi), {TIES}.", id="explained by a lunar one"),
        pytest.param(f"{TIES} ngày 17 tháng 5 âm lịch (24/6/1967).", id="explains a lunar one"),
        pytest.param(f"{TIES} ngày 24/6/1967, nhằm ngày 17/5 âm lịch.", id="nhằm"),
    ],
)
def test_a_date_in_both_calendars_is_read_in_ours(text):
    assert dated(text) == [("established", "1967-06-24", ())]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(f"{TIES} ngày 31/2/1962, đến ngày 5/9/1975 thì ký hiệp định.", "no day 31", id="no such day, another near"),
        pytest.param(f"{FRENCH} từ ngày 25 đến 22/11/2018.", "ends before it begins", id="backwards"),
        pytest.param(f"{FRENCH} từ 25 đến 22/11.", "ends before it begins", id="backwards without a year"),
        pytest.param("Thủ tướng Lê Văn An, sinh năm 1950, thăm Lào.", "born or died", id="a visit in the year of birth"),
    ],
)  # fmt: skip
def test_dates_that_cannot_be(text, reason):
    assert [claim for claim in claims(text, "2018-11-30") if claim.type in ("established", "visit")] == []
    assert reason in reasons(text, "2018-11-30")
