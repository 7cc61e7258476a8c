"""Candidates for a query, and suggestions for what is typed, over one snapshot.

A score is that of a name (app/name_likeness.py), 5 more for each property that agrees with what the client knows, 25
less for each that does not; a property that the thing lacks, or a state that nobody knows, changes nothing. A candidate
is a match where it alone scores 95 or more: the name as it is written, or without any diacritics.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from rapidfuzz import fuzz

from app.errors import NotFoundError
from app.graph.entity_lookups import organisations_by_name, people_by_name
from app.graph.kept import Kept
from app.graph.store import GraphStore
from app.name_likeness import CERTAIN, MAX_TEXT, NameTable, Spelling, plain_key
from app.reconciling.facts import Facts, Reference, Value, facts_of, holds
from app.reconciling.kinds import ThingId, TypeId, read_id
from app.reconciling.queries import Query
from app.searching import find, find_pairs, find_states
from extractors.gazetteer import UnknownCountryError, load_gazetteer

_MIN_SCORE = 50.0
_AGREES, _DISAGREES = 5.0, -25.0
_BY_ID = 100.0
# Of 100, by rapidfuzz's ratio of common words: «Thủ tướng» agrees with «Thủ tướng Chính phủ».
_SAME_TEXT = 90
# What the best by name may lose to others by its properties; each costs a look into the graph.
_WEIGHED = 10
_CERTAIN_ONES = 2
_MOST_FOUND = 300
# Of people and of organisations, of the snapshot that is read and the one before.
_KEPT_TABLES = 4
_KEPT_STATES = 10_000
_kept: Kept[NameTable] = Kept(_KEPT_TABLES)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant: `score` with properties weighed, `name_score` without; `agreements` by property."""

    facts: Facts
    score: float
    name_score: float
    agreements: Mapping[str, bool]
    is_match: bool = False


class Matcher:
    """Finds things of one snapshot, seen on a day. The names of people and organisations are read when first needed."""

    def __init__(self, store: GraphStore, on: dt.date) -> None:
        self._store = store
        self._on = on
        self._tables: dict[TypeId, NameTable] = {}

    def candidates(self, query: Query) -> tuple[Candidate, ...]:
        """The things that a query may mean, the likeliest first."""
        scored = sorted((one for one in self._scored(query) if one[1] >= _MIN_SCORE), key=_order)
        # of two that are certain neither is a match, also where only one is asked for
        looked_at = max(query.limit, _WEIGHED if query.known else _CERTAIN_ONES)
        held = islice(self._held(scored), looked_at)
        found = [_weighed(facts, score, query.known) for facts, score in held]
        found.sort(key=lambda one: _order((one.facts.id, one.score)))
        certain = [one for one in found if one.score >= CERTAIN]
        return tuple(replace(one, is_match=[one] == certain) for one in found[: query.limit])

    def suggestions(self, prefix: str, types: Sequence[TypeId], skipped: int, limit: int) -> tuple[Facts, ...]:
        """Things whose names begin as a text does, or that it may mean, the likeliest first."""
        named = [(ThingId(one.kind, one.key), one.score) for one in find(prefix, _MOST_FOUND) if one.kind in types]
        for kind in types:
            if kind in ("person", "organisation"):
                beginning = self._names(kind).beginning(prefix)
                named += [(ThingId(kind, key), score) for key, score in beginning.items()]
        wanted = read_id(prefix)
        if wanted and wanted.type in types:
            named.append((wanted, _BY_ID))
        held = (one for one in sorted(named, key=_order) if one[0].type != "pair" or holds(self._store, one[0]))
        return tuple(facts for facts, _ in self._held(islice(held, skipped, skipped + limit)))

    def _held(self, scored: Iterable[tuple[ThingId, float]]) -> Iterator[tuple[Facts, float]]:
        for thing_id, score in scored:
            try:
                yield facts_of(self._store, thing_id, self._on), score
            except NotFoundError:  # any two states are a pair, of which the graph may know nothing
                continue

    def _scored(self, query: Query) -> Iterator[tuple[ThingId, float]]:
        wanted = read_id(query.text)
        if wanted and wanted.type in query.types:
            yield wanted, _BY_ID
            return
        if not query.text.strip():
            if "country" in query.types:
                yield from ((ThingId("country", code), _BY_ID) for code in _codes_of(query.known))
            return
        if "country" in query.types:
            yield from ((ThingId("country", one.key), one.score) for one in find_states(query.text))
        if "pair" in query.types:
            yield from ((ThingId("pair", one.key), one.score) for one in find_pairs(query.text))
        for kind in query.types:
            if kind in ("person", "organisation"):
                yield from ((ThingId(kind, key), score) for key, score in self._names(kind).near(query.text).items())

    def _names(self, kind: TypeId) -> NameTable:
        if kind not in self._tables:
            self._tables[kind] = _kept.get(self._store, kind, lambda: _names_of(self._store, kind))
        return self._tables[kind]


def _names_of(store: GraphStore, kind: TypeId) -> NameTable:
    named = people_by_name(store) if kind == "person" else organisations_by_name(store)
    return NameTable(Spelling(one.key, name) for one in named for name in one.names)


def _order(scored: tuple[ThingId, float]) -> tuple[float, str]:
    return (-scored[1], str(scored[0]))


def _codes_of(known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The states that identifiers among the properties name, where there is no name to go by."""
    states = load_gazetteer().states
    ids = {one.wikidata: one.code for one in states.values()}
    codes = [one.strip().upper() for one in known.get("code", ())]
    codes += [ids.get(one.strip().rpartition("/")[2], "") for one in known.get("wikidata", ())]
    return tuple(code for code in dict.fromkeys(codes) if code in states)


def _weighed(facts: Facts, score: float, known: Mapping[str, tuple[str, ...]]) -> Candidate:
    agreements = {}
    for name, given in known.items():
        same = [_is_same(own, one) for own in facts.values.get(name, ()) for one in given]
        told = [one for one in same if one is not None]
        if told:
            agreements[name] = any(told)
    change = sum(_AGREES if agrees else _DISAGREES for agrees in agreements.values())
    return Candidate(facts, round(min(100.0, max(0.0, score + change)), 1), round(score, 1), agreements)


def _is_same(own: Value, given: str) -> bool | None:
    """Whether a value is what the client knows; None where nobody can tell."""
    if not isinstance(own, Reference):
        return fuzz.token_set_ratio(plain_key(str(own)), plain_key(given)) >= _SAME_TEXT
    wanted = read_id(given)
    if wanted is not None:
        return wanted == own.id
    code = _code_of(given)
    return None if code is None else code == own.id.key


@lru_cache(maxsize=_KEPT_STATES)
def _code_of(name: str) -> str | None:
    """The state that is called so: a column of a table names few, again and again."""
    try:
        return load_gazetteer().resolve(name) if len(name) <= MAX_TEXT else None
    except UnknownCountryError:
        return None
