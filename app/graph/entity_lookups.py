"""Look-ups of people, organisations and offices: a query of app/queries on a store, read into the read model."""

from app.errors import NotFoundError
from app.graph.entities_reading import read_entity_names, read_offices_held, read_organisation, read_person
from app.graph.offices import OfficeKind
from app.graph.readmodel import EntityName, OfficeView, OrganisationView, PersonView
from app.graph.statements import Statements
from app.graph.store import GraphStore, Term, named_query
from app.graph.vocabulary import concept, kind_and_key, term, thing


def people_by_name(store: GraphStore, country: str | None = None) -> tuple[EntityName, ...]:
    """People whom articles name, of one state if given; by key."""
    return _names(store, "foaf:Person", "person", country)


def organisations_by_name(store: GraphStore, country: str | None = None) -> tuple[EntityName, ...]:
    """Organisations that articles name, of one state if given; by key."""
    return _names(store, "org:Organization", "organisation", country)


def person_by_key(store: GraphStore, key: str) -> PersonView:
    """The person of a key, also of one that has been replaced.

    Raises:
        NotFoundError: there is none.

    """
    node = thing("person", key)
    said = Statements(store.select(named_query("entity"), {"entity": node}))
    if replaced_by := said.value(node.value, "dcterms:isReplacedBy"):
        return person_by_key(store, kind_and_key(replaced_by)[1])
    if node.value not in said.of_type("foaf:Person"):
        raise NotFoundError(f"There is no person «{key}».")
    return read_person(said, node.value)


def organisation_by_key(store: GraphStore, key: str) -> OrganisationView:
    """The organisation of a key.

    Raises:
        NotFoundError: there is none.

    """
    node = thing("organisation", key)
    said = Statements(store.select(named_query("entity"), {"entity": node}))
    if node.value not in said.of_type("org:Organization"):
        raise NotFoundError(f"There is no organisation «{key}».")
    return read_organisation(said, node.value)


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


def _names(store: GraphStore, class_name: str, kind: str, country: str | None) -> tuple[EntityName, ...]:
    query = named_query("entities")
    if country is None:
        rows = store.select(query, {"what": term(class_name)})
    else:
        rows = store.select(query.replace("rdf:type ?what", "bg:country ?what"), {"what": thing("country", country)})
    return tuple(sorted(read_entity_names(Statements(rows), kind), key=lambda one: one.key))
