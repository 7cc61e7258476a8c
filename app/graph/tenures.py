"""The offices of one person, from what articles say of them, with the days on which they are said to be held."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.graph.appearances import Appearance
from app.graph.offices import Office, StatedOffice

_OfficeOfState = tuple[str | None, Office]


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office that someone was seen in: `days` are those on which articles say that it is held, sorted.

    `role` is the wording that most articles have for it.
    """

    office: Office
    country: str | None
    role: str
    days: tuple[dt.date, ...]
    appearances: tuple[str, ...]


def tenures_of(group: Sequence[Appearance]) -> tuple[Tenure, ...]:
    """The offices of a person, by state, kind, host and field."""
    stated = {(one.country, office.office) for one in group for office in one.offices}
    found: dict[_OfficeOfState, list[tuple[Appearance, StatedOffice]]] = defaultdict(list)
    for one in group:
        for office in one.offices:
            found[_meant((one.country, office.office), stated)].append((one, office))
    return tuple(
        Tenure(
            office,
            country,
            _usual_role(one for one, _ in said),
            tuple(sorted({one.day for one, seen in said if one.day and seen.standing == "held"})),
            tuple(sorted({one.iri for one, _ in said})),
        )
        for (country, office), said in sorted(found.items(), key=lambda item: (item[0][0] or "", item[0][1]))
    )


def _meant(said: _OfficeOfState, stated: Collection[_OfficeOfState]) -> _OfficeOfState:
    """What is meant by words that leave the state or the office open: the only one of the person's that they can be."""
    country, office = said
    if country is not None and not office.is_vague:
        return said
    full = [
        (state, other)
        for state, other in stated
        if state is not None and not other.is_vague and country in (None, state) and office.may_be(other)
    ]
    return full[0] if len(full) == 1 else said


def _usual_role(said: Iterable[Appearance]) -> str:
    """The most frequent wording; of those as frequent, the longest."""
    counts = Counter(one.role or "" for one in said)
    return min(counts, key=lambda role: (-counts[role], -len(role), role))
