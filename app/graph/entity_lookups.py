"""Look-ups of people, organisations and offices: a query of app/queries on a store, read into the read model."""

from collections.abc import Iterable

from pyoxigraph import NamedNode

from app.errors import NotFoundError
from app.graph.appearances import Appearance
from app.graph.entities_rdf import key_of, read_appearances
from app.graph.entities_reading import read_entity_names, read_offices_held, read_organisation, read_person
from app.graph.kept import Kept
from app.graph.offices import OfficeKind
from app.graph.readmodel import EntityName, OfficeView, OrganisationView, PersonView
from app.graph.statements import Statements
from app.graph.store import GraphStore, Term, named_query
from app.graph.vocabulary import concept, slug, term, thing

# Names; some 500 bytes each.
_KEPT_NAMES = 100_000
_kept: Kept[tuple[EntityName, ...]] = Kept(_KEPT_NAMES, lambda names: max(1, len(names)))


def people_by_name(store: GraphStore, country: str | None = None) -> tuple[EntityName, ...]:
    """People whom articles name, of one state if given; by key."""
    return _kept_names(store, "foaf:Person", "person", country)


def organisations_by_name(store: GraphStore, country: str | None = None) -> tuple[EntityName, ...]:
    """Organisations that articles name, of one state if given; by key."""
    return _kept_names(store, "org:Organization", "organisation", country)


def of_name(found: Iterable[EntityName], part: str) -> tuple[EntityName, ...]:
    """Those of whom a name has a part, with or without diacritics; all where it is blank."""
    wanted = slug(part) if part.strip() else ""
    return tuple(one for one in found if not wanted or any(wanted in slug(name) for name in one.names))


def person_by_key(store: GraphStore, key: str) -> PersonView:
    """The person of a key, also of one that has been replaced.

    Raises:
        NotFoundError: there is none.

    """
    current, passed = key, set[str]()
    while current not in passed:  # keys of a foreign dump may lead in a circle
        passed.add(current)
        iri, said = _entity(store, "person", current)
        if iri in said.of_type("foaf:Person"):
            return read_person(said, iri)
        current = said.key(iri, "dcterms:isReplacedBy") or current
    raise NotFoundError(f"There is no person «{key}».")


def appearance_of(store: GraphStore, person_iri: str) -> str:
    """The IRI of the appearance by which a person is recognised, whatever key they will have.

    The one that tells most surely who is meant: with a full name, an exact office and a state; the earliest of those.

    Raises:
        NotFoundError: there is no such person, or no article names them any more.

    """
    iri, said = _entity(store, "person", key_of(person_iri))
    own = frozenset(said.texts(iri, "prov:wasDerivedFrom"))
    found: list[Appearance] = []
    for name in said.texts(iri, "bg:named"):
        rows = store.select(named_query("appearances-of-name"), {"name": NamedNode(name)})
        found += [one for one in read_appearances(Statements(rows)) if one.iri in own]
    if not found:
        raise NotFoundError(f"No article of the graph names a person <{person_iri}>: /api/people lists those named.")
    return min(found, key=_unsureness).iri


def organisation_by_key(store: GraphStore, key: str) -> OrganisationView:
    """The organisation of a key.

    Raises:
        NotFoundError: there is none.

    """
    iri, said = _entity(store, "organisation", key)
    if iri not in said.of_type("org:Organization"):
        raise NotFoundError(f"There is no organisation «{key}».")
    return read_organisation(said, iri)


def people(store: GraphStore, country: str | None = None) -> tuple[PersonView, ...]:
    """People with all that is known of them, of one state if given; by key."""
    return tuple(person_by_key(store, one.key) for one in people_by_name(store, country))


def organisations(store: GraphStore, country: str | None = None) -> tuple[OrganisationView, ...]:
    """Organisations with all that is known of them, of one state if given; by key."""
    return tuple(organisation_by_key(store, one.key) for one in organisations_by_name(store, country))


def offices_of_country(store: GraphStore, code: str, kind: OfficeKind | None = None) -> tuple[OfficeView, ...]:
    """The offices of a state that people were seen in, all or those of a kind; without their articles."""
    chosen: dict[str, Term] = {"country": thing("country", code)}
    if kind is not None:
        chosen["office"] = concept("office", kind)
    return read_offices_held(Statements(store.select(named_query("tenures"), chosen)))


def offices_of_kind(store: GraphStore, kind: OfficeKind) -> tuple[OfficeView, ...]:
    """The offices of a kind that people were seen in, of all states or none; without their articles."""
    query = named_query("tenures").replace("?node bg:country ?country . ", "")
    return read_offices_held(Statements(store.select(query, {"office": concept("office", kind)})))


def _entity(store: GraphStore, kind: str, key: str) -> tuple[str, Statements]:
    """The IRI of a key, and what the graph of entities says of it: nothing of what can be no key."""
    try:
        node = thing(kind, key)
    except ValueError:  # a blank, a stray percent sign: no IRI can hold it
        return "", Statements(())
    return node.value, Statements(store.select(named_query("entity"), {"entity": node}))


def _unsureness(one: Appearance) -> tuple[object, ...]:
    is_exact = any(not stated.office.is_vague for stated in one.offices)
    return (not one.spelling.is_full, not is_exact, one.country is None, *one.order)


def _names(store: GraphStore, class_name: str, kind: str, country: str | None) -> tuple[EntityName, ...]:
    query = named_query("entities")
    if country is None:
        rows = store.select(query, {"what": term(class_name)})
    else:
        rows = store.select(query.replace("rdf:type ?what", "bg:country ?what"), {"what": thing("country", country)})
    return tuple(sorted(read_entity_names(Statements(rows), kind), key=lambda one: one.key))


def _kept_names(store: GraphStore, class_name: str, kind: str, country: str | None) -> tuple[EntityName, ...]:
    """The same, kept: whoever looks for a name, or turns a page, asks for all of them again."""
    return _kept.get(store, (kind, country), lambda: _names(store, class_name, kind, country))
