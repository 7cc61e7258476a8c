"""The command line: `banggiao COMMAND …`. Wires the commands to the clock and the environment; decides exit statuses.

Exit status: 0 done; 1 some inputs failed (or `check` found something wrong), the rest is done; 2 wrong usage.
"""

import datetime as dt
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cyclopts import App, CycloptsError

from app.commands.context import Context
from app.commands.printing import print_fault
from app.house import VERSION

if TYPE_CHECKING:  # as below: nothing is imported before it is needed
    from app.settings import Settings

# Where each command is, what it does, and an example of it.
_COMMANDS = (
    (
        "extraction:extract",
        "Read files, folders and web addresses, and print what they assert: one object an article, nothing is stored.",
        "extract news/ --format jsonl --published 2026-09-23",
    ),
    (
        "storing:ingest",
        "Read files, folders and web addresses, and put what they assert into the graph.",
        "ingest news/ --store .store",
    ),
    (
        "building:build",
        "Put the shipped data into the graph; does nothing when it is there already.",
        "build --store .store",
    ),
    (
        "answering:anniversaries",
        "The anniversaries of two states, the next one first.",
        "anniversaries VN Azerbaijan --on 2026-11-21",
    ),
    (
        "answering:upcoming",
        "The anniversaries of all states in the coming days.",
        "upcoming --days 90 --country 'Việt Nam' --rank round --rank half-round",
    ),
    (
        "answering:timeline",
        "All events between two states by date.",
        "timeline 'viet nam' 'nhat ban' --from 2000-01-01 --type partnership",
    ),
    (
        "checking:check",
        "Report what is wrong in drafts: dates, counts, weekdays, partnership levels, names of states.",
        "check news/tin.txt --published 2026-09-23",
    ),
    (
        "judging:verdict",
        "Record what a curator finds: confirm or reject a claim, merge two people; withdraw, list and import verdicts.",
        "verdict list --format jsonl",
    ),
    ("graph:query", "Ask the graph in SPARQL.", "query ontology/queries/timeline-of-a-pair.rq --format csv"),
    (
        "exporting:export",
        "Write the graph as N-Quads (canonical: one line a quad, sorted), TriG or Turtle, packed or not.",
        "export banggiao.trig.gz",
    ),
    (
        "validating:validate",
        "Check the shipped tables and articles, and the graph (or a dump) against the shapes of the ontology.",
        "validate --format json",
    ),
    ("coverage:coverage", "Count what the curated tables cover.", "coverage"),
    (
        "serving:serve",
        "Serve the graph over HTTP; a store that does not exist yet is an empty graph.",
        "serve --port 8000 --store .store",
    ),
    (
        "assistants:mcp",
        "Answer an assistant (Model Context Protocol) over the standard streams: dates with their sources.",
        "mcp --store .store",
    ),
)

app = App(
    name="banggiao",
    help="Relations between states, read from Vietnamese news: dates with their sources, and anniversaries.\n\n"
    "Example: banggiao anniversaries VN Azerbaijan",
    version=VERSION,
    help_format="plaintext",
)
for _path, _purpose, _example in _COMMANDS:
    # by import path, so that a command imports only what it needs: `extract` starts without the graph and the server
    app.command(
        f"app.commands.{_path}", name=_path.partition(":")[2], help=f"{_purpose}\n\nExample: banggiao {_example}"
    )
# `import` has commands of its own, and a name that no function of Python can have
app.command(
    "app.commands.importing:commands",
    name="import",
    help="Bring in facts that others hold: Wikidata's, or those of a dump; list and drop what was imported.\n\n"
    "Example: banggiao import list",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Vietnamese in a console of any locale; a lone surrogate of a broken input is written, not fatal
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader of our output has had enough (`… | head`); the rest goes nowhere, without a complaint at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit status."""
    try:
        # a command is imported here, and the tables that its modules read with it
        command, bound, injected = app.parse_args(arguments, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        print_fault(f"{error} See banggiao --help.")
        return 2
    except _failures() as error:
        print_fault(error)
        return 1
    if "context" in injected:
        bound.arguments["context"] = Context(_now(), _settings, _now)
    try:
        return int(command(*bound.args, **bound.kwargs) or 0)
    except BrokenPipeError:
        raise
    except _usage_errors() as error:
        print_fault(error)
        return 2
    except _failures() as error:
        print_fault(error)
        return 1


def _usage_errors() -> tuple[type[Exception], ...]:
    """What says that the impossible was asked for; imported only once something has gone wrong."""
    from app.errors import BadRequestError
    from extractors.gazetteer import UnknownCountryError

    return (BadRequestError, UnknownCountryError)


def _failures() -> tuple[type[Exception], ...]:
    """What says that the command could not be carried out: the store, the shipped data, a file."""
    from app.errors import BanggiaoError
    from extractors.tables import TableError

    return (BanggiaoError, TableError, OSError)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _settings(**options: Any) -> "Settings":
    # a quarter of a second that `extract` need not wait for
    from app.settings import read_settings

    return read_settings(**options)
