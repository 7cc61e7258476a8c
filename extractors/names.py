"""Sentences as runs of units (states, roles, heads, capitalised words), the ground of people and organisations.

What is code here is spelling: what a capitalised word is, and which phrase of the tables a run of words is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, cast

from extractors.name_tables import Entry, dictionary, is_surname, is_syllable, load_words
from extractors.records import CountryMention

UnitKind = Literal[
    "country",
    "organisation",  # a whole name of one, put together by organisations.py
    "role",  # roles.csv: office, state-office, occupation
    "honorific",
    "modifier",
    "attribute",
    "link",
    "head",  # organisation-heads.csv: head, media, name, suffix
    "media",
    "name",
    "suffix",
    "field",  # name-parts.csv
    "region",
    "plural",
    "place",
    "particle",
    "credit",
    "attribution",  # «đưa tin»: what a paper does
    "capital",
    "word",
    "number",
    "mark",
]
# Initials («R.A.», «W.»), words with inner hyphens, apostrophes or ampersands («T&T»), numbers with their points and
# slashes, «P4G», single marks.
_TOKEN = re.compile(
    r"(?:[A-ZĐ]\.)+(?=\s?[A-ZĐ])|(?:TP|GS|TS|PGS|ThS|BS|St|Mr|Ms|Dr)\.(?=\s?\w)"
    r"|[A-Z]+\d+[A-Z]+\b|[^\W\d_]+\d*(?:['&-][^\W\d_]+)*|\d+(?:[.,/]\d+)*|\S"
)

_LONGEST_SHORT_FORM = 5  # letters; longer words in capitals are mostly names in a headline


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a sentence, `text[start:end]`, of one kind; `code` for a state, `entry` for a word of the tables."""

    start: int
    end: int
    text: str
    kind: UnitKind
    entry: Entry | None = None
    code: str | None = None

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


def read_units(text: str, start: int, end: int, countries: Sequence[CountryMention]) -> tuple[Unit, ...]:
    """Cut `text[start:end]` into units: states as given, then the longest phrase of the tables, then single words."""
    return _read_units(text, start, end, tuple(countries))


# People and organisations read the same sentence in turn; no caller can see the cache.
@lru_cache(maxsize=256)
def _read_units(text: str, start: int, end: int, countries: tuple[CountryMention, ...]) -> tuple[Unit, ...]:
    tokens = _tokens(text, start, end, countries)
    places = {first: place for place, (first, _) in enumerate(tokens)}
    states = {
        mention.start: mention
        for mention in countries
        if mention.start in places and not _is_inside_name(text, tokens, places[mention.start], mention)
    }
    units: list[Unit] = []
    place = 0
    while place < len(tokens):
        first, last = tokens[place]
        count, entry, code = 1, None, None
        if first in states:
            last, code = states[first].end, states[first].code
            count = sum(1 for a, _ in tokens[place:] if a < last)
        else:
            count, entry = _longest_phrase(text, tokens, place, states, units)
            last = tokens[place + count - 1][1]
        kind = "country" if code else _entry_kind(entry) if entry else _word_kind(text[first:last])
        units.append(Unit(first, last, text[first:last], kind, entry, code))
        place += count
    return tuple(units)


def _tokens(text: str, start: int, end: int, countries: Sequence[CountryMention]) -> list[tuple[int, int]]:
    # A state inside a hyphenated word («Việt-Nga») is a token of its own.
    cuts = sorted({edge for mention in countries for edge in (mention.start, mention.end) if start <= edge <= end})
    tokens: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text, start, end):
        if "-" not in match[0] and not cuts:
            tokens.append(match.span())
            continue
        inner = {*_inner_dashes(match), *(cut for cut in cuts if match.start() < cut < match.end())}
        edges = [match.start(), *sorted(inner), match.end()]
        tokens.extend(pairwise(edges))
    return tokens


def _inner_dashes(match: re.Match[str]) -> Iterator[int]:
    """The edges of the dash in «(Lao) động-Thương (binh)», which joins two words; «al-Sheikh» is one."""
    left, dash, right = match[0].partition("-")
    if dash and left.islower() and right[:1].isupper() and left not in load_words().joined:
        yield from (match.start() + len(left), match.start() + len(left) + 1)


def _is_inside_name(text: str, tokens: Sequence[tuple[int, int]], place: int, mention: CountryMention) -> bool:
    """Whether a state's one-syllable name is a syllable of a person's: «Thái Anh Văn», «Lê Ngọc Trung».

    It is when the capitalised words around it, from a surname on, are two to four Vietnamese syllables.
    """
    word = text[mention.start : mention.end]
    if " " in word or not is_syllable(word):
        return False
    first = last = place
    while first > 0 and _continues(text, tokens[first - 1], tokens[first]):
        first -= 1
    while last + 1 < len(tokens) and _continues(text, tokens[last], tokens[last + 1]):
        last += 1
    while first < place and not is_surname(text[slice(*tokens[first])]):
        first += 1
    run = [text[a:b] for a, b in tokens[first : last + 1]]
    return 2 <= len(run) <= 4 and is_surname(run[0], "surname-vi", "surname-zh") and all(map(is_syllable, run))


