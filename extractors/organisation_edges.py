"""Where an organisation's name stops: what is a person's, what begins the next clause, what no table has as a word."""

from collections.abc import Sequence

from extractors.name_tables import dictionary, is_surname, is_syllable, load_words
from extractors.names import Unit, is_short_form

OF_FIELDS = ("party", "ministry", "parliament", "government")
"""Types whose names end in fields of work and states."""
_LONGEST_RUN = 5  # capitalised words
_OBJECTS = ("word", "number", "field", "head", "plural", "place", "country")


def is_plain(unit: Unit) -> bool:
    """Whether a unit is one capitalised Vietnamese syllable, too little to name anything."""
    return unit.kind == "capital" and is_syllable(unit.text) and not unit.text.isupper()


def is_proper(unit: Unit) -> bool:
    """Whether a unit is a capitalised word that no table has, and no short form («Viện KSND (tối cao)»)."""
    return unit.kind == "capital" and not unit.text.isupper() and unit.text.lower() not in load_words().phrases


def joined_width(units: Sequence[Unit], place: int) -> int:
    """How many units a field of work has as the first part of a longer word: «thuế (quan)» has 2; 0 if it is whole."""
    for count in (4, 3, 2):
        part = units[place : place + count]
        if len(part) == count and all(unit.kind == "word" for unit in part[1:]):
            if " ".join(unit.text for unit in part).lower() in dictionary():
                return count
    return 0


def unknown_width(units: Sequence[Unit], head: int, place: int) -> int:
    """2 for a word that no table has, right after the head and before a state: «Đảng (Dân tiến) Nhật Bản»; else 0."""
    words = units[place : place + 3]
    if len(words) < 3 or place > head + 1:
        return 0
    first, second, following = words
    is_word = is_plain(first) and second.kind == "word" and is_syllable(second.text)
    is_followed = following.kind == "country" or (following.kind == "field" and following.is_capitalised)
    return 2 if is_word and is_followed and second.text not in load_words().clause else 0


def is_deed(units: Sequence[Unit], first: int, last: int) -> bool:
    """Whether a name's last unit says what the body does: «Bộ Công an (thông tin) kết quả», with its object."""
    if last - first < 3 or last >= len(units):
        return False
    before, verb, after = units[last - 2 : last + 1]
    is_verb = verb.text in load_words().deeds and before.is_capitalised and before.text not in ("(", ")")
    return is_verb and after.kind in _OBJECTS and after.text not in (*load_words().clause, "và")


def capital_run(units: Sequence[Unit], place: int) -> list[str]:
    """The capitalised words from a unit on, five at most."""
    run: list[str] = []
    while place < len(units) and units[place].kind == "capital" and len(run) < _LONGEST_RUN:
        run.append(units[place].text)
        place += 1
    return run


def is_person(units: Sequence[Unit], place: int, type_: str) -> bool:
    """Whether the words at a unit are a person's name, after a name of a type that no person's can be a part of."""
    run = capital_run(units, place)
    if type_ == "company" and len(run) == 2 and units[place - 1].kind == "field":
        return False  # «Công ty Chứng khoán Tân Việt»
    return 2 <= len(run) <= 4 and is_surname(run[0]) and type_ not in ("university", "union", "institute")


def is_foreigner(units: Sequence[Unit], place: int, type_: str) -> bool:
    """Whether the foreign words at a unit are a person's: any that follow a party's name, two after a union's."""
    words = capital_run(units, place)[:2]
    may_be_person = type_ in OF_FIELDS or (type_ == "union" and len(words) > 1)
    return may_be_person and not all(map(is_syllable, words)) and not is_short_form(words[0])


def is_stray(units: Sequence[Unit], place: int) -> bool:
    """«Bộ Công an Chụp lại»: a capitalised syllable by itself that begins what comes next."""
    before, after = units[place - 1], units[place + 1 : place + 2]
    return is_plain(units[place]) and not is_plain(before) and bool(after) and after[0].kind == "word"
