"""The wire shapes: what the HTTP service and `--format json` give, field by field.

Dates are EDTF level 0 (`1992-09-23`, `1992-09`, `1992`, `2018-09-08/2018-09-10`, `--09-02`); days that are computed
are calendar days. Countries are ISO 3166 codes.
"""

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.anniversaries import Rank
from app.pairs import Ties

PrecisionWord = Literal["day", "month", "year"]


class Shape(BaseModel):
    """What all wire shapes share: they are frozen, and say nothing that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LabelShape(Shape):
    """One name in both languages."""

    vi: str = Field(examples=["Việt Nam"])
    en: str = Field(examples=["Vietnam"])


class CountryShape(Shape):
    """A state."""

    code: str = Field(examples=["VN"])
    name: LabelShape


class SourceShape(Shape):
    """Who says so: an article with its words, or (article and quote null) a page behind curated data."""

    article: str | None = Field(examples=["2026-09-23-viet-nam-azerbaijan"])
    title: str | None
    publisher: str | None
    published: dt.date | None
    url: str | None
    quote: str | None
    basis: Literal["explicit", "range", "count", "relative", "reference", "imported"]
    date: str = Field(description="The date that this source gives", examples=["1992-09-23"])


class AlternativeShape(Shape):
    """A date that contradicts the event's, with who gives it; `issues` say what is wrong with their texts."""

    date: str
    precision: PrecisionWord
    issues: list[str]
    sources: list[SourceShape]


class EventShape(Shape):
    """What the graph holds to be so."""

    id: str = Field(examples=["established-AZ-VN"])
    iri: str = Field(examples=["https://w3id.org/banggiao/id/event/established-AZ-VN"])
    type: str = Field(examples=["established"])
    label: LabelShape
    countries: list[CountryShape]
    date: str = Field(examples=["1992-09-23"])
    precision: PrecisionWord
    level: str | None
    status: Literal["confirmed", "single-source", "disputed"]
    confidence: float = Field(ge=0, le=1)
    alternatives: list[AlternativeShape]
    sources: list[SourceShape]
    from_country: str | None = Field(serialization_alias="from", description="Who recognised, or whose visit it was")
    to_country: str | None = Field(serialization_alias="to")
    person: str | None
    name: str | None
    standing: Literal["in-force", "ended", "superseded"] | None
    voices: int = Field(ge=0, description="Independent voices for this date; copies of one story are one", examples=[4])
    occasion: str | None = Field(description="What a national day commemorates", examples=["independence"])
    inherited_from: CountryShape | None = Field(
        description="The former state that did it, as the Soviet Union for Russia"
    )
    notes: list[str] = Field(description="What a reader should know, in English")


class AnniversaryShape(EventShape):
    """An event with its anniversary, seen from a day.

    An event known only to the month or the year has no anniversary day: `last`, `next` and `days_until` are null,
    and `period` says in which month or year the anniversary falls.
    """

    years: int | None = Field(
        description="Whole years passed; null while the event is ahead, and where they may be one more or less",
        examples=[34],
    )
    last: dt.date | None
    next: dt.date | None = Field(examples=["2027-09-23"])
    next_years: int | None = Field(examples=[35])
    days_until: int | None = Field(examples=[306])
    rank: Rank | None = Field(description="Of the next one: năm tròn, năm lẻ 5, năm khác", examples=["half-round"])
    period: str = Field(description="When it falls: a day, a month or a year", examples=["2027-09-23"])
    adjusted: bool = Field(description="29 February, kept on 28 February in a common year")


class PairShape(Shape):
    """Two states; the key is their codes sorted."""

    key: str = Field(examples=["AZ-VN"])
    iri: str
    countries: list[CountryShape]


class GapShape(Shape):
    """What is known of an event that no table dates: there is none, or its date was not found."""

    kind: Literal["none", "undated"]
    type: str = Field(examples=["established"])
    as_of: str = Field(description="When the sources say so", examples=["2024-01-15"])
    note: str | None
    sources: list[SourceShape]


