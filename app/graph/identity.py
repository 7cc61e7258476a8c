"""What makes two pieces of evidence speak of one event, and the key of that event.

- established, normalised, recognised (by direction): one event between two breaks. Dates that differ with no break
  between them contradict each other; a break (`severed`) opens a new period, so that a second one is its own event,
  whose key names the year of the break: `established-CL-VN-after-1973`.
- partnership: one event a pair and level; those of the loose levels (sectoral-strategic, special, other) one a year.
- severed, independence, liberation: one a year, as they may truly happen again.
- national-day: one a state, and each that was replaced by its day: `national-day-TH-12-05`. birth: one a person.
  founded: one a name.
- visit: direction, overlapping dates, and visitors whose names agree. agreement: overlapping dates and agreeing names.

What is commemorated, a term of office and a congress stay claims: no event is made of them; neither is one of a day
whose year nobody gives (other than a national day).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.graph.evidence import Evidence
from app.graph.vocabulary import event_key, slug
from extractors.dates import DateSpan, DateValue, first_date

FUSED_TYPES = frozenset(
    {
        "established",
        "recognised",
        "normalised",
        "severed",
        "partnership",
        "agreement",
        "visit",
        "independence",
        "liberation",
        "national-day",
        "founded",
        "birth",
    }
)
_BY_PERIOD = frozenset({"established", "recognised", "normalised"})
_BY_YEAR = frozenset({"severed", "independence", "liberation"})
_FORMER = frozenset({"ended", "superseded"})
_LOOSE_LEVELS = frozenset({"sectoral-strategic", "special", "other"})
_BY_MEETING = frozenset({"visit", "agreement"})
# Two spellings of one name («Heydar Aliev», «Heydar Aliyev») score 96; of 32 leaders, no two full names over 77.
_SAME_NAME_SCORE = 88.0
_COARSENESS = {"day": 0, "month": 1, "year": 2}


@dataclass(frozen=True, slots=True)
class Cluster:
    """The evidence of one event, in canonical order, with the event's key."""

    key: str
    members: tuple[Evidence, ...]


@dataclass(slots=True)
class _Meeting:
    """The evidence of a visit or an agreement: the days of the most precise, and who or what the first says that does.

    The days are kept, because each piece of evidence is compared with all meetings of its pair.
    """

    first_day: dt.date
    last_day: dt.date
    label: str | None
    members: list[Evidence]


def identify_events(evidence: Iterable[Evidence]) -> tuple[Cluster, ...]:
    """Sort evidence into events; the order of what is given does not matter."""
    by_subject: dict[tuple[object, ...], list[Evidence]] = defaultdict(list)
    for item in sorted(set(evidence), key=canonical_order):
        if is_fused(item):
            by_subject[_subject(item)].append(item)
    clusters: list[Cluster] = []
    for subject in sorted(by_subject, key=str):
        clusters += _unique_keys(_clusters_of_subject(by_subject[subject]))
    return tuple(clusters)


def is_fused(item: Evidence) -> bool:
    """Whether evidence makes an event: by its type, by a date with a year (but for national days), not rejected."""
    has_year = item.type == "national-day" or not first_date(item.date).is_yearly
    return item.type in FUSED_TYPES and has_year and item.verdict != "rejected"


def canonical_order(item: Evidence) -> tuple[object, ...]:
    """The most precise first, spans before days, then by date, then what names a person, then by IRI."""
    is_span = isinstance(item.date, DateSpan)
    return (coarseness(item.date), not is_span, str(item.date), item.person is None, item.person or "", item.iri)


def coarseness(value: DateValue) -> int:
    """0 for a date known to the day, 1 to the month, 2 to the year, 3 for a day of an unknown year."""
    return 3 if first_date(value).is_yearly else _COARSENESS[value.precision]


def _subject(item: Evidence) -> tuple[object, ...]:
    return item.countries or (slug(item.person or ""),)


