"""The record of an event: all that an answer shows of it, with its sources, as one text beside its statements.

Read from its statements, an event costs some fifty look-ups all over the store; its record costs one. Fusion writes it
together with the event, and whoever changes what it is made of by other means drops it: an event without a record is
read from its statements. What a state is called stands only where states are described.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal

from app.graph.fusion import Alternative as FusedAlternative
from app.graph.fusion import FusedEvent
from app.graph.literals import Statement
from app.graph.reading import States, in_order, state_name
from app.graph.readmodel import Alternative, Event, Label, Source
from app.graph.vocabulary import RECORDS_GRAPH, event_key, kind_and_key, term, thing
from extractors.dates import parse_edtf

_read_date = lru_cache(maxsize=4096)(parse_edtf)
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_WORDS = ("level", "from_country", "to_country", "person", "name", "standing", "occasion")


def record_statement(event: FusedEvent, label: Label) -> Statement:
    """The record of an event as it was fused."""
    fields = {
        **_present({word: getattr(event, word) for word in _WORDS}),
        "type": event.type,
        "status": event.status,
        "label": {"vi": label.vi, "en": label.en},
        "countries": sorted(event.countries),
        "date": str(event.date),
        "confidence": event.confidence,
        "voices": event.voices,
        "inherited_from": event.inherited_from,
        "sources": _sources(event),
        "alternatives": [_alternative(one) for one in _in_order(event.alternatives)],
        "notes": _notes(event),
    }
    record = Literal(_encode(_present(fields)), datatype=term("rdf:JSON"))
    return thing("event", event.key), term("bg:record"), record, RECORDS_GRAPH


def read_record(node: str, record: str, states: States) -> Event:
    """The event of an IRI, from its record.

    Raises:
        ValueError, KeyError: it is no record, which is a fault of the graph.
    """
    said: dict[str, Any] = json.loads(record)
    predecessor = said.get("inherited_from")
    return Event(
        id=kind_and_key(node)[1],
        iri=node,
        type=said["type"],
        status=said["status"],
        label=Label(**said["label"]),
        countries=tuple(state_name(states, code) for code in said.get("countries", ())),
        date=_read_date(said["date"]),
        confidence=said["confidence"],
        voices=said["voices"],
        alternatives=tuple(_read_alternative(one) for one in said.get("alternatives", ())),
        sources=tuple(map(_read_source, said.get("sources", ()))),
        inherited_from=state_name(states, predecessor) if predecessor else None,
        notes=tuple(said.get("notes", ())),
        **{word: said.get(word) for word in _WORDS},
    )


def _in_order(alternatives: Iterable[FusedAlternative]) -> list[FusedAlternative]:
    """As their IRIs are in order."""
    return sorted(alternatives, key=lambda one: event_key(one.date))


def _alternative(one: FusedAlternative) -> Mapping[str, Any]:
    return {"date": str(one.date), "issues": list(one.issues), "sources": _sources(one)}


def _read_alternative(said: Mapping[str, Any]) -> Alternative:
    return Alternative(_read_date(said["date"]), tuple(said["issues"]), tuple(map(_read_source, said["sources"])))


def _sources(one: FusedEvent | FusedAlternative) -> list[Mapping[str, Any]]:
    found = in_order(source for item in one.support for source in item.sources)
    return [
        _present(
            {
                "article": source.article,
                "title": source.title,
                "publisher": source.publisher,
                "published": source.published and source.published.isoformat(),
                "url": source.url,
                "quote": source.quote,
                "basis": source.basis,
                "date": str(source.date),
            }
        )
        for source in found
    ]


def _read_source(said: Mapping[str, Any]) -> Source:
    published = said.get("published")
    return Source(
        article=said.get("article"),
        title=said.get("title"),
        publisher=said.get("publisher"),
        published=dt.date.fromisoformat(published) if published else None,
        url=said.get("url"),
        quote=said.get("quote"),
        basis=said["basis"],
        date=_read_date(said["date"]),
    )


def _notes(event: FusedEvent) -> list[str]:
    """What curators note of the facts behind an event, then behind its alternatives, each once."""
    parts: Iterable[FusedEvent | FusedAlternative] = (event, *_in_order(event.alternatives))
    facts = (fact for part in parts for fact in sorted(part.support, key=lambda item: item.iri))
    return list(dict.fromkeys(fact.note for fact in facts if fact.note))


def _present(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What there is: nothing is said of what is unknown."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
