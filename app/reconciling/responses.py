"""The wire shapes of reconciliation, with the field names of its specification; lists of things beside them."""

from typing import Any

from pydantic import Field

from app.reconciling.facts import Facts, Reference, Value
from app.reconciling.kinds import TYPES, Property, ThingType, TypeId
from app.reconciling.matching import Candidate
from app.responses import Shape


class NamedShape(Shape):
    """A type or a property by its id and name."""

    id: str = Field(examples=["country"])
    name: str


class SuggestionShape(Shape):
    """A type or a property that begins as was typed."""

    id: str = Field(examples=["country"])
    name: str
    description: str


class SuggestionsResponse(Shape):
    """Types or properties that begin as was typed."""

    result: list[SuggestionShape]


class SuggestedThingShape(SuggestionShape):
    """A thing that begins as was typed, with its type."""

    id: str = Field(examples=["country/AZ"])
    notable: list[NamedShape]


class SuggestedThingsResponse(Shape):
    """Things that begin as was typed, the likeliest first."""

    result: list[SuggestedThingShape]


class ProposalsResponse(Shape):
    """The properties of the things of a type."""

    type: str
    limit: int
    properties: list[NamedShape]


def named_type(type_id: TypeId) -> NamedShape:
    """A type by its id and name."""
    return NamedShape(id=type_id, name=TYPES[type_id].name)


def named_property(one: Property) -> NamedShape:
    """A property by its id and name."""
    return NamedShape(id=one.id, name=one.name)


def suggested_thing(facts: Facts) -> SuggestedThingShape:
    """A thing as a suggestion."""
    return SuggestedThingShape(
        id=str(facts.id), name=facts.name, description=facts.description, notable=[named_type(facts.id.type)]
    )


def suggested_type(one: ThingType) -> SuggestionShape:
    """A type as a suggestion."""
    return SuggestionShape(id=one.id, name=one.name, description=one.description)


def suggested_property(one: Property) -> SuggestionShape:
    """A property as a suggestion."""
    return SuggestionShape(id=one.id, name=one.name, description=f"Of: {', '.join(one.types)}")


def candidate_json(found: Candidate) -> dict[str, Any]:
    """A candidate with the features that its score was made of."""
    features: list[dict[str, Any]] = [{"id": "name_score", "value": found.name_score}]
    features += [{"id": f"same_{name}", "value": agrees} for name, agrees in found.agreements.items()]
    return {
        "id": str(found.facts.id),
        "name": found.facts.name,
        "description": found.facts.description,
        "type": [named_type(found.facts.id.type).model_dump()],
        "score": found.score,
        "match": found.is_match,
        "features": features,
    }


def column_json(one: Property) -> dict[str, Any]:
    """A property of an extension; where its values are things, with their type."""
    column: dict[str, Any] = {"id": one.id, "name": one.name}
    return column | {"type": named_type(one.values).model_dump()} if one.values else column


def cell_json(value: Value) -> dict[str, Any]:
    """A value of a property of a thing."""
    if isinstance(value, Reference):
        return {"id": str(value.id), "name": value.name}
    return {"int": value} if isinstance(value, int) else {"str": value}
