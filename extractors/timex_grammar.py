"""The grammar of time expressions: how dates, spans and counts of years are written, as ordered rules.

A rule's name says what its match means (see `timexes.py`); its named groups are the parts: `d`, `m`, `y` for day, month
and year, with 1 and 2 for the ends of a span, `n` for a count of years.
"""

import re

from extractors.calendar_words import (
    COUNT_IN_LETTERS,
    DAY_IN_LETTERS,
    MONTH_IN_LETTERS,
    MONTH_IN_ROMAN,
    ROUND_NUMERAL,
    WEEKDAY,
    YEAR_IN_LETTERS,
)
from extractors.wordlists import any_of

_SEP = r"\s?[/.\-]\s?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_ANY = r"\d{1,2}"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_LEADS = "ngày|hôm|sáng|chiều|tối|trưa|đêm|mùng|mồng"
_DAY_LEAD = rf"(?:(?:{_LEADS}|rạng sáng)\s){{0,3}}"
_MONTH_LEAD = r"(?:(?:đầu|giữa|cuối|hồi|trong)\s)*tháng\s"
_DASH = (
    r"(?:\s/\s|\s?(?:-|đến hết ngày|đến hết|đến ngày|tới ngày|cho đến|đến|tới|rạng(?:\ssáng)?(?:\sngày)?)\s?)"
    r"(?:ngày\s)?"
)
_END = r"(?![\d/])(?!\s?%)(?![.,]\d)"
_APPROXIMATE = any_of("approximate")
_EXACT = any_of("exact")

# What lacks its year must not be cut off from a year that we do not read («năm 1250», «năm 3000»).
_NO_YEAR_LEFT = r"(?!\s?,?\snăm\s\d)"

# Lunar years: «năm Kỷ Dậu», «năm Giáp Thìn 2024», «năm Kỷ Dậu (1789)».
_LUNAR_YEAR = rf"năm\s{any_of('heavenly-stem')}\s{any_of('earthly-branch')}(?:\s\(?{_YEAR}\)?)?"
_LUNAR_MARK = any_of("lunar-mark")
_LUNAR_MONTH = any_of("lunar-month")
_FULL_MOON = any_of("lunar-full-moon")
_TWELFTH = any_of("lunar-twelfth")
_LUNAR_DAY = any_of("lunar-day")
_DAYS = rf"(?:{_ANY}(?:\s?(?:,|-|và|đến)\s?{_ANY})?|(?:{DAY_IN_LETTERS}))"
_IN_MONTH = rf"(?:{_SEP}{_ANY}|\stháng\s(?:{_ANY}|{MONTH_IN_LETTERS}))"
_ANY_DATE = (
    rf"(?:(?:{_DAY_LEAD}(?<![\d/.-]){_DAYS}{_IN_MONTH}|(?:{_FULL_MOON}\s)?tháng\s(?:{_ANY}|{MONTH_IN_LETTERS}))"
    rf"(?!\w)(?:(?:{_SEP}|\s?,?\snăm\s|\s)?{_YEAR}|\s{_LUNAR_YEAR})?|năm\s{_YEAR})"
)
LUNAR_GATE = re.compile(
    rf"{_LUNAR_MARK}|{_FULL_MOON}|{_TWELFTH}|{_LUNAR_MONTH}|{any_of('lunar-feast')}|{_LUNAR_YEAR}", re.IGNORECASE
)
_LUNAR: tuple[tuple[str, str], ...] = (
    # ngày 10 tháng 3 âm lịch · 10/3 (âm lịch) · tháng Ba âm lịch
    (
        "lunar",
        rf"{_ANY_DATE}(?:\s|,\s?|\s?\(\s?)(?:(?:theo|năm)\s)?{_LUNAR_MARK}\)?(?:\s(?:năm\s{_YEAR}|{_LUNAR_YEAR}))?",
    ),
    # (âm lịch: 10/3) · âm lịch là ngày 5 tháng 5 · theo âm lịch, ngày 10/3
    (
        "lunar",
        rf"(?:{_LUNAR_MARK}(?:\)\s|\s?:\s?|\slà\s|\sngày\s)|(?<=theo\s){_LUNAR_MARK},?\s(?:(?:là|vào)\s)?){_ANY_DATE}",
    ),
    # ngày 5 tháng Giêng năm Kỷ Dậu · tháng 5 năm Giáp Thìn · năm Ất Tỵ
    (
        "lunar",
        rf"(?:(?:{_DAY_LEAD}(?<![\d/.-]){_DAYS}{_IN_MONTH}|tháng\s(?:{_ANY}|{MONTH_IN_LETTERS}))\s)?{_LUNAR_YEAR}",
    ),
    # mùng 2 Tết · đêm 30 Tết
    ("lunar", rf"{_DAY_LEAD}(?<![\d/.-]){_DAYS}\s{any_of('lunar-feast')}"),
    # rằm tháng Bảy · ngày rằm (15) tháng 5
    (
        "lunar",
        rf"(?:ngày\s)?{_FULL_MOON}(?:\s\(15\))?,?(?:\stháng\s(?:{_ANY}|{MONTH_IN_LETTERS})(?!\w)(?:\snăm\s{_YEAR})?)?",
    ),
    # 23 tháng Chạp
    ("lunar", rf"(?:{_DAY_LEAD}(?<![\d/.-]){_DAYS}\s)?tháng\s{_TWELFTH}(?:,?\s(?:năm\s)?{_YEAR})?"),
    # mùng 5 tháng Giêng, with a year or without; 14 tháng Giêng without one (18 tháng Giêng năm 1950 is January)
    ("lunar", rf"{_LUNAR_DAY}\s{_DAYS}\stháng\s{_LUNAR_MONTH}(?:,?\s(?:năm\s)?{_YEAR})?"),
    (
        "perhaps-lunar",
        rf"{_DAY_LEAD}(?<![\d/.-]){_DAYS}\stháng\s{_LUNAR_MONTH}(?!,?\s(?:năm\s)?{_YEAR})(?!{_SEP}{_YEAR})",
    ),
)

