"""Facts of two states: relations established, normalised, severed, recognised; partnerships set up or upgraded."""

import re
from dataclasses import dataclass, replace

from extractors.claims.dating import commemorated_count, date_of
from extractors.claims.frames import Dating, Draft, Frame, NotAClaimError, cue_before
from extractors.dates import PartialDate
from extractors.linking import BLOC, Pair, PairMention, pair_of
from extractors.records import CountryMention
from extractors.wordlists import pattern

PAIR_TYPES = ("established", "normalised", "severed", "recognised", "partnership")

# Words that may stand between a trigger and the pair that belongs to it.
MAX_PAIR_DISTANCE_WORDS = 8
MAX_SUBJECT_DISTANCE_WORDS = 18

_OBJECT_LEAD = pattern(r"{}\s(?:{}\s)?$", "object-lead", "party-noun")
_VERB_BEFORE = pattern("{}", "partnership-verb")
_VERB_AFTER = pattern(
    r"\s*\"?,?\s?(?:{}\s)*(?:[^\s,;.()]+\s){0,4}?{}", "passive-lead", "partnership-passive"
)
# The subject is a person then, and the state before belongs to another clause.
_PERSON_BETWEEN = pattern("{}", "person-subject")
_BRACKET_DATE = re.compile(r'\s?"?\s?\($')


@dataclass(frozen=True, slots=True)
class Link:
    """The two states of a fact, how surely they were found, and the stretch of the sentence that names them."""

    pair: Pair
    confidence: float
    start: int
    end: int
    subject: str | None = None
    object: str | None = None


