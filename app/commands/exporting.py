"""`banggiao export`: the graph as a file."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from app.commands.context import ContextArgument
from app.commands.options import StoreOption
from app.commands.printing import print_fault
from app.dumps import DumpFormat, format_of_name, graph_of_name, quads_of, write_dump
from app.graph.repositories import open_snapshot

_FORMAT_HELP = (
    "nquads (default; canonical: one line a statement, sorted), trig, or turtle, which has no names of graphs: it "
    "holds the statements of all graphs together, or those of --graph. Told by the file's name (.nq, .trig, .ttl)."
)


def export(
    output: Annotated[Path | None, Parameter(help="File to write; the standard output without it.")] = None,
    /,
    *,
    format: Annotated[DumpFormat | None, Parameter(name="--format", help=_FORMAT_HELP)] = None,  # noqa: A002  # the name of the option
    packed: Annotated[
        bool | None, Parameter(name="--gzip", help="Pack it; a file whose name ends in .gz is packed without asking.")
    ] = None,
    graph: Annotated[
        str | None, Parameter(name="--graph", help="Only this named graph, such as reference or events, or its IRI.")
    ] = None,
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """Write the whole graph, or one named graph of it; what is written reads back as the same statements."""
    form, is_packed = _form(output, format)
    is_packed = is_packed if packed is None else packed
    found = open_snapshot(context.settings(store=store).address).store()
    chosen = None if graph is None else graph_of_name(graph)
    if form == "turtle" and chosen is None:
        print_fault("Turtle has no names of graphs: who says what is left out. --graph writes one of them.")
    quads = quads_of(found, chosen)
    if output is None:
        write_dump(quads, form, sys.stdout.buffer, is_packed=is_packed)
        return 0
    draft = output.with_name(f"{output.name}.part")
    with draft.open("wb") as out:
        count = write_dump(quads, form, out, is_packed=is_packed)
    draft.replace(output)
    print(f"{count} {'triples' if form == 'turtle' else 'quads'} written to {output}.")
    return 0


def _form(output: Path | None, asked: DumpFormat | None) -> tuple[DumpFormat, bool]:
    """The format, and whether the file's name asks for a packed one; a name without a known ending is free."""
    if asked is not None:
        return asked, output is not None and output.name.lower().endswith(".gz")
    return ("nquads", False) if output is None else format_of_name(output.name)
