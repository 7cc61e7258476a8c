"""A call of a tool or prompt: what is wrong with it comes back as a sentence to act on, never as a trace.

What a call brings may be the draft of an article: it is neither logged nor repeated in an error.
"""

import logging
import traceback
from collections.abc import Collection
from typing import Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.prompts import Prompt
from mcp.server.mcpserver.prompts.base import Message
from mcp.server.mcpserver.tools import Tool
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, InputRequiredResult
from pydantic import ValidationError

from app.errors import BanggiaoError
from app.logs import FIELDS
from extractors.dates import DateError
from extractors.gazetteer import UnknownCountryError
from extractors.readers import ReadError

_log = logging.getLogger(__name__)


class GraphTool(Tool):
    """A tool that refuses parameters it does not have, and says in a sentence why it could not answer."""

    async def run(self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False) -> Any:
        """Answer a call.

        Raises:
            ToolError: it cannot be answered; the message names the input and what to do.
        """
        unknown = _unknown(self.name, self.parameters["properties"], arguments)
        if unknown:
            raise ToolError(unknown)
        try:
            return await super().run(arguments, context, convert_result=convert_result)
        except ToolError as error:
            raise ToolError(_sentence(error.__cause__) or self._crash(error)) from None

    def _crash(self, error: ToolError) -> str:
        """Log what nobody foresaw: its kind and where it happened, but not its words, which may be those of a draft."""
        cause = error.__cause__ or error
        frames = "".join(traceback.format_tb(cause.__traceback__))
        _log.error("%s failed: %s", self.name, type(cause).__name__, extra={FIELDS: {"frames": frames}})
        return f"{self.name} failed by a fault of its own, not of the call. The log of the server says where."


class GraphPrompt(Prompt):
    """A prompt that refuses arguments it does not have or cannot use."""

    async def render(
        self, arguments: dict[str, Any] | None, context: Context[Any, Any]
    ) -> list[Message] | InputRequiredResult:
        """The messages of the prompt.

        Raises:
            MCPError: an argument is missing, unknown or cannot be used.
        """
        fault = _unknown(self.name, [one.name for one in self.arguments or ()], arguments or {})
        if fault is None:
            try:
                return await super().render(arguments, context)
            except ValueError as error:
                cause = error.__cause__
                fault = _validity(cause) if isinstance(cause, ValidationError) else str(error)
        raise MCPError(INVALID_PARAMS, fault)


def _unknown(name: str, known: Collection[str], given: Collection[str]) -> str | None:
    """What is wrong where something is given that does not exist; passed over, it would answer another question."""
    unknown = sorted(set(given) - set(known))
    if not unknown:
        return None
    return f"{name} has no parameter {', '.join(f'«{one[:100]}»' for one in unknown)}. It has: {', '.join(known)}."


def _validity(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    told = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)
    return f"A parameter is not valid. {'; '.join(told)}."


def _sentence(cause: BaseException | None) -> str | None:
    """What was wrong with a call; None for what nobody foresaw."""
    if isinstance(cause, ValidationError):
        return _validity(cause)
    if isinstance(cause, BanggiaoError):
        if cause.status >= 500:  # a fault on this side
            _log.warning("%s: %s", cause.kind, cause)
        return str(cause)
    return str(cause) if isinstance(cause, UnknownCountryError | DateError | ReadError) else None
