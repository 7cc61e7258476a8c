"""Terms of office: from when to when a named person was president, ambassador or the head of an association.

Only terms that are over and have both ends: what is still to come is no fact, and «đến nay» has no end.
"""

import re
from dataclasses import dataclass

from extractors.claims.frames import Dating, Draft, Frame, NotAClaimError, cue_before
from extractors.claims.home import means_home
from extractors.coreference import is_vietnamese
from extractors.dates import DateSpan
from extractors.linking import BLOC, HOME
from extractors.records import PersonMention
from extractors.timexes import Timex
from extractors.wordlists import CAPITAL, pattern

CONFIDENCE = 0.9
# No reign in the news of two centuries was longer (the longest known lasted 72 years).
MAX_YEARS = 75
MAX_APPOINTMENT_CHARS = 70

_ASSOCIATION = pattern(r"chủ\stịch\s(?:danh\sdự\s)?{}\s(?:và\s(?:hợp\stác|đoàn\skết)\s)?", "friendship-association")
_LOCAL = pattern(r"\s(?:tại\s)?{}", "local-chapter")
_COMPLEMENT = pattern(r"\s(?:(?:{}|thứ\s[\w-]+|\d+)\s)*", "office-complement")
_COMPLEMENTS = pattern(r"(?:\s{})+", "office-complement")
_AT_POST = re.compile(r"\s(?:tại|ở)\s(?:nước\s)?$", re.IGNORECASE)
_AMBASSADOR = pattern("{}", "ambassador")
_NO_DEFAULT_STATE = pattern("{}|{}", "foreign-office", "ambassador")
_LEAD = pattern(
    r"(?:\s?\([^()]*\))?(?P<comma>,)?\s(?:{}\s)*(?P<verb>{}\s)?(?:{}\s)*",
    *("office-adverb", "office-verb", "office-attribute"),
)
_PRONOUN_LEAD = pattern(
    r"{}\s(?:{}\s)*{}\s(?:{}\s)*", "person-pronoun", "office-adverb", "office-verb", "office-attribute"
)
_APPOINTED = pattern("{}", "appointed")
# Between office or name and its years.
_TERM_LEAD = pattern(
    r",?\s?(?P<bracket>\(\s?)?(?:(?:trong|vào|suốt)\s)?(?P<word>(?:(?:hai|ba|\d)\s)?{},?\s(?:(?:thứ\s\w+|đầu|đầu\stiên),?\s)?)?\(?"
    r"(?:trong\s)?",
    "term-word",
)
_CAPITALISED = rf"(?P<name>{CAPITAL}[^\W\d_]+(?:[\s-]{CAPITAL}[^\W\d_]*){{1,4}})(?![\w-])"
_BARE_NAME_HEAD = re.compile(_CAPITALISED)
_BARE_NAME_BEHIND = re.compile(rf"\)?\s{_CAPITALISED}")


@dataclass(frozen=True, slots=True)
class _Office:
    """An office at `text[start:end]`; its states, where the words name them."""

    start: int
    end: int
    countries: tuple[str, ...]


