"""Where the pages of things are."""

from urllib.parse import quote

from app.graph.readmodel import Event
from app.graph.vocabulary import article_key
from extractors.dates import PartialDate


def pair_path(a: str, b: str) -> str:
    """The page of two states, by their codes: one address, whatever their order."""
    return "/pairs/{}/{}".format(*sorted((a, b)))


def country_path(code: str) -> str:
    """The page of a state, by its code."""
    return f"/countries/{code}"


def event_path(event: Event) -> str:
    """The page of an event."""
    return path_of_id(event.id)


def path_of_id(event_id: str) -> str:
    """The page of the event of an id."""
    return f"/events/{quote(event_id)}"


def day_path(day: PartialDate) -> str:
    """The page of a day of every year."""
    return f"/on-this-day/{day.month:02}/{day.day:02}"


def year_path(year: int) -> str:
    """The calendar of a year."""
    return f"/calendar/{year}"


def article_path(article_id: str) -> str:
    """The page of an article, by the key that its name in the graph has: an id may hold what no address can."""
    return f"/articles/{article_key(article_id)}"


def person_path(key: str) -> str:
    """The page of a person."""
    return f"/people/{quote(key)}"


def organisation_path(key: str) -> str:
    """The page of an organisation."""
    return f"/organisations/{quote(key)}"


def place_of_event(event: Event) -> str:
    """Where an event stands among others: on the page of its pair, else its own page."""
    if len(event.countries) != 2:
        return event_path(event)
    first, second = event.countries
    return f"{pair_path(first.code, second.code)}#{quote(event.id)}"
