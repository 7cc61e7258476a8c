"""What the tools take: each parameter with its bounds, and with a description for the assistant that fills it."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from app.anniversaries import Rank
from app.days import MAX_DAYS_AHEAD
from extractors.records import ClaimType

Language: TypeAlias = Literal["vi", "en"]

_DAY_FORMS = "written 2026-11-21, 21/11/2026 or «21 tháng 11 năm 2026»"
_STATE = "ISO 3166 code or name in Vietnamese or English, with or without diacritics"

LanguageParameter = Annotated[Language, Field(description="Language of the readable text: vi or en")]
OneState = Annotated[str, Field(min_length=1, max_length=200, description=f"A state: {_STATE}", examples=["VN"])]
OtherState = Annotated[
    str, Field(min_length=1, max_length=200, description="The other state; the order is free", examples=["Azerbaijan"])
]
MaybeState = Annotated[
    str | None, Field(min_length=1, max_length=200, description=f"Only of this state ({_STATE}); all states without it")
]
OnDay = Annotated[
    str | None, Field(max_length=40, description=f"Day to look from, {_DAY_FORMS}; today in Hà Nội without it")
]
FirstDay = Annotated[str | None, Field(max_length=40, description=f"First day, {_DAY_FORMS}")]
LastDay = Annotated[str | None, Field(max_length=40, description="Last day, included; written like first_day")]
Days = Annotated[int, Field(ge=0, le=MAX_DAYS_AHEAD, description="How many days after the first")]
Within = Annotated[
    int | None, Field(ge=0, le=MAX_DAYS_AHEAD, description="Only those within so many days; all without it")
]
Types = Annotated[list[ClaimType] | None, Field(max_length=20, description="Only events of these types; all without")]
Ranks = Annotated[
    list[Rank] | None,
    Field(
        max_length=3,
        description="Only these ranks: round (năm tròn, ends in 0), half-round (năm lẻ 5, ends in 5), other (năm khác)",
    ),
]
Order = Annotated[Literal["asc", "desc"], Field(description="Earliest or latest first")]
Limit = Annotated[int, Field(ge=1, le=100, description="Most items of an answer")]
Cursor = Annotated[
    str | None, Field(max_length=1000, description="«next» of the answer before, to go on after it; else leave it out")
]
DraftText = Annotated[
    str,
    Field(min_length=1, max_length=500_000, description="The whole draft as plain text; it is neither kept nor logged"),
]
DraftTitle = Annotated[
    str | None, Field(max_length=1000, description="Headline of the draft, if it is not in the text")
]
Published = Annotated[
    str | None,
    Field(
        max_length=40,
        description=f"Day on which the draft is or was published, {_DAY_FORMS}; dates without a year are read by it",
    ),
]
MaxFindings = Annotated[int, Field(ge=1, le=200, description="Most findings of an answer, first those that come first")]
Sparql = Annotated[
    str, Field(min_length=1, max_length=100_000, description="A SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE")
]
MaxRows = Annotated[
    int, Field(ge=1, le=500, description="Most rows (or triples) of an answer; the rest is counted only")
]
