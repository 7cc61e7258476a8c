"""Reading a draft for the rules, and finding where in it the date of a claim is written."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from app.checking.certain_pairs import certainty_of
from app.checking.former_names import load_former_names
from app.checking.records import LADDER, Draft, LevelOfToday
from app.checking.writing import date_part
from extractors.anniversary_counts import find_counted_years
from extractors.calendar_faults import find_calendar_faults
from extractors.claims.frames import find_cue
from extractors.dates import DateSpan, DateValue, first_date
from extractors.documents import Document, Sentence, read_document
from extractors.gazetteer import load_gazetteer
from extractors.lexicon import load_lexicon
from extractors.pipeline import extract
from extractors.records import Article, Claim
from extractors.timexes import Timex, recognise_timexes
from extractors.undated_levels import find_undated_levels
from extractors.wordlists import pattern

# «quan hệ đối tác toàn diện», «là đối tác chiến lược»; «Hiệp định Đối tác toàn diện và tiến bộ …» is no level.
_RELATION = re.compile(r"(?:(?<!\w)(?:quan hệ|là|khuôn khổ|mức|tầm)\s(?:\w+\s){0,2}\W?|^)$", re.IGNORECASE)
_TOLD_AS_WRONG = pattern(
    r"{}|không phải\s(?:là\s|vào\s|từ\s)?(?:ngày|tháng|năm|\d)|(?<!\w)phải không(?!\w)", "told-as-wrong"
)
# «các doanh nghiệp Nhật Bản là đối tác chiến lược …»: firms and people have partners too.
_PRIVATE = pattern("{}", "private-party")
# What sets a level up is a claim with its date, and no statement of how things stand.
_WAY = pattern("{}|(?<!\\w)lên(?!\\w)", "partnership-verb")


def read_draft(article: Article) -> Draft:
    """All that the rules need of a text; pure, and the costly part of a check."""
    document = read_document(article)
    is_certain = certainty_of(document)
    extraction = extract(article, "none")
    claims = tuple(one for one in extraction.claims if one.issues or is_certain(one.countries, one.start))
    return Draft(
        extraction=replace(extraction, claims=claims),
        document=document,
        counts=tuple(
            one if is_certain(one.countries, one.start) else replace(one, countries=())
            for one in find_counted_years(article)
        ),
        calendar_faults=find_calendar_faults(article),
        levels=tuple(_levels_of_today(document)),
        upgrades=tuple(one for one in find_undated_levels(article) if is_certain(one.countries, one.start)),
    )


def _levels_of_today(document: Document) -> Iterator[LevelOfToday]:
    """«Hiện nay, A và B có quan hệ đối tác toàn diện»: one level, two states, no date, no plan and no way to it."""
    now = load_former_names().cues["now"]
    for sentence in document.sentences:
        found = None
        if sentence.section != "teaser" and now.search(document.text, sentence.start, sentence.end):
            found = load_lexicon().triggers(document.text, sentence.start, sentence.end)
        levels = [trigger for trigger in found or () if trigger.type == "partnership"]
        if len(levels) != 1 or levels[0].phrase.level not in LADDER:
            continue
        mentions = load_gazetteer().mentions(document.text[sentence.start : sentence.end])
        codes = tuple(sorted({mention.code for mention in mentions}))
        timexes, _ = recognise_timexes(document.text, sentence.start, sentence.end)
        is_way = find_cue(document.text, sentence.start, sentence.end) or _WAY.search(
            document.text, sentence.start, sentence.end
        )
        is_relation = _RELATION.search(document.text, sentence.start, levels[0].start) is not None
        is_private = _PRIVATE.search(document.text, sentence.start, sentence.end) is not None
        if len(codes) == 2 and not timexes and not (is_way or is_private) and is_relation:
            start, end = document.original_span(levels[0].start, levels[0].end)
            yield LevelOfToday(start, end, codes, levels[0].phrase.level)


def date_offsets(draft: Draft, claim: Claim) -> tuple[int, int]:
    """Where the claim's date is written, without «ngày» or «năm» before it; the whole quote where that is not found."""
    document = draft.document
    start, end = document.folded.folded_offset(claim.start), document.folded.folded_offset(claim.end)
    for timex in timexes_around(draft, claim.start):
        if start <= timex.start and timex.end <= end and _says(timex, claim.date):
            return date_part(draft.text, *document.original_span(timex.start, timex.end))
    return claim.start, claim.end


def sentence_around(draft: Draft, offset: int) -> Sentence | None:
    """The sentence at an offset into the text as given; none in boilerplate."""
    sentences = draft.document.sentences
    place = draft.document.folded.folded_offset(offset)
    index = bisect_right(sentences, place, key=lambda sentence: sentence.start) - 1
    return sentences[index] if index >= 0 and place < sentences[index].end else None


def is_told_as_wrong(draft: Draft, offset: int) -> bool:
    """Whether the sentence at an offset says itself that it is wrong: «nhiều người nhầm rằng …», «không phải năm …»."""
    sentence = sentence_around(draft, offset)
    return sentence is not None and _TOLD_AS_WRONG.search(draft.document.text, sentence.start, sentence.end) is not None


def timexes_around(draft: Draft, offset: int) -> tuple[Timex, ...]:
    """The time expressions of the sentence at an offset into the text as given."""
    sentence = sentence_around(draft, offset)
    if sentence is None:
        return ()
    return recognise_timexes(draft.document.text, sentence.start, sentence.end)[0]


def _says(timex: Timex, value: DateValue) -> bool:
    date = first_date(value)
    if timex.value is not None:
        same_first = isinstance(timex.value, DateSpan) and timex.value.first == date
        return timex.value == value or same_first
    return timex.kind == "yearless" and (timex.month, timex.day) == (date.month, date.day)
