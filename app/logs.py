"""Where log lines go and what they look like: JSON, one line each, to stderr; for people on a terminal.

The configuration is a value for `logging.config.dictConfig`, so that the server hands it to its workers, and its own
lines look like ours.
"""

import datetime as dt
import json
import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, quote_plus

from pydantic_core import to_json

from app.http.exchange import REQUEST_ID

MASK = "***"
FIELDS = "fields"
"""The name under which a record carries what it says beside its sentence."""

# Libraries that read what people send, and whose warnings quote it: texts that are checked are not logged.
_QUOTING = ("trafilatura", "htmldate", "courlan", "justext", "dateparser", "python_multipart")
# a line is made for every request: the thread and the process of a record, which no line shows, are not looked up
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False


def log_config(level: str, *, is_terminal: bool, secrets: Iterable[str] = ()) -> dict[str, Any]:
    """What the loggers do; none of the secrets is ever written, wherever it stands in a line."""
    ours = {"level": level.upper(), "handlers": ["stderr"], "propagate": False}
    silent = {"handlers": ["nowhere"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": TerminalLines if is_terminal else JsonLines, "secrets": tuple(secrets)}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "lines"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "loggers": dict.fromkeys(("app", "banggiao", "uvicorn"), ours) | dict.fromkeys(_QUOTING, silent),
        "root": {"level": "WARNING", "handlers": ["stderr"]},
    }


def event_of(record: logging.LogRecord) -> dict[str, object]:
    """What a record says, by name; `event` is its sentence."""
    event: dict[str, object] = {
        "time": f"{_second(int(record.created))}.{int(record.created % 1 * 1000):03}+00:00",
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": record.getMessage(),
    }
    fields: Mapping[str, object] = getattr(record, FIELDS, {})
    event.update(fields)
    request_id = REQUEST_ID.get()
    if request_id is not None:
        event.setdefault("request_id", request_id)
    return event


@lru_cache(maxsize=2)
def _second(seconds: int) -> str:
    """A second since 1970 in UTC: many lines are of one."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")


class _Lines(logging.Formatter):
    """Lines in which no secret stands."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._hidden = forms_of(secrets)

    def _mask(self, line: str) -> str:
        for form in self._hidden:
            if form in line:
                line = line.replace(form, MASK)
        return line


class JsonLines(_Lines):
    """A record as one line of JSON, with its traceback in it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        event = event_of(record)
        if record.exc_info:
            event["exception"] = self.formatException(record.exc_info)
        return self._mask(_object(event))


def _object(event: Mapping[str, object]) -> str:
    try:
        # a quarter of the time that the standard library takes
        return to_json(event, fallback=str).decode()
    except ValueError:  # half a character, which clients can send and UTF-8 cannot hold
        return json.dumps(event, default=str)


class TerminalLines(_Lines):
    """A record in columns and colours."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(secrets)
        import structlog  # needed on a terminal only

        self._render = structlog.dev.ConsoleRenderer()

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, and its traceback below."""
        event = event_of(record)
        event["timestamp"] = event.pop("time")
        if record.exc_info:
            event["exc_info"] = record.exc_info
        return self._mask(str(self._render(None, record.levelname.lower(), event)))


def forms_of(secrets: Iterable[str]) -> tuple[str, ...]:
    """How secrets can stand in a line: as they are, within JSON, and within an address."""
    return tuple(dict.fromkeys(form for secret in secrets if secret for form in _forms(secret)))


def _forms(secret: str) -> tuple[str, ...]:
    written = (secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1])
    return (*written, repr(secret)[1:-1], quote(secret), quote_plus(secret))
