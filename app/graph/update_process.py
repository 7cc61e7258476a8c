"""A process that runs operations on a graph that it alone has open, under limits, and counts what the graph then holds.

It reads one task from its standard input and prints one outcome. Whatever becomes of it, the process that started it
goes on, and throws the graph away.
"""

import json
import resource
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import IO, cast

from pyoxigraph import NamedNode, RdfFormat, Store

from app.errors import BadRequestError, BanggiaoError, QuerySyntaxError, StoreFullError
from app.graph.digests import GraphDigest
from app.graph.disk_faults import is_for_room, no_room, writing
from app.graph.modifications import modify, read_modification
from app.graph.sparql_tokens import as_rdflib_reads, has_keyword
from app.graph.vocabulary import OUR_GRAPHS

_ELSEWHERE = ("LOAD", "SERVICE")


@dataclass(frozen=True, slots=True)
class Task:
    """Operations to be run one after the other on the graph at `path`, which has this digest; limits of the process."""

    path: str
    digest: str
    quads: int
    operations: tuple[str, ...]
    base_iri: str
    cpu_s: int
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The digest of the graph afterwards, and which of our named graphs changed (None where that is not known).

    Or what is wrong with the operations.
    """

    digest: str = ""
    quads: int = 0
    changed: tuple[str, ...] | None = None
    error: str = ""
    is_syntax: bool = False
    is_full: bool = False


def run(task: Task) -> Outcome:
    """Run the operations and write the graph out; those that would send requests elsewhere are refused first."""
    try:
        for operation in task.operations:
            refuse_elsewhere(operation)
        return _run_all(task)
    except BanggiaoError as error:
        return Outcome("", 0, None, str(error), isinstance(error, QuerySyntaxError), isinstance(error, StoreFullError))


def _run_all(task: Task) -> Outcome:
    with writing():
        store = Store(task.path)
    digest = GraphDigest.parse(task.digest, task.quads)
    changed: set[object] = set()
    is_known = True
    for number, operation in enumerate(task.operations, start=1):
        name = f"Operation {number} of {len(task.operations)}"
        graphs = _run_one(store, operation, name, task.base_iri, digest)
        changed |= graphs or frozenset()
        is_known &= graphs is not None
    with writing():
        store.flush()
    if not is_known:
        digest = count_anew(store)
    ours = tuple(
        sorted(graph.value for graph in changed if isinstance(graph, NamedNode) and graph.value.startswith(OUR_GRAPHS))
    )
    return Outcome(str(digest), digest.count, ours if is_known else None)


def refuse_elsewhere(text: str) -> None:
    """Refuse an update that would make this server send a request: LOAD, or SERVICE at any depth.

    Raises:
        BadRequestError: it would, or it cannot be told whether it would.
        QuerySyntaxError: the text is no SPARQL.
    """
    if not has_keyword(text, *_ELSEWHERE):
        return
    # rdflib takes half a second to import, which updates without those words need not wait for
    from rdflib.plugins.sparql.algebra import traverse
    from rdflib.plugins.sparql.parser import UpdateUnit
    from rdflib.plugins.sparql.parserutils import CompValue

    found: set[str] = set()

    def note(node: object) -> None:
        if isinstance(node, CompValue):
            found.add(node.name)

    try:
        traverse(UpdateUnit.parse_string(as_rdflib_reads(text), parse_all=True)[0], visitPre=note)
    except RecursionError as error:
        raise QuerySyntaxError("The update is not valid SPARQL: it is nested too deeply.") from error
    except Exception as error:  # rdflib's grammar actions raise errors of many kinds, each a fault of the text
        raise QuerySyntaxError(f"The update is not valid SPARQL: {error}") from error
    words = [word for word, node in (("LOAD", "Load"), ("SERVICE", "ServiceGraphPattern")) if node in found]
    # a keyword that the tree does not know of is read in two ways, one of which may send a request
    raise BadRequestError(
        f"{' and '.join(words or _ELSEWHERE)} is not allowed here: an update reads this graph only. Send the "
        "statements themselves, with INSERT DATA or to /rdf-graphs."
    )


def count_anew(store: Store) -> GraphDigest:
    """The digest of all quads of a store."""
    digest = GraphDigest()
    lines = _LineDigest(digest)
    store.dump(cast(IO[bytes], lines), format=RdfFormat.N_QUADS)
    return digest


class _LineDigest:
    """A file that holds nothing: each line of N-Quads that is written to it goes into a digest."""

    def __init__(self, digest: GraphDigest) -> None:
        self._digest = digest
        self._rest = b""

    def write(self, chunk: bytes) -> int:
        self._digest.add_lines(self._lines(chunk))
        return len(chunk)

    def flush(self) -> None:
        """Nothing is held back but half a line."""

    def _lines(self, chunk: bytes) -> Iterable[bytes]:
        *lines, self._rest = (self._rest + chunk).split(b" .\n")
        return lines


def _run_one(store: Store, text: str, name: str, base_iri: str, digest: GraphDigest) -> frozenset[object] | None:
    """Run an operation; the graphs that it changed, with the digest brought up to date, or None: it is not known."""
    try:
        change = read_modification(text, base_iri)
        if change is not None:
            return modify(store, change, base_iri, digest)
        store.update(text, base_iri=base_iri)
    except SyntaxError as error:
        raise QuerySyntaxError(f"{name} is not valid SPARQL: {error}") from error
    except RuntimeError as error:  # a graph that is there already, or is not there
        raise BadRequestError(f"{name} cannot be run: {error}. With SILENT it is passed over.") from error
    except OSError as error:
        if is_for_room(error):
            raise no_room() from error
        raise BadRequestError(f"{name} failed while it ran: {error}") from error
    return None


def main() -> None:
    """Read a task in JSON, run it under its limits, and print the outcome in JSON."""
    task = Task(**json.load(sys.stdin))
    # the clock is watched by whoever started this process; should that one be gone, the processor's time ends it
    resource.setrlimit(resource.RLIMIT_CPU, (task.cpu_s, task.cpu_s))
    resource.setrlimit(resource.RLIMIT_AS, (task.memory_bytes, task.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(asdict(run(task)), sys.stdout)


if __name__ == "__main__":
    main()
