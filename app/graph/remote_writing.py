"""Publishing into the graph of an endpoint: under its lease, all or nothing for a writer that fails.

One that is killed leaves a note of what it was at; the next writer first brings that to an end, so that the graph is
again what it would be without.
"""

import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from app.errors import ConflictError, UpstreamError
from app.graph.articles import ArticleGraph
from app.graph.building import Changes, ImportChange, VerdictChange, fuse_anew, update_graph
from app.graph.digests import GraphDigest
from app.graph.endpoints import Endpoint
from app.graph.leases import Lease, writer_of
from app.graph.ledger import Ledger
from app.graph.reference import Reference
from app.graph.remote import RemoteStore, is_empty, with_base
from app.graph.remote_draft import RemoteDraft
from app.graph.snapshots import Publication, open_snapshot
from app.graph.snapshots import publish as publish_in_directory
from app.graph.sparql_client import SparqlClient, client_of
from app.graph.store import GraphStore
from app.graph.store_node import STORE_GRAPH, change_text
from app.graph.vocabulary import RECORDS_GRAPH, kind_and_key, term
from extractors.records import Extraction

_BATCH_QUADS = 20_000
_ALL_BUT_OURS = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {STORE_GRAPH})"


def publish(
    endpoint: Endpoint,
    articles: Iterable[Extraction | ArticleGraph],
    *,
    reference: Reference | None = None,
    judge: VerdictChange | None = None,
    imports: ImportChange | None = None,
    wait_s: float = 600.0,
) -> Publication:
    """Bring the graph up to date with some articles: as `snapshots.publish` does.

    A first build is made in a directory and then sent as it is.

    Raises:
        StoreBusyError: another writer held the lease for `wait_s` seconds, or took it.
        UpstreamError: the endpoint does not answer: the next writer brings to an end what is there.
    """
    client = client_of(endpoint)
    with writer_of(client, wait_s) as lease, _draft(lease) as draft:
        before = draft.snapshot_id
        if draft.digest.count == 0:
            changes = _build_aside(draft, articles, reference, judge, imports)
        else:
            changes = update_graph(draft, articles, reference, judge, imports)
        return _finish(draft, changes, before)


def restore(
    endpoint: Endpoint,
    quads: Iterable[Quad],
    *,
    complete: Callable[[GraphStore], None] | None = None,
    wait_s: float = 600.0,
) -> Publication:
    """Put quads, all different, as they are, into a store that holds nothing: as `snapshots.restore` does.

    Raises:
        ConflictError: the store holds something.
        StoreBusyError: another writer held the lease for `wait_s` seconds, or took it.
        UpstreamError: the endpoint does not answer: the next writer takes away what is there.
    """
    client = client_of(endpoint)
    with writer_of(client, wait_s) as lease, _draft(lease) as draft:
        if draft.digest.count:
            raise ConflictError(f"{endpoint.name} holds a graph already: a dump is restored into an empty one.")
        _send_all(draft, quads)
        if complete is not None:
            complete(draft)
        return _finish(draft, Changes(), GraphDigest().snapshot_id)


def edit(endpoint: Endpoint, change: Callable[[RemoteDraft], None], *, wait_s: float = 600.0) -> Publication:
    """Publish what `change` makes of the graph, as it is: nothing is fused anew, nothing stays where it raises.

    Raises:
        StoreBusyError: another writer held the lease for `wait_s` seconds, or took it.
        UpstreamError: the endpoint does not answer: the next writer brings to an end what is there.
    """
    client = client_of(endpoint)
    with writer_of(client, wait_s) as lease, _draft(lease) as draft:
        before = draft.snapshot_id
        change(draft)
        return _finish(draft, Changes(), before)


def update(
    endpoint: Endpoint,
    text: str,
    default_graphs: Iterable[NamedNode] = (),
    named_graphs: Iterable[NamedNode] = (),
    *,
    base_iri: str | None = None,
    wait_s: float = 600.0,
) -> Publication:
    """Pass on a SPARQL update; what it changes nobody here can see, and so the content gets an id at random.

    Raises:
        QuerySyntaxError: the endpoint takes it for none.
        StoreBusyError: another writer held the lease for `wait_s` seconds.
        UpstreamError: the endpoint does not answer; the update may have been done nevertheless.
    """
    client = client_of(endpoint)
    parameters = [
        *(("using-graph-uri", graph.value) for graph in default_graphs),
        *(("using-named-graph-uri", graph.value) for graph in named_graphs),
    ]
    with writer_of(client, wait_s) as lease:
        _recover(lease)
        client.update(change_text({"unfinished": "text"}, lease.condition))
        try:
            client.update(with_base(text, base_iri), parameters)
            client.update(f"CLEAR SILENT GRAPH {RECORDS_GRAPH}")
        except UpstreamError:
            raise  # nobody knows whether it was done: the note stays for the next writer
        except BaseException:
            client.update(change_text({"unfinished": None}, lease.condition))
            raise
        # the lease itself may have been taken away by the text, with all graphs
        digest = _as_unknown(client, "")
    return Publication(digest.snapshot_id, is_new=True, quads=digest.count, added=(), replaced=(), unchanged=())


