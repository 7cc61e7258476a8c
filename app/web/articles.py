"""The page of an article: what it says, in which words, and which facts it supports or contradicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from app.graph.lookups import article_by_id, events_of, states
from app.graph.reading import state_name
from app.graph.readmodel import ArticleView, ClaimView, CountryName, Event
from app.graph.vocabulary import kind_and_key
from app.highlights import Part, highlighted
from app.paging import page_of
from app.routes.dependencies import StoreDep
from app.web.addresses import country_path, event_path, organisation_path, pair_path, person_path
from app.web.linked_data import article_document
from app.web.rendering import page, place_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_CLAIMS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim as the page shows it: `event` is the fact that it is about, which it contradicts or supports."""

    key: str
    claim: ClaimView
    quote: tuple[Part, ...]
    states: tuple[CountryName, ...]
    event: Event | None
    contradicts: bool


@router.get("/articles/{article_id:path}")
def article_page(
    request: Request,
    store: StoreDep,
    article_id: Annotated[str, Path(max_length=2000)],
    cursor: Annotated[str | None, Query()] = None,
) -> HTMLResponse:
    """One article with its claims, their quotes, and whom it names."""
    article = article_by_id(store, article_id)
    claims = page_of(article.claims, lambda one: one.iri, limit=_CLAIMS_SHOWN, cursor=cursor)
    events = {one.id: one for one in events_of(store, dict.fromkeys(one.event for one in claims.items if one.event))}
    named = states(store)
    context = {
        "article": article,
        "title": article.title or article.id,
        "claims": [_line(article, one, named, events) for one in claims.items],
        "next": claims.next,
        "is_first": cursor is None,
        "state_of": lambda code: state_name(named, code),
        "about_path": about_path,
        "event_path": event_path,
        "person_path": person_path,
        "organisation_path": organisation_path,
        "document": article_document(article, place_of(request).canonical),
    }
    return page(request, "article.html", context)


def about_path(countries: Sequence[CountryName]) -> str | None:
    """The page of what a claim about some states is about."""
    codes = [one.code for one in countries]
    if len(codes) == 2:
        return pair_path(codes[0], codes[1])
    return country_path(codes[0]) if len(codes) == 1 else None


def contradicts(article_id: str, claim: ClaimView, event: Event) -> bool:
    """Whether a claim of an article is behind another date than the event's."""
    said = (article_id, claim.quote, claim.date)
    others = (source for other in event.alternatives for source in other.sources)
    return said in {(source.article, source.quote, source.date) for source in others}


def _line(
    article: ArticleView, claim: ClaimView, named: Mapping[str, CountryName], events: Mapping[str, Event]
) -> ClaimLine:
    event = events.get(claim.event or "")
    return ClaimLine(
        key=kind_and_key(claim.iri)[1],
        claim=claim,
        quote=highlighted(claim),
        states=tuple(state_name(named, code) for code in claim.countries),
        event=event,
        contradicts=event is not None and contradicts(article.id, claim, event),
    )
