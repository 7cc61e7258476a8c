"""How answers are worded: how well an event is supported, and what a level is called."""

import pytest

from app import wording
from app.graph.readmodel import Event, Label, Source
from extractors.dates import parse_edtf


def source(publisher, date="1992-09-23", article=None):
    return Source(article, None, publisher, None, None, None, "explicit", parse_edtf(date))


def event(status="confirmed", sources=(), level=None, name=None):
    return Event(
        "e", "", "partnership", Label("", ""), (), parse_edtf("1992-09-23"), level, status, 0.9, (), sources, name=name
    )


@pytest.mark.parametrize(
    ("status", "sources", "words"),
    [
        pytest.param("confirmed", (source("A"), source("B")), "đã xác nhận (2 nguồn, 2 độc lập)", id="two voices"),
        pytest.param(
            "confirmed",
            (source("A"), source("a "), source("B"), source("banggiao")),
            "đã xác nhận (4 nguồn, 2 độc lập)",
            id="one voice twice, and our own article",
        ),
        pytest.param(
            "single-source", (source("A"), source("A"), source("A")), "3 nguồn, 1 độc lập", id="one voice, three pages"
        ),
        pytest.param(
            "single-source", (source("A"), source("B", "1992")), "2 nguồn, 1 độc lập", id="another gives the year only"
        ),
        pytest.param("single-source", (source("A"), source("B")), "2 nguồn, 1 độc lập", id="one contradicts itself"),
        pytest.param(
            "single-source", (source("banggiao"),), "1 nguồn, chưa có nguồn độc lập", id="our own article alone"
        ),
        pytest.param("disputed", (source("A"), source("B")), "có bất đồng (2 nguồn, 2 độc lập)", id="disputed"),
        pytest.param(
            "confirmed",
            (source(None, article="x"), source(None, article="y")),
            "đã xác nhận (2 nguồn, 2 độc lập)",
            id="articles without a publisher",
        ),
    ],
)
def test_support_is_told_without_contradiction(status, sources, words):
    assert wording.support_in_words(event(status, sources)) == words


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
