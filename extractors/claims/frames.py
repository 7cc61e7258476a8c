"""A trigger in its surroundings: the one record that every family of facts works on, and what a family hands back."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from extractors.dates import DateValue
from extractors.documents import Document, Sentence
from extractors.lexicon import Trigger
from extractors.linking import Linker, StatesOfSentence
from extractors.people import RoleMention
from extractors.persons import Persons
from extractors.records import Basis, Claim, ClaimType, Level, PersonMention, Rejection
from extractors.tables import DATA_DIR, GRAMMAR_SOURCES, read_cited_table
from extractors.timexes import Timex, TimexFault
from extractors.wordlists import pattern

# A cue of plan, wish or negation reaches over at most this many words to its verb.
MAX_CUE_DISTANCE_WORDS = 5
MAX_CALLED_OFF_CHARS = 120
MAX_DECOY_CHARS = 20
_DECOY = pattern("{}", "cue-decoy")
_CALLED_OFF = pattern("{}", "called-off")


@dataclass(frozen=True, slots=True)
class Frame:
    """One trigger with its sentence; `start` and `end` are the core: trigger and the verb that belongs to it."""

    document: Document
    linker: Linker
    sentence: Sentence
    states: StatesOfSentence
    timexes: tuple[Timex, ...]
    faults: tuple[TimexFault, ...]
    triggers: tuple[Trigger, ...]
    people: tuple[PersonMention, ...]
    roles: tuple[RoleMention, ...]
    persons: Persons
    trigger: Trigger
    start: int
    end: int

    @property
    def text(self) -> str:
        """The folded text of the whole article."""
        return self.document.text

    def words_between(self, start: int, end: int) -> int:
        """How many words begin between two offsets of the sentence, state names left out."""
        words = self.states.words
        return max(0, bisect_left(words, end) - bisect_left(words, start))

    def triggers_between(self, start: int, end: int) -> tuple[Trigger, ...]:
        """Other triggers that lie wholly between two offsets."""
        return tuple(
            other for other in self.triggers if other is not self.trigger and start <= other.start and other.end <= end
        )


@dataclass(frozen=True, slots=True)
class Dating:
    """The date of a fact, how it was reached, and the stretch of text that says it."""

    value: DateValue
    basis: Basis
    start: int
    end: int
    confidence: float
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its quote is cut: offsets still in folded text."""

    type: ClaimType
    countries: tuple[str, ...]
    dating: Dating
    start: int
    end: int
    confidence: float
    level: Level | None = None
    from_country: str | None = None
    to_country: str | None = None
    person: str | None = None
    name: str | None = None


class NotAClaimError(Exception):
    """Why a trigger yields no claim; becomes a Rejection."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def claim_of(document: Document, sentence: Sentence, draft: Draft) -> Claim:
    """Cut the quote and put offsets into the text as given."""
    start, end = _whole_quote(
        document.text, sentence, min(draft.start, draft.dating.start), max(draft.end, draft.dating.end)
    )
    first, last = document.original_span(start, end)
    return Claim(
        type=draft.type,
        countries=draft.countries,
        date=draft.dating.value,
        basis=draft.dating.basis,
        quote=document.article.text[first:last],
        start=first,
        end=last,
        section=sentence.section,
        confidence=round(draft.confidence * draft.dating.confidence, 2),
        level=draft.level,
        from_country=draft.from_country,
        to_country=draft.to_country,
        person=draft.person,
        name=draft.name,
        issues=draft.dating.issues,
    )


def rejection_of(frame: Frame, reason: str) -> Rejection:
    """What was seen and left out, with the sentence's part that holds it."""
    first, last = frame.document.original_span(frame.start, frame.end)
    return Rejection(frame.trigger.type, reason, frame.document.article.text[first:last], first, last)


def _whole_quote(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Widen a quote to the bracket that it opens or cuts."""
    if start > sentence.start and text[start - 1] == "(":
        start -= 1
    if text.count("(", start, end) > text.count(")", start, end):
        closing = text.find(")", end, sentence.end)
        end = closing + 1 if closing >= 0 else end
    return start, end


@lru_cache(maxsize=1)
def load_cues() -> re.Pattern[str]:
    """Words of plan, wish, hypothesis and negation (cues.csv) as one pattern.

    Raises:
        TableError: a row cannot be trusted; names file and line.
    """
    columns = ("phrase", "kind", "note")
    path = DATA_DIR / "lexicon" / "cues.csv"
    rows = read_cited_table(path, columns, sources=GRAMMAR_SOURCES, required=columns[:2], key=columns[:1])
    for row in rows:
        if row["kind"] not in ("future", "hypothesis", "wish", "negation"):
            raise row.fault(f"kind «{row['kind']}» is unknown")
    phrases = sorted((re.escape(row["phrase"]) for row in rows), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


def find_cue(text: str, start: int, end: int) -> re.Match[str] | None:
    """The last word of plan, wish, hypothesis or negation in `text[start:end]`."""
    decoys = [decoy.span() for decoy in _DECOY.finditer(text, start, end + MAX_DECOY_CHARS)]
    last = None
    for match in load_cues().finditer(text, start, end):
        if not any(first <= match.start() and match.end() <= behind for first, behind in decoys):
            last = match
    return last


def called_off(frame: Frame) -> str | None:
    """The word behind a fact that says it did not come to be, or that only asks for it."""
    if frame.text[frame.sentence.end - 1 : frame.sentence.end] == "?":
        return "?"
    match = _CALLED_OFF.search(frame.text, frame.end, min(frame.sentence.end, frame.end + MAX_CALLED_OFF_CHARS))
    return match.group() if match else None


def cue_before(frame: Frame, start: int) -> str | None:
    """The word of plan, wish, hypothesis or negation that governs what begins at `start`, if there is one."""
    floor = max(
        [frame.sentence.start, start - 60]
        + [frame.text.rfind(mark, frame.sentence.start, start) + 1 for mark in (",", ";", ":", "(")]
        + [other.end for other in frame.triggers_between(frame.sentence.start, start) if other.type != "visit"]
    )
    last = find_cue(frame.text, floor, start)
    if last is None or frame.words_between(last.end(), start) > MAX_CUE_DISTANCE_WORDS:
        return None
    return last.group()
