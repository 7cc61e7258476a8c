"""Sixty drafts by someone who had not seen the checker, against the shipped data: each planted error, and no other."""

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


def rows():
    """The rows of expected.csv: of a clean draft, only its file."""
    with (DRAFTS / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PLANTED = [pytest.param(row, id=row["file"].removesuffix(".md")) for row in rows() if row["kind"]]
CLEAN = [pytest.param(row["file"], id=row["file"].removesuffix(".md")) for row in rows() if not row["kind"]]


@pytest.fixture(scope="module")
def checked(shipped_store):
    """The findings of a draft by its file name, with its text."""
    store = open_snapshot(shipped_store).store()

    def of(name):
        (article,) = read_path(DRAFTS / name)
        return article.text, check(article, store)

    return of


@pytest.mark.parametrize("row", PLANTED)
def test_the_planted_error_is_found_and_nothing_else(checked, row):
    text, findings = checked(row["file"])
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


def test_the_set_is_what_its_readme_says():
    assert (len(PLANTED), len(CLEAN)) == (30, 30)
    assert {row["kind"] for row in rows() if row["kind"]} == KINDS.keys()
