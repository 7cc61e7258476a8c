"""iCalendar (RFC 5545, RFC 7986): anniversaries as all-day events, each with its rule, its number and its sources.

The event itself says what is true in every year; each of the next years stands beside it with its own number, as an
exception of the rule. The identifiers are those of the graph. All is a function of the events, the day and the words.
"""

import datetime as dt
from collections.abc import Hashable, Iterator
from functools import lru_cache

from icalendar import Alarm, Calendar, Component, vText
from icalendar import Event as CalendarEvent

from app.anniversaries import Rank
from app.calendars.evidence import evidence_lines
from app.calendars.recurrences import Recurrence, Recurrences
from app.calendars.wording import FeedWords
from app.graph.readmodel import Event
from app.house import PUBLISHER, VERSION, start_of_day
from app.presentation import Presenter

MEDIA_TYPE = "text/calendar"
ALARM_DAYS = (30, 7)
"""How many days before an anniversary its alarms come."""
_REFRESH = dt.timedelta(days=1)
_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
# Sources are given in full for these years; those further on lead to them.
_SOURCED_YEARS = 2


class CalendarWriter:
    """Writes calendars in the words of a language; addresses lead where `presenter` says."""

    def __init__(self, words: FeedWords, presenter: Presenter, *, has_alarms: bool) -> None:
        self._words = words
        self._presenter = presenter
        self._has_alarms = has_alarms

    def calendar(self, name: str, found: Recurrences, on: dt.date) -> bytes:
        """The calendar of a name, as it is on a day: bytes in UTF-8, lines of 75 octets at most."""
        about = self._about(found)
        calendar = Calendar()
        calendar.add("prodid", f"-//{PUBLISHER}//{PUBLISHER} {VERSION}//{self._words.language.upper()}")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("name", name)
        calendar.add("description", about)
        # what most programs read in place of these two
        calendar.add("x-wr-calname", vText(name))
        calendar.add("x-wr-caldesc", vText(about))
        calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vText("P1D"))
        begin, end, rest = calendar.to_ical().rpartition(b"END:VCALENDAR")
        events = (piece for one in found.dated for piece in self._pieces(one, start_of_day(on)))
        return b"".join((begin, *events, end, rest))

    def _about(self, found: Recurrences) -> str:
        years = {"first": found.first_year, "last": found.last_year}
        lines = [self._words.say("numbers" if found.is_open else "listed", **years)]
        if found.dayless:
            listed = self._words.listed(found.dayless)
            lines.append(self._words.say("dayless", count=len(found.dayless), events=listed))
        return "\n".join(lines)

    def _pieces(self, recurrence: Recurrence, stamp: dt.datetime) -> Iterator[bytes]:
        """The event with its rule, then each of its years with a number, in place of what the rule gives on its day."""
        event, days = recurrence.event, recurrence.days
        always = self._always(event, stamp)
        evidence = _line("description", "\n".join(evidence_lines(event, self._words)))
        brief = _line("description", self._words.event(event))
        yield from (_BEGIN, _line("summary", self._words.yearly(event)), _kept_line("dtstart", days[0]))
        if recurrence.rule is not None:
            yield _line("rrule", recurrence.rule)
        elif days[1:]:
            yield _line("rdate", list(days[1:]))
        yield from (self._categories(event, None), evidence, always, _END)
        for place, one in enumerate(recurrence.occurrences):
            if one.next_years is not None:
                yield from (_BEGIN, _line("summary", self._words.anniversary(one)))
                yield from (_kept_line("dtstart", days[place]), _kept_line("recurrence-id", days[place]))
                yield from (self._categories(event, one.rank), evidence if place < _SOURCED_YEARS else brief)
                yield from (always, _END)

    def _categories(self, event: Event, rank: Rank | None) -> bytes:
        words = [self._words.concept("type", event.type)]
        words += [self._words.say(rank)] if rank else []
        words += [self._words.concept("status", event.status)] if event.alternatives else []
        return _kept_line("categories", tuple(words))

    def _always(self, event: Event, stamp: dt.datetime) -> bytes:
        """The lines that are the same in all years, and come last: alarms stand behind all properties."""
        always = CalendarEvent()
        always.add("uid", f"{event.id}@{PUBLISHER}")
        always.add("dtstamp", stamp)
        always.add("url", self._presenter.link(event.iri))
        always.add("transp", "TRANSPARENT")
        for days in ALARM_DAYS if self._has_alarms else ():
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", self._words.event(event))
            alarm.add("trigger", dt.timedelta(days=-days))
            always.add_component(alarm)
        return _lines(always)


def _line(name: str, value: object) -> bytes:
    """A property as it is written, folded."""
    one = CalendarEvent()
    one.add(name, value)
    return _lines(one)


@lru_cache(maxsize=4096)
def _kept_line(name: str, value: Hashable) -> bytes:
    """The same for what stands in many events: most of the time goes into writing lines."""
    return _line(name, list(value) if isinstance(value, tuple) else value)


def _lines(component: Component) -> bytes:
    """The lines of a component between its first and its last."""
    written: bytes = component.to_ical()
    return written[len(_BEGIN) : -len(_END)]
