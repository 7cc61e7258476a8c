"""extract(article): the one caller of the stages, from text to claims, people and organisations."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from extractors.blocs import load_blocs
from extractors.claims.agreements import agreement_drafts
from extractors.claims.anniversaries import load_fillers
from extractors.claims.births import birth_drafts
from extractors.claims.commemorations import commemoration_drafts
from extractors.claims.congresses import congress_drafts
from extractors.claims.consistency import consistent
from extractors.claims.foundings import founding_drafts
from extractors.claims.frames import Draft, Frame, NotAClaimError, claim_of, load_cues, rejection_of
from extractors.claims.pairs import PAIR_TYPES, pair_drafts
from extractors.claims.repetition import drop_repeated
from extractors.claims.states import STATE_TYPES, state_drafts
from extractors.claims.terms import term_drafts
from extractors.claims.visits import visit_drafts
from extractors.credits import credited_agency, load_agencies
from extractors.documents import Document, Sentence, read_document
from extractors.gazetteer import load_gazetteer
from extractors.lexicon import Trigger, load_lexicon
from extractors.linking import Linker
from extractors.name_tables import load_words
from extractors.organisations import organisations
from extractors.people import people
from extractors.persons import Persons
from extractors.prefilter import load_prefilter
from extractors.readers import load_encoding_tables
from extractors.records import Article, Claim, ClaimType, CountryMention, Extraction, Organisation, Person, Rejection
from extractors.timexes import Timex, TimexFault, recognise_timexes

Entities = Literal["relevant", "all", "none"]

_FAMILIES: dict[ClaimType, Callable[[Frame], tuple[Draft, ...]]] = {
    **dict.fromkeys(PAIR_TYPES, pair_drafts),
    **dict.fromkeys(STATE_TYPES, state_drafts),
    "visit": visit_drafts,
    "birth": birth_drafts,
    "agreement": agreement_drafts,
    "founded": founding_drafts,
    "commemoration": commemoration_drafts,
    "term": term_drafts,
    "congress": congress_drafts,
}

_NEEDS_PERSONS = frozenset({"visit", "birth", "term"})
# What is signed, founded or held beside a fact takes no date or state away from it.
_TRANSPARENT: frozenset[ClaimType] = frozenset({"agreement", "founded", "term", "congress"})


MAX_DATED_TRIGGERS = 2000
"""Trigger phrases beside a date that are read in one article; the most among 2,088 measured is 37. Each may take some
milliseconds, so this bounds the time that any text takes."""


MAX_NAMED_CHARS = 100_000
"""How far into an article, in code points, people and organisations are read; the longest of 2,088 measured has 81,007.
Every name is compared with every other, so this bounds the time that any text takes."""


class _Lead(NamedTuple):
    """A sentence with trigger phrases and time expressions: where a claim may be."""

    sentence: Sentence
    triggers: tuple[Trigger, ...]
    timexes: tuple[Timex, ...]
    faults: tuple[TimexFault, ...]

    @property
    def reasons(self) -> str:
        """What is wrong with its time expressions."""
        return "; ".join(fault.reason for fault in self.faults)


def extract(article: Article, entities: Entities = "relevant") -> Extraction:
    """What one article asserts, with its evidence; pure: the same article gives the same extraction.

    `entities`: whose people and organisations to read: of `relevant` articles (they speak of relations between states),
    of `all`, or of `none`.
    """
    document = read_document(article)
    leads = _find_leads(document)
    dated = any(lead.timexes for lead in leads)
    linker = Linker(document, load_gazetteer()) if dated or entities == "all" else None
    claims, rejections = _read_leads(document, linker, leads)
    kept, repeated = drop_repeated(claims)
    is_wanted = entities == "all" or (entities == "relevant" and _is_relevant(kept, rejections))
    persons, bodies = _entities(document, linker) if linker is not None and is_wanted else ((), ())
    agency = credited_agency(article.text) if kept else None
    return Extraction(article, kept, (*rejections, *repeated), persons, bodies, agency)


def load_tables() -> None:
    """Read and check every table that extraction needs, so that a fault shows before the first article.

    Raises:
        TableError: a row cannot be trusted; names file and line.
    """
    load_gazetteer()
    load_prefilter()
    load_words()
    load_blocs()
    load_cues()
    load_fillers()
    load_agencies()
    load_encoding_tables()


def _find_leads(document: Document) -> tuple[_Lead, ...]:
    hints = load_prefilter().hints(document.folded)
    if not hints:
        return ()
    lexicon = load_lexicon()
    leads = []
    for sentence in document.sentences:
        first = bisect_left(hints, (sentence.start,))
        among = {hint.phrase for hint in hints[first : bisect_left(hints, (sentence.end,))]}
        triggers = lexicon.triggers(document.text, sentence.start, sentence.end, among) if among else ()
        if triggers:
            timexes, faults = recognise_timexes(document.text, sentence.start, sentence.end)
            leads.append(_Lead(sentence, triggers, timexes, faults))
    return tuple(leads)


def _read_leads(
    document: Document, linker: Linker | None, leads: Sequence[_Lead]
) -> tuple[list[Claim], list[Rejection]]:
    claims: list[Claim] = []
    rejections: list[Rejection] = []
    persons = Persons(document, linker) if linker is not None else None
    read = 0
    for lead in leads:
        for trigger in lead.triggers:
            read += bool(lead.timexes)
            if linker is None or persons is None or not lead.timexes or read > MAX_DATED_TRIGGERS:
                reason = lead.reasons or "no time expression in the sentence"
                if read > MAX_DATED_TRIGGERS:
                    reason = f"the article speaks of more than {MAX_DATED_TRIGGERS:,} dated facts, which none does"
                first, last = document.original_span(trigger.start, trigger.end)
                rejections.append(Rejection(trigger.type, reason, document.article.text[first:last], first, last))
                continue
            frame = _frame(document, linker, persons, lead, trigger)
            try:
                drafts = consistent(frame, _FAMILIES[trigger.type](frame))
                claims.extend(claim_of(document, lead.sentence, draft) for draft in drafts)
            except NotAClaimError as error:
                rejections.append(rejection_of(frame, "; ".join(filter(None, (error.reason, lead.reasons)))))
    return claims, rejections


def _frame(document: Document, linker: Linker, persons: Persons, lead: _Lead, trigger: Trigger) -> Frame:
    states = linker.of(lead.sentence)
    return Frame(
        document=document,
        linker=linker,
        sentence=lead.sentence,
        states=states,
        timexes=lead.timexes,
        faults=lead.faults,
        triggers=tuple(t for t in lead.triggers if t is trigger or t.type not in _TRANSPARENT),
        people=persons.of(lead.sentence) if trigger.type in _NEEDS_PERSONS else (),
        roles=persons.roles_of(lead.sentence) if trigger.type == "visit" else (),
        persons=persons,
        trigger=trigger,
        start=trigger.start,
        end=trigger.end,
    )


def _is_relevant(claims: Sequence[Claim], rejections: Sequence[Rejection]) -> bool:
    """Whether an article speaks of relations between states: two in one claim, or such a trigger without a date."""
    return any(len(claim.countries) > 1 for claim in claims) or any(
        rejection.type in PAIR_TYPES for rejection in rejections
    )


def _entities(document: Document, linker: Linker) -> tuple[tuple[Person, ...], tuple[Organisation, ...]]:
    """People and organisations of the article itself, not of the teasers beside it, up to MAX_NAMED_CHARS."""
    spans: list[tuple[int, int]] = []
    countries: list[CountryMention] = []
    for states in linker.sentences:
        if states.sentence.start >= MAX_NAMED_CHARS:
            break
        if states.sentence.section != "teaser":
            spans.append((states.sentence.start, states.sentence.end))
            countries.extend(states.mentions)

    def printed(start: int, end: int) -> str:
        first, last = document.original_span(start, end)
        return document.article.text[first:last]

    return (
        people(document.text, spans, countries, printed),
        organisations(document.text, spans, countries, printed),
    )
