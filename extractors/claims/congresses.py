"""Dated congresses of friendship associations and of parties that rule a state; those of anyone else are left out."""

import re
from dataclasses import dataclass, replace

from extractors.claims.dating import date_of
from extractors.claims.frames import Dating, Draft, Frame, NotAClaimError, called_off, cue_before
from extractors.claims.home import means_home
from extractors.dates import DateSpan, first_date
from extractors.linking import BLOC, HOME
from extractors.timexes import Timex
from extractors.wordlists import pattern

CONFIDENCE = 0.9
# The first year of a term is most often the year of the congress that opens it, not always.
TERM_YEAR_CONFIDENCE = 0.7
MAX_DOCUMENT_CHARS = 30
MAX_HOLDER_CHARS = 110
MAX_HEAD_CHARS = 20
# A congress is put off at times; its term keeps the years in its name.
MAX_YEARS_FROM_TERM = 2
MAX_HELD_CHARS = 60

_ORDINAL = r"(?:lần\sthứ\s(?:\w+)|khóa\s(?:\w+)|(?-i:[IVXL]+)|\d{1,2})(?!\w)"
_TERM = r",?\s\(?nhiệm\skỳ\s\(?(?P<from>\d{4})\s?-\s?\d{4}\)?"
_NAME = re.compile(
    rf"đại\shội(?:\sđại\sbiểu|\stoàn\sthể|\sthành\slập)?(?P<wide>\stoàn\squốc)?(?P<bare>\sđảng(?!\s(?-i:[A-ZĐ])))?(?:\stoàn\squốc)?"
    rf"(?:\s{_ORDINAL})?(?:{_TERM})?(?:\s(?:của|trung\sương|BCH))*",
    re.IGNORECASE,
)
_ORDINAL_BEHIND = re.compile(rf"\s{_ORDINAL}", re.IGNORECASE)
_TERM_BEHIND = re.compile(_TERM.replace("from", "behind"), re.IGNORECASE)
_HOLDER = pattern(r"{}\s(?:và\s(?:hợp\stác|đoàn\skết)\s)?", "friendship-association")
_PARTY = pattern(r"\s?{}", "ruling-party")
_OWN_PARTY = re.compile(r"\sđảng(?:\sta)?(?!\w)(?!\s(?:bộ|ủy|viên|đoàn|các|cấp|(?-i:[A-ZĐ])))", re.IGNORECASE)
_LOCAL = pattern(r"\s(?:tại\s)?{}", "local-chapter")
_HOLDS = pattern(r"[^.;]{0,60}?\s{}\s(?:thành\scông\s)?", "congress-held")
_HELD = pattern("{}", "congress-held")
_BESIDE = pattern(r"{}\s$", "beside-congress")
_DOCUMENT = pattern(r"{}\s(?:của\s|trình\s|tại\s)?$", "congress-document")
_TO_DATE = pattern(
    r"[\s,]*(?:(?:đã|được|chính\sthức|long\strọng|thành\scông|{})\s)*(?:(?:tại|ở)\s[^,;()]{2,40}?,?\s)?(?:(?:vào|trong|từ|năm)\s)*\(?",
    "congress-held",
)


@dataclass(frozen=True, slots=True)
class _Congress:
    """A congress named at `text[start:end]`, the states of its holder, and the stretch that names the holder."""

    start: int
    end: int
    countries: tuple[str, ...]
    holder_start: int
    is_party: bool


def congress_drafts(frame: Frame) -> tuple[Draft, ...]:
    """The congress that a trigger speaks of.

    Raises:
        NotAClaimError: planned, undated, or of another body than a friendship association or a ruling party.
    """
    congress = _congress(frame)
    if _DOCUMENT.search(frame.text, max(frame.sentence.start, frame.start - MAX_DOCUMENT_CHARS), congress.start):
        raise NotAClaimError("a document of the congress is spoken of")
    if _BESIDE.search(frame.text, frame.sentence.start, congress.start):
        raise NotAClaimError("something done for the congress, not the congress itself")
    cue = cue_before(frame, congress.start) or called_off(frame)
    if cue is not None:
        raise NotAClaimError(f"not asserted: «{cue}»")
    dating = _own_date(frame, congress) or _first_year_of_term(frame, congress)
    if dating is None:
        raise NotAClaimError("the congress is not dated")
    if frame.linker.has_ended(congress.countries, first_date(dating.value).year):
        raise NotAClaimError(f"{'-'.join(congress.countries)} had ended by {dating.value}")
    return (
        Draft(
            "congress",
            congress.countries,
            dating,
            start=min(congress.start, congress.holder_start),
            end=congress.end,
            confidence=CONFIDENCE,
            name=frame.text[congress.start : congress.end],
        ),
    )


