"""A list page by page. A cursor names the last item given, so that a page follows it even when the list has grown."""

import base64
import binascii
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
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
        last = read_cursor(cursor)
        places = [place for place, item in enumerate(items) if name(item) == last]
        if not places:
            raise foreign_cursor()
        start = places[0] + 1
    return page_from(islice(items, start, None), name, limit=limit)


def page_from(items: Iterable[Item], name: Callable[[Item], str], *, limit: int) -> Page[Item]:
    """The first `limit` of some items, of which no more than one beyond them is looked at."""
    found = tuple(islice(items, limit + 1))
    chosen = found[:limit]
    return Page(chosen, _encode(name(chosen[-1])) if len(found) > limit else None)


def read_cursor(cursor: str) -> str:
    """The name of the item that a cursor stands for.

    Raises:
        BadRequestError: it is no cursor.
    """
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise BadRequestError(f"«{cursor}» is no cursor: take one from «next» of a page.") from error


def foreign_cursor() -> BadRequestError:
    """The error for a cursor whose item is not in the list."""
    return BadRequestError("The cursor fits no item of this list: start again without ?cursor=.")


def _encode(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")
