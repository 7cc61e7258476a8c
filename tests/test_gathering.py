"""The head of an answer waits for its body, and for nothing longer: what is written arrives whole and in order."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http.gathering import GatheringTransport

HEAD, BODY, LARGE = b"HTTP/1.1 200 OK\r\n\r\n", b"body", b"x" * 100_000


class Wire(asyncio.Transport):
    """Notes each call to the system."""

    def __init__(self):
        super().__init__()
        self.calls = []

    def write(self, data):
        self.calls.append(bytes(data))

    def writelines(self, parts):
        self.calls.append(b"".join(parts))

    def close(self):
        self.calls.append(None)

    abort = close

    def is_closing(self):
        return None in self.calls


async def calls_of(*steps):
    """The calls that some steps make: bytes are written, None lets the event loop turn, a word is called."""
    wire = Wire()
    transport = GatheringTransport(wire, asyncio.get_running_loop())
    for step in steps:
        if step is None:
            await asyncio.sleep(0)
        elif isinstance(step, str):
            getattr(transport, step)()
        else:
            transport.write(step)
    await asyncio.sleep(0)
    return wire.calls


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param([HEAD, BODY], [HEAD + BODY], id="an answer is one call"),
        pytest.param([HEAD, LARGE], [HEAD + LARGE], id="also a large one"),
        pytest.param([HEAD, b"", HEAD, BODY], [HEAD, HEAD + BODY], id="each of two answers in one turn"),
        pytest.param([HEAD], [HEAD], id="a head without a body goes out at the next turn"),
        pytest.param([HEAD, None, BODY], [HEAD, BODY], id="a body that comes later is not waited for"),
        pytest.param([LARGE, LARGE], [LARGE, LARGE], id="large pieces wait for nothing"),
        pytest.param([HEAD, "close"], [HEAD, None], id="what was held is written before the end"),
        pytest.param([HEAD, "abort"], [None], id="what is given up is not"),
    ],
)
def test_what_is_written_together(steps, expected):
    assert asyncio.run(calls_of(*steps)) == expected


@given(st.lists(st.one_of(st.binary(max_size=5), st.just(LARGE), st.none()), max_size=12))
def test_nothing_is_lost_or_changes_places(steps):
    assert b"".join(asyncio.run(calls_of(*steps))) == b"".join(step for step in steps if step)
