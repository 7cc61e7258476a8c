"""The wire shapes of findings: what POST /api/check and `banggiao check --format json` give."""

from typing import Literal

from pydantic import Field

from app.checking.records import Evidence, Finding, Kind, Proof, Severity
from app.presentation import Presenter, label
from app.responses import AlternativeShape, LabelShape, Shape, SourceShape


class EvidenceShape(Shape):
    """Why a finding is one.

    `event`: an event of the graph with who says so; `arithmetic` and `calendar`: `shown` is the sum or the weekday;
    `name`: `date` is when a name came out of use or into use, `sources` the pages that say so.
    """

    kind: Proof
    event: str | None = Field(description="Id of the event", examples=["established-JP-VN"])
    iri: str | None
    label: LabelShape | None
    date: str | None = Field(examples=["1973-09-21"])
    status: Literal["confirmed", "single-source", "disputed"] | None
    confidence: float | None
    shown: str | None = Field(examples=["2018 − 1978 = 40 ≠ 45"])
    alternatives: list[AlternativeShape]
    sources: list[SourceShape]


class FindingShape(Shape):
    """What a reader should know of `start` to `end`, in code points of the text."""

    start: int
    end: int
    quote: str
    severity: Severity = Field(
        description="`error`: it is wrong; `warning`: it may be; `info`: no fault: some sources say as the text does, "
        "others do not, or it was not checked"
    )
    kind: Kind
    reason: LabelShape
    suggestion: str | None = Field(description="May replace the quote; null where no one mending is certain")
    evidence: list[EvidenceShape]


class CheckResponse(Shape):
    """All findings of a text in its order; an empty list is a clean text."""

    items: list[FindingShape]


def finding_shape(one: Finding, present: Presenter) -> FindingShape:
    """A finding as it is sent."""
    return FindingShape(
        start=one.start,
        end=one.end,
        quote=one.quote,
        severity=one.severity,
        kind=one.kind,
        reason=label(one.reason),
        suggestion=one.suggestion,
        evidence=[_evidence_shape(item, present) for item in one.evidence],
    )


def _evidence_shape(item: Evidence, present: Presenter) -> EvidenceShape:
    event = present.event(item.event) if item.event else None
    day = str(item.date) if item.date else ""
    pages = [
        SourceShape(
            article=None,
            title=page.title or None,
            publisher=page.publisher,
            published=None,
            url=page.url,
            quote=None,
            basis="reference",
            date=day,
        )
        for page in item.pages
    ]
    return EvidenceShape(
        kind=item.proof,
        event=event.id if event else None,
        iri=event.iri if event else None,
        label=event.label if event else None,
        date=event.date if event else day or None,
        status=event.status if event else None,
        confidence=event.confidence if event else None,
        shown=item.shown,
        alternatives=event.alternatives if event else [],
        sources=event.sources if event else pages,
    )
