"""The wire shapes of verdicts."""

import datetime as dt

from pydantic import Field

from app.graph.verdicts import MAX_NAME_CHARS, MAX_REASON_CHARS, Finding
from app.responses import Shape


class WithdrawalShape(Shape):
    """Who took a verdict back, when and why."""

    by: str
    at: dt.datetime
    why: str


class VerdictShape(Shape):
    """What a curator found of a claim or of two people; one that was taken back says so."""

    id: str
    finding: Finding
    judged: list[str] = Field(description="IRIs of the claim, or of the two people")
    claim: dict[str, str | None] | None = Field(description="What the judged claim asserts")
    appearances: list[str] = Field(description="Where articles name the two people")
    by: str
    at: dt.datetime
    why: str
    withdrawn: WithdrawalShape | None


class VerdictsResponse(Shape):
    """Verdicts by id."""

    items: list[VerdictShape]
    next: str | None


class VerdictBody(Shape):
    """A verdict to be recorded."""

    finding: Finding
    judged: list[str] = Field(min_length=1, max_length=2, description="Keys or IRIs of a claim or of two people")
    by: str = Field(min_length=1, max_length=MAX_NAME_CHARS, examples=["Lê An"])
    why: str = Field(min_length=1, max_length=MAX_REASON_CHARS)


class WithdrawalBody(Shape):
    """Who takes a verdict back, and why."""

    by: str = Field(min_length=1, max_length=MAX_NAME_CHARS)
    why: str = Field(min_length=1, max_length=MAX_REASON_CHARS)
