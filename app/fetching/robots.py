"""What a robots.txt lets us do, by RFC 9309 (https://www.rfc-editor.org/rfc/rfc9309.html)."""

import re
from dataclasses import dataclass

from protego import Protego

from app.fetching.errors import NotFetchedError
from app.fetching.policy import ROBOT_NAME, FetchPolicy

MAX_ROBOTS_BYTES = 500 * 1024
"""How much of a robots.txt is read; RFC 9309, section 2.5, asks for 500 KiB at least."""
KEPT_S = 24 * 3600.0
"""How long a robots.txt is remembered, in seconds; RFC 9309, section 2.4, allows 24 hours."""

_AGENT_LINE = re.compile(r"\s*user[\s-]*agent\b\s*:?\s*(?P<name>\*(?!\S)|[a-z_-]*(?!\w))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin: a parsed file, none (all is allowed), or the reason why nothing is allowed for now."""

    rules: Protego | None = None
    closed: str | None = None

    def check(self, url: str) -> None:
        """Refuse what the rules do not allow.

        Raises:
            NotFetchedError: the file disallows it, or could not be read.
        """
        if self.closed is not None:
            raise NotFetchedError(self.closed)
        if self.rules is not None and not self.rules.can_fetch(url, ROBOT_NAME):
            raise NotFetchedError(f"its robots.txt does not allow {ROBOT_NAME} to read it")

    def pause_s(self, policy: FetchPolicy) -> float:
        """Seconds to rest after a request: what the file asks for (Crawl-delay, Request-rate), or the policy's own.

        Raises:
            NotFetchedError: it asks for more than the policy's `max_pause_s`.
        """
        if self.rules is None:
            return policy.pause_s
        rate = self.rules.request_rate(ROBOT_NAME)
        wanted_s = max(
            self.rules.crawl_delay(ROBOT_NAME) or 0.0, rate.seconds / rate.requests if rate is not None else 0.0
        )
        if wanted_s > policy.max_pause_s:
            limits = f"and we wait {policy.max_pause_s:g} s at most"
            raise NotFetchedError(f"its robots.txt asks for {wanted_s:g} s between two requests, {limits}")
        return max(policy.pause_s, wanted_s)


def parse_robots(data: bytes) -> Robots:
    """The rules of a file that was read, or of its first `MAX_ROBOTS_BYTES`: whole lines only."""
    if len(data) >= MAX_ROBOTS_BYTES:
        data = data[: data.rfind(b"\n", 0, MAX_ROBOTS_BYTES) + 1]
    lines = data.decode("utf-8-sig", "replace").splitlines()
    return Robots(rules=Protego.parse("\n".join(_name_agent(line) for line in lines)))


def _name_agent(line: str) -> str:
    """The line, with one name for all robots that we are not.

    Protego keeps each rule once for each robot of its group: a file that names 20,000 robots before 20,000 rules would
    fill the memory.
    """
    agent = _AGENT_LINE.match(line)
    if agent is None:
        return line
    name = agent["name"].lower()
    return f"User-agent: {name if name in {'*', ROBOT_NAME} else 'another'}"


def judge_status(status: int) -> Robots:
    """What an answer without a file means: 4xx, there are no rules; anything else, nothing is allowed for now.

    429 (too many requests) is one of «anything else»: it says that the host cannot take more, not that it has no rules.
    """
    if 400 <= status < 500 and status != 429:
        return Robots()
    return Robots(closed=f"its robots.txt answers {status}, so that nothing there may be read for now")
