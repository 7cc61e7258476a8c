"""The order of names in a language. Pure.

In Vietnamese ă, â, đ, ê, ô, ơ and ư are letters of their own, each behind the one that it looks like; a tone makes no
other letter of a vowel: «Ả Rập» stands under A, «Ấn Độ» under Â, «Đức» under Đ. In English all marks are passed over.
"""

import unicodedata

from app.languages import Language

_VIETNAMESE = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES = {letter: place for place, letter in enumerate(_VIETNAMESE, start=1)}
_TONES = "\u0300\u0301\u0303\u0309\u0323"

SortKey = tuple[tuple[int, ...], str]


def initial(name: str, language: Language) -> str:
    """The capital under which a list has a name; # for a name without a letter."""
    return next((letter.upper() for letter in _letters(name, language) if letter in _PLACES), "#")


def sort_key(name: str, language: Language) -> SortKey:
    """Where a name stands: letter by letter, a blank before each of them; tones and marks decide between equals."""
    return tuple(_PLACES.get(letter, 0) for letter in _letters(name, language)), name


def _letters(name: str, language: Language) -> list[str]:
    found = []
    for sign in unicodedata.normalize("NFC", name.lower()):
        parts = unicodedata.normalize("NFD", sign)
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        is_own = language == "vi" and letter in _PLACES
        found.append(letter if is_own else "d" if letter == "đ" else parts[0])
    return found
