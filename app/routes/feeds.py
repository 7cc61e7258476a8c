"""Calendars and feeds that other programs subscribe to: what comes round, with its numbers and its sources."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.calendars import atom, icalendars, json_feed
from app.calendars.entries import NEAR_DAYS, Feed, entries_of, feed_id
from app.calendars.recurrences import recurrences_of
from app.calendars.selection import Asked, anniversaries_asked, events_asked, parse_pair
from app.calendars.texts import written_address
from app.calendars.wording import FeedWords
from app.documented_answers import answer, problems
from app.house import PUBLISHER, start_of_day
from app.routes.dependencies import (
    PROBLEM_RESPONSES,
    VARY_BY_LANGUAGE,
    CountryDep,
    RanksQuery,
    Services,
    ServicesDep,
    StoreDep,
    TypesQuery,
    WordsDep,
)
from extractors.gazetteer import load_gazetteer

router = APIRouter(tags=["feeds"], responses={**PROBLEM_RESPONSES, **problems(413)}, default_response_class=Response)

_CALENDAR = "BEGIN:VCALENDAR\r\nPRODID:-//banggiao//banggiao//VI\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi"><title>Ngày kỷ niệm sắp tới</title></feed>'
_JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "Ngày kỷ niệm sắp tới", "items": []}


async def _asked(
    state: CountryDep,
    pair: Annotated[
        str | None, Query(description="Two states by codes or names, with a dash or a comma", examples=["AZ-VN"])
    ] = None,
    types: TypesQuery = None,
    ranks: RanksQuery = None,
) -> Asked:
    return Asked(parse_pair(load_gazetteer(), pair) if pair else None, state, tuple(types or ()), tuple(ranks or ()))


AskedDep = Annotated[Asked, Depends(_asked)]


@router.get(
    "/calendar.ics",
    operation_id="calendar",
    summary="Anniversaries as a calendar",
    responses={200: answer("The calendar (RFC 5545)", {icalendars.MEDIA_TYPE: _CALENDAR}, "Vary")},
)
def calendar(
    services: ServicesDep,
    store: StoreDep,
    asked: AskedDep,
    words: WordsDep,
    alarms: Annotated[bool, Query(description="Alarms 30 and 7 days before each anniversary", examples=[True])] = False,
) -> Response:
    """Anniversaries as all-day events that come back every year, for five years with their number.

    What is known only to the month or the year has no day: the description of the calendar names it.
    """
    events = events_asked(store, asked, max_events=services.settings.max_calendar_events)
    today = services.today()
    found = recurrences_of(events, today, types=asked.kept_types, ranks=asked.ranks)
    writer = icalendars.CalendarWriter(words, services.presenter, has_alarms=alarms)
    body = writer.calendar(_title("calendar", asked, words), found, today)
    return Response(body, media_type=icalendars.MEDIA_TYPE, headers=VARY_BY_LANGUAGE)


@router.get(
    "/feed.atom",
    operation_id="atom_feed",
    summary="Anniversaries as they come near, in Atom",
    responses={200: answer("The feed (RFC 4287)", {atom.MEDIA_TYPE: _ATOM}, "Vary")},
)
def feed_in_atom(
    request: Request, services: ServicesDep, store: StoreDep, asked: AskedDep, words: WordsDep
) -> Response:
    """Anniversaries of the next 30 days; each appears 30 days before its day."""
    body = atom.atom_feed(_feed(request, services, store, asked, words))
    return Response(body, media_type=atom.MEDIA_TYPE, headers=VARY_BY_LANGUAGE)


@router.get(
    "/feed.json",
    operation_id="json_feed",
    summary="Anniversaries as they come near, in JSON Feed",
    responses={200: answer("The feed (JSON Feed 1.1)", {json_feed.MEDIA_TYPE: _JSON_FEED}, "Vary")},
)
def feed_in_json(
    request: Request, services: ServicesDep, store: StoreDep, asked: AskedDep, words: WordsDep
) -> Response:
    """The same as /feed.atom in JSON Feed 1.1."""
    body = json_feed.json_feed(_feed(request, services, store, asked, words))
    return Response(body, media_type=json_feed.MEDIA_TYPE, headers=VARY_BY_LANGUAGE)


def _feed(request: Request, services: Services, store: StoreDep, asked: Asked, words: FeedWords) -> Feed:
    today = services.today()
    last = today + dt.timedelta(days=NEAR_DAYS)
    found = anniversaries_asked(store, asked, today, last, max_events=services.settings.max_calendar_events)
    return Feed(
        id=feed_id(_selection(asked)),
        title=_title("feed", asked, words),
        about=words.say("about-feed"),
        language=words.language,
        updated=start_of_day(today),
        address=written_address(str(request.url)),
        home=written_address(str(request.base_url)),
        entries=entries_of(found, words, services.presenter),
    )


def _title(kind: str, asked: Asked, words: FeedWords) -> str:
    """What is asked for, in words: «banggiao: Ngày kỷ niệm (Azerbaijan – Việt Nam, năm tròn)»."""
    narrowed = [" – ".join(words.country(one) for one in asked.pair.countries)] if asked.pair else []
    narrowed += [words.country(asked.country)] if asked.country else []
    narrowed += [words.concept("type", one) for one in asked.types]
    narrowed += [words.say(one) for one in asked.ranks]
    title = f"{PUBLISHER}: {words.say(kind)}"
    return f"{title} ({', '.join(narrowed)})" if narrowed else title


def _selection(asked: Asked) -> str:
    """What is asked for, in codes: the same for the same selection."""
    pair, country = asked.pair.key if asked.pair else "-", asked.country.code if asked.country else "-"
    return "/".join((pair, country, "+".join(sorted(asked.types)) or "-", "+".join(sorted(asked.ranks)) or "-"))
