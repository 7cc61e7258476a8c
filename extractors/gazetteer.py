"""States and their names: loaded from data/countries, found in folded text, resolved from what a person types."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

import ahocorasick_rs
from rapidfuzz import fuzz, process

from extractors.dates import DateValue, parse_edtf
from extractors.folding import fold_name
from extractors.records import CountryMention, NameKind
from extractors.tables import DATA_DIR, Row, TableError, check_sources, read_sources, read_table

STATUSES = ("un-member", "un-observer", "other", "historical")
_DECOY = ""
# Names in capitals (headlines) are matched from this length on; shorter ones are mostly abbreviations.
_MIN_UPPER_CASE_LENGTH = 4
_MAX_SUGGESTIONS = 5
_TOKEN_BEFORE = re.compile(r"([^\W_]+[.]?) $")
_PAIR_JOINT = re.compile(r"\s?-\s?|\s(?:và|với|,)\s|,\s")


class UnknownCountryError(LookupError):
    """A name that no state bears; `suggestions` are the nearest names."""

    def __init__(self, name: str, suggestions: tuple[str, ...]) -> None:
        self.name = name
        self.suggestions = suggestions
        hint = f" Did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"No state is called «{name}».{hint}")


@dataclass(frozen=True, slots=True)
class State:
    """A state of today or of history: ISO 3166 code, Wikidata id, lifetime and successors where it is historical."""

    code: str
    status: str
    wikidata: str
    valid_from: DateValue | None
    valid_to: DateValue | None
    successors: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a state, as newspapers write it."""

    code: str
    language: str
    kind: NameKind
    text: str


@dataclass(frozen=True, slots=True)
class Homograph:
    """A name that is also an ordinary word: where it is not to be taken for the state."""

    name: str
    rule: str


class Gazetteer:
    """All states with their names; finds mentions and resolves names. Immutable once built."""

    def __init__(
        self,
        states: Mapping[str, State],
        names: tuple[Name, ...],
        decoys: tuple[str, ...],
        lead_ins: frozenset[str] = frozenset(),
        not_initial: frozenset[str] = frozenset(),
    ) -> None:
        self.states = states
        self.names = names
        self._labels = {(name.code, name.language): name.text for name in names if name.kind == "label"}
        self._lead_ins = lead_ins
        self._not_initial = not_initial
        patterns: dict[str, tuple[str, NameKind]] = {}
        for name in names:
            folded = fold_name(name.text)
            for form in (folded, folded.upper()) if len(folded) >= _MIN_UPPER_CASE_LENGTH else (folded,):
                patterns.setdefault(form, (name.code, name.kind))
        for decoy in decoys:
            for form in (fold_name(decoy), fold_name(decoy).upper()):
                patterns[form] = (_DECOY, "alias")
        self._patterns = list(patterns.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(patterns), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )
        self._keys = _search_keys(names)

    def label(self, code: str, language: str = "vi") -> str:
        """The name of a state in `vi` or `en`.

        Raises:
            KeyError: an unknown code or language.
        """
        return self._labels[code, language]

    def mentions(self, text: str) -> tuple[CountryMention, ...]:
        """States named in folded text, in order, without overlaps; decoys and ordinary words are left out."""
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            code, kind = self._patterns[index]
            if code != _DECOY and _stands_alone(text, start, end) and self._means_state(text, start, end):
                found.append(CountryMention(start, end, code, kind))
        return tuple(mention for place, mention in enumerate(found) if _short_has_partner(text, found, place))

    def _means_state(self, text: str, start: int, end: int) -> bool:
        """Whether a one-word name is the state, not a given name («Thu Nga») or a pronoun («Anh cho biết»)."""
        word = text[start:end]
        if " " in word or "-" in word:
            return True
        before = _TOKEN_BEFORE.search(text, max(0, start - 25), start)
        if before is None or before[1].endswith("."):
            is_initial = start == 0 or text[start - 1] in '\n"(' or (before is not None or text[start - 2 : start] in (". ", "? ", "! "))
            return not (is_initial and word in self._not_initial and not self._continues_as_state(text, end))
        token = before[1]
        if not token[0].isupper() or (len(token) > 1 and token.isupper()):
            return True
        return token.lower() in self._lead_ins

    def _continues_as_state(self, text: str, end: int) -> bool:
        """Whether a joint and a capital follow: «Anh và Pháp», «Anh - Việt Nam»."""
        joint = _PAIR_JOINT.match(text, end)
        return joint is not None and joint.end() < len(text) and text[joint.end()].isupper()

    def resolve(self, name: str) -> str:
        """The code of the state a person means by a code or a name, with or without diacritics.

        Raises:
            UnknownCountryError: no state, or more than one, is called so; carries the nearest names.
        """
        upper = name.strip().upper()
        if upper in self.states:
            return upper
        for key in (_exact_key(name), _plain_key(name)):
            codes = self._keys.get(key, frozenset())
            if len(codes) == 1:
                return next(iter(codes))
        raise UnknownCountryError(name, self._suggest(name))

    def _suggest(self, name: str) -> tuple[str, ...]:
        near = process.extract(_plain_key(name), list(self._keys), scorer=fuzz.WRatio, limit=4 * _MAX_SUGGESTIONS)
        labels = [self._labels[code, "vi"] for key, _, _ in near for code in sorted(self._keys[key])]
        return tuple(dict.fromkeys(labels))[:_MAX_SUGGESTIONS]


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _short_has_partner(text: str, found: list[CountryMention], place: int) -> bool:
    """A clipped form («Trung», «Hàn») is a state only when joined to another one: «Trung - Triều», «Việt-Hàn»."""
    mention = found[place]
    if mention.kind != "short":
        return True
    for left, right in zip(found[max(0, place - 1) :], found[place : place + 2], strict=False):
        pass
    neighbours = [(found[place - 1], mention)] if place else []
    neighbours += [(mention, found[place + 1])] if place + 1 < len(found) else []
    return any(_PAIR_JOINT.fullmatch(text, left.end, right.start) for left, right in neighbours if left.end < right.start)


