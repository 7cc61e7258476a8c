"""The reasons of findings: one table of sentences in Vietnamese and English, by kind and case, with their severity."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, get_args

from app.checking.records import Evidence, Finding, Kind, Severity
from app.graph.readmodel import Label
from extractors.tables import read_table

TABLE = Path(__file__).resolve().parent / "reasons.csv"
_LANGUAGES = ("vi", "en")

Words: TypeAlias = Mapping[str, str | Label]
"""What fills the places of a reason; a word that differs by language is a Label."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence in both languages with places for words, and how severe what it says is."""

    severity: Severity
    template: Label

    def filled(self, words: Words) -> Label:
        """The sentence with its words."""
        vi, en = (
            {name: word if isinstance(word, str) else getattr(word, language) for name, word in words.items()}
            for language in _LANGUAGES
        )
        return Label(vi=_capitalised(self.template.vi.format(**vi)), en=_capitalised(self.template.en.format(**en)))


@lru_cache(maxsize=1)
def load_reasons() -> Mapping[tuple[str, str], Reason]:
    """The table of reasons by kind and case.

    Raises:
        TableError: a kind or severity that there is not, or sentences of one row with different places for words.
    """
    columns = ("kind", "case", "severity", "vi", "en")
    found = {}
    for row in read_table(TABLE, columns, required=columns, key=("kind", "case")):
        if row["kind"] not in get_args(Kind):
            raise row.fault(f"kind «{row['kind']}» is none of {', '.join(get_args(Kind))}")
        if row["severity"] not in get_args(Severity):
            raise row.fault(f"severity «{row['severity']}» is none of {', '.join(get_args(Severity))}")
        if _places(row["vi"]) != _places(row["en"]):
            raise row.fault("the Vietnamese and the English sentence have different places for words")
        severity: Severity = row["severity"]  # type: ignore[assignment]  # checked above
        found[row["kind"], row["case"]] = Reason(severity, Label(vi=row["vi"], en=row["en"]))
    return found


def finding(
    text: str,
    span: tuple[int, int],
    kind: Kind,
    case: str,
    words: Words,
    evidence: tuple[Evidence, ...],
    *,
    suggestion: str | None = None,
) -> Finding:
    """A finding at a stretch of a text, its reason and severity from the table.

    Raises:
        KeyError: the table has no such case, or the case needs another word: a fault of the rule.
    """
    reason = load_reasons()[kind, case]
    start, end = span
    same = suggestion is not None and suggestion == text[start:end]
    return Finding(
        start=start,
        end=end,
        quote=text[start:end],
        severity=reason.severity,
        kind=kind,
        reason=reason.filled(words),
        suggestion=None if same else suggestion,
        evidence=evidence,
    )


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
