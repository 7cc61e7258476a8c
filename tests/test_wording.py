"""How answers are worded: dates, how well an event is supported, what a level is called."""

import datetime as dt

import pytest

from app.graph.readmodel import CountryName, Event, Label, Source
from app.wording import words
from extractors.dates import parse_edtf

VI, EN = words("vi"), words("en")


def source(publisher):
    return Source(None, None, publisher, None, None, None, "explicit", parse_edtf("1992-09-23"))


def event(status="confirmed", pages=0, voices=0, level=None, name=None, predecessor=None):
    return Event(
        "e",
        "",
        "partnership",
        Label("Một sự kiện", ""),
        (),
        parse_edtf("1992-09-23"),
        level,
        status,
        0.9,
        (),
        tuple(source(f"Báo {number}") for number in range(pages)),
        name=name,
        voices=voices,
        inherited_from=predecessor,
    )


@pytest.mark.parametrize(
    ("status", "pages", "voices", "wanted"),
    [
        pytest.param("confirmed", 2, 2, "đã xác nhận (2 nguồn, 2 độc lập)", id="two voices"),
        pytest.param("confirmed", 4, 2, "đã xác nhận (4 nguồn, 2 độc lập)", id="copies of one story"),
        pytest.param("single-source", 3, 1, "3 nguồn, 1 độc lập", id="one voice, three pages"),
        pytest.param("single-source", 1, 0, "1 nguồn, chưa có nguồn độc lập", id="our own article alone"),
        pytest.param("disputed", 2, 2, "có bất đồng (2 nguồn, 2 độc lập)", id="disputed"),
    ],
)
def test_support_is_told_without_contradiction(status, pages, voices, wanted):
    assert VI.support(event(status, pages, voices)) == wanted


def test_an_event_of_a_former_state_names_it():
    soviet = CountryName("SU", Label("Liên Xô", "Soviet Union"))
    assert VI.event(event(predecessor=soviet)) == "Một sự kiện, 23/9/1992 (Liên Xô)"
    assert VI.event(event()) == "Một sự kiện, 23/9/1992"


@pytest.mark.parametrize(
    ("level", "name", "wanted"),
    [
        pytest.param("strategic", None, "đối tác chiến lược", id="a level"),
        pytest.param("other", "Đối tác chiến lược sâu rộng", "đối tác chiến lược sâu rộng", id="a name of its own"),
        pytest.param("other", None, "đối tác khác", id="no name"),
        pytest.param("strategic", "Đối tác vì hoà bình", "đối tác chiến lược", id="a level that has a name too"),
    ],
)
def test_a_level_is_called_by_its_label_or_its_name(level, name, wanted):
    assert VI.level(event(level=level, name=name)) == wanted


def test_a_framework_goes_by_its_name_on_the_timeline(service):
    items = service.get("/api/pairs/JP/VN/timeline", params={"type": "partnership"}).json()["items"]
    (named,) = [item for item in items if item["level"] == "other"]
    assert "đối tác chiến lược sâu rộng" in named["label"]["vi"]
    assert "đối tác khác" not in service.get("/pairs/JP/VN", headers={"Accept-Language": "vi"}).text


@pytest.mark.parametrize(
    ("date", "vi", "en"),
    [
        pytest.param("1992-09-23", "23/9/1992", "23 September 1992", id="a day"),
        pytest.param("1992-09", "9/1992", "September 1992", id="a month"),
        pytest.param("1992", "1992", "1992", id="a year"),
        pytest.param("--02-29", "29/2", "29 February", id="a day of every year"),
        pytest.param(
            "2018-09-08/2018-09-10", "8/9/2018 – 10/9/2018", "8 September 2018 – 10 September 2018", id="span"
        ),
    ],
)
def test_a_date_is_written_as_each_language_writes_it(date, vi, en):
    assert (VI.date(parse_edtf(date)), EN.date(parse_edtf(date))) == (vi, en)


def test_days_ahead_and_days_of_the_week():
    day = dt.date(2026, 11, 27)
    assert (VI.weekday(day), EN.weekday(day)) == ("Thứ Sáu, 27 tháng 11, 2026", "Friday, 27 November 2026")
    assert [EN.days_until(days) for days in (None, 0, 1, 5)] == ["", "today", "in 1 day", "in 5 days"]
    assert [VI.days_until(days) for days in (None, 0, 1, 5)] == ["", "hôm nay", "còn 1 ngày", "còn 5 ngày"]


def test_support_in_english():
    assert EN.support(event("confirmed", 2, 2)) == "confirmed (2 sources, 2 independent)"
    assert EN.support(event("single-source", 1, 0)) == "1 source, none independent"
