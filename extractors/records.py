"""The frozen records that one stage hands to the next, and their JSON form.

Offsets are code points into `Article.text`, the text as given: `text[claim.start:claim.end] == claim.quote`.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractors.dates import DateValue

SectionKind = Literal["body", "caption", "teaser", "boilerplate"]
Basis = Literal["explicit", "range", "count", "relative", "reference", "imported"]
ClaimType = Literal[
    "established",
    "recognised",
    "normalised",
    "severed",
    "partnership",
    "agreement",
    "visit",
    "independence",
    "liberation",
    "national-day",
    "founded",
    "birth",
    "commemoration",
    "term",
    "congress",
]
Level = Literal["comprehensive", "strategic", "comprehensive-strategic", "special", "sectoral-strategic", "other"]
NameKind = Literal["label", "official", "alias", "short", "demonym", "capital", "epithet"]
RoleRank = Literal["head-of-state", "head-of-government", "party-leader", "minister", "ambassador", "other"]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of an article: `text[start:end]`."""

    kind: SectionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One source document; its sections are in order, do not overlap, and leave out nothing but white space."""

    id: str
    text: str
    sections: tuple[Section, ...]
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_on: dt.date | None = None
    derived_from: tuple[str, ...] = ()
    """URLs of the pages an article says that it draws on."""


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A span of folded text that names a state; `kind` is the kind of name used."""

    start: int
    end: int
    code: str
    kind: NameKind


def mentions_within(mentions: Sequence[CountryMention], start: int, end: int) -> list[CountryMention]:
    """Of mentions in order and without overlaps, those that lie in `[start, end)`; their number does not matter."""
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    behind = bisect_left(mentions, end, key=lambda mention: mention.start)
    return [mention for mention in mentions[first:behind] if mention.end <= end]


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A span of folded text that names a person; `start` is where the role begins, if one stands before the name."""

    start: int
    end: int
    name: str
    role: str | None
    rank: RoleRank
    country: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article asserts, with its evidence; `countries` are sorted codes, `date` no more than the text says."""

    type: ClaimType
    countries: tuple[str, ...]
    date: DateValue
    basis: Basis
    quote: str
    start: int
    end: int
    section: SectionKind
    confidence: float
    level: Level | None = None
    from_country: str | None = None
    to_country: str | None = None
    person: str | None = None
    name: str | None = None
    issues: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The claim as `banggiao extract` prints it."""
        return {
            "type": self.type,
            "countries": list(self.countries),
            "date": str(self.date),
            "precision": self.date.precision,
            "basis": self.basis,
            "level": self.level,
            "from": self.from_country,
            "to": self.to_country,
            "person": self.person,
            "name": self.name,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "section": self.section,
            "confidence": self.confidence,
            "issues": list(self.issues),
        }


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something seen and left out: what it looked like, why it is no claim, and where it stands."""

    type: ClaimType
    reason: str
    quote: str
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        """The rejection as `banggiao extract` prints it."""
        return {"type": self.type, "reason": self.reason, "quote": self.quote, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Person:
    """A person an article names: the fullest spelling, the role as worded, the state the role serves."""

    name: str
    role: str | None
    country: str | None

    def to_json(self) -> dict[str, Any]:
        """The person as `banggiao extract` prints it."""
        return {"name": self.name, "role": self.role, "country": self.country}


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation an article names: the fullest name, its type, and its state where it has one.

    `countries` are all states in its name, sorted: a friendship association's pair, an embassy's sender and host.
    """

    name: str
    type: str | None
    country: str | None
    countries: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The organisation as `banggiao extract` prints it."""
        return {"name": self.name, "type": self.type, "country": self.country, "countries": list(self.countries)}


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one article: every trigger seen ends in `claims` or in `rejections`."""

    article: Article
    claims: tuple[Claim, ...]
    rejections: tuple[Rejection, ...]
    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    agency: str | None = None
    """The news agency whose story it is, where the article credits one."""

    def to_json(self) -> dict[str, Any]:
        """One object an article, the contract of `banggiao extract --format jsonl`."""
        article = self.article
        return {
            "doc": article.id,
            "title": article.title,
            "published": article.published_on.isoformat() if article.published_on else None,
            "claims": [claim.to_json() for claim in self.claims],
            "people": [person.to_json() for person in self.people],
            "organisations": [organisation.to_json() for organisation in self.organisations],
            "rejections": [rejection.to_json() for rejection in self.rejections],
        }
