"""Names of states that were out of use, or not yet in use, at the date that a sentence speaks of.

Much history is told under old names, and under today's: a sentence that looks back, that also has the other name, or
that has a date within the name's time is right. In doubt the rule is silent.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from app.checking.former_names import FormerName, FormerNames, load_former_names
from app.checking.reasons import Words, finding
from app.checking.records import Draft, Evidence, Finding
from app.checking.writing import in_figures, worded
from extractors.dates import DateSpan, DateValue, PartialDate, first_date
from extractors.documents import Sentence
from extractors.folding import fold_name
from extractors.gazetteer import load_gazetteer
from extractors.lexicon import load_lexicon
from extractors.linking import HOME
from extractors.timexes import Timex, recognise_timexes
from extractors.wordlists import CAPITAL, pattern

HEAD_CHARS, MAX_DATE_DISTANCE_CHARS = 12, 60
MAX_LEAD_CHARS = 40
# States that a sentence names, to be a list of them.
MIN_LISTED = 4
# Dates of a paragraph that are remembered: they bound the time that any text takes.
MAX_TOLD = 100
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_PLACE = pattern(r"{}\s$", "place-lead")
_TOWARDS = pattern(r"(?:{}|(?<!\w)(?:miền|phía)\s(?:đông|tây|nam|bắc))\s$", "move-verb")
_JOINT = pattern(r",\s|\s{}\s(?:{}\s)?", "pair-conjunction", "party-noun")
_PARTIES = re.compile(r"(?<!\w)giữa\s(?:\w+\s){0,2}$", re.IGNORECASE)
# «Macedonia (Hy Lạp)»: a land of that name elsewhere
_IN_ANOTHER = re.compile(r"\s\(")
_CLAUSE_START = re.compile(r"(?:^|[,:;\-]\s|(?<!\w)(?:nước|mà|khi|việc|cho|và|với|của)\s)$", re.IGNORECASE)
# «thế kỷ mới», «… bầu tổng thống trong cuộc bỏ phiếu đầu tiên» long behind the name: neither looks back
_OF_OUR_TIME = re.compile(r"thế kỷ\s(?:mới|này|21|XXI)(?!\w)", re.IGNORECASE)
_FIRST = "đầu tiên"
_NAME_GOES_ON = re.compile(rf"[\s-]{CAPITAL}")
_HOME = "Việt Nam"
# What goes on to this day, and lives: they are told of under today's names, whatever their date.
_LASTING = frozenset(
    {
        *("established", "normalised", "recognised", "severed", "commemoration", "founded"),
        *("independence", "liberation", "national-day", "birth", "term"),
    }
)


def wrong_names(draft: Draft) -> tuple[Finding, ...]:
    """A finding for each name that does not fit its date; teasers and boilerplate are left alone."""
    return tuple(_findings(draft))


def _findings(draft: Draft) -> Iterator[Finding]:
    table = load_former_names()
    document = draft.document
    if not table.pattern.search(document.text):
        return
    before: list[Timex] = []
    paragraph = -1
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            paragraph, before = sentence.paragraph, []
        timexes, _ = recognise_timexes(document.text, sentence.start, sentence.end)
        if sentence.section != "teaser":
            for match in table.pattern.finditer(document.text, sentence.start, sentence.end):
                name = table.by_name[match[0].lower()]
                found = _judge(draft, table, name, sentence, match.span(), timexes, before)
                if found is not None:
                    yield found
        before = [*before, *timexes][-MAX_TOLD:]


def _judge(
    draft: Draft,
    table: FormerNames,
    name: FormerName,
    sentence: Sentence,
    span: tuple[int, int],
    timexes: Sequence[Timex],
    before: Sequence[Timex],
) -> Finding | None:
    if _is_told_of_the_past(draft.document.text, table, name, sentence, span):
        return None
    told = [first_date(timex.value) for timex in before if timex.value is not None]
    dates = _dates(draft, timexes, told)
    if name.since is not None:
        if dates and all(date.latest < name.since.earliest for date in dates):
            near = _nearest(draft.document.text, sentence, span, timexes)
            if near is not None and not _speaks_of_what_lasts(draft, sentence):
                return _premature(draft, name, span, near)
        return None
    until = name.until
    if until is None or not all(date.earliest > until.latest for date in dates):
        return None
    stands_for_state = _stands_for_state(draft.document.text, table, sentence, span)
    near = _nearest(draft.document.text, sentence, span, timexes) or next(iter(dates), None)
    if near is not None:
        is_state = stands_for_state or (not name.has_ended and _is_party(draft.document.text, table, sentence, span))
        return _outdated(draft, name, span, near) if is_state else None
    published_on = draft.extraction.article.published_on
    is_now = published_on is not None and published_on > until.latest and not dates
    is_past_told = any(date.earliest <= until.latest for date in told)
    if is_now and not is_past_told and _is_of_today(draft, table, name, sentence, span, until):
        return _outdated_now(draft, name, span)
    return None


def _is_of_today(
    draft: Draft, table: FormerNames, name: FormerName, sentence: Sentence, span: tuple[int, int], until: PartialDate
) -> bool:
    """Whether a name in a sentence without a date is told of today.

    A state that is gone is not. One that is named behind an office is; one that is named beside another, behind a body
    or as a place is where its paragraph and the one before have no year of the name's time. Of our own state only the
    first, where the whole text has no such year.
    """
    text = draft.document.text
    is_old_text = _goes_back_to(draft, until, None if name.code == HOME else sentence)
    if name.has_ended or (name.code == HOME and is_old_text):
        return False
    if _leads(text, table, "office", sentence, span) or _is_beside_home(text, sentence, span):
        return True
    return not (is_old_text or name.code == HOME) and _is_party(text, table, sentence, span, is_dated=False)


def _is_party(
    text: str, table: FormerNames, sentence: Sentence, span: tuple[int, int], *, is_dated: bool = True
) -> bool:
    """Whether a name without an office stands for the state, its people or its land, and is no part of a title.

    In a sentence with a date it may also be the subject: «Năm 2020, Macedonia gia nhập NATO».
    """
    if _IN_ANOTHER.match(text, span[1], sentence.end) and load_gazetteer().mentions(text[span[1] : sentence.end][:40]):
        return False
    return (
        _leads(text, table, "body", sentence, span)
        or _is_place(text, sentence, span)
        or _is_beside_another(text, sentence, span)
        or (is_dated and _CLAUSE_START.search(text, sentence.start, span[0]) is not None)
    )


def _is_place(text: str, sentence: Sentence, span: tuple[int, int]) -> bool:
    """«tại Zaire», «sang Miến Điện», «miền đông Zaire»; no part of a person's name («Warren Zaire-Emery»)."""
    lead = text[max(sentence.start, span[0] - MAX_LEAD_CHARS) : span[0]]
    is_part = _NAME_GOES_ON.match(text, span[1], sentence.end) is not None
    return not is_part and (_PLACE.search(lead) is not None or _TOWARDS.search(lead) is not None)


