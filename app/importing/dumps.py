"""Dumps of a banggiao graph: read into a store of their own and looked through, line by line, before anything else.

A fault is told with the file, the line where it is known, and the reason.
"""

import gzip
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from app.graph.entities_rdf import ENTITIES_GRAPH
from app.graph.ontology import ontology_quads
from app.graph.store import EmbeddedStore
from app.graph.vocabulary import (
    BASE,
    EVENTS_GRAPH,
    LEDGER_GRAPH,
    ONTOLOGY_GRAPH,
    PREFIXES,
    RECORDS_GRAPH,
    REFERENCE_GRAPH,
    VERDICTS_GRAPH,
    term,
)
from app.importing.errors import ImportRefusedError
from app.importing.terms import text_of

MAX_BYTES = 20_000_000_000
"""Most bytes of a dump once it is unpacked: no gzip fills the disk."""
MAX_TEXT_CHARS = 100_000
"""Longest text of a statement outside the ledger and the records; the longest quotation that is made has hundreds."""

KNOWN_GRAPHS = frozenset(
    {
        REFERENCE_GRAPH,
        EVENTS_GRAPH,
        RECORDS_GRAPH,
        ENTITIES_GRAPH,
        ONTOLOGY_GRAPH,
        VERDICTS_GRAPH,
        LEDGER_GRAPH,
    }
)
"""The named graphs that a store has, beside those of articles and imports."""

_FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".nquads": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".turtle": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
}
_GZIP = b"\x1f\x8b"
_START_BYTES = 200
# How far the line of a fault is looked for, and how much of a line at once: a gzip may hold a line without end.
_SEARCHED_BYTES = 500_000_000
_PIECE_BYTES = 1_000_000
_PAGE_STARTS = (b"<!doctype", b"<html", b"<head", b"<?xml")
_BATCH_QUADS = 50_000
_MAX_SHOWN_CHARS = 300
_NAMESPACES = (*PREFIXES.values(), BASE)
_ARTICLES, _IMPORTS = f"{BASE}graph/article/", f"{BASE}graph/import/"
# The one text that is as long as a store is large.
_LONG_TEXTS = frozenset({LEDGER_GRAPH.value, RECORDS_GRAPH.value})


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump that was read: its parts, and a store that holds it. Of one without graphs all stands in the reference."""

    paths: tuple[Path, ...]
    store: EmbeddedStore
    graphs: frozenset[NamedNode]
    has_graphs: bool

    @property
    def name(self) -> str:
        """What its parts are called."""
        return " ".join(path.name for path in self.paths)

    def nodes(self, class_name: str, graph: NamedNode) -> tuple[NamedNode, ...]:
        """The nodes of a class in a named graph, by IRI."""
        return self.nodes_by_class(graph).get(term(class_name).value, ())

    def nodes_by_class(self, graph: NamedNode) -> Mapping[str, tuple[NamedNode, ...]]:
        """The nodes of a named graph by IRI, under the IRI of each class that they are of."""
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self.store.quads(graph):
            if quad.predicate == term("rdf:type") and isinstance(quad.object, NamedNode):
                found[quad.object.value].add(text_of(quad.subject))
        return {name: tuple(map(NamedNode, sorted(nodes))) for name, nodes in found.items()}

    def article_graphs(self) -> Iterator[tuple[str, NamedNode]]:
        """The named graphs of articles, with the keys in their names."""
        for graph in sorted(self.graphs, key=str):
            if graph.value.startswith(_ARTICLES):
                yield graph.value.removeprefix(_ARTICLES), graph

    def fault(self, node: NamedNode, reason: str) -> ImportRefusedError:
        """A refusal that names the file and, in N-Quads, the line on which a node is first spoken of."""
        for path in self.paths:
            line = _line_of(path, None, f"{node} ")
            if line:
                return refusal(path, reason, line)
        return ImportRefusedError(f"{self.name}: {reason}. Nothing was imported.")


def refusal(path: Path, reason: str, line: int | None = None) -> ImportRefusedError:
    """A refusal in the words of the house: file, line, reason."""
    place = f"{path.name}:{line}" if line else path.name
    return ImportRefusedError(f"{place}: {reason}. Nothing was imported.")


@contextmanager
def open_dump(paths: tuple[Path, ...]) -> Iterator[Dump]:
    """Read the parts of one dump; what was read is gone when the block ends.

    Raises:
        ImportRefusedError: a part cannot be read, is no RDF, is empty or cut off, or speaks of foreign things.
        OSError: a file cannot be opened.
    """
    with TemporaryDirectory(prefix="banggiao-import-") as folder:
        formats = {path: _format_of(path) for path in paths}
        if len({form.supports_datasets for form in formats.values()}) > 1:
            raise refusal(paths[0], "is a part of another kind than the others: quads and triples do not mix")
        place = Path(folder) / "dump"
        graphs = _load(formats, place)
        # read only: nothing is written any more when the folder is taken away
        store = EmbeddedStore.read_only(place)
        dump = Dump(paths, store, graphs, all(form.supports_datasets for form in formats.values()))
        _check_version(dump)
        yield dump


def _load(formats: Mapping[Path, RdfFormat], place: Path) -> frozenset[NamedNode]:
    """Put all quads into a store that is closed when this returns, or raises; the graphs that they stand in."""
    graphs: set[NamedNode] = set()
    store = EmbeddedStore.open(place)
    try:
        for path, form in formats.items():
            quads = _quads(path, form, graphs)
            while batch := tuple(islice(quads, _BATCH_QUADS)):
                store.apply((), batch)
        store.flush()
    finally:
        del store
    return frozenset(graphs)


def _format_of(path: Path) -> RdfFormat:
    name = path.name.lower().removesuffix(".gz")
    for suffix, form in _FORMATS.items():
        if name.endswith(suffix):
            return form
    raise refusal(path, f"is called by none of {', '.join(_FORMATS)} (with or without .gz), so its format is unknown")


def _quads(path: Path, form: RdfFormat, graphs: set[NamedNode]) -> Iterator[Quad]:
    """The quads of a file, each checked by itself; `graphs` gathers their graphs."""
    count = 0
    try:
        with _opened(path) as data:
            if data.read(_START_BYTES).lstrip().lower().startswith(_PAGE_STARTS):
                raise refusal(path, "is a web page or XML, and no dump", 1)
            data.seek(0)
            # any object with read() does
            for triple_or_quad in parse(input=cast(IO[bytes], _Bounded(data, path)), format=form):
                count += 1
                quad = _in_graph(triple_or_quad, form)
                if fault := _fault_of(quad):
                    raise refusal(path, fault, _line_of(path, f"{quad} .", f"{quad.subject} "))
                if isinstance(quad.graph_name, NamedNode):
                    graphs.add(quad.graph_name)
                yield quad
    except SyntaxError as error:
        raise refusal(path, f"is no {form.name}: {str(error)[:_MAX_SHOWN_CHARS]}", error.lineno) from error
    except MemoryError as error:
        raise refusal(path, "holds a name or a text of over 16 MB: no such dump was ever written here") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise refusal(
            path, f"is a gzip that ends early or is damaged ({error}); {count:,} statements came before"
        ) from error
    if not count:
        raise refusal(path, "holds no statement")


def _in_graph(found: Triple | Quad, form: RdfFormat) -> Quad:
    if isinstance(found, Quad) and form.supports_datasets:
        return found
    return Quad(found.subject, found.predicate, found.object, REFERENCE_GRAPH)


def _fault_of(quad: Quad) -> str | None:
    """What is wrong with a quad by itself."""
    graph = quad.graph_name
    if not isinstance(graph, NamedNode):
        return "a statement in no named graph: every statement of a dump stands in one"
    if not (graph in KNOWN_GRAPHS or graph.value.startswith((_ARTICLES, _IMPORTS))):
        return f"the named graph <{_cut(graph.value)}> is none that a banggiao graph has"
    if any(isinstance(part, BlankNode) for part in (quad.subject, quad.object)):
        return "a blank node: a dump has none"
    if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
        return "a statement about a statement: a dump has none"
    if not quad.predicate.value.startswith(_NAMESPACES):
        return f"<{_cut(quad.predicate.value)}> is of no vocabulary that is used here"
    if graph != ONTOLOGY_GRAPH and not quad.subject.value.startswith(BASE) and graph != REFERENCE_GRAPH:
        return f"<{_cut(quad.subject.value)}> is no name of a banggiao graph"
    longest = max(len(quad.subject.value), len(quad.object.value))
    if longest > MAX_TEXT_CHARS and graph.value not in _LONG_TEXTS:
        return f"a text or a name of {longest:,} characters, where {MAX_TEXT_CHARS:,} are taken"
    return None


def _check_version(dump: Dump) -> None:
    theirs = sorted({text_of(quad.object) for quad in dump.store.with_property(term("owl:versionInfo"))})
    ours = sorted({text_of(quad.object) for quad in ontology_quads() if quad.predicate == term("owl:versionInfo")})
    if not theirs:
        raise refusal(dump.paths[0], "does not hold the ontology, so that its version cannot be told: export the whole")
    if theirs != ours:
        raise refusal(
            dump.paths[0],
            f"is written with version {', '.join(theirs)} of the ontology, where this program has {', '.join(ours)}: "
            "export it with a program of this version",
        )


class _Bounded:
    """What the parser reads from: it ends with an error where a file is longer than a dump may be."""

    def __init__(self, inner: IO[bytes], path: Path) -> None:
        self._inner = inner
        self._path = path
        self._left = MAX_BYTES

    def read(self, size: int = -1) -> bytes:
        """So many bytes, or fewer."""
        piece = self._inner.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise refusal(self._path, f"has more than {MAX_BYTES:,} bytes when it is unpacked")
        return piece


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """A file, unpacked where it is packed."""
    with path.open("rb") as raw:
        is_packed = raw.read(len(_GZIP)) == _GZIP
        raw.seek(0)
        if not is_packed:
            yield raw
            return
        with gzip.open(raw) as data:
            yield cast(IO[bytes], data)


def _line_of(path: Path, whole: str | None, start: str) -> int | None:
    """The line that is `whole`, or the first with that start.

    None in formats in which names are shortened, and where it is not found within `_SEARCHED_BYTES`.
    """
    if not _format_of(path).name.startswith("N-"):
        return None
    wanted, about = (whole or "").encode(), start.encode()
    first, number, left, is_new = None, 0, _SEARCHED_BYTES, True
    with _opened(path) as data:
        while left > 0 and (piece := data.readline(_PIECE_BYTES)):
            left -= len(piece)
            number += is_new
            if is_new and whole and piece.rstrip() == wanted:
                return number
            if is_new and first is None and piece.startswith(about):
                first = number
                if not whole:
                    break
            is_new = piece.endswith(b"\n")
    return first


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN_CHARS else f"{text[:_MAX_SHOWN_CHARS]}…"
