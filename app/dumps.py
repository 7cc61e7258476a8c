"""Dumps of a graph as files: N-Quads and TriG with the names of the graphs, Turtle without, each also as gzip.

The same graph gives the same bytes: statements are sorted, and a gzip holds no time and no name.
"""

import gzip
from collections.abc import Iterable
from typing import BinaryIO, Literal, cast, get_args

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from app.errors import BadRequestError, NotFoundError
from app.graph.store import SnapshotStore
from app.graph.vocabulary import BASE, PREFIXES, RECORDS_GRAPH

DumpFormat = Literal["nquads", "trig", "turtle"]

SUFFIXES: dict[str, DumpFormat] = {".nq": "nquads", ".trig": "trig", ".ttl": "turtle"}
"""What a dump of each format is called, before `.gz`."""
MEDIA_TYPES: dict[DumpFormat, str] = {
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "turtle": "text/turtle",
}
GZIP_SUFFIX = ".gz"
_PREFIX = b"@prefix "
_RDF_FORMATS = {"trig": RdfFormat.TRIG, "turtle": RdfFormat.TURTLE}


def format_of_name(name: str) -> tuple[DumpFormat, bool]:
    """The format of a dump by its file's name, and whether it is packed.

    Raises:
        BadRequestError: the name ends in none of `SUFFIXES`, with or without `.gz`.

    """
    plain = name.lower().removesuffix(GZIP_SUFFIX)
    for suffix, form in SUFFIXES.items():
        if plain.endswith(suffix):
            return form, name.lower().endswith(GZIP_SUFFIX)
    endings = ", ".join(SUFFIXES)
    raise BadRequestError(
        f"The name «{name}» says no format: let it end in one of {endings} (and .gz to pack it), or give --format "
        f"with one of {', '.join(get_args(DumpFormat))}."
    )


def graph_of_name(name: str) -> NamedNode:
    """A named graph by its IRI, or by what stands in it after `…/graph/`, such as `reference`.

    Raises:
        BadRequestError: it can be no name of a graph.

    """
    try:
        return NamedNode(name if "://" in name else f"{BASE}graph/{name}")
    except ValueError as error:
        raise BadRequestError(f"«{name}» can be no name of a graph: give one such as reference or events.") from error


def quads_of(store: SnapshotStore, graph: NamedNode | None = None) -> list[Quad]:
    """The quads to be written: of one named graph, or of all but that of the records, which follow from the others.

    Raises:
        NotFoundError: there is no such graph.

    """
    if graph is None:
        return [quad for quad in store.all_quads() if quad.graph_name != RECORDS_GRAPH]
    found = list(store.quads(graph))
    if not found:
        raise NotFoundError(f"There is no graph <{graph.value}> in the store.")
    return found


def write_dump(quads: Iterable[Quad], form: DumpFormat, out: BinaryIO, *, is_packed: bool = False) -> int:
    """Write some quads, and return how many statements were written: Turtle has those of several graphs once."""
    if not is_packed:
        return _write(quads, form, out)
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed:
        return _write(quads, form, cast(BinaryIO, packed))


def _write(quads: Iterable[Quad], form: DumpFormat, out: BinaryIO) -> int:
    if form == "nquads":
        lines = sorted(f"{quad} .\n".encode() for quad in quads)
        out.writelines(lines)
        return len(lines)
    rows: list[Quad] | list[Triple]
    if form == "turtle":
        rows = sorted({quad.triple for quad in quads}, key=str)
    else:
        rows = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    # any object with write() does
    sorted_out = _SortedPrefixes(out)
    serialize(rows, cast(BinaryIO, sorted_out), format=_RDF_FORMATS[form], prefixes=PREFIXES)
    sorted_out.end()
    return len(rows)


class _SortedPrefixes:
    """Passes on what is written, with the prefixes at its head in order: pyoxigraph writes them in any."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._head: bytes | None = b""

    def write(self, chunk: bytes) -> int:
        """Keep the head until it is whole, then pass on."""
        if self._head is None:
            self._out.write(chunk)
        else:
            self._head += chunk
            *lines, rest = self._head.splitlines(keepends=True) or [b""]
            if not rest.startswith(_PREFIX[: len(rest)]) or any(not line.startswith(_PREFIX) for line in lines):
                self.end()
        return len(chunk)

    def flush(self) -> None:
        """Nothing to do: what is kept back is not whole yet."""

    def end(self) -> None:
        """Write out what was kept back."""
        if self._head is not None:
            lines = self._head.splitlines(keepends=True)
            count = sum(1 for line in lines if line.startswith(_PREFIX))
            self._out.writelines((*sorted(lines[:count]), *lines[count:]))
            self._head = None


def dump_name(form: DumpFormat, *, is_packed: bool) -> str:
    """What a dump is called: `dump.nq.gz`."""
    suffix = next(suffix for suffix, other in SUFFIXES.items() if other == form)
    return f"dump{suffix}{GZIP_SUFFIX if is_packed else ''}"
