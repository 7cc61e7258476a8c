"""What a pair of states is: whom it joins, how their ties stand on a day, at what level, and what is known of it."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.errors import BadRequestError
from app.graph.readmodel import CountryName, Event, GapView, Label
from app.graph.vocabulary import pair_key, thing
from extractors.dates import DateValue, first_date
from extractors.gazetteer import Gazetteer

Ties = Literal["established", "severed", "ended", "none", "unknown"]

_MAKES_TIES = frozenset({"established", "normalised"})
MIN_BREAK_CONFIDENCE = 0.8
"""Below it a break is listed but severs nothing: one article that states it has more, an import or a guess has less."""
_FINENESS = {"year": 0, "month": 1, "day": 2}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two different states in the order of their codes."""

    a: CountryName
    b: CountryName

    @property
    def key(self) -> str:
        """The key of the pair in the graph: `AZ-VN`."""
        return pair_key(self.a.code, self.b.code)

    @property
    def iri(self) -> str:
        """The name of the pair in the graph."""
        return str(thing("pair", self.key).value)

    @property
    def countries(self) -> tuple[CountryName, CountryName]:
        """Both states."""
        return self.a, self.b


@dataclass(frozen=True, slots=True)
class PairState:
    """How a pair stands on a day: its ties, since when, its level, and the events that decided ties and level.

    `since` is when the ties were made or ended; None where that is not known. Ties are `ended` where one of the states
    is gone or curated data says that they ended: `since` is then the end of the state. They are `none` where curated
    data says that there are none, `unknown` where nothing is known.
    """

    ties: Ties
    since: DateValue | None
    ties_event: Event | None
    level_event: Event | None
    counts: Mapping[str, int]


def resolve_pair(gazetteer: Gazetteer, a: str, b: str) -> Pair:
    """The pair of two states, each given by a code or a name, in either order.

    Raises:
        UnknownCountryError: one is no state; carries the nearest names.
        BadRequestError: both are the same state.
    """
    first, second = sorted((gazetteer.resolve(a), gazetteer.resolve(b)))
    if first == second:
        raise BadRequestError(
            f"«{a}» and «{b}» are the same state ({gazetteer.label(first)}): a pair needs two different ones."
        )
    return Pair(country_name(gazetteer, first), country_name(gazetteer, second))


def country_name(gazetteer: Gazetteer, code: str) -> CountryName:
    """A state by its code, its labels and its end.

    Raises:
        KeyError: an unknown code.
    """
    label = Label(vi=gazetteer.label(code, "vi"), en=gazetteer.label(code, "en"))
    return CountryName(code, label, gazetteer.states[code].valid_to)


def state_of_pair(pair: Pair, events: Sequence[Event], gaps: Sequence[GapView], on: dt.date) -> PairState:
    """How a pair stands on a day, from its events: the latest of each kind that has surely begun by then decides.

    A break that is weakly supported decides nothing, neither does one that curated data knows to have ended and that
    is the last known of the pair: its end has no event. Ties hold since they were established, which is what states
    commemorate, whatever interrupted them; where no event says so, since they were normalised. A level counts whatever
    superseded it later. Beside ties that are severed or ended there is no level.
    """
    begun = [event for event in events if _has_begun(event, on)]
    counts = dict(sorted(Counter(event.type for event in events).items()))
    made = [event for event in begun if event.type in _MAKES_TIES]
    ties = _latest([*made, *(event for event in begun if _is_break(event, events))])
    ends = [state.valid_to for state in pair.countries if state.valid_to and state.has_ended(on)]
    if ends:
        return PairState("ended", min(ends, key=lambda end: first_date(end).latest), ties, None, counts)
    if ties is None:
        was_restored = any(event.type == "severed" and event.standing == "ended" for event in begun)
        known: Ties = "established" if was_restored else _ties_without_date(gaps)
        return PairState(known, None, None, _level(begun, on), counts)
    if ties.type == "severed":
        return PairState("severed", ties.date, ties, None, counts)
    standing = [event for event in made if not event.has_ended(on)]
    if not standing:
        return PairState("ended", None, ties, None, counts)
    first = _latest([event for event in standing if event.type == "established"]) or _latest(standing)
    return PairState("established", first.date if first else None, first, _level(begun, on), counts)


def _is_break(event: Event, events: Sequence[Event]) -> bool:
    """Whether an event severs the ties, as far as can be relied on."""
    if event.type != "severed" or event.confidence < MIN_BREAK_CONFIDENCE:
        return False
    is_last = not any(other.type in _MAKES_TIES and _order(other) > _order(event) for other in events)
    return not (is_last and event.standing == "ended")


def _ties_without_date(gaps: Sequence[GapView]) -> Ties:
    """Ties of which no event tells; what is known of today is said of every day."""
    kinds = {gap.kind for gap in gaps if gap.type == "established"}
    if "undated" in kinds:
        return "established"
    return "none" if "none" in kinds else "unknown"


def _level(begun: Sequence[Event], on: dt.date) -> Event | None:
    return _latest([event for event in begun if event.type == "partnership" and not event.has_ended(on)])


def _has_begun(event: Event, on: dt.date) -> bool:
    """Whether the last day on which the event can have begun has come."""
    first = first_date(event.date)
    return not first.is_yearly and first.latest <= on


def _latest(events: Sequence[Event]) -> Event | None:
    """The last event by the first day that it can mean; of two, the more precise.

    So a break in 1992 does not outdo ties of 1 January 1992, which it may have come before. Of two alike, the id
    decides, so that the answer is always the same.
    """
    return max(events, key=_order, default=None)


def _order(event: Event) -> tuple[dt.date, int, str]:
    first = first_date(event.date)
    return (first.earliest, _FINENESS[first.precision], event.id)
