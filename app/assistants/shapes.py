"""The shapes of answers that only assistants get; the others are those of the HTTP service."""

from typing import Literal

from pydantic import Field

from app.checking.responses import CheckResponse
from app.responses import EventShape, PairResponse, Shape


class PairStatusResponse(PairResponse):
    """How a pair stands on a day, with the events that say so and their sources."""

    ties_event: EventShape | None = Field(description="What made or ended the ties; who says so is in its sources")
    level_event: EventShape | None = Field(description="What brought the level")


class DraftResponse(CheckResponse):
    """The findings of a draft in the order of its text, as many as were asked for."""

    found: int = Field(ge=0, description="Findings in all; more than there are items where the list was cut")


class TermShape(Shape):
    """A value of a query's answer; `triple` is an RDF-star triple as JSON."""

    type: Literal["uri", "literal", "bnode", "triple"]
    value: str
    datatype: str | None
    language: str | None


class QueryResponse(Shape):
    """What a query gives: rows of a SELECT, the boolean of an ASK, the triples (N-Triples) of the others."""

    columns: list[str]
    rows: list[dict[str, TermShape]] = Field(description="By column; a column without a value is left out")
    boolean: bool | None
    triples: list[str]
    found: int = Field(ge=0, description="Rows or triples in all; more than are given where the answer was cut")
    note: str | None = Field(description="That the answer was cut, and what to do")
