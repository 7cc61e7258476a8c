"""When a named person was born."""

from extractors.claims.anniversaries import commemorated_count
from extractors.claims.dating import date_of
from extractors.claims.frames import Draft, Frame, NotAClaimError
from extractors.records import PersonMention
from extractors.wordlists import pattern, words

# Someone else without a name, between a name and the birth: «gặp cụ bà sinh năm 1910».
_SOMEONE = pattern("{}", "someone")
# «X, …, sinh ngày 2/9/1945»: between name and verb at most this many words; between verb and date hardly any.
MAX_NAME_DISTANCE_WORDS = 14
MAX_DATE_DISTANCE_WORDS = 2


def birth_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The birth that a trigger speaks of.

    Raises:
        NotAClaimError: undated, or whose it is, or of which state, is not said.
    """
    person = _person(frame)
    if person is None:
        raise NotAClaimError("who was born is not said")
    known = frame.persons.known(person)
    if " " not in (known.name or person.name):
        raise NotAClaimError("a single word is no full name")
    country = person.country or known.country or _state_behind(frame, person)
    if country is None:
        raise NotAClaimError("the state of the person is not said")
    dating = date_of(frame)
    if commemorated_count(frame) is None and dating.basis not in ("range", "count"):
        if dating.start < frame.end or frame.words_between(frame.end, dating.start) > MAX_DATE_DISTANCE_WORDS:
            raise NotAClaimError("the date does not follow the birth")
    return (
        Draft(
            "birth",
            (country,),
            dating,
            start=min(frame.start, person.start) if person.start >= frame.sentence.start else frame.start,
            end=max(frame.end, person.end) if person.start >= frame.sentence.start else frame.end,
            confidence=0.9,
            person=known.name or person.name,
        ),
    )


def _state_behind(frame: Frame, person: PersonMention) -> str | None:
    """The state that the rest of the sentence gives: «X (sinh …) là một chính trị gia người Việt Nam»."""
    behind = [
        mention.code
        for mention in frame.states.mentions
        if mention.start >= max(frame.end, person.end) and frame.text[mention.start - 6 : mention.start] == "người "
    ]
    return behind[0] if behind else None


def _person(frame: Frame) -> PersonMention | None:
    if commemorated_count(frame) is not None or frame.text[frame.start : frame.end].lower().startswith("ngày sinh"):
        for person in frame.people:
            if person.start >= frame.end and frame.words_between(frame.end, person.start) <= MAX_NAME_DISTANCE_WORDS:
                return person
    for person in reversed(frame.people):
        if person.end <= frame.start and frame.words_between(person.end, frame.start) <= MAX_NAME_DISTANCE_WORDS:
            return None if _SOMEONE.search(frame.text, person.end, frame.start) else person
    first_word = frame.text[frame.sentence.start : frame.start].split(" ")[0].lower()
    before = frame.persons.those_before(frame.sentence) if first_word in words("person-pronoun") else ()
    return before[0] if len({person.name for person in before}) == 1 else None
