"""Keeping people and organisations up to date: those whose names an article touches are made anew, and no others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.appearances import Appearance, Merge
from app.graph.entities_rdf import (
    ENTITIES_GRAPH,
    body_name_quads,
    body_quads,
    key_of,
    name_quads,
    person_quads,
    read_appearances,
    read_body_appearances,
    sound_literals,
)
from app.graph.organisations import resolve_bodies
from app.graph.people import resolve_people
from app.graph.people_keys import name_key_of
from app.graph.people_names import likeness, read_spelling
from app.graph.statements import Statements
from app.graph.store import GraphStore, named_query
from app.graph.vocabulary import BASE, kind_and_key, term, thing


def update_entities(store: GraphStore, touched: Iterable[NamedNode], merges: Sequence[Merge]) -> None:
    """Make the graph of entities hold what articles say of those who bear the touched names, and names like them.

    `merges` are all that stand. What results depends on what articles say, on the merges, and on nothing else.
    """
    names = sorted(touched, key=str)
    people = [name for name in names if kind_and_key(name.value)[0] == "person-name"]
    for name in names:
        if kind_and_key(name.value)[0] == "organisation-name":
            _update_bodies(store, name)
    read: dict[NamedNode, tuple[Appearance, ...]] = {}
    for name in people:
        read[name] = _appearances(store, name)
        held = frozenset(store.quads(ENTITIES_GRAPH, name))
        _write_difference(store, held, name_quads(name, read[name]))
    bonds = _bonds(store, merges)
    done: set[NamedNode] = set()
    for name in people:
        if name not in done:
            group = _names_like(store, name, bonds)
            appearances = [one for other in group for one in read.get(other) or _appearances(store, other)]
            _update_people(store, group, appearances, merges)
            done |= group


def read_merges(store: GraphStore) -> tuple[Merge, ...]:
    """Who is one with whom by the verdicts that stand: IRIs of appearances, or keys of people where none are judged.

    A verdict of an appearance that no article has any more is among them, and joins nobody until one has it again.
    """
    judged: dict[str, list[str]] = defaultdict(list)
    for row in store.select(named_query("same-person")):
        judged[row["verdict"].value].append(key_of(row["judged"].value))
    return tuple((pair[0], pair[1]) for _, pair in sorted(judged.items()) if len(pair) == 2)


def is_name(node: NamedNode) -> bool:
    """Whether a thing is the name of a person or an organisation."""
    return node.value.startswith((f"{BASE}id/person-name/", f"{BASE}id/organisation-name/"))


def all_names(store: GraphStore) -> frozenset[NamedNode]:
    """Every name of a person or an organisation."""
    return frozenset(row["name"] for row in store.select(named_query("names")))


def names_touched_by(store: GraphStore, quads: Iterable[Quad]) -> frozenset[NamedNode]:
    """The names of which some quads speak: of appearances, and of the people that verdicts judge."""
    touched: set[NamedNode] = set()
    for quad in quads:
        if not isinstance(quad.object, NamedNode):
            continue
        if quad.predicate == term("bg:named"):
            touched.add(quad.object)
        elif quad.predicate in (term("bg:judges"), term("bg:judgedAppearance")):
            touched.update(_names_of_judged(store, key_of(quad.object.value)))
    return frozenset(touched)


def _names_of_judged(store: GraphStore, judged: str) -> tuple[NamedNode, ...]:
    if "/" not in judged:
        return (thing("person-name", name_key_of(judged)),)
    if "/id/appearance/" not in judged:
        return ()  # a claim: nobody's name
    rows = store.select(named_query("statements"), {"node": NamedNode(judged)})
    return tuple(row["value"] for row in rows if row["property"] == term("bg:named"))


def _bonds(store: GraphStore, merges: Iterable[Merge]) -> dict[NamedNode, set[NamedNode]]:
    """Which names verdicts tie together."""
    bonds: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for merge in merges:
        names = {name for one in merge for name in _names_of_judged(store, one)}
        for name in names:
            bonds[name] |= names
    return bonds


def _names_like(store: GraphStore, name: NamedNode, bonds: dict[NamedNode, set[NamedNode]]) -> set[NamedNode]:
    """All names that are to be looked at together with one.

    Those that can be the same, those that verdicts tie to it, those of the people whom the graph has under it until
    now; and likewise from each of them.
    """
    found, waiting = {name}, [name]
    while waiting:
        current = waiting.pop()
        # a name may have had other spellings until now, or be in no article any more
        until_now = store.select(named_query("namesakes"), {"name": current})
        shared = {row["other"] for row in until_now}
        spellings = {row["spelling"].value for row in until_now}
        spellings |= {
            quad.object.value
            for quad in store.quads(ENTITIES_GRAPH, current)
            if quad.predicate == term("foaf:name") and isinstance(quad.object, Literal)
        }
        others = bonds.get(current, set()) | shared | _alike(store, current, spellings)
        waiting.extend(others - found)
        found |= others
    return found


def _alike(store: GraphStore, name: NamedNode, spellings: Iterable[str]) -> set[NamedNode]:
    """The names with a spelling that can be the same as one of these, which are a name's."""
    own = {read_spelling(text) for text in spellings}
    keys = {key for spelling in own for key in sound_literals(spelling, name.value)}
    return {
        row["name"]
        for key in sorted(keys, key=str)
        for row in store.select(named_query("names-of-sound"), {"sound": key})
        if any(likeness(one, read_spelling(row["spelling"].value)) for one in own)
    }


def _appearances(store: GraphStore, name: NamedNode) -> tuple[Appearance, ...]:
    return read_appearances(Statements(store.select(named_query("appearances-of-name"), {"name": name})))


def _update_people(
    store: GraphStore, names: Iterable[NamedNode], appearances: Iterable[Appearance], merges: Iterable[Merge]
) -> None:
    by_iri = {one.iri: one for one in appearances}
    held = {quad for name in names for quad in _entity_quads(store, name)}
    wanted = {quad for person in resolve_people(by_iri.values(), merges) for quad in person_quads(person, by_iri)}
    _write_difference(store, frozenset(held), frozenset(wanted))


def _update_bodies(store: GraphStore, name: NamedNode) -> None:
    said = Statements(store.select(named_query("appearances-of-name"), {"name": name}))
    appearances = read_body_appearances(said)
    wanted = {quad for body in resolve_bodies(appearances) for quad in body_quads(body)}
    held = _entity_quads(store, name).union(store.quads(ENTITIES_GRAPH, name))
    _write_difference(store, frozenset(held), body_name_quads(name, appearances) | wanted)


def _entity_quads(store: GraphStore, name: NamedNode) -> set[Quad]:
    rows = store.select(named_query("entities-of-name"), {"name": name})
    return {Quad(row["node"], row["property"], row["value"], ENTITIES_GRAPH) for row in rows}


def _write_difference(store: GraphStore, held: frozenset[Quad], wanted: frozenset[Quad]) -> None:
    removed, added = held - wanted, wanted - held
    if removed or added:
        store.apply(sorted(removed, key=str), sorted(added, key=str))
