"""The keys of people: a name and a state; an office behind a dot where two people of one state share a name.

The key is the name's under which a person was seen first, and of two of one name the one seen first has the key
without an office: as news come in, keys stay. All other keys that a person has had, or would have alone, lead to them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.graph.appearances import Appearance, Merge
from app.graph.partition import Partition

_NO_OFFICE = "no-office"

KeyedPerson = tuple[str, tuple[str, ...], tuple[Appearance, ...]]
"""The key of a person, the other keys that lead to it, and the appearances, the earliest first."""


def name_key_of(person_key: str) -> str:
    """The name and state in a person's key: `to-lam-VN` of `to-lam-VN.minister-cong-an`."""
    return person_key.partition(".")[0]


def assign_keys(groups: Sequence[Sequence[Appearance]], merges: Iterable[Merge]) -> tuple[KeyedPerson, ...]:
    """Give every group of appearances (one person's, the earliest first) its keys, and join groups that are one.

    `merges` that name nobody here, or one person twice, change nothing.
    """
    ordered = sorted(groups, key=lambda group: group[0].order)
    names = [tuple(dict.fromkeys(one.name_key for one in group)) for group in ordered]
    offices = [tuple(dict.fromkeys(_office_keys(group))) for group in ordered]
    leads: dict[str, int] = {}
    for owned in (names, offices):
        for place, found in enumerate(owned):
            for key in found:
                leads.setdefault(key, place)
    keys = [_main_key(place, group, offices[place], leads) for place, group in enumerate(ordered)]
    places = {one.iri: place for place, group in enumerate(ordered) for one in group}
    joined = Partition(len(ordered))
    for pair in merges:
        first, second = (places.get(one, leads.get(one)) for one in pair)
        if first is not None and second is not None:
            joined.join(first, second)
    is_plain = _plain_names(names, offices)
    published = {
        key: place for key, place in leads.items() if "." not in key or key in keys or name_key_of(key) not in is_plain
    }
    return tuple(_keyed(members, ordered, keys, published) for members in joined.groups())


def _office_keys(group: Sequence[Appearance]) -> Iterator[str]:
    """The keys of a person's names and offices, those of the first seen first."""
    for one in group:
        for stated in one.offices:
            yield f"{one.name_key}.{stated.office.key}"
    for one in group:
        if not one.offices:
            yield f"{one.name_key}.{_NO_OFFICE}"


def _main_key(place: int, group: Sequence[Appearance], offices: Sequence[str], leads: dict[str, int]) -> str:
    """The key of a person; numbered where neither name nor office tells them from an earlier one."""
    full = [one for one in group if one.spelling.is_full] or group
    name = next((one for one in full if one.country), full[0]).name_key
    if leads[name] == place:
        return name
    own = [key for key in offices if name_key_of(key) == name and leads[key] == place]
    if own:
        return own[0]
    number = 2
    while leads.setdefault(f"{name}.{number}", place) != place:
        number += 1
    return f"{name}.{number}"


def _plain_names(names: Sequence[Sequence[str]], offices: Sequence[Sequence[str]]) -> frozenset[str]:
    """The names with which no office is needed, nor was when less was known: of one person, always in one office."""
    people = Counter(name for found in names for name in found)
    ways = Counter(name_key_of(key) for found in offices for key in found)
    return frozenset(name for name in people if people[name] == 1 and ways[name] <= 1)


def _keyed(
    members: Sequence[int], ordered: Sequence[Sequence[Appearance]], keys: Sequence[str], published: dict[str, int]
) -> KeyedPerson:
    appearances = sorted((one for place in members for one in ordered[place]), key=lambda one: one.order)
    others: dict[int, list[str]] = defaultdict(list)
    for key, place in published.items():
        others[place].append(key)
    return keys[members[0]], tuple(key for place in members for key in others[place]), tuple(appearances)
