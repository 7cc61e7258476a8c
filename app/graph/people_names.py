"""Names of people as papers spell them: when two spellings can be one name, and how those that can are found.

Vietnamese names are compared letter for letter with their tones (Hùng is not Hưng); only a name printed without any
diacritics is compared without. Foreign names are compared by sound: their consonants, and how far their letters agree.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from app.graph.vocabulary import slug
from extractors.coreference import is_vietnamese
from extractors.folding import fold_name, without_case

Likeness = Literal["same", "shorter", "longer"]
"""How one spelling stands to another that can be the same name: as full, less full, or fuller."""

_LOOSE_HYPHEN = re.compile(r"\s*-\s*")
_WORD = re.compile(r"[^\s.,]+")
_VOWELS = re.compile(r"[aeiouyhwj]")
_TWICE = re.compile(r"(.)\1+")
# Letters of one sound in the transcriptions of Vietnamese papers: «Lu-ca-sen-cô» and «Lukashenko», «Alexander» and
# «Aleksandr», «Zelensky» and «Selenskyj».
_SOUNDS = (("ph", "f"), ("kh", "k"), ("sh", "s"), ("ch", "k"), ("x", "ks"), ("c", "k"), ("q", "k"), ("z", "s"))
_CLOSE = 85  # per cent of rapidfuzz's ratio: «Aliev» and «Aliyev» have 91, «Castro» and «Castillo» 71
_CLOSE_WITH_SAME_SOUND = 70  # «Aleksandr» and «Alexander» have 78, «Hassan» and «Hussein» 62


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as its words: folded, in lower case, each in one piece («Pu-tin» is `putin`); `plain` has no diacritics.

    Initials («R.A. Golovchenko») are words of one letter.
    """

    words: tuple[str, ...]
    plain: tuple[str, ...]
    is_vietnamese: bool

    @property
    def is_bare(self) -> bool:
        """Whether it is a single word: «Putin»."""
        return len(self.words) == 1

    @property
    def has_initials(self) -> bool:
        """Whether a word of it is one letter."""
        return any(len(word) == 1 for word in self.plain)

    @property
    def is_full(self) -> bool:
        """Whether it is a name of several words, all spelt out."""
        return not self.is_bare and not self.has_initials


@lru_cache(maxsize=16384)
def read_spelling(name: str) -> Spelling:
    """The words of a name."""
    text = _LOOSE_HYPHEN.sub("-", without_case(fold_name(name)))
    words = tuple(_WORD.findall(text)) or (text,)
    is_home = "-" not in text and is_vietnamese(text)
    return Spelling(
        tuple(word.replace("-", "") for word in words),
        tuple(slug(word).replace("-", "") for word in words),
        is_home,
    )


@lru_cache(maxsize=16384)
def sound_keys(spelling: Spelling) -> frozenset[str]:
    """What a spelling is looked up by: a Vietnamese name's last word, the sounds of a foreign one's first and last.

    Two spellings are alike (see `likeness`) only if at least one key is common.
    """
    words = [word for word in spelling.plain if len(word) > 1] or list(spelling.plain)
    if not spelling.is_vietnamese:
        return frozenset((sounds(words[0]), sounds(words[-1])))
    return frozenset((words[-1], sounds(words[-1])) if spelling.is_bare else words[-1:])


@lru_cache(maxsize=16384)
def sounds(word: str) -> str:
    """The consonants of a word in one letter each; a vowel only where the word begins with one (`a` for any)."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    first = "a" if _VOWELS.match(word) else ""
    return first + _TWICE.sub(r"\1", _VOWELS.sub("", word))


@lru_cache(maxsize=65536)
def likeness(one: Spelling, other: Spelling) -> Likeness | None:
    """How `one` stands to `other` if both can be one person's name; None if they cannot.

    `same` for the same words, each spelt alike, in either order of first name and surname; `shorter` and `longer`
    where one leaves out words in the middle, gives initials, is a bare surname, or is printed without diacritics.
    """
    if one.words == other.words:
        return "same"
    if sound_keys(one).isdisjoint(sound_keys(other)):
        return None
    if one.is_vietnamese and other.is_vietnamese:
        return _vietnamese_likeness(one, other)
    if one.is_bare or other.is_bare:
        return _bare_likeness(one, other)
    if "".join(one.plain) == "".join(other.plain):
        return "same"
    if _has_same_words(one, other):
        if one.has_initials == other.has_initials:
            return "same"
        return "shorter" if one.has_initials else "longer"
    if _leaves_out(one, other):
        return "shorter"
    return "longer" if _leaves_out(other, one) else None


def _vietnamese_likeness(one: Spelling, other: Spelling) -> Likeness | None:
    if one.plain == other.plain:
        if one.words == one.plain:
            return "shorter"
        return "longer" if other.words == other.plain else None
    if one.is_bare and not other.is_bare and one.words[0] == other.words[-1]:
        return "shorter"
    return "longer" if other.is_bare and not one.is_bare and other.words[0] == one.words[-1] else None


def _bare_likeness(one: Spelling, other: Spelling) -> Likeness | None:
    """A bare word and a full name, of which it is the surname, last («Putin») or first («Abe», «Moon»)."""
    if one.is_bare and other.is_bare:
        return "same" if _sounds_alike(one.plain[0], other.plain[0]) else None
    bare, full = (one, other) if one.is_bare else (other, one)
    if not any(_sounds_alike(bare.plain[0], word) for word in (full.plain[0], full.plain[-1])):
        return None
    return "shorter" if bare is one else "longer"


def _has_same_words(one: Spelling, other: Spelling) -> bool:
    if len(one.plain) != len(other.plain):
        return False
    if _all_alike(one.plain, other.plain):
        return True
    if one.has_initials or other.has_initials:
        return False
    turned = (other.plain[1:] + other.plain[:1], other.plain[-1:] + other.plain[:-1])
    return any(_all_alike(one.plain, order) for order in turned)


def _leaves_out(short: Spelling, full: Spelling) -> bool:
    """Whether a name is another one without words in its middle: «George Bush», «A. Lukashenko» for all three names."""
    if not 1 < len(short.plain) < len(full.plain):
        return False
    if len(short.plain) > 2 and full.has_initials:
        return False  # «George W. Bush» is not «George H. W. Bush»
    if not (_alike(short.plain[0], full.plain[0]) and _sounds_alike(short.plain[-1], full.plain[-1])):
        return False
    middle = iter(full.plain[1:-1])
    return all(any(_alike(word, other) for other in middle) for word in short.plain[1:-1])


def _all_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    # the surname, of which no initial is given, decides with the others
    is_last_alike = _sounds_alike(one[-1], other[-1])
    return is_last_alike and all(_alike(a, b) for a, b in zip(one[:-1], other[:-1], strict=True))


def _alike(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0] or (sounds(a)[:1] == sounds(b)[:1] != "a")
    return _sounds_alike(a, b)


def _sounds_alike(a: str, b: str) -> bool:
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return False
    ratio = fuzz.ratio(a, b)
    return ratio >= _CLOSE or (ratio >= _CLOSE_WITH_SAME_SOUND and sounds(a) == sounds(b))
