"""States and pairs in a text that a person types: any of their names, with errors, unfinished, in either order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.graph.events import ordered_for_reading
from app.graph.vocabulary import pair_key
from app.name_likeness import NameTable, Spelling, words_of
from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.records import NameKind

Kind = Literal["country", "pair"]

# Who types one state may mean its ties with the state of the readers.
_HOME = "VN"
_OFFERED = 0.9
# How surely a name means the state when it stands alone, and when it stands beside another state («Việt - Nhật»).
_ALONE: Mapping[NameKind, float] = {"demonym": 0.85, "epithet": 0.8, "capital": 0.7, "short": 0.6}
_JOINED: Mapping[NameKind, float] = {"short": 0.96, "demonym": 0.85, "epithet": 0.8, "capital": 0.7}
_JOINTS = frozenset({"và", "va", "với", "voi", "and", "with", "vs"})
_CODE_IN_LOWER_CASE = 90.0
_SURELY_NAMED = 88.0
_MIN_SIDE = 55.0
_TWO_AMONG_OTHER_WORDS = 75.0
# Beyond so many, a text is a sentence: the states in it are looked for, not the place where it falls into two names.
_MAX_WORDS_OF_PAIR = 16


@dataclass(frozen=True, slots=True)
class Found:
    """A state (`AZ`) or a pair (`AZ-VN`) by its key, with its label in the language asked for.

    `score`, from 0 to 100, is that of app/name_likeness.py; of a pair, that of the name that fits less.
    """

    kind: Kind
    key: str
    label: str
    score: float


def find(text: str, limit: int, language: str = "vi") -> tuple[Found, ...]:
    """At most `limit` states and pairs that a text may mean, the likeliest first.

    Of a text that names one state, the pair with Việt Nam is offered too. A text of over 300 characters names nothing.
    """
    states = find_states(text, language)
    pairs = find_pairs(text, language)
    named = {one.key for one in pairs}
    offered = [
        Found("pair", pair, pair_label(pair, language), one.score * _OFFERED)
        for one in states
        if _is_foreign(one.key) and (pair := pair_key(_HOME, one.key)) not in named
    ]
    return _likeliest_first([*states, *pairs, *offered])[:limit]


def find_states(text: str, language: str = "vi") -> tuple[Found, ...]:
    """All states that a text may mean, the likeliest first."""
    gazetteer = load_gazetteer()
    scores = _tables()[0].near(text)
    for code, score in _by_code(text, gazetteer).items():
        scores[code] = max(score, scores.get(code, 0.0))
    return _likeliest_first(
        [Found("country", code, gazetteer.label(code, language), score) for code, score in scores.items()]
    )


def find_pairs(text: str, language: str = "vi") -> tuple[Found, ...]:
    """All pairs of which a text may name both states, in either order, the likeliest first; none for one state."""
    return _likeliest_first(
        [Found("pair", key, pair_label(key, language), score) for key, score in _pairs(text).items()]
    )


def pair_label(key: str, language: str = "vi") -> str:
    """Both states of a pair as readers expect them, Việt Nam first: «Việt Nam – Azerbaijan».

    Raises:
        KeyError: an unknown code or language.
    """
    gazetteer = load_gazetteer()
    return " – ".join(gazetteer.label(code, language) for code in ordered_for_reading(key.split("-")))


def _is_foreign(code: str) -> bool:
    return code != _HOME and _HOME not in load_gazetteer().states[code].successors


def _pairs(text: str) -> dict[str, float]:
    words = words_of(text)
    alone, joined = _tables()
    if any(score >= _SURELY_NAMED for score in alone.exact(text).values()):
        return {}  # «Guinea Xích Đạo» is one state, though two could be read in it
    found: dict[str, float] = {}
    if len(words) <= _MAX_WORDS_OF_PAIR:
        sides = tuple(_sides(words))
        found = _joined([(_surely(left, joined), _surely(right, joined)) for left, right in sides])
        if not found:
            known = {part: joined.near(part, within=False) for side in sides for part in side}
            found = _joined([(known[left], known[right]) for left, right in sides])
    among = sorted(joined.within(text))
    if len(among) == 2:
        key = pair_key(*among)
        found[key] = max(_TWO_AMONG_OTHER_WORDS, found.get(key, 0.0))
    return found


def _joined(sides: list[tuple[dict[str, float], dict[str, float]]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for left, right in sides:
        for a, score_a in left.items():
            for b, score_b in right.items():
                score = min(score_a, score_b)
                if a != b and score >= _MIN_SIDE:
                    key = pair_key(a, b)
                    found[key] = max(score, found.get(key, 0.0))
    return found


def _sides(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The ways in which words fall into two names, without what joins them («và»)."""
    for place in range(1, len(words)):
        left, right = words[:place], words[place:]
        if right[0].lower() in _JOINTS:
            right = right[1:]
        if left and right and left[-1].lower() not in _JOINTS:
            yield " ".join(left), " ".join(right)


def _surely(part: str, table: NameTable) -> dict[str, float]:
    scores = table.exact(part)
    for code, score in _by_code(part, load_gazetteer()).items():
        scores[code] = max(score, scores.get(code, 0.0))
    return scores


def _by_code(text: str, gazetteer: Gazetteer) -> dict[str, float]:
    code = text.strip()
    if code.upper() not in gazetteer.states:
        return {}
    return {code.upper(): 100.0 if code.isupper() else _CODE_IN_LOWER_CASE}


@lru_cache(maxsize=1)
def _tables() -> tuple[NameTable, NameTable]:
    """The names of states as they weigh alone, and beside another state."""
    names = load_gazetteer().names
    alone, joined = (
        NameTable(Spelling(one.code, one.text, weights.get(one.kind, 1.0)) for one in names)
        for weights in (_ALONE, _JOINED)
    )
    return alone, joined


def _likeliest_first(found: list[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda one: (-one.score, one.kind, one.key)))
