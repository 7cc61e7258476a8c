"""The timeline of a pair for other programs: TimelineJS and spreadsheets."""

import csv
import io

import pytest
from calendar_samples import HOSTILE, disputed, event, source
from conftest import open_service
from graph_samples import fact, reference
from lxml import html

from app.calendars.timeline_tables import COLUMNS, timeline_csv
from app.calendars.timelinejs import timelinejs
from app.calendars.wording import feed_words
from app.graph.snapshots import publish
from app.presentation import Presenter

TIMELINE = "/api/pairs/VN/JP/timeline"
# What a slide may have, by the documentation of TimelineJS.
SLIDE = {"start_date", "end_date", "text", "media", "group", "display_date", "background", "autolink", "unique_id"}


def rows_of(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def table_of(*events, language="vi"):
    return rows_of(timeline_csv(events, feed_words(language), Presenter()))


@pytest.mark.parametrize(
    ("date", "start", "end", "shown"),
    [
        ("1992-09-23", {"year": 1992, "month": 9, "day": 23}, None, "23/9/1992"),
        ("2009-04", {"year": 2009, "month": 4}, None, "4/2009"),
        ("2013", {"year": 2013}, None, "2013"),
        (
            "2018-09-08/2018-09-10",
            {"year": 2018, "month": 9, "day": 8},
            {"year": 2018, "month": 9, "day": 10},
            "8/9/2018 – 10/9/2018",
        ),
    ],
)
def test_a_slide_is_as_precise_as_its_date(date, start, end, shown):
    document = timelinejs([event(date)], "Tên", feed_words("vi")).model_dump(exclude_none=True)
    (slide,) = document["events"]
    assert (slide["start_date"], slide.get("end_date"), slide["display_date"]) == (start, end, shown)
    assert (slide["unique_id"], slide["group"]) == ("established-AZ-VN", "Thiết lập quan hệ ngoại giao")
    assert slide.keys() <= SLIDE


def test_what_has_no_year_is_named_on_the_first_slide():
    document = timelinejs([event("--09-02", text="Ngày <b>hội</b>")], "Tên", feed_words("en"))
    assert document.events == []
    assert document.title.text.text is not None
    assert document.title.text.text.endswith("(1): Ngày &lt;b&gt;hội&lt;/b&gt;.")


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_hostile_text_stays_text_on_slides(text):
    (slide,) = timelinejs([event(text=text)], text, feed_words("vi")).events
    for piece in (slide.text.headline, slide.text.text):
        shown = html.fragment_fromstring(piece, create_parent="div")
        assert {one.tag for one in shown.iter()} <= {"div", "p", "ul", "li", "a"}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_hostile_text_stays_in_its_cell(text):
    (row,) = table_of(event(text=text))
    assert tuple(row) == COLUMNS
    assert row["id"] == "established-AZ-VN"
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
@pytest.mark.parametrize("field", ["name", "person", "notes", "sources"])
def test_no_cell_is_a_formula(field, sign):
    value = {"notes": (sign,), "sources": (source(publisher=sign, title=None, quote=None, url=None),)}.get(field, sign)
    (row,) = table_of(event(**{field: value}))
    assert row[field] == f"'{sign.strip()}"


def test_a_long_row_is_cut_source_by_source():
    (row,) = table_of(event(sources=(source("dài " * 200), source("Báo cuối"))))
    first, last = row["sources"].split(" | ")
    assert first.count("…") == 3  # publisher, title, quote
    assert last.startswith("Báo cuối: Báo cuối")


def test_a_row_has_its_sources_and_who_says_otherwise():
    (row,) = table_of(disputed())
    assert row["label"] == "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao"
    assert (row["date"], row["precision"], row["date_label"]) == ("1992-09-23", "day", "23/9/1992")
    assert row["other_dates"] == "1978 (Báo Hai)"
    assert "https://bao.example/bai-1 «Việt Nam và Azerbaijan" in row["sources"]


# over HTTP


def test_all_formats_hold_the_same_events(service):
    ids = [one["id"] for one in service.get(TIMELINE).json()["items"]]
    slides = service.get(f"{TIMELINE}?format=timelinejs&limit=1")
    table = service.get(f"{TIMELINE}?format=csv&limit=1")
    assert len(ids) > 3
    assert [one["unique_id"] for one in slides.json()["events"]] == ids
    assert [row["id"] for row in rows_of(table.content)] == ids
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.content.count(b"\r\n") == len(ids) + 1
    assert [one["id"] for one in service.get(f"{TIMELINE}?format=json").json()["items"]] == ids


def test_the_window_and_the_types_hold_for_every_format(service):
    narrowed = f"{TIMELINE}?type=partnership&from=2010-01-01&order=desc&lang=en"
    ids = [one["id"] for one in service.get(narrowed).json()["items"]]
    assert [row["id"] for row in rows_of(service.get(f"{narrowed}&format=csv").content)] == ids
    slides = service.get(f"{narrowed}&format=timelinejs").json()
    assert slides["title"]["text"]["headline"] == "Timeline: Japan – Vietnam"
    assert {one["group"] for one in slides["events"]} == {"Partnership"}


def test_an_unknown_format_is_a_problem(service):
    assert service.get(f"{TIMELINE}?format=xlsx").status_code == 422


def test_too_long_a_timeline_is_refused_with_what_to_do(tmp_path):
    ties = fact("ties", "established", "AZ VN", "1992-09-23", "agency")
    level = fact("level", "partnership", "AZ VN", "2025-05-07", "agency", level="strategic")
    publish(tmp_path / "store", (), reference=reference(ties, level))
    with open_service(tmp_path / "store", max_calendar_events=1) as client:
        response = client.get("/api/pairs/AZ/VN/timeline?format=csv")
        assert response.status_code == 413
        assert "narrow it by ?from=, ?to= or ?type=" in response.json()["detail"]
