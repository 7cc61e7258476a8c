"""Pages for people: what comes round, one pair of states, and how to ask this service. Vietnamese, without script."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import wording
from app.anniversaries import Anniversary, anniversaries_of_pair
from app.errors import BadRequestError
from app.graph.lookups import events_of_pair, gaps_of_pair
from app.graph.store import SnapshotStore
from app.paging import Page
from app.pairs import resolve_pair, state_of_pair
from app.problems import problem_kinds
from app.routes.dependencies import ServicesDep, StoreDep
from app.upcoming import Window, upcoming_page
from extractors.gazetteer import UnknownCountryError, load_gazetteer

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_DAYS_SHOWN = (30, 90, 365)
_ITEMS_SHOWN = 100
_METHODS = ("get", "post", "put", "delete")
_templates = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals["wording"] = wording


@router.get("/")
def home(
    services: ServicesDep,
    store: StoreDep,
    a: Annotated[str, Query()] = "",
    b: Annotated[str, Query()] = "",
    country: Annotated[str, Query()] = "",
    days: Annotated[int, Query(ge=1, le=_DAYS_SHOWN[-1])] = _DAYS_SHOWN[0],
    cursor: Annotated[str | None, Query()] = None,
) -> HTMLResponse:
    """What comes round in the next days; with ?a= and ?b=, what is known of a pair."""
    today = services.today()
    context: dict[str, Any] = {"a": a, "b": b, "country": country, "days": days, "today": today}
    context |= {
        "days_shown": _DAYS_SHOWN,
        "pair": None,
        "fault": None,
        "suggestions": (),
        "upcoming": (),
        "cursor": None,
    }
    status = 200
    try:
        if bool(a) != bool(b):
            return HTMLResponse(_render(context | {"fault": "Hãy nhập đủ hai quốc gia."}), 400)
        if a and b:
            context |= _pair_context(store, a, b, today)
        page = _upcoming(store, country, today, days, cursor)
        context |= {"upcoming": page.items, "cursor": page.next}
    except UnknownCountryError as error:
        status = 404
        context |= {"fault": f"Không có quốc gia nào tên là «{error.name}».", "suggestions": error.suggestions}
    except BadRequestError:
        status = 400
        context["fault"] = "Danh sách đã đổi: hãy xem lại từ đầu." if cursor else "Hãy nhập hai quốc gia khác nhau."
    return HTMLResponse(_render(context), status)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """How to ask this service: every address with its parameters, and the kinds of problems."""
    schema = request.app.openapi()
    operations = [
        (method.upper(), path, operation)
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    ]
    page = _templates.get_template("docs.html").render(operations=operations, problems=problem_kinds())
    return HTMLResponse(page)


@router.get("/problems/{kind}")
def problem(kind: str) -> RedirectResponse:
    """Where the type of a problem document leads."""
    return RedirectResponse(f"/docs#{kind}", status_code=303)


def _render(context: dict[str, Any]) -> str:
    return _templates.get_template("home.html").render(context)


def _pair_context(store: SnapshotStore, a: str, b: str, today: dt.date) -> dict[str, Any]:
    pair = resolve_pair(load_gazetteer(), a, b)
    events = events_of_pair(store, pair.a.code, pair.b.code)
    return {
        "pair": pair,
        "state": state_of_pair(pair, events, gaps_of_pair(store, pair.a.code, pair.b.code), today),
        "events": events,
        "anniversaries": anniversaries_of_pair(events, today),
    }


def _upcoming(store: SnapshotStore, country: str, today: dt.date, days: int, cursor: str | None) -> Page[Anniversary]:
    code = load_gazetteer().resolve(country) if country else None
    window = Window(today, today + dt.timedelta(days=days), code)
    return upcoming_page(store, window, limit=_ITEMS_SHOWN, cursor=cursor)
