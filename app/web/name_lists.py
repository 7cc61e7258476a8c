"""Lists of those whom articles name: what they have in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query

from app.graph.entity_lookups import of_name
from app.graph.lookups import headings_of, states
from app.graph.readmodel import ArticleHeading, EntityName
from app.graph.store import GraphStore
from app.paging import Page, page_of
from app.wording import Words
from extractors.gazetteer import load_gazetteer

_NAMES_SHOWN = 50
_ARTICLES_SHOWN = 50

NamePart = Annotated[str, Query(max_length=200)]
CursorQuery = Annotated[str | None, Query(max_length=2000)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for: a part of a name, and the state, by any of its names."""

    q: str
    country: str
    cursor: str | None

    @property
    def code(self) -> str | None:
        """The code of the state; None for all.

        Raises:
            UnknownCountryError: there is no such state.
        """
        return load_gazetteer().resolve(self.country) if self.country.strip() else None


Names = Callable[[GraphStore, str | None], Sequence[EntityName]]
"""Those of a state, or all."""


def name_list(store: GraphStore, asked: Asked, names: Names, words: Words) -> tuple[Page[EntityName], dict[str, Any]]:
    """A page of those who are asked for, and what the template of a list needs beside them."""
    found = of_name(names(store, asked.code), asked.q)
    shown = page_of(found, lambda one: one.key, limit=_NAMES_SHOWN, cursor=asked.cursor)
    choices = words.sorted_states(states(store).values())
    return shown, {
        "q": asked.q,
        "country": asked.code,
        "total": len(found),
        "choices": choices,
        "next": shown.next,
    }


def articles_page(store: GraphStore, article_ids: Sequence[str], cursor: str | None) -> Page[ArticleHeading]:
    """A page of the articles that name someone.

    Raises:
        BadRequestError: the cursor is of another list, or no cursor at all.
    """
    shown = page_of(article_ids, str, limit=_ARTICLES_SHOWN, cursor=cursor)
    return Page(headings_of(store, shown.items), shown.next)