def _goes_back_to(draft: Draft, until: PartialDate, sentence: Sentence | None = None) -> bool:
    """Whether the text has any year of the name's time: then a mention without a date may be of it.

    With a sentence, only its paragraph and the one before are looked at.
    """
    text, sentences = draft.document.text, draft.document.sentences
    start, end = 0, len(text)
    if sentence is not None:
        start = sentences[bisect_left(sentences, sentence.paragraph - 1, key=lambda one: one.paragraph)].start
        end = sentences[bisect_right(sentences, sentence.paragraph, key=lambda one: one.paragraph) - 1].end
    return any(int(year) <= until.latest.year for year in _YEAR.findall(text, start, end))


def _is_told_of_the_past(
    text: str, table: FormerNames, name: FormerName, sentence: Sentence, span: tuple[int, int]
) -> bool:
    """Whether the words of the sentence make the name right: they look back, or give the other name too."""
    start, end = span
    if start > sentence.start and text[start - 1] in "(\"'":
        return True
    others = {fold_name(word) for word in name.current.split(" hoặc ")}
    rest = text[sentence.start : start] + "|" + text[end : sentence.end]
    if any(other in rest for other in others):
        return True
    lead = text[max(sentence.start, start - MAX_LEAD_CHARS) : start]
    if table.cues["past-person"].search(lead if _leads(text, table, "office", sentence, span) else rest):
        return True
    return (
        _looks_back(text, table, sentence, end)
        or table.cues["past-lead"].search(lead) is not None
        or table.cues["past-tail"].match(text, end + 1, sentence.end) is not None
    )


def _looks_back(text: str, table: FormerNames, sentence: Sentence, end: int) -> bool:
    """Whether a word of the sentence looks back; «đầu tiên» only before a name that ends at `end`, or near it."""
    for match in table.cues["past"].finditer(text, sentence.start, sentence.end):
        is_of_another = match[0].lower() == _FIRST and match.start() > end + MAX_LEAD_CHARS
        if not is_of_another and _OF_OUR_TIME.match(text, match.start()) is None:
            return True
    return False


def _stands_for_state(text: str, table: FormerNames, sentence: Sentence, span: tuple[int, int]) -> bool:
    """«Đại sứ Swaziland», «thăm Swaziland», «Việt Nam - Swaziland»: the state acts or is met, and is not history."""
    return _leads(text, table, "office", sentence, span) or _is_beside_home(text, sentence, span)


