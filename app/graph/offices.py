"""Offices: what the words of a role («Phó thủ tướng, Bộ trưởng Ngoại giao») say about the offices someone holds.

The words are rows of `data/people/offices.csv` and, where that table is silent, ranks of `data/lexicon/roles.csv`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

from app.graph.vocabulary import slug
from extractors.folding import fold_name
from extractors.gazetteer import load_gazetteer
from extractors.name_tables import load_words
from extractors.tables import DATA_DIR, check_sources, read_sources, read_table

OfficeKind = Literal[
    "head-of-state",
    "deputy-head-of-state",
    "head-of-government",
    "deputy-head-of-government",
    "party-leader",
    "leader",
    "speaker",
    "minister",
    "deputy-minister",
    "ambassador",
    "charge-d-affaires",
    "envoy",
    "consul",
    "other",
]
"""What an office can be; the ontology (`bg:office-…`) says what each means."""

Standing = Literal["held", "former", "elect"]

TOP_OFFICES = frozenset({"head-of-state", "head-of-government", "party-leader", "leader"})
NATIONAL_LEADERSHIP = TOP_OFFICES - {"leader"} | {
    "deputy-head-of-state",
    "deputy-head-of-government",
    "speaker",
    "minister",
}
"""Offices of which one man may hold one after the other; the ranks of roles.csv above ambassador, and a speaker's."""

_ABROAD = frozenset({"ambassador", "charge-d-affaires", "envoy", "consul"})
_MARKS = ("former", "elect", "deputy")
_MISSION_WORDS = ("tại", "ở")
_JOINS = (",", "kiêm", "và", "-")
_LONGEST_PHRASE = 6  # words
_WORD = re.compile(r"[^\s,()-]+|[,-]")


@dataclass(frozen=True, slots=True, order=True)
class Office:
    """An office of a state: `host` is the state that a mission is in, `field` what a minister's or another is for."""

    kind: OfficeKind
    host: str = ""
    field: str = ""

    @property
    def key(self) -> str:
        """`minister-ngoai-giao`, `ambassador-VN`: the office among those of its state."""
        return "-".join(part for part in (self.kind, self.host, slug(self.field) if self.field else "") if part)

    @property
    def is_vague(self) -> bool:
        """Whether the words leave open which of several offices it is."""
        needs = {"minister": self.field, "deputy-minister": self.field, "ambassador": self.host}
        return self.kind == "leader" or not needs.get(self.kind, True)

    def may_be(self, other: "Office") -> bool:
        """Whether two wordings can mean one office of one state."""
        if "leader" in (self.kind, other.kind):
            return {self.kind, other.kind} <= TOP_OFFICES
        if self.kind != other.kind:
            return False
        return all(not a or not b or a == b for a, b in ((self.host, other.host), (self.field, other.field)))


