"""Articles into the graph: read, extracted, published; what went in and what did not add up to what was given."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.graph.reference import Reference
from app.graph.snapshots import Publication, publish
from extractors.pipeline import extract
from extractors.readers import Unreadable
from extractors.records import Article, Extraction


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
