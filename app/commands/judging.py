"""`banggiao verdict`: what a curator finds of a claim or of two people, recorded with who, when and why."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from app.commands.context import ContextArgument
from app.commands.options import FormatOption, StoreOption
from app.commands.printing import default_format, print_csv, print_json, print_lines, print_table
from app.errors import BadRequestError
from app.graph.endpoints import StoreAddress
from app.graph.repositories import Publication, open_snapshot
from app.graph.verdicts import Finding, Verdict, Withdrawal, read_verdicts
from app.judging import judged_iri, record, record_file, take_back, to_the_second, verdict_json

Action = Literal["confirm", "reject", "merge", "withdraw", "list", "import"]

_FINDINGS: dict[str, Finding] = {"confirm": "confirmed", "reject": "rejected", "merge": "same-person"}
_COLUMNS = ("id", "finding", "judged", "by", "at", "why", "withdrawn")


def verdict(
    action: Annotated[Action, Parameter(help="confirm or reject a claim, merge two people, withdraw, list or import.")],
    *targets: Annotated[str, Parameter(help="The claim, the two people, the verdict or the file that it is about.")],
    by: Annotated[str | None, Parameter(help="Who judges.")] = None,
    why: Annotated[str | None, Parameter(help="The reason, for those who read it later.")] = None,
    format: FormatOption = None,  # noqa: A002  # the name of the option
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """Record what a curator finds; a verdict survives rebuilding, and can be taken back."""
    directory = context.settings(store=store).address
    if action == "list":
        return _list(directory, format)
    if action == "import":
        added, publication = record_file(directory, Path(_only(targets, "file")))
        return _tell(f"{added} verdicts recorded", publication)
    if not by or not why:
        raise BadRequestError(f"verdict {action} needs --by NAME and --why REASON.")
    moment = to_the_second(context.now)
    if action == "withdraw":
        publication = take_back(directory, _only(targets, "verdict"), Withdrawal(by, moment, why))
        return _tell("Taken back", publication)
    finding = _FINDINGS[action]
    new = Verdict(finding, tuple(sorted(judged_iri(finding, one) for one in targets)), by, moment, why)
    recorded, publication = record(directory, new)
    return _tell(f"Recorded as {recorded.id}", publication)


def _list(address: StoreAddress, output: str | None) -> int:
    plain = [verdict_json(one) for one in read_verdicts(open_snapshot(address).store())]
    chosen = output or default_format()
    if chosen == "json":
        print_json({"items": plain, "next": None})
    elif chosen == "jsonl":
        print_lines(plain)
    elif chosen == "csv":
        print_csv(plain, _COLUMNS)
    else:
        print_table("", _COLUMNS, ([_cell(one[name]) for name in _COLUMNS] for one in plain))
    return 0


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return f"{value['by']}, {value['at']}: {value['why']}"
    return "\n".join(value) if isinstance(value, list) else str(value or "")


def _only(targets: tuple[str, ...], what: str) -> str:
    if len(targets) != 1:
        raise BadRequestError(f"Name one {what}, not {len(targets)}.")
    return targets[0]


def _tell(done: str, publication: Publication) -> int:
    print(f"{done}. Snapshot {publication.snapshot_id}.")
    return 0
