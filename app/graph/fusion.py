"""Fusion: from what sources say to what the graph holds to be so. Pure: evidence in, events out, in any order.

The evidence of one event is gathered into readings: a date, with every less precise one that contains it. Readings
contradict one another; the strongest becomes the event's date, the others its alternatives.

Strength. A piece of evidence counts with the weight of its basis times the extractor's confidence, a tenth of that
where the text contradicts itself (`issues`). Of one voice the strongest piece counts once; voices are independent, so
that a reading fails only if all of them fail: s = 1 - Π(1 - w). Articles of our own count only where no one else
speaks.

Confidence. At most one reading is right: with odds o = s / (1 - s), the best one's share is o / (1 + Σ o over all
readings). Without a contradiction this is s itself.

Status. `disputed`: a contradicting reading with a stated date (explicit, range or reference; not a text that
contradicts itself) stands in the reference data, or has two voices, or half as many voices as the best one.
Otherwise `confirmed` where two independent voices give the date as precisely as the event has it; else `single-source`.

Events are stored. Whoever changes a rule here, or in what identifies an event, raises owl:versionInfo of the ontology:
a store whose ontology differs is fused anew as a whole at the next publication.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.graph.evidence import Evidence
from app.graph.identity import Cluster, canonical_order, coarseness, identify_events
from extractors.dates import DateSpan, DateValue, PartialDate, first_date
from extractors.records import Basis, ClaimType, Level

Status = Literal["confirmed", "single-source", "disputed"]

# Judged, not measured: a calibration against gold belongs to the issue on fusion. Curated rows have been read by a
# person; a stated date is misread or mistyped now and then; a count is off by one where a paper rounds.
BASIS_WEIGHTS: Mapping[Basis, float] = {
    "reference": 0.95,
    "explicit": 0.75,
    "range": 0.7,
    "count": 0.4,
    "relative": 0.35,
}
_ISSUE_FACTOR = 0.1
_STATED = frozenset({"explicit", "range", "reference"})
_MAX_STRENGTH = 0.999


@dataclass(frozen=True, slots=True)
class Alternative:
    """A date that contradicts the event's; `issues` say what is wrong with the texts that give it."""

    date: DateValue
    support: tuple[Evidence, ...]
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FusedEvent:
    """What the graph holds to be so; `support` agrees with the date, each of `alternatives` contradicts it."""

    key: str
    type: ClaimType
    countries: tuple[str, ...]
    date: DateValue
    status: Status
    confidence: float
    support: tuple[Evidence, ...]
    alternatives: tuple[Alternative, ...]
    level: Level | None = None
    from_country: str | None = None
    to_country: str | None = None
    person: str | None = None
    name: str | None = None
    standing: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One date with all evidence that agrees with it."""

    date: DateValue
    support: tuple[Evidence, ...]
    strength: float
    voices: frozenset[str]


def fuse(evidence: Iterable[Evidence]) -> tuple[FusedEvent, ...]:
    """The events that some evidence makes, sorted by key; every piece stands in exactly one event, if in any."""
    return tuple(sorted((_fuse_cluster(cluster) for cluster in identify_events(evidence)), key=lambda event: event.key))


def _fuse_cluster(cluster: Cluster) -> FusedEvent:
    readings = _readings(cluster.members)
    best, *others = readings
    leader = best.support[0]
    return FusedEvent(
        key=cluster.key,
        type=leader.type,
        countries=leader.countries,
        date=best.date,
        status=_status(best, others),
        confidence=_confidence(best, readings),
        support=best.support,
        alternatives=tuple(Alternative(other.date, other.support, _issues(other)) for other in others),
        level=leader.level,
        from_country=leader.from_country,
        to_country=leader.to_country,
        person=_fullest(item.person for item in cluster.members),
        name=_fullest(item.name for item in cluster.members),
        standing=next((item.standing for item in cluster.members if item.standing), None),
    )


def _readings(members: Sequence[Evidence]) -> list[_Reading]:
    """The readings of some evidence in canonical order, strongest first."""
    leaders: list[DateValue] = []
    for item in members:  # the most precise come first
        if not any(agrees(leader, item.date) for leader in leaders):
            leaders.append(item.date)
    support: dict[DateValue, list[Evidence]] = defaultdict(list)
    claimed: set[str] = set()
    strengths = {leader: _strength([item for item in members if agrees(leader, item.date)]) for leader in leaders}
    for leader in sorted(leaders, key=lambda date: (-strengths[date], str(date))):
        # what fits two readings (a bare year) speaks against neither; it is listed with the stronger
        fitting = [item for item in members if item.iri not in claimed and agrees(leader, item.date)]
        claimed.update(item.iri for item in fitting)
        support[leader] = fitting
    readings = [_reading(date, items) for date, items in support.items() if items]
    return sorted(readings, key=lambda reading: (-reading.strength, str(reading.date)))


def _reading(date: DateValue, support: Sequence[Evidence]) -> _Reading:
    exact = [item for item in support if coarseness(item.date) == coarseness(date)]
    voices = frozenset(voice for item in exact if not item.issues for voice in item.voices)
    ordered = sorted(support, key=lambda item: (-_weight(item), canonical_order(item)))
    return _Reading(date, tuple(ordered), _strength(support), voices)


def agrees(leader: DateValue, other: DateValue) -> bool:
    """Whether `other` says the same as `leader` or less: the same date, one that contains it, or a day of its span."""
    first, second = first_date(leader), first_date(other)
    if first.is_yearly or second.is_yearly:
        return (first.month, first.day) == (second.month, second.day)
    if isinstance(leader, DateSpan):
        return first.earliest <= _end(other).latest and second.earliest <= _end(leader).latest
    return second.earliest <= first.earliest and first.latest <= _end(other).latest


def _end(value: DateValue) -> PartialDate:
    return value.last if isinstance(value, DateSpan) else value


def _weight(item: Evidence) -> float:
    return BASIS_WEIGHTS[item.basis] * item.confidence * (_ISSUE_FACTOR if item.issues else 1.0)


def _strength(support: Sequence[Evidence]) -> float:
    """How far some evidence that agrees can be trusted, from 0 to just under 1."""
    by_voice: dict[str, float] = defaultdict(float)
    for item in support:
        for voice in item.voices:
            by_voice[voice] = max(by_voice[voice], _weight(item))
    if not by_voice:
        return max((_weight(item) for item in support), default=0.0)
    doubt = 1.0
    for voice in sorted(by_voice):
        doubt *= 1.0 - by_voice[voice]
    return min(1.0 - doubt, _MAX_STRENGTH)


def _confidence(best: _Reading, readings: Sequence[_Reading]) -> float:
    odds = {reading.date: reading.strength / (1.0 - reading.strength) for reading in readings}
    return round(odds[best.date] / (1.0 + sum(odds[date] for date in sorted(odds, key=str))), 3)


def _status(best: _Reading, others: Sequence[_Reading]) -> Status:
    if any(_is_dispute(other, best) for other in others):
        return "disputed"
    return "confirmed" if len(best.voices) > 1 else "single-source"


def _is_dispute(other: _Reading, best: _Reading) -> bool:
    stated = [item for item in other.support if item.basis in _STATED and not item.issues]
    voices = {voice for item in stated for voice in item.voices}
    if any(item.is_reference for item in stated) or len(voices) > 1:
        return True
    return bool(voices) and 2 * len(voices) >= len(best.voices)


def _issues(reading: _Reading) -> tuple[str, ...]:
    return tuple(sorted({issue for item in reading.support for issue in item.issues}))


def _fullest(names: Iterable[str | None]) -> str | None:
    return min((name for name in names if name), key=lambda name: (-len(name), name), default=None)
