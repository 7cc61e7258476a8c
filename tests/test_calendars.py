"""Calendars: what comes round, with the right number on the right day, read back by two libraries."""

import calendar as months
import datetime as dt
import re

import ics
import pytest
from calendar_samples import HOSTILE, disputed, event
from conftest import TODAY, open_service
from dateutil.rrule import rrulestr
from graph_samples import fact, reference
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.anniversaries import ANNIVERSARY_TYPES, anniversary_day
from app.calendars.icalendars import CalendarWriter
from app.calendars.recurrences import NUMBERED_YEARS, recurrences_of
from app.calendars.selection import parse_pair
from app.calendars.wording import feed_words
from app.errors import BadRequestError
from app.graph.snapshots import publish
from app.presentation import Presenter
from extractors.dates import of_day
from extractors.gazetteer import UnknownCountryError, load_gazetteer


def written(*events, on=TODAY, ranks=(), language="vi", has_alarms=False):
    """The bytes of a calendar."""
    found = recurrences_of(events, on, types=ANNIVERSARY_TYPES, ranks=ranks)
    return CalendarWriter(feed_words(language), Presenter(), has_alarms=has_alarms).calendar("Lịch", found, on)


def parts(data):
    """The yearly events, and those of single years, of a calendar."""
    events = Calendar.from_ical(data).walk("VEVENT")
    return [one for one in events if "recurrence-id" not in one], [one for one in events if "recurrence-id" in one]


def days_of(master, until):
    """The days that the rule or the list of an event gives, as another library understands them."""
    start = dt.datetime.combine(master["dtstart"].dt, dt.time())
    if "rrule" in master:
        rule = rrulestr(master["rrule"].to_ical().decode(), dtstart=start)
        return [moment.date() for moment in rule.between(start, dt.datetime.combine(until, dt.time()), inc=True)]
    listed = [one.dt for one in master["rdate"].dts] if "rdate" in master else []
    return [start.date(), *listed]


def numbers(data):
    """The day of each single year, and the number that its summary begins with."""
    return {one["dtstart"].dt: int(re.match(r"(\d+) năm: ", one["summary"])[1]) for one in parts(data)[1]}


def test_a_yearly_rule_with_a_number_for_each_of_the_next_years():
    data = written(event())
    (master,), single = parts(data)
    assert master["rrule"].to_ical() == b"FREQ=YEARLY"
    assert (master["dtstart"].dt, str(master["uid"])) == (dt.date(2026, 9, 23), "established-AZ-VN@banggiao")
    assert master["summary"] == "Kỷ niệm: Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao (23/9/1992)"
    assert numbers(data) == {dt.date(2026 + n, 9, 23): 34 + n for n in range(NUMBERED_YEARS)}
    assert [one["summary"].partition(" (")[2] for one in single] == ["23/9/1992)"] * NUMBERED_YEARS
    assert {one["uid"] for one in single} == {master["uid"]}
    assert all(one["recurrence-id"].dt == one["dtstart"].dt for one in single)
    assert str(master["url"]) == "https://w3id.org/banggiao/id/event/established-AZ-VN"
    assert "https://bao.example/bai-1" in master["description"]
    assert single[1]["categories"].cats == ["Thiết lập quan hệ ngoại giao", "năm lẻ 5"]


@settings(max_examples=50)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2030, 12, 31)), st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_every_number_is_the_years_that_have_passed_and_every_day_comes_by_the_rule(happened, on):
    data = written(event(str(of_day(happened))), on=on)
    masters, _ = parts(data)
    for day, number in numbers(data).items():
        assert number == day.year - happened.year > 0
        assert day == anniversary_day(of_day(happened), day.year)
    if masters:
        given_days = days_of(masters[0], dt.date(on.year + 30, 12, 31))
        first = max(on.year, happened.year + 1)
        assert given_days == [anniversary_day(of_day(happened), year) for year in range(first, on.year + 31)]
    else:
        assert happened.year + 1 > on.year + NUMBERED_YEARS - 1


@given(
    st.sampled_from(["1992-02-29", "1992-02-28", "--02-29", "2024-02-29"]),
    st.integers(1990, 2090),
    st.sampled_from([(), ("round",), ("half-round",), ("round", "half-round")]),
)
def test_29_february_is_kept_on_the_28th_in_common_years_only(date, year, ranks):
    masters, _ = parts(written(event(date), on=dt.date(year, 6, 1), ranks=ranks))
    for day in [day for master in masters for day in days_of(master, dt.date(year + 60, 1, 1))]:
        is_leap_day = months.isleap(day.year) and not date.endswith("28")
        assert (day.month, day.day) == (2, 29 if is_leap_day else 28)


