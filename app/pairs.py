"""What a pair of states is: whom it joins, how their ties stand on a day, at what level, and what is known of it."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.errors import BadRequestError
from app.graph.readmodel import CountryName, Event, Label
from app.graph.vocabulary import pair_key, thing
from extractors.dates import first_date
from extractors.gazetteer import Gazetteer

Ties = Literal["established", "severed", "unknown"]

_MAKES_TIES = frozenset({"established", "normalised"})
_PAST_STANDINGS = frozenset({"ended", "superseded"})


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
    """How a pair stands on a day: its ties, its level, and the events that decided them."""

    ties: Ties
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
    """A state by its code and its labels.

    Raises:
        KeyError: an unknown code.
    """
    return CountryName(code, Label(vi=gazetteer.label(code, "vi"), en=gazetteer.label(code, "en")))


def state_of_pair(events: Sequence[Event], on: dt.date) -> PairState:
    """How a pair stands on a day, from its events: the latest of each kind that has surely begun by then decides."""
    begun = [event for event in events if _has_begun(event, on)]
    ties = _latest([event for event in begun if event.type in _MAKES_TIES or event.type == "severed"])
    levels = [event for event in begun if event.type == "partnership" and event.standing not in _PAST_STANDINGS]
    status: Ties = "unknown"
    if ties is not None:
        status = "severed" if ties.type == "severed" else "established"
    counts = dict(sorted(Counter(event.type for event in events).items()))
    return PairState(status, ties, None if status == "severed" else _latest(levels), counts)


def _has_begun(event: Event, on: dt.date) -> bool:
    """Whether the first day that the event can mean has come."""
    first = first_date(event.date)
    return not first.is_yearly and first.earliest <= on


def _latest(events: Sequence[Event]) -> Event | None:
    """The last event; of two on one day, the more precise, then (so that the answer is always the same) by id."""
    return max(events, key=lambda event: (first_date(event.date).earliest, event.id), default=None)
