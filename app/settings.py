"""The settings: from the environment (`BANGGIAO_` before the name), or from the options of the command line.

Each limit has its unit in its name. Settings are frozen: whoever needs others makes new ones.
"""

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import BadRequestError
from app.graph.vocabulary import BASE
from app.rates import parse_rate

ENVIRONMENT_PREFIX = "BANGGIAO_"


class SettingsError(BadRequestError):
    """A setting that cannot be used; names it and the reason."""


def _refuse_remote(value: object) -> object:
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        raise ValueError("a remote store cannot be used yet: give a directory")
    return value


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

    store: Annotated[Path, BeforeValidator(_refuse_remote)] = Path(".store")
    """Directory of the snapshots; one that does not exist is an empty graph."""
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
    publish_after_s: float = Field(default=60.0, ge=0)
    """Work after which a long ingest publishes what it has done: what a kill may cost."""
    write_wait_s: float = Field(default=30.0, ge=0)
    """How long a writing request waits for another writer to end."""


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
    values = settings.model_dump(exclude={"token"}, mode="json")
    if settings.token is not None:
        values["token"] = settings.token.get_secret_value()
    return {f"{ENVIRONMENT_PREFIX}{name.upper()}": str(value) for name, value in values.items() if value is not None}


def _sentence(fault: dict[str, Any]) -> str:
    name = str(fault["loc"][0]) if fault["loc"] else "settings"
    # the value of the token is never shown
    value = "" if name == "token" else f" «{fault['input']}»"
    reason = str(fault["msg"]).removeprefix("Value error, ")
    return (
        f"The setting {ENVIRONMENT_PREFIX}{name.upper()} (--{name.replace('_', '-')}){value} cannot be used: {reason}."
    )
