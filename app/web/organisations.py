"""Organisations that articles name: a list by name, and the page of each."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from app.catalogues import catalogue
from app.graph.entity_lookups import organisation_by_key, organisations_by_name
from app.graph.lookups import states
from app.graph.reading import state_name
from app.languages import Language
from app.routes.dependencies import StoreDep
from app.web.addresses import country_path, organisation_path
from app.web.linked_data import organisation_document
from app.web.name_lists import Asked, CursorQuery, NamePart, articles_page, name_list
from app.web.rendering import language_of, page, place_of, words_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/organisations")
def organisations(
    request: Request, store: StoreDep, q: NamePart = "", country: NamePart = "", cursor: CursorQuery = None
) -> HTMLResponse:
    """Organisations by a part of a name and by state."""
    shown, context = name_list(store, Asked(q, country, cursor), organisations_by_name, words_of(request))
    named, language = states(store), language_of(request)
    context |= {
        "organisations": [organisation_by_key(store, one.key) for one in shown.items],
        "state_of": lambda code: state_name(named, code),
        "type_name": lambda kind: type_name(kind, language),
        "organisation_path": organisation_path,
    }
    return page(request, "organisations.html", context)


@router.get("/organisations/{key}")
def organisation_page(
    request: Request, store: StoreDep, key: Annotated[str, Path(max_length=500)], cursor: CursorQuery = None
) -> HTMLResponse:
    """One organisation: spellings, kind, the states in its name, and the articles that name it."""
    organisation = organisation_by_key(store, key)
    articles = articles_page(store, organisation.articles, cursor)
    named, words = states(store), words_of(request)
    countries = [state_name(named, code) for code in organisation.countries]
    context = {
        "organisation": organisation,
        "type_name": type_name(organisation.type, words.language) if organisation.type else None,
        "countries": countries,
        "articles": articles.items,
        "next": articles.next,
        "country_path": country_path,
        "document": organisation_document(organisation, countries, articles.items, words, place_of(request).canonical),
    }
    return page(request, "organisation.html", context)


def type_name(kind: str, language: Language) -> str:
    """What a kind of organisations is called; the kind itself where it is one of others."""
    gettext = catalogue(language).gettext
    names = {
        "agency": gettext("agency of a state"),
        "association": gettext("association"),
        "bank": gettext("bank"),
        "company": gettext("company"),
        "embassy": gettext("embassy or consulate"),
        "friendship-association": gettext("friendship association"),
        "government": gettext("government"),
        "institute": gettext("institute"),
        "international-organisation": gettext("international organisation"),
        "media": gettext("news organisation"),
        "military": gettext("armed forces"),
        "ministry": gettext("ministry"),
        "organisation": gettext("organisation"),
        "parliament": gettext("parliament"),
        "party": gettext("political party"),
        "union": gettext("union"),
        "university": gettext("university"),
    }
    return names.get(kind, kind)
