"""What goes between the service and its children: a small pickled head and a body of plain bytes, each with its length.

Both ends are this program; what a client sends is plain text within a message, and is never unpickled. The heads are
named tuples, which are pickled ten times as fast as data classes.
"""

import pickle
import struct
from typing import NamedTuple, TypeAlias

from pyoxigraph import DefaultGraph, NamedNode

from app.errors import BanggiaoError
from app.graph.endpoints import Endpoint

LENGTHS = struct.Struct("!IQ")
"""Lengths of head and body, in bytes, before both."""

Address: TypeAlias = str | Endpoint | None
"""Where another process can open a graph: the path of a snapshot, or an endpoint; None is the empty graph."""


class Request(NamedTuple):
    """A query, its text as the body: the graph that it asks, and the formats that its client likes."""

    address: Address
    default_graphs: tuple[NamedNode | DefaultGraph, ...]
    named_graphs: tuple[NamedNode, ...]
    base_iri: str | None
    accept: str | None


class Reply(NamedTuple):
    """What became of a query: the media type of the body, or an error; `is_last`: the child is to be replaced."""

    media_type: str
    error: BanggiaoError | None
    is_last: bool


READY = Reply("", None, is_last=False)
"""What a child says when it has started."""


def pack(head: Request | Reply, body: bytes) -> bytes:
    """A message in one piece."""
    pickled = pickle.dumps(head, pickle.HIGHEST_PROTOCOL)
    return b"".join((LENGTHS.pack(len(pickled), len(body)), pickled, body))
