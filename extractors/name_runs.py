"""Runs of words that can be a person's name: capitalised ones, with initials, particles and dashes between them."""

from collections.abc import Sequence

from extractors.name_tables import dictionary, is_surname, load_words
from extractors.names import Unit

_LONGEST_NAME = 9  # units: «Sheikh Mohammed bin Abdulrahman al - Thani» has eight with its dash


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
    if place == first or not spaced:
        return 0
    if unit.kind == "word" and _is_prefixed(unit.text):
        return 1
    if unit.text == "-":
        return _dash_width(units, first, place)
    return _particle_width(units, place) if unit.kind == "particle" else 0


def _is_prefixed(word: str) -> bool:
    """«al-Sheikh»: a particle in lower case and a capital, joined by a dash."""
    prefix, dash, rest = word.partition("-")
    return bool(dash) and rest[:1].isupper() and prefix in load_words().joined


def _particle_width(units: Sequence[Unit], place: int) -> int:
    """«von der (Leyen)», «al - (Assad)»: particles, and a dash after the last, if a capitalised word follows."""
    last = place
    while last < len(units) and units[last].kind == "particle":
        last += 1
    if last < len(units) and units[last].text == "-" and units[last - 1].text.lower() in load_words().joined:
        last += 1
    return last - place if last < len(units) and units[last].kind == "capital" else 0


def _dash_width(units: Sequence[Unit], first: int, place: int) -> int:
    """«El - Sisi», «Kim Jong - un»: a dash with blanks around it that stands inside a name, and what follows it."""
    following = units[place + 1] if place + 1 < len(units) else None
    if following is None:
        return 0
    if units[place - 1].text.lower() in load_words().joined and following.kind == "capital":
        return 2
    # the second syllable of a Korean's or Taiwanese's given name, in lower case
    if place - first < 2 or not following.text.islower():
        return 0
    is_korean = is_surname(units[first].text, "surname-ko")
    is_part = is_korean and following.kind in ("word", "particle", "link", "honorific")
    return 2 if is_part or (following.kind == "word" and following.text not in dictionary()) else 0


def after_other_spelling(text: str, units: Sequence[Unit], last: int) -> int:
    """The end of «(Lai Ching-te)» that follows a name: the same person in another spelling; `last` if none does."""
    if last + 1 >= len(units) or units[last].text != "(":
        return last
    end = name_end(text, units, last + 1)
    return end + 1 if last + 1 < end < len(units) and units[end].text == ")" else last


def tidy(words: str) -> str:
    """The words with one space between them."""
    return " ".join(words.split())
