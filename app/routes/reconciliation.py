"""Reconciliation: others' tables matched to states, pairs, people and organisations (see app/reconciling)."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from app.documented_answers import problems
from app.errors import BadRequestError, NotFoundError
from app.graph.store import GraphStore
from app.json_answers import JSON
from app.name_likeness import plain_key
from app.reconciling import documentation
from app.reconciling.answering import answer_queries, extend
from app.reconciling.facts import facts_of
from app.reconciling.forms import FIELDS, Field, asked_field, read_form, single
from app.reconciling.kinds import (
    PROPERTIES,
    TYPE_IDS,
    TYPES,
    TypeId,
    properties_of,
    read_id,
    shortened,
)
from app.reconciling.manifest import manifest
from app.reconciling.matching import Matcher
from app.reconciling.preview import preview_page
from app.reconciling.queries import read_extension, read_queries, read_query
from app.reconciling.responses import (
    ProposalsResponse,
    SuggestedThingsResponse,
    SuggestionsResponse,
    named_property,
    suggested_property,
    suggested_thing,
    suggested_type,
)
from app.routes.dependencies import PROBLEM_RESPONSES, Services, ServicesDep, StoreDep

router = APIRouter(prefix="/reconcile", tags=["reconciliation"], responses=PROBLEM_RESPONSES)

_SUGGESTED = 10
_MAX_CURSOR = 10_000

PrefixQuery = Annotated[str, Query(description="What was typed so far", examples=["azer"])]
CursorQuery = Annotated[
    int, Query(alias="cursor", ge=0, le=_MAX_CURSOR, description="How many suggestions to leave out", examples=[0])
]
TypeQuery = Annotated[TypeId | None, Query(alias="type", description="Only of this type", examples=["country"])]


async def _body(request: Request) -> bytes:
    return await request.body()


@router.get(
    "",
    summary="The manifest, or queries by GET",
    response_class=Response,
    responses={200: documentation.GET_ANSWER, **problems(413)},
    openapi_extra=documentation.GET_DESCRIPTION,
)
def reconcile_by_get(request: Request, services: ServicesDep, store: StoreDep) -> Response:
    """What the service offers (Reconciliation Service API 0.2); with queries=, query= or extend=, what POST answers."""
    asked = asked_field(single(request.query_params.multi_items()))
    if asked is None:
        return _json(manifest(str(request.base_url).rstrip("/")))
    return _json(_answer(services, store, *asked))


@router.post(
    "",
    summary="Match names to things, or ask for properties of things",
    response_class=Response,
    responses={200: documentation.POST_ANSWER, **problems(413, 415)},
    openapi_extra=documentation.POST_DESCRIPTION,
)
async def reconcile(
    request: Request, services: ServicesDep, store: StoreDep, body: Annotated[bytes, Depends(_body)]
) -> Response:
    """Candidates for each name of a batch, or the values of properties of things; nothing is stored."""
    fields = read_form(request.headers.get("content-type"), body)
    return await run_in_threadpool(lambda: _json(_answer_form(services, store, fields)))


@router.get("/suggest/entity", summary="Things that begin so")
def suggest_entity(
    services: ServicesDep, store: StoreDep, prefix: PrefixQuery, skipped: CursorQuery = 0, only: TypeQuery = None
) -> SuggestedThingsResponse:
    """Ten things whose names begin so or may be meant, the likeliest first."""
    types = (only,) if only else TYPE_IDS
    found = Matcher(store, services.today()).suggestions(prefix, types, skipped, _SUGGESTED)
    return SuggestedThingsResponse(result=[suggested_thing(one) for one in found])


@router.get("/suggest/type", summary="Types that begin so")
def suggest_type(prefix: PrefixQuery = "", skipped: CursorQuery = 0) -> SuggestionsResponse:
    """The types whose id or name has a word that begins so; all of them without a prefix."""
    found = [suggested_type(one) for one in TYPES.values() if _begins(prefix, one.id, one.name)]
    return SuggestionsResponse(result=found[skipped : skipped + _SUGGESTED])


@router.get("/suggest/property", summary="Properties that begin so")
def suggest_property(prefix: PrefixQuery = "", skipped: CursorQuery = 0) -> SuggestionsResponse:
    """The properties whose id or name has a word that begins so; all of them without a prefix."""
    found = [suggested_property(one) for one in PROPERTIES.values() if _begins(prefix, one.id, one.name)]
    return SuggestionsResponse(result=found[skipped : skipped + _SUGGESTED])


@router.get(
    "/preview",
    summary="A thing on a small page",
    response_class=HTMLResponse,
    responses={200: documentation.PREVIEW_ANSWER},
)
def preview_thing(
    services: ServicesDep,
    store: StoreDep,
    thing: Annotated[str, Query(alias="id", description="Id of a thing", examples=["pair/AZ-VN"])],
) -> HTMLResponse:
    """What is known of a thing, in a few lines."""
    wanted = read_id(thing)
    if wanted is None:
        raise NotFoundError(f"«{shortened(thing)}» is no id of a thing here: ids look like country/AZ or pair/AZ-VN.")
    return HTMLResponse(preview_page(facts_of(store, wanted, services.today())))


@router.get("/extend/propose", summary="The properties of things of a type")
def propose_properties(
    only: TypeQuery = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Most properties", examples=[20])] = 100,
) -> ProposalsResponse:
    """The properties that can be asked of things of a type."""
    found = properties_of((only,) if only else TYPE_IDS)[:limit]
    return ProposalsResponse(type=only or "", limit=limit, properties=[named_property(one) for one in found])


def _answer_form(services: Services, store: GraphStore, fields: Mapping[str, str]) -> dict[str, Any]:
    asked = asked_field(fields)
    if asked is None:
        raise BadRequestError(f"The form asks for nothing: give one of {', '.join(FIELDS)}.")
    return _answer(services, store, *asked)


def _answer(services: Services, store: GraphStore, field: Field, text: str) -> dict[str, Any]:
    on, timeout_s = services.today(), services.settings.query_timeout_s
    if field == "extend":
        return extend(store, read_extension(text), on, timeout_s)
    if field == "query":
        return answer_queries(store, {field: read_query(text)}, on, timeout_s)[field]
    return answer_queries(store, read_queries(text), on, timeout_s)


def _json(value: Mapping[str, Any]) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), media_type=JSON)


def _begins(prefix: str, *names: str) -> bool:
    wanted = plain_key(prefix)
    return any(f" {plain_key(name)}".find(f" {wanted}") >= 0 for name in names)