@pytest.mark.parametrize(
    ("ranks", "rule", "wanted"),
    [
        pytest.param(("round",), b"FREQ=YEARLY;INTERVAL=10", {2032: 40}, id="round"),
        pytest.param(("half-round",), b"FREQ=YEARLY;INTERVAL=10", {2027: 35}, id="half round"),
        pytest.param(("round", "half-round"), b"FREQ=YEARLY;INTERVAL=5", {2027: 35, 2032: 40}, id="both"),
        pytest.param(
            ("other",), None, {year: year - 1992 for year in range(2026, 2036) if year not in (2027, 2032)}, id="others"
        ),
        pytest.param(
            ("other", "round", "half-round"), b"FREQ=YEARLY", {y: y - 1992 for y in range(2026, 2036)}, id="all"
        ),
    ],
)
def test_a_rank_comes_in_its_own_interval(ranks, rule, wanted):
    data = written(event(), ranks=ranks)
    (master,), _ = parts(data)
    assert (master["rrule"].to_ical() if "rrule" in master else None) == rule
    assert {day.year: number for day, number in numbers(data).items()} == wanted
    assert {day.year for day in days_of(master, dt.date(2036, 1, 1))} == set(wanted)


def test_a_national_day_without_a_year_has_no_number():
    (master,), single = parts(written(event("--09-02", "national-day-VN", "national-day", "Quốc khánh Việt Nam")))
    assert (master["summary"], master["dtstart"].dt, single) == ("Quốc khánh Việt Nam", dt.date(2026, 9, 2), [])
    assert master["rrule"].to_ical() == b"FREQ=YEARLY"


def test_what_ends_comes_round_no_more():
    over = event("1970-05-01", "over", standing="ended")
    gone = event("1970-05-01", "gone", ends="2028-12-31")
    (master,), single = parts(written(over, gone))
    assert str(master["uid"]).startswith("gone@")
    assert master["rrule"].to_ical() == b"FREQ=YEARLY;UNTIL=20280501"
    assert [one["dtstart"].dt.year for one in single] == [2026, 2027, 2028]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_has_no_day_is_named_and_not_forced_onto_one(language):
    data = written(
        event(), event("2009-04", "m", text="Đối tác"), event("2013", "y", text="Sứ quán"), language=language
    )
    assert len(parts(data)[0]) == 1
    about = Calendar.from_ical(data)["description"]
    assert re.search(r"\b2\b", about)
    assert "Đối tác (" in about
    assert "Sứ quán (2013)" in about


def test_a_dispute_is_said_with_who_says_otherwise():
    (master,), _ = parts(written(disputed()))
    assert "Có nguồn nói khác: 1978 (Báo Hai)." in master["description"]
    assert "có bất đồng" in master["categories"].cats


def test_alarms_come_on_request_30_and_7_days_before():
    masters, single = parts(written(event(), has_alarms=True))
    for one in (*masters, *single):
        assert [alarm["trigger"].dt.days for alarm in one.walk("VALARM")] == [-30, -7]
    assert b"VALARM" not in written(event())


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_hostile_text_stays_text(text):
    data = written(event(text=text), event("2013", "y", text=text), has_alarms=True)
    masters, single = parts(data)
    assert (len(masters), len(single)) == (1, NUMBERED_YEARS)
    assert len(ics.Calendar(data.decode()).events) == 1 + NUMBERED_YEARS
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", data.decode())
    assert len(masters[0]["summary"]) < 600


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_text_survives_a_way_there_and_back(text):
    (master,), _ = parts(written(event(text=f"x{text}")))
    shown = feed_words("vi").event(event(text=f"x{text}"))
    assert master["summary"] == f"Kỷ niệm: {shown}"


def test_lines_are_folded_between_letters():
    data = written(event())
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert all(line.decode() for line in data.split(b"\r\n") if line)
    assert "thiết lập quan hệ ngoại giao (23/9/1992)" in data.replace(b"\r\n ", b"").decode()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("AZ-VN", "AZ-VN"),
        ("vn, azerbaijan", "AZ-VN"),
        ("Việt Nam – Nhật Bản", "JP-VN"),
        ("Guinea-Bissau-VN", "GW-VN"),
        ("VN-guinea-bissau", "GW-VN"),
        ("viet nam-A-déc-bai-gian", "AZ-VN"),
    ],
)
def test_a_pair_is_named_by_two_states(text, key):
    assert parse_pair(load_gazetteer(), text).key == key


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("VN", BadRequestError),
        ("VN-VN", BadRequestError),
        ("VN-Azerbaijam", UnknownCountryError),
        ("-", UnknownCountryError),
    ],
)
def test_what_is_no_pair_is_refused(text, error):
    with pytest.raises(error):
        parse_pair(load_gazetteer(), text)


