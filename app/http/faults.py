"""The last resort: what no route and no layer has caught becomes a problem document, and is logged once."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BanggiaoError
from app.problems import of_error, problem

_log = logging.getLogger(__name__)


class FaultsAsProblems:
    """Answers a problem for any exception that comes through; closes the connection where an answer had begun."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; answer for what goes wrong."""
        has_begun = False

        async def noting_send(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting_send if scope["type"] == "http" else send)
        except BanggiaoError as error:
            if scope["type"] != "http" or has_begun:
                raise
            _log.warning("%s: %s", error.kind, error)
            await of_error(error)(scope, receive, send)
        except Exception as error:
            if scope["type"] != "http" or has_begun:
                raise
            _log.error("%s %s failed", scope["method"], scope["path"], exc_info=error)
            detail = "The request failed by a fault of the service, which has been logged. Trying it again may help."
            await problem(500, "internal", "Something went wrong inside", detail)(scope, receive, send)
