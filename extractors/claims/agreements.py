"""Treaties, agreements and communiqués that states signed: «ký Hiệp định A, Nghị định thư B và Bản ghi nhớ C»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.claims.dating import date_of
from extractors.claims.frames import Draft, Frame, NotAClaimError, called_off, cue_before, find_cue
from extractors.claims.parties import Link, link_pair
from extractors.claims.signatories import refuse_other_signatories
from extractors.dates import first_date
from extractors.linking import StatesOfSentence
from extractors.records import CountryMention
from extractors.timexes import Timex
from extractors.wordlists import CAPITAL, pattern

# «ký chính thức ba Hiệp định», «ký với Lào Hiệp định …»: words between a verb and what was signed, states left out.
MAX_WORDS_TO_NAME = 6
# «Hiệp định …, do ngoại trưởng hai nước ký»: characters between a name and the verb behind it.
MAX_PASSIVE_CHARS = 90
MAX_NAME_CHARS = 200

_NOUN = pattern("{}", "agreement-noun")
_NAME_END = pattern(
    rf'[,.;:()"]|\s(?:-|–)\s(?!{CAPITAL})|\s{{}}|\strong\s{{}}|(?<!tự)\sdo(?!\w)'
    r"|\s(?:và|cũng như|cùng)\s(?=(?:\S+\s){0,2}{})",
    "agreement-name-end",
    "occasion-noun",
    "agreement-noun",
)
_DATE_LEAD = pattern(r'"?,?\s?\(?(?:{}\s)*', "agreement-name-end")
_IN_QUOTES = re.compile(r'[^"]{1,200}')
_JOINT = pattern(r'"?(?:,|;|\svà|,\svà|\scũng như|,\scũng như|\scùng|\scùng với)\s(?:\S+\s){0,2}?{}', "agreement-noun")
# «nhiều thỏa thuận», «một thỏa thuận song phương»: agreements spoken of, but not named.
_MANY = pattern(r"(?:{}\s(?:\S+\s)?|(?<![\w/.-])(?:[2-9]|\d\d)\s)$", "many")
_UNNAMED = pattern(r"{}(?:\s{})*(?:\sgiữa\s{})?", "agreement-noun", "unnamed", "dual")
_COMPLETE = pattern(r"{}(?:\s.*)?", "agreement-complete")
_PERIOD_LEAD = pattern(r"{}\s(?:năm\s|tháng\s|ngày\s)?$", "period-lead")
_OTHER_NAME = pattern(r"{}(?:\s\w+){0,4}\s$", "agreement-noun")
_QUOTED_REST = re.compile(r'"[^"]{1,160}"')
_OTHER_SIGNED = pattern("{}", "other-signed")
# «tuyên bố phản đối …», «Bản ghi nhớ kết nghĩa …»: no agreement of states.
_STAND = pattern(r"tuyên bố\s{}", "stand-taken")
_OF_TOWNS = pattern("{}", "town-pair")
_EARLIER = pattern(r"\s(?:từ\s)?{}", "earlier")
_AMENDS = pattern("{}", "treaty-verb")
_TREATY_VERB_BEFORE = pattern(r"{}(?:\s\S+){0,4}\s$", "treaty-verb")
_FULL_PASSIVE = re.compile(r"(?<!\w)(?:được|do)(?!\w)", re.IGNORECASE)
MAX_TOPIC_CHARS = 40
_ABOUT = re.compile(r"(?<!\w)về\s(?:\w+\s){0,2}$", re.IGNORECASE)
_NOT_ON = pattern(r"{}\s$", "not-on-that-day")
_PASSIVE = pattern(
    r'"?\)?,?\s(?:{}\s)?(?:\S+\s){0,2}?(?:được|do|mà)\s[^.;]{0,60}$|"?\)?,?\s(?:đã\s|chính thức\s)?$|"?\s\($',
    "this-thing",
)


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of what was signed: `text[start:end]`."""

    start: int
    end: int


