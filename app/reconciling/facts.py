"""What is known of a thing by its id: its name, a line that tells it from its namesakes, the values of properties."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.anniversaries import anniversaries_of_pair
from app.errors import NotFoundError
from app.graph.entity_lookups import organisation_by_key, person_by_key
from app.graph.lookups import country_by_code, describe, event_ids, events_of, events_of_pair, gaps_of_pair, of_types
from app.graph.ontology import label_of_concept
from app.graph.store import GraphStore
from app.graph.vocabulary import thing
from app.pairs import country_name, resolve_pair, state_of_pair
from app.reconciling.kinds import PROPERTIES, ThingId
from app.searching import pair_label
from app.wording import words
from extractors.gazetteer import load_gazetteer

_CODE_CHARS = 2


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing as the value of a property."""

    id: ThingId
    name: str


Value = str | int | Reference


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a thing; dates are EDTF. A property without a value has none of `values`."""

    id: ThingId
    name: str
    description: str
    values: Mapping[str, tuple[Value, ...]]


def facts_of(store: GraphStore, wanted: ThingId, on: dt.date) -> Facts:
    """What is known of a thing, seen on a day.

    Raises:
        NotFoundError: the graph holds no such thing.
    """
    makers = {"country": _country, "pair": _pair, "person": _person, "organisation": _organisation}
    return makers[wanted.type](store, wanted, on)


def holds(store: GraphStore, wanted: ThingId) -> bool:
    """Whether the graph says anything of a thing; cheaper than its facts."""
    try:
        iri = thing(wanted.type, wanted.key).value
    except ValueError:  # a blank, a stray percent sign: no IRI can hold it
        return False
    return bool(describe(store, iri))


def _country(store: GraphStore, wanted: ThingId, _: dt.date) -> Facts:
    if not (wanted.key.isascii() and wanted.key.isalpha() and len(wanted.key) == _CODE_CHARS):
        raise NotFoundError(f"There is no state with the id «{wanted}».")
    view = country_by_code(store, wanted.key)
    days = events_of(store, of_types(event_ids(store, "bg:subject", thing("country", view.code)), ("national-day",)))
    ended = str(view.valid_to) if view.valid_to else None
    return Facts(
        wanted,
        view.label.vi,
        f"{view.label.en} ({view.code}{f', until {ended}' if ended else ''})",
        _known(
            {
                "code": (view.code,),
                "name-vi": (view.label.vi,),
                "name-en": (view.label.en,),
                "official-name": (name for _, name in view.official),
                "other-name": (name for _, name in view.aliases),
                "metonym": (name for _, name in view.metonyms),
                "wikidata": (view.wikidata.rpartition("/")[2] if view.wikidata else None,),
                "national-day": (str(day.date) for day in days if day.standing != "superseded"),
                "valid-to": (ended,),
            }
        ),
    )


def _pair(store: GraphStore, wanted: ThingId, on: dt.date) -> Facts:
    if not _is_pair(wanted.key) or not holds(store, wanted):
        raise NotFoundError(f"The graph knows of no pair with the id «{wanted}».")
    pair = resolve_pair(load_gazetteer(), *wanted.key.split("-"))
    events = events_of_pair(store, pair.a.code, pair.b.code)
    state = state_of_pair(pair, events, gaps_of_pair(store, pair.a.code, pair.b.code), on)
    coming = () if state.ties == "ended" else anniversaries_of_pair(events, on)
    following = next((one for one in coming if one.next is not None), None)
    level = state.level_event
    names = {language: pair_label(wanted.key, language) for language in ("vi", "en")}
    level_name = label_of_concept("level", level.level, "vi") if level and level.level else None
    said = (names["en"], words("vi").ties(state.ties), level_name)
    return Facts(
        wanted,
        names["vi"],
        "; ".join(filter(None, said)),
        _known(
            {
                "name-vi": (names["vi"],),
                "name-en": (names["en"],),
                "country": map(_state, (pair.a.code, pair.b.code)),
                "ties": (state.ties,),
                "since": (str(state.since) if state.since else None,),
                "level": (level.level if level else None,),
                "level-since": (str(level.date) if level else None,),
                "next-anniversary": (str(following.next) if following else None,),
                "next-anniversary-years": (following.next_years if following else None,),
                "next-anniversary-of": (following.event.label.vi if following else None,),
            }
        ),
    )


def _person(store: GraphStore, wanted: ThingId, _: dt.date) -> Facts:
    view = person_by_key(store, wanted.key)
    code = view.country
    return Facts(
        wanted,
        view.name,
        "; ".join(filter(None, (view.role, _state(code).name if code else None))),
        _known(
            {
                "other-name": view.names[1:],
                "country": (_state(code) if code else None,),
                "role": dict.fromkeys(office.role for office in view.offices),
            }
        ),
    )


def _organisation(store: GraphStore, wanted: ThingId, _: dt.date) -> Facts:
    view = organisation_by_key(store, wanted.key)
    states = tuple(map(_state, view.countries))
    return Facts(
        wanted,
        view.name,
        "; ".join(filter(None, (view.type, *(one.name for one in states)))),
        _known({"other-name": view.names[1:], "country": states, "organisation-type": (view.type,)}),
    )


def _is_pair(key: str) -> bool:
    """Whether a key is that of two different states of the tables, in the order of their codes."""
    codes = key.split("-")
    return len(codes) == 2 and codes == sorted(set(codes)) and set(codes) <= load_gazetteer().states.keys()


def _state(code: str) -> Reference:
    return Reference(ThingId("country", code), country_name(load_gazetteer(), code).name.vi)


def _known(values: Mapping[str, Iterable[Value | None]]) -> Mapping[str, tuple[Value, ...]]:
    found = {name: tuple(dict.fromkeys(one for one in some if one is not None)) for name, some in values.items()}
    assert found.keys() <= PROPERTIES.keys()  # noqa: S101  # a property that nobody could ask for
    return {name: some for name, some in found.items() if some}
