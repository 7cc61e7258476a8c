"""A client of the official library as an assistant has one, called from plain tests."""

from contextlib import contextmanager

from anyio.from_thread import start_blocking_portal
from mcp import Client


class Assistant:
    """Calls tools one by one; `client` can do the rest, through `run`."""

    def __init__(self, portal, client):
        self._portal, self.client = portal, client

    def run(self, function, *arguments):
        return self._portal.call(function, *arguments)

    def call(self, tool, **arguments):
        """What a tool answers; the library has checked it against the tool's schema."""
        return self._portal.call(self.client.call_tool, tool, arguments)

    def ask(self, tool, **arguments):
        """The structured answer and the text of a call that must succeed."""
        answer = self.call(tool, **arguments)
        assert not answer.is_error, text_of(answer)
        return answer.structured_content, text_of(answer)

    def refused(self, tool, **arguments):
        """The sentence of a call that must fail."""
        answer = self.call(tool, **arguments)
        assert answer.is_error
        return text_of(answer)


def text_of(answer):
    (content,) = answer.content
    return content.text


@contextmanager
def assistant_of(server):
    """An assistant that is connected to a server: one of this process, or the parameters to start another with."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(server)) as client:
        yield Assistant(portal, client)
