"""Fusion: from what sources say to what the graph holds to be so. Pure: evidence in, events out, in any order.

The evidence of one event is gathered into readings: a date, with every less precise one that contains it. Readings
contradict one another; the strongest becomes the event's date, the others its alternatives.

Strength. A piece of evidence counts with the weight of its basis times the extractor's confidence: a tenth of that
where the text contradicts itself (`issues`) or a curator found the page mistaken, four fifths where a curator found
that the two states keep another date (`differing`). What a curator confirmed counts as curated, what a curator
rejected is not fused. Of one voice the strongest piece counts once; voices are independent, so that a reading fails
only if all of them fail: s = 1 - Π(1 - w). Near copies of one article are one voice. Articles of our own count only
where no one else speaks.

The best reading is the strongest; among readings of curated data, one that a curator holds to be right goes before one
that he holds to differ or to be mistaken.

Confidence. At most one reading is right: with odds o = s / (1 - s), the best one's share is o / (1 + Σ o over all
readings). Without a contradiction this is s itself.

Status. `disputed`: a contradicting reading with a stated date (explicit, range or reference; neither a text that
contradicts itself nor a page found mistaken) stands in the reference data, or has two voices, or half as many voices as
the best one. Otherwise `confirmed` where two independent voices give the date as precisely as the event has it, and at
least one of them was read by us and not imported; else `single-source`.

Events are stored. Whoever changes a rule here, or in what identifies an event, raises owl:versionInfo of the ontology:
a store whose ontology differs is fused anew as a whole at the next publication.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.graph.evidence import Evidence
from app.graph.identity import Cluster, canonical_order, coarseness, identify_events
from app.graph.near_copies import copies_among
from app.graph.reference import CONTRADICTING
from extractors.dates import DateSpan, DateValue, PartialDate, first_date
from extractors.records import Basis, ClaimType, Level

Status = Literal["confirmed", "single-source", "disputed"]

# Measured where it can be (`make calibrate`): of 192 stated dates in 440 annotated articles, 176 agree with the curated
# data about the same event, of 29 ranges 28, of 26 counts 26 (which give a year, so that they agree more easily), of 6
# relative dates 5. What states more counts for more. Curated rows were read by a person;
# imported ones by nobody here.
BASIS_WEIGHTS: Mapping[Basis, float] = {
    "reference": 0.95,
    "explicit": 0.92,
    "range": 0.9,
    "count": 0.8,
    "relative": 0.7,
    "imported": 0.6,
}
_DOUBTFUL_FACTOR = 0.1
_DIFFERING_FACTOR = 0.8
_STATED = frozenset({"explicit", "range", "reference"})
_MAX_STRENGTH = 0.99  # papers copy their mistakes too
MISTAKEN = "judged-mistaken:"
"""How the issue begins of a date that a curator found mistaken; why follows."""

Voices = Mapping[str, frozenset[str]]
"""The independent voices of each piece of evidence, by its IRI."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A date that contradicts the event's; `issues` say what is wrong with the texts that give it."""

    date: DateValue
    support: tuple[Evidence, ...]
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FusedEvent:
    """What the graph holds to be so; `support` agrees with the date, each of `alternatives` contradicts it.

    `voices` is how many independent voices give the date as precisely as the event has it.
    """

    key: str
    type: ClaimType
    countries: tuple[str, ...]
    date: DateValue
    status: Status
    confidence: float
    voices: int
    support: tuple[Evidence, ...]
    alternatives: tuple[Alternative, ...]
    level: Level | None = None
    from_country: str | None = None
    to_country: str | None = None
    person: str | None = None
    name: str | None = None
    standing: str | None = None
    occasion: str | None = None
    inherited_from: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One date with all evidence that agrees with it.

    `voices` give it as precisely as it is; `stating_voices` state it in a text that does not contradict itself.
    `is_seen`: at least one of the voices was read by us, not by whoever the data was imported from.
    """

    date: DateValue
    support: tuple[Evidence, ...]
    strength: float
    voices: frozenset[str]
    stating_voices: frozenset[str]
    is_seen: bool


def fuse(evidence: Iterable[Evidence]) -> tuple[FusedEvent, ...]:
    """The events that some evidence makes, sorted by key; every piece stands in exactly one event, if in any."""
    pieces = tuple(evidence)
    voices = independent_voices(pieces)
    events = (_fuse_cluster(cluster, voices) for cluster in identify_events(pieces))
    return tuple(sorted(events, key=lambda event: event.key))


def independent_voices(evidence: Iterable[Evidence]) -> Voices:
    """Who speaks in each piece of evidence: near copies of one article speak with the voices of the first of them."""
    pieces = tuple(evidence)
    own = {item.article: item.voices for item in pieces if item.article and item.voices}
    first = copies_among({item.article: item.signature for item in pieces if item.article in own and item.signature})
    speaking = {item.iri: first.get(item.article or "") for item in pieces}
    return {
        item.iri: (own[article] if (article := speaking[item.iri]) else item.voices)
        | ({item.curator} if item.curator else frozenset())
        for item in pieces
    }


def _fuse_cluster(cluster: Cluster, voices: Voices) -> FusedEvent:
    readings = _readings(cluster.members, voices)
    best, *others = readings
    leader = best.support[0]
    settled = [item for item in cluster.members if item.standing not in CONTRADICTING]
    return FusedEvent(
        key=cluster.key,
        type=leader.type,
        countries=leader.countries,
        date=best.date,
        status=_status(best, others),
        confidence=_confidence(best, readings),
        voices=len(best.voices),
        support=best.support,
        alternatives=tuple(Alternative(other.date, other.support, _issues(other)) for other in others),
        level=leader.level,
        from_country=leader.from_country,
        to_country=leader.to_country,
        person=_fullest(item.person for item in cluster.members),
        name=_fullest(item.name for item in cluster.members),
        standing=next((item.standing for item in settled if item.standing), None),
        occasion=next((item.occasion for item in settled if item.occasion), None),
        inherited_from=next((item.inherited_from for item in settled if item.inherited_from), None),
    )


def _readings(members: Sequence[Evidence], voices: Voices) -> list[_Reading]:
    """The readings of some evidence in canonical order, the best first."""
    leaders: list[DateValue] = []
    for item in members:  # the most precise come first
        if not any(agrees(leader, item.date) for leader in leaders):
            leaders.append(item.date)
    support: dict[DateValue, list[Evidence]] = defaultdict(list)
    claimed: set[str] = set()
    strengths = {
        leader: _strength([item for item in members if agrees(leader, item.date)], voices) for leader in leaders
    }
    for leader in sorted(leaders, key=lambda date: (-strengths[date], str(date))):
        # what fits two readings (a bare year) speaks against neither; it is listed with the stronger
        fitting = [item for item in members if item.iri not in claimed and agrees(leader, item.date)]
        claimed.update(item.iri for item in fitting)
        support[leader] = fitting
    readings = [_reading(date, items, voices) for date, items in support.items() if items]
    is_settled = any(item.is_reference and not _is_doubted(item) for item in members)
    return sorted(readings, key=lambda one: (is_settled and _is_doubted_by_all(one), -one.strength, str(one.date)))


def _reading(date: DateValue, support: Sequence[Evidence], voices: Voices) -> _Reading:
    ordered = sorted(support, key=lambda item: (-_weight(item), canonical_order(item)))
    sound = [
        item for item in support if item.verdict == "confirmed" or not (item.issues or item.standing == "mistaken")
    ]
    exact = [item for item in sound if coarseness(item.date) == coarseness(date)]
    stating = [item for item in sound if item.basis in _STATED]
    return _Reading(
        date,
        tuple(ordered),
        _strength(support, voices),
        voices=frozenset(voice for item in exact for voice in voices[item.iri]),
        stating_voices=frozenset(voice for item in stating for voice in voices[item.iri]),
        is_seen=any(item.basis != "imported" for item in exact),
    )


def _is_doubted(item: Evidence) -> bool:
    """Whether a curator holds another date to be right."""
    return item.standing in CONTRADICTING


def _is_doubted_by_all(reading: _Reading) -> bool:
    """Whether curated data has this reading, and only as one that differs from what holds."""
    curated = [item for item in reading.support if item.is_reference]
    return bool(curated) and all(_is_doubted(item) for item in curated)


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
    if item.verdict == "confirmed":
        return BASIS_WEIGHTS["reference"]
    weight = BASIS_WEIGHTS[item.basis] * item.confidence
    if item.issues or item.standing == "mistaken":
        return weight * _DOUBTFUL_FACTOR
    return weight * (_DIFFERING_FACTOR if item.standing == "differing" else 1.0)


def _strength(support: Sequence[Evidence], voices: Voices) -> float:
    """How far some evidence that agrees can be trusted, from 0 to just under 1."""
    by_voice: dict[str, float] = defaultdict(float)
    for item in support:
        for voice in voices[item.iri]:
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
    return "confirmed" if len(best.voices) > 1 and best.is_seen else "single-source"


def _is_dispute(other: _Reading, best: _Reading) -> bool:
    if any(item.is_reference and item.standing != "mistaken" for item in other.support):
        return True
    voices = len(other.stating_voices)
    return voices > 1 or (voices > 0 and 2 * voices >= len(best.voices))


def _issues(reading: _Reading) -> tuple[str, ...]:
    found = {issue for item in reading.support for issue in item.issues}
    found |= {f"{MISTAKEN} {item.note or 'by a curator'}" for item in reading.support if item.standing == "mistaken"}
    return tuple(sorted(found))


def _fullest(names: Iterable[str | None]) -> str | None:
    return min((name for name in names if name), key=lambda name: (-len(name), name), default=None)
