"""A graph by its address: a directory of snapshots or a SPARQL endpoint are read and written by the same calls."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Protocol

from pyoxigraph import Quad

from app.graph import snapshots
from app.graph.articles import ArticleGraph
from app.graph.building import ImportChange, VerdictChange
from app.graph.drafts import Draft
from app.graph.endpoints import Endpoint, StoreAddress
from app.graph.layout import EMPTY_SNAPSHOT_ID, current_id, current_stamp, manifest_of
from app.graph.reference import Reference
from app.graph.snapshots import Publication
from app.graph.store import GraphStore, SnapshotStore
from extractors.records import Extraction

__all__ = [
    "Publication",
    "Reader",
    "count_of",
    "edit",
    "is_unused",
    "open_snapshot",
    "publish",
    "published_at",
    "restore",
]

# What speaks to an endpoint is imported where one is named: its HTTP client takes a tenth of a second.


class Reader(Protocol):
    """Gives the content that is current whenever it is asked; `damage` says why it is not the newest, or none."""

    @property
    def damage(self) -> str | None:
        """Why the current content cannot be read."""

    def store_at_hand(self) -> SnapshotStore | None:
        """What `store` gives, if that takes no time: nothing is to be opened, and no one to be asked."""

    def look_again(self) -> None:
        """Make sure that `store` gives what was written before this call."""

    def store(self) -> SnapshotStore:
        """The current content.

        Raises:
            StoreDamagedError: a directory cannot be read.
            UpstreamError: an endpoint cannot.

        """


def open_snapshot(address: StoreAddress, *, falls_back: bool = False) -> Reader:
    """A reader of what is at an address; where nothing is, of an empty graph.

    With `falls_back` the last whole snapshot of a directory is read where its current one is damaged.
    """
    if isinstance(address, Endpoint):
        from app.graph.remote_reader import RemoteReader

        return RemoteReader(address)
    return snapshots.open_snapshot(address, falls_back=falls_back)


def publish(
    address: StoreAddress,
    articles: Iterable[Extraction | ArticleGraph],
    *,
    reference: Reference | None = None,
    judge: VerdictChange | None = None,
    imports: ImportChange | None = None,
    wait_s: float = 600.0,
) -> Publication:
    """Bring the graph up to date with some articles and publish it, if it has changed.

    Raises:
        StoreBusyError: another writer was at work for `wait_s` seconds.
        StoreDamagedError: the current snapshot of a directory cannot be read.
        UpstreamError: an endpoint does not answer as it should.
    """
    if isinstance(address, Endpoint):
        from app.graph import remote_writing

        return remote_writing.publish(
            address, articles, reference=reference, judge=judge, imports=imports, wait_s=wait_s
        )
    return snapshots.publish(address, articles, reference=reference, judge=judge, imports=imports, wait_s=wait_s)


def restore(
    address: StoreAddress,
    quads: Iterable[Quad],
    *,
    complete: Callable[[GraphStore], None] | None = None,
    wait_s: float = 600.0,
) -> Publication:
    """Publish quads, all different, as they are, in a store that holds nothing.

    Raises:
        ConflictError: the store holds something.
        StoreBusyError: another writer was at work for `wait_s` seconds.
        UpstreamError: an endpoint does not answer as it should.
    """
    if isinstance(address, Endpoint):
        from app.graph import remote_writing

        return remote_writing.restore(address, quads, complete=complete, wait_s=wait_s)
    return snapshots.restore(address, quads, complete=complete, wait_s=wait_s)


def edit(address: StoreAddress, change: Callable[[Draft], None], *, wait_s: float = 600.0) -> Publication:
    """Publish what `change` makes of the graph, as it is: nothing is fused anew, nothing stays where it raises.

    Raises:
        StoreBusyError: another writer was at work for `wait_s` seconds.
        StoreDamagedError: the current snapshot of a directory cannot be read.
        UpstreamError: an endpoint does not answer as it should.
    """
    if isinstance(address, Endpoint):
        from app.graph import remote_writing

        return remote_writing.edit(address, change, wait_s=wait_s)
    return snapshots.edit(address, change, wait_s=wait_s)


def count_of(address: StoreAddress, snapshot_id: str) -> int:
    """How many statements the content of an id holds; an endpoint tells what it holds now."""
    if isinstance(address, Endpoint):
        from app.graph.sparql_client import client_of
        from app.graph.store_node import read_state

        return read_state(client_of(address)).digest.count
    return manifest_of(address, snapshot_id).quads


def is_unused(address: StoreAddress) -> bool:
    """Whether nothing was published there yet."""
    if isinstance(address, Endpoint):
        return open_snapshot(address).store().snapshot_id == EMPTY_SNAPSHOT_ID
    return current_id(address) == EMPTY_SNAPSHOT_ID


def published_at(address: StoreAddress) -> dt.datetime | None:
    """When what is read there was published (UTC); None where nothing was."""
    if isinstance(address, Endpoint):
        from app.graph.sparql_client import client_of
        from app.graph.store_node import read_state

        return read_state(client_of(address)).changed
    stamp = current_stamp(address)
    return dt.datetime.fromtimestamp(stamp[1] / 1e9, dt.UTC) if stamp else None
