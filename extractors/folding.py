"""Text as the grammar reads it: one form for each letter, hyphen, quote and space, with the way back to the original.

Vietnamese reaches us composed and decomposed (NFC, NFD), with two conventions for the place of a tone mark
(«hòa», «hoà»), hyphens of every kind and invisible characters. Folding removes these differences; `FoldedText.original`
gives back offsets into the text as given.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_HYPHENS = "‐‑‒–—―−﹘﹣－"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_SAME_LENGTH = {
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    "ð": "đ",  # mistyped Icelandic eth, common in old web text
    "Ð": "Đ",
    "\r": "\n",
}
# Letters that a pattern without case takes for plain ones, but that `str.lower` leaves alone or makes longer.
_LOWER_CASE_OF = {"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"}
_INVISIBLE_CHARS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_INVISIBLE_CHARS}]")
_LOWER = "a-zß-öø-ÿăđĩũơư" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA) if chr(code).islower())
_BLANK = f"[ {_SPACES}]"
# A line that goes on in lower case is one with the line before; runs of blanks are one blank.
_BROKEN_LINE = rf"(?<=\S){_BLANK}*\r?\n{_BLANK}*(?=[{_LOWER}])"
_LOOSE_SPACE = rf"(?P<blank>{_BROKEN_LINE}|{_BLANK}{{2,}})|(?P<line_end>\r\n)"
_NEEDS_SHIFTS = re.compile(rf"{_INVISIBLE.pattern}|{_LOOSE_SPACE}")
# Where there is none of these, there is no broken line; far cheaper to look for.
_LINE_IN_LOWER_CASE = re.compile(rf"\n(?<!\n\n) *(?=[{_LOWER}])")

# The old and the new place of the tone mark differ only in open syllables with oa, oe, uy (not after q: «quý»).
_OLD_TONES = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_NEW_TONES = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_CAPITALISED = [(new.capitalize(), old.capitalize()) for new, old in zip(_NEW_TONES, _OLD_TONES, strict=True)]
_UPPER = [(new.upper(), old.upper()) for new, old in zip(_NEW_TONES, _OLD_TONES, strict=True)]
_TONES = dict([*zip(_NEW_TONES, _OLD_TONES, strict=True), *_CAPITALISED, *_UPPER])
_FIRST, _SECOND = ("".join(sorted({tone[place] for tone in _TONES})) for place in (0, 1))
_NEW_TONE = re.compile(rf"[{_FIRST}][{_SECOND}](?<![qQ]..)(?![\w\u0300-\u036f])")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Folded `text`; `shifts` are (folded offset, what to add to reach the original) from that offset on.

    `caseless` is the text in lower case, letter for letter: what a pattern without case finds at an offset stands
    there in lower case.
    """

    text: str
    caseless: str
    shift_offsets: tuple[int, ...]
    shifts: tuple[int, ...]
    original_length: int

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the text as given, of a non-empty span of folded text.

        The span ends where the next folded character's original begins, less what folding dropped there.
        """
        first = self._original_of(start)
        last = self._original_of(end - 1)
        following = self._original_of(end) if end < len(self.text) else self.original_length
        return first, max(last + 1, following)

    def folded_offset(self, offset: int) -> int:
        """The folded offset of an offset into the text as given (the next one that is left, where it was dropped)."""
        if not self.shifts:
            return offset
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            if self._original_of(middle) < offset:
                low = middle + 1
            else:
                high = middle
        return low

    def _original_of(self, offset: int) -> int:
        if not self.shifts:
            return offset
        place = bisect_right(self.shift_offsets, offset) - 1
        return offset + (self.shifts[place] if place >= 0 else 0)


# The reader folds a text to find its sections, the grammar folds it again right after; no caller can see the cache.
@lru_cache(maxsize=1)
def fold(text: str) -> FoldedText:
    """Fold a text of any length; linear in it."""
    if not unicodedata.is_normalized("NFC", text):
        return _fold_with_shifts(text)
    folded = _fold_same_length(text)
    if _may_need_shifts(text, folded) and _NEEDS_SHIFTS.search(text):
        return _fold_with_shifts(text)
    return FoldedText(folded, without_case(folded), (), (), len(text))


def fold_name(name: str) -> str:
    """Fold a name of a data table the same way as a text."""
    if unicodedata.is_normalized("NFC", name) and not _NEEDS_SHIFTS.search(name):
        return _fold_same_length(name)
    return _fold_with_shifts(name).text


def _may_need_shifts(text: str, folded: str) -> bool:
    """Whether there may be something to leave out; `folded` is the text with all else folded."""
    return (
        "  " in folded
        or "\r" in text
        or any(char in text for char in _INVISIBLE_CHARS)
        or _LINE_IN_LOWER_CASE.search(folded) is not None
    )


def _fold_same_length(text: str) -> str:
    # `in` and `replace` by character are ten times as fast as `str.translate`: most texts have none of them.
    for char, plain in _SAME_LENGTH.items():
        if char in text:
            text = text.replace(char, plain)
    return _NEW_TONE.sub(lambda match: _TONES.get(match.group(), match.group()), text)


def without_case(text: str) -> str:
    """The text in lower case, letter for letter."""
    for char, plain in _LOWER_CASE_OF.items():
        if char in text:
            text = text.replace(char, plain)
    return text.lower()


# A character with the combining marks that follow it: what NFC may join into fewer characters.
_CLUSTER = re.compile(rf"{_LOOSE_SPACE}|[^\u0300-\u036f][\u0300-\u036f]+|[\u0300-\u036f]+|{_INVISIBLE.pattern}+")


def _fold_cluster(match: re.Match[str]) -> str:
    if match["blank"]:
        return " "
    if match["line_end"]:
        return "\n"
    return "" if _INVISIBLE.match(match.group()) else unicodedata.normalize("NFC", match.group())


def _fold_with_shifts(text: str) -> FoldedText:
    pieces: list[str] = []
    offsets: list[int] = []
    shifts: list[int] = []
    length = position = 0
    for match in _CLUSTER.finditer(text):
        pieces.append(text[position : match.start()])
        length += match.start() - position
        cluster = _fold_cluster(match)
        pieces.append(cluster)
        length += len(cluster)
        position = match.end()
        if not shifts or shifts[-1] != position - length:
            offsets.append(length)
            shifts.append(position - length)
    pieces.append(text[position:])
    folded = _fold_same_length("".join(pieces))
    return FoldedText(folded, without_case(folded), tuple(offsets), tuple(shifts), len(text))
