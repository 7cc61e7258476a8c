"""What the layers around the routes tell each other of one request: a record in its scope."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

from starlette.types import Scope

_KEY = "banggiao.exchange"

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that is being answered, also in the threads that answer it."""

CacheOutcome = Literal["hit", "miss", "fresh"]


@dataclass(slots=True)
class Exchange:
    """One request on its way: who it is, and what was found out about it so far."""

    id: str
    client: str
    template: str | None = None
    """The address with the names of its parameters, such as `/api/countries/{name}`."""
    snapshot: str | None = None
    cache: CacheOutcome | None = None
    next_cursor: str | None = None
    """The cursor of the page after the one that is answered."""
    has_pages: bool = False
    body_bytes: int = 0
    """The size of the body, once it was read."""
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    """Those that the answer gets as it leaves, whoever gives it. To add them here costs less than to wait for it."""


def put_exchange(scope: Scope, exchange: Exchange) -> None:
    """Note the record of a request."""
    scope[_KEY] = exchange


def exchange_of(scope: Scope) -> Exchange:
    """The record of a request; one of its own for an application that is asked without the layers."""
    found = scope.get(_KEY)
    if found is None:
        found = scope[_KEY] = Exchange("", "")
    assert isinstance(found, Exchange)  # noqa: S101  # put there by put_exchange
    return found


def header(scope: Scope, name: bytes) -> bytes | None:
    """The first value of a header, by its name in lower case."""
    for key, value in scope["headers"]:
        if key == name:
            found: bytes = value
            return found
    return None


def note_template(scope: Scope) -> None:
    """Note the template of the route that the router has found; of files, the folder that they are in."""
    route = scope.get("route")
    template = getattr(route, "path_format", None) or getattr(route, "path", None)
    if template is None and "endpoint" in scope and "app_root_path" in scope:
        template = scope["root_path"].removeprefix(scope["app_root_path"])
    if template is not None:
        exchange_of(scope).template = template
