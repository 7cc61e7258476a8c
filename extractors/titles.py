"""Titles in a sentence: honorifics («ông»), and roles with what completes them («Đại sứ Azerbaijan tại Việt Nam»)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.name_tables import RANKS, is_syllable
from extractors.names import Unit, ends_town, read_units, word_width
from extractors.organisation_names import find_extents
from extractors.records import CountryMention, RoleRank

_JOINS = (",", "kiêm", "và", "-")
_HEADS_OF_PLACES = ("head-of-state", "head-of-government", "party-leader")


@dataclass(frozen=True, slots=True)
class Title:
    """Units `first` to before `last` of a sentence.

    `role` is where the words of the role begin (after an honorific), None for an honorific alone; `country` the state
    that the words name, `serves` the state that the office serves when no other is named. After a local office
    («Thống đốc») the name of a place can stand before the person's.
    """

    first: int
    last: int
    role: int | None = None
    rank: RoleRank = "other"
    country: str | None = None
    serves: str | None = None
    is_office: bool = False
    is_local: bool = False


def read_named_units(text: str, start: int, end: int, countries: Sequence[CountryMention]) -> tuple[Unit, ...]:
    """The units of a sentence, each whole name of an organisation as one unit."""
    units = read_units(text, start, end, countries)
    joined: list[Unit] = []
    place = 0
    for extent in find_extents(text, units):
        if extent.first < place:
            continue  # it stands inside the one before
        joined.extend(units[place : extent.first])
        first, last = units[extent.first].start, units[extent.last - 1].end
        code = extent.codes[0] if extent.codes else None
        joined.append(Unit(first, last, text[first:last], "organisation", units[extent.first].entry, code))
        place = extent.last
    return (*joined, *units[place:])


def find_titles(units: Sequence[Unit]) -> dict[int, Title]:
    """All titles of a sentence by their first unit; they do not overlap."""
    found: dict[int, Title] = {}
    place = 0
    while place < len(units):
        title = find_title(units, place)
        if title is not None:
            found[place] = title
        place = title.last if title else place + 1
    return found


def find_title(units: Sequence[Unit], place: int) -> Title | None:
    """The title that begins at a unit, if one does."""
    first = place
    if place > 0 and units[place - 1].kind == "plural" and units[place].kind != "honorific":
        return None  # «các quan chức Thượng Hải»
    while place < len(units) and units[place].kind == "honorific":
        place += 1
    role = _read_role(units, place)
    if role is not None:
        return replace(role, first=first)
    return Title(first, place) if place > first else None


def _read_role(units: Sequence[Unit], place: int) -> Title | None:
    first = place
    while place < len(units) and units[place].kind == "modifier":
        place += 1
    if place == len(units) or units[place].kind != "role":
        return None
    entry = units[place].entry
    assert entry is not None  # noqa: S101 - a unit of kind role has an entry
    last, codes, organisation = _read_complement(units, place + 1)
    rank = entry.rank if organisation is None else _rank_within(entry.rank, organisation)
    if any(unit.text == "phe" for unit in units[place:last]):
        rank = "other"  # «lãnh đạo phe đối lập»: the leader of a faction heads no state
    is_office = entry.kind in ("office", "state-office", "local-office")
    is_local = entry.kind == "local-office" and last == place + 1
    title = Title(first, last, first, rank, codes[0] if codes else None, entry.country or None, is_office, is_local)
    following = _read_role(units, last + 1) if last < len(units) and units[last].text in _JOINS else None
    if following is None:
        return title
    best = min(title.rank, following.rank, key=RANKS.index)
    return Title(
        first,
        following.last,
        first,
        best,
        title.country or following.country,
        title.serves or following.serves,
        is_office or following.is_office,
    )


def _rank_within(rank: RoleRank, organisation: Unit) -> RoleRank:
    """The rank of a role in an organisation: a ministry's leader heads no state, a cabinet's a government."""
    type_ = organisation.entry.type if organisation.entry else ""
    if type_ == "government":
        return "head-of-state" if "nhà nước" in organisation.text.lower() else "head-of-government"
    if rank == "party-leader":
        return rank if type_ == "party" or "đảng" in organisation.text.lower() else "other"
    return "other" if rank in _HEADS_OF_PLACES else rank


def _read_complement(units: Sequence[Unit], place: int) -> tuple[int, list[str], Unit | None]:
    """What completes a role: where it ends, its states (the one served first), and its organisation, if named."""
    codes: list[str] = []
    organisation: Unit | None = None
    last, link = place, ""
    while place < len(units):
        unit = units[place]
        if unit.kind == "link":
            link, place = unit.text, place + 1
            continue
        if unit.text == "thứ" and place + 1 < len(units) and units[place + 1].kind == "number":
            place += 2  # «Tổng thống thứ 3 của nước …»
            continue
        if _is_bracketed_state(units, place):
            codes.extend(code for code in [units[place + 1].code] if code)
            last = place = place + 3  # «thị trưởng thành phố Porto (Bồ Đào Nha)»
            continue
        width = _complement_width(units, place)
        if not width:
            break
        if unit.kind == "organisation":
            organisation = organisation or unit
        code = unit.code or (unit.entry.country if unit.kind == "organisation" and unit.entry else None)
        if code:
            codes.insert(0 if link == "của" else len(codes), code)  # «Đại sứ tại Việt Nam của Nga»
        place += width
        last, link = place, ""
    return last, codes, organisation


def _is_bracketed_state(units: Sequence[Unit], place: int) -> bool:
    inside = units[place : place + 3]
    return len(inside) == 3 and inside[0].text == "(" and inside[1].kind == "country" and inside[2].text == ")"


def _complement_width(units: Sequence[Unit], place: int) -> int:
    """How many units from one on go together as a part of a role's complement; 0 if that unit is none."""
    unit = units[place]
    if unit.kind in ("country", "organisation", "field", "region", "head", "attribute"):
        return 1
    if unit.kind == "place":
        return _place_width(units, place)
    if unit.kind == "capital":
        return word_width(units, place)
    if unit.text in (",", "và"):
        return _listed_width(units, place)
    if unit.kind == "number" and units[place - 1].kind == "link":
        is_span = [following.kind for following in units[place + 1 : place + 3]] == ["mark", "number"]
        return 3 if is_span else 1
    return 0


def _place_width(units: Sequence[Unit], place: int) -> int:
    """«tỉnh Quảng Nam»: how many units, without the person's name that may follow; 0 if no name of a place follows."""
    last = place + 1
    while last < len(units) and units[last].kind == "capital" and last - place <= 4:
        if ends_town(units, place, last):
            break
        last += 1
    count = last - place - 1
    if count > 2 and not is_syllable(units[place + 1].text):
        count -= 2  # «bang Pennsylvania Josh Shapiro»: most foreigners are named by two words
    return 1 + count if count else 0


def _listed_width(units: Sequence[Unit], place: int) -> int:
    """«, Kế hoạch» and «và Phát triển»: how many units, if a capitalised field of work follows; otherwise 0."""
    if place + 1 >= len(units) or not units[place + 1].is_capitalised:
        return 0
    if units[place + 1].kind == "field":
        return 2
    width = word_width(units, place + 1) if units[place + 1].kind == "capital" else 0
    return 1 + width if width else 0
