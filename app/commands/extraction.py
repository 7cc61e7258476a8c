"""`banggiao extract`: what texts assert, on the standard output; nothing is stored."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from app.commands.engines import open_engine
from app.commands.faults import Faults
from app.commands.options import (
    ClaimsFormatOption,
    ClusterOption,
    InputSource,
    JobsOption,
    ManifestOption,
    PublishedOption,
)
from app.commands.printing import Format, print_csv, print_json, print_table
from app.days import parse_asked_day
from app.errors import BadRequestError
from app.extracting import LineMaker
from app.inputs import PublicationDates, iter_inputs, read_manifest
from extractors.pipeline import Entities
from extractors.readers import Unreadable

_CLAIM_COLUMNS = (
    *("doc", "type", "countries", "date", "precision", "basis", "level", "from", "to", "person", "name"),
    *("quote", "start", "end", "section", "confidence", "issues"),
)


def extract(
    *sources: InputSource,
    format: ClaimsFormatOption = "jsonl",  # noqa: A002  # the name of the option
    entities: Annotated[
        Entities,
        Parameter(help="People and organisations: of articles on relations between states, of all, or none."),
    ] = "relevant",
    published: PublishedOption = None,
    manifest: ManifestOption = None,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
) -> int:
    """Read files, folders and web addresses, and print what they assert: one object an article, nothing is stored."""
    check_sources(sources, "extract")
    maker = LineMaker(entities, publication_dates(published, manifest))
    with open_engine(jobs, cluster) as engine:
        lines = _Lines(engine.run(maker, iter_inputs(sources)))
        _print_lines(lines, format)
    return 1 if lines.faults.count else 0


def check_sources(sources: tuple[str, ...], command: str) -> None:
    """Refuse a command without any input.

    Raises:
        BadRequestError: there is none.
    """
    if not sources:
        raise BadRequestError(f"give at least one file or folder, such as: banggiao {command} news/")


def publication_dates(published: str | None, manifest: Path | None) -> PublicationDates:
    """The dates of `--published` and `--manifest`.

    Raises:
        BadRequestError: one of them cannot be read.
    """
    day = parse_asked_day(published, "--published") if published else None
    return PublicationDates(read_manifest(manifest) if manifest else {}, day)


class _Lines:
    """The lines of JSON, one an article; what cannot be read is reported where it stands, and counted."""

    def __init__(self, outcomes: Iterable[str | Unreadable]) -> None:
        self._outcomes = outcomes
        self.faults = Faults()

    def __iter__(self) -> Iterator[str]:
        for one in self._outcomes:
            if isinstance(one, Unreadable):
                self.faults.tell(one)
            else:
                yield one
        self.faults.tell_rest()


def _print_lines(lines: Iterable[str], output: Format) -> None:
    if output == "jsonl":
        for line in lines:
            print(line)
        return
    extractions: Iterator[dict[str, Any]] = map(json.loads, lines)
    if output == "json":
        print_json(list(extractions))
        return
    claims = ({"doc": found["doc"], **claim} for found in extractions for claim in found["claims"])
    if output == "csv":
        print_csv(claims, _CLAIM_COLUMNS)
    else:
        rows = [(one["doc"], one["type"], " ".join(one["countries"]), one["date"], one["quote"]) for one in claims]
        print_table("", ("Bài", "Loại", "Quốc gia", "Ngày", "Trích"), rows)
