"""Rows of an answer as pictures: dates as dots over their years, numbers as bars beside their names.

A picture is offered where the rows have what it needs. Sizes are in units of the picture, which is drawn as wide as the
page lets it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.web.sparql_results import Cell, Row, Table

WIDTH = 920.0
AXIS_HEIGHT = 30.0
NAMES_WIDTH = 270.0
BAR_HEIGHT = 18.0
LANE_HEIGHT = 26.0
RADIUS = 4.5
_MARGIN = 24.0
_PITCH = 11.0
_MOST_HEIGHT = 440.0
_MOST_DOTS = 500
_MOST_TICKS = 9
_MOST_BARS = 60
_VALUES_WIDTH = 90.0
_LEAST_SPAN = 1e-9
_NAME_CHARACTERS = 38
_TITLE_CHARACTERS = 80
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000)


@dataclass(frozen=True, slots=True)
class Dot:
    """One row; `text` says what it is and when."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis."""

    year: int
    x: float


@dataclass(frozen=True, slots=True)
class Dots:
    """Rows by the dates of a column: each dot stands on those of the same `step` years.

    `drawn` of `count` rows have a dot; the others have no year there, or no room.
    """

    column: str
    step: int
    height: float
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    count: int

    @property
    def drawn(self) -> int:
        """How many rows have a dot."""
        return len(self.dots)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: from `x` on, so wide; `name` is cut to the room there is, `text` is not."""

    name: str
    text: str
    value: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows by the numbers of a column; `names` is the column that says what they are of."""

    names: str
    column: str
    height: float
    zero: float
    bars: tuple[Bar, ...]
    count: int

    @property
    def drawn(self) -> int:
        """How many rows have a bar."""
        return len(self.bars)


def dots_of(table: Table) -> Dots | None:
    """The rows over their years; None where no column has dates with years."""
    column = next((place for place in range(len(table.columns)) if _has_years(table.rows, place)), None)
    if column is None:
        return None
    name = _column_of_names(table, without=column)
    dated = [(cell.year, row) for row in table.rows if (cell := row[column]) and cell.year is not None][:_MOST_DOTS]
    years = [year for year, _ in dated]
    scale = _Years(min(years), max(years))
    tallest = max(Counter(map(scale.column, years)).values())
    pitch = min(_PITCH, _MOST_HEIGHT / tallest)
    floor = _PITCH + pitch * tallest
    stacked: Counter[int] = Counter()
    dots = []
    for year, row in dated:
        place = scale.column(year)
        y = floor - pitch * stacked[place] - _PITCH / 2
        stacked[place] += 1
        dots.append(Dot(scale.x(year), y, _title(row, name, column)))
    ticks = scale.ticks()
    return Dots(table.columns[column], scale.step, floor + AXIS_HEIGHT, tuple(dots), ticks, table.count)


def bars_of(table: Table) -> Bars | None:
    """The rows as bars; None where no column of numbers follows one of names, or there is nothing to compare."""
    column = next((place for place in range(1, len(table.columns)) if _is_numeric(table.rows, place)), None)
    if column is None:
        return None
    before = Table(table.columns[:column], table.rows, table.count)
    name = _column_of_names(before, without=column)
    if name is None:
        return None
    numbered = [
        (cell, row[name], number)
        for row in table.rows
        if (cell := row[column]) is not None and (number := cell.number) is not None
    ][:_MOST_BARS]
    if len(numbered) < 2:
        return None
    least, most = min(0.0, *(one[2] for one in numbered)), max(0.0, *(one[2] for one in numbered))
    scale = (WIDTH - NAMES_WIDTH - _VALUES_WIDTH) / max(most - least, _LEAST_SPAN)
    zero = NAMES_WIDTH - least * scale
    bars = tuple(
        Bar(
            name=_short(text, _NAME_CHARACTERS),
            text=text,
            value=cell.text,
            x=zero + min(number, 0.0) * scale,
            y=place * LANE_HEIGHT,
            width=abs(number) * scale,
        )
        for place, (cell, named, number) in enumerate(numbered)
        for text in [_short(named.text, _TITLE_CHARACTERS) if named else ""]
    )
    height = len(bars) * LANE_HEIGHT
    return Bars(table.columns[name], table.columns[column], height, zero, bars, table.count)


class _Years:
    """Years to columns of one or more of them, as many as there is room for."""

    def __init__(self, first: int, last: int) -> None:
        room = WIDTH - 2 * _MARGIN
        self.step = next(step for step in _STEPS if (last - first) / step + 2 <= room / _PITCH)
        self._first = first // self.step * self.step
        self._last = last
        self._width = room / (self.column(last) + 1)

    def column(self, year: int) -> int:
        return (year - self._first) // self.step

    def x(self, year: int) -> float:
        return _MARGIN + (self.column(year) + 0.5) * self._width

    def ticks(self) -> tuple[Tick, ...]:
        span = self._last - self._first
        apart = next(step for step in _STEPS if step >= self.step and span / step <= _MOST_TICKS)
        first = -(-self._first // apart) * apart
        return tuple(Tick(year, self.x(year)) for year in range(first, self._last + 1, apart))


def _column_of_names(table: Table, *, without: int) -> int | None:
    """The column that says what a row is: the first of texts, else the first at all."""
    places = [place for place in range(len(table.columns)) if place != without]
    return next((place for place in places if _is_text(table.rows, place)), places[0] if places else None)


def _has_years(rows: Sequence[Row], place: int) -> bool:
    return any(cell is not None and cell.year is not None for cell in _cells(rows, place))


def _is_numeric(rows: Sequence[Row], place: int) -> bool:
    found = _cells(rows, place)
    return bool(found) and all(cell.number is not None for cell in found)


def _is_text(rows: Sequence[Row], place: int) -> bool:
    found = _cells(rows, place)
    return bool(found) and all(cell.number is None and cell.year is None and not cell.is_name for cell in found)


def _cells(rows: Sequence[Row], place: int) -> list[Cell]:
    return [cell for row in rows if (cell := row[place]) is not None]


def _title(row: Row, name: int | None, column: int) -> str:
    cells = (row[place] for place in (name, column) if place is not None)
    return ", ".join(_short(cell.text, _TITLE_CHARACTERS) for cell in cells if cell is not None)


def _short(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[: characters - 1]}…"
