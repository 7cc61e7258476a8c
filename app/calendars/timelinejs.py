"""A timeline as TimelineJS takes it (https://timeline.knightlab.com/docs/json-format.html): events as its slides.

A date has as many parts as are known, which TimelineJS shows as a month or a year as a whole; `display_date` words it.
Text is HTML there: what comes from sources is escaped.
"""

from collections.abc import Sequence

from markupsafe import escape
from pydantic import Field

from app.calendars.evidence import evidence_html
from app.calendars.wording import FeedWords
from app.graph.readmodel import Event
from app.responses import Shape
from extractors.dates import DateSpan, PartialDate, first_date


class TimelineJsDate(Shape):
    """A date as precise as it is known."""

    year: int = Field(examples=[1992])
    month: int | None = None
    day: int | None = None


class TimelineJsText(Shape):
    """What a slide says, in HTML."""

    headline: str
    text: str | None = None


class TimelineJsSlide(Shape):
    """One event; `group` is its type, `unique_id` its id."""

    start_date: TimelineJsDate
    end_date: TimelineJsDate | None = None
    display_date: str
    text: TimelineJsText
    group: str
    unique_id: str
    autolink: bool = Field(default=False, description="Addresses are links already")


class TimelineJsTitle(Shape):
    """The first slide."""

    text: TimelineJsText
    autolink: bool = False


class TimelineJsResponse(Shape):
    """A timeline for TimelineJS; fields without a value are left out."""

    title: TimelineJsTitle
    events: list[TimelineJsSlide]


def timelinejs(events: Sequence[Event], title: str, words: FeedWords) -> TimelineJsResponse:
    """Some events as slides in their order; those of an unknown year have no place, and the first slide names them."""
    undated = [event for event in events if first_date(event.date).is_yearly]
    about = words.say("undated", count=len(undated), events=words.listed(undated)) if undated else None
    return TimelineJsResponse(
        title=TimelineJsTitle(text=_text(title, str(escape(about)) if about else None)),
        events=[_slide(event, words) for event in events if not first_date(event.date).is_yearly],
    )


def _slide(event: Event, words: FeedWords) -> TimelineJsSlide:
    return TimelineJsSlide(
        start_date=_date(first_date(event.date)),
        end_date=_date(event.date.last) if isinstance(event.date, DateSpan) else None,
        display_date=words.date(event.date),
        text=_text(words.label(event.label), evidence_html(event, words)),
        group=words.concept("type", event.type),
        unique_id=event.id,
    )


def _text(headline: str, text: str | None) -> TimelineJsText:
    return TimelineJsText(headline=str(escape(headline)), text=text)


def _date(date: PartialDate) -> TimelineJsDate:
    return TimelineJsDate(year=date.earliest.year, month=date.month, day=date.day)
