"""The partners of a state as a table: narrowed down to a level, in the order that is asked for. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.alphabet import sort_key
from app.catalogues import catalogue
from app.graph.ontology import label_of_concept
from app.partners import LEVELS, Partner
from app.wording import Words
from extractors.dates import first_date

SORTS = ("name", "date", "level", "next")
NO_LEVEL = "none"
"""What those are narrowed down to that are on no level."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a table can be narrowed down to or ordered by, as it stands in the address; nothing is all."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class PartnerTable:
    """The rows that were asked for of `total` partners, and what else can be asked for.

    `undated` of them have ties of which no date is known; `others` are states without ties, or of which none are known.
    """

    rows: tuple[Partner, ...]
    others: tuple[Partner, ...]
    total: int
    undated: int
    levels: tuple[Choice, ...]
    level: str
    sorts: tuple[Choice, ...]
    sort: str


def partner_table(known: Sequence[Partner], words: Words, *, level: str, sort: str) -> PartnerTable:
    """The table of some partners; a level or an order that there is not is passed over, as in forms."""
    partners = [one for one in known if one.is_current]
    levels = _levels(partners, words)
    chosen = level if level in {choice.value for choice in levels} else ""
    order = sort if sort in SORTS else SORTS[0]
    rows = [one for one in partners if not chosen or (one.level or NO_LEVEL) == chosen]
    return PartnerTable(
        rows=_sorted(rows, order, words),
        others=_sorted([one for one in known if not one.is_current], SORTS[0], words),
        total=len(partners),
        undated=sum(1 for one in partners if one.state.ties_event is None),
        levels=levels,
        level=chosen,
        sorts=_sorts(words),
        sort=order,
    )


def _levels(partners: Sequence[Partner], words: Words) -> tuple[Choice, ...]:
    """All, and each level that there is, with how many are on it; nothing where there is no level."""
    counted = Counter(one.level or NO_LEVEL for one in partners)
    gettext = catalogue(words.language).gettext
    if not counted.keys() - {NO_LEVEL}:
        return ()
    labels = {
        "": gettext("all"),
        **{level: label_of_concept("level", level, words.language) or level for level in LEVELS},
        NO_LEVEL: gettext("no partnership known"),
    }
    counts = {"": len(partners), **counted}
    return tuple(Choice(value, f"{label} ({counts[value]})") for value, label in labels.items() if counts.get(value))


def _sorts(words: Words) -> tuple[Choice, ...]:
    gettext = catalogue(words.language).gettext
    labels = (gettext("name"), gettext("date of ties"), gettext("level"), gettext("next anniversary"))
    return tuple(Choice(value, label) for value, label in zip(SORTS, labels, strict=True))


def _sorted(partners: Iterable[Partner], by: str, words: Words) -> tuple[Partner, ...]:
    """In an order, then by name; what is not known comes last."""
    found = sorted(partners, key=lambda one: sort_key(words.country(one.country), words.language))
    if by == "date":
        found.sort(key=_day_of_ties)
    elif by == "level":
        found.sort(key=lambda one: LEVELS.index(one.level) if one.level in LEVELS else len(LEVELS))
    elif by == "next":
        found.sort(key=_next_day)
    return tuple(found)


def _day_of_ties(partner: Partner) -> dt.date:
    return first_date(partner.state.since).earliest if partner.state.since else dt.date.max


def _next_day(partner: Partner) -> dt.date:
    return (partner.coming.next if partner.coming else None) or dt.date.max
