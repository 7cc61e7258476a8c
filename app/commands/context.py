"""What a command is given by cli.py beside its arguments: nothing here reads the clock or the environment."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from app.house import day_in_hanoi

if TYPE_CHECKING:  # settings take a quarter of a second to import, and `extract` needs none
    from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """The moment, and the settings of the environment with options laid over them.

    `now` is when the command began; one that runs for days asks `clock`.
    """

    now: dt.datetime
    settings: "Callable[..., Settings]"
    clock: Callable[[], dt.datetime]

    @property
    def today(self) -> dt.date:
        """The day that it is in Hà Nội."""
        return day_in_hanoi(self.now)


ContextArgument = Annotated[Context, Parameter(parse=False)]
