"""What a command is given by cli.py beside its arguments: nothing here reads the clock or the environment."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:  # settings take a quarter of a second to import, and `extract` needs none
    from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """The day in Hà Nội, and the settings of the environment with options laid over them."""

    today: dt.date
    settings: "Callable[..., Settings]"


ContextArgument = Annotated[Context, Parameter(parse=False)]
