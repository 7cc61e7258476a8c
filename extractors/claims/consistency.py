"""Whether what a sentence says of a date agrees with the calendar and with itself; if not, the claim says so."""

import re
from dataclasses import replace

from extractors.claims.anniversaries import commemorated_count
from extractors.claims.frames import Draft, Frame, NotAClaimError
from extractors.dates import DateSpan, PartialDate, first_date
from extractors.linking import BLOC
from extractors.timexes import Timex
from extractors.wordlists import pattern

# How much less sure a claim is when its text contradicts itself; as for a count that its span does not confirm.
DOUBT = 0.3
# Right beside the trigger: nothing else in the sentence can be nearer.
MAX_BESIDE_CHARS = 8
MAX_AGE_GAP_CHARS = 20
_APPOSITION = re.compile(r"[\s,(]*(?:(?:tức|là|vào|ngày|đúng|từ)\s?)*[\s,(]*", re.IGNORECASE)
_TERM_LEAD = pattern(r"{}\s\(?(?:từ\s)?$", "term-word")
# «13 tháng Chạp (30/1/1950)», «ngày 30/1/1950, tức 13 tháng Chạp»: one date explains the other.
_GLOSS = pattern(r"\s?(?:\(\s?(?:{}\s)?|,?\s?{}\s)(?:(?:là|ngày|vào)\s)*", "that-is", "that-is")
_LIFE = pattern(r"{}\s(?:vào\s)?$", "life-verb")
_AGE = re.compile(r"(?<![\d.,-])(\d{1,3})\stuổi(?!\w)", re.IGNORECASE)


