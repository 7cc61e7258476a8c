"""check(article, store): the one caller of the rules, from a text to findings in the order of the text."""

from bisect import bisect_left
from collections.abc import Callable, Iterable

from app.checking.calendar_days import calendar_findings
from app.checking.contradictions import contradicted_dates
from app.checking.counts import wrong_counts
from app.checking.drafts import is_told_as_wrong, read_draft
from app.checking.known import known_of
from app.checking.limits import not_checked
from app.checking.names import wrong_names
from app.checking.partnerships import wrong_partnerships
from app.checking.records import Draft, Finding, Kind, Known, Severity
from app.graph.store import GraphStore
from extractors.records import Article

Rule = Callable[[Draft, Known], tuple[Finding, ...]]

_RULES: tuple[Rule, ...] = (
    wrong_counts,
    wrong_partnerships,
    contradicted_dates,
    lambda draft, _: calendar_findings(draft),
    lambda draft, _: wrong_names(draft),
)
# Of two findings about one stretch the earlier kind explains more: a year that makes a count wrong is not told again.
_PRECEDENCE: tuple[Kind, ...] = (
    "count-mismatch",
    "partnership-level",
    "impossible-date",
    "date-contradicted",
    "anniversary-number",
    "weekday-mismatch",
    "name-outdated",
    "name-premature",
    "not-checked",
)
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


def check(article: Article, store: GraphStore) -> tuple[Finding, ...]:
    """What is wrong with a text, each thing once, in the order of the text; nothing is stored.

    A finding always has evidence: an event with its sources, a sum, the calendar, or pages on a name.
    """
    draft = read_draft(article)
    return findings_of(draft, known_of(store, draft))


def findings_of(draft: Draft, known: Known) -> tuple[Finding, ...]:
    """The findings of all rules, pure: of those that overlap, the one that explains most.

    What a text itself tells as wrong is none. What was not checked for its length is told whatever stands there.
    """
    found = [one for rule in _RULES for one in rule(draft, known) if not is_told_as_wrong(draft, one.start)]
    kept: list[Finding] = []  # in the order of the text, without overlaps: only the neighbours can be in the way
    for one in sorted(found, key=_weight):
        place = bisect_left(kept, one.end, key=lambda other: other.start)
        if not place or kept[place - 1].end <= one.start:
            kept.insert(place, one)
    return tuple(sorted((*kept, *not_checked(draft, known)), key=lambda one: one.start))


def is_clean(findings: Iterable[Finding]) -> bool:
    """Whether nothing is wrong: `info` is no fault."""
    return all(one.severity == "info" for one in findings)


def _weight(one: Finding) -> tuple[int, int, int]:
    return _PRECEDENCE.index(one.kind), _SEVERITIES.index(one.severity), one.start
