"""From the records of the read model to the wire shapes; links lead where the service is, not where the names are."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from app.anniversaries import Anniversary
from app.graph.readmodel import (
    Alternative,
    ArticleView,
    ClaimView,
    CountryName,
    CountryView,
    EntityView,
    Event,
    GapView,
    Label,
    Source,
)
from app.graph.vocabulary import BASE
from app.pairs import Pair, PairState
from app.responses import (
    AlternativeShape,
    AnniversaryShape,
    ArticleResponse,
    ClaimShape,
    CountryResponse,
    CountryShape,
    EntityShape,
    EventShape,
    GapShape,
    LabelShape,
    NameShape,
    PairResponse,
    PairShape,
    SourceShape,
)


class Presenter:
    """Makes wire shapes whose IRIs start with `base_iri` instead of the graph's own base."""

    def __init__(self, base_iri: str = BASE) -> None:
        self._base_iri = base_iri

    def link(self, iri: str) -> str:
        """The address at which a thing of the graph is found."""
        return self._base_iri + iri.removeprefix(BASE) if iri.startswith(BASE) else iri

    def event(self, event: Event) -> EventShape:
        """An event."""
        return EventShape(**self._event_fields(event))

    def anniversary(self, found: Anniversary) -> AnniversaryShape:
        """An event with its anniversary."""
        return AnniversaryShape(
            **self._event_fields(found.event),
            years=found.years,
            last=found.last,
            next=found.next,
            next_years=found.next_years,
            days_until=found.days_until,
            rank=found.rank,
            period=str(found.period),
            adjusted=found.adjusted,
        )

    def pair(self, pair: Pair) -> PairShape:
        """A pair."""
        return PairShape(key=pair.key, iri=self.link(pair.iri), countries=[country(one) for one in pair.countries])

    def pair_state(
        self,
        pair: Pair,
        state: PairState,
        gaps: Sequence[GapView],
        on: dt.date,
        next_anniversary: Anniversary | None,
    ) -> PairResponse:
        """How a pair stands on a day."""
        return PairResponse(
            pair=self.pair(pair),
            on=on,
            status=state.ties,
            since=str(state.since) if state.since else None,
            level=state.level_event.level if state.level_event else None,
            level_since=str(state.level_event.date) if state.level_event else None,
            counts=dict(state.counts),
            gaps=[_gap(one) for one in gaps],
            next_anniversary=self.anniversary(next_anniversary) if next_anniversary else None,
        )

    def country(self, view: CountryView, pairs: Iterable[str], events: Iterable[Event]) -> CountryResponse:
        """One state with its own events."""
        return CountryResponse(
            code=view.code,
            iri=self.link(view.iri),
            name=label(view.label),
            official=_names(view.official),
            aliases=_names(view.aliases),
            metonyms=_names(view.metonyms),
            statehood=view.statehood,
            wikidata=view.wikidata,
            valid_from=str(view.valid_from) if view.valid_from else None,
            valid_to=str(view.valid_to) if view.valid_to else None,
            successors=list(view.successors),
            pairs=list(pairs),
            events=[self.event(event) for event in events],
        )

    def article(self, view: ArticleView) -> ArticleResponse:
        """An article with its claims."""
        return ArticleResponse(
            id=view.id,
            iri=self.link(view.iri),
            title=view.title,
            publisher=view.publisher,
            published=view.published,
            url=view.url,
            content_hash=view.content_hash,
            derived_from=list(view.derived_from),
            claims=[self._claim(claim) for claim in view.claims],
            people=[self.entity(one) for one in view.people],
            organisations=[self.entity(one) for one in view.organisations],
        )

    def entity(self, view: EntityView) -> EntityShape:
        """A person or an organisation."""
        return EntityShape(
            key=view.key,
            iri=self.link(view.iri),
            name=view.name,
            role=view.role,
            type=view.type,
            country=view.country,
            articles=list(view.articles),
        )

    def _event_fields(self, event: Event) -> dict[str, Any]:
        return {
            "id": event.id,
            "iri": self.link(event.iri),
            "type": event.type,
            "label": label(event.label),
            "countries": [country(one) for one in event.countries],
            "date": str(event.date),
            "precision": event.precision,
            "level": event.level,
            "status": event.status,
            "confidence": event.confidence,
            "alternatives": [_alternative(one) for one in event.alternatives],
            "sources": [_source(one) for one in event.sources],
            "from_country": event.from_country,
            "to_country": event.to_country,
            "person": event.person,
            "name": event.name,
            "standing": event.standing,
            "voices": event.voices,
            "occasion": event.occasion,
            "inherited_from": country(event.inherited_from) if event.inherited_from else None,
            "notes": list(event.notes),
        }

    def _claim(self, view: ClaimView) -> ClaimShape:
        return ClaimShape(
            iri=self.link(view.iri),
            type=view.type,
            countries=list(view.countries),
            date=str(view.date),
            precision=view.date.precision,
            basis=view.basis,
            quote=view.quote,
            start=view.start,
            end=view.end,
            section=view.section,
            confidence=view.confidence,
            level=view.level,
            from_country=view.from_country,
            to_country=view.to_country,
            person=view.person,
            name=view.name,
            issues=list(view.issues),
            event=view.event,
        )


def label(names: Label) -> LabelShape:
    """One name in both languages."""
    return LabelShape(vi=names.vi, en=names.en)


def country(one: CountryName) -> CountryShape:
    """A state by its code and label."""
    return CountryShape(code=one.code, name=label(one.name))


def _names(pairs: Iterable[tuple[str, str]]) -> list[NameShape]:
    return [NameShape(language=language, name=name) for language, name in pairs]


def _alternative(one: Alternative) -> AlternativeShape:
    return AlternativeShape(
        date=str(one.date),
        precision=one.precision,
        issues=list(one.issues),
        sources=[_source(source) for source in one.sources],
    )


def _gap(one: GapView) -> GapShape:
    return GapShape.model_validate(
        {
            "kind": one.kind,
            "type": one.type,
            "as_of": str(one.as_of),
            "note": one.note,
            "sources": [_source(source) for source in one.sources],
        }
    )


def _source(one: Source) -> SourceShape:
    return SourceShape.model_validate(
        {
            "article": one.article,
            "title": one.title,
            "publisher": one.publisher,
            "published": one.published,
            "url": one.url,
            "quote": one.quote,
            "basis": one.basis,
            "date": str(one.date),
        }
    )