def agreement_drafts(frame: Frame) -> tuple[Draft, ...]:
    """What a verb of signing says was signed, each agreement a draft.

    Raises:
        NotAClaimError: nothing named was signed, or it is planned, undated, or not between two states.
    """
    signed = tuple(_names_after(frame)) or tuple(_names_before(frame))
    names = tuple(name for name in signed if _is_named(frame, name))
    if not names:
        raise NotAClaimError("what was signed is not named")
    core = replace(
        frame,
        start=min(frame.start, names[0].start),
        end=max(frame.end, names[-1].end),
        timexes=tuple(timex for timex in frame.timexes if not _is_beside(frame, timex, names)),
        states=_without_places(frame.text, frame.states, names),
    )
    _refuse_unasserted(core)
    link = link_pair(core)
    refuse_other_signatories(core, link)
    return tuple(_draft(core, link, name, names) for name in names)


def _names_after(frame: Frame) -> Iterator[_Name]:
    """What stands behind the verb: the first name near it, then those that are listed with it."""
    place = frame.end
    for noun in _NOUN.finditer(frame.text, frame.end, frame.sentence.end):
        if noun.start() < place:
            continue
        if place == frame.end:
            gap = frame.text[place : noun.start()]
            if any(mark in gap for mark in ",;.:") or frame.words_between(place, noun.start()) > MAX_WORDS_TO_NAME:
                return
            if _OTHER_SIGNED.search(gap):
                return  # «ký luật phê chuẩn Hiệp định …»
        elif not _JOINT.fullmatch(frame.text, _past_date(frame, place), noun.end()):
            return
        place = _name_end(frame, noun)
        yield _Name(noun.start(), place)


def _names_before(frame: Frame) -> list[_Name]:
    """What stands before the verb: «Hiệp định … được ký», «Hiệp định … (ký …)», with those listed before it."""
    start = max(frame.sentence.start, frame.text.rfind(":", frame.sentence.start, frame.start) + 1)
    names = [_Name(noun.start(), _name_end(frame, noun)) for noun in _NOUN.finditer(frame.text, start, frame.start)]
    run: list[_Name] = []
    for name in reversed(names):
        if not run:
            if frame.start - name.end <= MAX_PASSIVE_CHARS and _PASSIVE.fullmatch(frame.text, name.end, frame.start):
                run.append(name)
        elif _JOINT.match(frame.text, _past_date(frame, name.end), run[-1].end):
            run.append(name)
        else:
            break
    return run[::-1]


def _past_date(frame: Frame, end: int) -> int:
    """The end of the date right behind a name: «Hiệp định A (năm 2001) và Hiệp định B», else the end of the name."""
    for timex in frame.timexes:
        if end <= timex.start and _DATE_LEAD.fullmatch(frame.text, end, timex.start):
            return timex.end + frame.text.startswith(")", timex.end)
    return end


def _name_end(frame: Frame, noun: re.Match[str]) -> int:
    """Where a name ends: at its closing quotation mark, a mark or word that no name goes on with, or a date."""
    stop = min(frame.sentence.end, noun.end() + MAX_NAME_CHARS)
    if frame.text[noun.start() - 1 : noun.start()] == '"':
        closing = _IN_QUOTES.match(frame.text, noun.end(), stop)
        return closing.end() if closing else noun.end()
    mark = _NAME_END.search(frame.text, noun.end(), stop)
    end = mark.start() if mark else stop
    quoted = _QUOTED_REST.match(frame.text, end, stop)
    if quoted is not None and frame.text[end - 1] == " ":
        return quoted.end()  # «Tuyên bố chung "Hướng tới …"»
    for timex in frame.timexes:
        if noun.end() <= timex.start < end and not _PERIOD_LEAD.search(frame.text, noun.end(), timex.start):
            end = timex.start
    return len(frame.text[:end].rstrip()) if frame.text[end - 1].isspace() else end


def _is_named(frame: Frame, name: _Name) -> bool:
    """Whether words tell which agreement it is; «Tuyên bố chung» is a name by itself."""
    if _MANY.search(frame.text, max(frame.sentence.start, name.start - 20), name.start):
        return False
    if _STAND.match(frame.text, name.start) or _OF_TOWNS.search(frame.text, name.start, name.end):
        return False
    if _COMPLETE.fullmatch(frame.text, name.start, name.end):
        return True
    return _UNNAMED.fullmatch(frame.text, name.start, name.end) is None


