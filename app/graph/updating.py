"""SPARQL updates of a store: the next snapshot is made from the current one by an update's operations, and published.

What they write is taken as it is: nothing is extracted or fused. Operations that name their statements are run here;
one that searches is run by a process of its own, which can be ended, on the draft that nobody reads yet.
"""

import json
import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from app.errors import BadRequestError, QuerySyntaxError, StoreFullError, UpdateLimitError
from app.graph.digests import GraphDigest
from app.graph.drafts import DirectoryDraft, Draft
from app.graph.endpoints import Endpoint, StoreAddress
from app.graph.fusibility import drop_records, edited, is_fused, refuse_unfusible
from app.graph.modifications import Modification, read_modification
from app.graph.repositories import edit
from app.graph.snapshots import Publication
from app.graph.snapshots import edit as edit_directory
from app.graph.update_process import Outcome, Task, refuse_elsewhere
from app.graph.update_text import Operation, operations

# Beyond these an update of named statements goes to the process too: a parser's stack is not endless, nor is patience.
_MAX_NESTING_HERE = 64
_MAX_OPERATIONS_HERE = 100
_MAX_REASON_CHARS = 500


@dataclass(frozen=True, slots=True)
class Update:
    """The text of an update; the graphs that a request names for its WHERE; what relative IRIs are relative to."""

    text: str
    base_iri: str
    using: tuple[NamedNode, ...] = ()
    using_named: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateLimits:
    """How long an update may run, and how much memory its process may take."""

    timeout_s: float = 60.0
    memory_bytes: int = 4_000_000_000


def update(
    address: StoreAddress, wanted: Update, *, limits: UpdateLimits | None = None, wait_s: float = 600.0
) -> Publication:
    """Run an update, all of it or nothing; when this returns, what it reports is on disk.

    Raises:
        QuerySyntaxError: the text is no update.
        BadRequestError: it names graphs twice, asks for LOAD or SERVICE, or fails while it runs.
        ConflictError: it would leave claims or facts that cannot be fused.
        UpdateLimitError: it takes too long, or too much memory.
        StoreBusyError: another writer held the lock for `wait_s` seconds.
        StoreDamagedError: the current snapshot cannot be read.
        StoreFullError: there is no room for it.
    """
    parts = operations(wanted.text, wanted.using, wanted.using_named)
    is_plain = len(parts) <= _MAX_OPERATIONS_HERE and all(map(_is_plain, parts))
    if is_plain:
        return edit(address, _named_statements(parts, wanted.base_iri), wait_s=wait_s)
    if isinstance(address, Endpoint):
        from app.graph import remote_writing

        for part in parts:
            refuse_elsewhere(part.text)
        return remote_writing.update(
            address, wanted.text, wanted.using, wanted.using_named, base_iri=wanted.base_iri, wait_s=wait_s
        )
    return edit_directory(address, _searching(parts, wanted, limits), wait_s=wait_s)


def _is_plain(operation: Operation) -> bool:
    return operation.kind != "other" and operation.nesting <= _MAX_NESTING_HERE


def _named_statements(parts: tuple[Operation, ...], base_iri: str) -> Callable[[Draft], None]:
    """The change by operations that name their statements, which are read before anyone is kept waiting."""
    steps = [_read(part, number, len(parts), base_iri) for number, part in enumerate(parts, start=1)]

    named = {quad.graph_name for step in steps if step for quad in step.deleted | step.inserted}

    def change(draft: Draft) -> None:
        with edited(draft, named):
            for step in steps:
                if step is not None:
                    draft.change(step.deleted, step.inserted)
                else:
                    draft.clear()

    return change


def _read(part: Operation, number: int, of: int, base_iri: str) -> Modification | None:
    """What an operation names; None where it clears all."""
    if part.kind == "clear-all":
        return None
    try:
        if found := read_modification(part.text, base_iri):
            return found
    except SyntaxError as error:
        raise QuerySyntaxError(f"Operation {number} of {of} is not valid SPARQL: {error}") from error
    raise QuerySyntaxError(f"Operation {number} of {of} is not valid SPARQL: its statements stand in braces.")


def _searching(
    parts: tuple[Operation, ...], wanted: Update, limits: UpdateLimits | None
) -> Callable[[DirectoryDraft], None]:
    """The change by operations that a process of its own runs."""
    bounds = limits or UpdateLimits()
    texts = tuple(part.text for part in parts)

    def change(draft: DirectoryDraft) -> None:
        changed: list[NamedNode] | None = None

        def write(path: Path, digest: GraphDigest) -> GraphDigest:
            nonlocal changed
            cpu_s = math.ceil(bounds.timeout_s) + 1
            task = Task(str(path), str(digest), digest.count, texts, wanted.base_iri, cpu_s, bounds.memory_bytes)
            outcome = _run(task, bounds)
            if outcome.is_full:
                raise StoreFullError(outcome.error)
            if outcome.error:
                raise (QuerySyntaxError if outcome.is_syntax else BadRequestError)(outcome.error)
            changed = None if outcome.changed is None else [NamedNode(graph) for graph in outcome.changed]
            return GraphDigest.parse(outcome.digest, outcome.quads)

        draft.rewrite(write)
        refuse_unfusible(draft, changed)
        if changed is None or any(map(is_fused, changed)):
            drop_records(draft, None)

    return change


def _run(task: Task, limits: UpdateLimits) -> Outcome:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.graph.update_process"],
            input=json.dumps(asdict(task)).encode(),
            capture_output=True,
            timeout=limits.timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UpdateLimitError(
            f"The update ran for more than {limits.timeout_s:g} s and was ended; nothing of it was written. Do it in "
            "smaller parts, or name what it searches more closely."
        ) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:_MAX_REASON_CHARS]
        raise UpdateLimitError(
            f"The update's process ended before it was done ({reason or f'status {done.returncode}'}), probably for "
            f"want of memory beyond {limits.memory_bytes} bytes; nothing of it was written. Do it in smaller parts."
        )
    return Outcome(**json.loads(done.stdout))
