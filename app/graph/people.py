"""Who is who across articles: what articles say of people in, people out, in whatever order it comes.

Two people of one state are one
- if their names are the same and so is their office, or one of them has none;
- if one article gives both offices to one man, or the offices follow one another in national leadership;
- if the name is spelt in two ways (see `people_names.likeness`) and the office is the same;
- if one name is less full («Putin», «A. Lukashenko») and only one fuller name of that state and office fits it;
- if an article leaves out the state («Tổng thống Donald Trump»), and only one of that name is in that office anywhere;
- if a curator says so.
All else is left apart: two people in the graph for one in the world do less harm than one for two.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.graph.appearances import Appearance, Merge
from app.graph.offices import NATIONAL_LEADERSHIP, Office
from app.graph.partition import Partition
from app.graph.people_keys import assign_keys
from app.graph.people_names import Likeness, Spelling, likeness, read_spelling
from app.graph.tenures import Tenure, tenures_of

MAX_YEARS_BETWEEN_OFFICES = 10
"""How long nobody may have seen a man between two offices that follow one another: two terms, a rule of ours."""


@dataclass(frozen=True, slots=True)
class ResolvedPerson:
    """A person: the preferred name first in `names`, the keys that also lead here in `other_keys`."""

    key: str
    other_keys: tuple[str, ...]
    names: tuple[str, ...]
    country: str | None
    tenures: tuple[Tenure, ...]
    appearances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Namesake:
    """All appearances of one spelling that are one person's, for what was said with that spelling alone."""

    spelling: Spelling
    country: str | None
    appearances: tuple[Appearance, ...]
    offices: frozenset[Office]

    @property
    def is_precise(self) -> bool:
        return any(not office.is_vague for office in self.offices)

    @property
    def order(self) -> tuple[object, ...]:
        """The fullest first: of those that are less full, the fullest finds its person first."""
        first = self.appearances[0].order
        spelt_out = sum(len(word) > 1 for word in self.spelling.words)
        return (self.country or "", self.spelling.is_bare, -spelt_out, self.spelling.words, not self.offices, first)


def resolve_people(appearances: Iterable[Appearance], merges: Iterable[Merge] = ()) -> tuple[ResolvedPerson, ...]:
    """The people behind some appearances, by key; the order of what is given does not matter.

    All appearances of names that can be one must be among them (see `likeness`), or none.
    """
    given = sorted(set(appearances), key=lambda one: one.order)
    namesakes = sorted(_namesakes(given), key=lambda one: one.order)
    people = Partition(len(namesakes))
    by_state: dict[str | None, list[int]] = defaultdict(list)
    for place, one in enumerate(namesakes):
        by_state[one.country].append(place)
    for places in by_state.values():
        _join_spellings(namesakes, places, people)
    _join_stateless(namesakes, by_state, people)
    groups = [
        sorted((one for place in group for one in namesakes[place].appearances), key=lambda one: one.order)
        for group in people.groups()
    ]
    keyed = assign_keys(groups, merges)
    return tuple(sorted((_person(key, others, group) for key, others, group in keyed), key=lambda one: one.key))


def _namesakes(appearances: Sequence[Appearance]) -> Iterator[_Namesake]:
    by_spelling: dict[tuple[str | None, tuple[str, ...]], list[Appearance]] = defaultdict(list)
    for one in appearances:
        by_spelling[(one.country, one.spelling.words)].append(one)
    for (country, _), group in by_spelling.items():
        for members in _by_person(group):
            offices = frozenset(stated.office for one in members for stated in one.offices)
            yield _Namesake(members[0].spelling, country, tuple(members), offices)


def _by_person(group: Sequence[Appearance]) -> Iterator[list[Appearance]]:
    """The appearances of one spelling, sorted by whom they are of."""
    precise = {stated.office for one in group for stated in one.offices if not stated.office.is_vague}
    offices = sorted(precise)
    held = Partition(len(offices))
    for one in group:
        named = [offices.index(stated.office) for stated in one.offices if stated.office in precise]
        for other in named[1:]:
            held.join(named[0], other)
    _join_successive(group, offices, held)
    vague: dict[tuple[Office, ...], list[Appearance]] = defaultdict(list)
    found: dict[int, list[Appearance]] = defaultdict(list)
    for one in group:
        stated_offices = tuple(sorted({stated.office for stated in one.offices}))
        named = [offices.index(office) for office in stated_offices if office in precise]
        roots = {held.root(place) for place, office in enumerate(offices) if _may_hold(stated_offices, office)}
        if named:
            found[held.root(named[0])].append(one)
        elif stated_offices and len(roots) == 1:
            found[roots.pop()].append(one)
        else:
            vague[stated_offices].append(one)
    nameless = vague.pop((), [])
    groups = [*found.values(), *vague.values()]
    if len(groups) == 1:
        groups[0].extend(nameless)
    elif nameless:
        groups.append(nameless)
    for members in groups:
        yield sorted(members, key=lambda one: one.order)


