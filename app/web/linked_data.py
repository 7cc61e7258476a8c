"""What pages say to programs: schema.org in JSON-LD."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from app.graph.readmodel import (
    ArticleHeading,
    ArticleView,
    CountryName,
    CountryView,
    Event,
    OrganisationView,
    PersonView,
)
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


def article_document(article: ArticleView, address: str) -> Markup:
    """An article: where it is from, and whom it names."""
    mentions = [{"@type": "Person", "name": one.name} for one in article.people]
    mentions += [{"@type": "Organization", "name": one.name} for one in article.organisations]
    document = {
        "@type": "NewsArticle",
        "@id": address,
        "sameAs": article.iri,
        "headline": article.title,
        "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
        "datePublished": article.published.isoformat() if article.published else None,
        "url": article.url,
        "mentions": mentions,
    }
    return _script(_present(document))


def person_document(
    person: PersonView,
    country: CountryName | None,
    articles: Iterable[ArticleHeading],
    words: Words,
    address: str,
) -> Markup:
    """A person: names, the role seen last, the state that it serves, and articles that say so."""
    document = {
        "@type": "Person",
        "@id": address,
        "sameAs": person.iri,
        "name": person.name,
        "alternateName": person.names[1:],
        "jobTitle": person.role,
        "worksFor": {"@type": "Country", "name": words.country(country)} if country else None,
        "subjectOf": _articles(articles),
    }
    return _script(_present(document))


def organisation_document(
    organisation: OrganisationView,
    countries: Iterable[CountryName],
    articles: Iterable[ArticleHeading],
    words: Words,
    address: str,
) -> Markup:
    """An organisation: names, the states that it is for, and articles that name it."""
    document = {
        "@type": "Organization",
        "@id": address,
        "sameAs": organisation.iri,
        "name": organisation.name,
        "alternateName": organisation.names[1:],
        "areaServed": [{"@type": "Country", "name": words.country(one)} for one in countries],
        "subjectOf": _articles(articles),
    }
    return _script(_present(document))


def _articles(headings: Iterable[ArticleHeading]) -> list[Mapping[str, Any]]:
    return [_present({"@type": "NewsArticle", "headline": one.title or one.id, "url": one.url}) for one in headings]


def _present(document: Mapping[str, Any]) -> dict[str, Any]:
    """What there is: nothing is said of what is unknown."""
    return {name: value for name, value in document.items() if value not in (None, "", [], ())}


def _script(document: Mapping[str, Any]) -> Markup:
    text = json.dumps({"@context": "https://schema.org", **document}, ensure_ascii=False).translate(_ESCAPED)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704  # escaped above
