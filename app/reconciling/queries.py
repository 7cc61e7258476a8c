"""What a client asks: batches of queries and of extensions, read and bounded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.errors import BadRequestError, TooLargeError
from app.reconciling.kinds import TYPE_IDS, Property, TypeId, property_of_id, shortened, type_of_id

MAX_QUERIES = 50
"""Most queries of a batch."""
MAX_CANDIDATES = 50
"""Most candidates of a query."""
MAX_PROPERTIES = 20
"""Most properties of a query or an extension."""
MAX_IDS = 100
"""Most things of an extension."""
MAX_VALUES = 20
"""Most values of a property of a query."""
_CANDIDATES = 5

Item = TypeVar("Item")


class _Reference(BaseModel):
    """A thing or a type by its id, beside which clients send its name."""

    model_config = ConfigDict(extra="ignore")
    id: str


_GivenValue = str | float | bool | _Reference | None


class _GivenProperty(BaseModel):
    model_config = ConfigDict(extra="ignore")
    pid: str
    v: _GivenValue | Annotated[list[_GivenValue], Field(max_length=MAX_VALUES)] = None


class _GivenQuery(BaseModel):
    model_config = ConfigDict(extra="ignore")
    query: str | None = None
    type: str | _Reference | list[str | _Reference] | None = None
    limit: Annotated[int, Field(ge=1)] | None = None
    properties: Annotated[list[_GivenProperty], Field(max_length=MAX_PROPERTIES)] | None = None
    type_strict: Literal["any", "should", "all"] | None = None


class _GivenExtension(BaseModel):
    model_config = ConfigDict(extra="ignore")
    ids: list[str]
    properties: Annotated[list[_Reference], Field(max_length=MAX_PROPERTIES)]


_BATCH = TypeAdapter(dict[str, _GivenQuery])
_QUERY = TypeAdapter(_GivenQuery)
_EXTENSION = TypeAdapter(_GivenExtension)


@dataclass(frozen=True, slots=True)
class Query:
    """One query: a name or an id, if any; the types that are wanted; what is known of the thing, by property."""

    text: str
    types: tuple[TypeId, ...] = TYPE_IDS
    limit: int = _CANDIDATES
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extension:
    """Things, and the properties of them that are wanted; an id need not be that of a thing."""

    ids: tuple[str, ...]
    properties: tuple[Property, ...]


def read_queries(text: str) -> dict[str, Query]:
    """The queries of a batch by the names that the client gave them.

    Raises:
        BadRequestError: the batch cannot be read; names the query and what is wrong with it.
        TooLargeError: there are too many queries.
    """
    given = _read(_BATCH, text, "queries")
    if len(given) > MAX_QUERIES:
        raise TooLargeError(f"These are {len(given)} queries: send at most {MAX_QUERIES} in a batch.")
    return {name: _query(one, f"Query «{shortened(name)}»") for name, one in given.items()}


def read_query(text: str) -> Query:
    """A single query: an object in JSON, or a name as it stands.

    Raises:
        BadRequestError: it cannot be read.
    """
    if not text.lstrip().startswith("{"):
        return Query(text)
    return _query(_read(_QUERY, text, "query"), "The query")


def read_extension(text: str) -> Extension:
    """What is wanted of which things.

    Raises:
        BadRequestError: it cannot be read, or asks for a property that does not exist.
        TooLargeError: there are too many things.
    """
    given = _read(_EXTENSION, text, "extend")
    if len(given.ids) > MAX_IDS:
        raise TooLargeError(f"These are {len(given.ids)} things: send at most {MAX_IDS} at once.")
    properties = dict.fromkeys(property_of_id(one.id, "extend") for one in given.properties)
    return Extension(tuple(dict.fromkeys(given.ids)), tuple(properties))


def _query(given: _GivenQuery, where: str) -> Query:
    if given.query is None and not given.properties:
        raise BadRequestError(f"{where} has neither a query nor properties: give one of them.")
    known = {
        property_of_id(one.pid, where).id: tuple(filter(None, map(_as_text, _as_list(one.v))))
        for one in given.properties or ()
    }
    wanted = [_as_text(one) for one in _as_list(given.type) if one]
    types = tuple(dict.fromkeys(type_of_id(one, where) for one in wanted)) or TYPE_IDS
    if given.type_strict == "all" and len(wanted) > 0 and len(types) > 1:
        types = ()  # nothing is of two types
    return Query(given.query or "", types, min(given.limit or _CANDIDATES, MAX_CANDIDATES), known)


def _as_list(value: _GivenValue | Sequence[_GivenValue]) -> Sequence[_GivenValue]:
    return (value,) if value is None or isinstance(value, str | float | bool | _Reference) else value


def _as_text(value: _GivenValue) -> str:
    if isinstance(value, _Reference):
        return value.id
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _read(shape: TypeAdapter[Item], text: str, name: str) -> Item:
    try:
        return shape.validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(shortened(str(one)) for one in fault["loc"])
        raise BadRequestError(
            f"{name} is not as it should be{f' at {place}' if place else ''}: {fault['msg']}."
        ) from error
