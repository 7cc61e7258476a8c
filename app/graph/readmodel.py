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
    """A state by its code and label; `valid_to` is when it ended, of a historical state."""

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

    `countries` are in the order of their codes; `sources` are those that agree with the date, articles first; `voices`
    independent ones of them give it as precisely as the event has it. `standing` (in-force, ended, superseded),
    `occasion` (of a national day), `inherited_from` (the former state that did it) and `notes` (in English) are known
    of curated facts only.
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
    voices: int = 0
    occasion: str | None = None
    inherited_from: CountryName | None = None
    notes: tuple[str, ...] = ()

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        return self.date.precision

    def has_ended(self, on: dt.date) -> bool:
        """Whether what the event made is over on a day: one of its states is gone, or curated data says `ended`.

        Curated data says so of today. Where a state of the event ended, the day is known, and before it the event
        still held; of any other `ended` event the day is not, and it counts as over on every day; so does a national
        day that another one has replaced.
        """
        if any(state.valid_to for state in self.countries):
            return any(state.has_ended(on) for state in self.countries)
        return self.standing == "ended" or (self.type == "national-day" and self.standing == "superseded")


@dataclass(frozen=True, slots=True)
class GapView:
    """What is known, as of a date, of an event of a type that no table dates: there is `none`, or it is `undated`."""

    kind: str
    type: str
    as_of: DateValue
    note: str | None
    sources: tuple[Source, ...]


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
    """A person (with a role) or an organisation (with a type) as one article names it.

    `key` and `iri` are those of whom the article means; `articles` is that article.
    """

    key: str
    iri: str
    name: str
    role: str | None
    type: str | None
    country: str | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityName:
    """A person or an organisation by name: the preferred one first."""

    key: str
    iri: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office that someone was seen in: `kind` as in `bg:office-…`, `role` as most articles word it.

    `days` are those on which articles say that it is held, sorted; `articles` are all that speak of it, also those that
    say that it was held once.
    """

    person: str
    kind: str
    role: str
    country: str | None
    host: str | None
    field: str | None
    days: tuple[dt.date, ...]
    articles: tuple[str, ...]

    @property
    def office(self) -> tuple[str, str | None, str | None, str | None]:
        """What makes it the same office as another one."""
        return (self.kind, self.country, self.host, self.field)


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as all articles together show them; the office seen last comes first."""

    key: str
    iri: str
    names: tuple[str, ...]
    country: str | None
    offices: tuple[OfficeView, ...]
    articles: tuple[str, ...]

    @property
    def name(self) -> str:
        """The preferred name."""
        return self.names[0]

    @property
    def role(self) -> str | None:
        """The role seen last."""
        return self.offices[0].role if self.offices else None


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation as all articles together show it; `countries` are all states in its name, its own first."""

    key: str
    iri: str
    names: tuple[str, ...]
    type: str | None
    country: str | None
    countries: tuple[str, ...]
    articles: tuple[str, ...]

    @property
    def name(self) -> str:
        """The preferred name."""
        return self.names[0]


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
class ArticleHeading:
    """An article as a list shows it."""

    id: str
    title: str | None
    publisher: str | None
    published: dt.date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the graph holds."""

    articles: int
    claims: int
    events: int
    pairs: int
    states: int
