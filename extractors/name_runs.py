"""Runs of words that can be a person's name: capitalised ones, with initials, particles and dashes between them."""

from collections.abc import Sequence

from extractors.name_tables import is_surname
from extractors.names import Unit

_LONGEST_NAME = 8  # units: «Sheikh Mohammed bin Abdulrahman Al - Thani» has seven with its dash


def name_end(text: str, units: Sequence[Unit], first: int) -> int:
    """The end of the run of name words that begins at a unit; `first` itself if none does."""
    place = first
    while place < len(units) and place - first < _LONGEST_NAME:
        width = _name_part_width(text, units, first, place)
        if not width:
            break
        place += width
    return place


def _name_part_width(text: str, units: Sequence[Unit], first: int, place: int) -> int:
    unit = units[place]
    spaced = place == first or text[units[place - 1].end : unit.start] == " "
    if unit.kind == "capital":
        return int(spaced or units[place - 1].text.endswith("."))
    following = units[place + 1] if place + 1 < len(units) else None
    if unit.kind == "particle":
        return int(spaced and following is not None and following.kind == "capital" and place > first)
    if unit.text != "-" or following is None or place == first:
        return 0
    if units[place - 1].text.lower() in ("al", "el", "ul") and following.kind == "capital":
        return 2
    # «Kim Jong - un»: the second syllable of a Korean's given name, in lower case
    is_korean = place - first >= 2 and is_surname(units[first].text, "surname-ko")
    return (
        2
        if is_korean and following.kind in ("word", "particle", "link", "honorific") and following.text.islower()
        else 0
    )


def tidy(words: str) -> str:
    """The words with one space between them."""
    return " ".join(words.split())
