"""Organisations' names in a sentence's units: with a head, bare as the tables have them, or after «hãng tin», «tờ»."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.names import Unit
from extractors.organisation_grammar import Extent, headed_extents, is_plain


def find_extents(text: str, units: Sequence[Unit]) -> tuple[Extent, ...]:
    """The names of organisations in a sentence's units, in order; nested ones follow the name they stand in."""
    found: list[Extent] = []
    place = 0
    while place < len(units):
        extents = _extents_at(text, units, place)
        if extents and units[place].kind != "head" and _is_credit(units, place):
            place = extents[0].last  # «Ảnh: REUTERS»: who is thanked there is no part of the story
            continue
        found.extend(extents)
        place = extents[0].last if extents else place + 1
    return tuple(found)


def _is_credit(units: Sequence[Unit], place: int) -> bool:
    """Whether a unit stands in a photo credit: after «Ảnh:», perhaps with a photographer and a stroke between."""
    before = place - 1
    while before > 0 and (units[before].text in ("/", ",", "-") or units[before].kind == "capital"):
        before -= 1
    return before > 0 and units[before].text == ":" and units[before - 1].kind == "credit"


def _extents_at(text: str, units: Sequence[Unit], place: int) -> list[Extent]:
    unit = units[place]
    if unit.kind == "head" and not _continues_role(units, place):
        return headed_extents(text, units, place)
    if unit.kind == "name" and unit.entry:
        last = place + 1
        if last < len(units) and units[last].kind == "suffix" and _is_next(text, units, last, place):
            last += 1  # «Tuổi Trẻ Online»
        return [_with_state(text, units, Extent(place, last, unit.entry.type))]
    if unit.kind == "media":
        return _after_media(units, place)
    if unit.kind == "capital":
        last = place
        while last < len(units) and units[last].kind == "capital" and _is_next(text, units, last, place):
            last += 1
        suffix = units[last] if last < len(units) and units[last].kind == "suffix" else None
        if suffix is not None and suffix.entry and last - place <= 3 and _is_next(text, units, last, place):
            return [_with_state(text, units, Extent(place, last + 1, suffix.entry.type))]
    return []


def _continues_role(units: Sequence[Unit], place: int) -> bool:
    """Whether a head only goes on with a role's own: «Trưởng ban Tổ chức Trung ương»."""
    before = units[place - 1] if place > 0 else None
    return before is not None and before.kind == "role" and before.text.lower().endswith(("ban", "phòng", "đoàn"))


def _with_state(text: str, units: Sequence[Unit], extent: Extent) -> Extent:
    """A company's branch bears the state's name after its own: «Sacombank Lào»."""
    after = units[extent.last] if extent.last < len(units) else None
    if extent.type != "company" or after is None or not _is_next(text, units, extent.last, extent.first):
        return extent
    if after.kind == "country" and after.code is not None:
        return replace(extent, last=extent.last + 1, codes=(after.code,))
    return extent


def _is_next(text: str, units: Sequence[Unit], place: int, first: int) -> bool:
    return place == first or text[units[place - 1].end : units[place].start] == " "


def _after_media(units: Sequence[Unit], place: int) -> list[Extent]:
    """The name that follows «hãng tin», «tờ», «kênh»: these words are no part of it."""
    first = place + 1
    while first < len(units) and units[first].kind in ("country", "field", "media"):
        first += 1
    last = first
    while last < len(units) and units[last].kind in ("capital", "suffix", "name"):
        last += 1
    if last == first + 1 and is_plain(units[first]):
        return []
    return [Extent(first, last, "media")] if last > first else []
