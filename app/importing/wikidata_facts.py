"""From Wikidata's statements to imported facts: which states, which date, whose voice; what is left out, and why.

Whose voice it is: a page speaks with the publisher that our own curated tables give for its host, else with the name
of the work that it is stated in, else with its host. Where a statement is only copied from a Wikipedia, Wikipedia
speaks; where it cites nothing, Wikidata does.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.graph.reference import ReferenceSource
from app.importing.records import Account, ImportedFact, ImportedSource
from app.importing.wikidata_statements import DEPRECATED, ENTITY, GREGORIAN, Moment, Reference, Statement
from extractors.country_tables import State
from extractors.dates import DateError, PartialDate, first_date
from extractors.records import ClaimType

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})T00:00:00Z")
_KNOWN_PARTS = {"9": 1, "10": 2, "11": 3}
_WIKIPEDIA, _WIKIDATA = "Wikipedia", "Wikidata"
# Our own bounds: no two states that are known here had relations before, and no address or name is so long.
_FIRST_YEAR = 1000
_MAX_NAME_CHARS = 2_000
_PROJECT_HOSTS = {"wikipedia.org": _WIKIPEDIA, "wikidata.org": _WIKIDATA}


class _LeftOutError(Exception):
    """A statement, or a part of one, that no fact is made of; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known here: the states by their Wikidata items, the publishers by host, and the last day that may be."""

    states: Mapping[str, State]
    publishers: Mapping[str, str]
    last_day: dt.date

    @classmethod
    def of(cls, states: Iterable[State], sources: Iterable[ReferenceSource], today: dt.date) -> "Knowledge":
        """The knowledge of the curated tables; a host of several publishers tells none."""
        found: dict[str, set[str]] = {}
        for source in sources:
            found.setdefault(_host(source.url), set()).add(source.publisher)
        publishers = {host: next(iter(names)) for host, names in found.items() if len(names) == 1}
        # somewhere it is tomorrow already
        last_day = today + dt.timedelta(days=1)
        return cls({f"{ENTITY}{state.wikidata}": state for state in states}, publishers, last_day)


def make_facts(
    statements: Iterable[Statement], references: Mapping[str, frozenset[Reference]], known: Knowledge
) -> tuple[tuple[ImportedFact, ...], Account]:
    """The facts that some statements make, and what became of each statement."""
    facts: list[ImportedFact] = []
    read, imported = 0, 0
    left_out: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    for statement in statements:
        read += 1
        try:
            facts += _facts_of(statement, references.get(statement.iri, frozenset()), known, notes)
        except _LeftOutError as reason:
            left_out[str(reason)] += 1
        else:
            imported += 1
    return tuple(facts), Account("statements", read, imported, left_out=left_out, notes=notes)


def _facts_of(
    statement: Statement, references: frozenset[Reference], known: Knowledge, notes: Counter[str]
) -> Iterator[ImportedFact]:
    states = _states(statement, known)
    if not statement.starts and not statement.ends:
        raise _LeftOutError("no start time")
    found: list[tuple[ClaimType, PartialDate]] = []
    if statement.starts:
        found.append(("established", _day_of_states(statement.starts, "start time", states, known)))
    if statement.ends:
        try:
            found.append(("severed", _end(statement.ends, states, known, found[0][1] if found else None)))
        except _LeftOutError as reason:
            if not found:
                raise
            notes[f"without their end: {reason}"] += 1
    codes = sorted(state.code for state in states)
    sources = _sources(statement, references, known, notes)
    for kind, date in found:
        if date.precision != "day":
            notes[f"known to the {date.precision}, and kept so"] += 1
        key = f"wikidata-{statement.key}" + ("-end" if kind == "severed" else "")
        yield ImportedFact(key, kind, (codes[0], codes[1]), date, statement.iri, sources)


def _states(statement: Statement, known: Knowledge) -> tuple[State, State]:
    if statement.rank == DEPRECATED:
        raise _LeftOutError("deprecated by Wikidata")
    a, b = known.states.get(statement.subject), known.states.get(statement.object or "")
    if a is None or b is None:
        raise _LeftOutError("not two states that are known here")
    if a.code == b.code:
        raise _LeftOutError("a state with itself")
    return a, b


def _date(moments: frozenset[Moment], what: str) -> PartialDate:
    if len(moments) > 1:
        raise _LeftOutError(f"more than one {what}")
    (moment,) = moments
    if moment.calendar != GREGORIAN:
        raise _LeftOutError(f"{what} not in the Gregorian calendar")
    match = _DAY.fullmatch(moment.value)
    parts = _KNOWN_PARTS.get(moment.precision)
    if match is None or parts is None:
        raise _LeftOutError(f"{what} coarser than a year, or out of range")
    try:
        return PartialDate(*(int(part) for part in match.groups()[:parts]))
    except DateError as error:
        raise _LeftOutError(f"{what} that no calendar has") from error


def _day_of_states(moments: frozenset[Moment], what: str, states: tuple[State, State], known: Knowledge) -> PartialDate:
    """A date at which both states were there, and that is not still to come."""
    date = _date(moments, what)
    if date.earliest > known.last_day:
        raise _LeftOutError(f"{what} still to come")
    if date.latest.year < _FIRST_YEAR or any(
        state.valid_from and date.latest < first_date(state.valid_from).earliest for state in states
    ):
        raise _LeftOutError(f"{what} before one of the states was there")
    return date


def _end(
    moments: frozenset[Moment], states: tuple[State, State], known: Knowledge, start: PartialDate | None
) -> PartialDate:
    """The day on which ties were broken: that on which one of the two ceased to be is none."""
    date = _day_of_states(moments, "end time", states, known)
    if start and date.latest < start.earliest:
        raise _LeftOutError("end time before the start time")
    for state in states:
        if state.valid_to and first_date(state.valid_to).earliest <= date.latest:
            raise _LeftOutError("one of the states itself ended")
    return date


def _sources(
    statement: Statement, references: frozenset[Reference], known: Knowledge, notes: Counter[str]
) -> tuple[ImportedSource, ...]:
    short = frozenset(one for one in references if not _is_too_long(one))
    if len(short) < len(references):
        notes[f"without a reference that has an address or a name of over {_MAX_NAME_CHARS:,} characters"] += 1
    pages = {source for one in short if (source := _page(one, known))}
    # what is only copied from a Wikipedia tells nothing beside a page that can be opened
    copies = {_copy(statement, one) for one in short if one.project}
    found = pages or copies or {ImportedSource(statement.subject, _WIKIDATA)}
    return tuple(
        sorted(found, key=lambda source: (source.url, source.publisher, str(source.retrieved), source.title or ""))
    )


def _is_too_long(reference: Reference) -> bool:
    named = (reference.url, reference.work, reference.work_name, reference.project_name)
    return any(len(text or "") > _MAX_NAME_CHARS for text in named)


def _page(reference: Reference, known: Knowledge) -> ImportedSource | None:
    """The page or the work of a reference; None where it names neither."""
    retrieved = _day(reference.retrieved)
    if reference.url and reference.url.startswith(("https://", "http://")) and (host := _host(reference.url)):
        project = next((name for end, name in _PROJECT_HOSTS.items() if f".{host}".endswith(f".{end}")), None)
        publisher = project or known.publishers.get(host) or reference.work_name or host
        return ImportedSource(reference.url, publisher, reference.work_name, retrieved)
    if reference.work and reference.work.startswith(ENTITY):
        name = reference.work_name or reference.work.removeprefix(ENTITY)
        return ImportedSource(reference.work, name, reference.work_name, retrieved)
    return None


def _copy(statement: Statement, reference: Reference) -> ImportedSource:
    name = reference.project_name
    publisher = _WIKIPEDIA if name is None or name.endswith(_WIKIPEDIA) else name
    return ImportedSource(statement.subject, publisher, name, _day(reference.retrieved))


def _day(moment: str | None) -> dt.date | None:
    match = _DAY.fullmatch(moment or "")
    try:
        return dt.date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
