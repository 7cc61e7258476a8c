"""Sentences as runs of units (states, roles, heads of names, capitalised words), the common ground of people and organisations.

The words are rows of `data/lexicon/roles.csv`, `organisation-heads.csv` and `name-parts.csv`; what is code here is
spelling: what a capitalised word is, and what a Vietnamese syllable looks like.
"""

import importlib.util
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from extractors.folding import fold, fold_name
from extractors.records import CountryMention, RoleRank
from extractors.tables import DATA_DIR, Row, TableError, check_sources, read_sources, read_table

UnitKind = Literal[
    "country",
    "organisation",  # a whole name of one, put together by organisations.py
    "role",  # roles.csv: office, state-office, occupation
    "honorific",
    "modifier",
    "link",
    "head",  # organisation-heads.csv: head, media, name, suffix
    "media",
    "name",
    "suffix",
    "field",  # name-parts.csv
    "place",
    "particle",
    "credit",
    "capital",
    "word",
    "number",
    "mark",
]
RANKS = ("head-of-state", "head-of-government", "party-leader", "minister", "ambassador", "other")
_ROLE_KINDS = ("office", "state-office", "occupation", "honorific", "modifier", "link")
_HEAD_KINDS = ("head", "media", "name", "suffix")
_PART_KINDS = ("field", "place", "particle", "credit", "surname-vi", "surname-zh", "surname-ko")
_LONGEST_PHRASE = 8  # words; the longest row of the tables has seven

# Initials («R.A.», «W.»), words with inner hyphens or apostrophes, numbers with their points and slashes, single marks.
_TOKEN = re.compile(
    r"(?:[A-ZĐ]\.)+(?=\s?[A-ZĐ])|(?:TP|GS|TS|PGS|ThS|BS|St|Mr|Ms|Dr)\.(?=\s?\w)"
    r"|[^\W\d_]+(?:['-][^\W\d_]+)*|\d+(?:[.,/]\d+)*|\S"
)
_ONSET = "ngh|ng|nh|th|tr|ch|kh|gh|gi|ph|qu|[bcdghklmnprstvx]"
_RIME = "oai|oay|uay|uya|uye|ieu|yeu|uou|uoi|oeo|uyu|ia|ie|ye|iu|ua|uo|ui|uu|uy|ue|oa|oe|oi|oo|eo|eu|ai|ao|au|ay|[aeiouy]"
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{_RIME})(?:ng|nh|ch|[cmnpt])?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the word tables: `kind` as in the table; the other fields where the table has them."""

    phrase: str
    kind: str
    type: str = ""
    rank: RoleRank = "other"
    country: str = ""
    has_alone: bool = False
    has_nested: bool = False


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


@dataclass(frozen=True, slots=True)
class Words:
    """All the word tables, by folded lower-case phrase (bare names of organisations: as written)."""

    phrases: dict[str, Entry]
    names: dict[str, Entry]
    surnames: dict[str, frozenset[str]]
    particles: frozenset[str]


@cache
def load_words(folder: Path = DATA_DIR / "lexicon") -> Words:
    """Read and check the three word tables.

    Raises:
        TableError: a row that is unsound, or a source that `sources-names.csv` lacks.
    """
    sources = read_sources(folder / "sources-names.csv")
    phrases: dict[str, Entry] = {}
    names: dict[str, Entry] = {}
    surnames: dict[str, set[str]] = {}
    for row in _rows(folder, "name-parts.csv", ("text", "kind", "sources"), ("text", "kind"), sources, _PART_KINDS):
        if row["kind"].startswith("surname"):
            surnames.setdefault(row["kind"], set()).add(fold_name(row["text"]))
        else:
            _add(phrases, row, Entry(row["text"], row["kind"]))
    columns = ("phrase", "kind", "type", "country", "alone", "nests", "sources")
    for row in _rows(folder, "organisation-heads.csv", columns, ("phrase",), sources, _HEAD_KINDS):
        alone, nested = row["alone"] == "yes", row["nests"] == "yes"
        entry = Entry(row["phrase"], row["kind"], row["type"], "other", row["country"], alone, nested)
        if row["kind"] == "name":
            names[fold_name(row["phrase"])] = entry
        else:
            _add(phrases, row, entry)
    columns = ("phrase", "kind", "rank", "serves", "sources")
    for row in _rows(folder, "roles.csv", columns, ("phrase",), sources, _ROLE_KINDS):
        if row["rank"] not in RANKS:
            raise row.fault(f"«{row['rank']}» is no rank: use one of {', '.join(RANKS)}")
        _add(phrases, row, Entry(row["phrase"], row["kind"], "", cast(RoleRank, row["rank"]), row["serves"]))
    particles = frozenset(phrase for phrase, entry in phrases.items() if entry.kind == "particle")
    return Words(phrases, names, {kind: frozenset(found) for kind, found in surnames.items()}, particles)


def _rows(
    folder: Path, name: str, columns: tuple[str, ...], key: tuple[str, ...], sources: dict[str, Row], kinds: Sequence[str]
) -> tuple[Row, ...]:
    rows = read_table(folder / name, columns, required=(columns[0], "kind", "sources"), key=key)
    for row in rows:
        check_sources(row, "sources", sources)
        if row["kind"] not in kinds:
            raise row.fault(f"«{row['kind']}» is no kind: use one of {', '.join(kinds)}")
        if len(row[columns[0]].split()) > _LONGEST_PHRASE:
            raise row.fault(f"is longer than {_LONGEST_PHRASE} words")
    return rows


def _add(phrases: dict[str, Entry], row: Row, entry: Entry) -> None:
    phrase = fold_name(entry.phrase)
    if phrase != phrase.lower():
        raise row.fault(f"«{entry.phrase}» is matched without case: write it in lower case")
    # A later table wins: a word that is both a place and a head («trường») reads as the head, a role wins over both;
    # a word that only links («quốc gia») wins over nothing.
    if entry.kind != "link" or phrase not in phrases:
        phrases[phrase] = entry


@cache
def dictionary() -> frozenset[str]:
    """The words of two to four syllables of Viet74K, the word list inside the underthesea package, folded, lower case.

    Raises:
        TableError: the installed package has no such file.
    """
    spec = importlib.util.find_spec("underthesea")
    path = Path(spec.origin or "").parent / "corpus" / "data" / "Viet74K.txt" if spec else Path("Viet74K.txt")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise TableError(f"{path.name}: underthesea's word list cannot be read ({error.strerror})") from error
    return frozenset(word for word in fold(text).text.lower().splitlines() if 1 <= word.count(" ") <= 3)


@cache
def is_syllable(word: str) -> bool:
    """Whether a word is spelt like one Vietnamese syllable («Long», «Nguyễn»; not «Trump», «Lee»)."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char))
    return _SYLLABLE.fullmatch(bare.replace("đ", "d")) is not None


