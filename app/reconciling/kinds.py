"""What can be matched: the types of things, their ids, and the properties that things of a type have."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from app.errors import BadRequestError
from app.graph.vocabulary import BASE

TypeId = Literal["country", "pair", "person", "organisation"]
TYPE_IDS: tuple[TypeId, ...] = get_args(TypeId)
IDENTIFIERS = f"{BASE}id/"
"""What stands before the id of a thing in its IRI."""


@dataclass(frozen=True, slots=True)
class ThingType:
    """A type of things, as people choose it."""

    id: TypeId
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class ThingId:
    """The id of a thing: `country/AZ`, `pair/AZ-VN`, `person/to-lam-VN`, `organisation/bo-ngoai-giao`."""

    type: TypeId
    key: str

    def __str__(self) -> str:
        return f"{self.type}/{self.key}"


@dataclass(frozen=True, slots=True)
class Property:
    """Something that things of some types have: texts and numbers, or things of type `values`."""

    id: str
    name: str
    types: tuple[TypeId, ...]
    values: TypeId | None = None


TYPES = {
    one.id: one
    for one in (
        ThingType("country", "Quốc gia (state)", "A state of today or of history"),
        ThingType("pair", "Cặp quốc gia (pair of states)", "Two states, in either order"),
        ThingType("person", "Nhân vật (person)", "Someone whom articles name"),
        ThingType("organisation", "Tổ chức (organisation)", "An organisation that articles name"),
    )
}
PROPERTIES = {
    one.id: one
    for one in (
        Property("code", "Mã ISO 3166 (code)", ("country",)),
        Property("name-vi", "Tên tiếng Việt (Vietnamese name)", ("country", "pair")),
        Property("name-en", "Tên tiếng Anh (English name)", ("country", "pair")),
        Property("official-name", "Tên chính thức (official name)", ("country",)),
        Property("other-name", "Tên khác (other spelling)", ("country", "person", "organisation")),
        Property("metonym", "Thủ đô, tên gọi thay (capital, epithet)", ("country",)),
        Property("wikidata", "Wikidata", ("country",)),
        Property("national-day", "Quốc khánh (national day)", ("country",)),
        Property("valid-to", "Tồn tại đến (ended)", ("country",)),
        Property("country", "Quốc gia (state)", ("pair", "person", "organisation"), values="country"),
        Property("ties", "Quan hệ (ties)", ("pair",)),
        Property("since", "Từ ngày (since)", ("pair",)),
        Property("level", "Mức quan hệ (level)", ("pair",)),
        Property("level-since", "Mức quan hệ từ ngày (level since)", ("pair",)),
        Property("next-anniversary", "Kỷ niệm tới (next anniversary)", ("pair",)),
        Property("next-anniversary-years", "Số năm kỷ niệm tới (years at the next anniversary)", ("pair",)),
        Property("next-anniversary-of", "Kỷ niệm tới của (event of the next anniversary)", ("pair",)),
        Property("role", "Chức vụ (role)", ("person",)),
        Property("organisation-type", "Loại tổ chức (type of organisation)", ("organisation",)),
    )
}


def read_id(text: str) -> ThingId | None:
    """The id that a text is, also where it is the IRI of a thing; None where it is none. The thing need not exist."""
    kind, slash, key = text.strip().removeprefix(IDENTIFIERS).partition("/")
    found = next((one for one in TYPE_IDS if one == kind), None)
    return ThingId(found, key) if found and slash and key else None


def type_of_id(type_id: str, where: str) -> TypeId:
    """The type of an id.

    Raises:
        BadRequestError: there is none; `where` says where it stands.
    """
    found = next((one for one in TYPE_IDS if one == type_id), None)
    if found is None:
        raise BadRequestError(f"{where}: «{shortened(type_id)}» is no type here. Types are {', '.join(TYPE_IDS)}.")
    return found


def property_of_id(property_id: str, where: str) -> Property:
    """The property of an id.

    Raises:
        BadRequestError: there is none; `where` says where it stands.
    """
    found = PROPERTIES.get(property_id)
    if found is None:
        known = ", ".join(PROPERTIES)
        raise BadRequestError(f"{where}: «{shortened(property_id)}» is no property here. Properties are {known}.")
    return found


def properties_of(types: Collection[TypeId]) -> tuple[Property, ...]:
    """The properties that things of some types have."""
    return tuple(one for one in PROPERTIES.values() if set(one.types) & set(types))


def shortened(text: str) -> str:
    """The beginning of what was sent, to be named in a message; without what would turn its line around."""
    return "".join(letter if letter.isprintable() else "�" for letter in text[:60])
