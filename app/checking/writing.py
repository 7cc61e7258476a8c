"""Dates as a draft writes them: the right date in the wording of the wrong one, and dates for reasons."""

import re

from app.graph.readmodel import Label
from extractors.calendar_words import COUNT_IN_LETTERS, MONTH_IN_LETTERS, MONTH_IN_ROMAN, in_letters, month_of
from extractors.dates import DateSpan, DateValue, PartialDate, first_date

_SEP = r"\s?[/.\-]\s?"
_WORD = rf"{MONTH_IN_LETTERS}|{MONTH_IN_ROMAN}"
_LATER_MONTH = rf"(?:{_SEP}(?P<m>\d{{1,2}}|{MONTH_IN_ROMAN})|\stháng\s(?P<mw>\d{{1,2}}|{_WORD}))"
_YEAR = rf"(?:{_SEP}|\s?,?\snăm\s|,?\s)(?P<y>\d{{4}})"
# The longer forms first; each with the parts that it writes (`mw` is a month behind «tháng», in figures or a word).
_FORMS = tuple(
    re.compile(rf"(?<!\d){form}(?!\d)", re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})",
        rf"(?P<d>\d{{1,2}}){_LATER_MONTH}{_YEAR}",
        rf"(?P<d>\d{{1,2}}){_LATER_MONTH}",
        rf"(?<=tháng\s)(?P<mw>\d{{1,2}}|{_WORD}){_YEAR}",
        rf"(?P<m>\d{{1,2}}){_SEP}(?P<y>\d{{4}})",
        r"(?P<y>\d{4})",
    )
)
_IN_LETTERS = re.compile(rf"{COUNT_IN_LETTERS}(?=\snăm(?!\w))", re.IGNORECASE)
_NAMES = {"d": "day", "m": "month", "mw": "month", "y": "year"}


def date_part(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of `text[start:end]` that writes a date, without «ngày», «tháng» and «năm» before it."""
    for form in _FORMS:
        match = form.search(text, start, end)
        if match is not None:
            return match.span()
    return start, end


def rewrite(written: str, right: DateValue) -> str:
    """The right date in the words of a written one: for «21 tháng 9 năm 1978», 1973-09-21 is «21 tháng 9 năm 1973».

    Where less is known than was written, what is known; where more, no more than was written.
    """
    date = first_date(right)
    # with the word before it, by which a month in letters is known
    text = f"tháng {written}"
    for form in _FORMS:
        match = form.search(text, len("tháng "))
        if match is None or match.span() != (len("tháng "), len(text)):
            continue
        parts = {name: part for name, part in match.groupdict().items() if part is not None}
        values = {name: getattr(date, _NAMES[name]) for name in parts}
        if any(value is None for value in values.values()):
            return in_figures(date)
        if form is _FORMS[0]:
            return str(date)
        for name in sorted(parts, key=match.start, reverse=True):
            text = text[: match.start(name)] + _part(parts[name], values[name], parts) + text[match.end(name) :]
        return text.removeprefix("tháng ")
    return in_figures(date)


def in_figures(value: DateValue) -> str:
    """A date as newspapers write it: `23/9/1992`, `9/1992`, `1992`; a span with a dash between."""
    if isinstance(value, DateSpan):
        return f"{in_figures(value.first)}–{in_figures(value.last)}"
    return "/".join(str(part) for part in (value.day, value.month, value.year) if part is not None)


def worded(value: DateValue) -> Label:
    """A date for a reason: in figures for Vietnamese readers, in EDTF for English ones."""
    return Label(vi=in_figures(value), en=str(value))


def in_case_of(written: str, right: str) -> str:
    """Other words with the capitals of the written ones: of the first word, and of all where all have them."""
    words, capitals = right.split(), [word[:1].isupper() for word in written.split()]
    if written.isupper():
        return right.upper()
    is_title = len(capitals) > 1 and all(capitals)
    return " ".join(
        word[:1].upper() + word[1:] if is_title or (place == 0 and capitals[:1] == [True]) else word
        for place, word in enumerate(words)
    )


def number_rewritten(written: str, number: int, right: int) -> str:
    """A stretch with another number in the place of its own, in figures or in letters as it was written."""
    if str(number) in written:
        return written.replace(str(number), str(right), 1)
    match = _IN_LETTERS.search(written)
    if match is None:
        return written
    word = in_letters(right)
    return written[: match.start()] + (word.capitalize() if match[0][0].isupper() else word) + written[match.end() :]


def of_year(year: int) -> str:
    """A bare year."""
    return in_figures(PartialDate(year))


def _part(written: str, value: int, parts: dict[str, str]) -> str:
    """A number in the style of another: in its word where it is the same, with the zero before it where it had one."""
    if not written.isdigit():
        return written if month_of(written) == value else str(value)
    pads = any(part.isdigit() and part.startswith("0") for part in parts.values())
    width = len(written) if pads and len(written) == 2 else 1
    return f"{value:0{width}}"
