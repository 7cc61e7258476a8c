"""Lists page by page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadRequestError
from app.paging import page_of

NAMES = st.lists(st.text(min_size=1), unique=True)


@given(NAMES, st.integers(min_value=1, max_value=7))
def test_the_pages_together_are_the_list(names, limit):
    found, cursor = [], None
    while True:
        page = page_of(names, str, limit=limit, cursor=cursor)
        assert len(page.items) <= limit
        found += page.items
        cursor = page.next
        if cursor is None:
            break
    assert found == names


def test_a_page_follows_its_item_even_when_the_list_has_grown():
    cursor = page_of(["b", "d", "f"], str, limit=2, cursor=None).next
    assert page_of(["a", "b", "c", "d", "e", "f"], str, limit=2, cursor=cursor).items == ("e", "f")


@given(st.text())
def test_any_text_is_a_cursor_or_is_refused(cursor):
    try:
        page_of(["a", "b"], str, limit=1, cursor=cursor)
    except BadRequestError as error:
        assert "cursor" in str(error)


@pytest.mark.parametrize(
    "cursor", ["", "Zg", "%%", "é", "A"], ids=["empty", "of a lost item", "signs", "not ASCII", "cut off"]
)
def test_a_cursor_of_another_list_is_refused(cursor):
    with pytest.raises(BadRequestError):
        page_of(["a", "b"], str, limit=1, cursor=cursor)
