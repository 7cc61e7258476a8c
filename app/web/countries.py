"""The pages of states: all of them by name; and one, with all its partners."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.alphabet import initial, sort_key
from app.anniversaries import Anniversary, anniversary_of
from app.graph import lookups
from app.graph.kept import Kept
from app.graph.reading import chronological, state_name
from app.graph.readmodel import CountryName, CountryView, Event
from app.graph.store import GraphStore
from app.graph.vocabulary import thing
from app.pairs import country_name
from app.partners import PARTNER_TYPES, Partner, partners_by_year, partners_of
from app.routes.dependencies import ServicesDep, StoreDep
from app.state_list import ListedState, list_states
from app.web import partner_chart
from app.web.addresses import country_path, event_path, pair_path
from app.web.linked_data import country_document
from app.web.partner_table import partner_table
from app.web.rendering import page, place_of, words_of
from app.wording import Words
from extractors.dates import first_date
from extractors.gazetteer import load_gazetteer

# Some 2 MB of Việt Nam, less of others.
_KEPT_STATES = 24
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_OWN_TYPES = frozenset({"independence", "liberation", "national-day"})
StatePath = Annotated[str, Path(max_length=200)]


@dataclass(frozen=True, slots=True)
class Letter:
    """The states whose names begin with a letter."""

    initial: str
    states: tuple[ListedState, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """The events of a state, visits and the like left out, in the order of time; and its partners by code."""

    events: tuple[Event, ...]
    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True)
class OwnDates:
    """What is known of a state alone: its national days as they come round, and since when it is a state."""

    events: tuple[Event, ...]
    national_days: tuple[Anniversary, ...]
    beginnings: tuple[Event, ...]


@router.get("/countries")
def countries_page(request: Request, services: ServicesDep, store: StoreDep) -> HTMLResponse:
    """All states by name; those that are gone, and what is no state to all, apart."""
    words = words_of(request)
    today = services.today()
    listed = _by_name(list_states(store, today), words)
    former = [one for one in listed if one.country.has_ended(today)]
    known = load_gazetteer().states
    others = [one for one in listed if one.country.code in known and known[one.country.code].status == "other"]
    living = [one for one in listed if one not in former and one not in others]
    letters = groupby(living, key=lambda one: initial(words.country(one.country), words.language))
    context = {
        "letters": [Letter(letter, tuple(states)) for letter, states in letters],
        "former": former,
        "others": others,
        "country_path": country_path,
        "day_of_year": lambda event: _day_of_year(event, words),
    }
    return page(request, "countries.html", context)


_known_states: Kept[_Known] = Kept(_KEPT_STATES)


@router.get("/countries/{name}")
def country_page(
    request: Request,
    services: ServicesDep,
    store: StoreDep,
    name: StatePath,
    sort: Annotated[str, Query(max_length=200)] = "",
    level: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """What is known of a state, given by its code or a name."""
    code = load_gazetteer().resolve(name)
    place = place_of(request)
    if place.path != country_path(code):
        return RedirectResponse(place.link(country_path(code)), status_code=308)
    today = services.today()
    view = lookups.country_by_code(store, code)
    # asked for again, sorted or in another language, while the day and the snapshot are the same
    known = _known_states.get(store, (code, today), lambda: _known(store, code, today))
    counts = partners_by_year(known.partners, today)
    context = {
        "view": view,
        "country": state_name(lookups.states(store), code),
        "official": _official_names(view),
        "own": _own_dates(known.events, today),
        "gaps": [gap for gap in lookups.gaps_of_country(store, code) if gap.type == "national-day"],
        "predecessors": _predecessors(code),
        "successors": [state_name(lookups.states(store), one) for one in view.successors],
        "table": partner_table(known.partners, words_of(request), level=level, sort=sort),
        "counts": counts,
        "chart": partner_chart.partner_chart(counts, today.year),
        "sizes": partner_chart,
        "pair_path": pair_path,
        "country_path": country_path,
        "event_path": event_path,
        "document": country_document(view, place.root + country_path(code).removeprefix("/")),
    }
    return page(request, "country.html", context)


def _known(store: GraphStore, code: str, today: dt.date) -> _Known:
    """All that is known of a state and its partners, found with one look-up, however many there are."""
    ids = lookups.of_types(lookups.event_ids(store, "bg:country", thing("country", code)), PARTNER_TYPES)
    events = tuple(sorted(lookups.events_of(store, ids), key=chronological))
    pairs = lookups.pairs_of_country(store, code)
    partners = partners_of(code, pairs, events, lookups.gaps_by_pair(store), lookups.states(store), today)
    return _Known(events, partners)


def _by_name(listed: Iterable[ListedState], words: Words) -> list[ListedState]:
    return sorted(listed, key=lambda one: sort_key(words.country(one.country), words.language))


def _day_of_year(event: Event, words: Words) -> str:
    date = first_date(event.date)
    return words.day_of_year(date.month, date.day) if date.month and date.day else words.date(event.date)


def _official_names(view: CountryView) -> dict[str, tuple[str, ...]]:
    """Official names by language; of those that differ only in capitals, the one with the fewest."""
    found: dict[str, dict[str, str]] = {"vi": {}, "en": {}}
    for language, name in sorted(view.official, key=lambda one: sum(map(str.isupper, one[1]))):
        found.setdefault(language, {}).setdefault(name.casefold().removeprefix("the "), name.removeprefix("the "))
    return {language: tuple(sorted(names.values())) for language, names in found.items() if names}


def _own_dates(events: Sequence[Event], today: dt.date) -> OwnDates:
    own = [one for one in events if len(one.countries) == 1 and one.type in _OWN_TYPES]
    coming = [anniversary_of(one, today) for one in own if one.type == "national-day" and not one.has_ended(today)]
    beginnings = [one for one in own if one.type == "independence" and not first_date(one.date).is_yearly]
    return OwnDates(tuple(own), tuple(coming), tuple(beginnings))


def _predecessors(code: str) -> list[CountryName]:
    gazetteer = load_gazetteer()
    return [country_name(gazetteer, one.code) for one in gazetteer.states.values() if code in one.successors]
