"""Dates keep their precision, refuse what no calendar has, and survive the way to EDTF and back."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import DateError, DateSpan, PartialDate, first_date, of_day, parse_edtf

DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    precision = draw(st.sampled_from(["day", "month", "year"]))
    return PartialDate(day.year, day.month if precision != "year" else None, day.day if precision == "day" else None)


@given(partial_dates())
def test_a_date_reads_back_from_its_edtf_form(date):
    assert parse_edtf(str(date)) == date


@given(partial_dates(), partial_dates())
def test_a_span_reads_back_from_its_edtf_form(one, other):
    first, last = sorted((one, other), key=lambda date: (date.earliest, date.latest))
    span = DateSpan(first, last)
    assert parse_edtf(str(span)) == span
    assert first_date(span) == first


@given(DAYS)
def test_a_day_lies_in_its_month_and_its_year(day):
    date = of_day(day)
    assert date.earliest == date.latest == day
    assert PartialDate(day.year, day.month).contains(date)
    assert PartialDate(day.year).contains(date)
    assert not date.contains(PartialDate(day.year))


@given(partial_dates())
def test_bounds_enclose_and_match_the_precision(date):
    width = (date.latest - date.earliest).days + 1
    assert {"day": width == 1, "month": 28 <= width <= 31, "year": 365 <= width <= 366}[date.precision]


@given(st.integers(1600, 2100), st.integers(1, 500))
def test_years_before_a_date_say_no_more_than_the_year(year, count):
    assert PartialDate(year, 9, 23).minus_years(count) == PartialDate(year - count)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        pytest.param((1990, 2, 31), "no day 31", id="31 February"),
        pytest.param((1992, 13, 23), "no month 13", id="month 13"),
        pytest.param((1900, 2, 29), "no day 29", id="1900 was no leap year"),
        pytest.param((1992, None, 5), "needs its month", id="a day without its month"),
        pytest.param((None, 9, None), "needs both", id="a month of no year"),
        pytest.param((0, None, None), "outside", id="year 0"),
    ],
)
def test_impossible_dates_are_refused(parts, reason):
    with pytest.raises(DateError, match=reason):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["1992-9-23", "23/09/1992", "92", "1992-09-23T00:00", "", "1992/", "--13-01", "/1992"])
def test_text_that_is_no_edtf_is_refused(text):
    with pytest.raises(DateError):
        parse_edtf(text)


def test_a_yearly_day_has_no_bounds_and_leap_days_can_be_yearly():
    assert str(PartialDate(None, 9, 2)) == "--09-02"
    assert parse_edtf("--02-29").is_yearly
    with pytest.raises(DateError):
        _ = PartialDate(None, 9, 2).earliest


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(DateError, match="ends before it begins"):
        DateSpan(PartialDate(2018), PartialDate(2017, 12, 31))
