"""The same fact said twice in one article is one claim: the most precise, then the surest."""

from collections.abc import Sequence

from extractors.dates import first_date
from extractors.records import Claim, Rejection

# Two states may sign or found several things on one day.
_NAMED = ("agreement", "founded")
_PERSONAL = ("birth", "term")


def drop_repeated(claims: Sequence[Claim]) -> tuple[tuple[Claim, ...], tuple[Rejection, ...]]:
    """Claims without those that another one says as well or more precisely, and these as rejections.

    Two different dates for one fact both stay: an article may contradict itself, and the reader must see it.
    """
    ranked = sorted(
        range(len(claims)),
        key=lambda place: (len(str(first_date(claims[place].date))), claims[place].confidence),
        reverse=True,
    )
    kept: list[int] = []
    rejections = []
    for place in ranked:
        better = next((claims[other] for other in kept if _says_as_much(claims[other], claims[place])), None)
        if better is None:
            kept.append(place)
            continue
        claim = claims[place]
        reason = f"said at {better.start} as well or more precisely ({better.date})"
        rejections.append(Rejection(claim.type, reason, claim.quote, claim.start, claim.end))
    return tuple(claims[place] for place in sorted(kept)), tuple(rejections)


def _says_as_much(better: Claim, claim: Claim) -> bool:
    same = (
        better.type == claim.type
        and better.countries == claim.countries
        and better.level == claim.level
        and (better.from_country, better.to_country) == (claim.from_country, claim.to_country)
    )
    if not same or (better.type in _PERSONAL and better.person != claim.person):
        return False
    if better.type in _NAMED and not _is_part(claim.name, better.name):
        return False
    if better.type == "commemoration":
        return str(better.date) == str(claim.date)
    return first_date(claim.date).contains(first_date(better.date))


def _is_part(name: str | None, other: str | None) -> bool:
    """Whether one of two names is the other, or begins it: «Hiệp ước», «Hiệp ước Hữu nghị»."""
    one, two = (name or "").casefold(), (other or "").casefold()
    return one.startswith(two) or two.startswith(one)
