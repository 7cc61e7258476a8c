"""Whether a text surely speaks of the two states that a claim or a count was linked to.

The extraction may take the pair from what was said before; an error must not rest on it where another pair may be
meant. A pair is certain that its own sentence names, or that one sentence before names with no other state since.
"""

from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from extractors.documents import Document, Sentence
from extractors.gazetteer import load_gazetteer

# Sentences without another state that are looked back over: it bounds the time that any text takes.
MAX_SENTENCES_BACK = 100

Certainty = Callable[[tuple[str, ...], int], bool]
"""Whether the states are certain at an offset into the text as given."""


def certainty_of(document: Document) -> Certainty:
    """The question for one text; what its sentences name is read once."""
    sentences = document.sentences

    @cache
    def named(place: int) -> frozenset[str]:
        return _named(document, sentences[place])

    @cache
    def is_certain(countries: tuple[str, ...], place: int) -> bool:
        pair = frozenset(countries)
        if pair <= named(place):
            return True
        for before in range(place, max(-1, place - MAX_SENTENCES_BACK), -1):
            others = named(before)
            if others - pair:
                return False
            if pair <= others:
                return True
        return place < MAX_SENTENCES_BACK

    def ask(countries: tuple[str, ...], offset: int) -> bool:
        folded = document.folded.folded_offset(offset)
        place = bisect_right(sentences, folded, key=lambda sentence: sentence.start) - 1
        return len(countries) != 2 or place < 0 or is_certain(countries, place)

    return ask


def _named(document: Document, sentence: Sentence) -> frozenset[str]:
    return frozenset(one.code for one in load_gazetteer().mentions(document.text[sentence.start : sentence.end]))
