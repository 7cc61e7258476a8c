"""People whom articles name: a list by name, and the page of each with the offices that they were seen in."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.graph.entity_lookups import people_by_name, person_by_key
from app.graph.lookups import headings_of, states
from app.graph.reading import state_name
from app.routes.dependencies import StoreDep
from app.web.addresses import country_path, person_path
from app.web.linked_data import person_document
from app.web.name_lists import Asked, CursorQuery, NamePart, articles_page, name_list
from app.web.rendering import page, place_of, words_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_SOURCES_OF_OFFICE = 3


@router.get("/people")
def people(
    request: Request, store: StoreDep, q: NamePart = "", country: NamePart = "", cursor: CursorQuery = None
) -> HTMLResponse:
    """People by a part of a name and by state."""
    shown, context = name_list(store, Asked(q, country, cursor), people_by_name, words_of(request))
    named = states(store)
    context |= {
        "people": [person_by_key(store, one.key) for one in shown.items],
        "state_of": lambda code: state_name(named, code),
        "person_path": person_path,
    }
    return page(request, "people.html", context)


@router.get("/people/{key}")
def person_page(
    request: Request, store: StoreDep, key: Annotated[str, Path(max_length=500)], cursor: CursorQuery = None
) -> Response:
    """One person: spellings, offices, and the articles that say so; a replaced key leads on."""
    person = person_by_key(store, key)
    place = place_of(request)
    if person.key != key:
        return RedirectResponse(place.link(person_path(person.key)), status_code=303)
    articles = articles_page(store, person.articles, cursor)
    of_offices = dict.fromkeys(one for office in person.offices for one in office.articles[:_SOURCES_OF_OFFICE])
    named = states(store)
    words = words_of(request)
    country = state_name(named, person.country) if person.country else None
    context = {
        "person": person,
        "country": country,
        "state_of": lambda code: state_name(named, code),
        "sources_shown": _SOURCES_OF_OFFICE,
        "headings": {one.id: one for one in headings_of(store, of_offices)},
        "articles": articles.items,
        "next": articles.next,
        "country_path": country_path,
        "document": person_document(person, country, articles.items, words, place.canonical),
    }
    return page(request, "person.html", context)
