"""«Bài này có đúng không?»: a draft pasted or sent, with what is wrong beside the text.

Nothing is stored, so that a form sent from a page of somebody else changes nothing and needs no token against it. Nor
is anything logged: faults of ours are told by their place in the program, because what Python says of them may quote
the draft.
"""

import traceback
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from app.catalogues import catalogue
from app.days import parse_asked_day
from app.errors import BadRequestError, BanggiaoError
from app.graph.store import GraphStore
from app.routes.dependencies import Services, ServicesDep, StoreDep
from app.web.addresses import place_of_event
from app.web.checked_drafts import MAX_SHOWN, CheckedDraft, check_draft, kind_words, severity_words
from app.web.draft_forms import DraftForm, parse_draft_form
from app.web.draft_reading import ACCEPTED, is_empty, read_form, why_unreadable
from app.web.marked_text import visible
from app.web.rendering import language_of, page, words_of
from extractors.readers import ReadError

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class CheckFailedError(BanggiaoError):
    """A fault of ours while a draft was checked; the message names its place in the program, nothing of the draft."""


@router.get("/check")
def empty_form(request: Request, services: ServicesDep) -> Response:
    """The form, for a draft of today."""
    return _form(request, services, DraftForm(on=services.today().isoformat()))


@router.post("/check")
async def checked(request: Request, services: ServicesDep, store: StoreDep) -> Response:
    """The draft with its findings; or the form with what is wrong in it, and with the text that was pasted."""
    body = await request.body()
    answer = await run_in_threadpool(_answer, request, services, store, body)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _answer(request: Request, services: Services, store: GraphStore, body: bytes) -> Response:
    form = parse_draft_form(request.headers.get("content-type"), body)
    gettext = catalogue(language_of(request)).gettext
    try:
        day = parse_asked_day(form.on, "on") if form.on else None
    except BadRequestError:
        return _form(request, services, form, gettext("The day cannot be used: write it as 2026-11-22."))
    if is_empty(form):
        return _form(request, services, form, gettext("There is nothing to check yet: paste a text, or choose a file."))
    try:
        found = check_draft(read_form(form, day), store)
    except ReadError as error:
        return _form(request, services, form, why_unreadable(error.reason, language_of(request)))
    except BanggiaoError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, it must not be logged with what it quotes
        raise CheckFailedError(_without_quotes(error)) from None
    name = form.file.name if form.file else ""
    return _findings(request, services, found, name)


def _form(request: Request, services: Services, form: DraftForm, fault: str = "") -> Response:
    """The form as it was sent, with what is wrong in it."""
    status = HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK
    context = {"form": form, "fault": fault, **_limits(request, services)}
    return page(request, "check.html", context, status)


def _findings(request: Request, services: Services, found: CheckedDraft, name: str) -> Response:
    language = language_of(request)
    context = {
        "found": found,
        "name": visible(name),
        "form": DraftForm(on=services.today().isoformat()),
        "fault": "",
        "severities": {one.number: one.finding.severity for one in found.findings},
        "kind_words": kind_words(language),
        "severity_words": severity_words(language),
        "max_shown": MAX_SHOWN,
        "visible": visible,
        "place_of_event": place_of_event,
        **_limits(request, services),
    }
    return page(request, "checked.html", context)


def _limits(request: Request, services: Services) -> dict[str, object]:
    max_bytes = min(services.settings.max_text_bytes, services.settings.max_body_bytes)
    return {"max_bytes": max_bytes, "size": words_of(request).size(max_bytes), "accepted": ACCEPTED}


def _without_quotes(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
    return f"The draft could not be checked by a fault of the service ({type(error).__name__} at {place})."
