"""Where log lines go and what they look like: JSON, one line each, to stderr; for people on a terminal.

The configuration is a value for `logging.config.dictConfig`, so that the server hands it to its workers, and its own
lines look like ours.
"""

import json
import logging
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from app.http.exchange import REQUEST_ID

MASK = "***"


def log_config(level: str, *, is_terminal: bool, secrets: Iterable[str] = ()) -> dict[str, Any]:
    """What the loggers do; none of the secrets is ever written, wherever it stands in a line."""
    ours = {"level": level.upper(), "handlers": ["stderr"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": Lines, "is_terminal": is_terminal, "secrets": tuple(secrets)}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "loggers": dict.fromkeys(("app", "banggiao", "uvicorn"), ours),
        "root": {"level": "WARNING", "handlers": ["stderr"]},
    }


class Lines(logging.Formatter):
    """A record of the log as one line of JSON, with its traceback in it; in columns and colours on a terminal."""

    def __init__(self, *, is_terminal: bool, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        last: list[Processor] = (
            [structlog.dev.ConsoleRenderer()]
            if is_terminal
            else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        )
        self._formatter = structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                _add_request_id,
                structlog.processors.TimeStamper(fmt="iso", key="time"),
            ],
        )
        self._hidden = tuple(form for secret in secrets if secret for form in _forms(secret))

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        # uvicorn repeats its message in colours
        record.__dict__.pop("color_message", None)
        line = self._formatter.format(record)
        for form in self._hidden:
            if form in line:
                line = line.replace(form, MASK)
        return line


def _add_request_id(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    request_id = REQUEST_ID.get()
    if request_id is not None:
        event.setdefault("request_id", request_id)
    return event


def _forms(secret: str) -> tuple[str, ...]:
    """How a secret can stand in a line: as it is, within JSON, and within an address."""
    written = (secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1])
    return tuple(dict.fromkeys((*written, repr(secret)[1:-1], quote(secret), quote_plus(secret))))
