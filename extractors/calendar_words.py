"""Words of the calendar: months, weekdays and numbers in letters, read from data/lexicon, and what they are worth."""

import re

from extractors.tables import DATA_DIR, GRAMMAR_SOURCES, Row, read_cited_table
from extractors.wordlists import any_of


def _read(name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    path = DATA_DIR / "lexicon" / name
    return read_cited_table(path, columns, sources=GRAMMAR_SOURCES, required=columns, key=columns[:1])


def _read_numbers(name: str, columns: tuple[str, str], first: int, last: int) -> dict[str, int]:
    found = {}
    for row in _read(name, columns):
        word, number = row[columns[0]], row[columns[1]]
        if not number.isdigit() or not first <= int(number) <= last:
            raise row.fault(f"«{number}» is no {columns[1]} from {first} to {last}")
        found[word] = int(number)
    return found


def _read_numerals() -> dict[str, tuple[str, int]]:
    found = {}
    for row in _read("numerals.csv", ("word", "value", "kind")):
        if not row["value"].isdigit() or row["kind"] not in ("unit", "whole", "scale", "link"):
            raise row.fault("a numeral needs a value in figures and the kind unit, whole, scale or link")
        found[row["word"]] = (row["kind"], int(row["value"]))
    return found


# Roman figures stand in capitals in the table and only in capitals in a text.
_MONTHS = _read_numbers("months.csv", ("word", "month"), 1, 12)
_WEEKDAYS = _read_numbers("weekdays.csv", ("word", "weekday"), 1, 7)
_NUMERALS = _read_numerals()


def _longest_first(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


MONTH_IN_LETTERS = _longest_first([word for word in _MONTHS if not word.isupper()])
MONTH_IN_ROMAN = rf"(?-i:{_longest_first([word for word in _MONTHS if word.isupper()])})"
_NUMERAL = _longest_first(list(_NUMERALS))
DAY_IN_LETTERS = rf"(?:{_NUMERAL})(?:\s(?:{_NUMERAL})){{0,2}}"
"""Up to three words: «hai mươi mốt»."""
YEAR_IN_LETTERS = rf"(?:một|hai)\s(?:nghìn|ngàn)(?:\s(?:{_NUMERAL})(?!\w)){{0,7}}"
"""«một nghìn chín trăm bốn mươi lăm»: thousands, hundreds, tens and units are eight words at most."""
_SCALE, _WHOLE = (
    _longest_first([word for word, (kind, value) in _NUMERALS.items() if kind == wanted and value < 1000])
    for wanted in ("scale", "whole")
)
_NOT_ONE_OF_TWO = "".join(rf"(?<!\b{re.escape(word)}\s)" for word in _NUMERALS)
COUNT_IN_LETTERS = (
    rf"(?<!\w){_NOT_ONE_OF_TWO}(?:(?:{_NUMERAL})\s(?:{_SCALE})|{_WHOLE})(?!\w)(?:\s(?:{_NUMERAL})(?!\w)){{0,3}}"
)
"""Ten or more: «mười lăm», «bảy mươi lăm», «một trăm linh năm»; less, or «ba bốn mươi», is seldom an exact number."""
ROUND_NUMERAL = rf"(?<!\w)(?:{_SCALE}|{_WHOLE})(?!\w)"
"""A word that each number of ten or more in letters has: cheap to look for."""

WEEKDAY = rf"(?<!\w)(?:{_longest_first(list(_WEEKDAYS))})(?!\w)"
# «Thứ Năm, ngày …», «Chủ nhật (25/11)»; «kỳ họp thứ năm, ngày …» and «lần thứ Ba, ngày …» number something else.
_BEFORE_DATE = re.compile(
    rf"(?P<weekday>{WEEKDAY})(?:\stuần\s(?:này|trước|sau|tới))?\s?,?\s?"
    r"\(?(?:(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|mùng|mồng)\s){0,3}$",
    re.IGNORECASE,
)
# «25/11 (Chủ nhật)», «25/11, thứ hai», «25/11 năm nay rơi vào thứ Hai», «25/11, một ngày thứ Hai»
_BEHIND_DATE = re.compile(
    rf"\s?\(\s?(?P<held>{WEEKDAY})\s?\)|,?\s(?:một ngày\s)?(?P<bare>{WEEKDAY})(?=[,.;)]|$)"
    rf"|(?:\snăm nay)?,?\s{any_of('falls-on')}\s(?:vào\s|ngày\s|một\s){{0,3}}(?P<told>{WEEKDAY})"
    rf"|\s(?:năm nay\s)?là\s(?:một\s)?(?:ngày\s)?(?P<is>{WEEKDAY})(?=[,.;)]|$)",
    re.IGNORECASE,
)
_WEEKDAY_LEAD = re.compile(rf"(?:^|[.,;:()\"-]\s?|{any_of('weekday-lead')}\s)$", re.IGNORECASE)
_ORDINAL_LEAD = re.compile(r"(?<!\w)lần\s$", re.IGNORECASE)
# The longest weekday with its marks and the words that may lead a date, and by itself.
MAX_LEAD_CHARS, MAX_WEEKDAY_CHARS = 40, 14


def month_of(word: str) -> int:
    """The number of a month that is written in figures, in letters or in Roman capitals.

    Raises:
        KeyError: the word is no month.
    """
    if word.isdigit():
        return int(word)
    return _MONTHS[word] if word in _MONTHS else _MONTHS[word.lower()]


def number_of(words: str) -> int:
    """What a number in letters is worth: «hai mươi mốt» 21, «một nghìn chín trăm bốn mươi lăm» 1945.

    Raises:
        KeyError: a word is no numeral.
    """
    total, pending = 0, 0
    for word in words.lower().split():
        kind, value = _NUMERALS[word]
        if kind == "unit":
            pending += value
        elif kind == "scale":
            # «mươi» by itself, without its unit, counts once
            total, pending = total + (pending or int(value == 10)) * value, 0
        else:
            total += value
    return total + pending


def in_letters(number: int) -> str:
    """A number from 1 to 999 in letters: 75 is «bảy mươi lăm», 105 «một trăm linh năm»."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = [_written("unit", hundreds), _written("scale", 100)] if hundreds else []
    if tens:
        words += [_written("whole", 10)] if tens == 1 else [_written("unit", tens), _written("scale", 10)]
    elif hundreds and units:
        words.append(_written("link", 0))
    if units:
        words.append(_written("unit", units, behind=tens))
    return " ".join(words)


def _written(kind: str, value: int, *, behind: int = 0) -> str:
    """The word of a number; behind tens the second one, if it has two («hai mươi mốt»), behind «mười» of five only."""
    words = [word for word, numeral in _NUMERALS.items() if numeral == (kind, value)]
    return words[:2][-1] if behind > 1 or (behind == 1 and value == 5) else words[0]


def weekday_name(weekday: int) -> str:
    """The Vietnamese word for a weekday, 1 for Monday to 7 for Sunday."""
    return next(word for word, number in _WEEKDAYS.items() if number == weekday)


def weekday_beside(text: str, start: int, end: int, first: int, last: int) -> int | None:
    """The weekday (1 is Monday) named beside a date in figures, `text[start:end]`.

    `first` and `last` are the ends of its sentence.
    """
    floor = max(first, start - MAX_LEAD_CHARS)
    before = _BEFORE_DATE.search(text, floor, start)
    if before is not None and _names_weekday(text, before.start("weekday"), first):
        return _WEEKDAYS[before["weekday"].lower()]
    behind = _BEHIND_DATE.match(text, end, min(last, end + MAX_LEAD_CHARS))
    if behind is None:
        return None
    return _WEEKDAYS[next(word for word in behind.groups() if word).lower()]


def _names_weekday(text: str, start: int, first: int) -> bool:
    """Whether «thứ …» is a weekday and no ordinal: by its capital, or by what leads to it."""
    if _ORDINAL_LEAD.search(text, max(first, start - 5), start):
        return False
    word = text[start : start + MAX_WEEKDAY_CHARS].split(" ")
    is_capital = word[0][:1].isupper() or (len(word) > 1 and word[1][:1].isupper())
    return is_capital or start == first or _WEEKDAY_LEAD.search(text, max(first, start - 8), start) is not None