class PairResponse(Shape):
    """How a pair stands on a day."""

    pair: PairShape
    on: dt.date
    status: Ties = Field(description="Of their ties; ended: a state is gone or they ended; none: there are none")
    since: str | None = Field(description="When the ties were made or ended; null where that is not known")
    level: str | None = Field(description="Of their partnership", examples=["strategic"])
    level_since: str | None
    counts: dict[str, int] = Field(description="Events by type")
    gaps: list[GapShape] = Field(description="What is known without a date, or known not to be")
    next_anniversary: AnniversaryShape | None


class TimelineResponse(Shape):
    """The events of a pair by date."""

    pair: PairShape
    items: list[EventShape]
    next: str | None = Field(description="Give it as ?cursor= for the next page")


class PairAnniversariesResponse(Shape):
    """The anniversaries of a pair, the next one first."""

    pair: PairShape
    on: dt.date
    within: int | None = Field(description="Days")
    items: list[AnniversaryShape]
    next: str | None


class AnniversariesResponse(Shape):
    """The anniversaries that fall within some days, by day; those of a month or a year only come with its first day."""

    first: dt.date = Field(serialization_alias="from")
    last: dt.date = Field(serialization_alias="to")
    country: CountryShape | None
    items: list[AnniversaryShape]
    next: str | None


class CountriesResponse(Shape):
    """The states of the graph."""

    items: list[CountryShape]
    next: str | None


class NameShape(Shape):
    """One name of a state and its language."""

    language: str
    name: str


class CountryResponse(Shape):
    """One state: its names, its pairs, its own events (independence, national day, …)."""

    code: str
    iri: str
    name: LabelShape
    official: list[NameShape]
    aliases: list[NameShape]
    metonyms: list[NameShape]
    statehood: str
    wikidata: str | None
    valid_from: str | None
    valid_to: str | None
    successors: list[str]
    pairs: list[str] = Field(description="Keys of the pairs with at least one event", examples=[["AZ-VN"]])
    events: list[EventShape] = Field(description="Events of this state alone")


class ClaimShape(Shape):
    """What an article asserts; `start` and `end` count code points of its text."""

    iri: str
    type: str
    countries: list[str]
    date: str
    precision: PrecisionWord
    basis: str
    quote: str
    start: int
    end: int
    section: str
    confidence: float
    level: str | None
    from_country: str | None = Field(serialization_alias="from")
    to_country: str | None = Field(serialization_alias="to")
    person: str | None
    name: str | None
    issues: list[str]
    event: str | None = Field(description="Id of the event that it supports or contradicts")


class EntityShape(Shape):
    """A person (with a role) or an organisation (with a type) as one article names it."""

    key: str
    iri: str
    name: str
    role: str | None
    type: str | None
    country: str | None
    articles: list[str]


class ArticleResponse(Shape):
    """What the graph knows of an article."""

    id: str
    iri: str
    title: str | None
    publisher: str | None
    published: dt.date | None
    url: str | None
    content_hash: str
    derived_from: list[str]
    claims: list[ClaimShape]
    people: list[EntityShape]
    organisations: list[EntityShape]


class ExtractionResponse(Shape):
    """What was read from a text, one object as `banggiao extract` prints it; offsets count code points of the text."""

    doc: str
    title: str | None
    published: dt.date | None
    claims: list[dict[str, Any]]
    people: list[dict[str, Any]]
    organisations: list[dict[str, Any]]
    rejections: list[dict[str, Any]] = Field(description="What was seen and left out, each with its reason")


class StoredResponse(Shape):
    """An article that is now in the graph."""

    id: str
    iri: str
    outcome: Literal["added", "replaced", "unchanged"]
    claims: int
    rejections: int
    snapshot: str


class HealthResponse(Shape):
    """That the service is alive, and what it serves."""

    status: Literal["ok", "degraded"]
    reason: str | None = Field(description="Why an older snapshot than the current one is served, or none")
    snapshot: str | None
    articles: int
    claims: int
    events: int


class Problem(BaseModel):
    """An RFC 9457 problem document."""

    type: str = Field(examples=["https://w3id.org/banggiao/problems/unknown-country"])
    title: str
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No state is called «Azerbaijam». Did you mean Azerbaijan?"])
    suggestions: list[str] | None = None
    errors: list[dict[str, Any]] | None = None
