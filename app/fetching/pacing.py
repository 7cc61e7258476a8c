"""How long a host is left in peace between two requests."""

from collections.abc import Callable


class Pace:
    """Remembers when each host may be asked again; all requests are made one after another."""

    def __init__(self, sleep: Callable[[float], None], monotonic: Callable[[], float]) -> None:
        self._sleep = sleep
        self._monotonic = monotonic
        self._free_at: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Sleep until the host may be asked."""
        wait_s = self._free_at.pop(host, 0.0) - self._monotonic()
        if wait_s > 0:
            self._sleep(wait_s)

    def rest(self, host: str, pause_s: float) -> None:
        """Leave the host in peace from now on, for so many seconds at least."""
        now = self._monotonic()
        self._free_at = {name: free_at for name, free_at in self._free_at.items() if free_at > now}
        if pause_s > 0:
            self._free_at[host] = max(now + pause_s, self._free_at.get(host, 0.0))
