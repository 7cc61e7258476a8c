"""`banggiao import`: facts that others hold, into the graph."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from app.commands.context import ContextArgument
from app.commands.options import FormatOption, StoreOption
from app.commands.printing import default_format, print_csv, print_fault, print_json, print_lines, print_table
from app.graph.reference_tables import load_reference
from app.graph.repositories import open_snapshot
from app.importing.imports import drop_import, imports_of
from app.importing.merging import import_dump
from app.importing.records import Account, ImportReport, Trust
from app.importing.remote import RemoteSparql
from app.importing.wikidata import DEFAULT_ENDPOINT, import_wikidata
from extractors.gazetteer import load_gazetteer

_COLUMNS = ("name", "from", "basis", "facts")

commands = App(name="import", help_format="plaintext")
"""`import` is a word of Python's own: the command is put together here, and cli.py takes it as one."""


def wikidata(
    *,
    endpoint: Annotated[
        str, Parameter(help="SPARQL endpoint that holds Wikidata's statements in their own shape.")
    ] = DEFAULT_ENDPOINT,
    country: Annotated[
        list[str] | None,
        Parameter(negative="", help="Only statements about this state: code or name; may be repeated."),
    ] = None,
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """Ask Wikidata when states established and broke off relations; what was asked for before is replaced."""
    codes = [load_gazetteer().resolve(name) for name in country or ()]
    remote = RemoteSparql(endpoint, sleep=time.sleep, monotonic=time.monotonic)
    directory = context.settings(store=store).address
    return _tell(import_wikidata(directory, remote, load_reference(), codes, today=context.today))


def dump(
    *files: Annotated[Path, Parameter(help="N-Quads, TriG or Turtle, also .gz; several are the parts of one dump.")],
    name: Annotated[
        str | None, Parameter(help="What the import is called; by default after the file. Not for restoring.")
    ] = None,
    trust: Annotated[
        Trust, Parameter(help="Of its curated facts: like our own, or less than a date that a text states.")
    ] = "imported",
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """Restore a dump into an empty store, or put its articles and curated facts beside what is there."""
    directory = context.settings(store=store).address
    return _tell(import_dump(directory, files, frozenset(load_gazetteer().states), name=name, trust=trust))


def list_imports(*, format: FormatOption = None, store: StoreOption = None, context: ContextArgument) -> int:  # noqa: A002  # the name of the option
    """The imports that the graph holds, by name."""
    found = imports_of(open_snapshot(context.settings(store=store).address).store())
    rows = [{"name": one.name, "from": one.imported_from, "basis": one.basis, "facts": one.facts} for one in found]
    chosen = format or default_format()
    if chosen == "table":
        print_table("Imports", _COLUMNS, ([str(row[column]) for column in _COLUMNS] for row in rows))
    elif chosen == "csv":
        print_csv(rows, _COLUMNS)
    elif chosen == "jsonl":
        print_lines(rows)
    else:
        print_json({"items": rows})
    return 0


def drop(
    name: Annotated[str, Parameter(help="The name of an import, as `import list` gives it.")],
    /,
    *,
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """Take an import away again; articles that came with a dump stay."""
    gone, publication = drop_import(context.settings(store=store).address, name)
    print(f"{gone.facts} facts of «{gone.name}» are no longer in the graph.")
    print(f"Snapshot {publication.snapshot_id}: {publication.quads} quads.")
    return 0


def _tell(report: ImportReport) -> int:
    """Print what became of everything that was read; the exit status says whether something contradicts the store."""
    title = "Restored as it is" if report.is_restored else f"Imported as «{report.name}»"
    print_table(title, ("what", "how many"), (row for account in report.accounts for row in _rows(account)))
    refused = [one for account in report.accounts for one in account.refused]
    for one in refused:
        print_fault(one)
    done = report.publication
    print(f"Snapshot {done.snapshot_id}: {done.quads} quads{'' if done.is_new else ', as before'}.")
    return 1 if refused else 0


def _rows(account: Account) -> Iterator[tuple[str, str]]:
    yield f"{account.what} read", str(account.read)
    yield "  imported", str(account.imported)
    for note, count in sorted(account.notes.items()):
        yield f"    of these, {note}", str(count)
    if account.unchanged:
        yield "  known here already", str(account.unchanged)
    for reason, count in sorted(account.left_out.items()):
        yield f"  left out, {reason}", str(count)


for _command, _name, _example in (
    (wikidata, "wikidata", "wikidata --country VN --country JP"),
    (dump, "dump", "dump banggiao.nq.gz --name partner"),
    (list_imports, "list", "list"),
    (drop, "drop", "drop wikidata"),
):
    commands.command(_command, name=_name, help=f"{_command.__doc__}\n\nExample: banggiao import {_example}")
