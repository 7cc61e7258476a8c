"""Single things of the graph: states, events, articles, people, organisations."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.graph import lookups
from app.graph.readmodel import EntityView
from app.graph.vocabulary import slug
from app.paging import page_of
from app.presentation import country
from app.rdf_answers import RDF_RESPONSES, in_format
from app.responses import ArticleResponse, CountriesResponse, CountryResponse, EntitiesResponse, EventShape
from app.routes.dependencies import (
    PROBLEM_RESPONSES,
    CountryDep,
    FormatDep,
    Paging,
    PagingDep,
    Services,
    ServicesDep,
    StoreDep,
)
from extractors.gazetteer import load_gazetteer

router = APIRouter(prefix="/api", tags=["things"], responses=PROBLEM_RESPONSES)

NameQuery = Annotated[str | None, Query(description="Part of a name, with or without diacritics", examples=["to lam"])]


@router.get("/countries")
def countries(store: StoreDep, paging: PagingDep) -> CountriesResponse:
    """All states of the graph, by code."""
    page = page_of(lookups.countries(store), lambda one: one.code, limit=paging.limit, cursor=paging.cursor)
    return CountriesResponse(items=[country(one) for one in page.items], next=page.next)


@router.get("/countries/{name}", response_model=CountryResponse, responses=RDF_RESPONSES)
def country_by_name(services: ServicesDep, store: StoreDep, name: str, wanted: FormatDep) -> CountryResponse | Response:
    """One state, by its code or any of its names."""
    view = lookups.country_by_code(store, load_gazetteer().resolve(name))

    def answer() -> CountryResponse:
        own = [event for event in lookups.events_of_country(store, view.code) if len(event.countries) == 1]
        return services.presenter.country(view, lookups.pairs_of_country(store, view.code), own)

    return in_format(wanted, store, view.iri, answer)


@router.get("/events/{event_id}", response_model=EventShape, responses=RDF_RESPONSES)
def event(services: ServicesDep, store: StoreDep, event_id: str, wanted: FormatDep) -> EventShape | Response:
    """One event with its sources and its alternatives."""
    found = lookups.event_by_id(store, event_id)
    return in_format(wanted, store, found.iri, lambda: services.presenter.event(found))


@router.get("/articles/{article_id:path}", response_model=ArticleResponse, responses=RDF_RESPONSES)
def article(services: ServicesDep, store: StoreDep, article_id: str, wanted: FormatDep) -> ArticleResponse | Response:
    """One article with its claims and their quotes."""
    view = lookups.article_by_id(store, article_id)
    return in_format(wanted, store, view.iri, lambda: services.presenter.article(view))


@router.get("/people")
def people(
    services: ServicesDep, store: StoreDep, state: CountryDep, paging: PagingDep, q: NameQuery = None
) -> EntitiesResponse:
    """People whom articles name."""
    found = lookups.people(store, state.code if state else None)
    return _entities(services, found, q, state, paging)


@router.get("/organisations")
def organisations(
    services: ServicesDep, store: StoreDep, state: CountryDep, paging: PagingDep, q: NameQuery = None
) -> EntitiesResponse:
    """Organisations that articles name."""
    found = lookups.organisations(store, state.code if state else None)
    return _entities(services, found, q, state, paging)


def _entities(
    services: Services, found: tuple[EntityView, ...], q: str | None, state: CountryDep, paging: Paging
) -> EntitiesResponse:
    wanted = slug(q) if q else ""
    chosen = [one for one in found if wanted in slug(one.name)]
    page = page_of(chosen, lambda one: one.key, limit=paging.limit, cursor=paging.cursor)
    return EntitiesResponse(
        country=country(state) if state else None,
        items=[services.presenter.entity(one) for one in page.items],
        next=page.next,
    )
