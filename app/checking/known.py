"""What the graph holds of a draft, fetched once: a few direct look-ups by pair and by state."""

from collections.abc import Iterable
from typing import TypeAlias

from app.checking.records import Draft, Known
from app.graph.lookups import events_by, events_of_pair
from app.graph.readmodel import Event
from app.graph.store import GraphStore
from app.graph.vocabulary import thing
from extractors.gazetteer import Gazetteer, load_gazetteer

# Pairs and states that are looked up for one text, about 3 ms each; the most among 2,088 articles measured is 7, a
# calendar of the ties and national days of all states has some 400.
MAX_SUBJECTS = 1000

Codes: TypeAlias = tuple[str, ...]


def known_of(store: GraphStore, draft: Draft) -> Known:
    """The events of all pairs and states that a draft speaks of, and of their predecessors and successors."""
    gazetteer = load_gazetteer()
    told = tuple(dict.fromkeys(_subjects(draft)))
    subjects = told[:MAX_SUBJECTS]
    kin: dict[Codes, tuple[Codes, ...]] = {one: _kin(gazetteer, one) for one in subjects if len(one) == 2}
    wanted = dict.fromkeys([*subjects, *(other for others in kin.values() for other in others)])
    events: dict[Codes, tuple[Event, ...]] = {}
    for countries in wanted:
        if len(countries) == 2:
            events[countries] = events_of_pair(store, countries[0], countries[1])
        elif len(countries) == 1:
            events[countries] = events_by(store, "bg:subject", thing("country", countries[0]))
    return Known(events, kin, len(subjects), told[MAX_SUBJECTS:])


def _subjects(draft: Draft) -> Iterable[Codes]:
    yield from (claim.countries for claim in draft.extraction.claims if claim.countries)
    yield from (counted.countries for counted in draft.counts if counted.countries)
    yield from (said.countries for said in draft.levels)
    yield from (said.countries for said in draft.upgrades)


def _kin(gazetteer: Gazetteer, countries: Codes) -> tuple[Codes, ...]:
    """The pair with a predecessor or a successor in the place of each of its states."""
    found = []
    for place, code in enumerate(countries):
        state = gazetteer.states.get(code)
        before = [other.code for other in gazetteer.states.values() if code in other.successors]
        for other in (*(state.successors if state else ()), *before):
            pair = tuple(sorted({other, countries[1 - place]}))
            if len(pair) == 2:
                found.append(pair)
    return tuple(dict.fromkeys(found))
