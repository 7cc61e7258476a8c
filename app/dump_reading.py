"""Reading a dump to look at it: into a store in memory, or refused with file, line and reason."""

import gzip
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, ClassVar, cast

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, parse

from app.dumps import DumpFormat, format_of_name
from app.errors import BanggiaoError
from app.graph.store import EmbeddedStore

_FORMATS: dict[DumpFormat, RdfFormat] = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
}
_BATCH_QUADS = 50_000
_MAX_REASON_CHARS = 300


class BrokenDumpError(BanggiaoError):
    """A file that is no dump, or only a part of one; names file, line (where it is known) and reason."""

    status: ClassVar[int] = 422
    kind: ClassVar[str] = "broken-dump"
    title: ClassVar[str] = "This dump cannot be read"


def read_dump(path: Path) -> EmbeddedStore:
    """A store in memory that holds what a dump says.

    Raises:
        BadRequestError: the file's name says no format.
        BrokenDumpError: the content is not of that format, is cut off, or says nothing.
        OSError: the file cannot be opened.

    """
    form, is_packed = format_of_name(path.name)
    store = EmbeddedStore.in_memory()
    count = 0
    try:
        with path.open("rb") as raw:
            data = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if is_packed else raw
            quads = _quads(data, _FORMATS[form])
            while batch := tuple(islice(quads, _BATCH_QUADS)):
                store.apply((), batch)
                count += len(batch)
    except SyntaxError as error:
        place = f"{path.name}:{error.lineno}" if error.lineno else path.name
        reason = (error.msg or str(error))[:_MAX_REASON_CHARS]
        raise BrokenDumpError(f"{place}: is no {_FORMATS[form].name}: {reason}") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BrokenDumpError(f"{path.name}: is no gzip, or one that ends early or is damaged: {error}") from error
    if not count:
        raise BrokenDumpError(f"{path.name}: holds no statement")
    return store


def _quads(data: BinaryIO, form: RdfFormat) -> Iterator[Quad]:
    for found in parse(input=data, format=form):
        graph = found.graph_name if isinstance(found, Quad) else DefaultGraph()
        if isinstance(found, Quad | Triple):
            yield Quad(found.subject, found.predicate, found.object, graph)
