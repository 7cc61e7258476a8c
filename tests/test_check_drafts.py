"""Drafts by people who had not seen the checker, against the shipped data: the planted errors, and no other."""

import csv
from pathlib import Path

import pytest

from app.checking.checks import check
from app.graph.snapshots import open_snapshot
from extractors.readers import read_path

DRAFTS = Path(__file__).parent / "drafts"
KINDS = {
    "date": {"date-contradicted"},
    "count": {"count-mismatch"},
    "anniversary": {"anniversary-number"},
    "weekday": {"weekday-mismatch"},
    "partnership": {"partnership-level", "date-contradicted"},
    "state-name": {"name-outdated", "name-premature"},
}


SECOND = DRAFTS / "second"
# What is planted there and not found: lines of tables, a name without a date beside a paragraph of the past, the pair
# of a mediator, a passive without its states, and a number in letters behind a comma.
MISSED = {
    "03-truong-dai-hoc-praha.md",
    "12-bang-asean-noi-bo.md",
    "25-iran-a-rap-xe-ut.md",
    "33-bang-doi-tac.md",
    "45-brunei-ba-muoi-nam.md",
    "46-caricom-cuba.md",
}


def rows(folder=DRAFTS):
    """The rows of expected.csv: of a clean draft, only its file."""
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PLANTED = [pytest.param(row, id=row["file"].removesuffix(".md")) for row in rows() if row["kind"]]
CLEAN = [pytest.param(row["file"], id=row["file"].removesuffix(".md")) for row in rows() if not row["kind"]]
FOUND_IN_SECOND = [
    pytest.param(row, id=row["file"].removesuffix(".md"))
    for row in rows(SECOND)
    if row["kind"] and row["file"] not in MISSED
]
SILENT_IN_SECOND = [
    pytest.param(row["file"], id=row["file"].removesuffix(".md"))
    for row in rows(SECOND)
    if not row["kind"] or row["file"] in MISSED
]


@pytest.fixture(scope="module")
def checked(shipped_store):
    """The findings of a draft by its file name, with its text."""
    store = open_snapshot(shipped_store).store()

    def of(name, folder=DRAFTS):
        (article,) = read_path(folder / name)
        return article.text, check(article, store)

    return of


@pytest.mark.parametrize("row", PLANTED)
def test_the_planted_error_is_found_and_nothing_else(checked, row):
    judge(row, *checked(row["file"]))


@pytest.mark.parametrize("row", FOUND_IN_SECOND)
def test_the_planted_error_of_the_second_set_is_found(checked, row):
    judge(row, *checked(row["file"], SECOND))


def judge(row, text, findings):
    """The one finding is of the kind that was planted, at its place, with evidence."""
    (one,) = findings
    start = text.index(row["quote"])
    assert one.kind in KINDS[row["kind"]]
    assert one.severity in ("error", "warning")
    assert one.start < start + len(row["quote"])
    assert start < one.end
    assert one.evidence


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_draft_has_no_finding(checked, name):
    assert checked(name)[1] == ()


@pytest.mark.parametrize("name", SILENT_IN_SECOND)
def test_no_false_alarm_in_the_second_set(checked, name):
    assert checked(name, SECOND)[1] == ()


def test_the_set_is_what_its_readme_says():
    assert (len(PLANTED), len(CLEAN)) == (30, 30)
    assert (len(FOUND_IN_SECOND), len(SILENT_IN_SECOND), len(MISSED)) == (18, 30, 6)
    assert {row["kind"] for row in rows() if row["kind"]} == KINDS.keys()
