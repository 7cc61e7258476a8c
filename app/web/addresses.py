"""Where the pages of things are."""

from urllib.parse import quote

from app.graph.readmodel import Event


def pair_path(a: str, b: str) -> str:
    """The page of two states, by their codes: one address, whatever their order."""
    return "/pairs/{}/{}".format(*sorted((a, b)))


def country_path(code: str) -> str:
    """The page of a state, by its code."""
    return f"/countries/{code}"


def event_path(event: Event) -> str:
    """The page of an event."""
    return f"/events/{quote(event.id)}"


def place_of_event(event: Event) -> str:
    """Where an event stands among others: on the page of its pair, else its own page."""
    if len(event.countries) != 2:
        return event_path(event)
    first, second = event.countries
    return f"{pair_path(first.code, second.code)}#{quote(event.id)}"
