"""Days as people and pages write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import DateError
from extractors.publication import parse_day

DAY = dt.date(2026, 11, 21)

FORMS = {
    "ISO 8601": ("2026-11-21", DAY),
    "ISO 8601 is never day first": ("2026-02-01", dt.date(2026, 2, 1)),
    "ISO 8601 with time and zone": ("2026-11-21T23:59:00+07:00", DAY),
    "year first with slashes": ("2026/11/21", DAY),
    "slashes": ("21/11/2026", DAY),
    "slashes without zeros are day first": ("1/2/2026", dt.date(2026, 2, 1)),
    "hyphens": ("21-11-2026", DAY),
    "dashes with spaces": ("21 – 11 – 2026", DAY),
    "full stops": ("21.11.2026", DAY),
    "Vietnamese words": ("21 tháng 11 năm 2026", DAY),
    "Vietnamese words with «ngày»": ("Ngày 21 tháng 11 năm 2026", DAY),
    "Vietnamese words, decomposed": ("21 tháng 11 năm 2026", DAY),
    "a month in words": ("2 tháng chín 1945", dt.date(1945, 9, 2)),
    "English words": ("21 November 2026", DAY),
    "English words, month first": ("November 21, 2026", DAY),
    "space around it": ("  21/11/2026\n", DAY),
    "a time stamp": ("09:05 | 13/05/2022 GMT+7", dt.date(2022, 5, 13)),
    "a time stamp with its weekday": ("Thứ Ba 25/06/2024 , 15:59 (GMT+7)", dt.date(2024, 6, 25)),
    "a leap day": ("29/02/2024", dt.date(2024, 2, 29)),
}


@pytest.mark.parametrize(("text", "day"), FORMS.values(), ids=FORMS)
def test_reads_a_day_in_each_form(text: str, day: dt.date) -> None:
    assert parse_day(text) == day


FAULTS = {
    "31 February": ("31/02/1990", "has no day 31"),
    "month 13": ("23/13/1992", "no month 13"),
    "month first, as Americans write": ("12/23/1992", "no month 23"),
    "ISO with month 13": ("2026-13-01", "no month 13"),
    "31 February in words": ("31 tháng 2 năm 1990", "has no day 31"),
    "31 November in English": ("November 31, 2026", "no full date"),
    "29 February of a common year": ("29/02/2023", "has no day 29"),
    "a year of two digits": ("21/11/26", "four digits"),
    "a year alone": ("năm 1973", "no full date"),
    "a month": ("tháng 11 năm 2026", "no full date"),
    "no year": ("21/11", "no full date"),
    "a relative day": ("hôm nay", "no full date"),
    "a count of years": ("50 năm", "no full date"),
    "a span": ("2/9/1945 - 2/9/2025", "more than one date"),
    "a Unix time": ("1700000000", "no full date"),
    "something behind the date": ("2026-11-21 hay 22", "no full date"),
    "nothing": ("", "no date"),
    "a long text": ("21/11/2026 " * 20, "no date"),
}


@pytest.mark.parametrize(("text", "reason"), FAULTS.values(), ids=FAULTS)
def test_refuses_what_is_no_day(text: str, reason: str) -> None:
    with pytest.raises(DateError, match=reason):
        parse_day(text)


@pytest.mark.parametrize(
    "pattern", ["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d tháng %m năm %Y", "%H:%M | %d/%m/%Y GMT+7"]
)
@given(day=st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2999, 12, 31)))
def test_reads_back_what_was_written(pattern: str, day: dt.date) -> None:
    assert parse_day(day.strftime(pattern)) == day


@given(st.text(max_size=100))
def test_any_text_is_a_day_or_a_fault(text: str) -> None:
    try:
        day = parse_day(text)
    except DateError as error:
        assert str(error)
    else:
        assert f"{day.year:04}" in text  # no year is ever filled in