def consistent(frame: Frame, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The drafts of one trigger, with an issue and less confidence where their date contradicts what stands beside it.

    Raises:
        NotAClaimError: a date is not safe: it is after the publication, rests on a vague count, is the anniversary's
            and not the event's, or stands further off than one that no calendar has. If one date of a trigger is not
            safe, none is.
    """
    if not drafts:
        return drafts
    count = commemorated_count(frame)
    return tuple(_checked(frame, draft, count) for draft in drafts)


def _checked(frame: Frame, draft: Draft, count: Timex | None) -> Draft:
    if BLOC in draft.countries:
        raise NotAClaimError("one side is not a state")
    _refuse_future(frame, draft)
    _refuse_life_or_term(frame, draft)
    _refuse_vague_count(frame, draft, count)
    _refuse_nearer_fault(frame, draft)
    dating = draft.dating
    found = [_weekday_issue(frame, draft), _ago_issue(frame, draft), _count_issue(frame, draft, count)]
    if draft.type == "birth":
        found.append(_age_issue(frame, draft))
    issues = tuple(issue for issue in found if issue is not None)
    if issues:
        confidence = max(0.0, dating.confidence - DOUBT)
        return replace(draft, dating=replace(dating, issues=(*dating.issues, *issues), confidence=confidence))
    if (
        count is not None
        and count.is_approximate
        and any(issue.startswith("count-mismatch") for issue in dating.issues)
    ):
        # «gần 50 năm (1973 - 2022)»: a vague count contradicts nothing
        left = tuple(issue for issue in dating.issues if not issue.startswith("count-mismatch"))
        return replace(draft, dating=replace(dating, issues=left, confidence=min(1.0, dating.confidence + DOUBT)))
    return draft


def _refuse_future(frame: Frame, draft: Draft) -> None:
    """What is dated after the day an article was published had not happened yet."""
    published_on = frame.document.article.published_on
    first = first_date(draft.dating.value)
    if published_on is not None and not first.is_yearly and first.earliest > published_on:
        raise NotAClaimError(f"{draft.dating.value} is after the publication date")


def _refuse_life_or_term(frame: Frame, draft: Draft) -> None:
    """«Thủ tướng X (nhiệm kỳ 1981-2003) thăm …», «X, sinh năm 1950, thăm …»: such years date nothing else."""
    value = draft.dating.value
    if draft.type != "birth" and _LIFE.search(frame.text, frame.sentence.start, draft.dating.start):
        raise NotAClaimError(f"{value} is when somebody was born or died")
    if draft.type in ("term", "congress") or not isinstance(value, DateSpan):
        return
    if value.precision == "year" and _TERM_LEAD.search(frame.text, frame.sentence.start, draft.dating.start):
        raise NotAClaimError(f"{value} is a term of office")
    years = (value.last.year or 0) - (value.first.year or 0)
    if value.precision == "year" and years > 1:
        raise NotAClaimError(f"{value} is too long for one event")


def _refuse_vague_count(frame: Frame, draft: Draft, count: Timex | None) -> None:
    """«hơn 45 năm», «cách đây gần 50 năm»: some year, but which is not said."""
    dating = draft.dating
    if dating.basis not in ("count", "relative"):
        return
    ago = next((timex for timex in frame.timexes if timex.kind == "count" and timex.is_ago), None)
    used = count or ago
    if used is None or not used.is_approximate or not dating.start <= used.start < used.end <= dating.end:
        return
    raise NotAClaimError(f"«{frame.text[used.start : used.end]}» is about how long ago: no year follows from it")


def _refuse_nearer_fault(frame: Frame, draft: Draft) -> None:
    """A date of the lunar calendar or of none stands where the fact's date would: another date is not its own."""
    dating = draft.dating
    for fault in frame.faults:
        between = frame.text[min(fault.end, dating.end) : max(fault.start, dating.start)]
        if _GLOSS.fullmatch(between):
            continue
        if _gap(fault.start, fault.end, frame.start, frame.end) <= MAX_BESIDE_CHARS:
            raise NotAClaimError(fault.reason)
        is_between = dating.end <= fault.start and fault.end <= frame.start
        if is_between or (frame.end <= fault.start and fault.end <= dating.start):
            raise NotAClaimError(fault.reason)


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    """How many characters lie between two stretches; 0 if they meet."""
    return max(0, other_start - end, start - other_end)


def _weekday_issue(frame: Frame, draft: Draft) -> str | None:
    for timex in frame.timexes:
        if (timex.start, timex.end) == (draft.dating.start, draft.dating.end):
            return timex.weekday_issue
    return None


def _ago_issue(frame: Frame, draft: Draft) -> str | None:
    """«cách đây 67 năm (30/1/1950)», «45 năm trước, năm 1976»: reckoned from the day of publication."""
    dating, published_on = draft.dating, frame.document.article.published_on
    value = first_date(dating.value)
    if dating.basis != "explicit" or published_on is None or value.year is None or frame.sentence.section == "teaser":
        return None
    for timex in frame.timexes:
        if timex.kind != "count" or not timex.is_ago or timex.is_approximate:
            continue
        between = frame.text[min(timex.end, dating.end) : max(timex.start, dating.start)]
        if not _APPOSITION.fullmatch(between):
            continue
        # complete years until the day of publication, or the difference of the years: newspapers use both
        passed = published_on.year - value.year
        is_to_come = (value.month or 12, value.day or 31) > (published_on.month, published_on.day)
        differences = {passed, passed - is_to_come} | {year - value.year for year in _stated_years(frame, dating.start)}
        if timex.years not in differences:
            return (
                f"count-mismatch: the text counts {timex.years} years, "
                f"{value} is {passed} years before {published_on.year}"
            )
    return None


def _count_issue(frame: Frame, draft: Draft, count: Timex | None) -> str | None:
    """«kỷ niệm 45 năm ngày … (21/9/1973)»: the anniversary must be of a year that the article can speak of.

    Raises:
        NotAClaimError: it would be in a year to come: the date is that of the anniversary, not of the event.
    """
    dating, published_on = draft.dating, frame.document.article.published_on
    value = first_date(dating.value)
    if count is None or count.is_approximate or dating.basis != "explicit" or value.year is None:
        return None
    if dating.start < count.end or not isinstance(dating.value, PartialDate):
        return None
    anniversary = value.year + count.years
    known = _stated_years(frame, dating.start)
    if published_on is not None and frame.sentence.section != "teaser":
        known |= {published_on.year - 1, published_on.year, published_on.year + 1}
    if anniversary in known or not known:
        return None
    if anniversary > max(*known, frame.document.latest_year):
        raise NotAClaimError(f"{count.years} years after {value} are not over: it is the date of the anniversary")
    return f"count-mismatch: the text counts {count.years} years, which from {value} would be {anniversary}"


def _age_issue(frame: Frame, draft: Draft) -> str | None:
    """«sinh năm 1950 (74 tuổi)»: an age counts complete years, the years begun, or one more (tuổi mụ)."""
    dating, published_on = draft.dating, frame.document.article.published_on
    year = first_date(dating.value).year
    if published_on is None or year is None or frame.sentence.section == "teaser":
        return None
    match = _AGE.search(frame.text, dating.end, min(frame.sentence.end, dating.end + MAX_AGE_GAP_CHARS))
    if match is None or abs(published_on.year - year - int(match[1])) <= 1:
        return None
    return f"age-mismatch: the text says {match[1]} years of age, {year} is {published_on.year - year} years ago"


def _stated_years(frame: Frame, except_at: int) -> set[int]:
    """The years that the sentence states, or names from the publication date, besides the date at an offset."""
    published_on = frame.document.article.published_on
    years = {timex.year for timex in frame.timexes if timex.year is not None and timex.start != except_at}
    if published_on is not None:
        years |= {published_on.year + timex.years for timex in frame.timexes if timex.kind == "relative-year"}
    return years
