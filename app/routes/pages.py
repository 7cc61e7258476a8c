"""How to ask this service, for people: every address, and the kinds of problems."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from app.problems import problem_kinds
from app.web.rendering import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_METHODS = ("get", "post", "put", "delete")


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
    return page(request, "docs.html", {"operations": operations, "problems": problem_kinds()})


@router.get("/problems/{kind}")
def problem(kind: str) -> RedirectResponse:
    """Where the type of a problem document leads."""
    return RedirectResponse(f"/docs#{kind}", status_code=303)
