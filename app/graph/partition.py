"""Things sorted into groups by joining two at a time (union-find); which were joined first leaves no trace."""

from collections import defaultdict


class Partition:
    """The numbers from 0 to before `size`, each in a group of its own until it is joined with others."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def root(self, place: int) -> int:
        """The smallest number of a group, which stands for it."""
        while self._parents[place] != place:
            self._parents[place] = self._parents[self._parents[place]]
            place = self._parents[place]
        return place

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """All groups, each sorted, by their smallest number."""
        found: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._parents)):
            found[self.root(place)].append(place)
        return tuple(tuple(found[root]) for root in sorted(found))
