"""`banggiao ingest` and `banggiao build`: articles and the shipped data into the graph."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.commands.context import ContextArgument, StoreOption
from app.commands.extraction import publication_dates
from app.commands.printing import print_fault
from app.ingest import IngestReport
from app.ingest import build as build_store
from app.ingest import ingest as ingest_articles
from app.inputs import ManifestError, read_articles
from extractors.dates import DateError
from extractors.readers import Unreadable, iter_paths


def ingest(
    *paths: Path,
    store: StoreOption = None,
    published: str | None = None,
    manifest: Path | None = None,
    context: ContextArgument,
) -> int:
    """Read files and folders and put what they assert into the graph; an article of a known id is replaced.

    Example: banggiao ingest news/ --store .store

    Parameters
    ----------
    paths
        Files or folders: .txt, .md, .html, .jsonl.
    store
        Directory of the graph [BANGGIAO_STORE; .store].
    published
        Publication date of articles that state none, such as 2026-09-23 or 23/9/2026.
    manifest
        File with publication dates of articles that state none: a JSON list or JSON Lines of {"id", "published"}.
    context
        The day and the settings, from cli.py.
    """
    if not paths:
        print_fault("give at least one file or folder, such as: banggiao ingest news/")
        return 2
    try:
        dates = publication_dates(published, manifest)
    except (DateError, ManifestError) as error:
        print_fault(error)
        return 2
    settings = context.settings(store=store)
    with _progress(paths) as on_input:
        report = ingest_articles(read_articles(paths, dates), settings.store, on_input=on_input)
    return _tell(report)


def build(*, store: StoreOption = None, context: ContextArgument) -> int:
    """Put the shipped data (data/) into the graph; does nothing when it is there already.

    Example: banggiao build --store .store

    Parameters
    ----------
    store
        Directory of the graph [BANGGIAO_STORE; .store].
    context
        The day and the settings, from cli.py.
    """
    report = build_store(context.settings(store=store).store)
    if report is None:
        print("The graph holds the shipped data already.")
        return 0
    return _tell(report)


def _tell(report: IngestReport) -> int:
    """Print what was done; the exit status says whether all inputs could be read."""
    for one in report.unreadable:
        print_fault(one)
    done = report.publication
    inputs = report.articles + len(report.unreadable)
    print(
        f"{inputs} inputs: {report.articles} articles ({len(done.added)} new, {len(done.replaced)} replaced, "
        f"{len(done.unchanged)} unchanged), {len(report.unreadable)} unreadable.\n"
        f"{report.claims} claims, {report.rejections} left out with a reason.\n"
        f"Snapshot {done.snapshot_id}: {done.quads} quads{'' if done.is_new else ', as before'}."
    )
    return 1 if report.unreadable else 0


@contextmanager
def _progress(paths: tuple[Path, ...]) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, nothing elsewhere; gives what to call after each input."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    # rich is needed on a terminal only
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    files = list(iter_paths(paths))
    # how many articles a JSON Lines file holds is not known beforehand
    is_countable = all(isinstance(one, Unreadable) or one.suffix != ".jsonl" for one in files)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("articles", total=len(files) if is_countable else None)
        yield lambda: progress.advance(task)
