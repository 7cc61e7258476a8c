"""Where in an article a trigger phrase may stand: one quick pass that is never narrower than the lexicon's patterns.

Every phrase of the lexicon gives the fixed texts of which each of its matches holds one («kỷ niệm»; «đón »,
«chào đón »), read off the pattern itself; one automaton finds them all in the folded text in lower case. Where a match
begins with such a text, the pattern is tried there at once, but freed of all that may not follow it: the grammar reads
sentence by sentence, and what stands behind a sentence is not seen there.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from extractors.folding import FoldedText
from extractors.lexicon import Lexicon, load_lexicon


class Hint(NamedTuple):
    """A place in folded text, `text[start:end]`, that lies in a match of one phrase of the lexicon, if there is one."""

    start: int
    end: int
    phrase: int
    """The phrase's place in the lexicon."""


class Prefilter:
    """Finds the hints of all phrases of a lexicon. Immutable once built."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._beginnings = tuple(phrase.required.beginning for phrase in lexicon.phrases)
        phrases_by_text: dict[str, list[int]] = {}
        for place, phrase in enumerate(lexicon.phrases):
            for text in phrase.required.texts:
                phrases_by_text.setdefault(text, []).append(place)
        self._phrases = tuple(map(tuple, phrases_by_text.values()))
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(phrases_by_text), store_patterns=False, implementation=ahocorasick_rs.Implementation.DFA
        )

    def hints(self, folded: FoldedText) -> tuple[Hint, ...]:
        """All hints in a folded text, in order; no trigger phrase stands where there is none."""
        return tuple(sorted(set(self._hints(folded))))

    def _hints(self, folded: FoldedText) -> Iterator[Hint]:
        for index, start, end in self._automaton.find_matches_as_indexes(folded.caseless, overlapping=True):
            for phrase in self._phrases[index]:
                beginning = self._beginnings[phrase]
                if beginning is None or beginning.match(folded.text, start):
                    yield Hint(start, end, phrase)


@lru_cache(maxsize=1)
def load_prefilter() -> Prefilter:
    """The prefilter of the lexicon of data/lexicon, built once.

    Raises:
        TableError: a row of the lexicon is not to be trusted.
    """
    return Prefilter(load_lexicon())