LETTERS_GATE = re.compile(rf"(?:{_LEADS})\s(?:{DAY_IN_LETTERS})\stháng\s|năm\s{YEAR_IN_LETTERS}", re.IGNORECASE)
_IN_LETTERS: tuple[tuple[str, str], ...] = (
    # ngày hai mươi mốt tháng Tám năm 1945 · mùng một tháng Chín
    (
        "day",
        rf"(?:(?:{_LEADS})\s){{1,3}}(?P<d>{DAY_IN_LETTERS})\stháng\s(?P<m>{_ANY}|{MONTH_IN_LETTERS})(?!\w)"
        rf"(?:(?:\s?,?\snăm\s|{_SEP}|,?\s)(?P<y>{_YEAR}|{YEAR_IN_LETTERS}))?{_END}{_NO_YEAR_LEFT}",
    ),
    # ngày 21 tháng 8 năm một nghìn chín trăm bốn mươi lăm
    (
        "day",
        rf"{_DAY_LEAD}(?<![\d/])(?P<d>{_ANY})\stháng\s(?P<m>{_ANY}|{MONTH_IN_LETTERS})\s?,?\snăm\s(?P<y>{YEAR_IN_LETTERS})",
    ),
    ("year", rf"(?<!\w)năm\s(?P<y>{YEAR_IN_LETTERS})(?!\s(?:tỷ|triệu|người|đồng))"),
)

COUNT_GATE = re.compile(rf"{ROUND_NUMERAL}(?:\s\w+){{0,3}}?\snăm(?!\w)", re.IGNORECASE)
_COUNTS_IN_LETTERS: tuple[tuple[str, str], ...] = (
    # bảy mươi năm · cách đây tròn bảy mươi lăm năm; «sáu, bảy mươi năm» is no number
    (
        "count",
        rf"(?P<ago>cách đây\s)(?:{_EXACT}\s|(?P<about>(?:{_APPROXIMATE}\s)+))?(?P<n>{COUNT_IN_LETTERS})\snăm(?!\w)",
    ),
    (
        "count",
        rf"(?P<about>(?:{_APPROXIMATE}\s)+)?(?<!,\s)(?<!tháng\s)(?P<n>{COUNT_IN_LETTERS})\snăm(?!\s\d)"
        r"(?:\s(?P<ago>trước|về trước))?(?!\w)",
    ),
)

ROMAN_GATE = re.compile(rf"\d\s?[/.-]\s?{MONTH_IN_ROMAN}\s?[/.-]\s?\d|tháng\s{MONTH_IN_ROMAN}(?!\w)")
_IN_ROMAN: tuple[tuple[str, str], ...] = (
    # 7/V/1954 · 19-V-1890 · tháng V năm 1954
    ("day", rf"{_DAY_LEAD}(?<![\d/.,])(?P<d>{_ANY}){_SEP}(?P<m>{MONTH_IN_ROMAN}){_SEP}(?P<y>\d{{4}}){_END}"),
    (
        "day",
        rf"{_DAY_LEAD}(?<![\d/])(?P<d>{_ANY})\stháng\s(?P<m>{MONTH_IN_ROMAN})(?:\snăm\s|{_SEP})(?P<y>{_YEAR}){_END}",
    ),
    ("month", rf"{_MONTH_LEAD}(?P<m>{MONTH_IN_ROMAN})(?:\snăm\s|{_SEP})(?P<y>{_YEAR}){_END}"),
)

