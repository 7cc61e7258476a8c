"""The grammar of organisations' names that begin with a head («Bộ», «Hội hữu nghị»): what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.name_tables import is_syllable, load_words
from extractors.names import Unit, is_plural
from extractors.organisation_edges import is_deed, is_plain
from extractors.organisation_parts import Walk

_COMMON = ("institute", "organisation")  # types whose heads are ordinary words in lower case
WITHIN = (",", ";", "(", "/")  # marks after which a capital is no mere beginning
_STATES = ("nước", "bên", "quốc gia")
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
    walk.last -= is_deed(units, walk.first, walk.last)
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
        is_bare = head.entry.alone == "bare" and head.is_capitalised and not is_plural(units, walk.first)
        return is_bare and not (head.entry.type == "party" and _begins_regime(units, walk.last))
    if is_plural(units, walk.first) and not (_has_work(units, walk) and (walk.has_capital or walk.has_field)):
        return False  # «các đại sứ quán Mỹ», «các cơ quan Liên hợp quốc»
    if not walk.codes and _is_of_several(units, walk.last, has_post=head.entry.alone == "office"):
        return False
    if head.entry.alone == "capital" and not (head.is_capitalised and (walk.has_capital or walk.codes)):
        return False  # «vụ Hải quan (thu giữ …)»: an affair
    if head.entry.alone == "foreign":
        word = units[walk.first + 1]
        if walk.first > 0 and units[walk.first - 1].text.lower() in _WHERE:
            return False  # «tại điện Elysée»: a building
        return word.kind == "capital" and not is_syllable(word.text) and not word.text.isupper()
    if walk.codes and (head.entry.alone not in ("no", "capital") or (len(walk.codes) > 1 and head.is_capitalised)):
        return True
    if _is_ordinary(units, walk):
        return False
    if walk.last == walk.first + 2 and is_plain(units[walk.first + 1]):
        # «tổ chức Đoàn», «Văn phòng Tổng (Bí thư)»; but «đảng Xanh»
        is_field = head.is_capitalised and _is_kind(units[walk.first + 1], "field")  # «Tổng cục Thuế»
        return is_field or (head.entry.type == "party" and not head.is_capitalised)
    if walk.has_capital:
        return True
    before = units[walk.first - 1]
    starts_sentence = walk.first == 0 or (before.kind == "mark" and before.text not in WITHIN)
    return walk.has_field and head.is_capitalised and (not starts_sentence or bool(walk.codes))


def _is_ordinary(units: Sequence[Unit], walk: Walk) -> bool:
    """Whether a head that is also an ordinary word is one: «trung tâm Thủ đô», «tổ chức Ngày Việt Nam»."""
    following = units[walk.first + 1]
    if walk.type not in _COMMON:
        return False
    if units[walk.first].is_capitalised:
        return walk.last == walk.first + 2 and following.kind == "region"  # «Trung tâm châu Á»: its middle
    is_held = walk.type == "organisation" and _is_kind(following, "head")  # «tổ chức Hội nghị»
    return is_held or _is_kind(following, "place") or (walk.last == walk.first + 2 and following.kind == "region")


def _begins_regime(units: Sequence[Unit], last: int) -> bool:
    """«Đảng(, Nhà nước và Quốc hội)», «Đảng (và Nhà nước)»: the powers of a state together, none by itself."""
    following = [unit.text for unit in units[last : last + 2]]
    return following[:1] in ([","], ["và"]) and following[1:] == ["Nhà nước"]


def _has_work(units: Sequence[Unit], walk: Walk) -> bool:
    """Whether more than regions follow the head."""
    return any(unit.kind != "region" for unit in units[walk.first + 1 : walk.last])


def _is_of_several(units: Sequence[Unit], last: int, has_post: bool) -> bool:
    """Whether «(của) hai nước» follows, or «tại một số …» what has a post: bodies of a kind are meant, not one."""
    rest = units[last : last + 3]
    is_at_post = has_post and bool(rest) and rest[0].text in _WHERE
    rest = rest[1:] if rest and (is_at_post or rest[0].text == "của") else rest
    is_several = len(rest) > 1 and rest[0].kind == "plural" and rest[0].text.islower()
    return is_several and (is_at_post or rest[1].text in _STATES)


def _is_kind(unit: Unit, kind: str) -> bool:
    """Whether the tables have a unit's words as a kind, however they are written."""
    entry = load_words().phrases.get(unit.text.lower())
    return unit.kind == kind or (entry is not None and entry.kind == kind)
