"""Answers as short texts with their sources, in Vietnamese or English, made of the same shapes that go beside them."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from app.assistants.parameters import Language
from app.assistants.sentences import SENTENCES
from app.assistants.shapes import DraftResponse, PairStatusResponse, QueryResponse
from app.checking.responses import EvidenceShape, FindingShape
from app.graph.ontology import label_of_concept
from app.house import PUBLISHER
from app.responses import (
    AnniversariesResponse,
    AnniversaryShape,
    CountryShape,
    EventShape,
    GapShape,
    LabelShape,
    PairAnniversariesResponse,
    PairResponse,
    PairShape,
    SourceShape,
    TimelineResponse,
)
from app.wording import words
from extractors.dates import parse_edtf

_SHOWN_SOURCES = 4
_SHOWN_CHARS = 300
_ADDRESS_CHARS = 2000


class Wording:
    """Words answers in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def pair_status(self, answer: PairStatusResponse) -> str:
        """How a pair stands, the events that say so, and its next anniversary."""
        parts, coming = [self._state(answer)], answer.next_anniversary
        bearing = {event.id: event for event in (answer.ties_event, answer.level_event) if event}
        for event in bearing.values():
            parts += [f"- {self._name(event)}, {self._date(event.date)}", *self._details(event)]
        if coming is not None:
            parts.append(self._say("next") + self._anniversary(coming))
            parts += self._details(coming) if coming.id not in bearing else []
        return self._text(parts, is_empty=answer.status == "unknown" and coming is None)

    def pair_anniversaries(self, answer: PairAnniversariesResponse, state: PairResponse, found: int) -> str:
        """The anniversaries of a pair, of so many in all."""
        parts = [self._state(state)]
        if answer.items:
            parts.append(self._say("anniversaries", given=len(answer.items), found=found))
        return self._text(chain(parts, self._anniversaries(answer.items), self._more(answer.next)), not answer.items)

    def timeline(self, answer: TimelineResponse, state: PairResponse, found: int) -> str:
        """The events of a pair, of so many in all."""
        parts = [self._state(state)]
        if answer.items:
            parts.append(self._say("timeline", given=len(answer.items), found=found))
        for number, event in enumerate(answer.items, 1):
            parts += [f"{number}. {self._date(event.date)}: {self._name(event)}", *self._details(event)]
        return self._text(chain(parts, self._more(answer.next)), is_empty=not answer.items)

    def upcoming(self, answer: AnniversariesResponse) -> str:
        """What comes round in some days."""
        where = self._in_language(answer.country.name) if answer.country else self._say("everywhere")
        first, last = self._date(str(answer.first)), self._date(str(answer.last))
        head = self._say("window", first=first, last=last, where=where)
        parts = chain([head], self._anniversaries(answer.items), self._more(answer.next))
        return self._text(parts, is_empty=not answer.items)

    def draft(self, answer: DraftResponse) -> str:
        """What is wrong in a draft."""
        if not answer.items:
            return self._say("clean")
        head = self._say("findings", given=len(answer.items), found=answer.found)
        return "\n".join(chain([head], *(self._finding(*one) for one in enumerate(answer.items, 1))))

    def query(self, answer: QueryResponse) -> str:
        """What a query gives: lines with tabs between the values."""
        if answer.boolean is not None:
            return self._say("yes" if answer.boolean else "no")
        if not answer.found:
            return self._say("nothing")
        lines = list(answer.triples)
        if answer.columns:
            lines.append("\t".join(answer.columns))
        for row in answer.rows:
            lines.append("\t".join(plain(row[name].value) if name in row else "" for name in answer.columns))
        given = len(answer.rows) + len(answer.triples)
        notes = [answer.note] if answer.note else []
        return "\n".join([self._say("rows", given=given, found=answer.found), *lines, *notes])

    def _text(self, parts: Iterable[str], is_empty: bool) -> str:
        return "\n".join([*parts, self._say("nothing" if is_empty else "closing")])

    def _state(self, answer: PairResponse) -> str:
        ties = self._say(answer.status)
        since = self._say("since", date=self._date(answer.since)) if answer.since else ""
        line = self._say("state", pair=self._pair(answer.pair), day=self._date(str(answer.on)), ties=ties) + since
        if answer.level and answer.level_since:
            level = self._label("level", answer.level)
            line += self._say("level", level=level, date=self._date(answer.level_since))
        return "\n".join(chain([f"{line}."], *(self._gap(gap) for gap in answer.gaps)))

    def _gap(self, gap: GapShape) -> Iterator[str]:
        yield self._say(f"gap-{gap.kind}", day=self._date(gap.as_of), type=self._label("type", gap.type))
        if gap.note:
            yield "   " + self._say("note", note=plain(gap.note))
        yield from self._sources(gap.sources)

    def _anniversaries(self, items: Sequence[AnniversaryShape]) -> Iterator[str]:
        for number, item in enumerate(items, 1):
            yield f"{number}. {self._anniversary(item)}"
            yield from self._details(item)

    def _anniversary(self, item: AnniversaryShape) -> str:
        when = self._date(item.period)
        if item.days_until is None:
            when += self._say("no-day")
        else:
            when += self._say("in-days", days=item.days_until) if item.days_until else self._say("today")
        when += self._say("leap") if item.adjusted else ""
        years = self._say("years", years=item.next_years, rank=self._say(item.rank)) if item.rank else ""
        event = f"{self._name(item)}, {self._date(item.date)}"
        return self._say("anniversary", when=when, years=years, event=event)

    def _details(self, event: EventShape) -> Iterator[str]:
        """How well an event is supported, and by whom; what others say."""
        yield "   " + self._say(
            "support",
            status=self._label("status", event.status),
            sources=len(event.sources),
            voices=event.voices,
            confidence=f"{event.confidence:.2f}",
            precision=self._say(event.precision),
        )
        if event.standing:
            yield "   " + self._say("standing", standing=self._label("standing", event.standing))
        yield from self._sources(event.sources)
        for other in event.alternatives:
            yield "   " + self._say("alternative", date=self._date(other.date))
            yield from self._sources(other.sources, with_heading=False)
        for note in event.notes:
            yield "   " + self._say("note", note=plain(note))

    def _finding(self, number: int, one: FindingShape) -> Iterator[str]:
        yield self._say(
            "finding",
            number=number,
            severity=self._say(one.severity),
            quote=plain(one.quote),
            start=one.start,
            end=one.end,
            reason=self._in_language(one.reason),
        )
        if one.suggestion:
            yield "   " + self._say("suggestion", suggestion=plain(one.suggestion))
        for item in one.evidence:
            yield "   " + self._say("evidence", what=self._evidence(item))
            if item.sources:
                yield from self._sources(item.sources)
            for other in item.alternatives:
                yield "   " + self._say("alternative", date=self._date(other.date))
                yield from self._sources(other.sources, with_heading=False)

    def _evidence(self, item: EvidenceShape) -> str:
        if item.shown:
            return item.shown
        date = self._date(item.date) if item.date else ""
        return ", ".join(filter(None, (self._in_language(item.label) if item.label else "", date))) or item.kind

    def _sources(self, sources: Sequence[SourceShape], *, with_heading: bool = True) -> Iterator[str]:
        if with_heading:
            yield "   " + self._say("sources" if sources else "no-sources")
        for source in sorted(sources, key=lambda one: one.publisher == PUBLISHER)[:_SHOWN_SOURCES]:
            yield f"   - {self._source(source)}"
        if len(sources) > _SHOWN_SOURCES:
            yield f"   - {self._say('more-sources', count=len(sources) - _SHOWN_SOURCES)}"

    def _source(self, one: SourceShape) -> str:
        publisher = self._say("retelling") if one.publisher == PUBLISHER else plain(one.publisher or "")
        told = [publisher, f"«{plain(one.title)}»" if one.title else ""]
        if one.published:
            told.append(self._say("published", date=self._date(str(one.published))))
        told += [
            plain(one.url or "", _ADDRESS_CHARS),
            self._say("source-date", date=self._date(one.date)) if one.date else "",
        ]
        quote = f": “{plain(one.quote)}”" if one.quote else ""
        return ", ".join(filter(None, told)) + quote

    def _more(self, cursor: str | None) -> Iterator[str]:
        if cursor:
            yield self._say("more", cursor=cursor)

    def _name(self, event: EventShape) -> str:
        former = f" ({self._in_language(event.inherited_from.name)})" if event.inherited_from else ""
        return self._in_language(event.label) + former

    def _pair(self, pair: PairShape) -> str:
        return " – ".join(self._state_name(one) for one in pair.countries)

    def _state_name(self, one: CountryShape) -> str:
        return f"{self._in_language(one.name)} ({one.code})"

    def _in_language(self, names: LabelShape) -> str:
        return plain(names.vi if self._language == "vi" else names.en)

    def _label(self, kind: str, name: str) -> str:
        return label_of_concept(kind, name, self._language) or name

    def _date(self, edtf: str) -> str:
        """As Vietnamese newspapers write it; in English as ISO does, which no one misreads."""
        return words("vi").date(parse_edtf(edtf)) if self._language == "vi" else edtf

    def _say(self, sentence: str, **fields: Any) -> str:
        return SENTENCES[self._language][sentence].format(**fields)


def plain(text: str, most_chars: int = _SHOWN_CHARS) -> str:
    """Words of others on one line: shortened, without characters that steer how text is shown."""
    line = " ".join("".join(one for one in text if one.isspace() or unicodedata.category(one)[0] != "C").split())
    return line if len(line) <= most_chars else f"{line[:most_chars]}…"
