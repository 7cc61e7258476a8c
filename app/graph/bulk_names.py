"""Which names of people are to be looked at together, among all that there are."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from app.graph.entities_rdf import sound_literals
from app.graph.partition import Partition
from app.graph.people_names import Spelling, likeness, read_spelling


def groups_of_names(spellings: Mapping[str, Collection[str]]) -> Mapping[str, str]:
    """The group of each name, by the first name in it; `spellings` are those of each name.

    Two names are of one group if they sound alike and some spellings of theirs can be one person's, or if a third one
    joins them.
    """
    names = sorted(spellings)
    read = [tuple(map(read_spelling, sorted(spellings[name]))) for name in names]
    groups = Partition(len(names))
    for places in _by_sound(names, read).values():
        for at, one in enumerate(places):
            for other in places[:at]:
                if groups.root(one) != groups.root(other) and _are_alike(read[one], read[other]):
                    groups.join(one, other)
    return {name: names[groups.root(place)] for place, name in enumerate(names)}


def _by_sound(names: Collection[str], read: Collection[Collection[Spelling]]) -> Mapping[str, list[int]]:
    """The places of the names that are looked up by one key."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, (name, own) in enumerate(zip(names, read, strict=True)):
        for key in {literal.value for spelling in own for literal in sound_literals(spelling, name)}:
            found[key].append(place)
    return found


def _are_alike(own: Collection[Spelling], others: Collection[Spelling]) -> bool:
    return any(likeness(one, other) for one in own for other in others)