# In order: at one place the first that matches wins, so longer forms stand before the shorter that they contain.
_FIGURES: tuple[tuple[str, str], ...] = (
    # 2001-03-02
    ("day", r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])"),
    # 22 đến 25/11/2021 · 8-10/9/2018 · 18-20/8 · 22/9 - 27/9/2024 · đêm 30 rạng sáng 31/12
    (
        "day-span",
        rf"(?:từ\s)?{_DAY_LEAD}(?<![\d/.-])(?P<d1>{_ANY})(?!\d)(?:{_SEP}(?P<m1>{_ANY}))?(?:{_SEP}(?P<y1>{_YEAR}))?(?:{_DASH}|\sđến\s)"
        rf"(?:{WEEKDAY},?\s)?{_DAY_LEAD}(?P<d2>{_ANY})(?:{_SEP}|\stháng\s)(?P<m2>{_ANY})(?:(?:{_SEP}|\snăm\s)(?P<y2>{_YEAR}))?{_END}",
    ),
    # hai ngày 5 và 6/8/1995 · ngày 3 và 4/9/2016 · ba ngày 3, 4 và 5/9
    (
        "day-list",
        rf"(?:(?:hai|ba|2|3|các|trong)\s)*ngày\s(?P<d1>{_ANY})(?:/(?P<m1>{_ANY}))?(?P<others>(?:,\s{_ANY})*?)"
        rf"(?:\svà\s|,\s)(?P<d2>{_ANY})"
        rf"(?:{_SEP}|\stháng\s)(?P<m2>{_ANY})(?:(?:{_SEP}|\snăm\s)(?P<y2>{_YEAR}))?{_END}",
    ),
    # ngày 22 đến ngày 25 tháng 11 năm 2021
    (
        "day-span",
        rf"(?:từ\s)?ngày\s(?P<d1>{_ANY})(?:\stháng\s(?P<m1>{_ANY}))?(?:\snăm\s(?P<y1>{_YEAR}))?{_DASH}"
        rf"(?P<d2>{_ANY})\stháng\s(?P<m2>{_ANY})(?:\snăm\s(?P<y2>{_YEAR}))?{_END}",
    ),
    # từ tháng 6 năm 1993 đến tháng 10 năm 2003 · 6/1993 - 10/2003
    (
        "month-span",
        rf"(?:từ\s)?(?:tháng\s)?(?P<m1>{_MONTH})(?:\snăm\s|{_SEP})(?P<y1>{_YEAR}){_DASH}"
        rf"(?:tháng\s)?(?P<m2>{_MONTH})(?:\snăm\s|{_SEP})(?P<y2>{_YEAR}){_END}",
    ),
    # 1973-2018 · từ năm 2013 đến năm 2018
    (
        "year-span",
        rf"(?:từ\s)?(?:năm\s)?(?<![\d/.-])(?P<y1>{_YEAR}){_DASH}(?:năm\s)?(?P<y2>{_YEAR}){_END}(?!-\d)",
    ),
    # 24/6/1967 · 24-6-1967 · 24.6.1967
    ("day", rf"{_DAY_LEAD}(?<![\d/.,])(?P<d>{_ANY}){_SEP}(?P<m>{_ANY}){_SEP}(?P<y>\d{{4}}){_END}"),
    # ngày 24 tháng 6 năm 1967 · ngày mùng 2 tháng Chín năm 1945
    (
        "day",
        rf"{_DAY_LEAD}(?<![\d/])(?P<d>{_ANY})\stháng\s(?P<m>{_ANY}|{MONTH_IN_LETTERS})(?!\w)"
        rf"(?:(?:\s?,?\snăm\s|{_SEP}|,?\s)(?P<y>{_YEAR}))?{_END}{_NO_YEAR_LEFT}",
    ),
    # tháng 12/2023 · tháng 12 năm 2023 · đầu tháng 11 năm 2022 · tháng 9-1992 · tháng Chín năm 1945
    (
        "month",
        rf"{_MONTH_LEAD}(?P<m>{_ANY}|{MONTH_IN_LETTERS})(?!\w)(?:\s?,?\snăm\s|{_SEP}|,\s|\s)(?P<y>{_YEAR}){_END}",
    ),
    # a month in figures alone, as in brackets: 9/2023
    ("month", rf"(?<![\d/.,-])(?P<m>{_MONTH})\s?[/-]\s?(?P<y>{_YEAR}){_END}"),
    # ngày 26/01 · 26-5 (a day, when a word or the sentence's form says so)
    ("day", rf"(?:(?:{_LEADS}|{WEEKDAY},?)\s\(?){{1,3}}(?P<d>{_ANY})(?:\s?[/\-.]\s?)(?P<m>{_ANY}){_END}"),
    ("day", rf"(?<![\d/.,-])(?P<d>{_DAY})/(?P<m>{_MONTH}){_END}"),
    # Quốc khánh Việt Nam 2-9: only there is such a pair of numbers surely a day
    ("national-day", rf"quốc khánh(?:\s[^\W\d]+){{0,5}}\s\(?(?P<d>{_DAY})-(?P<m>{_MONTH}){_END}"),
    # tháng 7
    ("month", rf"{_MONTH_LEAD}(?P<m>{_MONTH})(?![\d/%-])(?!\w){_NO_YEAR_LEFT}"),
    # năm 1967
    ("year", rf"(?:(?:đầu|giữa|cuối|trong|hồi|từ|vào)\s)*năm\s(?P<y>{_YEAR}){_END}(?!\s?(?:tỷ|triệu|người|USD|đồng))"),
    # cách đây 45 năm · cách đây hơn 45 năm · 45 năm trước
    (
        "count",
        rf"(?P<ago>cách đây\s)(?:{_EXACT}\s|(?P<about>(?:{_APPROXIMATE}\s)+))?(?P<n>\d{{1,3}})\snăm(?!\w)",
    ),
    (
        "count",
        rf"(?P<about>(?:{_APPROXIMATE}\s)+)?(?<![\d/.,-])(?P<n>\d{{1,3}})\snăm(?:\s(?P<ago>trước|về trước))?(?!\w)",
    ),
    # năm nay · năm ngoái · năm sau
    ("relative-year", r"(?P<rel>năm nay|năm ngoái|năm tới)(?!\w)"),
    # not «tám năm sau», a count: at the head of a clause or behind its preposition only
    ("relative-year", r"(?:(?<!\w\s)|(?<=vào\s)|(?<=trong\s)|(?<=từ\s))(?P<rel>năm (?:trước|sau))(?!\w)"),
    ("count", r"lần thứ\s(?P<n>\d{1,3})(?!\w)"),
    # (1973) · 1973 alone where a number is hardly anything else
    ("year", rf"(?<=\()(?P<y>{_YEAR})(?=[),;])"),
    ("year", rf"(?<=\(\s)(?P<y>{_YEAR})(?=\s\))"),
    # 2015: hai nước xác lập … · - 2012 – Kỷ niệm …, as the head of a line
    ("headed-year", rf"(?:\A|(?<=\n))[ ]?(?:[*•+-]\s)?\**(?P<y>{_YEAR})\**(?=\s?:\s|\s-\s(?!\d))"),
    # … năm 1958 và 1964 · các năm 2004, 2006 và 2010
    ("year", rf"(?<=\d{{4}}\svà\s)(?P<y>{_YEAR})(?![\d/.-])"),
    ("year", rf"(?<=các\snăm\s)(?P<y>{_YEAR})(?![\d/-])"),
    ("year", rf"(?<=\d{{4}},\s)(?P<y>{_YEAR})(?=,|\svà\s|[.;)])"),
    ("year", rf"(?<=từ\s)(?P<y>{_YEAR})(?![\d/.-])"),
    ("year", rf"(?<=ngoại giao\s)(?P<y>{_YEAR})(?![\d/.-])"),
)