def pair_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The claims of a trigger that relates two states.

    Raises:
        NotAClaimError: it is a plan, a negation, undated, or its states cannot be known.

    """
    if frame.trigger.type == "partnership":
        frame = _with_verb(frame)
    listed = _listed(frame)
    if listed:
        return listed
    dating = date_of(frame)
    is_anniversary = dating.basis in ("range", "count") or commemorated_count(frame) is not None
    if not is_anniversary:
        cue = cue_before(frame, frame.start)
        if cue is not None:
            raise NotAClaimError(f"not asserted: «{cue}»")
    published_on = frame.document.article.published_on
    if published_on is not None and isinstance(dating.value, PartialDate) and dating.value.earliest > published_on:
        raise NotAClaimError(f"{dating.value} is after the publication date")
    link = link_pair(frame)
    return (_draft(frame, dating, link),)


def _draft(frame: Frame, dating: Dating, link: Link) -> Draft:
    is_directed = frame.trigger.type == "recognised"
    if is_directed and link.object is None:
        raise NotAClaimError("who recognises whom is not said")
    level = frame.trigger.phrase.level
    return Draft(
        type=frame.trigger.type,
        countries=link.pair,
        dating=dating,
        start=min(frame.start, link.start),
        end=max(frame.end, link.end),
        confidence=link.confidence,
        level=level,
        from_country=link.subject if is_directed else None,
        to_country=link.object if is_directed else None,
        name=frame.text[frame.trigger.start : frame.trigger.end] if level == "other" else None,
    )


def _with_verb(frame: Frame) -> Frame:
    """A partnership named is no fact; one that was set up or upgraded is: widen the core to its verb.

    Raises:
        NotAClaimError: no such verb, anniversary or bracketed date goes with it.

    """
    start = max(
        [frame.sentence.start] + [frame.text.rfind(mark, frame.sentence.start, frame.start) + 1 for mark in ";."]
    )
    verb = None
    for match in _VERB_BEFORE.finditer(frame.text, start, frame.start):
        verb = match
    if verb is not None and frame.words_between(verb.end(), frame.start) <= MAX_PAIR_DISTANCE_WORDS:
        return replace(frame, start=verb.start())
    if commemorated_count(frame) is not None or _VERB_AFTER.match(frame.text, frame.end, frame.sentence.end):
        return frame
    if any(
        _BRACKET_DATE.search(frame.text, frame.end, timex.start) for timex in frame.timexes if timex.start >= frame.end
    ):
        return frame
    raise NotAClaimError("a partnership spoken of, not one set up or upgraded")


def _listed(frame: Frame) -> tuple[Draft, ...]:
    """A list «với Việt Nam: Trung Quốc (2008), Nga (năm 2012), …»: each state with its own date in brackets."""
    entries = []
    for mention in frame.states.actors:
        if mention.start < frame.end:
            continue
        for timex in frame.timexes:
            gap = frame.text[mention.end : timex.start]
            if timex.kind == "date" and timex.value is not None and gap.strip() == "(":
                entries.append((mention, timex))
    if len(entries) < 2:
        return ()
    anchor = _anchor(frame, entries[0][0])
    drafts = []
    for mention, timex in entries:
        pair = pair_of(anchor, mention.code) if anchor else None
        if pair is None or timex.value is None:
            continue
        dating = Dating(timex.value, "explicit", mention.start, timex.end, 0.9)
        drafts.append(
            Draft(frame.trigger.type, pair, dating, mention.start, timex.end, 0.95, level=frame.trigger.phrase.level)
        )
    return tuple(drafts)


def _anchor(frame: Frame, first: CountryMention) -> str | None:
    """The state that all of a list relate to: the one named after «với», or the last one before the list."""
    before = [mention for mention in frame.states.actors if mention.end <= first.start]
    for mention in before:
        if mention.start >= frame.end and _OBJECT_LEAD.search(frame.text, frame.end, mention.start):
            return mention.code
    if before:
        return before[-1].code
    pair = frame.linker.headline_pair()
    return "VN" if pair and "VN" in pair else None


def link_pair(frame: Frame) -> Link:
    """The two states that a trigger relates: named beside it, subject and object, or pointed at by «hai nước».

    Raises:
        NotAClaimError: they cannot be known.

    """
    for find in (_inside, _after, _subject_and_object, _before, _only_two, _by_context):
        link = find(frame)
        if link is not None and BLOC in link.pair:
            raise NotAClaimError("one side is not a state")
        if link is not None:
            return link
    raise NotAClaimError("its two states are not named")


def _linked(frame: Frame, mention: PairMention, confidence: float) -> Link | None:
    pair = mention.codes
    if pair is None:
        pair = frame.linker.antecedent_pair(frame.sentence, mention.start)
        confidence -= 0.07
    return Link(pair, confidence, mention.start, mention.end) if pair else None


def _inside(frame: Frame) -> Link | None:
    """A pair between verb and noun: «nâng cấp quan hệ Việt Nam - Anh lên đối tác chiến lược»."""
    for mention in frame.states.pairs:
        if frame.start <= mention.start and mention.end <= frame.end:
            return _linked(frame, mention, 1.0)
    return None


def _after(frame: Frame) -> Link | None:
    """A pair right behind: «thiết lập quan hệ ngoại giao (giữa) Việt Nam - Lào»."""
    for mention in frame.states.pairs:
        if mention.start < frame.end:
            continue
        if _has_object_before(frame, mention):
            return None
        gap = frame.text[frame.end : mention.start]
        if frame.words_between(frame.end, mention.start) > MAX_PAIR_DISTANCE_WORDS or any(c in gap for c in ";."):
            return None
        if "," in gap and _nearest_subject(frame) is not None:
            return None
        if frame.triggers_between(frame.end, mention.start):
            return None
        return _linked(frame, mention, 1.0)
    return None


def _has_object_before(frame: Frame, pair: PairMention) -> bool:
    found = _object(frame)
    return found is not None and found.start <= pair.start and not _between_lead(frame, pair)


def _between_lead(frame: Frame, pair: PairMention) -> bool:
    return frame.text[frame.end : pair.start].rstrip().lower().endswith("giữa")


def _object(frame: Frame) -> CountryMention | None:
    """The state behind «với» that follows the trigger, or stands inside its core."""
    for mention in frame.states.actors:
        if mention.start < frame.start:
            continue
        if not _OBJECT_LEAD.search(frame.text, frame.start, mention.start):
            if frame.trigger.type != "recognised" or mention.start < frame.end:
                continue
        gap = frame.text[min(frame.end, mention.start) : mention.start]
        if frame.words_between(min(frame.end, mention.start), mention.start) > MAX_PAIR_DISTANCE_WORDS or ";" in gap:
            return None
        if frame.triggers_between(frame.end, mention.start) and frame.trigger.type != "recognised":
            return None
        return mention
    return None


def _nearest_subject(frame: Frame, excluding: str | None = None) -> CountryMention | None:
    for mention in reversed(frame.states.actors):
        if mention.end > frame.start or mention.code == excluding:
            continue
        if frame.words_between(mention.end, frame.start) > MAX_SUBJECT_DISTANCE_WORDS:
            return None
        gap = frame.text[mention.end : frame.start]
        if ";" in gap or _PERSON_BETWEEN.search(gap):
            return None
        return mention
    return None


def _subject_and_object(frame: Frame) -> Link | None:
    """«A … thiết lập quan hệ ngoại giao với B», «A công nhận độc lập của B»."""
    target = _object(frame)
    if target is None:
        return None
    subject = _nearest_subject(frame, target.code)
    if subject is not None:
        pair = pair_of(subject.code, target.code)
        if pair is not None:
            return Link(pair, 0.97, subject.start, target.end, subject.code, target.code)
    other = frame.linker.antecedent_state(frame.sentence, frame.start, frozenset({target.code}))
    pair = frame.linker.antecedent_pair(frame.sentence, frame.start, including=target.code)
    if pair is None and other is not None:
        pair = pair_of(other, target.code)
    if pair is None:
        return None
    subject_code = pair[0] if pair[1] == target.code else pair[1]
    return Link(pair, 0.85, frame.start, target.end, subject_code, target.code)


def _before(frame: Frame) -> Link | None:
    """The nearest pair before: «Việt Nam và Belarus thiết lập …», «Hai nước … thiết lập …»."""
    for mention in reversed(frame.states.pairs):
        if mention.end > frame.start:
            continue
        if ";" in frame.text[mention.end : frame.start]:
            return None
        if frame.words_between(mention.end, frame.start) > MAX_SUBJECT_DISTANCE_WORDS:
            return None
        nearer = [m for m in frame.states.actors if mention.end <= m.start and m.end <= frame.start]
        if nearer and mention.codes is not None and {m.code for m in nearer} - set(mention.codes):
            return None
        return _linked(frame, mention, 0.98)
    return None


def _only_two(frame: Frame) -> Link | None:
    """A sentence that names two states and no third."""
    codes = frame.states.codes()
    pair = pair_of(codes[0], codes[1]) if len(codes) == 2 else None
    if pair is None:
        return None
    near = [m for m in frame.states.actors if abs(m.start - frame.start) < 200]
    return (
        Link(pair, 0.9, min(m.start for m in near), max(m.end for m in near))
        if near
        else Link(pair, 0.8, frame.start, frame.end)
    )


def _by_context(frame: Frame) -> Link | None:
    """No state or one beside the trigger: the pair spoken of before, which must hold the one."""
    if frame.trigger.type == "recognised":
        return None
    codes = frame.states.codes()
    if len(codes) > 1:
        subject = _nearest_subject(frame)
        if subject is None:
            return None
        codes = (subject.code,)
    pair = frame.linker.antecedent_pair(frame.sentence, frame.start, including=codes[0] if codes else None)
    return Link(pair, 0.82, frame.start, frame.end) if pair else None
