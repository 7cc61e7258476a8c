"""People that an article names, with their roles: a title before or after a name, a surname, or a byline."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractors.bylines import ForeignRun, find_bylines, foreign_runs, recognise_foreign_names
from extractors.coreference import join_people
from extractors.name_runs import after_other_spelling, name_end, tidy
from extractors.name_tables import dictionary, is_surname, is_syllable, load_words
from extractors.names import Unit, word_width
from extractors.records import CountryMention, Person, PersonMention, RoleRank, mentions_within
from extractors.titles import Title, find_title, find_titles, read_named_units


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
                last = after_other_spelling(text, units, last)
            place = max(last, title.last)
            continue
        if units[place].kind == "credit" and place + 1 < len(units) and units[place + 1].text == ":":
            mentions.extend(_photographer(text, units, place + 2))
            place += 2
            continue
        last = name_end(text, units, place)
        first = _untitled_start(units, place, last)
        if last > first and _is_person(units, first, last):
            mentions.append(_mention(text, units, None, first, last))
            last = after_other_spelling(text, units, last)
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
            found.append(RoleMention(first, last, tidy(text[first:last]), title.rank, country))
    return tuple(found)


def _name_after(text: str, units: Sequence[Unit], title: Title) -> tuple[int, int]:
    """Where the name that a title announces begins and ends; an empty stretch if none follows."""
    place = title.last
    gap = place < len(units) and units[place].text in (",", "-")
    place += gap
    honorifics = place
    while place < len(units) and units[place].kind == "honorific":
        place += 1
    last = name_end(text, units, place)
    if gap and place == honorifics and not _is_apposition(units, place, last):
        return title.last, title.last  # «Thủ tướng Pháp, Angela Merkel»: a list
    first = _after_field(units, place, last) if title.is_office else place
    if not all(_is_short_form(unit.text) for unit in units[first:last]):
        while _is_short_form(units[first].text):
            first += 1  # «Chủ tịch HĐBT Đỗ Mười»
    if title.is_local and last > first and not is_syllable(units[first].text) and last - first != 2:
        first = last - 2 if last - first > 2 else last  # «Thống đốc Minnesota Tim Walz»; «Thống đốc Minnesota»
    if last == first or _is_no_name(units, first, last):
        return title.last, title.last
    return first, last


def _is_apposition(units: Sequence[Unit], first: int, last: int) -> bool:
    """«Tổng thống Iran, (Mohammad Khatami), nói»: a foreign name in full between two commas."""
    is_closed = last < len(units) and units[last].text == "," and units[first - 1].text == ","
    return is_closed and last - first >= 2 and not any(is_syllable(unit.text) for unit in units[first:last])


def _is_no_name(units: Sequence[Unit], first: int, last: int) -> bool:
    """Short forms («Chủ tịch HĐQT ACB») and ordinary words («Hội Loãng xương») that stand where a name would."""
    words = [unit.text for unit in units[first:last]]
    if units[first - 1].kind == "head" and not (len(words) > 1 and is_surname(words[0])):
        return True  # a name of an organisation that the grammar does not know: «chuyên gia Viện …»
    before = units[first - 1]
    if before.kind == "honorific" and before.is_capitalised and f"{before.text} {words[0]}".lower() in dictionary():
        return True  # «Bà Rịa»: a town
    return all(map(_is_short_form, words)) or (len(words) == 1 and word_width(units, first) > 1)


def _is_short_form(word: str) -> bool:
    return word.isupper() and len(word) > 1 and not word.endswith(".") and not is_surname(word)


def _after_field(units: Sequence[Unit], first: int, last: int) -> int:
    """Where the name begins in «(Bộ trưởng) Công Thương Nguyễn Hồng Diên»: at a surname, one or two words on."""
    if last - first < 3 or is_surname(units[first].text):
        return first
    for place in range(first + 1, min(first + 3, last - 1)):
        if not is_syllable(units[place - 1].text):
            break
        if is_surname(units[place].text, "surname-vi") and all(is_syllable(unit.text) for unit in units[place:last]):
            return place
    return first


def _photographer(text: str, units: Sequence[Unit], first: int) -> Iterator[PersonMention]:
    """«Ảnh: Đinh Hòa», «Ảnh: Nhật Bắc»: who took the picture; a state's short name is here a part of theirs."""
    last = name_end(text, units, first)
    if last <= first + 1:
        last = first
        while last < len(units) and (units[last].kind == "capital" or _is_short_state(units[last])):
            last += 1
    if 2 <= last - first <= 4 and all(is_syllable(unit.text) for unit in units[first:last]):
        start, end = units[first].start, units[last - 1].end
        yield PersonMention(start, end, tidy(text[start:end]), None, "other", None)