Rule = tuple[str, re.Pattern[str]]


def _compiled(rules: tuple[tuple[str, str], ...]) -> tuple[Rule, ...]:
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in rules)


LUNAR_RULES = _compiled(_LUNAR)
LETTER_RULES = _compiled(_IN_LETTERS)
COUNT_RULES = _compiled(_COUNTS_IN_LETTERS)
ROMAN_RULES = _compiled(_IN_ROMAN)
RULES = _compiled(_FIGURES)
# A text without one of these holds no time expression that a date could be read from.
MAY_HOLD_TIMEX = re.compile(
    rf"\d|năm (?:nay|ngoái|trước|tới|sau|một|hai)|tháng|âm lịch|{ROUND_NUMERAL}\s", re.IGNORECASE
)


def rules_for(text: str, start: int, end: int) -> tuple[Rule, ...]:
    """The rules that can match in `text[start:end]`: the rare kinds only where a cheap look finds their words."""
    found: tuple[Rule, ...] = ()
    for gate, rules in (
        (LUNAR_GATE, LUNAR_RULES),
        (LETTERS_GATE, LETTER_RULES),
        (COUNT_GATE, COUNT_RULES),
        (ROMAN_GATE, ROMAN_RULES),
    ):
        if gate.search(text, start, end):
            found += rules
    return found + RULES
