"""Anniversaries as they come near: the entries of feeds, the same whenever they are asked for. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from app.anniversaries import Anniversary, place_of
from app.calendars.evidence import evidence_html
from app.calendars.wording import FeedWords
from app.house import PUBLISHER, start_of_day
from app.presentation import Presenter

NEAR_DAYS = 30
"""How many days before it an anniversary has come near."""
# RFC 4151: who owns a name on a day may make tags of it.
_TAG = f"tag:w3id.org,2026:{PUBLISHER}"


@dataclass(frozen=True, slots=True)
class Entry:
    """An anniversary that has come near: `updated` (UTC) is when it did, `html` says what is known and from where.

    `id` is made of the event and the year in which it comes round; `categories` are words of the ontology with their
    labels.
    """

    id: str
    updated: dt.datetime
    title: str
    address: str
    html: str
    categories: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, and its entries; `address` is where it is, `home` the page that it belongs to."""

    id: str
    title: str
    about: str
    language: str
    updated: dt.datetime
    address: str
    home: str
    entries: tuple[Entry, ...]


def entries_of(found: Iterable[Anniversary], words: FeedWords, presenter: Presenter) -> tuple[Entry, ...]:
    """The entries of anniversaries, those that came near last first."""
    entries = (_entry(one, words, presenter) for one in found)
    return tuple(sorted(entries, key=lambda entry: (entry.updated, entry.id), reverse=True))


def _entry(found: Anniversary, words: FeedWords, presenter: Presenter) -> Entry:
    event = found.event
    # of what is known to the month only, the first day of the month
    _, day, _ = place_of(found)
    categories = [(event.type, words.concept("type", event.type))]
    if found.rank is not None:
        categories.append((found.rank, words.say(found.rank)))
    return Entry(
        id=f"{_TAG}/anniversary/{quote(event.id, safe='')}/{day.year}",
        updated=start_of_day(day - dt.timedelta(days=NEAR_DAYS)),
        title=words.anniversary(found),
        address=presenter.link(event.iri),
        html=evidence_html(event, words),
        categories=tuple(categories),
    )


def feed_id(selection: str) -> str:
    """The id of the feed of a selection: the same in either format and language."""
    return f"{_TAG}/feed/{quote(selection, safe='/')}"