def _clusters_of_subject(evidence: Sequence[Evidence]) -> list[Cluster]:
    breaks = sorted({first_date(item.date).latest for item in evidence if item.type == "severed"})
    series: dict[tuple[str, ...], list[Evidence]] = defaultdict(list)
    meetings: dict[tuple[str, ...], list[_Meeting]] = defaultdict(list)
    days = [item for item in evidence if item.type == "national-day" and item.is_reference]
    former = {_day_of_year(item) for item in days if item.standing in _FORMER}
    former -= {_day_of_year(item) for item in days if item.standing not in _FORMER}
    for item in evidence:
        if item.type in _BY_MEETING:
            _join_meeting(item, meetings[(item.type, *_direction(item))])
        elif item.type in _BY_PERIOD:
            passed = [day for day in breaks if day < first_date(item.date).earliest]
            period = f"after-{passed[-1].year}" if passed else ""
            series[(item.type, *_direction(item), period)].append(item)
        elif item.type == "national-day" and _day_of_year(item) in former:
            series[(*_series(item), _day_of_year(item))].append(item)
        else:
            series[_series(item)].append(item)
    clusters = [Cluster(event_key(*parts), tuple(members)) for parts, members in sorted(series.items())]
    for _, groups in sorted(meetings.items()):
        clusters += [Cluster(_meeting_key(group.members), tuple(group.members)) for group in groups]
    return clusters


def _series(item: Evidence) -> tuple[str, ...]:
    """The parts of the key, beside the period, of a type that is not told apart by meeting."""
    where = "-".join(item.countries)
    if item.type in _BY_YEAR:
        return (item.type, where, str(item.year))
    if item.type == "partnership":
        level = item.level or "other"
        return (item.type, level, where, str(item.year) if level in _LOOSE_LEVELS else "")
    if item.type == "founded":
        return (item.type, where, slug(item.name) if item.name else str(item.year))
    if item.type == "birth":
        return (item.type, where, slug(item.person or item.name or ""))
    return (item.type, where)


def _day_of_year(item: Evidence) -> str:
    """`12-05` of a national day; empty where no day is known."""
    day = first_date(item.date)
    return f"{day.month:02d}-{day.day:02d}" if day.month and day.day else ""


def _direction(item: Evidence) -> tuple[str, ...]:
    """From and to where both are known, for types that have a direction."""
    if item.type in {"recognised", "visit"} and item.from_country and item.to_country:
        return (f"{item.from_country}-{item.to_country}",)
    return ("-".join(item.countries),)


def _join_meeting(item: Evidence, meetings: list[_Meeting]) -> None:
    """Put a visit or an agreement to the first meeting that it agrees with."""
    first_day, last_day, label = _first_day(item.date), _last_day(item.date), _label(item)
    for meeting in meetings:
        is_then = meeting.first_day <= last_day and first_day <= meeting.last_day
        if is_then and names_agree(meeting.label, label):
            meeting.members.append(item)
            meeting.label = meeting.label or label
            return
    meetings.append(_Meeting(first_day, last_day, label, [item]))


def _label(item: Evidence) -> str | None:
    return item.person if item.type == "visit" else item.name


def _meeting_key(group: Sequence[Evidence]) -> str:
    leader = group[0]
    labels = sorted({slug(label) for member in group if (label := _label(member))}, key=lambda text: (-len(text), text))
    return event_key(leader.type, *_direction(leader), first_date(leader.date), labels[0] if labels else None)


def _unique_keys(clusters: list[Cluster]) -> list[Cluster]:
    """Number the clusters that would share a key (the same visitor, named differently, on one day)."""
    counts: dict[str, int] = defaultdict(int)
    unique = []
    for cluster in clusters:
        counts[cluster.key] += 1
        number = counts[cluster.key]
        unique.append(cluster if number == 1 else Cluster(f"{cluster.key}-{number}", cluster.members))
    return unique


def names_agree(a: str | None, b: str | None) -> bool:
    """Whether two names can be one: one is unknown, holds the other, or is nearly spelled like it."""
    if not a or not b:
        return True
    return fuzz.token_set_ratio(slug(a).replace("-", " "), slug(b).replace("-", " ")) >= _SAME_NAME_SCORE


def _first_day(value: DateValue) -> dt.date:
    return first_date(value).earliest


def _last_day(value: DateValue) -> dt.date:
    return (value.last if isinstance(value, DateSpan) else value).latest
