"""The lease of an endpoint's one writer: taken by compare-and-set, renewed while work goes on, lost by silence.

Silence is told by the endpoint's clock, and by how long a waiting writer itself has seen no sign of life. Each write
says that the lease must be the writer's own, so that one that has lost it can no longer change anything.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from app.errors import BanggiaoError, StoreBusyError
from app.graph.sparql_client import SparqlClient
from app.graph.store_node import STORE_GRAPH, Holding, StoreState, property_of, read_state, said_of, stands, stands_not

_RENEWALS = 4  # within the time of a lease
_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 1.0
_RENEWED, _BEAT = property_of("renewed"), property_of("beat")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write, as long as it is renewed; `before` is what the store said when it was taken."""

    client: SparqlClient
    node: NamedNode
    holder: str
    before: StoreState
    is_lost: threading.Event = field(default_factory=threading.Event)

    @property
    def condition(self) -> str:
        """What an update says so that it does nothing once the lease is another's."""
        return stands({"holder": self.holder}, self.node)

    def is_held(self, state: StoreState) -> bool:
        """Whether it stands."""
        return any(one.node == self.node for one in state.holdings)

    def check(self) -> None:
        """See that no loss was noticed.

        Raises:
            StoreBusyError: another writer has taken it.
        """
        if self.is_lost.is_set():
            raise StoreBusyError(
                f"{self.client.endpoint.name} heard nothing of this writer for so long that another took its place: "
                "what it wrote may be there in part. Repeat."
            )


@contextmanager
def writer_of(client: SparqlClient, wait_s: float) -> Iterator[Lease]:
    """Be the one writer of an endpoint.

    Raises:
        StoreBusyError: another writer held the lease for `wait_s` seconds.
        UpstreamError: the endpoint does not answer.
    """
    lease = _take(client, wait_s)
    stop = threading.Event()
    renewing = threading.Thread(target=_renew, args=(lease, stop), name="lease", daemon=True)
    renewing.start()
    try:
        yield lease
    finally:
        stop.set()
        renewing.join()
        try:
            client.update(_given_back(lease.node))
        except BanggiaoError as error:  # then it ends by silence
            _log.warning("the lease could not be given back: %s", error)


def _take(client: SparqlClient, wait_s: float) -> Lease:
    node = NamedNode(f"{STORE_GRAPH.value}#writer-{secrets.token_hex(8)}")
    holder = f"{socket.gethostname()}, process {os.getpid()}"
    ends_at_s = time.monotonic() + wait_s
    seen_at_s: dict[str, float] = {}  # of each sign of life
    pause_s = _FIRST_PAUSE_S
    while True:
        held, now_s = read_state(client).holdings, time.monotonic()
        silent = [one for one in held if _is_silent(one, now_s - seen_at_s.setdefault(one.beat, now_s))]
        if len(silent) == len(held):
            client.update(_taken(client, node, holder, held[0] if held else None))
            state = read_state(client)
            if [one.node for one in state.holdings] == [node]:
                return Lease(client, node, holder, state)
            client.update(_given_back(node))  # two came at once: who sees it steps back
        if time.monotonic() + pause_s > ends_at_s:
            names = " and ".join(sorted(one.holder for one in held)) or "others who came at the same moment"
            raise StoreBusyError(
                f"Another writer ({names}) has held {client.endpoint.name} for over {wait_s:g} s: wait until it ends, "
                "and repeat."
            )
        time.sleep(pause_s * (1 + secrets.randbelow(100) / 100))
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


def _is_silent(one: Holding, unchanged_s: float) -> bool:
    """Whether a holder has lost its place; where the endpoint's clock was set back, by what was seen here."""
    return max(one.silence_s, unchanged_s) > one.lease_s


def _taken(client: SparqlClient, node: NamedNode, holder: str, silent: Holding | None) -> str:
    """An update that takes the lease if it is free, or is still that of a holder who has fallen silent."""
    values = {"holder": holder, "beat": secrets.token_hex(8), "lease": f"{client.endpoint.lease_s:g}"}
    template = f"INSERT {{ GRAPH {STORE_GRAPH} {{ {said_of(node, values)}{node} {_RENEWED} ?moment }} }}"
    if silent is None:
        return f"{template}\nWHERE {{ BIND(NOW() AS ?moment) {stands_not('holder')} }}"
    return f"""DELETE {{ GRAPH {STORE_GRAPH} {{ {silent.node} ?property ?value }} }}
{template}
WHERE {{
BIND(NOW() AS ?moment)
{stands({"beat": silent.beat}, silent.node)}
GRAPH {STORE_GRAPH} {{ {silent.node} ?property ?value }}
}}"""


def _renewed(node: NamedNode) -> str:
    sign = said_of(node, {"beat": secrets.token_hex(8)})
    return f"""DELETE {{ GRAPH {STORE_GRAPH} {{ {node} {_BEAT} ?beat ; {_RENEWED} ?renewed }} }}
INSERT {{ GRAPH {STORE_GRAPH} {{ {sign}{node} {_RENEWED} ?moment }} }}
WHERE {{
BIND(NOW() AS ?moment)
GRAPH {STORE_GRAPH} {{ {node} {_BEAT} ?beat ; {_RENEWED} ?renewed }}
}}"""


def _given_back(node: NamedNode) -> str:
    return f"DELETE WHERE {{ GRAPH {STORE_GRAPH} {{ {node} ?property ?value }} }}"


def _renew(lease: Lease, stop: threading.Event) -> None:
    """Give signs of life until told to stop, or until the lease is another's."""
    while not stop.wait(lease.client.endpoint.lease_s / _RENEWALS):
        try:
            lease.client.update(_renewed(lease.node))
            if not lease.is_held(read_state(lease.client)):
                lease.is_lost.set()
                return
        except BanggiaoError as error:
            _log.warning("the lease could not be renewed: %s", error)