def _leads(text: str, table: FormerNames, rule: str, sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether a word of a rule leads to the name: «Đại sứ Swaziland», «Tổng thống nước Swaziland»."""
    lead = text[max(sentence.start, span[0] - MAX_LEAD_CHARS) : span[0]]
    return table.cues[rule].search(lead) is not None


def _is_beside_home(text: str, sentence: Sentence, span: tuple[int, int]) -> bool:
    start, end = span
    lead = text[max(sentence.start, start - MAX_LEAD_CHARS) : start]
    is_behind = lead.rstrip(" -").removesuffix(" và").removesuffix(" với").endswith(_HOME) and lead.endswith((" ", "-"))
    tail = text[end : end + MAX_LEAD_CHARS].lstrip(" -").removeprefix("và ").removeprefix("với ")
    return is_behind or tail.startswith(_HOME)


def _is_beside_another(text: str, sentence: Sentence, span: tuple[int, int]) -> bool:
    """«giữa Rwanda và Zaire», «Botswana, Lesotho, Zaire và Zambia»: joined to other states, as one of the parties."""
    mentions = [
        (sentence.start + mention.start, sentence.start + mention.end)
        for mention in load_gazetteer().mentions(text[sentence.start : sentence.end])
    ]
    joined = [
        start
        for start, end in mentions
        if _JOINT.fullmatch(text, end, span[0]) is not None or _JOINT.fullmatch(text, span[1], start) is not None
    ]
    is_listed = len(mentions) >= MIN_LISTED
    return any(is_listed or _PARTIES.search(text, sentence.start, min(start, span[0])) for start in joined)


def _speaks_of_what_lasts(draft: Draft, sentence: Sentence) -> bool:
    """«Việt Nam và Séc thiết lập quan hệ ngoại giao năm 1950», «sinh năm 1950 tại Slovakia»."""
    triggers = load_lexicon().triggers(draft.document.text, sentence.start, sentence.end)
    return any(trigger.type in _LASTING for trigger in triggers)


def _dates(draft: Draft, timexes: Sequence[Timex], told: Sequence[PartialDate]) -> list[PartialDate]:
    """The dates of a sentence; a day without its year is of the publication's, unless the paragraph tells another."""
    published_on = draft.extraction.article.published_on
    found = [date for timex in timexes if timex.value is not None for date in _ends(timex.value)]
    relative = [timex.years for timex in timexes if timex.kind == "relative-year"]
    if published_on is not None:
        found += [PartialDate(published_on.year + years) for years in relative]
        if any(timex.kind == "yearless" for timex in timexes) and {date.year for date in told} <= {published_on.year}:
            found.append(PartialDate(published_on.year))
    return found


def _nearest(text: str, sentence: Sentence, span: tuple[int, int], timexes: Sequence[Timex]) -> PartialDate | None:
    """The date that the name is told of: at the head of the sentence or of what a colon opens, or near to the name."""
    dated = [timex for timex in timexes if timex.value is not None]
    for timex in dated:
        gap = max(timex.start - span[1], span[0] - timex.end)
        if timex.value is not None and (
            timex.start - sentence.start <= HEAD_CHARS
            or text[: timex.start].endswith(": ")
            or 0 <= gap <= MAX_DATE_DISTANCE_CHARS
        ):
            return first_date(timex.value)
    return None


def _ends(value: DateValue) -> tuple[PartialDate, ...]:
    return (value.first, value.last) if isinstance(value, DateSpan) else (value,)


def _evidence(name: FormerName) -> tuple[Evidence, ...]:
    return (Evidence("name", shown=f"{name.name} → {name.current}", date=name.until or name.since, pages=name.pages),)


def _outdated(draft: Draft, name: FormerName, span: tuple[int, int], said: PartialDate) -> Finding:
    place = draft.document.original_span(*span)
    words: Words = {
        "name": name.name,
        "known": worded(name.until or said),
        "said": worded(said),
        "current": name.current,
    }
    if name.has_ended:
        return finding(draft.text, place, "name-outdated", "state-ended", words, _evidence(name), suggestion=None)
    words = {**words, "said": in_figures(PartialDate(said.year))}
    return finding(draft.text, place, "name-outdated", "renamed", words, _evidence(name), suggestion=name.current)


def _outdated_now(draft: Draft, name: FormerName, span: tuple[int, int]) -> Finding:
    place = draft.document.original_span(*span)
    words: Words = {"name": name.name, "known": worded(name.until or PartialDate(1)), "current": name.current}
    return finding(draft.text, place, "name-outdated", "now", words, _evidence(name), suggestion=name.current)


def _premature(draft: Draft, name: FormerName, span: tuple[int, int], said: PartialDate) -> Finding:
    place = draft.document.original_span(*span)
    words: Words = {
        "name": name.name,
        "known": worded(name.since or said),
        "said": worded(said),
        "current": name.current,
    }
    return finding(draft.text, place, "name-premature", "not-yet", words, _evidence(name), suggestion=name.current)
