"""Single things of the graph: states, events, articles, people, organisations."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app import entity_presentation
from app.entity_responses import OrganisationShape, OrganisationsResponse, PeopleResponse, PersonShape
from app.errors import BadRequestError
from app.graph import entity_lookups, lookups
from app.graph.store import GraphStore
from app.graph.vocabulary import thing
from app.office_holders import Holding, holders, is_office, parse_asked_office, parse_asked_time
from app.paging import page_of
from app.presentation import country
from app.rdf_answers import RDF_RESPONSES, in_format
from app.responses import ArticleResponse, CountriesResponse, CountryResponse, EventShape
from app.routes.dependencies import (
    PROBLEM_RESPONSES,
    CountryDep,
    FormatDep,
    PagingDep,
    ServicesDep,
    StoreDep,
)
from extractors.gazetteer import load_gazetteer

router = APIRouter(prefix="/api", tags=["things"], responses=PROBLEM_RESPONSES)

NameQuery = Annotated[str | None, Query(description="Part of a name, with or without diacritics", examples=["to lam"])]
RoleQuery = Annotated[
    str | None,
    Query(description="An office, in words («Đại sứ tại Việt Nam») or by its kind", examples=["party-leader"]),
]
TimeQuery = Annotated[
    str | None,
    Query(
        description="Who held an office on a day, in a month, in a year; needs ?country= or ?role=",
        examples=["2026"],
        json_schema_extra={"pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    ),
]
StatePath = Annotated[str, Path(description="Code or name of a state", examples=["VN"])]
EventPath = Annotated[str, Path(description="Id of an event", examples=["established-AZ-VN"])]
ArticlePath = Annotated[
    str, Path(description="Id of an article; may hold slashes", examples=["2026-09-23-viet-nam-azerbaijan"])
]
PersonPath = Annotated[str, Path(description="Key of a person", examples=["to-lam-VN"])]
OrganisationPath = Annotated[str, Path(description="Key of an organisation", examples=["bo-ngoai-giao"])]


@router.get("/countries", summary="All states")
def countries(store: StoreDep, paging: PagingDep) -> CountriesResponse:
    """All states of the graph, by code."""
    page = page_of(lookups.countries(store), lambda one: one.code, limit=paging.limit, cursor=paging.cursor)
    paging.announce(page.next)
    return CountriesResponse(items=[country(one) for one in page.items], next=page.next)


@router.get(
    "/countries/{name}",
    operation_id="country",
    summary="One state",
    response_model=CountryResponse,
    responses=RDF_RESPONSES,
)
def country_by_name(services: ServicesDep, store: StoreDep, name: StatePath, wanted: FormatDep) -> Response:
    """One state, by its code or any of its names."""
    view = lookups.country_by_code(store, load_gazetteer().resolve(name))

    def answer() -> CountryResponse:
        own = lookups.events_by(store, "bg:subject", thing("country", view.code))
        return services.presenter.country(view, lookups.pairs_of_country(store, view.code), own)

    return in_format(wanted, store, view.iri, answer)


@router.get("/events/{event_id}", summary="One event", response_model=EventShape, responses=RDF_RESPONSES)
def event(services: ServicesDep, store: StoreDep, event_id: EventPath, wanted: FormatDep) -> Response:
    """One event with its sources and its alternatives."""
    found = lookups.event_by_id(store, event_id)
    return in_format(wanted, store, found.iri, lambda: services.presenter.event(found))


@router.get(
    "/articles/{article_id:path}", summary="One article", response_model=ArticleResponse, responses=RDF_RESPONSES
)
def article(services: ServicesDep, store: StoreDep, article_id: ArticlePath, wanted: FormatDep) -> Response:
    """One article with its claims and their quotes."""
    view = lookups.article_by_id(store, article_id)
    return in_format(wanted, store, view.iri, lambda: services.presenter.article(view))


@router.get("/people", summary="People by name or by office")
def people(
    services: ServicesDep,
    store: StoreDep,
    state: CountryDep,
    paging: PagingDep,
    q: NameQuery = None,
    role: RoleQuery = None,
    on: TimeQuery = None,
) -> PeopleResponse:
    """People whom articles name; with ?role= or ?on=, those who were seen in an office, or in it at that time."""
    code = state.code if state else None
    named = entity_lookups.people_by_name(store, code if role is None and on is None else None)
    chosen = entity_lookups.of_name(named, q or "")
    holdings: tuple[Holding, ...] = ()
    if role is not None or on is not None:
        holdings, seen = _holdings(store, code, role, on)
        chosen = tuple(one for one in chosen if one.iri in seen)
    page = page_of(chosen, lambda one: one.key, limit=paging.limit, cursor=paging.cursor)
    paging.announce(page.next)
    views = (entity_lookups.person_by_key(store, one.key) for one in page.items)
    return PeopleResponse(
        country=country(state) if state else None,
        on=on,
        items=[entity_presentation.person(view, services.presenter, holdings) for view in views],
        next=page.next,
    )


@router.get("/people/{key}", summary="One person", response_model=PersonShape, responses=RDF_RESPONSES)
def person(services: ServicesDep, store: StoreDep, key: PersonPath, wanted: FormatDep) -> Response:
    """One person with their spellings and the offices that they were seen in; a replaced key leads to its person."""
    view = entity_lookups.person_by_key(store, key)
    return in_format(wanted, store, view.iri, lambda: entity_presentation.person(view, services.presenter))


@router.get("/organisations", summary="Organisations by name")
def organisations(
    services: ServicesDep, store: StoreDep, state: CountryDep, paging: PagingDep, q: NameQuery = None
) -> OrganisationsResponse:
    """Organisations that articles name."""
    chosen = entity_lookups.of_name(entity_lookups.organisations_by_name(store, state.code if state else None), q or "")
    page = page_of(chosen, lambda one: one.key, limit=paging.limit, cursor=paging.cursor)
    paging.announce(page.next)
    views = (entity_lookups.organisation_by_key(store, one.key) for one in page.items)
    return OrganisationsResponse(
        country=country(state) if state else None,
        items=[entity_presentation.organisation(view, services.presenter) for view in views],
        next=page.next,
    )


@router.get(
    "/organisations/{key}", summary="One organisation", response_model=OrganisationShape, responses=RDF_RESPONSES
)
def organisation(services: ServicesDep, store: StoreDep, key: OrganisationPath, wanted: FormatDep) -> Response:
    """One organisation with its spellings and all states in its name."""
    view = entity_lookups.organisation_by_key(store, key)
    return in_format(wanted, store, view.iri, lambda: entity_presentation.organisation(view, services.presenter))


def _holdings(
    store: GraphStore, code: str | None, role: str | None, on: str | None
) -> tuple[tuple[Holding, ...], frozenset[str]]:
    """What is known of the offices asked for: who held them at a time, and the IRIs of those to be shown.

    Raises:
        BadRequestError: neither a state nor a role is given, or one of the values cannot be read.
    """
    asked = parse_asked_office(role) if role is not None else None
    if code is not None:
        offices = entity_lookups.offices_of_country(store, code, asked.kind if asked else None)
    elif asked is not None:
        offices = entity_lookups.offices_of_kind(store, asked.kind)
    else:
        raise BadRequestError("on: say whose offices: give ?country= or ?role= too.")
    wanted = tuple(one for one in offices if asked is None or is_office(one, asked))
    if on is None:
        return (), frozenset(one.person for one in wanted)
    held = holders(wanted, *parse_asked_time(on, "on"))
    return held, frozenset(one.office.person for one in held)
