"""People that an article names, with their roles: a title before or after a name, a surname, or a byline."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.coreference import join_people
from extractors.names import Unit, is_surname, is_syllable
from extractors.records import CountryMention, Person, PersonMention, RoleRank
from extractors.titles import Title, find_title, find_titles, read_named_units

_LONGEST_NAME = 8  # words: «Sheikh Mohammed bin Abdulrahman Al - Thani» has seven with its dash


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A span of folded text that says an office and the state it serves, whether or not a name follows it."""

    start: int
    end: int
    role: str
    rank: RoleRank
    country: str


def find_person_mentions(
    text: str, start: int, end: int, countries: Sequence[CountryMention]
) -> tuple[PersonMention, ...]:
    """Persons named in `text[start:end]`, a sentence, in order; `countries` are the sentence's country mentions."""
    units = read_named_units(text, start, end, countries)
    titles = find_titles(units)
    mentions: list[PersonMention] = []
    place = 0
    while place < len(units):
        title = titles.get(place)
        if title is not None:
            first, last = _name_after(text, units, title)
            if last > first:
                mentions.append(_mention(text, units, title, first, last))
            place = max(last, title.last)
            continue
        last = _name_end(text, units, place)
        first = _untitled_start(units, place, last)
        if last > first and _is_person(units, first, last):
            mentions.append(_mention(text, units, None, first, last))
        place = max(place + 1, last)
    return tuple(mentions)


def role_mentions(text: str, start: int, end: int, countries: Sequence[CountryMention]) -> tuple[RoleMention, ...]:
    """Offices with their states in `text[start:end]` («Tổng thống Hàn Quốc»), whether or not a name follows."""
    units = read_named_units(text, start, end, countries)
    found: list[RoleMention] = []
    for title in find_titles(units).values():
        country = title.country or title.serves
        if title.role is not None and title.is_office and country:
            first, last = units[title.role].start, units[title.last - 1].end
            found.append(RoleMention(first, last, _tidy(text[first:last]), title.rank, country))
    return tuple(found)


def _tidy(words: str) -> str:
    return " ".join(words.split())


def _name_after(text: str, units: Sequence[Unit], title: Title) -> tuple[int, int]:
    """Where the name that a title announces begins and ends; an empty stretch if none follows."""
    place = title.last
    gap = place < len(units) and units[place].text in (",", "-")
    place += gap
    honorifics = place
    while place < len(units) and units[place].kind == "honorific":
        place += 1
    if gap and place == honorifics:
        return title.last, title.last  # «Thủ tướng Pháp, Angela Merkel»: a list
    last = _name_end(text, units, place)
    first = _after_field(units, place, last) if title.role is not None else place
    return (first, last) if last > first else (title.last, title.last)


def _after_field(units: Sequence[Unit], first: int, last: int) -> int:
    """Where the name begins in «(Bộ trưởng) Công Thương Nguyễn Hồng Diên»: at a surname after one or two other words."""
    if last - first < 3 or is_surname(units[first].text):
        return first
    for place in range(first + 1, min(first + 3, last - 1)):
        if is_surname(units[place].text, "surname-vi") and all(is_syllable(unit.text) for unit in units[place:last]):
            return place
    return first


def _name_end(text: str, units: Sequence[Unit], first: int) -> int:
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
    return 2 if is_korean and following.kind in ("word", "particle", "link", "honorific") and following.text.islower() else 0


def _untitled_start(units: Sequence[Unit], first: int, last: int) -> int:
    """Drop the capitalised word that only begins a sentence: «Theo Yen», «Khi Nguyễn Văn A»."""
    begins = first == 0 or units[first - 1].kind == "mark"
    if begins and last - first >= 2 and is_syllable(units[first].text) and not is_surname(units[first].text):
        return first + 1
    return first


def _is_person(units: Sequence[Unit], first: int, last: int) -> bool:
    """Whether a run of name words without a title is a person: by its surname, or by a role set after it."""
    words = [unit.text for unit in units[first:last]]
    if first > 0 and units[first - 1].kind in ("place", "head", "media", "organisation", "credit"):
        return False
    if last - first < 2:
        return False
    if _title_after(units, last) is not None:
        return True
    if not 2 <= len(words) <= 5:
        return False
    if is_surname(words[0], "surname-vi", "surname-zh") and all(map(is_syllable, words)):
        return not any(word.isupper() for word in words) and len(words) >= 3
    return is_surname(words[0], "surname-ko") and len(words) in (3, 5) and not any(word.isupper() for word in words)


def _title_after(units: Sequence[Unit], last: int) -> Title | None:
    """The role set after a name: «Joel Wit, chuyên gia cấp cao tại …»; not one that announces the next name."""
    if last + 1 >= len(units) or units[last].text not in (",", "-", "("):
        return None
    title = find_title(units, last + 1)
    if title is None or title.role is None:
        return None
    after = units[title.last] if title.last < len(units) else None
    if after is not None and after.kind in ("capital", "honorific"):
        return None
    return title


def _mention(text: str, units: Sequence[Unit], title: Title | None, first: int, last: int) -> PersonMention:
    start, end = units[first].start, units[last - 1].end
    name = _tidy(text[start:end])
    before = title if title is not None and title.role is not None else None
    role = before or _title_after(units, last)
    if role is None or role.role is None:
        return PersonMention(start, end, name, None, "other", None)
    words = _tidy(text[units[role.role].start : units[role.last - 1].end])
    country = role.country or _default_country(role, units[first:last])
    return PersonMention(units[role.role].start if before else start, end, name, words, role.rank, country)


def _default_country(role: Title, name: Sequence[Unit]) -> str | None:
    """Viet Nam for a Vietnamese name whose role names no other state: who writes for readers at home leaves it out."""
    is_vietnamese = is_surname(name[0].text, "surname-vi") and all(is_syllable(unit.text) for unit in name)
    if role.serves and is_vietnamese:
        return role.serves
    return "VN" if role.is_office and is_vietnamese and len(name) > 1 else None


def people(
    text: str,
    spans: Sequence[tuple[int, int]],
    countries: Sequence[CountryMention],
    printed: Callable[[int, int], str] | None = None,
) -> tuple[Person, ...]:
    """People of an article, one entry each under the fullest spelling, in the order of the text; bylines too.

    `spans` are the sentences, `countries` all country mentions of the folded `text`, sorted; `printed` gives the text as
    given for two folded offsets (by default, the folded text itself).
    """
    mentions: list[PersonMention] = []
    for start, end in spans:
        inside = [mention for mention in countries if start <= mention.start and mention.end <= end]
        mentions.extend(find_person_mentions(text, start, end, inside))
    return join_people(text, mentions, printed)