def _congress(frame: Frame) -> _Congress:
    """The congress with its holder: «Đại hội … của Hội hữu nghị A - B», «Hội hữu nghị A - B tổ chức Đại hội …»."""
    name = _NAME.search(frame.text, frame.start, frame.sentence.end)
    if name is None:
        raise NotAClaimError("no congress is named")
    place = name.start()
    holder = _association_at(frame, name.end() + 1)
    if holder is not None:
        return _Congress(place, _with_term(frame, holder[1]), holder[0], name.end() + 1, is_party=False)
    before = _association_before(frame, place)
    if before is not None:
        return _Congress(place, _with_term(frame, name.end()), before[0], before[1], is_party=False)
    party = _PARTY.match(frame.text, name.end(), frame.sentence.end)
    if party is not None:
        codes = {m.code for m in frame.states.mentions if party.start() <= m.start and m.end <= party.end()}
        if len(codes) == 1:
            return _Congress(place, _with_ordinal(frame, party.end()), tuple(codes), place, is_party=True)
    own = _OWN_PARTY.match(frame.text, name.end(), frame.sentence.end)
    if (own is not None or name["bare"]) and (name["wide"] or re.search(_ORDINAL, name[0])):
        if not means_home(frame):
            raise NotAClaimError("«Đảng» where another state is spoken of may be that state's")
        return _Congress(place, own.end() if own else name.end(), (HOME,), place, is_party=True)
    raise NotAClaimError("the congress is not of a friendship association or a ruling party")


def _association_at(frame: Frame, place: int) -> tuple[tuple[str, str], int] | None:
    """The two states of a friendship association whose name begins at an offset, and where the name ends."""
    head = _HOLDER.match(frame.text, place, frame.sentence.end)
    pair = next((pair for pair in frame.states.pairs if head and pair.start == head.end()), None)
    if pair is None or pair.codes is None or BLOC in pair.codes:
        return None
    if _LOCAL.match(frame.text, pair.end, frame.sentence.end):
        raise NotAClaimError("a local chapter of an association")
    return pair.codes, pair.end


def _association_before(frame: Frame, place: int) -> tuple[tuple[str, str], int] | None:
    """«Hội hữu nghị A - B tổ chức Đại hội …»: the states of the nearest association before, and where it is named."""
    floor = max(frame.sentence.start, place - MAX_HOLDER_CHARS)
    for head in reversed(list(_HOLDER.finditer(frame.text, floor, place))):
        found = _association_at(frame, head.start())
        if found is not None and _HOLDS.fullmatch(frame.text, found[1], place):
            return found[0], head.start()
    return None


def _with_term(frame: Frame, end: int) -> int:
    behind = _TERM_BEHIND.match(frame.text, end, frame.sentence.end)
    return behind.end() if behind else end


def _with_ordinal(frame: Frame, end: int) -> int:
    behind = _ORDINAL_BEHIND.match(frame.text, end, frame.sentence.end)
    return behind.end() if behind else end


def _is_term(timex: Timex) -> bool:
    return isinstance(timex.value, DateSpan) and timex.value.precision == "year"


def _own_date(frame: Frame, congress: _Congress) -> Dating | None:
    """The congress's date right behind it, or at the head of a sentence that says it was held."""
    first = min(congress.start, congress.holder_start)
    outside = tuple(
        timex
        for timex in frame.timexes
        if timex.kind in ("date", "span", "yearless", "relative-year")
        and not _is_term(timex)
        and (timex.end <= first or timex.start >= congress.end)
    )
    for timex in outside:
        if timex.start >= congress.end and _TO_DATE.fullmatch(frame.text, congress.end, timex.start):
            return _dated(frame, congress, (timex,), timex.start)
        held = _HELD.search(frame.text, timex.end, min(frame.sentence.end, congress.end + MAX_HELD_CHARS))
        if timex.end <= first and timex.start - frame.sentence.start <= MAX_HEAD_CHARS and held is not None:
            return _dated(frame, congress, (timex,), congress.end)
    return None


def _dated(frame: Frame, congress: _Congress, timexes: tuple[Timex, ...], end: int) -> Dating | None:
    """The value of the one time expression that is the congress's, unless its term begins in quite another year."""
    first = min(congress.start, congress.holder_start)
    try:
        dating = date_of(replace(frame, timexes=timexes, start=first, end=end), span_allowed=True, count_allowed=False)
    except NotAClaimError:
        return None
    term = _first_year_of_term(frame, congress)
    year, first_year = first_date(dating.value).year, first_date(term.value).year if term else None
    if year is not None and first_year is not None and abs(year - first_year) > MAX_YEARS_FROM_TERM:
        return None
    return dating


def _first_year_of_term(frame: Frame, congress: _Congress) -> Dating | None:
    """«Đại hội …, nhiệm kỳ 2021-2026 của Hội hữu nghị …»: an association's term begins with its congress."""
    if congress.is_party:
        return None
    for timex in frame.timexes:
        if _is_term(timex) and congress.start <= timex.start and timex.end <= congress.end:
            assert timex.value is not None  # noqa: S101 - a term has its years
            return Dating(first_date(timex.value), "range", timex.start, timex.end, TERM_YEAR_CONFIDENCE)
    return None