@contextmanager
def _draft(lease: Lease) -> Iterator[RemoteDraft]:
    """A draft of the graph as it is; taken back where something fails while the endpoint answers."""
    digest = _recover(lease)
    draft = RemoteDraft(lease, digest, "update" if digest.count else "restore")
    try:
        yield draft
    except UpstreamError:
        raise  # the note stays for the next writer
    except BaseException:
        if not lease.is_lost.is_set():
            draft.undo()
            draft.end(is_changed=False)
        raise
    finally:
        draft.close()


def _recover(lease: Lease) -> GraphDigest:
    """Bring to an end what a killed writer was at; gives the digest of the content."""
    client, state = lease.client, lease.before
    if state.unfinished == "restore":
        client.update(f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {lease.condition} {_ALL_BUT_OURS} }}")
        return _as_known(lease, GraphDigest())
    if state.unfinished == "text":
        return _as_unknown(client, lease.condition)
    if not state.is_managed:
        digest = GraphDigest()
        # a graph that was put there by other means
        digest.replace((), () if is_empty(client) else RemoteStore(client, "").all_quads())
        return _as_known(lease, digest)
    if state.unfinished is not None:
        draft = RemoteDraft(lease, state.digest, state.unfinished)
        try:
            _tidy_ledger(draft)
            fuse_anew(draft)
            draft.check()
            draft.end(is_changed=True)
        finally:
            draft.close()
        return draft.digest
    return state.digest


def _tidy_ledger(draft: RemoteDraft) -> None:
    """Take articles out of the ledger that have a graph: a writer that was killed may not have come to it."""
    ledger = Ledger(draft)
    for quad in draft.with_property(term("bg:inputDigest")):
        if isinstance(quad.subject, NamedNode):
            ledger.drop(kind_and_key(quad.subject.value)[1])
    ledger.write()


def _as_known(lease: Lease, digest: GraphDigest) -> GraphDigest:
    """Note the digest of content that nobody is at work on."""
    values = {"unfinished": None, "digest": str(digest), "quads": str(digest.count)}
    lease.client.update(change_text(values, lease.condition))
    return digest


def _as_unknown(client: SparqlClient, condition: str) -> GraphDigest:
    """Give the content a digest that none had before, to which later changes can be added."""
    rows = RemoteStore(client, "").select(f"SELECT (COUNT(*) AS ?quads) WHERE {{ {_ALL_BUT_OURS} }}")
    digest = GraphDigest(secrets.randbits(256), int(rows[0]["quads"].value))
    values = {"unfinished": None, "digest": str(digest), "quads": str(digest.count)}
    client.update(change_text(values, condition, stamped="changed"))
    return digest


def _build_aside(
    draft: RemoteDraft,
    articles: Iterable[Extraction | ArticleGraph],
    reference: Reference | None,
    judge: VerdictChange | None,
    imports: ImportChange | None,
) -> Changes:
    with tempfile.TemporaryDirectory(prefix="banggiao-") as place:
        made = publish_in_directory(Path(place), articles, reference=reference, judge=judge, imports=imports)
        _send_all(draft, open_snapshot(Path(place)).store().all_quads())
    return Changes(list(made.added), list(made.replaced), list(made.unchanged))


def _send_all(draft: RemoteDraft, quads: Iterable[Quad]) -> None:
    rest = iter(quads)
    while batch := tuple(islice(rest, _BATCH_QUADS)):
        draft.apply((), batch)
    draft.flush()


def _finish(draft: RemoteDraft, changes: Changes, before: str) -> Publication:
    draft.check()
    is_new = draft.snapshot_id != before
    if is_new:
        draft.end(is_changed=True)
    return Publication(
        snapshot_id=draft.snapshot_id,
        is_new=is_new,
        quads=draft.digest.count,
        added=tuple(changes.added),
        replaced=tuple(changes.replaced),
        unchanged=tuple(changes.unchanged),
    )
