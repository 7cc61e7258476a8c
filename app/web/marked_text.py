"""A text cut where findings begin and end, so that each can be marked where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Code points that cannot be seen, or turn the direction of what follows: each is shown as one that can.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}
_UNNAMED = dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), ord("␦"))
_SHOWN = _CONTROLS | _UNNAMED


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text within the same findings, by number; `begins` and `ends` name those that do so here."""

    text: str
    numbers: tuple[int, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]


def cut(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """The pieces of a text, which together are the text; spans are offsets in code points, and numbered from 1.

    Spans may overlap or stand within each other; none is empty.
    """
    places = sorted({0, len(text), *(place for span in spans for place in span)})
    numbered = list(enumerate(spans, start=1))
    return tuple(
        Piece(
            text[first:last],
            tuple(number for number, (start, end) in numbered if start <= first and last <= end),
            tuple(number for number, (start, _) in numbered if start == first),
            tuple(number for number, (_, end) in numbered if end == last),
        )
        for first, last in pairwise(places)
    )


def visible(text: str) -> str:
    """A text with a sign in the place of each control character, so that none changes how the page around it reads."""
    return text.translate(_SHOWN)


def has_hidden(text: str) -> bool:
    """Whether there are control characters in a text."""
    return visible(text) != text
