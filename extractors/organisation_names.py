"""Organisations' names in a sentence's units: with a head, bare as the tables have them, or after «hãng tin», «tờ»."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.name_tables import is_syllable, load_words
from extractors.names import Unit, field_width, is_plural
from extractors.organisation_edges import is_plain
from extractors.organisation_grammar import WITHIN, Extent, headed_extents
from extractors.organisation_parts import JOINS
from extractors.organisation_short_forms import end_with_short_form

_SHARED = ("ministry", "party")  # types of which papers name several with one head
_LONGEST_GROUP = 8  # units: «doanh nghiệp hàng đầu của Hàn Quốc»
_LONGEST_REPORTER = 3  # words: «Hindustan Times»
_LONGEST_TIME = 4  # units: «chiều ngày 29/9» and the verb
_LONGEST_ACRONYM = 6  # letters: «ANADOLU» is longer, and written as a name


def find_extents(text: str, units: Sequence[Unit]) -> tuple[Extent, ...]:
    """The names of organisations in a sentence's units, in order; nested ones follow the name they stand in."""
    found: list[Extent] = []
    place = 0
    while place < len(units):
        extents = _extents_at(text, units, place) or _listed_firms(units, place)
        if extents and units[place].kind != "head" and _is_credit(units, place):
            place = extents[0].last  # «Ảnh: REUTERS»: who is thanked there is no part of the story
            continue
        found.extend(extents)
        shared = _coordinated_extents(units, place, extents[0]) if extents and units[place].kind == "head" else []
        found.extend(shared)
        place = max(extent.last for extent in (*extents, *shared)) if extents else place + 1
    return tuple(found)


def _coordinated_extents(units: Sequence[Unit], place: int, first: Extent) -> list[Extent]:
    """The names that share the head at a unit with the first: «các bộ Ngoại giao, Công an», «đảng Xanh và Lao động»."""
    is_listed = is_plural(units, place) or not units[place].is_capitalised
    if first.type not in _SHARED or first.codes or not is_listed:
        return []
    found: list[Extent] = []
    last = first.last
    while last < len(units) and units[last].text in (",", "và"):
        width = field_width(units, last + 1)
        if not width:
            break
        found.append(Extent(last + 1, last + 1 + width, first.type, head=place))
        last += 1 + width
    return found


def _listed_firms(units: Sequence[Unit], place: int) -> list[Extent]:
    """The names after «như»: «nhiều doanh nghiệp lớn của Đức như (Siemens, Bosch và Adidas)»."""
    if units[place].text != "như":
        return []
    before = units[max(0, place - _LONGEST_GROUP) : place]
    groups = [at for at, unit in enumerate(before) if unit.text.lower() in load_words().firms]
    if not groups or any(unit.kind == "mark" for unit in before[groups[-1] :]):
        return []
    found: list[Extent] = []
    first = place + 1
    while first < len(units):
        last = first
        while last < len(units) and units[last].kind in ("capital", "name", "suffix") and last - first < 4:
            last += 1
        words = [unit.text for unit in units[first:last]]
        if not words or (all(map(is_syllable, words)) and not words[0].isupper()):
            break
        known = next((unit.entry.type for unit in units[first:last] if unit.entry), "company")
        found.append(Extent(first, last, known))
        if last >= len(units) or units[last].text not in (",", "và", "hay", "hoặc"):
            break
        first = last + 1
    return found


def _is_credit(units: Sequence[Unit], place: int) -> bool:
    """Whether a unit stands in a photo credit: after «Ảnh:», perhaps with a photographer and a stroke between."""
    before = place - 1
    while before > 0 and (units[before].text in ("/", ",", "-") or units[before].kind == "capital"):
        before -= 1
    return before > 0 and units[before].text == ":" and units[before - 1].kind == "credit"


def _extents_at(text: str, units: Sequence[Unit], place: int) -> list[Extent]:
    unit = units[place]
    if unit.kind == "head" and not _continues_role(units, place):
        return _with_short_form(text, units, place, headed_extents(text, units, place))
    if unit.kind == "name" and unit.entry:
        last = place + 1
        if last < len(units) and units[last].kind == "suffix" and _is_next(text, units, last, place):
            last += 1  # «Tuổi Trẻ Online»
        last = _after_short_form(units, last) if last > place + 1 or " " in unit.text else last
        return [_with_state(text, units, Extent(place, last, unit.entry.type))]
    if unit.kind == "media":
        return _after_media(units, place)
    if unit.kind == "capital":
        last = place
        while last < len(units) and units[last].kind == "capital" and _is_next(text, units, last, place):
            last += 1
        suffix = units[last] if last < len(units) and units[last].kind == "suffix" else None
        if suffix is not None and suffix.entry and last - place <= 3 and _is_next(text, units, last, place):
            place += last - place > 1 and unit.text.lower() == "theo"
            return [_with_state(text, units, Extent(place, last + 1, suffix.entry.type))]
        if _is_reporter(units, place, last):
            return [Extent(place, last, "media")]
    return []


