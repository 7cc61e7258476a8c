"""How like one another a typed name and known names are: one score for spellings, beginnings, parts and typing errors.

Scores go from 0 to 100. 100: the name as it is written, whatever its case, hyphens and place of tone marks. 98: the
name typed without any diacritics. 90: the same letters with other diacritics. Below 90, the more the nearer: names that
begin so, names with a word that begins so, names that stand in the text, names with other letters. A name that is only
another word for the thing (a capital, a demonym) weighs less than its name.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from extractors.folding import fold_name, without_case

MAX_TEXT = 300
"""Characters of a text beyond which it is no name: nothing is found in it."""
CERTAIN = 95.0
"""The score from which on a name is surely meant, if no other one is."""

_AS_WRITTEN, _WITHOUT_MARKS, _OTHER_MARKS = 100.0, 98.0, 90.0
_BEGINNING, _WORD, _WITHIN = 60.0, 50.0, 45.0
_SPAN = 25.0
_TYPING_ERRORS = 0.9
# Of 100, by rapidfuzz's ratio of equal letters; unrelated names are below 60.
_MIN_LIKENESS = 65
_MIN_BEGINNING, _MIN_WORD, _MIN_WITHIN = 2, 3, 4
_MAX_NEAR = 20
_MAX_WORDS_WITHIN = 40
_LAST = "\U0010ffff"
_WORDS = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, in its own case; none of a text that is too long to name anything."""
    return tuple(_WORDS.findall(fold_name(text))) if len(text) <= MAX_TEXT else ()


def exact_key(text: str) -> str:
    """A name without its case, hyphens and signs."""
    return without_case(" ".join(words_of(text)))


def plain_key(text: str) -> str:
    """The same without diacritics: «Việt Nam», «viet-nam» and «VIET NAM» are one."""
    return _without_marks(exact_key(text))


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name of a thing; `weight` (above 0, at most 1) is how surely the name means the thing."""

    owner: str
    name: str
    weight: float = 1.0


class NameTable:
    """The names of many things. Immutable once built."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        by_key: dict[str, list[tuple[str, Spelling]]] = defaultdict(list)
        for one in spellings:
            exact = exact_key(one.name)
            by_key[_without_marks(exact)].append((exact, one))
        by_key.pop("", None)
        self._by_key = dict(by_key)
        self._keys = sorted(by_key)
        self._later_words = sorted((rest, key) for key in by_key for rest in _later_words(key))

    def exact(self, text: str) -> dict[str, float]:
        """Things that are called so, by owner: at least `90 x weight`."""
        return _best(self._called(exact_key(text), plain_key(text)))

    def near(self, text: str, *, within: bool = True) -> dict[str, float]:
        """Things that may be meant, with their best scores; `within`: also those that the text names beside others."""
        exact = exact_key(text)
        key = _without_marks(exact)
        found = [*self._called(exact, key), *self._beginning(key), *self._misspelt(key)]
        return _best([*found, *self._within(key)] if within else found)

    def beginning(self, text: str) -> dict[str, float]:
        """Things that are called so, or have a name or a word of it that begins so."""
        key = plain_key(text)
        return _best([*self._called(exact_key(text), key), *self._beginning(key)])

    def within(self, text: str) -> dict[str, float]:
        """Things whose names stand in a longer text, word for word, by their longest names."""
        return _best(self._within(plain_key(text)))

    def _called(self, exact: str, key: str) -> Iterator[tuple[str, float]]:
        for name, spelling in self._by_key.get(key, ()):
            as_typed = _WITHOUT_MARKS if exact == key else _OTHER_MARKS
            yield spelling.owner, (_AS_WRITTEN if name == exact else as_typed) * spelling.weight

    def _owners(self, key: str, score: float) -> Iterator[tuple[str, float]]:
        for _, spelling in self._by_key[key]:
            yield spelling.owner, score * spelling.weight

    def _beginning(self, key: str) -> Iterator[tuple[str, float]]:
        if len(key) >= _MIN_BEGINNING:
            for name in self._keys[bisect_left(self._keys, key) : bisect_left(self._keys, key + _LAST)]:
                yield from self._owners(name, _BEGINNING + _SPAN * len(key) / len(name))
        if len(key) >= _MIN_WORD:
            first, last = (bisect_left(self._later_words, (end,)) for end in (key, key + _LAST))
            for _, name in self._later_words[first:last]:
                yield from self._owners(name, _WORD + _SPAN * len(key) / len(name))

    def _within(self, key: str) -> Iterator[tuple[str, float]]:
        words = key.split()[:_MAX_WORDS_WITHIN]
        start = 0
        while start < len(words):
            for end in range(len(words), start, -1):
                part = " ".join(words[start:end])
                if len(part) >= _MIN_WITHIN and part in self._by_key and end - start < len(words):
                    yield from self._owners(part, _WITHIN + _SPAN * len(part) / len(key))
                    start = end - 1
                    break
            start += 1

    def _misspelt(self, key: str) -> Iterator[tuple[str, float]]:
        near = process.extract(key, self._keys, scorer=fuzz.ratio, score_cutoff=_MIN_LIKENESS, limit=_MAX_NEAR)
        for name, likeness, _ in near:
            if name != key:
                yield from self._owners(name, likeness * _TYPING_ERRORS)


def _without_marks(exact: str) -> str:
    if exact.isascii():
        return exact
    decomposed = unicodedata.normalize("NFD", exact.replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _later_words(key: str) -> Iterator[str]:
    """What is left of a name from its second word on, and so on."""
    _, _, rest = key.partition(" ")
    while rest:
        yield rest
        _, _, rest = rest.partition(" ")


def _best(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for owner, score in found:
        best[owner] = max(score, best.get(owner, 0.0))
    return best