def _is_beside(frame: Frame, timex: Timex, names: tuple[_Name, ...]) -> bool:
    """«Chương trình hợp tác giai đoạn 2021-2025», «trước ngày 12/7»: a time that says nothing of the signing."""
    if _NOT_ON.search(frame.text, frame.sentence.start, timex.start):
        return True
    if timex.end <= names[0].start and (_EARLIER.match(frame.text, frame.end) or _is_participle(frame, names[0])):
        return True
    last = names[-1]
    if timex.start >= last.end and _AMENDS.search(frame.text, last.start, last.end) and timex.start - last.end <= 1:
        return True  # «Nghị định thư sửa đổi Hiệp định … năm 1994»
    other = _OTHER_NAME.search(frame.text, frame.sentence.start, timex.start)
    if other is not None and not any(name.start <= other.start() <= name.end for name in names):
        return True  # «Hiệp định sơ bộ 6/3/1946 giống việc ký Hòa ước …»: the date names another one
    return any(name.start <= timex.start < name.end for name in names)


def _is_participle(frame: Frame, name: _Name) -> bool:
    """«phê chuẩn Hiệp định đã ký với …», «Hiệp định … ký trước đó … có hiệu lực»: the sentence's verb is another."""
    if name.start >= frame.start or _FULL_PASSIVE.search(frame.text, name.end, frame.start):
        return False
    before = _TREATY_VERB_BEFORE.search(frame.text, frame.sentence.start, name.start)
    return before is not None or _AMENDS.search(frame.text, frame.end, frame.sentence.end) is not None


def _is_topic(text: str, mention: CountryMention, states: StatesOfSentence) -> bool:
    """«nghị định thư về đảo Síp»: what an agreement is about is no party, unless two are joined there."""
    in_pair = any(pair.start <= mention.start < pair.end for pair in states.pairs)
    return not in_pair and _ABOUT.search(text, max(0, mention.start - MAX_TOPIC_CHARS), mention.start) is not None


def _without_places(text: str, states: StatesOfSentence, names: tuple[_Name, ...]) -> StatesOfSentence:
    """«Hiệp định Oslo», «nghị định thư về đảo Síp»: the place and the topic of a name are no party."""
    places = {
        mention
        for mention in states.mentions
        if any(name.start <= mention.start < name.end for name in names)
        and (mention.kind == "capital" or _is_topic(text, mention, states))
    }
    return replace(
        states,
        mentions=tuple(mention for mention in states.mentions if mention not in places),
        actors=tuple(mention for mention in states.actors if mention not in places),
        pairs=tuple(pair for pair in states.pairs if not any(pair.start <= place.start < pair.end for place in places)),
    )


def _refuse_unasserted(core: Frame) -> None:
    """Raise NotAClaimError for a plan, a wish, a negation or a question."""
    cue = cue_before(core, core.trigger.start) or called_off(core)
    if cue is None and core.start < core.trigger.start:
        match = find_cue(core.text, core.start, core.trigger.start)
        cue = match.group() if match else None
    if cue is not None:
        raise NotAClaimError(f"not asserted: «{cue}»")


def _draft(core: Frame, link: Link, name: _Name, names: tuple[_Name, ...]) -> Draft:
    dating = date_of(_with_own_date(core, name, names))
    if core.linker.has_ended(link.pair, first_date(dating.value).year):
        raise NotAClaimError(f"a state of {'-'.join(link.pair)} had ended by {dating.value}")
    return Draft(
        "agreement",
        link.pair,
        dating,
        start=min(core.trigger.start, name.start, link.start),
        end=max(core.trigger.end, name.end, link.end),
        confidence=link.confidence * 0.95,
        name=core.text[name.start : name.end],
    )


def _with_own_date(core: Frame, name: _Name, names: tuple[_Name, ...]) -> Frame:
    """Of a list in which each has its date («Hiệp định A năm 2001 và Hiệp định B năm 2003»), a name's own dates."""
    ends = [other.start for other in names if other.start > name.start]
    end = min(ends, default=core.sentence.end)
    own = tuple(timex for timex in core.timexes if name.end <= timex.start < end and timex.kind == "date")
    if len(names) == 1 or not own or core.words_between(name.end, own[0].start) > 2:
        return core
    return replace(core, start=min(core.trigger.start, name.start), end=name.end, timexes=own)
