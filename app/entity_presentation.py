"""People, offices and organisations of the read model as wire shapes."""

from collections.abc import Iterable
from typing import cast

from app.entity_responses import HoldingShape, OfficeShape, OrganisationShape, PersonShape
from app.graph.offices import OfficeKind
from app.graph.readmodel import OfficeView, OrganisationView, PersonView
from app.office_holders import Holding
from app.presentation import Presenter


def person(view: PersonView, presenter: Presenter, holdings: Iterable[Holding] = ()) -> PersonShape:
    """A person; `holdings` are what is known of a time that was asked for."""
    held = {(one.office.person, one.office.office): one for one in holdings}
    return PersonShape(
        key=view.key,
        iri=presenter.link(view.iri),
        name=view.name,
        names=list(view.names),
        role=view.role,
        country=view.country,
        offices=[_office(one, held.get((one.person, one.office))) for one in view.offices],
        articles=list(view.articles),
    )


def organisation(view: OrganisationView, presenter: Presenter) -> OrganisationShape:
    """An organisation."""
    return OrganisationShape(
        key=view.key,
        iri=presenter.link(view.iri),
        name=view.name,
        names=list(view.names),
        type=view.type,
        country=view.country,
        countries=list(view.countries),
        articles=list(view.articles),
    )


def _office(view: OfficeView, held: Holding | None) -> OfficeShape:
    return OfficeShape(
        office=cast(OfficeKind, view.kind),
        role=view.role,
        country=view.country,
        host=view.host,
        field=view.field,
        first_observed=view.days[0] if view.days else None,
        last_observed=view.days[-1] if view.days else None,
        articles=list(view.articles),
        held=HoldingShape(inferred=held.is_inferred, observed=list(held.days)) if held else None,
    )
