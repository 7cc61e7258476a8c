"""The layout of a text: its sections, and what its own head says of title and day of publication."""

import datetime as dt
import re
from dataclasses import dataclass

from extractors.dates import DateError
from extractors.publication import parse_day
from extractors.readers.furniture import Furniture, load_furniture
from extractors.readers.lines import Line, split_lines
from extractors.readers.sections import (
    Draft,
    find_foot,
    mark_byline,
    mark_closing_captions,
    mark_foot,
    mark_story,
)
from extractors.records import Section

_MAX_HEAD_LINES = 8  # the time stamp stands among the first lines or nowhere
_MAX_STAMP_CHARS = 100  # what precedes, time, mark, date and zone take 95 at most
_MAX_WORDS_BEFORE_STAMP = 9  # author and day of the week; more is the headline of a dated list entry
_BRACKETS = re.compile(r"\([^()]*\)")
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_DATE = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}"
_ZONE = r"(?: ?[(,]? ?gmt ?[+-] ?[0-9]{1,2} ?\)?)"
_STAMP = re.compile(
    rf"(?P<before>[^0-9]{{0,60}}?)"
    rf"(?:{_TIME}[ |,-]{{1,4}}(?P<last>{_DATE})|(?P<first>{_DATE})[ |,-]{{1,4}}{_TIME}){_ZONE}?"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Sections in order, covering all lines; title and day only where the text itself shows them."""

    sections: tuple[Section, ...]
    title: str | None
    published_on: dt.date | None


@dataclass(frozen=True, slots=True)
class _Stamp:
    """The line with time and day of publication; alone in its line, it is the head of a saved page."""

    index: int
    published_on: dt.date
    is_page_head: bool


def recognise_layout(text: str) -> Layout:
    """Find the sections of a text: of a saved page, known by a line such as `09:05 | 13/05/2022 GMT+7`, or a plain one.

    Raises:
        DateError: the head of a saved page gives a day that no calendar has.
    """
    lines = split_lines(text)
    if not lines:
        return Layout((), None, None)
    draft = Draft(lines, load_furniture())
    stamp = _find_stamp(lines)
    if stamp and stamp.is_page_head:
        title = _mark_page(draft, stamp.index)
    else:
        title = _mark_plain(draft, stamp.index if stamp else None)
    return Layout(draft.sections(), title, stamp.published_on if stamp else None)


def _find_stamp(lines: tuple[Line, ...]) -> _Stamp | None:
    for index, line in enumerate(lines[:_MAX_HEAD_LINES]):
        match = _STAMP.fullmatch(line.key) if len(line.key) <= _MAX_STAMP_CHARS else None
        if match is None or len(_BRACKETS.sub(" ", match["before"]).split()) > _MAX_WORDS_BEFORE_STAMP:
            continue
        is_page_head = not match["before"]
        try:
            return _Stamp(index, parse_day(match["last"] or match["first"]), is_page_head)
        except DateError:
            if is_page_head:
                raise
    return None


def _mark_page(draft: Draft, stamp: int) -> str | None:
    """A saved page: path of links, time stamp, headline, buttons, lead with its teaser box, story, lists."""
    furniture, lines = draft.furniture, draft.lines
    for index in range(stamp):
        if furniture.is_breadcrumb(lines[index]) or furniture.is_chrome(lines[index]):
            draft.mark("boilerplate", index)
    draft.mark("boilerplate", stamp)
    above = [index for index in range(stamp) if draft.kinds[index] == "body"]
    first = _skip_chrome(draft, stamp + 1)
    headline_at = above[0] if above else first
    if headline_at >= len(lines):
        return None
    lead = first if above else _skip_chrome(draft, first + 1)
    foot = find_foot(draft, lead + 1, min_entries=1)
    end = len(lines) if foot is None else foot
    mark_story(draft, min(lead, end), end, lines[headline_at])
    _mark_box_below_lead(draft, lead, end)
    if foot is not None:
        mark_foot(draft, foot)
    mark_byline(draft, lead, end)
    return lines[headline_at].text


def _mark_plain(draft: Draft, stamp: int | None) -> str | None:
    """Plain text: a headline, paragraphs, captions and few teasers; the lists of a page only where they are many."""
    if stamp is not None:
        draft.mark("boilerplate", stamp)
    first = _skip_chrome(draft, 0)
    if first == stamp:
        first = _skip_chrome(draft, stamp + 1)
    if first >= len(draft.lines):
        return None
    headline = draft.lines[first]
    foot = find_foot(draft, first + 2, min_entries=2)
    end = len(draft.lines) if foot is None else foot
    begin = max(first, stamp if stamp is not None else 0) + 1
    mark_story(draft, begin, end, headline)
    if foot is None:
        mark_closing_captions(draft, end)
    else:
        mark_foot(draft, foot)
    mark_byline(draft, first, end)
    return headline.text if len(draft.lines) > 1 and _is_title(headline) else None


def _skip_chrome(draft: Draft, index: int) -> int:
    while index < len(draft.lines) and _is_head_chrome(draft.furniture, draft.lines[index]):
        index = draft.mark("boilerplate", index)
    return index


def _is_head_chrome(furniture: Furniture, line: Line) -> bool:
    return furniture.is_breadcrumb(line) or furniture.is_chrome(line)


def _is_title(line: Line) -> bool:
    # search engines shorten headlines with «...»
    return line.is_bare_headline or (line.is_short and line.key.endswith("..."))


def _mark_box_below_lead(draft: Draft, lead: int, end: int) -> None:
    """The headlines of other articles glued below the lead of a saved page are teasers."""
    index = lead + 1
    while index < end and draft.is_glued(index):
        if draft.kinds[index] == "body" and draft.lines[index].is_bare_headline:
            draft.mark("teaser", index)
        index += 1
