"""What of a very long text was not looked at: told as a note, so that no finding is not taken for nothing wrong."""

from collections.abc import Iterator

from app.checking.reasons import finding
from app.checking.records import Draft, Evidence, Finding, Known
from extractors.anniversary_counts import MAX_COUNTS


def not_checked(draft: Draft, known: Known) -> tuple[Finding, ...]:
    """A note for each limit that a text goes over, at the first thing left out or, for counts, at the last one read."""
    return (*_left_out_subjects(draft, known), *_left_out_counts(draft))


def _left_out_subjects(draft: Draft, known: Known) -> Iterator[Finding]:
    if not known.left_out:
        return
    left_out = frozenset(known.left_out)
    said = [(one.start, one.end) for one in draft.extraction.claims if one.countries in left_out]
    said += [(one.start, one.end) for one in draft.counts if one.countries in left_out]
    said += [(one.start, one.end) for one in draft.levels if one.countries in left_out]
    said += [(one.start, one.end) for one in draft.upgrades if one.countries in left_out]
    checked, everything = known.looked_up, known.looked_up + len(known.left_out)
    evidence = (Evidence("arithmetic", shown=f"{checked:,} / {everything:,}"),)
    words = {"checked": f"{checked}", "all": f"{everything}"}
    yield finding(draft.text, min(said), "not-checked", "subjects", words, evidence)


def _left_out_counts(draft: Draft) -> Iterator[Finding]:
    if len(draft.counts) < MAX_COUNTS:
        return
    last = draft.counts[-1]
    checked = len(draft.counts)
    evidence = (Evidence("arithmetic", shown=f"{checked:,} ≥ {MAX_COUNTS:,}"),)
    yield finding(draft.text, (last.start, last.end), "not-checked", "counts", {"checked": f"{checked}"}, evidence)
