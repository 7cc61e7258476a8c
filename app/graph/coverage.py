"""What the curated tables cover, counted: data/README.md has it, `make coverage` makes it, a test compares."""

from collections.abc import Callable
from typing import get_args

from app.graph.evidence import voice_of
from app.graph.reference import CONTRADICTING, Gap, GapKind, Reference, ReferenceFact

_HOME = "VN"
_WHAT: tuple[tuple[str, Callable[[ReferenceFact], bool]], ...] = (
    ("Việt Nam's ties: states with a date", lambda fact: fact.type == "established" and _HOME in fact.countries),
    ("Other pairs: ties", lambda fact: fact.type == "established" and _HOME not in fact.countries),
    ("Breaks", lambda fact: fact.type == "severed"),
    ("Normalisations and restorations", lambda fact: fact.type == "normalised"),
    ("Recognitions", lambda fact: fact.type == "recognised"),
    ("Partnerships of Việt Nam", lambda fact: fact.type == "partnership" and _HOME in fact.countries),
    ("Other partnerships", lambda fact: fact.type == "partnership" and _HOME not in fact.countries),
    ("National days", lambda fact: fact.type == "national-day"),
    ("Independence and liberation", lambda fact: fact.type in {"independence", "liberation"}),
)


def coverage_table(reference: Reference) -> str:
    """The counts as a Markdown table, and below it the states that lack something, by code."""
    voices = {source.key: voice_of(source.publisher, None, source.key, source.agency) for source in reference.sources}
    lines = [
        "| what | facts | to the day | two voices or more | other dates noted |",
        "|---|---|---|---|---|",
    ]
    for name, is_of_it in _WHAT:
        facts = [fact for fact in reference.facts if is_of_it(fact)]
        settled = [fact for fact in facts if fact.standing not in CONTRADICTING]
        two = sum(len(frozenset().union(*(voices[key] for key in fact.sources))) > 1 for fact in settled)
        days = sum(fact.date.precision == "day" for fact in settled)
        lines.append(f"| {name} | {len(settled)} | {days} | {two} | {len(facts) - len(settled)} |")
    rows: tuple[ReferenceFact | Gap, ...] = (*reference.facts, *reference.gaps)
    cited = {key for row in rows for key in row.sources}
    lines.append("")
    lines.append(
        f"{len(rows)} rows cite {len(cited)} pages of "
        f"{len({voice for key in cited for voice in voices[key]})} voices. "
        f"{_undated(reference)}"
    )
    return "\n".join(lines)


def _undated(reference: Reference) -> str:
    ties = [fact for fact in reference.facts if fact.type == "established" and fact.standing not in CONTRADICTING]
    coarse = sorted(_other(fact) for fact in ties if _HOME in fact.countries and fact.date.precision != "day")
    missing = {
        kind: " ".join(sorted(_other(gap) for gap in reference.gaps if (gap.kind, gap.type) == (kind, "established")))
        for kind in get_args(GapKind)
    }
    return (
        f"Ties of Việt Nam known to the month or the year only: {' '.join(coarse)}. "
        f"Of unknown date: {missing['undated']}. None: {missing['none']}."
    )


def _other(about: ReferenceFact | Gap) -> str:
    return " ".join(code for code in about.countries if code != _HOME)