def term_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The term of office that a trigger speaks of.

    Raises:
        NotAClaimError: nobody is named, it has no two ends, is not over, or its state cannot be known.
    """
    office = _office(frame)
    timex, person = _term(frame, office)
    span = timex.value
    if not isinstance(span, DateSpan) or span.first.year is None or span.last.year is None:
        raise NotAClaimError("the term has no two ends")
    if not 0 <= span.last.year - span.first.year <= MAX_YEARS:
        raise NotAClaimError(f"{span} is no term of office")
    published_on = frame.document.article.published_on
    if published_on is not None and span.last.earliest > published_on:
        raise NotAClaimError(f"the term {span} is not over on the publication date")
    appointed = _APPOINTED.search(
        frame.text, max(frame.sentence.start, frame.start - MAX_APPOINTMENT_CHARS), frame.start
    )
    if appointed is not None:
        raise NotAClaimError(f"«{appointed.group()}»: who is chosen within a term may not have held all of it")
    cue = cue_before(frame, frame.start)
    if cue is not None:
        raise NotAClaimError(f"not asserted: «{cue}»")
    known = frame.persons.known(person)
    name = known.name or person.name
    if " " not in name:
        raise NotAClaimError("a single word is no full name")
    countries = office.countries or _default_countries(frame, person, name)
    if frame.linker.has_ended(countries, span.first.year):
        raise NotAClaimError(f"{'-'.join(countries)} had ended by {span.first}")
    return (
        Draft(
            "term",
            countries,
            Dating(span, "explicit", timex.start, timex.end, 0.95),
            start=min(office.start, _name_start(frame, person)) if _is_in_sentence(frame, person) else office.start,
            end=max(office.end, person.end) if _is_in_sentence(frame, person) else office.end,
            confidence=CONFIDENCE,
            person=name,
            name=frame.text[office.start : office.end],
        ),
    )


def _office(frame: Frame) -> _Office:
    """The office that begins with the trigger, with what completes it: «Tổng thống thứ 3 của nước Azerbaijan»."""
    association = _ASSOCIATION.match(frame.text, frame.start, frame.sentence.end)
    if association is not None:
        pair = next((pair for pair in frame.states.pairs if pair.start == association.end()), None)
        if pair is None or pair.codes is None or BLOC in pair.codes:
            raise NotAClaimError("the association's two states are not named")
        if _LOCAL.match(frame.text, pair.end, frame.sentence.end):
            raise NotAClaimError("a local chapter of an association")
        return _Office(frame.start, pair.end, pair.codes)
    end = frame.end
    codes: list[str] = []
    for mention in frame.states.mentions:
        if mention.start < end:
            continue
        if not codes and _COMPLEMENT.fullmatch(frame.text, end, mention.start):
            codes.append(mention.code)
            end = mention.end
        elif (
            codes and _AMBASSADOR.match(frame.text, frame.start) and _AT_POST.fullmatch(frame.text, end, mention.start)
        ):
            end = mention.end
        else:
            break
    if not codes and _AMBASSADOR.match(frame.text, frame.start):
        raise NotAClaimError("whose ambassador is not said")
    of_home = _COMPLEMENTS.match(frame.text, end, frame.sentence.end) if not codes else None
    if of_home is not None:
        end = of_home.end()  # «Tổng Bí thư Ban Chấp hành Trung ương Đảng»
    return _Office(frame.start, end, tuple(codes))


def _term(frame: Frame, office: _Office) -> tuple[Timex, PersonMention]:
    """The years of an office and who held it.

    Raises:
        NotAClaimError: the years do not go with the office, or nobody by name does.
    """
    timex = next((timex for timex in frame.timexes if timex.kind == "span" and timex.start >= office.end), None)
    if timex is None:
        raise NotAClaimError("the term has no two ends")
    named = next((p for p in frame.people if p.end > office.end and _name_start(frame, p) == office.end + 1), None)
    start = office.end if named is None or named.end > timex.start else named.end
    lead = _TERM_LEAD.fullmatch(frame.text, start, timex.start)
    if lead is None:
        raise NotAClaimError("the years stand too far from the office to be its term")
    has_word = lead["word"] is not None or frame.text[timex.start : timex.start + 3].lower() == "từ "
    if start != office.end:
        if not has_word or ("giai đoạn" in (lead["word"] or "").lower() and lead["bracket"] is None):
            raise NotAClaimError("years behind a name are those of a life or of something else")
    elif not has_word and lead["bracket"] is None:
        raise NotAClaimError("the years are not said to be a term")
    person = named or _person_behind(frame, timex) or _person_before(frame)
    if person is None:
        raise NotAClaimError("who held the office is not said")
    return timex, person


def _person_behind(frame: Frame, timex: Timex) -> PersonMention | None:
    """«Chủ tịch Hội … nhiệm kỳ 2015-2021 X», «Thủ tướng Y (1981-2003) X»."""
    for person in frame.people:
        gap = frame.text[timex.end : _name_start(frame, person)] if person.end > timex.end else None
        if gap is not None and gap.strip(" )") == "" and len(gap) <= 2:
            return person
    return _bare_name(frame, _BARE_NAME_BEHIND.match(frame.text, timex.end, frame.sentence.end))


def _person_before(frame: Frame) -> PersonMention | None:
    """«X, Chủ tịch Hội …», «X (1933-2018) là Thủ tướng …», «Ông giữ chức …»."""
    for person in reversed(frame.people):
        if person.end > frame.start:
            continue
        lead = _LEAD.fullmatch(frame.text, person.end, frame.start)
        if lead is not None and (lead["comma"] or lead["verb"]):
            return person
        break
    bare = _BARE_NAME_HEAD.match(frame.text, frame.sentence.start, frame.start)
    lead = _LEAD.fullmatch(frame.text, bare.end("name"), frame.start) if bare is not None else None
    if lead is not None and lead["verb"]:
        return _bare_name(frame, bare)
    if _PRONOUN_LEAD.fullmatch(frame.text, frame.sentence.start, frame.start):
        return frame.persons.last_before(frame.sentence)
    return None


def _bare_name(frame: Frame, match: re.Match[str] | None) -> PersonMention | None:
    """A foreign name without a title, where only the holder of the office can stand; «Ông» is no part of it."""
    if match is None:
        return None
    start, end = match.span("name")
    words = match["name"].split(" ")
    while words and is_vietnamese(words[0]):
        start += len(words.pop(0)) + 1
    if len(words) < 2 or any(m.start < end and start < m.end for m in frame.states.mentions):
        return None
    return PersonMention(start, end, frame.text[start:end], None, "other", None)


def _default_countries(frame: Frame, person: PersonMention, name: str) -> tuple[str, ...]:
    """The state of an office that names none: the person's, or the home state for a Vietnamese name.

    Chinese leaders' names are spelt in Vietnamese syllables too: beside another state the home state is no safe guess.

    Raises:
        NotAClaimError: the text does not say it.
    """
    country = person.country or frame.persons.known(person).country
    if country is None and is_vietnamese(name) and not _NO_DEFAULT_STATE.match(frame.text, frame.start):
        country = HOME
    if country is None or (country == HOME and not means_home(frame)):
        raise NotAClaimError("the state of the office is not said")
    return (country,)


def _name_start(frame: Frame, person: PersonMention) -> int:
    """Where the name itself begins, behind the role that a mention may include."""
    place = frame.text.rfind(person.name, person.start, person.end)
    return place if place >= 0 else person.start


def _is_in_sentence(frame: Frame, person: PersonMention) -> bool:
    return person.start >= frame.sentence.start and person.end <= frame.sentence.end