def is_surname(word: str, *kinds: str) -> bool:
    """Whether a word is in the tables as a surname, of the given kinds or of any."""
    surnames = load_words().surnames
    word = word.capitalize() if word.isupper() else word
    return any(word in surnames.get(kind, ()) for kind in (kinds or surnames))


def read_units(text: str, start: int, end: int, countries: Sequence[CountryMention]) -> tuple[Unit, ...]:
    """Cut `text[start:end]` into units: states as given, then the longest phrase of the tables, then single words."""
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
        edges = [match.start(), *(cut for cut in cuts if match.start() < cut < match.end()), match.end()]
        tokens.extend(zip(edges, edges[1:], strict=False))
    return tokens


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
    longest = 0
    while longest < _LONGEST_PHRASE and place + longest < len(tokens) and tokens[place + longest][0] not in states:
        longest += 1
    for count in range(longest, 0, -1):
        parts = [text[a:b] for a, b in tokens[place : place + count]]
        written = " ".join(parts)
        if written in words.names:
            return count, words.names[written]
        entry = words.phrases.get(written.lower())
        if entry is not None and _fits_case(parts, entry, before, tokens[place][0]):
            return count, entry
    return 1, None


def _fits_case(parts: Sequence[str], entry: Entry, before: Sequence[Unit], start: int) -> bool:
    """Whether a phrase is written as its kind is: «Hồ» begins a name, «hồ» is a lake; «Kinh tế» is a field of work."""
    is_upper = parts[0][0].isupper()
    after_name = bool(before) and before[-1].kind == "capital" and before[-1].end == start - 1
    if entry.kind == "suffix":
        return is_upper
    if entry.kind in ("particle", "link"):
        return not is_upper
    if entry.kind == "field":
        # «Công Thương» with two capitals may be a part of a name; `_parse` of organisations knows better there
        return not is_upper or (len(parts) > 1 and not all(part[0].isupper() for part in parts))
    if len(parts) > 1 or not is_upper:
        return True
    if entry.kind in ("place", "media"):
        return parts[0].isupper() and len(parts[0]) > 1
    return not after_name


def _entry_kind(entry: Entry) -> UnitKind:
    return "role" if entry.kind in ("office", "state-office", "occupation") else cast(UnitKind, entry.kind)


def _word_kind(word: str) -> UnitKind:
    if word[0].isalpha():
        return "capital" if word[0].isupper() else "word"
    return "number" if word[0].isdigit() else "mark"


def word_width(units: Sequence[Unit], place: int) -> int:
    """How many units from a capitalised one on make a dictionary word whose rest is lower case («Nông nghiệp»: 2); or 0."""
    for count in (4, 3, 2):
        part = units[place : place + count]
        if len(part) == count and part[0].is_capitalised and not any(unit.is_capitalised for unit in part[1:]):
            if " ".join(unit.text for unit in part).lower() in dictionary():
                return count
    return 0
