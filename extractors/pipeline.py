"""extract(article): the one caller of the stages, from text to claims, people and organisations."""

from collections.abc import Callable
from typing import Literal

from extractors.claims.births import birth_drafts
from extractors.claims.commemorations import commemoration_drafts
from extractors.claims.frames import Draft, Frame, NotAClaimError, claim_of, rejection_of
from extractors.claims.pairs import PAIR_TYPES, pair_drafts
from extractors.claims.repetition import drop_repeated
from extractors.claims.states import STATE_TYPES, state_drafts
from extractors.claims.visits import visit_drafts
from extractors.documents import Document, read_document
from extractors.gazetteer import load_gazetteer
from extractors.lexicon import load_lexicon
from extractors.linking import Linker, StatesOfSentence
from extractors.persons import Persons
from extractors.records import Article, Claim, ClaimType, Extraction, Rejection
from extractors.timexes import recognise_timexes

Entities = Literal["relevant", "all", "none"]

_FAMILIES: dict[ClaimType, Callable[[Frame], tuple[Draft, ...]]] = {
    **dict.fromkeys(PAIR_TYPES, pair_drafts),
    **dict.fromkeys(STATE_TYPES, state_drafts),
    "visit": visit_drafts,
    "birth": birth_drafts,
    "commemoration": commemoration_drafts,
}
_NEEDS_PERSONS = frozenset({"visit", "birth"})


def extract(article: Article, entities: Entities = "relevant") -> Extraction:
    """What one article asserts, with its evidence; pure: the same article gives the same extraction."""
    document = read_document(article)
    linker = Linker(document, load_gazetteer())
    persons = Persons(document, linker)
    claims: list[Claim] = []
    rejections: list[Rejection] = []
    for states in linker.sentences:
        found, left_out = _extract_sentence(document, linker, persons, states)
        claims += found
        rejections += left_out
    kept, repeated = drop_repeated(claims)
    return Extraction(article, kept, (*rejections, *repeated), (), ())


def _extract_sentence(
    document: Document, linker: Linker, persons: Persons, states: StatesOfSentence
) -> tuple[list[Claim], list[Rejection]]:
    claims: list[Claim] = []
    rejections: list[Rejection] = []
    sentence = states.sentence
    triggers = load_lexicon().triggers(document.text, sentence.start, sentence.end)
    if not triggers:
        return claims, rejections
    timexes, faults = recognise_timexes(document.text, sentence.start, sentence.end)
    needs_persons = bool(timexes) and any(trigger.type in _NEEDS_PERSONS for trigger in triggers)
    people = states.people if needs_persons else ()
    roles = persons.roles_of(sentence) if needs_persons else ()
    for trigger in triggers:
        frame = Frame(
            document=document,
            linker=linker,
            sentence=sentence,
            states=states,
            timexes=timexes,
            triggers=triggers,
            people=people,
            roles=roles,
            persons=persons,
            trigger=trigger,
            start=trigger.start,
            end=trigger.end,
        )
        try:
            claims.extend(claim_of(document, sentence, draft) for draft in _FAMILIES[trigger.type](frame))
        except NotAClaimError as error:
            reason = "; ".join([error.reason, *(fault.reason for fault in faults)])
            rejections.append(rejection_of(frame, reason))
    return claims, rejections
