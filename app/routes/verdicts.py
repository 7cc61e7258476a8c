"""Verdicts of curators over HTTP: read openly, written and taken back with the token."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from app.documented_answers import headers, problems
from app.errors import NotFoundError
from app.graph.store import SnapshotStore
from app.graph.verdicts import Verdict, Withdrawal, read_verdicts
from app.judging import judged_iri, record, take_back, to_the_second, verdict_json
from app.paging import page_of
from app.routes.dependencies import PROBLEM_RESPONSES, PagingDep, ServicesDep, StoreDep, WriterDep
from app.verdict_responses import VerdictBody, VerdictShape, VerdictsResponse, WithdrawalBody

router = APIRouter(prefix="/api", tags=["verdicts"], responses=PROBLEM_RESPONSES)

_WRITING = problems(401, 409, 413, 507)


def _example(**body: object) -> dict[str, Any]:
    return {"requestBody": {"content": {"application/json": {"example": body}}}}


VerdictPath = Annotated[str, Path(description="Id of a verdict", examples=["confirmed-04d9233b48f7"])]


@router.get("/verdicts", summary="All verdicts")
def verdicts(store: StoreDep, paging: PagingDep) -> VerdictsResponse:
    """All verdicts by id, also those that were taken back."""
    page = page_of(
        sorted(read_verdicts(store), key=lambda one: one.id),
        lambda one: one.id,
        limit=paging.limit,
        cursor=paging.cursor,
    )
    paging.announce(page.next)
    return VerdictsResponse(items=[_shape(one) for one in page.items], next=page.next)


@router.get("/verdicts/{verdict_id}", summary="One verdict")
def verdict(store: StoreDep, verdict_id: VerdictPath) -> VerdictShape:
    """One verdict."""
    return _shape(_verdict(store, verdict_id))


@router.post(
    "/verdicts",
    summary="Record a verdict",
    status_code=201,
    dependencies=[WriterDep],
    responses={201: headers("Location"), **_WRITING},
    openapi_extra=_example(
        finding="confirmed",
        judged=["viet-nam-azerbaijan-1992-established-0-bdf9a65d11"],
        by="Lê An",
        why="The embassy's page says so.",
    ),
)
def judge(services: ServicesDep, body: VerdictBody, response: Response) -> VerdictShape:
    """Confirm or reject a claim, or say that two people are one."""
    judged = tuple(sorted(judged_iri(body.finding, one) for one in body.judged))
    moment = to_the_second(services.now())
    recorded, _ = record(
        services.settings.address,
        Verdict(body.finding, judged, body.by, moment, body.why),
        wait_s=services.settings.write_wait_s,
    )
    response.headers["Location"] = f"/api/verdicts/{recorded.id}"
    return _shape(recorded)


@router.post(
    "/verdicts/{verdict_id}/withdrawal",
    summary="Take a verdict back",
    openapi_extra=_example(by="Lê An", why="The page was corrected."),
    dependencies=[WriterDep],
    responses=_WRITING,
)
def withdraw(services: ServicesDep, verdict_id: VerdictPath, body: WithdrawalBody) -> VerdictShape:
    """Take a verdict back; it stays on record with who, when and why."""
    withdrawal = Withdrawal(body.by, to_the_second(services.now()), body.why)
    take_back(services.settings.address, verdict_id, withdrawal, wait_s=services.settings.write_wait_s)
    return _shape(_verdict(services.snapshots.store(), verdict_id))


def _verdict(store: SnapshotStore, verdict_id: str) -> Verdict:
    found = next((one for one in read_verdicts(store) if one.id == verdict_id), None)
    if found is None:
        raise NotFoundError(f"There is no verdict «{verdict_id}».")
    return found


def _shape(verdict: Verdict) -> VerdictShape:
    return VerdictShape.model_validate(verdict_json(verdict))
