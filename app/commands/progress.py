"""How far a long ingest is: a bar on a terminal, a line now and then elsewhere if asked for."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from app.ingest import Tally
from app.inputs import Position

_LINE_EVERY_S = 10.0
_BAR_EVERY_S = 0.1

OnProgress: TypeAlias = Callable[[Tally], None]


def is_shown(is_wanted: bool | None) -> bool:
    """Whether progress is to be shown: as asked for, and where nobody asked, on a terminal."""
    return sys.stderr.isatty() if is_wanted is None else is_wanted


@contextmanager
def show_progress(position: Position | None, monotonic: Callable[[], float]) -> Iterator[OnProgress]:
    """Give what to call after each input; without a position, it shows nothing."""
    if position is None:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar(position, monotonic) as on_progress:
            yield on_progress
    else:
        yield _Throttled(lambda tally, seconds: _print_line(position, tally, seconds), _LINE_EVERY_S, monotonic)


class _Throttled:
    """Passes on the counts, with the seconds since the start, but not more often than every so many seconds."""

    def __init__(self, show: Callable[[Tally, float], None], every_s: float, monotonic: Callable[[], float]) -> None:
        self._show = show
        self._every_s = every_s
        self._monotonic = monotonic
        self._started_s = self._shown_s = monotonic()

    def __call__(self, tally: Tally) -> None:
        now_s = self._monotonic()
        if now_s - self._shown_s >= self._every_s:
            self._shown_s = now_s
            self._show(tally, now_s - self._started_s)


@contextmanager
def _bar(position: Position, monotonic: Callable[[], float]) -> Iterator[OnProgress]:
    # rich is needed on a terminal only
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        # without any file there is nothing to measure the way by: the bar only shows that work goes on
        task = progress.add_task("…", total=position.total_bytes or None)

        def show(tally: Tally, seconds: float) -> None:
            progress.update(task, completed=position.done_bytes, description=summary_of(tally, seconds))

        yield _Throttled(show, _BAR_EVERY_S, monotonic)


def summary_of(tally: Tally, seconds: float) -> str:
    """The counts in a few words, with the rate."""
    rate = f", {tally.inputs / seconds:,.0f}/s" if seconds > 0 else ""
    inputs = f"{tally.inputs:,} inputs ({tally.skipped:,} known, {tally.refused:,} refused)"
    return f"{inputs}, {tally.claims:,} claims, {tally.rejections:,} left out{rate}"


def seconds_left(position: Position, seconds: float) -> float | None:
    """What is left at the pace so far, by the bytes of the files; None where it cannot be told."""
    done = position.done_bytes
    return seconds * (position.total_bytes - done) / done if done and position.total_bytes else None


def _print_line(position: Position, tally: Tally, seconds: float) -> None:
    left_s = seconds_left(position, seconds)
    left = "" if left_s is None else f", {left_s:,.0f} s left"
    print(f"{summary_of(tally, seconds)}{left}", file=sys.stderr, flush=True)
