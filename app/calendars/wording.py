"""How calendars and feeds are worded, in Vietnamese and English: one template a sentence and language."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from app.anniversaries import Anniversary
from app.calendars.texts import plain
from app.graph.ontology import label_of_concept
from app.graph.readmodel import CountryName, Event, Label
from app.languages import Language
from app.wording import words
from extractors.dates import DateValue, PartialDate, parse_edtf

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "vi": {
        "calendar": "Ngày kỷ niệm",
        "feed": "Ngày kỷ niệm sắp tới",
        "timeline": "Dòng thời gian",
        "numbered": "{years} năm: {event}",
        "numbered-one": "{years} năm: {event}",
        "yearly": "Kỷ niệm: {event}",
        "within": "{title}, trong {period}",
        "round": "năm tròn",
        "half-round": "năm lẻ 5",
        "other": "năm khác",
        "support": "{sources} nguồn, {voices} độc lập",
        "disputed": "Có nguồn nói khác: {date}.",
        "leap": "Ngày 29/2 được kỷ niệm vào 28/2 trong năm thường.",
        "notes": "Ghi chú (tiếng Anh): {notes}",
        "sources": "Nguồn",
        "no-sources": "Không có nguồn nào được ghi.",
        "numbers": "Số năm được ghi từ năm {first} đến năm {last}; sau đó lịch vẫn lặp lại nhưng không ghi số.",
        "listed": "Lịch ghi các năm từ {first} đến {last}.",
        "dayless": "{count} sự kiện chỉ biết đến tháng hoặc năm nên không có ngày trong lịch: {events}.",
        "about-feed": "Mỗi mục xuất hiện 30 ngày trước ngày kỷ niệm, kèm nguồn. Sự kiện chỉ biết đến tháng được báo "
        "trước tháng ấy; sự kiện chỉ biết đến năm không có ngày nào để báo.",
        "undated": "{count} sự kiện không biết năm nên không có chỗ trên dòng thời gian: {events}.",
    },
    "en": {
        "calendar": "Anniversaries",
        "feed": "Coming anniversaries",
        "timeline": "Timeline",
        "numbered": "{years} years: {event}",
        "numbered-one": "{years} year: {event}",
        "yearly": "Anniversary: {event}",
        "within": "{title}, in {period}",
        "round": "round year (năm tròn)",
        "half-round": "year ending in 5 (năm lẻ 5)",
        "other": "other year (năm khác)",
        "support": "sources: {sources}, independent: {voices}",
        "disputed": "Other sources say: {date}.",
        "leap": "29 February is kept on 28 February in common years.",
        "notes": "Notes: {notes}",
        "sources": "Sources",
        "no-sources": "No source is recorded.",
        "numbers": "The number of years is given from {first} to {last}; after that the days go on without a number.",
        "listed": "The calendar lists the years from {first} to {last}.",
        "dayless": "Events known only to the month or the year, which have no day here ({count}): {events}.",
        "about-feed": "An entry appears 30 days before the anniversary, with its sources. What is known to the month "
        "is told before that month; what is known to the year only has no day to be told before.",
        "undated": "Events of an unknown year, which have no place on the timeline ({count}): {events}.",
    },
}


class FeedWords:
    """The words of a language; whatever comes from texts of others is made fit to be shown."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = _TEXTS[language]
        self._words = words(language)

    def say(self, sentence: str, **values: object) -> str:
        """A sentence of this module with its values."""
        return self._texts[sentence].format_map(values)

    def label(self, names: Label) -> str:
        """A name in this language."""
        return plain(self._words.label(names))

    def country(self, country: CountryName) -> str:
        """What a state is called."""
        return self.label(country.name)

    def concept(self, kind: str, name: str) -> str:
        """What the ontology calls a type, a level or a status."""
        return label_of_concept(kind, name, self.language) or name

    def date(self, value: DateValue) -> str:
        """A date as it is known, as pages write it."""
        return self._words.date(value)

    def event(self, event: Event) -> str:
        """An event with its date, and the former state that did it: «… (23/9/1992)»; no date where it has no year."""
        by = f", {self.country(event.inherited_from)}" if event.inherited_from else ""
        date = "" if isinstance(event.date, PartialDate) and event.date.is_yearly else self.date(event.date)
        told = f"{date}{by}".removeprefix(", ")
        return f"{self.label(event.label)} ({told})" if told else self.label(event.label)

    def yearly(self, event: Event) -> str:
        """What is true of an event in every year: it is commemorated."""
        is_day_of_its_own = event.type == "national-day"
        return self.event(event) if is_day_of_its_own else self.say("yearly", event=self.event(event))

    def anniversary(self, found: Anniversary) -> str:
        """An anniversary with its number, where there is one: «35 năm: …»; with its month where it has no day."""
        years = found.next_years
        sentence = "numbered-one" if years == 1 else "numbered"
        title = self.say(sentence, years=years, event=self.event(found.event)) if years else self.yearly(found.event)
        return title if found.next else self.say("within", title=title, period=self.date(parse_edtf(found.period)))

    def support(self, event: Event) -> str:
        """How well an event is supported."""
        told = self.say("support", sources=len(event.sources), voices=event.voices)
        if event.status != "single-source":
            told = f"{self.concept('status', event.status)} ({told})"
        return f"{told[:1].upper()}{told[1:]}."

    def listed(self, events: Iterable[Event]) -> str:
        """Some events in a row."""
        return "; ".join(self.event(one) for one in events)


@lru_cache(maxsize=2)
def feed_words(language: Language) -> FeedWords:
    """The words of a language."""
    return FeedWords(language)
