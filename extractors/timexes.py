"""Time expressions of a sentence and their values: our own grammar, which never fills in what is not written.

A timex is a date (to the day, month or year), a span of two, a date that lacks its year, a year named from the
publication date («năm nay»), or a count of years («45 năm»). Impossible dates (31/02/1990) become faults.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from extractors.dates import DateError, DateSpan, DateValue, PartialDate
from extractors.tables import DATA_DIR, GRAMMAR_SOURCES, read_cited_table

TimexKind = Literal["date", "span", "yearless", "relative-year", "count"]

# Years outside this stretch in news are numbers of something else; the oldest relations in news are of the 1600s.
MIN_YEAR, MAX_YEAR = 1500, 2099


def _read_month_words() -> dict[str, int]:
    columns = ("word", "month")
    path = DATA_DIR / "lexicon" / "months.csv"
    rows = read_cited_table(path, columns, sources=GRAMMAR_SOURCES, required=columns, key=("word",))
    return {row["word"]: int(row["month"]) for row in rows}


_MONTH_WORDS = _read_month_words()
_SEP = r"\s?[/.\-]\s?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_ANY = r"\d{1,2}"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_MONTH_WORD = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_DAY_LEAD = r"(?:(?:ngày|hôm|sáng|chiều|tối|trưa|đêm|mùng|mồng|rạng sáng)\s){0,3}"
_MONTH_LEAD = r"(?:(?:đầu|giữa|cuối|hồi|trong)\s)*tháng\s"
_DASH = r"(?:\s/\s|\s?(?:-|đến hết ngày|đến hết|đến ngày|tới ngày|cho đến|đến|tới)\s?)(?:ngày\s)?"
_END = r"(?![\d/])(?!\s?%)(?![.,]\d)"

# What lacks its year must not be cut off from a year that we do not read («năm 1250», «năm 3000»).
_NO_YEAR_LEFT = r"(?!\s?,?\snăm\s\d)"

# In order: at one place the first that matches wins, so longer forms stand before the shorter that they contain.
_GRAMMAR: tuple[tuple[str, str], ...] = (
    # 2001-03-02
    ("day", r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])"),
    # 22 đến 25/11/2021 · 8-10/9/2018 · 18-20/8 · 22/9 - 27/9/2024
    (
        "day-span",
        rf"(?:từ\s)?{_DAY_LEAD}(?<![\d/.-])(?P<d1>{_ANY})(?!\d)(?:{_SEP}(?P<m1>{_ANY}))?(?:{_SEP}(?P<y1>{_YEAR}))?(?:{_DASH}|\sđến\s)"
        rf"{_DAY_LEAD}(?P<d2>{_ANY})(?:{_SEP}|\stháng\s)(?P<m2>{_ANY})(?:(?:{_SEP}|\snăm\s)(?P<y2>{_YEAR}))?{_END}",
    ),
    # hai ngày 5 và 6/8/1995
    (
        "day-span",
        rf"hai\sngày\s(?P<d1>{_ANY})(?:/(?P<m1>{_ANY}))?\svà\s(?P<d2>{_ANY})(?:{_SEP}|\stháng\s)(?P<m2>{_ANY})"
        rf"(?:(?:{_SEP}|\snăm\s)(?P<y2>{_YEAR}))?{_END}",
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
        rf"{_DAY_LEAD}(?<![\d/])(?P<d>{_ANY})\stháng\s(?P<m>{_ANY}|{_MONTH_WORD})(?!\w)"
        rf"(?:(?:\s?,?\snăm\s|{_SEP}|,?\s)(?P<y>{_YEAR}))?{_END}{_NO_YEAR_LEFT}",
    ),
    # tháng 12/2023 · tháng 12 năm 2023 · đầu tháng 11 năm 2022 · tháng 9-1992 · tháng Chín năm 1945
    (
        "month",
        rf"{_MONTH_LEAD}(?P<m>{_ANY}|{_MONTH_WORD})(?!\w)(?:\s?,?\snăm\s|{_SEP}|,\s|\s)(?P<y>{_YEAR}){_END}",
    ),
    # a month in figures alone, as in brackets: 9/2023
    ("month", rf"(?<![\d/.,-])(?P<m>{_MONTH})\s?[/-]\s?(?P<y>{_YEAR}){_END}"),
    # ngày 26/01 · 26-5 (a day, when a word or the sentence's form says so)
    (
        "day",
        rf"(?:(?:ngày|hôm|sáng|chiều|tối|trưa|đêm|mùng|mồng)\s){{1,3}}(?P<d>{_ANY})(?:\s?[/\-.]\s?)(?P<m>{_ANY}){_END}",
    ),
    ("day", rf"(?<![\d/.,-])(?P<d>{_DAY})/(?P<m>{_MONTH}){_END}"),
    # Quốc khánh Việt Nam 2-9: only there is such a pair of numbers surely a day
    ("national-day", rf"quốc khánh(?:\s[^\W\d]+){{0,5}}\s\(?(?P<d>{_DAY})-(?P<m>{_MONTH}){_END}"),
    # tháng 7
    ("month", rf"{_MONTH_LEAD}(?P<m>{_MONTH})(?![\d/%-])(?!\w){_NO_YEAR_LEFT}"),
    # năm 1967
    ("year", rf"(?:(?:đầu|giữa|cuối|trong|hồi|từ|vào)\s)*năm\s(?P<y>{_YEAR}){_END}(?!\s?(?:tỷ|triệu|người|USD|đồng))"),
    # cách đây 45 năm · 45 năm trước
    ("count", r"(?P<ago>cách đây\s)(?:hơn\s|gần\s|khoảng\s|đúng\s|tròn\s)?(?P<n>\d{1,3})\snăm(?!\w)"),
    ("count", r"(?<![\d/.,-])(?P<n>\d{1,3})\snăm(?:\s(?P<ago>trước|về trước))?(?!\w)"),
    # năm nay · năm ngoái · năm sau
    ("relative-year", r"(?P<rel>năm nay|năm ngoái|năm tới)(?!\w)"),
    # not «tám năm sau», a count: at the head of a clause or behind its preposition only
    ("relative-year", r"(?:(?<!\w\s)|(?<=vào\s)|(?<=trong\s)|(?<=từ\s))(?P<rel>năm (?:trước|sau))(?!\w)"),
    ("count", r"lần thứ\s(?P<n>\d{1,3})(?!\w)"),
    # (1973) · 1973 alone where a number is hardly anything else
    ("year", rf"(?<=\()(?P<y>{_YEAR})(?=[),;])"),
    ("year", rf"(?<=\(\s)(?P<y>{_YEAR})(?=\s\))"),
    # … năm 1958 và 1964 · các năm 2004, 2006 và 2010
    ("year", rf"(?<=\d{{4}}\svà\s)(?P<y>{_YEAR})(?![\d/.-])"),
    ("year", rf"(?<=các\snăm\s)(?P<y>{_YEAR})(?![\d/-])"),
    ("year", rf"(?<=\d{{4}},\s)(?P<y>{_YEAR})(?=,|\svà\s|[.;)])"),
    ("year", rf"(?<=từ\s)(?P<y>{_YEAR})(?![\d/.-])"),
    ("year", rf"(?<=ngoại giao\s)(?P<y>{_YEAR})(?![\d/.-])"),
)
_RULES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _GRAMMAR)
_RELATIVE_YEARS = {"năm nay": 0, "năm ngoái": -1, "năm trước": -1, "năm tới": 1, "năm sau": 1}
_HAS_DIGIT_OR_YEAR = re.compile(r"\d|năm (?:nay|ngoái|trước|tới|sau)|tháng", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression at `text[start:end]`.

    `value` is what is written, for kinds `date` and `span`; `month` and `day` hold what a `yearless` one has;
    `years` is the count, or the distance from the publication year of a `relative-year`.
    """

    start: int
    end: int
    kind: TimexKind
    value: DateValue | None = None
    month: int | None = None
    day: int | None = None
    last_month: int | None = None
    last_day: int | None = None
    years: int = 0
    is_ago: bool = False

    @property
    def year(self) -> int | None:
        """The year that is written, of a span the last one."""
        if isinstance(self.value, DateSpan):
            return self.value.last.year
        return self.value.year if self.value else None

    def in_year(self, year: int) -> DateValue | None:
        """A `yearless` date put into `year`, or nothing where that year lacks the day."""
        try:
            first = PartialDate(year, self.month, self.day)
            if self.last_day is None:
                return first
            return DateSpan(first, PartialDate(year, self.last_month, self.last_day))
        except DateError:
            return None


