"""The settings: from the environment (`BANGGIAO_` before the name), or from the options of the command line.

Each limit has its unit in its name. Settings are frozen: whoever needs others makes new ones.
"""

from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import BadRequestError
from app.graph.endpoints import Endpoint, StoreAddress, check_endpoint_url, update_url_of
from app.graph.vocabulary import BASE
from app.processes import usable_cores
from app.querying.limits import QueryLimits
from app.rates import parse_rate

ENVIRONMENT_PREFIX = "BANGGIAO_"
_SECRET = frozenset({"token", "store_password", "store_token"})


class SettingsError(BadRequestError):
    """A setting that cannot be used; names it and the reason."""


def _read_store(value: object) -> object:
    """A directory as a path; the address of an endpoint stays a text."""
    if not isinstance(value, str):
        return value
    return _check_endpoint(value) if value.lower().startswith(("http://", "https://")) else Path(value)


def _check_endpoint(value: str) -> str:
    try:
        return check_endpoint_url(value)
    except BadRequestError as error:
        raise ValueError(str(error)) from error


def _check_base(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or not value.endswith("/"):
        raise ValueError("give an http or https address that ends in a slash, such as https://example.org/banggiao/")
    return value


def _check_rate(value: str) -> str:
    if value != "off":
        parse_rate(value)
    return value


class Settings(BaseSettings):
    """All that an operator can set."""

    model_config = SettingsConfigDict(env_prefix=ENVIRONMENT_PREFIX, env_ignore_empty=True, frozen=True)

    store: Annotated[Path | str, BeforeValidator(_read_store)] = Path(".store")
    """Directory of the snapshots (one that does not exist is an empty graph), or the address at which a SPARQL 1.1
    endpoint takes queries."""
    store_update_url: Annotated[str, AfterValidator(_check_endpoint)] | None = None
    """Where that endpoint takes updates; by default …/update beside …/query, else where it takes queries."""
    store_user: str | None = None
    store_password: SecretStr | None = None
    store_token: SecretStr | None = None
    """A bearer token for that endpoint, in place of user and password."""
    store_timeout_s: float = Field(default=30.0, gt=0)
    """Longest time that is waited for an answer of that endpoint."""
    store_lease_s: float = Field(default=60.0, ge=1)
    """Silence of a writer after which another takes its place at that endpoint: what a killed one may cost."""
    token: SecretStr | None = None
    """What a client must send to write; without it nothing can be written over HTTP."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1, le=256)
    base_iri: Annotated[str, AfterValidator(_check_base)] = BASE
    """Where links to things lead; the names within the graph stay what they are."""
    max_body_bytes: int = Field(default=5_000_000, ge=1)
    """Largest body of a request."""
    max_text_bytes: int = Field(default=500_000, ge=1)
    """Largest text that anyone may send to be checked or extracted."""
    max_texts: int = Field(default=2, ge=1)
    """Texts of over 50,000 bytes that are read at once in a worker."""
    max_address_bytes: int = Field(default=32_768, ge=256)
    """Longest address of a request, with its parameters."""
    max_head_bytes: int = Field(default=65_536, ge=1024)
    """Largest head of a request: its first line and its headers."""
    max_requests: int = Field(default=128, ge=1)
    """Requests that are worked on at once in a worker."""
    body_timeout_s: float = Field(default=30.0, gt=0)
    """How long a client may take to send a body."""
    idle_timeout_s: int = Field(default=15, ge=1)
    """How long a connection may be idle, or take to send the head of a request."""
    shutdown_timeout_s: int = Field(default=20, ge=1)
    """How long running requests may take to end when the service is stopped."""
    rate_limit: Annotated[str, AfterValidator(_check_rate)] | None = None
    """What one client may ask for, such as 600/minute, or off; unset: 1200/minute, but not for this machine itself."""
    trusted_proxies: str = "127.0.0.1,::1"
    """Addresses, networks or * whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    cache_bytes: int = Field(default=64 * 1024 * 1024, ge=0)
    """Memory for answers that are kept in a worker; 0 keeps none."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """From which level on there are lines in the log; a request is info."""
    metrics_dir: Path | None = None
    """Where several workers write their metrics: made by `serve`."""
    query_timeout_s: float = Field(default=10.0, gt=0)
    """Longest time that a SPARQL query runs, and again that it waits for its turn."""
    query_memory_bytes: int = Field(default=1_000_000_000, ge=50_000_000)
    """Memory that a SPARQL query may take beyond the open graph."""
    query_processes: int = Field(default=2, ge=1, le=256)
    """Child processes of a worker: SPARQL queries that run at once."""
    max_queued_queries: int = Field(default=32, ge=0)
    """SPARQL queries of a worker that wait for their turn."""
    max_query_bytes: int = Field(default=100_000, ge=1)
    """Longest text of a SPARQL query; the longest example of ontology/queries has about two thousand bytes."""
    max_result_bytes: int = Field(default=50_000_000, ge=1)
    """Largest answer to a SPARQL query."""
    update_timeout_s: float = Field(default=60.0, gt=0)
    """Longest time that a SPARQL update may run."""
    update_memory_bytes: int = Field(default=4_000_000_000, ge=300_000_000)
    """Most memory for the process that runs a SPARQL update; below the least, nothing could start."""
    max_items: int = Field(default=500, ge=1)
    """Most items in a page of a list."""
    max_calendar_events: int = Field(default=2000, ge=1)
    """Most events of a calendar, of a feed, and of a timeline for other programs."""
    publish_after_s: float = Field(default=60.0, ge=0)
    """Work after which a long ingest publishes what it has done: what a kill may cost."""
    write_wait_s: float = Field(default=30.0, ge=0)
    """How long a writing request waits for another writer to end."""

    @property
    def address(self) -> StoreAddress:
        """Where the graph is, with what is needed to get in."""
        if isinstance(self.store, Path):
            return self.store
        return Endpoint(
            query_url=self.store,
            update_url=self.store_update_url or update_url_of(self.store),
            user=self.store_user,
            password=self.store_password.get_secret_value() if self.store_password else None,
            token=self.store_token.get_secret_value() if self.store_token else None,
            timeout_s=self.store_timeout_s,
            lease_s=self.store_lease_s,
        )

    @property
    def query_limits(self) -> QueryLimits:
        """What SPARQL queries may take, and how many there may be."""
        return QueryLimits(
            timeout_s=self.query_timeout_s,
            memory_bytes=self.query_memory_bytes,
            max_result_bytes=self.max_result_bytes,
            max_query_bytes=self.max_query_bytes,
            processes=self.query_processes,
            # those that ask an endpoint wait for it, and need no processor
            short_at_once=self.query_processes
            if isinstance(self.address, Endpoint)
            else max(1, usable_cores() // self.workers),
            max_queued=self.max_queued_queries,
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What opens something, and must stand in no line of a log."""
        values = (self.token, self.store_password, self.store_token)
        return tuple(value.get_secret_value() for value in values if value)

    @model_validator(mode="after")
    def _check_credentials(self) -> Self:
        if self.store_token is not None and (self.store_user is not None or self.store_password is not None):
            raise ValueError("give BANGGIAO_STORE_TOKEN, or BANGGIAO_STORE_USER with BANGGIAO_STORE_PASSWORD, not both")
        if (self.store_user is None) != (self.store_password is None):
            raise ValueError("BANGGIAO_STORE_USER and BANGGIAO_STORE_PASSWORD go together")
        return self


def read_settings(**options: Any) -> Settings:
    """The settings of the environment; options that are not None come first.

    Raises:
        SettingsError: a value cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})
    except ValidationError as error:
        raise SettingsError("; ".join(_sentence(dict(fault)) for fault in error.errors())) from error


def to_environment(settings: Settings) -> dict[str, str]:
    """The settings as variables of the environment, for processes that are started from here."""
    values = {name: value for name, value in settings.model_dump().items() if value is not None}
    return {
        f"{ENVIRONMENT_PREFIX}{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in values.items()
    }


def _sentence(fault: dict[str, Any]) -> str:
    reason = str(fault["msg"]).removeprefix("Value error, ")
    if not fault["loc"]:
        return f"The settings do not go together: {reason}."
    name = str(fault["loc"][0])
    # what is secret is never shown, nor what may hold it
    value = "" if name in _SECRET or "@" in str(fault["input"]) else f" «{fault['input']}»"
    return (
        f"The setting {ENVIRONMENT_PREFIX}{name.upper()} (--{name.replace('_', '-')}){value} cannot be used: {reason}."
    )
