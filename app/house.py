"""Who we are: the name under which we publish, the version of the program, and whose day it is."""

import datetime as dt
from importlib.metadata import version
from zoneinfo import ZoneInfo

PUBLISHER = "banggiao"
"""Publisher of the articles of data/articles: they retell curated facts, are evidence with quotes, but no voice."""
VERSION = version("banggiao")
"""The version of pyproject.toml."""

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def day_in_hanoi(moment: dt.datetime) -> dt.date:
    """The day that it is in Hà Nội at a moment, which says its time zone."""
    return clock_in_hanoi(moment).date()


def clock_in_hanoi(moment: dt.datetime) -> dt.datetime:
    """The same moment by the clocks of Hà Nội."""
    return moment.astimezone(_ZONE)


def start_of_day(day: dt.date) -> dt.datetime:
    """The moment (UTC) at which a day begins in Hà Nội."""
    return dt.datetime.combine(day, dt.time(), _ZONE).astimezone(dt.UTC)