# over HTTP


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("pair=AZ-VN", id="a pair"),
        pytest.param("country=AZ&alarms=true&lang=en", id="a state, with alarms, in English"),
        pytest.param("type=liberation&rank=round", id="a type and a rank"),
        pytest.param("country=SU", id="a state that is gone"),
        pytest.param("pair=AZ-VN&country=JP", id="nothing fits"),
    ],
)
def test_what_is_served_is_read_back_by_both_libraries(service, query):
    response = service.get(f"/calendar.ics?{query}", headers={"Authorization": "past the cache"})
    again = service.get(f"/calendar.ics?{query}", headers={"Authorization": "past the cache"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.content == again.content
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert len(ics.Calendar(response.text).events) == len(events)
    assert bool(events) == (query not in ("country=SU", "pair=AZ-VN&country=JP"))


def test_all_that_comes_round_of_a_state_is_there(service):
    """As many as the list of the coming year has, which is made another way."""
    found = Calendar.from_ical(service.get("/calendar.ics?country=JP").content)
    listed, cursor = [], ""
    while cursor is not None:
        page = service.get(f"/api/anniversaries?country=JP&from=2027-01-01&to=2027-12-31&limit=500{cursor}").json()
        listed += page["items"]
        cursor = f"&cursor={page['next']}" if page["next"] else None
    dated = {item["id"]: item["next_years"] for item in listed if item["next"]}
    of_2027 = [one for one in found.walk("VEVENT") if "recurrence-id" in one and one["dtstart"].dt.year == 2027]
    numbered = {str(one["uid"]).removesuffix("@banggiao"): int(one["summary"].split()[0]) for one in of_2027}
    assert numbered == {key: years for key, years in dated.items() if years is not None}
    assert {str(one["uid"]).removesuffix("@banggiao") for one in found.walk("VEVENT")} == set(dated)
    assert all(item["label"]["vi"] in found["description"] for item in listed if not item["next"])


@pytest.mark.parametrize(
    ("headers", "lang", "word"),
    [
        pytest.param({}, "", "Ngày kỷ niệm", id="Vietnamese first"),
        pytest.param({"Accept-Language": "en-GB,vi;q=0.5"}, "", "Anniversaries", id="the browser's"),
        pytest.param({"Accept-Language": "en"}, "&lang=vi", "Ngày kỷ niệm", id="the address's"),
        pytest.param({"Accept-Language": "fr"}, "", "Ngày kỷ niệm", id="another"),
    ],
)
def test_the_language_is_that_of_the_reader(service, headers, lang, word):
    response = service.get(f"/calendar.ics?pair=AZ-VN{lang}", headers=headers)
    assert f"NAME:banggiao: {word} (" in response.text
    assert "Accept-Language" in response.headers["vary"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("pair=VN", 400),
        ("pair=VN-VN", 400),
        ("pair=VN-Azerbaijam", 404),
        ("country=Nowhereland", 404),
        ("lang=fr", 422),
        ("rank=square", 422),
        ("type=party", 422),
        ("alarms=perhaps", 422),
    ],
)
@pytest.mark.parametrize("path", ["/calendar.ics", "/feed.atom", "/feed.json"])
def test_what_cannot_be_asked_is_a_problem(service, path, query, status):
    if path != "/calendar.ics" and "alarms" in query:
        status = 200  # a feed has none
    response = service.get(f"{path}?{query}")
    assert response.status_code == status
    assert status == 200 or response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/calendar.ics?", "/calendar.ics?country=VN&", "/feed.atom?", "/feed.atom?pair=AZ-VN&"]
)
def test_too_many_are_refused_with_what_to_do(tmp_path, path):
    ties = fact("ties", "established", "AZ VN", "1992-11-30", "agency")
    others = [
        fact(f"r{n}", "recognised", "AZ VN", "1992-11-30", "agency", from_country=c) for n, c in enumerate(["AZ", "VN"])
    ]
    publish(tmp_path / "store", (), reference=reference(ties, *others))
    with open_service(tmp_path / "store", max_calendar_events=1) as client:
        response = client.get(path)
        assert response.status_code == 413
        assert "more than 1 events: narrow it by" in response.json()["detail"]
        assert client.get(f"{path}type=established").status_code == 200


def test_an_empty_graph_gives_an_empty_calendar(empty_service):
    response = empty_service.get("/calendar.ics")
    assert response.status_code == 200
    assert Calendar.from_ical(response.content).walk("VEVENT") == []
