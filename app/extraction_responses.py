"""The wire shapes of what is read from a text: one object as `banggiao extract` prints it."""

import datetime as dt

from pydantic import Field

from app.responses import PrecisionWord, Shape
from extractors.records import Basis, ClaimType, Level, SectionKind


class ExtractedClaimShape(Shape):
    """What the text asserts; `start` and `end` count code points of the text sent."""

    type: ClaimType
    countries: list[str] = Field(description="Codes, sorted", examples=[["AZ", "VN"]])
    date: str = Field(examples=["1992-09-23"])
    precision: PrecisionWord
    basis: Basis = Field(description="How the date was reached")
    level: Level | None = Field(description="Of a partnership")
    from_country: str | None = Field(alias="from", description="Who recognised, or whose visit it was")
    to_country: str | None = Field(alias="to")
    person: str | None
    name: str | None
    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    section: SectionKind
    confidence: float = Field(ge=0, le=1)
    issues: list[str] = Field(description="What is wrong with the words of the text")


class ExtractedPersonShape(Shape):
    """A person whom the text names."""

    name: str
    role: str | None = Field(description="As the text words it")
    country: str | None = Field(description="The state that the role serves")


class ExtractedOrganisationShape(Shape):
    """An organisation that the text names."""

    name: str
    type: str | None
    country: str | None
    countries: list[str] = Field(description="All states in its name")


class RejectionShape(Shape):
    """Something seen and left out."""

    type: ClaimType
    reason: str
    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class ExtractionResponse(Shape):
    """What was read from a text; offsets count code points of the text."""

    doc: str = Field(description="Id of the text")
    title: str | None
    published: dt.date | None
    claims: list[ExtractedClaimShape]
    people: list[ExtractedPersonShape]
    organisations: list[ExtractedOrganisationShape]
    rejections: list[RejectionShape] = Field(description="What was seen and left out, each with its reason")
