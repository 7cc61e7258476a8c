"""How answers are worded: how well an event is supported, and what a level is called."""

import pytest

from app import wording
from app.graph.readmodel import CountryName, Event, Label, Source
from extractors.dates import parse_edtf


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
    ("status", "pages", "voices", "words"),
    [
        pytest.param("confirmed", 2, 2, "đã xác nhận (2 nguồn, 2 độc lập)", id="two voices"),
        pytest.param("confirmed", 4, 2, "đã xác nhận (4 nguồn, 2 độc lập)", id="copies of one story"),
        pytest.param("single-source", 3, 1, "3 nguồn, 1 độc lập", id="one voice, three pages"),
        pytest.param("single-source", 1, 0, "1 nguồn, chưa có nguồn độc lập", id="our own article alone"),
        pytest.param("disputed", 2, 2, "có bất đồng (2 nguồn, 2 độc lập)", id="disputed"),
    ],
)
def test_support_is_told_without_contradiction(status, pages, voices, words):
    assert wording.support_in_words(event(status, pages, voices)) == words


def test_an_event_of_a_former_state_names_it():
    soviet = CountryName("SU", Label("Liên Xô", "Soviet Union"))
    assert wording.event_in_words(event(predecessor=soviet)) == "Một sự kiện, 23/9/1992 (Liên Xô)"
    assert wording.event_in_words(event()) == "Một sự kiện, 23/9/1992"


@pytest.mark.parametrize(
    ("level", "name", "words"),
    [
        pytest.param("strategic", None, "đối tác chiến lược", id="a level"),
        pytest.param("other", "Đối tác chiến lược sâu rộng", "đối tác chiến lược sâu rộng", id="a name of its own"),
        pytest.param("other", None, "đối tác khác", id="no name"),
        pytest.param("strategic", "Đối tác vì hoà bình", "đối tác chiến lược", id="a level that has a name too"),
    ],
)
def test_a_level_is_called_by_its_label_or_its_name(level, name, words):
    assert wording.level_in_words(event(level=level, name=name)) == words


def test_a_framework_goes_by_its_name_on_the_timeline(service):
    items = service.get("/api/pairs/JP/VN/timeline", params={"type": "partnership"}).json()["items"]
    (named,) = [item for item in items if item["level"] == "other"]
    assert "đối tác chiến lược sâu rộng" in named["label"]["vi"]
    assert "đối tác khác" not in service.get("/", params={"a": "VN", "b": "JP"}).text