def _exact_key(name: str) -> str:
    return " ".join(fold_name(name).casefold().replace("-", " ").split())


def _plain_key(name: str) -> str:
    """A name without case, hyphens and diacritics: «Việt Nam», «viet-nam» and «VIET NAM» are one."""
    decomposed = unicodedata.normalize("NFD", _exact_key(name).replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _search_keys(names: tuple[Name, ...]) -> dict[str, frozenset[str]]:
    """Codes by search key; the label of one state outweighs the clipped form or capital of another."""
    by_weight: dict[str, dict[bool, set[str]]] = defaultdict(lambda: {True: set(), False: set()})
    for name in names:
        strong = name.kind in ("label", "official", "alias")
        for key in (_exact_key(name.text), _plain_key(name.text)):
            by_weight[key][strong].add(name.code)
    return {key: frozenset(codes[True] or codes[False]) for key, codes in by_weight.items()}


def _read_states(directory: Path) -> dict[str, State]:
    sources = read_sources(directory / "sources.csv")
    columns = ("code", "status", "wikidata", "valid_from", "valid_to", "successors", "source")
    rows = read_table(directory / "states.csv", columns, required=("code", "status", "wikidata"), key=("code",))
    states = {}
    for row in rows:
        if not re.fullmatch("[A-Z]{2}", row["code"]):
            raise row.fault(f"«{row['code']}» is no ISO 3166 code of two letters")
        if row["status"] not in STATUSES:
            raise row.fault(f"status «{row['status']}» is none of {', '.join(STATUSES)}")
        if not re.fullmatch(r"Q\d+", row["wikidata"]):
            raise row.fault(f"«{row['wikidata']}» is no Wikidata id")
        states[row["code"]] = State(
            code=row["code"],
            status=row["status"],
            wikidata=row["wikidata"],
            valid_from=_optional_date(row, "valid_from"),
            valid_to=_optional_date(row, "valid_to"),
            successors=row.words("successors"),
            sources=check_sources(row, "source", sources),
        )
    for row in rows:
        for successor in row.words("successors"):
            if successor not in states:
                raise row.fault(f"successor «{successor}» is no state of this table")
    return states


def _optional_date(row: Row, column: str) -> DateValue | None:
    try:
        return parse_edtf(row[column]) if row[column] else None
    except ValueError as error:
        raise row.fault(str(error)) from error


def _read_names(directory: Path, states: Mapping[str, State]) -> tuple[Name, ...]:
    sources = read_sources(directory / "sources.csv")
    columns = ("code", "language", "kind", "name", "source")
    rows = read_table(directory / "names.csv", columns, required=columns, key=("language", "kind", "code", "name"))
    owners: dict[tuple[str, str], str] = {}
    names = []
    for row in rows:
        check_sources(row, "source", sources)
        if row["code"] not in states:
            raise row.fault(f"«{row['code']}» is not in states.csv")
        if row["language"] not in ("vi", "en") or row["kind"] not in get_args(NameKind):
            raise row.fault(f"language «{row['language']}» or kind «{row['kind']}» is unknown")
        owner = owners.setdefault((row["language"], fold_name(row["name"])), row["code"])
        if owner != row["code"]:
            raise row.fault(f"«{row['name']}» is already a name of {owner}")
        kind: NameKind = row["kind"]  # type: ignore[assignment]  # checked above
        names.append(Name(row["code"], row["language"], kind, row["name"]))
    labelled = {(name.code, name.language) for name in names if name.kind == "label"}
    for code in states:
        if {(code, "vi"), (code, "en")} - labelled:
            raise TableError(f"names.csv: {code} lacks a label in vi or en")
    return tuple(names)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of data/countries, read and checked once.

    Raises:
        TableError: a row of the tables cannot be trusted; names file and line.
    """
    directory = DATA_DIR / "countries"
    sources = read_sources(directory / "sources.csv")
    decoys = read_table(directory / "decoys.csv", ("name", "reason", "source"), required=("name", "reason"), key=("name",))
    for row in decoys:
        check_sources(row, "source", sources)
    states = _read_states(directory)
    homographs = read_table(
        DATA_DIR / "lexicon" / "homographs.csv", ("word", "rule", "note"), required=("word", "rule"), key=("word", "rule")
    )
    by_rule = defaultdict(set)
    for row in homographs:
        if row["rule"] not in ("lead-in", "not-initial"):
            raise row.fault(f"rule «{row['rule']}» is neither lead-in nor not-initial")
        by_rule[row["rule"]].add(row["word"])
    return Gazetteer(
        states,
        _read_names(directory, states),
        tuple(row["name"] for row in decoys),
        frozenset(by_rule["lead-in"]),
        frozenset(by_rule["not-initial"]),
    )
