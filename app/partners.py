"""The partners of a state: with whom something is known, how the two stand on a day, and how many there were. Pure.

Ties count as those of a former state until it ended, where that state is a partner itself: Russia's ties of 1950 are
the Soviet Union's, and no state has ties with both of them in 1960.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.anniversaries import ANNIVERSARY_TYPES, Anniversary, anniversaries_of_pair
from app.graph.reading import States, state_name
from app.graph.readmodel import CountryName, Event, GapView
from app.graph.vocabulary import pair_key
from app.pairs import Pair, PairState, state_of_pair
from extractors.dates import DateValue, first_date

TIES_TYPES = frozenset({"established", "normalised", "severed"})
"""What decides whether two states have ties."""
PARTNER_TYPES = ANNIVERSARY_TYPES | TIES_TYPES
"""The events that partners are told from."""
LEVELS = ("special", "comprehensive-strategic", "strategic", "sectoral-strategic", "comprehensive", "other")
"""Partnership levels, the closest first."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Another state, what is known of the two, how they stand, and their next anniversary that has a day."""

    country: CountryName
    pair: Pair
    events: tuple[Event, ...]
    state: PairState
    coming: Anniversary | None

    @property
    def is_current(self) -> bool:
        """Whether the two have ties."""
        return self.state.ties == "established"

    @property
    def level(self) -> str | None:
        """The level of their partnership."""
        return self.state.level_event.level if self.state.level_event else None


def partners_of(
    code: str,
    pairs: Iterable[str],
    events: Iterable[Event],
    gaps: Mapping[str, Sequence[GapView]],
    named: States,
    on: dt.date,
) -> tuple[Partner, ...]:
    """The partners of a state, by code: those of some pairs, and those that its events name.

    `pairs` are keys such as `AZ-VN`; `gaps` are by such keys, also of other states.
    """
    by_partner: dict[str, list[Event]] = defaultdict(list)
    for key in (*pairs, *gaps):
        if code in (codes := key.split("-")):
            by_partner[next(one for one in codes if one != code)] = []
    for event in events:
        for country in event.countries:
            if country.code != code and len(event.countries) > 1:
                by_partner[country.code].append(event)
    return tuple(_partner(code, other, by_partner[other], gaps, named, on) for other in sorted(by_partner))


def _partner(
    code: str,
    other: str,
    events: Sequence[Event],
    gaps: Mapping[str, Sequence[GapView]],
    named: States,
    on: dt.date,
) -> Partner:
    pair = Pair(*(state_name(named, one) for one in sorted((code, other))))
    state = state_of_pair(pair, events, gaps.get(pair_key(code, other), ()), on)
    found = () if state.ties == "ended" else anniversaries_of_pair(events, on)
    coming = next((one for one in found if one.next is not None), None)
    return Partner(state_name(named, other), pair, tuple(events), state, coming)


def partners_by_year(partners: Sequence[Partner], on: dt.date) -> tuple[tuple[int, int], ...]:
    """With how many states there were ties at the end of a year, for each year that changed it; of this year, today.

    Ties of which no date is known have no place in time, and are left out.
    """
    have_ties = {partner.country.code for partner in partners if _ties(partner)}
    changes: Counter[int] = Counter()
    for partner in partners:
        had_ties = False
        for year in sorted(_years(partner)):
            has_ties = year <= on.year and _has_ties(partner, min(on, dt.date(year, 12, 31)), have_ties)
            changes[year] += has_ties - had_ties
            had_ties = has_ties
    years = sorted(year for year, change in changes.items() if change)
    return tuple(zip(years, accumulate(changes[year] for year in years), strict=True))


def _has_ties(partner: Partner, on: dt.date, have_ties: set[str]) -> bool:
    state = state_of_pair(partner.pair, partner.events, (), on)
    if state.ties != "established" or state.ties_event is None:
        return False
    former = state.ties_event.inherited_from
    return former is None or former.code not in have_ties or former.has_ended(on)


def _ties(partner: Partner) -> list[Event]:
    return [one for one in partner.events if one.type in TIES_TYPES and not first_date(one.date).is_yearly]


def _years(partner: Partner) -> set[int]:
    """The years in which ties may have changed."""
    ties = _ties(partner)
    if not ties:
        return set()
    states = (*partner.pair.countries, *(one.inherited_from for one in ties if one.inherited_from))
    ends = [one.valid_to for one in states if one.valid_to]
    dates: list[DateValue] = [*(one.date for one in ties), *ends]
    return {first_date(date).latest.year for date in dates}
