"""Articles into the graph: what is known is left out, the rest extracted wherever the engine likes, and published.

A long ingest is published in steps, so that one that is killed goes on where it was: what was published is known.
What went in and what did not add up to what was given.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from app.article_making import ArticleMaker
from app.engines import Engine, ThisProcess
from app.extracting import Known
from app.graph.articles import ArticleGraph
from app.graph.endpoints import StoreAddress
from app.graph.ledger import number_of
from app.graph.reference import Reference
from app.graph.repositories import Publication, publish
from app.graph.vocabulary import article_key
from app.inputs import PublicationDates
from app.known_inputs import KnownInputs
from app.number_tables import NumberTable
from extractors.readers import Payload, Unreadable
from extractors.records import Article

PUBLISH_AFTER_S = 60.0
"""Work that a kill may cost: an ingest that takes less is published in one step."""
_WORK_FOR_A_PUBLICATION = 25.0  # times what the last one took: publishing stays below 4 % of the time

_NAMED = 100  # refused inputs that a report names: of an archive of the web, most are refused


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did, or has done so far: the inputs are `articles` and `refused`.

    Of the articles, `added`, `replaced` and `unchanged` were read, and `skipped` were known and not read; `silent` ones
    among those read assert nothing. `claims` and `rejections` are of those read.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: int = 0
    silent: int = 0
    claims: int = 0
    rejections: int = 0
    unreadable: tuple[Unreadable, ...] = ()
    """The first of the inputs that were refused; all of them are told to the listeners."""
    publications: int = 0
    publication: Publication | None = None
    """The last one; None as long as nothing was published."""

    @property
    def articles(self) -> int:
        """Inputs that gave an article."""
        return self.added + self.replaced + self.unchanged + self.skipped

    @property
    def inputs(self) -> int:
        """All that was given."""
        return self.articles + self.refused


@dataclass(slots=True)
class Tally:
    """Counts that grow while the outcomes stream by; `read` articles are told apart when they are published."""

    read: int = 0
    skipped: int = 0
    refused: int = 0
    silent: int = 0
    claims: int = 0
    rejections: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)

    @property
    def inputs(self) -> int:
        """All that is done with, so far."""
        return self.read + self.skipped + self.refused


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told while an ingest runs: of each input that gave no article, and of the counts after each input."""

    on_unreadable: Callable[[Unreadable], None] = lambda _: None
    on_progress: Callable[[Tally], None] = lambda _: None


def ingest(
    inputs: Iterable[Payload | Article | Unreadable],
    store: StoreAddress,
    *,
    dates: PublicationDates | None = None,
    engine: Engine | None = None,
    reference: Reference | None = None,
    listeners: Listeners | None = None,
    wait_s: float = 600.0,
    publish_after_s: float = PUBLISH_AFTER_S,
    monotonic: Callable[[], float] = time.monotonic,
) -> IngestReport:
    """Put articles into the graph; when killed, what was published by then stays, and is known the next time.

    Of several inputs with one id the first is taken; the others are reported as unreadable. A publication comes after
    `publish_after_s` seconds of work, later where publishing takes long, and at the end.

    Raises:
        StoreBusyError: another writer held the store for `wait_s` seconds.
        BanggiaoError: the engine cannot work.
    """
    dates, listeners = dates or PublicationDates(), listeners or Listeners()
    known = KnownInputs(store, dates)
    outcomes = (engine or ThisProcess()).run(ArticleMaker(dates), known.mark(inputs))
    row = _Row(outcomes, listeners, monotonic)
    report = IngestReport()
    work_s = publish_after_s
    while not row.is_exhausted:
        publication = publish(store, row.batch(work_s), reference=reference, wait_s=wait_s)
        reference = None  # it is there now
        report = _with(report, row.tally, publication)
        work_s = max(publish_after_s, _WORK_FOR_A_PUBLICATION * (monotonic() - row.ended_at_s))
    return report


class _Row:
    """The row of outcomes, taken in batches: counts them, and lets each article through once."""

    def __init__(self, outcomes: Iterator[Any], listeners: Listeners, monotonic: Callable[[], float]) -> None:
        self._outcomes = outcomes
        self._listeners = listeners
        self._monotonic = monotonic
        self._seen = NumberTable()
        self.tally = Tally()
        self.is_exhausted = False
        self.ended_at_s = 0.0

    def batch(self, work_s: float) -> Iterator[ArticleGraph]:
        """The articles of the next `work_s` seconds."""
        started_at_s = self._monotonic()
        for outcome in self._outcomes:
            article = self._count(outcome)
            if article is not None:
                yield article
            self._listeners.on_progress(self.tally)
            self.ended_at_s = self._monotonic()
            if self.ended_at_s - started_at_s >= work_s:
                return
        self.is_exhausted = True
        self.ended_at_s = self._monotonic()

    def _count(self, outcome: ArticleGraph | Known | Unreadable) -> ArticleGraph | None:
        if isinstance(outcome, Unreadable):
            self._refuse(outcome)
            return None
        number = outcome.article if isinstance(outcome, Known) else number_of(article_key(outcome.id))
        if number in self._seen:
            name = outcome.source if isinstance(outcome, Known) else outcome.id
            self._refuse(Unreadable(name, "another input before it has the same id: give it one of its own"))
            return None
        self._seen.put(number)
        if isinstance(outcome, Known):
            self.tally.skipped += 1
            return None
        self.tally.read += 1
        self.tally.silent += not outcome.nquads
        self.tally.claims += outcome.claims
        self.tally.rejections += outcome.rejections
        return outcome

    def _refuse(self, one: Unreadable) -> None:
        self.tally.refused += 1
        if len(self.tally.unreadable) < _NAMED:
            self.tally.unreadable.append(one)
        self._listeners.on_unreadable(one)


def _with(report: IngestReport, tally: Tally, publication: Publication) -> IngestReport:
    return replace(
        report,
        added=report.added + len(publication.added),
        replaced=report.replaced + len(publication.replaced),
        unchanged=report.unchanged + len(publication.unchanged),
        skipped=tally.skipped,
        refused=tally.refused,
        silent=tally.silent,
        claims=tally.claims,
        rejections=tally.rejections,
        unreadable=tuple(tally.unreadable),
        publications=report.publications + publication.is_new,
        publication=publication,
    )