def _continues(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    return text[one[1] : other[0]] == " " and text[one[0]].isupper() and text[other[0]].isupper()


def _longest_phrase(
    text: str,
    tokens: Sequence[tuple[int, int]],
    place: int,
    states: dict[int, CountryMention],
    before: Sequence[Unit],
) -> tuple[int, Entry | None]:
    words = load_words()
    first = text[slice(*tokens[place])]
    limit = words.longest.get(first.lower())
    if limit is None and not first.endswith("."):
        return 1, _ending(first)  # no phrase begins with it
    limit = limit or 1
    longest = 0
    while longest < limit and place + longest < len(tokens) and tokens[place + longest][0] not in states:
        longest += 1
    for count in range(longest, 0, -1):
        parts = [text[a:b] for a, b in tokens[place : place + count]]
        written = " ".join(parts)
        if written in words.names:
            return count, words.names[written]
        entry = words.phrases.get(written.lower().removesuffix("."))  # «TS.», «PGS.»
        if entry is not None and entry.kind in ("head", "media") and count == 1 and _goes_on(text, tokens, place):
            continue
        if entry is not None and _fits_case(parts, entry, before, tokens[place][0]):
            return count, entry
    return 1, _ending(text[slice(*tokens[place])])


def _goes_on(text: str, tokens: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a syllable and the next make one word: «Hội nghị», «Bộ đội», «báo cáo» name no body."""
    if place + 1 >= len(tokens) or tokens[place][1] != tokens[place + 1][0] - 1:
        return False
    following = text[slice(*tokens[place + 1])]
    return following.islower() and f"{text[slice(*tokens[place])].lower()} {following}" in dictionary()


def _ending(word: str) -> Entry | None:
    """The entry of a name by its last letters: «Vietcombank»."""
    if not word[0].isupper():
        return None
    return next(
        (
            entry
            for end, entry in load_words().endings.items()
            if word.lower().endswith(end) and len(word) > len(end) + 1
        ),
        None,
    )


def _fits_case(parts: Sequence[str], entry: Entry, before: Sequence[Unit], start: int) -> bool:
    """Whether a phrase is written as its kind is: «Hồ» begins a name, «hồ» is a lake; «Kinh tế» is a field of work."""
    is_upper = parts[0][0].isupper()
    follows = bool(before) and before[-1].end == start - 1
    after_name = follows and before[-1].kind == "capital" and not _only_begins(before)
    if after_name and not parts[0].isupper() and is_short_form(before[-1].text):
        after_name = False  # «BCH (Đảng bộ)»
    if entry.kind == "suffix":
        return is_upper
    if entry.kind in ("particle", "link", "attribute"):
        return not is_upper
    if entry.kind == "region":
        return is_upper or len(parts) > 1
    if entry.kind in ("head", "media") and not is_upper and len(parts) == 1 and follows:
        # «trụ sở», «cán bộ», «pháo đài»: the second syllable of an ordinary word is no head
        return f"{before[-1].text.split()[-1].lower()} {parts[0]}" not in dictionary()
    if entry.kind == "field":
        # «Công Thương» with two capitals may be a part of a name; `_parse` of organisations knows better there
        return not is_upper or (len(parts) > 1 and not all(part[0].isupper() for part in parts))
    if len(parts) > 1 or not is_upper:
        return True
    if entry.kind in ("place", "media"):
        begins = not before or before[-1].kind == "mark"  # «Tờ Global Times …»
        may_be_media = entry.kind == "media" and (begins or (entry.alone == "capital" and not after_name))
        return (parts[0].isupper() and len(parts[0]) > 1) or may_be_media
    return not after_name


def _only_begins(before: Sequence[Unit]) -> bool:
    """Whether the last unit so far is an ordinary word, capitalised only as the first: «Theo (Bộ Ngoại giao)»."""
    word = before[-1].text
    begins = len(before) == 1 or before[-2].kind == "mark"
    return begins and not word.isupper() and word.lower() in dictionary() and not is_surname(word)


def _entry_kind(entry: Entry) -> UnitKind:
    if entry.kind in ("office", "state-office", "local-office", "occupation"):
        return "role"
    return "name" if entry.kind == "ending" else cast(UnitKind, entry.kind)


def _word_kind(word: str) -> UnitKind:
    if word[0].isalpha():
        return "capital" if word[0].isupper() else "word"
    return "number" if word[0].isdigit() else "mark"


def is_short_form(word: str) -> bool:
    """«CS», «NDCM» (Đảng CS Việt Nam, Đảng NDCM Lào): capitals only, few, and no surname."""
    return word.isupper() and 2 <= len(word) <= _LONGEST_SHORT_FORM and not is_surname(word)


def word_width(units: Sequence[Unit], place: int) -> int:
    """How many units make a dictionary word of which only the first is capitalised («Nông nghiệp»: 2); 0 if none do."""
    for count in (4, 3, 2):
        part = units[place : place + count]
        if len(part) == count and part[0].is_capitalised and not any(unit.is_capitalised for unit in part[1:]):
            if " ".join(unit.text for unit in part).lower() in dictionary():
                return count
    return 0


def ends_town(units: Sequence[Unit], place: int, last: int) -> bool:
    """Whether a person's name begins at `last`, after the town whose word is at `place`: «TP HCM (Nguyễn …)»."""
    is_full = last - place > 2 or (last > place + 1 and is_short_form(units[last - 1].text))
    return is_full and is_surname(units[last].text)


def is_plural(units: Sequence[Unit], place: int) -> bool:
    """Whether «các», «hai» or the like stands before a unit."""
    return place > 0 and units[place - 1].kind == "plural"


def field_width(units: Sequence[Unit], place: int) -> int:
    """How many units from `place` on are one capitalised field of work; 0 if none is there."""
    if place >= len(units) or not units[place].is_capitalised:
        return 0
    return 1 if units[place].kind == "field" else word_width(units, place) or _capitals_width(units, place)


def _capitals_width(units: Sequence[Unit], place: int) -> int:
    """2 if two capitalised syllables are a field of work that the tables have: «Thương Mại»; else 0."""
    pair = [unit.text for unit in units[place : place + 2] if unit.kind == "capital"]
    entry = load_words().phrases.get(" ".join(pair).lower()) if len(pair) == 2 else None
    return 2 if entry is not None and entry.kind == "field" else 0