def _with_short_form(text: str, units: Sequence[Unit], place: int, extents: list[Extent]) -> list[Extent]:
    """The names that begin at a head, the first with its short form: «Tổ chức … châu Âu (OSCE)»."""
    last = end_with_short_form(units, place)
    entry = units[place].entry
    if not last or entry is None or is_plural(units, place) or (extents and not _may_go_on(units, extents[0], last)):
        return extents
    codes = tuple(unit.code for unit in units[place:last] if unit.code)
    inner = [extent for extent in extents[1:] if extent.last < last]
    for first in range(place + 1, last - 1):
        owner = units[first + 1].entry if units[first].text == "thuộc" and units[first + 1].kind == "head" else None
        if owner is not None and owner.has_nested and not inner:
            inner = headed_extents(text, units[: last - 3], first + 1)  # «… thuộc Bộ Quốc phòng Mỹ (DPAA)»: not its own
    return [Extent(place, last, entry.type, codes), *inner]


def _may_go_on(units: Sequence[Unit], whole: Extent, last: int) -> bool:
    """Whether a name that can be whole goes on up to a unit: not with an ordinary word, «CLB Hải Phòng thua …»."""
    if last <= whole.last:
        return False
    before, following = units[whole.last - 1], units[whole.last]
    is_open = before.kind == "field"  # «… Đầu tư và Kinh doanh (vốn Nhà nước …)»
    return following.kind != "word" or following.text in JOINS or is_open


def _is_reporter(units: Sequence[Unit], first: int, last: int) -> bool:
    """«Foxnews (đưa tin)», «theo (NPR).»: a paper or a station that the tables do not know, by what it does."""
    after = units[last] if last < len(units) else None
    words = [unit.text for unit in units[first:last]]
    if _tells(units, last) and len(words) <= _LONGEST_REPORTER:
        return not any(map(is_syllable, words)) or words[0].isupper()
    is_cited = first > 0 and units[first - 1].text.lower() == "theo" and (after is None or after.text in (".", ","))
    return is_cited and len(words) == 1 and words[0].isupper() and 2 < len(words[0]) <= _LONGEST_ACRONYM


def _tells(units: Sequence[Unit], place: int) -> bool:
    """Whether «đưa tin» comes next, or after no more than a time: «ngày 29/9 (đưa tin)»."""
    for unit in units[place : place + _LONGEST_TIME]:
        if unit.kind == "attribution":
            return True
        if unit.is_capitalised or unit.kind not in ("word", "number", "place"):
            return False
    return False


def _after_short_form(units: Sequence[Unit], last: int) -> int:
    """The end of «(IS)» that follows a name; `last` if none does."""
    inside = units[last : last + 3]
    is_short = [unit.text for unit in inside[::2]] == ["(", ")"] and inside[1].text.isupper()
    return last + 3 if is_short else last


def _continues_role(units: Sequence[Unit], place: int) -> bool:
    """Whether a head only goes on with a role's own: «Trưởng ban Tổ chức Trung ương»."""
    before = units[place - 1] if place > 0 else None
    return before is not None and before.kind == "role" and before.text.lower().endswith(("ban", "phòng", "đoàn"))


def _with_state(text: str, units: Sequence[Unit], extent: Extent) -> Extent:
    """A company's branch bears the state's name after its own: «Sacombank Lào»."""
    after = units[extent.last] if extent.last < len(units) else None
    if extent.type not in ("company", "bank") or after is None or not _is_next(text, units, extent.last, extent.first):
        return extent
    # After a capitalised word the gazetteer takes a state of one word for a part of a name; the sentence knows better.
    codes = {unit.text: unit.code for unit in units if unit.kind == "country"}
    code = codes.get(after.text) if after.kind in ("country", "capital") else None
    return replace(extent, last=extent.last + 1, codes=(code,)) if code else extent


def _is_next(text: str, units: Sequence[Unit], place: int, first: int) -> bool:
    return place == first or text[units[place - 1].end : units[place].start] == " "


def _is_domain(units: Sequence[Unit], last: int) -> bool:
    """Whether an address of the web goes on: «Chinhphu(.vn)»."""
    point, after = units[last : last + 1], units[last + 1 : last + 2]
    is_joined = bool(point and after) and units[last - 1].end == point[0].start and point[0].end == after[0].start
    return is_joined and point[0].text == "." and after[0].text.islower()


def _after_media(units: Sequence[Unit], place: int) -> list[Extent]:
    """The name that follows «hãng tin», «tờ», «kênh»: these words are no part of it."""
    first = place + 1
    while first < len(units) and units[first].kind in ("country", "field", "media"):
        first += 1
    last = first
    while last < len(units) and units[last].kind in ("capital", "suffix", "name"):
        last += 1
        if units[last - 1].kind == "name":
            break  # «đài RFI Jean Marlow»: a station is known, its reporter follows
    if last == first or units[place].text.isupper():
        return []  # none, or a headline: «DỰ BÁO …»
    if last == first + 1 and (is_plain(units[first]) or _is_domain(units, last)):
        return []
    return [Extent(place if _is_part_of_name(units, place) else first, last, "media")]


def _is_part_of_name(units: Sequence[Unit], place: int) -> bool:
    """Whether «Hãng tin» is written as a part of the name, with a capital inside the sentence."""
    media = units[place]
    is_capital = media.is_capitalised and media.entry is not None and media.entry.alone == "capital"
    before = units[place - 1] if place > 0 else None
    begins = before is None or before.kind == "credit" or (before.kind == "mark" and before.text not in WITHIN)
    return is_capital and not begins
