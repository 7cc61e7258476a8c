"""Articles into the graph: read, extracted, published; what went in and what did not add up to what was given."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.graph.ontology import ONTOLOGY_DIR
from app.graph.reference import Reference, load_reference
from app.graph.snapshots import EMPTY_SNAPSHOT_ID, Publication, open_snapshot, publish
from app.inputs import house_articles
from extractors.pipeline import extract
from extractors.readers import Unreadable
from extractors.records import Article, Extraction
from extractors.tables import DATA_DIR

_STAMP = "built-from"
_CODE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did: `articles` and `unreadable` together are the inputs."""

    articles: int
    claims: int
    rejections: int
    unreadable: tuple[Unreadable, ...]
    publication: Publication


@dataclass(slots=True)
class _Tally:
    """Counts that grow while the articles stream by."""

    claims: int = 0
    rejections: int = 0
    ids: set[str] = field(default_factory=set)
    unreadable: list[Unreadable] = field(default_factory=list)


def ingest(
    inputs: Iterable[Article | Unreadable],
    store: Path,
    *,
    reference: Reference | None = None,
    wait_s: float = 600.0,
    on_input: Callable[[], None] = lambda: None,
) -> IngestReport:
    """Put articles into the graph, all or (when killed) none; `on_input` is called after each input.

    Of several inputs with one id the first is taken; the others are reported as unreadable.

    Raises:
        StoreBusyError: another writer held the store for `wait_s` seconds.
    """
    tally = _Tally()
    extractions = _extractions(inputs, tally, on_input)
    publication = publish(store, extractions, reference=reference, wait_s=wait_s)
    return IngestReport(len(tally.ids), tally.claims, tally.rejections, tuple(tally.unreadable), publication)


def build(store: Path, *, data_dir: Path = DATA_DIR, wait_s: float = 600.0) -> IngestReport | None:
    """Put the shipped data into the graph; None when it is there already, from the same data and the same program.

    Raises:
        TableError: a table of the data is at fault; names file and line.
        StoreBusyError: another writer held the store for `wait_s` seconds.
    """
    stamp = _digest(data_dir)
    if _built_from(store) == stamp:
        return None
    report = ingest(house_articles(data_dir), store, reference=load_reference(data_dir), wait_s=wait_s)
    if not report.unreadable:
        (store / _STAMP).write_text(f"{stamp}\n", encoding="utf-8")
    return report


def _extractions(
    inputs: Iterable[Article | Unreadable], tally: _Tally, on_input: Callable[[], None]
) -> Iterator[Extraction]:
    for one in inputs:
        if isinstance(one, Unreadable):
            tally.unreadable.append(one)
        elif one.id in tally.ids:
            tally.unreadable.append(
                Unreadable(one.id, "another input before it has the same id: give it one of its own")
            )
        else:
            tally.ids.add(one.id)
            extraction = extract(one)
            tally.claims += len(extraction.claims)
            tally.rejections += len(extraction.rejections)
            yield extraction
        on_input()


def _built_from(store: Path) -> str | None:
    """What the graph was last built from; None where there is no graph."""
    if open_snapshot(store).store().snapshot_id == EMPTY_SNAPSHOT_ID:
        return None
    try:
        return (store / _STAMP).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def _digest(data_dir: Path) -> str:
    """A digest of all that decides what is built: the data, the ontology, and the program that reads them."""
    digest = hashlib.sha256()
    for folder in (data_dir, ONTOLOGY_DIR, _CODE / "extractors", _CODE / "app" / "graph", _CODE / "app" / "queries"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                digest.update(f"{name}\n{path.stat().st_size}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