def _may_hold(stated: Sequence[Office], office: Office) -> bool:
    return any(one.may_be(office) for one in stated)


def _join_successive(group: Sequence[Appearance], offices: Sequence[Office], held: Partition) -> None:
    """Join offices of national leadership that one man can have held one after the other.

    They can if all that were seen at a known time follow one another: no article says that one is held after the first
    that says so of the next, and the times between them are not too long. One that interleaves with another speaks for
    two people, and then none is joined.
    """
    days: dict[int, list[dt.date]] = defaultdict(list)
    for one in group:
        for stated in one.offices:
            if one.day and stated.standing == "held" and stated.office in offices:
                days[held.root(offices.index(stated.office))].append(one.day)
    leading = {held.root(place) for place, office in enumerate(offices) if office.kind in NATIONAL_LEADERSHIP}
    spans = sorted((min(days[root]), max(days[root]), root) for root in leading if days[root])
    steps = list(pairwise(spans))
    longest = dt.timedelta(days=366 * MAX_YEARS_BETWEEN_OFFICES)
    if all(before[1] <= after[0] <= before[1] + longest for before, after in steps):
        for before, after in steps:
            held.join(before[2], after[2])


def _join_spellings(namesakes: Sequence[_Namesake], places: Sequence[int], people: Partition) -> None:
    """Join the spellings of one name: first those as full as each other in one office, then the less full ones."""
    alike: dict[int, list[tuple[int, Likeness]]] = defaultdict(list)
    for place in places:
        for other in places:
            kind = likeness(namesakes[place].spelling, namesakes[other].spelling) if place != other else None
            if kind is not None and namesakes[place].spelling.words != namesakes[other].spelling.words:
                alike[place].append((other, kind))
    for place in places:
        for other, found in alike[place]:
            shared = namesakes[place].offices & namesakes[other].offices
            if found == "same" and any(not office.is_vague for office in shared):
                people.join(place, other)
    for place in places:
        one = namesakes[place]
        fitting = {
            people.root(other)
            for other, kind in alike[place]
            if kind != "longer" and (kind == "shorter" or not one.is_precise) and _may_be_one(one, namesakes[other])
        }
        if len(fitting) == 1:
            people.join(place, fitting.pop())


def _join_stateless(namesakes: Sequence[_Namesake], by_state: dict[str | None, list[int]], people: Partition) -> None:
    """Join those whose state no article tells to the only one of the same full name in the same office."""
    named: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for country, places in by_state.items():
        for place in places:
            if country is not None:
                named[namesakes[place].spelling.words].append(place)
    fitting: dict[int, set[int]] = defaultdict(set)
    for place in by_state.get(None, ()):
        one = namesakes[place]
        if one.spelling.is_full and one.offices:
            same = (other for other in named[one.spelling.words] if _may_be_one(one, namesakes[other]))
            fitting[people.root(place)].update(people.root(other) for other in same)
    for root, roots in fitting.items():
        if len(roots) == 1:
            people.join(root, roots.pop())


def _may_be_one(one: _Namesake, other: _Namesake) -> bool:
    """Whether nothing in their offices is against it; a bare surname needs an office in common."""
    if not one.offices:
        return not one.spelling.is_bare
    return any(a.may_be(b) for a in one.offices for b in other.offices)


def _person(key: str, other_keys: Sequence[str], group: Sequence[Appearance]) -> ResolvedPerson:
    counts: dict[str, int] = defaultdict(int)
    for one in group:
        counts[one.name] += 1
    names = sorted(counts, key=lambda name: _unlikeliness(name, counts[name]))
    countries = [one.country for one in group if one.name == names[0]]
    return ResolvedPerson(
        key=key,
        other_keys=tuple(sorted(set(other_keys) - {key})),
        names=tuple(names),
        country=next((code for code in countries if code), None),
        tenures=tenures_of(group),
        appearances=tuple(sorted(one.iri for one in group)),
    )


def _unlikeliness(name: str, count: int) -> tuple[bool, bool, int, int, str]:
    """The order in which the spellings of a name are preferred: full ones, the most frequent, the plainest."""
    return (not read_spelling(name).is_full, name.isupper(), -count, name.count("-"), name)
