"""What answers are made of: frozen records with the field names of the JSON contract."""

import datetime as dt
from dataclasses import dataclass

from extractors.dates import DateValue, Precision, first_date


@dataclass(frozen=True, slots=True)
class Label:
    """One name in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class CountryName:
    """A state by its code and label; `valid_to` is when it ended, of a historical state that an event or a pair names.

    A list of all states leaves `valid_to` out: see `CountryView`.
    """

    code: str
    name: Label
    valid_to: DateValue | None = None

    def has_ended(self, on: dt.date) -> bool:
        """Whether the state is surely gone on a day."""
        return self.valid_to is not None and first_date(self.valid_to).latest <= on


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so: an article with the words it says it in, or a page behind curated data (no article, no quote).

    `article` is the article's id; `date` is what this source says.
    """

    article: str | None
    title: str | None
    publisher: str | None
    published: dt.date | None
    url: str | None
    quote: str | None
    basis: str
    date: DateValue


@dataclass(frozen=True, slots=True)
class Alternative:
    """A date that contradicts the event's; `issues` say what is wrong with the texts that give it, if anything."""

    date: DateValue
    issues: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        return self.date.precision


@dataclass(frozen=True, slots=True)
class Event:
    """What the graph holds to be so.

    `countries` are in the order of their codes; `sources` are those that agree with the date, articles first;
    `standing` (in-force, ended, superseded) is known of curated facts only.
    """

    id: str
    iri: str
    type: str
    label: Label
    countries: tuple[CountryName, ...]
    date: DateValue
    level: str | None
    status: str
    confidence: float
    alternatives: tuple[Alternative, ...]
    sources: tuple[Source, ...]
    from_country: str | None = None
    to_country: str | None = None
    person: str | None = None
    name: str | None = None
    standing: str | None = None

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        return self.date.precision

    def has_ended(self, on: dt.date) -> bool:
        """Whether what the event made is over on a day: one of its states is gone, or curated data says `ended`.

        Curated data says so of today. Where a state of the event ended, the day is known, and before it the event
        still held; of any other `ended` event the day is not, and it counts as over on every day.
        """
        if any(state.valid_to for state in self.countries):
            return any(state.has_ended(on) for state in self.countries)
        return self.standing == "ended"


@dataclass(frozen=True, slots=True)
class CountryView:
    """A state with its names, each as (language, name)."""

    code: str
    iri: str
    label: Label
    official: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...]
    metonyms: tuple[tuple[str, str], ...]
    statehood: str
    wikidata: str | None
    valid_from: DateValue | None
    valid_to: DateValue | None
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as the graph holds it; `event` is the id of the event that it supports or contradicts, if any."""

    iri: str
    type: str
    countries: tuple[str, ...]
    date: DateValue
    basis: str
    quote: str
    start: int
    end: int
    section: str
    confidence: float
    level: str | None
    from_country: str | None
    to_country: str | None
    person: str | None
    name: str | None
    issues: tuple[str, ...]
    event: str | None


@dataclass(frozen=True, slots=True)
class EntityView:
    """A person (with a role) or an organisation (with a type), and the ids of the articles that name it."""

    key: str
    iri: str
    name: str
    role: str | None
    type: str | None
    country: str | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as the graph holds it, claims in the order of the text."""

    id: str
    iri: str
    title: str | None
    publisher: str | None
    published: dt.date | None
    url: str | None
    content_hash: str
    derived_from: tuple[str, ...]
    claims: tuple[ClaimView, ...]
    people: tuple[EntityView, ...]
    organisations: tuple[EntityView, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the graph holds."""

    articles: int
    claims: int
    events: int
    pairs: int
    states: int
