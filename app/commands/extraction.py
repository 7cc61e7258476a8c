"""`banggiao extract`: what texts assert, on the standard output; nothing is stored."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from app.commands.options import ClaimsFormatOption, InputPath, ManifestOption, PublishedOption
from app.commands.printing import Format, print_csv, print_fault, print_json, print_lines, print_table
from app.days import parse_asked_day
from app.errors import BadRequestError
from app.inputs import PublicationDates, read_articles, read_manifest
from extractors.pipeline import extract as extract_article
from extractors.readers import Unreadable

_CLAIM_COLUMNS = (
    *("doc", "type", "countries", "date", "precision", "basis", "level", "from", "to", "person", "name"),
    *("quote", "start", "end", "section", "confidence", "issues"),
)


def extract(
    *paths: InputPath,
    format: ClaimsFormatOption = "jsonl",  # noqa: A002  # the name of the option
    entities: Annotated[
        Literal["relevant", "all", "none"],
        Parameter(help="People and organisations: of articles on relations between states, of all, or none."),
    ] = "relevant",
    published: PublishedOption = None,
    manifest: ManifestOption = None,
) -> int:
    """Read files and folders, and print what they assert: one object an article, nothing is stored."""
    check_paths(paths, "extract")
    dates = publication_dates(published, manifest)
    unreadable: list[Unreadable] = []
    _print_extractions(_extractions(paths, dates, entities, unreadable), format)
    return 1 if unreadable else 0


def check_paths(paths: tuple[Path, ...], command: str) -> None:
    """Refuse a command without any path.

    Raises:
        BadRequestError: there is none.
    """
    if not paths:
        raise BadRequestError(f"give at least one file or folder, such as: banggiao {command} news/")


def publication_dates(published: str | None, manifest: Path | None) -> PublicationDates:
    """The dates of `--published` and `--manifest`.

    Raises:
        BadRequestError: one of them cannot be read.
    """
    day = parse_asked_day(published, "--published") if published else None
    return PublicationDates(read_manifest(manifest) if manifest else {}, day)


def _extractions(
    paths: tuple[Path, ...],
    dates: PublicationDates,
    entities: Literal["relevant", "all", "none"],
    unreadable: list[Unreadable],
) -> Iterator[dict[str, Any]]:
    """One object an article; what cannot be read is reported where it stands, and kept."""
    for one in read_articles(paths, dates):
        if isinstance(one, Unreadable):
            unreadable.append(one)
            print_fault(one)
        else:
            yield extract_article(one, entities).to_json()


def _print_extractions(extractions: Iterator[dict[str, Any]], output: Format) -> None:
    if output == "jsonl":
        print_lines(extractions)
    elif output == "json":
        print_json(list(extractions))
    else:
        claims = ({"doc": found["doc"], **claim} for found in extractions for claim in found["claims"])
        if output == "csv":
            print_csv(claims, _CLAIM_COLUMNS)
        else:
            rows = [(one["doc"], one["type"], " ".join(one["countries"]), one["date"], one["quote"]) for one in claims]
            print_table("", ("Bài", "Loại", "Quốc gia", "Ngày", "Trích"), rows)
