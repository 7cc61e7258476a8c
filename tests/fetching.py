"""What the tests of reading from the network share: a policy that admits the test server, and a run over its pages."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any

from web_server import WebServer

from app.fetching import FetchPolicy, fetch_payloads, resolve_by_system
from extractors.readers import Payload, Unreadable

LOOPBACK = ip_network("127.0.0.0/8")


@dataclass
class Clock:
    """A clock that only sleeping moves."""

    now_s: float = 1_000.0
    slept_s: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(round(seconds, 3))
        self.now_s += seconds

    def monotonic(self) -> float:
        return self.now_s


def policy_for(server: WebServer, **changes: Any) -> FetchPolicy:
    """The default policy, but for the one server that tests may visit, and without pauses."""
    chosen: dict[str, Any] = {
        "allowed_ports": frozenset({80, 443, server.port}),
        "allowed_networks": (LOOPBACK,),
        "pause_s": 0.0,
        "timeout_s": 10.0,
    }
    return FetchPolicy(**(chosen | changes))


def fetch(
    server: WebServer,
    *urls: str,
    clock: Clock | None = None,
    resolve: Callable[[str], Sequence[str]] = resolve_by_system,
    **changes: Any,
) -> list[Payload | Unreadable]:
    """Fetch addresses, or paths of the server; each result as it comes."""
    return list(
        fetch_payloads(
            [server.url(url) if url.startswith("/") else url for url in urls],
            policy=policy_for(server, **changes),
            sleep=clock.sleep if clock else time.sleep,
            monotonic=clock.monotonic if clock else time.monotonic,
            resolve=resolve,
        )
    )


def reasons(results: Sequence[Payload | Unreadable]) -> list[str]:
    """The reason of each result, «read» for a payload."""
    return [one.reason if isinstance(one, Unreadable) else "read" for one in results]
