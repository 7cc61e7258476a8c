"""Trigger phrases: what in a sentence speaks of a dated fact, read from data/lexicon/triggers.csv."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from extractors.records import ClaimType, Level
from extractors.required_texts import PatternError, RequiredTexts, required_texts
from extractors.tables import DATA_DIR, GRAMMAR_SOURCES, read_cited_table
from extractors.wordlists import CAPITAL


@dataclass(frozen=True, slots=True)
class TriggerPhrase:
    """A phrase of the lexicon: the claim type that it speaks of, and what it says of level and state by itself."""

    type: ClaimType
    level: Level | None
    state: str | None
    pattern: re.Pattern[str]
    required: RequiredTexts
    """What a text must hold for the pattern to match anywhere in it."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """An occurrence of a trigger phrase at `text[start:end]`."""

    start: int
    end: int
    phrase: TriggerPhrase

    @property
    def type(self) -> ClaimType:
        """The claim type that the phrase speaks of."""
        return self.phrase.type


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All trigger phrases, in the order of the table: where two overlap, the earlier row wins."""

    phrases: tuple[TriggerPhrase, ...]

    def triggers(self, text: str, start: int, end: int, among: Iterable[int] | None = None) -> tuple[Trigger, ...]:
        """Trigger phrases in folded `text[start:end]`, in order; of two that overlap, the earlier row's.

        A commemoration spans the facts that it commemorates: it overlaps with them. `among` are the places of the only
        phrases that can stand there, if that is known.
        """
        found: list[Trigger] = []
        phrases = self.phrases if among is None else [self.phrases[place] for place in sorted(set(among))]
        for phrase in phrases:
            for match in phrase.pattern.finditer(text, start, end):
                overlaps = any(
                    other.start < match.end() and match.start() < other.end
                    for other in found
                    if "commemoration" not in (phrase.type, other.type) or phrase.type == other.type
                )
                if not overlaps:
                    found.append(Trigger(match.start(), match.end(), phrase))
        return tuple(sorted(found, key=lambda trigger: (trigger.start, trigger.end)))


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon of data/lexicon, read and checked once; `{capital}` in a pattern is a capital letter.

    Raises:
        TableError: a row is not to be trusted: an unknown type or level, a pattern that does not compile or whose
            matches need hold no fixed text, a source that `sources-grammar.csv` lacks.
    """
    columns = ("type", "level", "state", "pattern", "note")
    key = ("type", "pattern")
    path = DATA_DIR / "lexicon" / "triggers.csv"
    rows = read_cited_table(path, columns, sources=GRAMMAR_SOURCES, required=key, key=key)
    phrases = []
    for row in rows:
        if row["type"] not in get_args(ClaimType):
            raise row.fault(f"«{row['type']}» is no claim type")
        if row["level"] and row["level"] not in get_args(Level):
            raise row.fault(f"«{row['level']}» is no partnership level")
        try:
            text = row["pattern"].replace("{capital}", CAPITAL)
            pattern = re.compile(rf"(?<!\w)(?:{text})(?!\w)", re.IGNORECASE)
        except re.error as error:
            raise row.fault(f"the pattern does not compile: {error}") from error
        try:
            required = required_texts(pattern)
        except PatternError as error:
            raise row.fault(str(error)) from error
        claim_type: ClaimType = row["type"]  # type: ignore[assignment]  # checked above
        level: Level | None = row["level"] or None  # type: ignore[assignment]  # checked above
        phrases.append(TriggerPhrase(claim_type, level, row["state"] or None, pattern, required))
    return Lexicon(tuple(phrases))
