"""The graph as a dataset: what it holds (VoID), and dumps of the whole of it."""

import io
import threading
from collections.abc import Callable
from itertools import islice
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response

from app.documented_answers import Responses, answer, problems
from app.dumps import DumpFormat, dump_name, write_dump
from app.errors import TooLargeError
from app.graph.repositories import count_of, published_at
from app.graph.store import SnapshotStore
from app.negotiation import choose_media_type
from app.querying.answers import GRAPH_FORMATS
from app.rdf_answers import PAGES, RDF_EXAMPLES, RDF_FORMATS, VARY
from app.routes.dependencies import Services, ServicesDep, StoreDep
from app.void import GraphCounts, count_graph, describe_dataset, serialize_void

router = APIRouter(tags=["dataset"], responses=problems(503))

_DUMP: Responses = {
    200: answer("The dump, packed with gzip", {"application/gzip": None}, "ETag", "Content-Disposition"),
    **problems(413),
}

MAX_DUMP_QUADS = 1_000_000
"""Statements up to which a dump is made on request."""
MAX_COUNTED_QUADS = 1_000_000
"""Statements up to which all is counted by class and by property on request, which takes some seconds."""

Made = TypeVar("Made")


@router.get(
    "/.well-known/void",
    operation_id="dataset",
    summary="What the graph holds",
    response_class=Response,
    responses={200: answer("The description of the graph in RDF", RDF_EXAMPLES, "Vary"), **problems(406)},
)
def void(request: Request, services: ServicesDep, store: StoreDep) -> Response:
    """What the graph holds: counts by class and property, vocabularies, dumps (VoID)."""
    offered = ("text/turtle", *(name for name in RDF_FORMATS if name != "text/turtle"), *PAGES)
    chosen = choose_media_type(request.headers.get("accept"), offered)
    media_type = chosen if chosen in RDF_FORMATS else "text/turtle"
    published = published_at(services.settings.address)
    triples = describe_dataset(_counts(services, store), services.settings.base_iri, published)
    return Response(serialize_void(triples, GRAPH_FORMATS[media_type]), media_type=media_type, headers=VARY)


@router.get(
    f"/{dump_name('nquads', is_packed=True)}",
    operation_id="dump_nquads",
    summary="The graph as N-Quads",
    response_class=Response,
    responses=_DUMP,
)
def nquads(store: StoreDep) -> Response:
    """The whole graph as canonical N-Quads."""
    return _answer(store, "nquads")


@router.get(
    f"/{dump_name('trig', is_packed=True)}",
    operation_id="dump_trig",
    summary="The graph as TriG",
    response_class=Response,
    responses=_DUMP,
)
def trig(store: StoreDep) -> Response:
    """The whole graph as TriG."""
    return _answer(store, "trig")


@router.get(
    f"/{dump_name('turtle', is_packed=True)}",
    operation_id="dump_turtle",
    summary="The graph as Turtle",
    response_class=Response,
    responses=_DUMP,
)
def turtle(store: StoreDep) -> Response:
    """The statements of all graphs as Turtle, without who says them."""
    return _answer(store, "turtle")


def _answer(store: SnapshotStore, form: DumpFormat) -> Response:
    name = dump_name(form, is_packed=True)
    headers = {
        "Content-Disposition": f'attachment; filename="banggiao-{name}"',
        "ETag": f'"{store.snapshot_id}-{form}"',
    }
    body = _kept.get(store, form, lambda: _dump(store, form))
    return Response(body, media_type="application/gzip", headers=headers)


def _counts(services: Services, store: SnapshotStore) -> GraphCounts:
    statements = count_of(services.settings.address, store.snapshot_id)
    if statements > MAX_COUNTED_QUADS:
        return GraphCounts(statements)
    return _kept.get(store, "counts", lambda: count_graph(store))


def _dump(store: SnapshotStore, form: DumpFormat) -> bytes:
    quads = list(islice(store.all_quads(), MAX_DUMP_QUADS + 1))
    if len(quads) > MAX_DUMP_QUADS:
        raise TooLargeError(
            f"The graph has more than the {MAX_DUMP_QUADS:,} statements of a dump on request: run `banggiao export` "
            "where the store is."
        )
    out = io.BytesIO()
    write_dump(quads, form, out, is_packed=True)
    return out.getvalue()


class _LastSnapshot:
    """What was made of the snapshot asked last, by name: made once, one at a time, forgotten with the snapshot."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshot_id = ""
        self._made: dict[str, Any] = {}

    def get(self, store: SnapshotStore, name: str, make: Callable[[], Made]) -> Made:
        with self._lock:
            if self._snapshot_id != store.snapshot_id:
                self._snapshot_id, self._made = store.snapshot_id, {}
            if name not in self._made:
                self._made[name] = make()
            found: Made = self._made[name]
            return found


_kept = _LastSnapshot()
