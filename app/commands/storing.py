"""`banggiao ingest`: articles into the graph."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.commands.context import ContextArgument
from app.commands.extraction import check_paths, publication_dates
from app.commands.options import InputPath, ManifestOption, PublishedOption, StoreOption
from app.commands.printing import print_fault
from app.ingest import IngestReport
from app.ingest import ingest as ingest_articles
from app.inputs import read_articles
from extractors.readers import Unreadable, iter_paths


def ingest(
    *paths: InputPath,
    store: StoreOption = None,
    published: PublishedOption = None,
    manifest: ManifestOption = None,
    context: ContextArgument,
) -> int:
    """Read files and folders and put what they assert into the graph; an article of a known id is replaced."""
    check_paths(paths, "ingest")
    dates = publication_dates(published, manifest)
    settings = context.settings(store=store)
    with _progress(paths) as on_input:
        report = ingest_articles(read_articles(paths, dates), settings.store, on_input=on_input)
    return tell(report)


def tell(report: IngestReport) -> int:
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
