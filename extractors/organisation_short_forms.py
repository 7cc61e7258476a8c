"""Organisations' names that end in their short form: «Tổ chức An ninh và Hợp tác châu Âu (OSCE)».

The short form in brackets shows where the name ends, so the words between it and the head need not be known ones.
"""

from collections.abc import Sequence

from extractors.name_tables import dictionary, load_words
from extractors.names import Unit
from extractors.organisation_parts import JOINS

_LONGEST_NAME = 14  # units: «Ủy ban Các vấn đề …» and the like; longer stretches are clauses
_LONGEST_SHORT_FORM = 8  # letters: «VNOSMP», «UNESCAP»
_FREE = (
    "agency",
    "organisation",
    "association",
    "institute",
    "union",
    "bank",
    "company",
    "friendship-association",
    "international-organisation",
    "university",
)


def end_with_short_form(units: Sequence[Unit], place: int) -> int:
    """The end of the name that begins with the capitalised head at a unit and ends in its short form; 0 if none does.

    No other organisation, person or clause begins between the two, and after a state only the bracket follows.
    """
    if not _can_be_long(units, place):
        return 0
    clause = load_words().clause
    for last in range(place + 1, min(place + _LONGEST_NAME, len(units))):
        unit = units[last]
        if unit.text == "(":
            return last + 3 if last > place + 1 and _is_short_form(units, last) else 0
        if last > place + 1 and unit.text.lower() in clause:
            return 0
        if unit.kind == "country" and not _ends_at(units, last + 1):
            return 0
        if unit.kind == "head" and unit.is_capitalised and units[last - 1].text not in ("thuộc", "-"):
            return 0
        if unit.kind in ("role", "honorific", "name", "number", "credit", "attribution", "organisation"):
            return 0
        if unit.kind == "mark" and unit.text not in JOINS:
            return 0
    return 0


def _can_be_long(units: Sequence[Unit], place: int) -> bool:
    head, following = units[place], units[place + 1] if place + 1 < len(units) else None
    if head.entry is None or following is None or f"{head.text} {following.text}".lower() in dictionary():
        return False  # «Hội nghị»
    if head.entry.type == "party":
        return following.is_capitalised  # «đảng Hành động vì nhân dân (PAP)»
    return head.entry.type in _FREE and head.entry.alone != "bare" and head.is_capitalised


def _ends_at(units: Sequence[Unit], place: int) -> bool:
    return place < len(units) and (units[place].text in ("(", "-") or units[place].kind == "country")


def _is_short_form(units: Sequence[Unit], place: int) -> bool:
    """Whether «(OSCE)» stands at a unit: one word of capitals, and no state's («UAE»)."""
    inside = units[place + 1 : place + 3]
    if len(inside) < 2 or inside[1].text != ")" or inside[0].kind == "country":
        return False
    word = inside[0].text
    return word.isupper() and word.isalnum() and 2 <= len(word) <= _LONGEST_SHORT_FORM
