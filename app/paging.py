"""A list page by page. A cursor names the last item given, so that a page follows it even when the list has grown."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.errors import BadRequestError

Item = TypeVar("Item")

CURSOR = "^[A-Za-z0-9_-]+$"
"""What a cursor looks like, for OpenAPI."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a list, and the cursor of the page after them, None at the end."""

    items: tuple[Item, ...]
    next: str | None


def page_of(items: Sequence[Item], name: Callable[[Item], str], *, limit: int, cursor: str | None) -> Page[Item]:
    """The `limit` items after the one that the cursor names; `name` tells the items of the list apart.

    Raises:
        BadRequestError: the cursor is of another list, or no cursor at all.
    """
    start = 0
    if cursor is not None:
        last = _decode(cursor)
        places = [place for place, item in enumerate(items) if name(item) == last]
        if not places:
            raise BadRequestError("The cursor fits no item of this list: start again without ?cursor=.")
        start = places[0] + 1
    chosen = tuple(items[start : start + limit])
    is_end = start + limit >= len(items)
    return Page(chosen, None if is_end or not chosen else _encode(name(chosen[-1])))


def _encode(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


def _decode(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise BadRequestError(f"«{cursor}» is no cursor: take one from «next» of a page.") from error
