"""Partnerships that a sentence without a date says were set up: «Kết thúc hội đàm, hai nước nâng cấp quan hệ lên …».

Nothing is concluded here: the level and the states stand beside the dates that the paragraph gave before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.claims.frames import Frame, NotAClaimError, called_off, find_cue
from extractors.claims.pairs import with_verb
from extractors.claims.parties import link_pair
from extractors.counted_events import event_frames
from extractors.dates import DateValue, PartialDate
from extractors.documents import Document, read_document
from extractors.gazetteer import load_gazetteer
from extractors.lexicon import load_lexicon
from extractors.linking import Linker
from extractors.persons import Persons
from extractors.prefilter import load_prefilter
from extractors.records import Article, Level
from extractors.timexes import Timex, publication_year, recognise_timexes
from extractors.wordlists import pattern

# Dates of a paragraph that are remembered, and sentences that are read: they bound the time that any text takes.
MAX_TOLD, MAX_SENTENCES = 20, 100

_LONG_AGO = pattern("{}", "long-ago")
# «nâng cấp quan hệ lên …», «thiết lập quan hệ …»; «đưa quan hệ Đối tác chiến lược đi vào chiều sâu» sets nothing up
_TO_LEVEL = re.compile(r"(?<!\w)(?:lên|thành)\s(?:\S+\s){0,3}\"?$|^(?:thiết lập|xác lập)\s", re.IGNORECASE)
# «kể từ khi thiết lập …», «đã thiết lập …»: before the day told of
_BEFORE_THAT = re.compile(r"(?<!\w)(?:khi|từ|đã|sau|việc)(?:\s\w+){0,3}\s$", re.IGNORECASE)
MAX_LEAD_CHARS = 30


@dataclass(frozen=True, slots=True)
class UndatedLevel:
    """A level at `text[start:end]` of the article as given, set up between two states; `days` are told before it."""

    start: int
    end: int
    countries: tuple[str, ...]
    level: Level
    days: tuple[DateValue, ...]


def find_undated_levels(article: Article) -> tuple[UndatedLevel, ...]:
    """What sentences without a date say of a level that was set up; plans and denials left out."""
    document = read_document(article)
    phrases = load_lexicon().phrases
    if not any(phrases[hint.phrase].type == "partnership" for hint in load_prefilter().hints(document.folded)):
        return ()
    linker = Linker(document, load_gazetteer())
    persons = Persons(document, linker)
    found: list[UndatedLevel] = []
    told: list[Timex] = []
    paragraph, read = -1, 0
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            paragraph, told = sentence.paragraph, []
        timexes, _ = recognise_timexes(document.text, sentence.start, sentence.end)
        if sentence.section == "body" and all(timex.kind == "count" and not timex.is_ago for timex in timexes):
            triggers = load_lexicon().triggers(document.text, sentence.start, sentence.end)
            if sum(trigger.type == "partnership" for trigger in triggers) == 1 and read < MAX_SENTENCES:
                read += 1
                frames = event_frames(document, linker, persons, sentence, timexes)
                found += _levels(document, [frame for frame in frames if frame.trigger.type == "partnership"], told)
        told = [*told, *timexes][-MAX_TOLD:]
    return tuple(found)


def _levels(document: Document, frames: Sequence[Frame], told: Sequence[Timex]) -> Iterator[UndatedLevel]:
    for frame in frames:
        try:
            core = with_verb(frame)
            pair = link_pair(core).pair
        except NotAClaimError:
            continue
        is_asserted = core.start < core.trigger.start and not called_off(core) and not _is_earlier(core)
        level = frame.trigger.phrase.level
        if level is not None and is_asserted and not find_cue(core.text, core.sentence.start, core.trigger.start):
            start, end = document.original_span(frame.trigger.start, frame.trigger.end)
            yield UndatedLevel(start, end, pair, level, tuple(_days(document, told)))


def _is_earlier(frame: Frame) -> bool:
    """«… thiết lập Đối tác chiến lược cách đây sáu năm», «từng …»: of another day than the one told of."""
    lead = frame.text[max(frame.sentence.start, frame.start - MAX_LEAD_CHARS) : frame.start]
    is_setting_up = _TO_LEVEL.search(frame.text[frame.start : frame.trigger.start]) is not None
    is_long_ago = _LONG_AGO.search(frame.text, frame.sentence.start, frame.sentence.end) is not None
    return is_long_ago or not is_setting_up or _BEFORE_THAT.search(lead) is not None


def _days(document: Document, told: Sequence[Timex]) -> Iterator[DateValue]:
    published_on = document.article.published_on
    for timex in told:
        if timex.value is not None:
            yield timex.value
        elif timex.kind == "yearless" and published_on is not None:
            value = timex.in_year(published_on.year)
            if value is not None:
                yield value
        elif (year := publication_year(timex, published_on)) is not None:
            yield PartialDate(year)
