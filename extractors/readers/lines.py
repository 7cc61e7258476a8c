"""The lines of a text with their offsets, and the ways in which saved pages repeat them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.folding import FoldedText, fold, fold_name

MAX_HEADLINE_CHARS = 300
"""Longer lines are no headlines, in code points; the longest among 2,000 newspaper articles measured has 113."""

MAX_LINES = 100_000
"""Most lines of one text; an article has some hundreds, and each line takes about 0.4 kB of memory while it is read."""

_FOLDED_CHARS = 1000  # from each end of a longer line: no headline, caption or time stamp is as long
_ODD_SPACES = "\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"  # white space that folding leaves alone
_LINE_END = re.compile(r"\r\n|\r|\n")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_COMBINING_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_CLOSING = "\"')]»”’ "
_MIN_REPEATED_WORDS = 4  # fewer words stand twice in a row by chance: «hai nước, hai nước»


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: `text[start:end]` without the space around it.

    `folded` is its folded form (of a long line, both ends); `key` is that in lower case with single spaces, for
    comparing; `blanks` counts the blank lines before it, so that 0 means that it is glued to the line before.
    """

    text: str
    folded: str
    key: str
    start: int
    end: int
    blanks: int

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.key.count(" ") + 1

    @property
    def is_short(self) -> bool:
        """Whether it is no longer than a headline."""
        return len(self.key) <= MAX_HEADLINE_CHARS

    @property
    def has_full_stop(self) -> bool:
        """Whether it closes as sentences do, and headlines do not."""
        return self.key.rstrip(_CLOSING).endswith((".", "!", "…", ":", ";"))

    @property
    def is_sentence(self) -> bool:
        """Whether it reads as running text: six words and a full stop or question mark, or longer than a headline."""
        ends = self.has_full_stop or self.key.rstrip(_CLOSING).endswith("?")
        return (ends and self.words > 5) or not self.is_short

    @property
    def is_bare_headline(self) -> bool:
        """Whether it can be the headline of another article: short, and without a full stop."""
        return self.is_short and not self.has_full_stop


def split_lines(text: str) -> tuple[Line, ...]:
    """All lines with a visible character, in order; lines end at CR, LF or both."""
    # Where folding the whole text moves nothing, its lines are stretches of the folded text.
    folded = fold(text)
    whole = folded if not folded.shifts and not any(char in text for char in _ODD_SPACES) else None
    lines: list[Line] = []
    start = blanks = 0
    for raw, following in _raw_lines(text):
        stripped = raw.strip()
        if stripped:
            first = start + raw.find(stripped[0])
            lines.append(_line(stripped, first, blanks, whole))
            blanks = 0
        else:
            blanks += 1
        start = following
    return tuple(lines)


def _raw_lines(text: str) -> Iterator[tuple[str, int]]:
    """All lines, blank ones included, each with the offset at which the next one begins."""
    if "\r" in text:
        start = 0
        for match in _LINE_END.finditer(text):
            yield text[start : match.start()], match.end()
            start = match.end()
        yield text[start:], len(text) + 1
        return
    following = 0
    for line in text.split("\n"):
        following += len(line) + 1
        yield line, following


def _line(text: str, start: int, blanks: int, whole: FoldedText | None) -> Line:
    end = start + len(text)
    if whole is None or len(text) > 2 * _FOLDED_CHARS:
        folded = _fold_ends(text)
        return Line(text, folded, " ".join(folded.lower().split()), start, end, blanks)
    return Line(text, whole.text[start:end], whole.caseless[start:end], start, end, blanks)


def count_lines(text: str) -> int:
    """How many lines a text has at most, blank ones included, without splitting it."""
    return text.count("\n") + text.count("\r") + 1


def _fold_ends(line: str) -> str:
    if len(line) <= 2 * _FOLDED_CHARS:
        return fold_name(line)
    return f"{fold_name(line[:_FOLDED_CHARS])} … {fold_name(line[-_FOLDED_CHARS:])}"


def find_doubled_headline(key: str) -> str | None:
    """The headline of a teaser box that says it twice in one line («X X»), as picture text and as link; else None.

    The first copy may be cut at a quotation mark, where a careless template ends the picture's text: «X X "Y"».
    """
    if len(key) > 2 * MAX_HEADLINE_CHARS:
        return None
    opening = " ".join(key.split(" ", _MIN_REPEATED_WORDS)[:_MIN_REPEATED_WORDS])
    place = key.find(f" {opening}", 1)
    while place != -1:
        first, second = key[:place], key[place + 1 :]
        rest = second[len(first) :].lstrip()
        if second.startswith(first) and first.count(" ") + 1 >= _MIN_REPEATED_WORDS and (not rest or rest[0] == '"'):
            return second
        place = key.find(f" {opening}", place + 1)
    return None


def to_slug(key: str) -> str:
    """The headline as in a web address: lower case letters without diacritics and figures, one space between words."""
    bare = unicodedata.normalize("NFD", key.replace("đ", "d"))
    return " ".join(_ASCII_WORD.findall(_COMBINING_MARKS.sub("", bare)))
