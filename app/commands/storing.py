"""`banggiao ingest`: articles into the graph."""

import time
from typing import Annotated

from cyclopts import Parameter

from app.commands.context import ContextArgument
from app.commands.engines import open_engine
from app.commands.extraction import check_sources, publication_dates
from app.commands.faults import Faults
from app.commands.options import (
    ClusterOption,
    InputSource,
    JobsOption,
    ManifestOption,
    ProgressOption,
    PublishedOption,
    StoreOption,
)
from app.commands.progress import is_shown, show_progress
from app.ingest import IngestReport, Listeners
from app.ingest import ingest as ingest_inputs
from app.inputs import Position, iter_inputs, total_bytes


def ingest(
    *sources: InputSource,
    store: StoreOption = None,
    published: PublishedOption = None,
    manifest: ManifestOption = None,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    publish_after_s: Annotated[
        float | None,
        Parameter(help="Work in seconds after which what is done is published [BANGGIAO_PUBLISH_AFTER_S; 60]"),
    ] = None,
    progress: ProgressOption = None,
    context: ContextArgument,
) -> int:
    """Put what files, folders and web addresses assert into the graph; an article of a known id is replaced.

    What the graph holds already is not read again. An ingest that is killed goes on where it was when it is repeated.
    """
    check_sources(sources, "ingest")
    dates = publication_dates(published, manifest)
    settings = context.settings(store=store, publish_after_s=publish_after_s)
    # a look at each file, which is for nothing where nobody watches
    faults = Faults()
    position = Position(total_bytes(sources)) if is_shown(progress) else None
    with (
        open_engine(jobs, cluster) as engine,
        show_progress(position, time.monotonic) as on_progress,
    ):
        report = ingest_inputs(
            iter_inputs(sources, position),
            settings.address,
            dates=dates,
            engine=engine,
            listeners=Listeners(on_unreadable=faults.tell, on_progress=on_progress),
            publish_after_s=settings.publish_after_s,
        )
    faults.tell_rest()
    return tell(report)


def tell(report: IngestReport) -> int:
    """Print what was done; the exit status says whether all inputs could be read."""
    print(
        f"{report.inputs} inputs: {report.articles} articles ({report.added} new, {report.replaced} replaced, "
        f"{report.unchanged + report.skipped} unchanged), {report.refused} unreadable."
    )
    if report.skipped:
        print(f"{report.skipped} of the unchanged were known and not read again.")
    print(
        f"{report.claims} claims, {report.rejections} left out with a reason; "
        f"{report.silent} of the articles read assert nothing."
    )
    if done := report.publication:
        print(f"Snapshot {done.snapshot_id}: {done.quads} quads{'' if report.publications else ', as before'}.")
    return 1 if report.refused else 0
