"""With how many states a state had ties, year by year, as a picture: a line that steps where the number changes.

Sizes are in units of the picture, which is drawn as wide as the page lets it. What is behind the numbers is said in
app/partners.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH = 920.0
HEIGHT = 278.0
LEFT = 54.0
RIGHT = 18.0
TOP = 16.0
BOTTOM = 38.0
_MIN_YEARS = 10
_MOST_YEAR_TICKS = 10
_MOST_COUNT_TICKS = 5
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


@dataclass(frozen=True, slots=True)
class Step:
    """The years from `first` to `last`, at whose ends the number was the same."""

    first: int
    last: int
    count: int
    x: float
    width: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A year or a number on its axis, and where it is."""

    value: int
    place: float


@dataclass(frozen=True, slots=True)
class PartnerChart:
    """The picture; `line` and `area` are paths of SVG."""

    steps: tuple[Step, ...]
    line: str
    area: str
    years: tuple[Tick, ...]
    counts: tuple[Tick, ...]


def partner_chart(counts: Sequence[tuple[int, int]], this_year: int) -> PartnerChart | None:
    """The picture of some years and the number from each of them on; None where there is no more than one change."""
    if len(counts) < 2:
        return None
    first, end = counts[0][0], max(this_year, counts[-1][0]) + 1
    first = min(first, end - _MIN_YEARS)
    most = max(count for _, count in counts)

    def x(year: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (year - first) / (end - first), 1)

    def y(count: int) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * count / most, 1)

    steps = tuple(
        Step(year, following - 1, count, x(year), round(x(following) - x(year), 1), y(count))
        for (year, count), (following, _) in pairwise([*counts, (end, 0)])
    )
    drawn = "".join(f"V{step.y}H{round(step.x + step.width, 1)}" for step in steps)
    start = f"M{steps[0].x} {y(0)}"
    return PartnerChart(
        steps=steps,
        line=start + drawn,
        area=f"{start}{drawn}V{y(0)}Z",
        years=tuple(Tick(year, x(year)) for year in _round_numbers(first, end, _MOST_YEAR_TICKS)),
        counts=tuple(Tick(count, y(count)) for count in _round_numbers(0, most, _MOST_COUNT_TICKS)),
    )


def _round_numbers(first: int, last: int, most: int) -> range:
    """Numbers from one to another that are round and not too many."""
    step = next((step for step in _STEPS if (last - first) / step <= most), _STEPS[-1])
    return range(-(-first // step) * step, last + 1, step)
