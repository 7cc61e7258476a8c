"""Where a graph is: a directory of snapshots, or a SPARQL 1.1 endpoint by its addresses."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from app.errors import BadRequestError

_QUERY_PATH = "/query"
_UPDATE_PATH = "/update"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 endpoint, with what it wants of those who use it; user and password, or a bearer token.

    It can be pickled and handed to another process; what is secret is in no `repr`.
    """

    query_url: str
    update_url: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    timeout_s: float = 30.0
    """Longest time without a byte of an answer, and longest time of an answer that is read as a whole."""
    lease_s: float = 60.0
    """Time after which a writer that gave no sign of life has lost its place."""

    @property
    def name(self) -> str:
        """What messages call it: its address, which holds no secret."""
        return self.query_url


StoreAddress: TypeAlias = Path | Endpoint
"""A directory of snapshots, or an endpoint."""


def check_endpoint_url(url: str) -> str:
    """The address of an endpoint as it was given.

    Raises:
        BadRequestError: it is no http or https address, or holds a user name; a password is not repeated.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port  # finds a port that is no number
    except ValueError as error:
        raise BadRequestError(f"this is no address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
        raise BadRequestError("give an http or https address, such as https://example.org/sparql")
    if "@" in parts.netloc:
        raise BadRequestError("leave user and password out of the address: they have settings of their own")
    return url


def update_url_of(query_url: str) -> str:
    """Where an endpoint takes updates, unless it is said: beside …/query at …/update, else at the same address."""
    if query_url.endswith(_QUERY_PATH):
        return query_url.removesuffix(_QUERY_PATH) + _UPDATE_PATH
    return query_url
