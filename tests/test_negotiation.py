"""Accept headers: which media type is chosen."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import NotAcceptableError
from app.negotiation import bare_media_type, charset, choose_media_type

OFFERED = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")
JSON, XML, CSV = OFFERED


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        pytest.param(None, JSON, id="no header"),
        pytest.param("", JSON, id="empty header"),
        pytest.param("*/*", JSON, id="anything"),
        pytest.param(XML, XML, id="exactly one"),
        pytest.param(f"{XML};q=0.5, {CSV}", CSV, id="the higher quality"),
        pytest.param(f"{XML};q=0.5, {CSV};q=0.4", XML, id="not the first that fits"),
        pytest.param("text/*, */*;q=0.1", CSV, id="a range of types"),
        pytest.param(f"*/*, {JSON};q=0", XML, id="one refused by name"),
        pytest.param(f"*/*;q=0.9, {JSON};q=0.2", XML, id="the closest entry decides, not the best"),
        pytest.param("TEXT/CSV; Q=0.7", CSV, id="letters of any case"),
        pytest.param("text/csv;header=present;q=0.7", CSV, id="other parameters"),
        pytest.param("nonsense, text/csv", CSV, id="entries that cannot be read are passed over"),
        pytest.param("nonsense", JSON, id="nothing that can be read"),
        pytest.param("text/html,application/xhtml+xml,*/*;q=0.8", JSON, id="a browser"),
    ],
)
def test_the_best_liked_type_is_chosen(accept, chosen):
    assert choose_media_type(accept, OFFERED) == chosen


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", f"{JSON};q=0", "text/csv;q=nonsense"])
def test_none_acceptable_says_what_there_is(accept):
    with pytest.raises(NotAcceptableError, match="text/csv"):
        choose_media_type(accept, OFFERED)


@given(st.text())
def test_any_header_is_answered_or_refused(accept):
    with contextlib.suppress(NotAcceptableError):
        assert choose_media_type(accept, OFFERED) in OFFERED


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param("text/HTML; charset=UTF-8", ("text/html", "utf-8"), id="with charset"),
        pytest.param('text/plain;charset="utf-8"', ("text/plain", "utf-8"), id="quoted"),
        pytest.param("text/plain", ("text/plain", None), id="without"),
        pytest.param(None, ("", None), id="none"),
    ],
)
def test_content_type_parts(header, expected):
    assert (bare_media_type(header), charset(header)) == expected