def _is_short_state(unit: Unit) -> bool:
    return unit.kind == "country" and is_syllable(unit.text)


def _untitled_start(units: Sequence[Unit], first: int, last: int) -> int:
    """Drop the capitalised word that only begins a sentence: «Theo Yen», «Khi Nguyễn Văn A»."""
    begins = first == 0 or units[first - 1].text in ('"', ":", ".", "(", "-")
    if begins and last - first >= 2 and units[first].text.lower() in dictionary() and not is_surname(units[first].text):
        return first + 1
    return first


def _is_person(units: Sequence[Unit], first: int, last: int) -> bool:
    """Whether a run of name words without a title is a person: by its surname, or by a role set after it."""
    words = [word for unit in units[first:last] for word in unit.text.split("-") if word]
    if first > 0 and units[first - 1].kind in ("place", "head", "media", "organisation", "credit"):
        return False
    if last - first < 2:
        return False
    if first > 0 and units[first - 1].text in ("ở", "tại"):
        return False  # «ở New Orleans, nữ phó tổng thống …»
    if _title_after(units, last) is not None:
        return True
    if not 2 <= len(words) <= 5:
        return False
    if is_surname(words[0], "surname-vi", "surname-zh") and all(map(is_syllable, words)):
        is_place = words[0].lower() in load_words().phrases  # «Hồ Hoàn Kiếm»: a lake
        return not any(word.isupper() for word in words) and len(words) >= 3 and not is_place
    if not is_surname(words[0], "surname-ko") or len(words) not in (3, 4) or any(word.isupper() for word in words):
        return False
    return not all(map(is_syllable, words))


def _title_after(units: Sequence[Unit], last: int) -> Title | None:
    """The role set after a name: «Joel Wit, chuyên gia cấp cao tại …»; not one that announces the next name."""
    if last + 1 >= len(units) or units[last].text not in (",", "-", "("):
        return None
    place = last + 1 + (units[last + 1].text == "một")  # «Tina Teng, một nhà phân tích»
    title = find_title(units, place)
    if title is None or title.role is None:
        return None
    after = units[title.last] if title.last < len(units) else None
    if after is not None and after.kind in ("capital", "honorific"):
        return None
    return title


def _mention(text: str, units: Sequence[Unit], title: Title | None, first: int, last: int) -> PersonMention:
    start, end = units[first].start, units[last - 1].end
    name = tidy(text[start:end])
    before = title if title is not None and title.role is not None else None
    role = before or (None if _is_quoted(units, title, first) else _title_after(units, last))
    if role is None or role.role is None:
        return PersonMention(start, end, name, None, "other", None)
    is_split = before is not None and all(unit.kind == "capital" for unit in units[role.last : first])
    words = tidy(text[units[role.role].start : units[first - 1 if is_split else role.last - 1].end])
    country = role.country or _country_after(units, last) or _default_country(role, units[first:last])
    return PersonMention(units[role.role].start if before else start, end, name, words, role.rank, country)


def _is_quoted(units: Sequence[Unit], title: Title | None, first: int) -> bool:
    """«Theo ông A, Tổng thống B …»: what follows the comma is what A says, not A's role."""
    place = (title.first if title else first) - 1
    return place >= 0 and units[place].text.lower() == "theo"


def _country_after(units: Sequence[Unit], last: int) -> str | None:
    """«Thái tử Philippe của Bỉ»."""
    if last + 1 < len(units) and units[last].text == "của" and units[last + 1].kind == "country":
        return units[last + 1].code
    return None


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

    `spans` are the sentences, `countries` all country mentions of the folded `text`, sorted; `printed` gives the text
    as given for two folded offsets (by default, the folded text itself).
    """
    mentions: list[PersonMention] = []
    runs: list[ForeignRun] = []
    for start, end in spans:
        inside = mentions_within(countries, start, end)
        found = find_person_mentions(text, start, end, inside)
        mentions.extend(found)
        runs.extend(foreign_runs(text, start, end, inside, found))
    no_names = frozenset(text[mention.start : mention.end] for mention in countries)
    no_names |= {run.name for run in runs if run.is_place}
    mentions = [mention for mention in mentions if mention.name not in no_names]  # «Đại sứ Lào», «tỷ phú New York»
    mentions.extend(recognise_foreign_names(text, runs, mentions, no_names))
    mentions.extend(find_bylines(text, spans, countries))
    return join_people(text, mentions, printed)
