"""Putting the shipped data into a store."""

from pathlib import Path

from app.graph.endpoints import StoreAddress
from app.graph.reference_tables import load_reference
from app.ingest import IngestReport, Listeners, ingest
from app.inputs import house_articles
from app.stamps import digest_of_shipped, write_stamp
from extractors.tables import DATA_DIR


def build(
    store: StoreAddress, *, data_dir: Path = DATA_DIR, wait_s: float = 600.0, listeners: Listeners | None = None
) -> IngestReport:
    """Put the shipped data into the graph; what is there beside it stays. `listeners` are told of faulty articles.

    Raises:
        TableError: a table of the data is at fault; names file and line.
        StoreBusyError: another writer held the store for `wait_s` seconds.
    """
    # taken before anything is read: what changes meanwhile is built the next time
    digest = digest_of_shipped(data_dir)
    # read one by one, but all before the graph is touched: a table at fault is found before anything is published
    articles = list(house_articles(data_dir))
    report = ingest(articles, store, reference=load_reference(data_dir), listeners=listeners, wait_s=wait_s)
    if not report.refused:
        write_stamp(store, digest)
    return report