@dataclass(frozen=True, slots=True)
class TimexFault:
    """What is written like a date and is none: where, and why."""

    start: int
    end: int
    reason: str


def recognise_timexes(text: str, start: int, end: int) -> tuple[tuple[Timex, ...], tuple[TimexFault, ...]]:
    """Time expressions in `text[start:end]`, in order and without overlaps, and those that are no date."""
    if not _HAS_DIGIT_OR_YEAR.search(text, start, end):
        return (), ()
    taken: list[tuple[int, int]] = []
    found: list[Timex] = []
    faults: list[TimexFault] = []
    for name, rule in _RULES:
        for match in rule.finditer(text, start, end):
            if any(match.start() < last and first < match.end() for first, last in taken):
                continue
            try:
                timex = _normalise(name, match)
            except DateError as error:
                faults.append(TimexFault(match.start(), match.end(), str(error)))
                taken.append(match.span())
                continue
            if timex is not None:
                taken.append(match.span())
                found.append(timex)
    return tuple(sorted(found, key=lambda timex: timex.start)), tuple(faults)


def _normalise(name: str, match: re.Match[str]) -> Timex | None:
    """The timex of a match; nothing where the numbers say that it is no date after all."""
    groups = match.groupdict()
    start, end = match.span()
    if name == "count":
        return Timex(start, end, "count", years=int(groups["n"]), is_ago=bool(groups.get("ago")))
    if name == "relative-year":
        return Timex(start, end, "relative-year", years=_RELATIVE_YEARS[groups["rel"].lower()])
    if name.endswith("-span"):
        return _normalise_span(match)
    month, day, year = _number(groups.get("m")), _number(groups.get("d")), _number(groups.get("y"))
    if name == "national-day":
        start = match.start("d")
    if year is None:
        # 2000 is a leap year: only an impossible day of month is a fault
        PartialDate(2000, month, day)
        return Timex(start, end, "yearless", month=month, day=day)
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise DateError(f"year {year} is outside {MIN_YEAR} to {MAX_YEAR}")
    return Timex(start, end, "date", PartialDate(year, month, day))


def _normalise_span(match: re.Match[str]) -> Timex | None:
    part = {name: _number(value) for name, value in match.groupdict().items()}
    last_year = part["y2"]
    last_month, last_day = part.get("m2"), part.get("d2")
    month, day = part.get("m1") or last_month, part.get("d1")
    if last_year is None:
        if part.get("y1") is not None:
            return None  # 3/7/1944 - 20/8: two dates, not one span
        PartialDate(2000, month, day)
        PartialDate(2000, last_month, last_day)
        return Timex(*match.span(), "yearless", month=month, day=day, last_month=last_month, last_day=last_day)
    first = PartialDate(part.get("y1") or last_year, month, day)
    return Timex(*match.span(), "span", DateSpan(first, PartialDate(last_year, last_month, last_day)))


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else _MONTH_WORDS[text.lower()]


def publication_year(timex: Timex, published_on: dt.date | None) -> int | None:
    """The year a `relative-year` means, where the publication date is known."""
    return published_on.year + timex.years if published_on and timex.kind == "relative-year" else None
