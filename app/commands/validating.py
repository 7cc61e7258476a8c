"""`banggiao validate`: the shipped tables, and the graph against its shapes."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from app.commands.context import ContextArgument
from app.commands.options import StoreOption
from app.commands.printing import print_fault, print_json, print_table
from app.graph.lookups import counts
from app.graph.offices import load_offices
from app.graph.reference_tables import load_reference
from app.graph.repositories import open_snapshot
from app.graph.store import EmbeddedStore, SnapshotStore
from app.inputs import house_articles
from extractors.readers import Unreadable

if TYPE_CHECKING:  # rdflib and pyshacl take a second to import
    from app.validation import Violation

_COLUMNS = ("focus node", "path", "value", "message", "severity")


def validate(
    dump: Annotated[
        Path | None, Parameter(help="A dump (.nq, .trig, .ttl, also .gz) to check instead of the store and the tables.")
    ] = None,
    /,
    *,
    format: Annotated[  # noqa: A002  # the name of the option
        Literal["table", "json"], Parameter(name="--format", help="table for people, json for programs.")
    ] = "table",
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """Check the shipped tables and articles (data/), and the graph against ontology/shapes.ttl."""
    lines, faults = ([], 0) if dump else _check_tables()
    if dump:
        from app.dump_reading import read_dump

        found: SnapshotStore = read_dump(dump)
    else:
        found = _near(open_snapshot(context.settings(store=store).address).store())
    nodes, violations = _check_graph(found)
    held = counts(found)
    lines.append(f"graph: {held.articles} articles, {held.claims} claims, {held.events} events.")
    if format == "json":
        print_json({"conforms": not violations, "nodes": nodes, "violations": [asdict(one) for one in violations]})
        return 1 if faults or violations else 0
    for line in lines:
        print(line)
    if violations:
        print_table(
            f"{len(violations)} violations of ontology/shapes.ttl",
            _COLUMNS,
            ((one.focus_node, one.path, one.value, one.message, one.severity) for one in violations),
        )
    else:
        print(f"shapes: {nodes} nodes, all as ontology/shapes.ttl wants them.")
    return 1 if faults or violations else 0


def _check_tables() -> tuple[list[str], int]:
    """What the tables hold, in a sentence, and how many shipped articles cannot be read."""
    reference = load_reference()
    # the words of the grammar are read when it is imported
    from extractors.pipeline import load_tables

    load_tables()
    load_offices()
    articles = list(house_articles())
    faults = [one for one in articles if isinstance(one, Unreadable)]
    for fault in faults:
        print_fault(fault)
    names, facts = len(reference.names), len(reference.facts)
    states, read = len(reference.states), len(articles) - len(faults)
    return [f"data/: {states} states, {names} names, {facts} facts, {read} articles."], len(faults)


def _near(store: SnapshotStore) -> SnapshotStore:
    """A store that can be asked of every node one by one: of a remote one, a copy."""
    if isinstance(store, EmbeddedStore):
        return store
    copy = EmbeddedStore.in_memory(store.snapshot_id)
    copy.apply((), store.all_quads())
    return copy


def _check_graph(store: SnapshotStore) -> tuple[int, list["Violation"]]:
    from app.validation import find_violations

    nodes = 0
    violations: list[Violation] = []
    for checked, found in _with_progress(find_violations(store)):
        nodes += checked
        violations += found
    return nodes, violations


def _with_progress(
    batches: Iterator[tuple[int, list["Violation"]]],
) -> Iterator[tuple[int, list["Violation"]]]:
    """Pass on; on a terminal, say how far the work is."""
    import sys

    nodes = 0
    for checked, found in batches:
        nodes += checked
        if sys.stderr.isatty():
            print(f"\r{nodes} nodes", end="", file=sys.stderr, flush=True)
        yield checked, found
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
