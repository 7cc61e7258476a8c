"""How answers are worded for people, in Vietnamese and in English: dates, ranks, levels, ties, support."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from app.alphabet import sort_key
from app.anniversaries import Anniversary, Rank
from app.catalogues import catalogue
from app.graph.events import ordered_for_reading
from app.graph.fusion import MISTAKEN
from app.graph.ontology import definition_of_concept, label_of_concept, lower_first
from app.graph.readmodel import CountryName, Event, Label
from app.languages import Language
from app.pairs import Ties
from extractors.dates import DateSpan, DateValue, PartialDate, of_day, parse_edtf

# CLDR's names and forms; for English those that are read in Việt Nam and in most of the world.
_LOCALES: Mapping[Language, str] = {"vi": "vi", "en": "en_GB"}
# How much of a date is shown; CLDR says in which order and with what between. Vietnamese papers write 23/9/1992, which
# in English is read in two ways: there a day is shown in CLDR's long form.
_SKELETONS: Mapping[Language, Mapping[str, str]] = {
    "vi": {"day": "yMd", "month": "yM", "year": "y", "yearly": "Md"},
    "en": {"month": "yMMMM", "year": "y", "yearly": "MMMMd"},
}
_LEAP_YEAR = 2000
_KILOBYTE = 1000


class Words:
    """The words of a language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.locale = Locale.parse(_LOCALES[language])
        texts = catalogue(language)
        self._gettext, self._ngettext = texts.gettext, texts.ngettext

    def label(self, names: Label) -> str:
        """A name in this language."""
        return names.vi if self.language == "vi" else names.en

    def country(self, country: CountryName) -> str:
        """What a state is called."""
        return self.label(country.name)

    def in_order(self, countries: Iterable[CountryName]) -> tuple[CountryName, ...]:
        """States as readers expect them: Việt Nam first."""
        by_code = {country.code: country for country in countries}
        return tuple(by_code[code] for code in ordered_for_reading(by_code))

    def sorted_states(self, countries: Iterable[CountryName]) -> list[tuple[str, str]]:
        """Names and codes of states as a list has them in this language."""
        named = ((self.country(country), country.code) for country in countries)
        return sorted(named, key=lambda one: (sort_key(one[0], self.language), one[1]))

    def issue(self, issue: str) -> tuple[str, str]:
        """Why a date is not believed: what is said of it in this language, if anything, and the rest, in English."""
        if not issue.startswith(MISTAKEN):
            return "", issue
        return self._gettext("A curator finds this mistaken."), issue.removeprefix(MISTAKEN).strip()

    def type(self, name: str) -> str:
        """What a type of events is called."""
        return label_of_concept("type", name, self.language) or name

    def basis(self, basis: str) -> str:
        """How a date was found, as a sentence."""
        return definition_of_concept("basis", basis, self.language) or basis

    def office(self, kind: str) -> str:
        """What a kind of offices is called."""
        return label_of_concept("office", kind, self.language) or kind

    def date(self, value: DateValue) -> str:
        """A date as it is known: `23/9/1992`, `September 1992`, `1992`; a span with a dash."""
        if isinstance(value, DateSpan):
            return f"{self._date(value.first)} – {self._date(value.last)}"
        return self._date(value)

    def day(self, day: dt.date) -> str:
        """A day."""
        return self.date(of_day(day))

    def weekday(self, day: dt.date) -> str:
        """A day with its day of the week."""
        return str(format_date(day, format="full", locale=self.locale))

    def short_weekday(self, day: dt.date) -> str:
        """The day of the week."""
        return str(format_skeleton("E", day, locale=self.locale))

    def day_of_year(self, month: int, day: int) -> str:
        """A day of every year."""
        return self.date(PartialDate(None, month, day))

    def month(self, day: dt.date) -> str:
        """The month of a day, with its year."""
        return str(format_skeleton("yMMMM", day, locale=self.locale))

    def period(self, period: str) -> str:
        """A day, month or year in which something comes round."""
        return self.date(parse_edtf(period))

    def days_until(self, days: int | None) -> str:
        """How far away a day is; nothing where that is not known."""
        if days is None:
            return ""
        if days == 0:
            return self._gettext("today")
        return self._ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}

    def rank(self, rank: Rank | None) -> str:
        """The kind of an anniversary, in the words of decree 145/2013/NĐ-CP; nothing where there is none."""
        words = {"round": self._gettext("round year"), "half-round": self._gettext("year ending in 5")}
        return words.get(rank or "", self._gettext("other year") if rank else "")

    def ordinal(self, found: Anniversary) -> str:
        """What an anniversary is called: «kỷ niệm 35 năm»; nothing where the year is not known."""
        count = found.next_years
        return self._ngettext("%(count)d year", "%(count)d years", count) % {"count": count} if count else ""

    def ties(self, ties: Ties) -> str:
        """How two states stand."""
        return {
            "established": self._gettext("diplomatic relations"),
            "severed": self._gettext("relations broken off"),
            "ended": self._gettext("relations ended"),
            "none": self._gettext("no diplomatic relations"),
            "unknown": self._gettext("not known"),
        }[ties]

    def level(self, event: Event) -> str:
        """The level of a partnership, or the partnership's own name where its level is `other`."""
        level = event.level or "other"
        if level == "other" and event.name and self.language == "vi":
            return lower_first(event.name)
        return label_of_concept("level", level, self.language) or level

    def event(self, event: Event) -> str:
        """An event with its date, and with the former state that did it: «…, 30/1/1950 (Liên Xô)»."""
        return f"{self.label(event.label)}, {self.date(event.date)}{self.predecessor(event)}"

    def predecessor(self, event: Event) -> str:
        """The former state that did it, as a suffix: « (Liên Xô)»."""
        return f" ({self.country(event.inherited_from)})" if event.inherited_from else ""

    def status(self, status: str) -> str:
        """Whether sources agree."""
        return label_of_concept("status", status, self.language) or status

    def standing(self, standing: str) -> str:
        """Whether what an event made still holds."""
        return label_of_concept("standing", standing, self.language) or standing

    def number(self, number: int) -> str:
        """A whole number, its thousands set apart: `1.323` in Vietnamese."""
        return str(format_decimal(number, locale=self.locale))

    def clock(self, moment: dt.datetime) -> str:
        """A day and the time of day, without seconds."""
        return f"{self.day(moment.date())}, {format_time(moment, format='short', locale=self.locale)}"

    def share(self, number: float) -> str:
        """A number from 0 to 1, in percent."""
        return str(format_percent(number, locale=self.locale))

    def size(self, number_bytes: int) -> str:
        """A number of bytes, in thousands where it is at least one: `500 kB`."""
        is_small = number_bytes < _KILOBYTE
        number, unit = (number_bytes, "digital-byte") if is_small else (number_bytes // _KILOBYTE, "digital-kilobyte")
        return str(format_unit(number, unit, length="short", locale=self.locale))

    def support(self, event: Event) -> str:
        """How well an event is supported: «đã xác nhận (4 nguồn, 3 độc lập)», «3 nguồn, 1 độc lập»."""
        pages = len(event.sources)
        sources = self._ngettext("%(count)d source", "%(count)d sources", pages) % {"count": pages}
        voices = self._gettext("%(count)d independent") if event.voices else self._gettext("none independent")
        told = f"{sources}, {voices % {'count': event.voices} if event.voices else voices}"
        return told if event.status == "single-source" else f"{self.status(event.status)} ({told})"

    def listed(self, words: Iterable[str]) -> str:
        """Words in a row: «a, b và c»."""
        return str(format_list(list(words), locale=self.locale))

    def _date(self, date: PartialDate) -> str:
        known = date if date.year else PartialDate(_LEAP_YEAR, date.month, date.day)
        skeleton = _SKELETONS[self.language].get("yearly" if date.is_yearly else date.precision)
        if skeleton is None:
            return str(format_date(known.earliest, format="long", locale=self.locale))
        return str(format_skeleton(skeleton, known.earliest, locale=self.locale))


@lru_cache(maxsize=2)
def words(language: Language) -> Words:
    """The words of a language."""
    return Words(language)
