"""`banggiao check` and POST /api/check over the shipped data: shapes, exit statuses, and drafts as a newsroom has them."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from checking_world import findings
from test_http_pairs import assert_problem

from app.checking.checks import is_clean
from app.cli import run

DRAFTS = Path(__file__).parent / "drafts"
WRONG = "Ngày 21/9/1978, Việt Nam và Nhật Bản thiết lập quan hệ ngoại giao."
CLEAN = "Ngày 21/9/1973, Việt Nam và Nhật Bản thiết lập quan hệ ngoại giao."


def expected():
    """The findings wanted of each draft: kind and quote, or none."""
    with (DRAFTS / "own-findings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_draft = {path.name: [] for path in sorted(DRAFTS.glob("own-*.txt"))}
    for row in rows:
        by_draft[row["draft"]].append((row["severity"], row["kind"], row["quote"]))
    return by_draft


@pytest.mark.parametrize("name", sorted(expected()))
def test_a_draft(service, name):
    text = (DRAFTS / name).read_text(encoding="utf-8")
    published = next(line.removeprefix("Ngày đăng: ") for line in text.splitlines() if line.startswith("Ngày đăng: "))
    items = service.post("/api/check", json={"text": text, "published": published}).json()["items"]
    assert [(one["severity"], one["kind"], one["quote"]) for one in items] == expected()[name]


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        pytest.param(json.dumps({"text": WRONG}).encode(), "application/json", id="JSON"),
        pytest.param(
            json.dumps({"text": WRONG, "published": None, "title": "Tin", "url": "https://example.org/tin"}).encode(),
            "application/json",
            id="JSON with all fields",
        ),
        pytest.param(WRONG.encode(), "text/plain", id="plain text"),
        pytest.param(
            f"<html><body><article><h1>Tin</h1><p>{WRONG}</p></article></body></html>".encode(), "text/html", id="HTML"
        ),
    ],
)
def test_every_kind_of_body(service, body, media_type):
    response = service.post("/api/check", content=body, headers={"Content-Type": media_type})
    assert response.status_code == 200
    (item,) = response.json()["items"]
    assert item.keys() == {"start", "end", "quote", "severity", "kind", "reason", "suggestion", "evidence"}
    assert (item["severity"], item["kind"], item["quote"], item["suggestion"]) == (
        "error",
        "date-contradicted",
        "21/9/1978",
        "21/9/1973",
    )
    assert item["reason"].keys() == {"vi", "en"}


def test_the_evidence_is_the_event_with_who_says_so(service):
    (item,) = service.post("/api/check", json={"text": WRONG}).json()["items"]
    (evidence,) = item["evidence"]
    event = service.get("/api/events/established-JP-VN").json()
    assert (evidence["kind"], evidence["event"], evidence["date"]) == ("event", event["id"], event["date"])
    assert evidence["sources"] == event["sources"]
    assert any(source["url"] for source in evidence["sources"])


def test_offsets_count_code_points_of_the_text_sent(service):
    text = "😀 " + WRONG
    (item,) = service.post("/api/check", json={"text": text}).json()["items"]
    assert text[item["start"] : item["end"]] == item["quote"] == "21/9/1978"


def test_a_clean_text_has_an_empty_list(service):
    assert service.post("/api/check", json={"text": CLEAN}).json() == {"items": []}


def test_an_empty_graph_still_knows_the_calendar(empty_service):
    text = f"{WRONG} Thứ Hai, ngày 23/9/1992, lễ ký diễn ra."
    items = empty_service.post("/api/check", json={"text": text}).json()["items"]
    assert [one["kind"] for one in items] == ["weekday-mismatch"]


def test_nothing_is_stored(empty_service):
    empty_service.post("/api/check", json={"text": WRONG})
    assert empty_service.get("/health").json()["articles"] == 0


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        pytest.param(b"{", "application/json", 400, id="broken JSON"),
        pytest.param(b"{}", "application/json", 400, id="no text"),
        pytest.param(b"x", "application/pdf", 415, id="another kind"),
        pytest.param(b"x" * 20_001, "text/plain", 413, id="too large"),
    ],
)
def test_what_cannot_be_checked_is_a_problem(empty_service, body, media_type, status):
    response = empty_service.post("/api/check", content=body, headers={"Content-Type": media_type})
    assert_problem(response, status)


def check(shipped_store, *arguments):
    return run(["check", *map(str, arguments), "--store", str(shipped_store)])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def test_the_status_tells_whether_something_is_wrong(shipped_store, folder, capsys):
    assert check(shipped_store, folder / "clean.txt") == 0
    assert check(shipped_store, folder / "wrong.txt") == 1
    assert check(shipped_store, folder / "clean.txt", folder / "wrong.txt") == 1
    capsys.readouterr()


def test_a_dispute_is_no_fault():
    text = "Việt Nam và Campuchia thiết lập quan hệ ngoại giao ngày 8/6/1967."
    disputed = findings(text)
    assert [one.severity for one in disputed] == ["info"]
    assert is_clean(disputed)
    assert not is_clean(findings(WRONG))


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "table"])
def test_every_format(shipped_store, folder, capsys, form):
    assert check(shipped_store, folder / "wrong.txt", folder / "clean.txt", "--format", form) == 1
    out = capsys.readouterr().out
    if form == "json":
        (item,) = json.loads(out)["items"]
        assert (item["doc"], item["quote"]) == ("wrong", "21/9/1978")
    elif form == "jsonl":
        assert json.loads(out)["suggestion"] == "21/9/1973"
    elif form == "csv":
        (row,) = csv.DictReader(io.StringIO(out))
        assert (row["doc"], row["start"], row["kind"]) == ("wrong", "5", "date-contradicted")
    else:
        assert "21/9/1973" in out
        assert "1:6" in out


def test_the_command_line_answers_what_the_service_answers(shipped_store, service, folder, capsys):
    check(shipped_store, folder / "wrong.txt", "--format", "json")
    items = json.loads(capsys.readouterr().out)["items"]
    answered = service.post("/api/check", json={"text": WRONG}).json()["items"]
    assert [{key: value for key, value in item.items() if key != "doc"} for item in items] == answered


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param(WRONG, 1, id="plain text"),
        pytest.param(f"<html><body><article><p>{WRONG}</p></article></body></html>", 1, id="a page"),
        pytest.param(CLEAN, 0, id="clean"),
    ],
)
def test_the_standard_input(shipped_store, capsys, monkeypatch, text, status):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8"))))
    assert check(shipped_store, "-", "--format", "json") == status
    assert [item["quote"] for item in json.loads(capsys.readouterr().out)["items"]] == ["21/9/1978"] * status


def test_the_publication_date_is_an_option(shipped_store, tmp_path, capsys):
    text = "Lễ kỷ niệm 30 năm thiết lập quan hệ ngoại giao Việt Nam – Azerbaijan đã diễn ra tại Hà Nội."
    (tmp_path / "draft.txt").write_text(text, encoding="utf-8")
    assert check(shipped_store, tmp_path / "draft.txt") == 0
    assert check(shipped_store, tmp_path / "draft.txt", "--published", "20/9/2023") == 1
    assert "31 năm" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        pytest.param([], 2, "give at least one file", id="no draft"),
        pytest.param(["draft.txt", "--published", "30/2/2024"], 2, "30/2/2024", id="an impossible day"),
        pytest.param(["not-there.txt"], 1, "no such file", id="a file that is not there"),
    ],
)
def test_wrong_usage_and_unreadable_drafts(shipped_store, tmp_path, monkeypatch, capsys, arguments, status, words):
    (tmp_path / "draft.txt").write_text(CLEAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert check(shipped_store, *arguments) == status
    assert words in capsys.readouterr().err
