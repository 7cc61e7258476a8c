"""`banggiao extract`: what texts assert, on the standard output; nothing is stored."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from app.commands.printing import Format, print_csv, print_fault, print_json, print_lines, print_table
from app.inputs import ManifestError, PublicationDates, read_articles, read_manifest
from extractors.dates import DateError
from extractors.pipeline import extract as extract_article
from extractors.publication import parse_day
from extractors.readers import Unreadable

_CLAIM_COLUMNS = (
    *("doc", "type", "countries", "date", "precision", "basis", "level", "from", "to", "person", "name"),
    *("quote", "start", "end", "section", "confidence", "issues"),
)


def extract(
    *paths: Path,
    format: Annotated[Format, Parameter(name="--format")] = "jsonl",  # noqa: A002  # the name of the option
    entities: Literal["relevant", "all", "none"] = "relevant",
    published: str | None = None,
    manifest: Path | None = None,
) -> int:
    """Read files and folders, and print what they assert: one object an article, nothing is stored.

    Example: banggiao extract news/ --format jsonl --published 2026-09-23

    Parameters
    ----------
    paths
        Files or folders: .txt, .md, .html, .jsonl.
    format
        jsonl (one article a line), json (a list), csv or table (one claim a line).
    entities
        People and organisations: of articles that speak of relations between states (relevant), of all, or none.
    published
        Publication date of articles that state none, such as 2026-09-23 or 23/9/2026.
    manifest
        File with publication dates of articles that state none: a JSON list or JSON Lines of {"id", "published"}.
    """
    if not paths:
        print_fault("give at least one file or folder, such as: banggiao extract news/")
        return 2
    try:
        dates = publication_dates(published, manifest)
    except (DateError, ManifestError) as error:
        print_fault(error)
        return 2
    unreadable: list[Unreadable] = []
    _print_extractions(_extractions(paths, dates, entities, unreadable), format)
    return 1 if unreadable else 0


def publication_dates(published: str | None, manifest: Path | None) -> PublicationDates:
    """The dates of `--published` and `--manifest`.

    Raises:
        DateError, ManifestError: one of them cannot be read.
    """
    return PublicationDates(read_manifest(manifest) if manifest else {}, parse_day(published) if published else None)


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
