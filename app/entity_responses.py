"""The wire shapes of people, the offices that they hold, and organisations."""

import datetime as dt

from pydantic import Field

from app.graph.offices import OfficeKind
from app.responses import CountryShape, Shape


class HoldingShape(Shape):
    """That an office was held at the time asked for, and what says so."""

    inferred: bool = Field(
        description="False: seen in office then. True: seen before and after, and nobody else in between"
    )
    observed: list[dt.date] = Field(description="Days of that time on which it was seen; of an inference, both ends")


class OfficeShape(Shape):
    """An office that a person was seen in; articles tell when it was seen, not when it began and ended."""

    office: OfficeKind = Field(examples=["ambassador"])
    role: str = Field(description="As most articles word it", examples=["Đại sứ Azerbaijan tại Việt Nam"])
    country: str | None = Field(description="The state served", examples=["AZ"])
    host: str | None = Field(description="Where an ambassador or a consul is sent to", examples=["VN"])
    field: str | None = Field(description="What a minister is in charge of, or the words for another office")
    first_observed: dt.date | None = Field(description="Null where no article that says it is held has a known day")
    last_observed: dt.date | None
    articles: list[str] = Field(description="All that speak of it, also of one held before")
    held: HoldingShape | None = Field(description="With ?on= only: whether it was held then")


class PersonShape(Shape):
    """A person as all articles together show them; the office seen last comes first."""

    key: str = Field(examples=["to-lam-VN"])
    iri: str
    name: str = Field(description="The preferred spelling")
    names: list[str] = Field(description="All spellings, the preferred one first")
    role: str | None = Field(description="The role seen last")
    country: str | None
    offices: list[OfficeShape]
    articles: list[str]


class PeopleResponse(Shape):
    """People by name or by office."""

    country: CountryShape | None
    on: str | None
    items: list[PersonShape]
    next: str | None


class OrganisationShape(Shape):
    """An organisation as all articles together show it."""

    key: str
    iri: str
    name: str = Field(description="The preferred spelling")
    names: list[str] = Field(description="All spellings, the preferred one first")
    type: str | None
    country: str | None
    countries: list[str] = Field(description="All states in its name, its own first")
    articles: list[str]


class OrganisationsResponse(Shape):
    """Organisations by name."""

    country: CountryShape | None
    items: list[OrganisationShape]
    next: str | None
