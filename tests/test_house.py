"""Who we are: whose day it is, and which version."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from app.cli import run
from app.house import VERSION, day_in_hanoi

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param("2026-11-21T16:59:59+00:00", "2026-11-21", id="the last second of the day"),
        pytest.param("2026-11-21T17:00:00+00:00", "2026-11-22", id="midnight in Hà Nội"),
        pytest.param("2026-12-31T23:00:00-08:00", "2027-01-01", id="seen from the west, across a new year"),
        pytest.param("2026-11-21T00:30:00+09:00", "2026-11-20", id="seen from the east"),
    ],
)
def test_the_day_in_hanoi(moment: str, day: str) -> None:
    assert str(day_in_hanoi(dt.datetime.fromisoformat(moment))) == day


def test_there_is_one_version(service, capsys) -> None:  # type: ignore[no-untyped-def]  # fixtures
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert service.get("/openapi.json").json()["info"]["version"] == VERSION
    run(["--version"])
    assert VERSION in capsys.readouterr().out
