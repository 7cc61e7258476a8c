"""Lists of visitors, each with the date of the visit: «các chuyến thăm của <leader> năm 1994, <leader> (5/2002) …»."""

from bisect import bisect_left

from extractors.claims.anniversaries import CONFIDENCE
from extractors.claims.dating import with_list
from extractors.claims.frames import Dating, Frame
from extractors.claims.leaders import Leader, find_leaders
from extractors.timexes import Timex
from extractors.wordlists import pattern

_OWN_DATE = pattern(r"\s?\(?(?:{}\s)?", "date-lead")
_NEXT = pattern(r"\)?(?:,|;|\s{}|,\s{})\s(?:\S+\s){0,6}?", "pair-conjunction", "pair-conjunction")


def listed_visitors(frame: Frame, first: Leader) -> tuple[tuple[Leader, Dating], ...]:
    """Who is listed with `first`, each with the dates right behind; nothing where only one is so dated."""
    leaders = find_leaders(frame)
    place = bisect_left([leader.start for leader in leaders], first.start)
    run: list[tuple[Leader, Dating]] = []
    end = first.start
    for leader in leaders[place:]:
        timex = _own_date(frame, leader)
        if timex is None or timex.value is None:
            break
        if run and (
            _NEXT.fullmatch(frame.text, end, leader.start) is None or frame.triggers_between(end, leader.start)
        ):
            break
        dating = Dating(timex.value, "explicit", timex.start, timex.end, CONFIDENCE["explicit"])
        dates = with_list(frame, dating)
        run += [(leader, each) for each in dates]
        end = dates[-1].end
    return tuple(run) if len({leader for leader, _ in run}) > 1 else ()


def _own_date(frame: Frame, leader: Leader) -> Timex | None:
    """The date right behind a leader's name: «Tổng thống Fidel Ramos (3/1994)», «… vào tháng 9/2016»."""
    return next(
        (
            timex
            for timex in frame.timexes
            if timex.start >= leader.end and _OWN_DATE.fullmatch(frame.text, leader.end, timex.start)
        ),
        None,
    )


def _goes_on(frame: Frame, end: int, start: int) -> bool:
    """Whether only a joint of the list stands between a date and the next visitor."""
    return _NEXT.fullmatch(frame.text, end, start) is not None and not frame.triggers_between(end, start)
