"""The languages that people are answered in: Vietnamese first, English second."""

from functools import lru_cache
from typing import Literal, TypeAlias, get_args

Language: TypeAlias = Literal["vi", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Those there are, the first for whoever asks for none of them."""


@lru_cache(maxsize=256)
def choose_language(accept_language: bytes | None) -> Language:
    """The language that an Accept-Language header likes best (RFC 9110, section 12.5.4); `en-GB` is English.

    Entries that cannot be read are passed over.
    """
    liked: dict[Language, float] = {}
    for entry in (accept_language or b"").decode("latin-1").lower().split(","):
        tag, _, parameter = (part.strip() for part in entry.partition(";"))
        language = tag.partition("-")[0]
        for known in LANGUAGES:
            if language == known or tag == "*":
                liked[known] = max(liked.get(known, 0.0), _quality(parameter))
    best = max(LANGUAGES, key=lambda language: liked.get(language, 0.0))
    return best if liked.get(best) else LANGUAGES[0]


def as_language(word: str | None) -> Language | None:
    """The language of a code; None for another."""
    return next((known for known in LANGUAGES if known == word), None)


def _quality(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        found = float(value)
    except ValueError:
        return 0.0
    return found if 0.0 <= found <= 1.0 else 0.0