@dataclass(frozen=True, slots=True)
class StatedOffice:
    """An office that a role names, and whether it is held, was held, or is still to be taken up."""

    office: Office
    standing: Standing


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a phrase stands for; `is_of_state`: only of a state itself («chủ tịch»), not of a body."""

    means: str
    field: str = ""
    is_of_state: bool = False


@lru_cache(maxsize=4096)
def read_offices(role: str) -> tuple[StatedOffice, ...]:
    """The offices in the words of a role, in their order; none in an occupation («nhà báo») or a rank («đại tướng»)."""
    words = _words_of(role)
    found: list[StatedOffice] = []
    place, marks = 0, set[str]()
    while place < len(words):
        phrase, width = _phrase_at(words, place)
        if phrase is None:
            place += 1
            continue
        if phrase.means in _MARKS:
            marks.add(phrase.means)
            place += width
            continue
        last = _end_of_complement(words, place + width)
        complement = words[place + width : last]
        named = " ".join(word for word, _ in words[place : place + width])
        office = _office(phrase, named, complement, "deputy" in marks)
        if office is not None:
            found.append(StatedOffice(office, _standing(marks.union(_marks_in(complement)))))
        place, marks = last, set()
    return tuple(dict.fromkeys(found))


def _standing(marks: set[str]) -> Standing:
    return "former" if "former" in marks else "elect" if "elect" in marks else "held"


def _marks_in(complement: list[tuple[str, str]]) -> Iterator[str]:
    for place in range(len(complement)):
        phrase, _ = _phrase_at(complement, place)
        if phrase is not None and phrase.means in _MARKS:
            yield phrase.means


def _words_of(role: str) -> list[tuple[str, str]]:
    """The words of a role in lower case, each with the code of the state that it is the name of, or nothing."""
    text = fold_name(role)
    words: list[tuple[str, str]] = []
    place = 0
    for mention in (*load_gazetteer().mentions(text), None):
        until = mention.start if mention else len(text)
        words.extend((match.group().lower(), "") for match in _WORD.finditer(text, place, until))
        if mention:
            words.append((text[mention.start : mention.end].lower(), mention.code))
            place = mention.end
    return words


def _phrase_at(words: list[tuple[str, str]], place: int) -> tuple[_Meaning | None, int]:
    """The longest phrase of the tables that begins at a word, and how many words it has."""
    meanings = load_offices()
    for width in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
        phrase = " ".join(word for word, _ in words[place : place + width])
        if phrase in meanings:
            return meanings[phrase], width
    return None, 1


def _end_of_complement(words: list[tuple[str, str]], place: int) -> int:
    """Where the next office begins: at a role (or a word before one) that a comma, a «kiêm» or an «và» leads in."""
    while place < len(words):
        if words[place][0] in _JOINS and _phrase_at(words, place + 1)[0] is not None:
            return place + 1
        place += 1
    return place


def _office(phrase: _Meaning, named: str, complement: list[tuple[str, str]], is_deputy: bool) -> Office | None:
    """The office of a role («đại sứ») with what completes it («… tại Việt Nam»); None for an occupation."""
    if phrase.means == "none":
        return None
    kind, (host, rest) = phrase.means, _read_complement(complement)
    if is_deputy:
        kind = f"deputy-{kind}" if f"deputy-{kind}" in get_args(OfficeKind) else "other"
        named = f"phó {named}"
    if kind == "other" or (phrase.is_of_state and rest):
        others = (word for word, code in complement if not code and word not in _JOINS)
        return Office("other", field=" ".join((named, *others)))
    if kind in ("minister", "deputy-minister"):
        rest = rest[1:] if rest[:1] == ["bộ"] else rest
        return Office(kind, field=phrase.field or " ".join(rest))  # type: ignore[arg-type]  # the table is checked
    return Office(kind, host=host if kind in _ABROAD else "")  # type: ignore[arg-type]  # the table is checked


def _read_complement(complement: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """The state that an office is exercised in, if one is named after «tại», and the words for what it is for."""
    host, rest, link = "", list[str](), ""
    for word, code in complement:
        entry = load_words().phrases.get(word)
        if code:
            host = code if link in _MISSION_WORDS else host
        elif word in _MISSION_WORDS or (entry is not None and entry.kind in ("link", "attribute")):
            link = word
            continue
        elif word not in _JOINS or word == "và":
            rest.append(word)
        link = ""
    return host, rest


@cache
def load_offices(folder: Path = DATA_DIR / "people") -> dict[str, _Meaning]:
    """What every role of the tables means, by folded phrase in lower case.

    Raises:
        TableError: a row that is unsound, or a source that `sources.csv` lacks.

    """
    meanings: dict[str, _Meaning] = {}
    for phrase, entry in load_words().phrases.items():
        if entry.kind in ("office", "state-office", "local-office"):
            meanings[phrase] = _of_rank(phrase, entry.rank, entry.kind)
        elif entry.kind == "occupation":
            meanings[phrase] = _Meaning("none")
    sources = read_sources(folder / "sources.csv")
    columns = ("phrase", "means", "field", "sources")
    for row in read_table(folder / "offices.csv", columns, required=("phrase", "means"), key=("phrase",)):
        check_sources(row, "sources", sources)
        if row["means"] not in (*get_args(OfficeKind), *_MARKS):
            raise row.fault(f"«{row['means']}» is no office: use one of {', '.join((*get_args(OfficeKind), *_MARKS))}")
        is_of_state = row["means"] == "leader"
        meanings[fold_name(row["phrase"])] = _Meaning(row["means"], row["field"], is_of_state)
    return meanings


def _of_rank(phrase: str, rank: str, kind: str) -> _Meaning:
    """The office of a role that the table of offices leaves to its rank."""
    is_of_state = kind == "state-office"
    if kind == "local-office":
        return _Meaning("other")
    deputy = f"deputy-{rank}"
    if phrase.startswith("phó ") and rank != "other":
        return _Meaning(deputy if deputy in get_args(OfficeKind) else "other", is_of_state=is_of_state)
    return _Meaning(rank, is_of_state=is_of_state)
