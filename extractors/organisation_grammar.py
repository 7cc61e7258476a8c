"""The grammar of organisations' names that begin with a head («Bộ», «Hội hữu nghị»): what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.name_tables import is_syllable, load_words
from extractors.names import Unit, is_plural
from extractors.organisation_parts import Walk, is_plain

_COMMON = ("institute", "organisation")  # types whose heads are ordinary words in lower case
_WITHIN = (",", ";", "(", "/")  # marks after which a capital is no mere beginning
_WHERE = ("ở", "tại", "tới", "đến", "vào", "trong")


@dataclass(frozen=True, slots=True)
class Extent:
    """Units `first` to before `last` of a sentence that make one name, and the states inside it."""

    first: int
    last: int
    type: str
    codes: tuple[str, ...] = ()
    head: int | None = None
    """The unit that the name begins with, but that stands before another: «bộ» in «các bộ Ngoại giao, (Công an)»."""


def headed_extents(text: str, units: Sequence[Unit], place: int) -> list[Extent]:
    """The name that begins with the head at a unit, and the names inside it; none if it is a head alone."""
    head = units[place]
    assert head.entry is not None  # noqa: S101 - a unit of kind head has an entry
    walk = Walk(text, units, place, head.entry.type, _follows_role(units, place))
    while walk.advance():
        pass
    if not _is_name(units, walk):
        return []
    extents = [Extent(place, walk.last, head.entry.type, tuple(walk.codes))]
    for inner in walk.inner:
        if units[inner + 1 : inner + 2] and units[inner + 1].kind != "head":
            nested = headed_extents(text, units, inner)[:1]
            extents.extend(one for one in nested if one.last <= walk.last and one.last > one.first + 1)
    return extents


def _follows_role(units: Sequence[Unit], place: int) -> bool:
    """Whether a person's name may follow: «Giám đốc Viện …» announces one, «chuyên gia tại Viện …» does not."""
    return place > 0 and units[place - 1].kind == "role"


def _is_name(units: Sequence[Unit], walk: Walk) -> bool:
    head = units[walk.first]
    assert head.entry is not None  # noqa: S101 - a unit of kind head has an entry
    if walk.last == walk.first + 1:
        return head.entry.alone == "bare" and head.is_capitalised and not is_plural(units, walk.first)
    if is_plural(units, walk.first) and not (walk.has_capital or walk.has_field):
        return False  # «các đại sứ quán Mỹ»
    if head.entry.alone == "capital" and not head.is_capitalised:
        return False  # «vụ Hải quan (thu giữ …)»: an affair
    if head.entry.alone == "foreign":
        word = units[walk.first + 1]
        if walk.first > 0 and units[walk.first - 1].text.lower() in _WHERE:
            return False  # «tại điện Elysée»: a building
        return word.kind == "capital" and not is_syllable(word.text) and not word.text.isupper()
    if walk.codes and (head.entry.alone != "no" or (len(walk.codes) > 1 and head.is_capitalised)):
        return True
    if not head.is_capitalised and head.entry.type in _COMMON and _is_kind(units[walk.first + 1], "place"):
        return False  # «trung tâm Thủ đô», «tổ chức Ngày Việt Nam»
    if walk.last == walk.first + 2 and units[walk.first + 1].kind == "region" and head.entry.type in _COMMON:
        return False  # «Trung tâm châu Á»: its middle
    if walk.last == walk.first + 2 and is_plain(units[walk.first + 1]):
        # «tổ chức Đoàn», «Văn phòng Tổng (Bí thư)»; but «đảng Xanh»
        is_field = head.is_capitalised and _is_kind(units[walk.first + 1], "field")  # «Tổng cục Thuế»
        return is_field or (head.entry.type == "party" and not head.is_capitalised)
    if walk.has_capital:
        return True
    before = units[walk.first - 1]
    starts_sentence = walk.first == 0 or (before.kind == "mark" and before.text not in _WITHIN)
    return walk.has_field and head.is_capitalised and (not starts_sentence or bool(walk.codes))


def _is_kind(unit: Unit, kind: str) -> bool:
    """Whether the tables have a unit's words as a kind, however they are written."""
    entry = load_words().phrases.get(unit.text.lower())
    return unit.kind == kind or (entry is not None and entry.kind == kind)
