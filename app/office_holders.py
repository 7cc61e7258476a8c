"""Who held an office at a time, from the days on which articles say so. Pure: offices in, answers out."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from app.errors import BadRequestError
from app.graph.offices import Office, OfficeKind, read_offices
from app.graph.readmodel import OfficeView
from extractors.dates import DateError, parse_partial_date


@dataclass(frozen=True, slots=True)
class Holding:
    """That someone held an office at a time: seen in it on `days` of that time, or (`is_inferred`) before and after.

    Inferred: on the first and the last of `days` and on none between them, and nobody else was seen in it from the
    first to the last.
    """

    office: OfficeView
    days: tuple[dt.date, ...]
    is_inferred: bool


def holders(offices: Iterable[OfficeView], first: dt.date, last: dt.date) -> tuple[Holding, ...]:
    """Who held which of some offices at a time from `first` to `last`, in the order given.

    All that is known of an office must be among them, or others who held it are not seen.
    """
    known = tuple(offices)
    found = (_holding(one, known, first, last) for one in known)
    return tuple(holding for holding in found if holding is not None)


def parse_asked_time(text: str, name: str) -> tuple[dt.date, dt.date]:
    """The first and last day of a day, month or year that a user typed as the parameter `name`: `2022-05`.

    Raises:
        BadRequestError: it is none; names the parameter.

    """
    try:
        date = parse_partial_date(text.strip())
        if date.is_yearly:
            raise BadRequestError(
                f"{name}: «{text}» has no year: write a day (2022-05-13), a month (2022-05) or a year."
            )
    except DateError as error:
        raise BadRequestError(
            f"{name}: «{text}» is no time: write a day (2022-05-13), a month (2022-05) or a year (2022)."
        ) from error
    return date.earliest, date.latest


def parse_asked_office(text: str) -> Office:
    """The office that a user names: a kind (`ambassador`) or words of a role («Đại sứ tại Việt Nam»).

    Raises:
        BadRequestError: the words name no office.

    """
    kind = text.strip().lower()
    if kind in get_args(OfficeKind):
        return Office(kind)  # type: ignore[arg-type]  # just checked
    stated = read_offices(text)
    if not stated:
        raise BadRequestError(f"role: «{text}» is no office: write one (đại sứ, bộ trưởng ngoại giao) or its kind.")
    return stated[0].office


def is_office(view: OfficeView, asked: Office) -> bool:
    """Whether an office is of the kind that is asked for, and in the host state and the field if those are given."""
    same_host = not asked.host or asked.host == view.host
    return view.kind == asked.kind and same_host and (not asked.field or asked.field == view.field)


def _holding(one: OfficeView, known: Iterable[OfficeView], first: dt.date, last: dt.date) -> Holding | None:
    inside = tuple(day for day in one.days if first <= day <= last)
    if inside:
        return Holding(one, inside, is_inferred=False)
    before = [day for day in one.days if day < first]
    after = [day for day in one.days if day > last]
    if not before or not after:
        return None
    start, end = before[-1], after[0]
    others = (other for other in known if other.office == one.office and other.person != one.person)
    is_taken = any(start <= day <= end for other in others for day in other.days)
    return None if is_taken else Holding(one, (start, end), is_inferred=True)
