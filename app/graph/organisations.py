"""Which organisations of different articles are one: those of one name, letter case and folding apart, type and states.

A university and a company of one name are two, and so are two embassies of one name in different states.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.graph.appearances import BodyAppearance
from app.graph.vocabulary import entity_key
from extractors.folding import fold_name, without_case


@dataclass(frozen=True, slots=True)
class ResolvedBody:
    """An organisation: the preferred name first in `names`; `counterparts` are the other states in its name."""

    key: str
    names: tuple[str, ...]
    type: str | None
    country: str | None
    counterparts: tuple[str, ...]
    appearances: tuple[str, ...]


def resolve_bodies(appearances: Iterable[BodyAppearance]) -> tuple[ResolvedBody, ...]:
    """The organisations behind some appearances, by key; the order of what is given does not matter.

    All appearances of one key of a name must be among them, or none.
    """
    groups: dict[tuple[object, ...], list[BodyAppearance]] = defaultdict(list)
    for one in sorted(set(appearances), key=lambda found: found.order):
        name = " ".join(without_case(fold_name(one.name)).split())
        groups[(name, one.type, one.country, one.counterparts)].append(one)
    taken: set[str] = set()
    # groups are in the order of their first appearance: of two with one name, the one seen first has the plain key
    bodies = [_body(group, taken) for group in groups.values()]
    return tuple(sorted(bodies, key=lambda body: body.key))


def _body(group: Sequence[BodyAppearance], taken: set[str]) -> ResolvedBody:
    first = group[0]
    counts = Counter(one.name for one in group)
    return ResolvedBody(
        key=_free_key(entity_key(first.name, first.country), first.type, taken),
        names=tuple(sorted(counts, key=lambda name: (name.isupper(), -counts[name], name))),
        type=first.type,
        country=first.country,
        counterparts=first.counterparts,
        appearances=tuple(sorted(one.iri for one in group)),
    )


def _free_key(name_key: str, body_type: str | None, taken: set[str]) -> str:
    """The first of a name's keys that nobody has: the plain one, with the type, numbered."""
    key, number = name_key, 1
    while key in taken:
        key = f"{name_key}.{body_type or 'organisation'}" + (f"-{number}" if number > 1 else "")
        number += 1
    taken.add(key)
    return key
