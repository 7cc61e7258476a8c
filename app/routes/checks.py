"""What is wrong with a draft: read, compared with the graph, answered, forgotten."""

from fastapi import APIRouter

from app.checking.checks import check
from app.checking.responses import CheckResponse, finding_shape
from app.request_bodies import A_WRONG_FACT, BODY_PROBLEMS, BodyDep, body_with
from app.routes.dependencies import PROBLEM_RESPONSES, ServicesDep, StoreDep
from app.texts import read_body

router = APIRouter(prefix="/api", tags=["texts"], responses=PROBLEM_RESPONSES | BODY_PROBLEMS)


@router.post("/check", summary="What is wrong in a text", openapi_extra=body_with(A_WRONG_FACT))
def check_text(services: ServicesDep, store: StoreDep, body: BodyDep) -> CheckResponse:
    """Dates, counts, weekdays, levels and names that are wrong in a text, each with its evidence; nothing is stored."""
    findings = check(read_body(*body), store)
    return CheckResponse(items=[finding_shape(one, services.presenter) for one in findings])
