"""Which content of an endpoint is current: looked at again now and then, since nothing tells of a change."""

import threading
import time
from collections.abc import Callable

from app.errors import BanggiaoError, UpstreamError
from app.graph.endpoints import Endpoint
from app.graph.remote import RemoteStore, snapshot_id_of
from app.graph.sparql_client import client_of
from app.graph.store_node import read_state

LOOK_AGAIN_AFTER_S = 1.0
"""How long an answer may be older than what was written elsewhere meanwhile."""


class RemoteReader:
    """The content of an endpoint, looked at again when a second has passed; safe to share between threads.

    `damage` says why the endpoint cannot be read now.
    """

    def __init__(self, endpoint: Endpoint, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client = client_of(endpoint)
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._look_at_s = float("-inf")
        self._store: RemoteStore | None = None
        self._error: BanggiaoError | None = None

    @property
    def damage(self) -> str | None:
        """Why the endpoint could not be read when it was last looked at."""
        return None if self._error is None else str(self._error)

    def store_at_hand(self) -> RemoteStore | None:
        """What `store` gives, if the endpoint need not be asked for it."""
        is_fresh = self._error is None and self._monotonic() < self._look_at_s
        return self._store if is_fresh else None

    def look_again(self) -> None:
        """Forget when the endpoint was looked at: it was written from here."""
        self._look_at_s = float("-inf")

    def store(self) -> RemoteStore:
        """The content as it was known by in the last second.

        Raises:
            UpstreamError: the endpoint does not answer; it is not asked again before a second has passed.

        """
        if self._monotonic() >= self._look_at_s:
            with self._lock:
                if self._monotonic() >= self._look_at_s:
                    self._look()
                    self._look_at_s = self._monotonic() + LOOK_AGAIN_AFTER_S
        error, store = self._error, self._store
        if error is not None or store is None:
            raise type(error)(str(error)) if error else UpstreamError("The SPARQL endpoint was not read yet.")
        return store

    def _look(self) -> None:
        try:
            found = snapshot_id_of(read_state(self._client), self._client)
        except BanggiaoError as error:
            self._error = error
            return
        if self._store is None or self._store.snapshot_id != found:
            self._store = RemoteStore(self._client, found)
        self._error = None
