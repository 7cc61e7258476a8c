"""Putting the shipped data into a store."""

from pathlib import Path

from app.graph.reference import load_reference
from app.ingest import IngestReport, ingest
from app.inputs import house_articles
from app.stamps import digest_of_shipped, write_stamp
from extractors.tables import DATA_DIR


def build(store: Path, *, data_dir: Path = DATA_DIR, wait_s: float = 600.0) -> IngestReport:
    """Put the shipped data into the graph; what is there beside it stays.

    Raises:
        TableError: a table of the data is at fault; names file and line.
        StoreBusyError: another writer held the store for `wait_s` seconds.
    """
    # taken before anything is read: what changes meanwhile is built the next time
    digest = digest_of_shipped(data_dir)
    report = ingest(house_articles(data_dir), store, reference=load_reference(data_dir), wait_s=wait_s)
    if not report.unreadable:
        write_stamp(store, digest)
    return report
