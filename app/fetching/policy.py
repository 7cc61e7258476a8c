"""What may be fetched, how much of it, and how politely: the limits of reading from the network."""

from dataclasses import dataclass, fields
from ipaddress import IPv4Network, IPv6Network

from app.house import VERSION
from extractors.readers import MAX_BYTES

ROBOT_NAME = "banggiao"
"""The name that a robots.txt calls us by."""
USER_AGENT = f"{ROBOT_NAME}/{VERSION} (+https://w3id.org/banggiao/)"


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """The rules for one run; sizes in bytes, times in seconds.

    The defaults admit public addresses at the usual ports and nothing else. `allowed_networks` is for tests and for
    those who publish in their own network, and can be set from Python only.
    """

    timeout_s: float = 30.0
    """For one input with all its redirects: resolving, connecting, sending and reading; waiting out pauses is apart."""
    connect_timeout_s: float = 10.0
    """For one address of a host; the next one is tried after it."""
    max_bytes: int = MAX_BYTES
    """Largest body, as it is sent and again when it is decompressed."""
    max_redirects: int = 5
    """RFC 9309 asks for five at least (https://www.rfc-editor.org/rfc/rfc9309.html)."""
    max_listed: int = 1_000
    """Most addresses taken from feeds and sitemaps below one given address."""
    max_depth: int = 2
    """Most lists above a page: a sitemap index, and a sitemap in it."""
    pause_s: float = 1.0
    """Rest between two requests to one host, where its robots.txt asks for none or for less."""
    max_pause_s: float = 60.0
    """Longest rest that a robots.txt may ask for; a host that asks for more is left alone."""
    allowed_ports: frozenset[int] = frozenset({80, 443})
    allowed_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    user_agent: str = USER_AGENT

    def __post_init__(self) -> None:
        for limit in fields(self):
            value = getattr(self, limit.name)
            if isinstance(value, int | float) and not value >= 0:
                raise ValueError(f"{limit.name} is {value}, and must not be below 0")
