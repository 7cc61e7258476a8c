"""What one article says of one person or organisation: the records that people and organisations are made from."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from app.graph.offices import StatedOffice, read_offices
from app.graph.people_names import Spelling, read_spelling
from app.graph.vocabulary import entity_key

Merge = tuple[str, str]
"""Two people whom a curator calls one, each by the key of a person or the IRI of an appearance."""


@dataclass(frozen=True)
class Appearance:
    """A person in an article: `day` is when it was published, `country` the state that the role serves."""

    iri: str
    article: str
    day: dt.date | None
    name: str
    role: str | None
    country: str | None

    @cached_property
    def spelling(self) -> Spelling:
        """The words of the name."""
        return read_spelling(self.name)

    @cached_property
    def offices(self) -> tuple[StatedOffice, ...]:
        """The offices in the words of the role."""
        return read_offices(self.role) if self.role else ()

    @cached_property
    def name_key(self) -> str:
        """The name without diacritics, and its state: what the person's key is made of."""
        return entity_key(self.name, self.country)

    @property
    def order(self) -> tuple[dt.date, str, str]:
        """The earliest first, those of no known day last."""
        return (self.day or dt.date.max, self.article, self.iri)


@dataclass(frozen=True, slots=True)
class BodyAppearance:
    """An organisation in an article: `country` is its own state, `counterparts` the other states in its name."""

    iri: str
    article: str
    day: dt.date | None
    name: str
    type: str | None
    country: str | None
    counterparts: tuple[str, ...]

    @property
    def order(self) -> tuple[dt.date, str, str]:
        """The earliest first, those of no known day last."""
        return (self.day or dt.date.max, self.article, self.iri)
