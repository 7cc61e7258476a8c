"""From the statements that a query found to people, organisations and offices of the read model."""

import datetime as dt

from app.graph.readmodel import EntityName, OfficeView, OrganisationView, PersonView
from app.graph.statements import Statements
from app.graph.vocabulary import concept_name, kind_and_key


def read_entity_names(said: Statements, kind: str) -> tuple[EntityName, ...]:
    """The people (`person`) or organisations (`organisation`) among some statements, by key."""
    nodes = said.nodes(f"/id/{kind}/")
    return tuple(EntityName(kind_and_key(node)[1], node, _names(said, node)) for node in nodes)


def read_person(said: Statements, node: str) -> PersonView:
    """The person of an IRI."""
    offices = [read_office(said, tenure) for tenure in said.texts(node, "org:hasMembership")]
    return PersonView(
        key=kind_and_key(node)[1],
        iri=node,
        names=_names(said, node),
        country=said.key(node, "bg:country"),
        offices=tuple(sorted(offices, key=_latest_first)),
        articles=_articles(said, node),
    )


def read_organisation(said: Statements, node: str) -> OrganisationView:
    """The organisation of an IRI."""
    country = said.key(node, "bg:country")
    return OrganisationView(
        key=kind_and_key(node)[1],
        iri=node,
        names=_names(said, node),
        type=said.value(node, "bg:organisationType"),
        country=country,
        countries=(*((country,) if country else ()), *said.keys(node, "bg:counterpart")),
        articles=_articles(said, node),
    )


def read_offices_held(said: Statements) -> tuple[OfficeView, ...]:
    """All offices among some statements, by person; without their articles, which those do not tell."""
    return tuple(read_office(said, node) for node in said.of_type("org:Membership"))


def read_office(said: Statements, node: str) -> OfficeView:
    """The office of an IRI."""
    return OfficeView(
        person=said.text(node, "org:member"),
        kind=concept_name(said.text(node, "org:role")),
        role=said.text(node, "bg:role"),
        country=said.key(node, "bg:country"),
        host=said.key(node, "bg:host"),
        field=said.value(node, "bg:field"),
        days=tuple(dt.date.fromisoformat(day) for day in said.texts(node, "bg:observedOn")),
        articles=_articles(said, node),
    )


def _names(said: Statements, node: str) -> tuple[str, ...]:
    return (said.text(node, "foaf:name"), *said.texts(node, "skos:altLabel"))


def _articles(said: Statements, node: str) -> tuple[str, ...]:
    appearances = said.texts(node, "prov:wasDerivedFrom")
    return tuple(sorted({name for one in appearances for name in said.texts(one, "prov:wasQuotedFrom")}))


def _latest_first(office: OfficeView) -> tuple[bool, int, str, str]:
    last = office.days[-1].toordinal() if office.days else 0
    return (not office.days, -last, office.kind, office.role)
