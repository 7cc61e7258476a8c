"""What a Vietnamese syllable looks like: an onset, a rime and at most one tone.

Vietnamese writes each syllable as a word of its own, so that a wrong reading of its bytes shows at once: its words are
no syllables any more.
"""

import unicodedata
from functools import lru_cache

from extractors.tables import DATA_DIR, read_cited_table

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_TONES_OF_STOPS = "\u0301\u0323"  # the only two of a rime that ends in a stop: «nước», «một»
_STOPS = ("c", "ch", "p", "t")
_LONGEST_ONSET = 3
_LONGEST_WORD = 8  # «nghiêng» has seven letters, and a tone mark may stand apart


def is_syllable(word: str) -> bool:
    """Whether a word can be a Vietnamese syllable, in upper or lower case; both places of a tone mark are good."""
    if len(word) > _LONGEST_WORD:
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in letters if letter in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    onsets, rimes = _load_parts()
    for length in range(min(_LONGEST_ONSET, len(bare)) + 1):
        rime = bare[length:]
        if bare[:length] in onsets and rime in rimes:
            return not rime.endswith(_STOPS) or not tones or tones[0] in _TONES_OF_STOPS
    return False


@lru_cache(maxsize=1)
def _load_parts() -> tuple[frozenset[str], frozenset[str]]:
    """Onsets (with the empty one) and rimes without their tones, from data/encodings."""
    parts = []
    for name in ("onset", "rime"):
        columns = (name, "example")
        path = DATA_DIR / "encodings" / f"{name}s.csv"
        rows = read_cited_table(path, columns, sources="sources.csv", required=columns, key=(name,))
        parts.append(frozenset(row[name] for row in rows))
    onsets, rimes = parts
    return onsets | {""}, rimes
