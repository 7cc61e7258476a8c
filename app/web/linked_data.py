"""What pages say to programs: schema.org in JSON-LD."""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from app.graph.readmodel import CountryView, Event
from app.pairs import Pair
from app.wording import Words

# What could end the element, or begin a comment in it.
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def pair_document(pair: Pair, title: str, address: str) -> Markup:
    """The page of a pair: what it is about."""
    about = [{"@type": "Country", "name": one.name.vi, "alternateName": one.name.en} for one in pair.countries]
    return _script({"@type": "WebPage", "@id": address, "name": title, "about": about})


def country_document(view: CountryView, address: str) -> Markup:
    """A state by its names, its code and its item of Wikidata."""
    names = dict.fromkeys([view.label.en, *(name for _, name in view.official)])
    document: dict[str, Any] = {
        "@type": "Country",
        "@id": address,
        "name": view.label.vi,
        "alternateName": [name for name in names if name != view.label.vi],
        "identifier": view.code,
    }
    return _script(document | ({"sameAs": view.wikidata} if view.wikidata else {}))


def event_document(event: Event, words: Words, address: str) -> Markup:
    """An event, where it was, when, and what it is cited from."""
    citations = [
        {"@type": "CreativeWork", "name": source.title or source.publisher, "url": source.url}
        for source in event.sources
        if source.url
    ]
    document: dict[str, Any] = {
        "@type": "Event",
        "@id": address,
        "name": words.label(event.label),
        "startDate": str(event.date),
        "about": [{"@type": "Country", "name": one.name.vi, "alternateName": one.name.en} for one in event.countries],
    }
    return _script(document | ({"subjectOf": citations} if citations else {}))


def _script(document: Mapping[str, Any]) -> Markup:
    text = json.dumps({"@context": "https://schema.org", **document}, ensure_ascii=False).translate(_ESCAPED)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704  # escaped above
