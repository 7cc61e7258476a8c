"""The command line as a process: what it prints, its exit statuses, and every kind of bad input."""

import csv
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import _COMMANDS, run

TEXT = "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao ngày 23/9/1992."
ROOT = Path(__file__).resolve().parent.parent
COMMANDS = [path.partition(":")[2] for path, _, _ in _COMMANDS]
DONE, SOME_FAILED, WRONG_USAGE = 0, 1, 2


def environment_of(**settings):
    """The environment of a process: this one's without its settings, with the checkout importable."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BANGGIAO_")}
    return clean | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", **settings}


def banggiao(*arguments, cwd=None, given=None, **settings):
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", *map(str, arguments)],
        cwd=cwd,
        input=given,
        capture_output=True,
        timeout=120,
        env=environment_of(**settings),
        check=False,
    )


def run_here(arguments):
    """Run the command line in this process, where a process of its own would show no more; its exit status."""
    status = run(arguments)
    sys.stdout.flush()
    return status


def out(run):
    return run.stdout.decode("utf-8")


def err(run):
    return run.stderr.decode("utf-8")


@pytest.fixture(autouse=True)
def _no_settings_in_the_environment(monkeypatch):
    for name in [name for name in os.environ if name.startswith("BANGGIAO_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(capsys, command):
    assert run_here([command, "--help"]) == DONE
    assert f"Example: banggiao {command}" in capsys.readouterr().out


@pytest.fixture(scope="module")
def example_folder(shipped_store, tmp_path_factory):
    """A folder in which the examples of the help can be tried: news, the ontology of the checkout, a store."""
    folder = tmp_path_factory.mktemp("examples")
    (folder / "news").mkdir()
    (folder / "news" / "tin.txt").write_text(TEXT, encoding="utf-8")
    (folder / "ontology").symlink_to(ROOT / "ontology", target_is_directory=True)
    shutil.copytree(shipped_store, folder / ".store")
    return folder


# These run until their client ends them: see test_serving.py and test_assistants.py.
_LASTING = {"serving:serve", "assistants:mcp"}


@pytest.mark.parametrize("example", [example for path, _, example in _COMMANDS if path not in _LASTING])
def test_every_example_of_the_help_runs(example_folder, monkeypatch, capfd, example):
    monkeypatch.chdir(example_folder)
    assert run_here(shlex.split(example)) == DONE
    assert capfd.readouterr().err == ""


def test_help_lists_every_command():
    text = out(banggiao("--help"))
    assert [command for command in COMMANDS if command not in text] == []


def test_extract_prints_the_contract_one_object_an_article(tmp_path):
    (tmp_path / "tin.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "hai.jsonl").write_text("".join(json.dumps({"id": f"r{n}", "text": TEXT}) + "\n" for n in range(2)))
    run = banggiao("extract", tmp_path)
    articles = [json.loads(line) for line in out(run).splitlines()]
    assert (run.returncode, err(run)) == (DONE, "")
    assert [one["doc"] for one in articles] == ["r0", "r1", "tin"]
    claim = articles[2]["claims"][0]
    assert (claim["type"], claim["countries"], claim["date"]) == ("established", ["AZ", "VN"], "1992-09-23")
    assert TEXT[claim["start"] : claim["end"]] == claim["quote"]


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "table"])
def test_extract_in_every_format(tmp_path, form):
    (tmp_path / "tin.txt").write_text(TEXT, encoding="utf-8")
    run = banggiao("extract", tmp_path, "--format", form)
    assert run.returncode == DONE
    assert "1992-09-23" in out(run)


def test_publication_dates_from_the_manifest_come_before_the_one_for_all(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.md").write_text(f"---\npublished: 2020-01-01\n---\n{TEXT}\n", encoding="utf-8")
    (tmp_path / "c.txt").unlink()
    manifest = tmp_path / "manifest.json"
    manifest.write_text('[{"id": "a", "published": "2024-11-22"}, {"id": "b", "published": null}]')
    run = banggiao("extract", *sorted(tmp_path.glob("?.*")), "--manifest", manifest, "--published", "1/2/2025")
    days = {one["doc"]: one["published"] for one in map(json.loads, out(run).splitlines())}
    assert days == {"a": "2024-11-22", "b": "2025-02-01", "c": "2020-01-01"}


BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", ""),
    "picture.txt": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", ""),
    "zeros.txt": (b"Vi\x00t Nam", ""),
    "broken.txt": ("Việt Nam".encode()[:-5] + b"\xe1\xbb", "byte"),
    "front.md": (b"---\ntitle: [\n---\ntext\n", ""),
    "page.html": (b"<html><body></body></html>", ""),
    "lines.jsonl": (b'{"id": "x", "text": \n', "not JSON"),
    "list.jsonl": (b"[1, 2]\n", "object"),
    "textless.jsonl": (b'{"id": "y"}\n', "text"),
    "day.jsonl": (b'{"id": "z", "text": "a", "published": "31/02/1990"}\n', "31/02/1990"),
    "month.jsonl": (b'{"id": "w", "text": "a", "published": "23/13/1992"}\n', "23/13/1992"),
    "program.exe": (b"MZ", "kind"),
}


@pytest.fixture(scope="module", params=["extract", "ingest"])
def run_on_bad_files(request, tmp_path_factory):
    """A command run on a folder of all bad files and one good one."""
    folder = tmp_path_factory.mktemp(request.param)
    for name, (content, _) in BAD_FILES.items():
        (folder / name).write_bytes(content)
    (folder / "tin.txt").write_text(TEXT, encoding="utf-8")
    return request.param, banggiao(request.param, folder, cwd=tmp_path_factory.mktemp("cwd"))


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_named_with_the_reason(run_on_bad_files, name):
    _, run = run_on_bad_files
    (line,) = [line for line in err(run).splitlines() if f"/{name}:" in line]
    assert BAD_FILES[name][1] in line


def test_the_rest_is_done_and_the_status_tells(run_on_bad_files):
    command, run = run_on_bad_files
    assert run.returncode == SOME_FAILED
    assert len(err(run).splitlines()) == len(BAD_FILES)
    inputs = f"{len(BAD_FILES) + 1} inputs: 1 articles (1 new"
    assert ("1992-09-23" if command == "extract" else inputs) in out(run)


def test_a_file_of_fifty_megabytes_is_refused_by_its_size(tmp_path):
    with (tmp_path / "big.txt").open("wb") as big:
        big.truncate(50_000_000)
    run = banggiao("extract", tmp_path)
    assert run.returncode == SOME_FAILED
    assert "big.txt" in err(run)
    assert "bytes" in err(run)


def test_of_many_inputs_refused_for_one_reason_the_rest_is_summed_up(tmp_path):
    for number in range(103):
        (tmp_path / f"{number}.txt").touch()
    (tmp_path / "pdf.txt").write_bytes(b"%PDF-1.7")
    run = banggiao("extract", tmp_path)
    told = err(run).splitlines()
    assert (run.returncode, len(told)) == (SOME_FAILED, 102)
    assert sum("is a PDF document" in line for line in told) == 1
    assert told[-1] == "banggiao: 3 more inputs: is empty"


def test_a_file_that_is_not_there(tmp_path):
    run = banggiao("extract", tmp_path / "none.txt")
    assert (run.returncode, out(run)) == (SOME_FAILED, "")
    assert "none.txt" in err(run)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["frobnicate"], "frobnicate", id="an unknown command"),
        pytest.param(["extract", "--frobnicate"], "--frobnicate", id="an unknown option"),
        pytest.param(["extract"], "at least one file", id="no input"),
        pytest.param(["ingest"], "at least one file", id="nothing to ingest"),
        pytest.param(["extract", "x", "--published", "31/02/1990"], "31/02/1990", id="a day that is not"),
        pytest.param(["extract", "x", "--published", "23/13/1992"], "23/13/1992", id="a month that is not"),
        pytest.param(["extract", "x", "--format", "yaml"], "yaml", id="an unknown format"),
        pytest.param(["extract", "x", "--entities", "some"], "some", id="an unknown choice"),
        pytest.param(["extract", "x", "--manifest", "none.json"], "none.json", id="no manifest"),
        pytest.param(["anniversaries", "VN"], "B", id="one state"),
        pytest.param(["anniversaries", "VN", "Azerbaijam"], "Azerbaijan", id="an unknown state"),
        pytest.param(["anniversaries", "VN", "vietnam"], "same state", id="a state with itself"),
        pytest.param(["anniversaries", "VN", "AZ", "--on", "31/02/1990"], "--on", id="--on is no day"),
        pytest.param(["anniversaries", "VN", "AZ", "--within", "-3"], "--within", id="--within is below 0"),
        pytest.param(["anniversaries", "VN", "AZ", "--within", "soon"], "--within", id="--within is no number"),
        pytest.param(["upcoming", "--country", "Atlantis"], "Atlantis", id="an unknown state to filter by"),
        pytest.param(["anniversaries", "VN", "AZ", "--within", "9999999"], "--within 9999999", id="--within too far"),
        pytest.param(["upcoming", "--days", "-5"], "--days -5: give a number of days from 0", id="days below 0"),
        pytest.param(["upcoming", "--days", "3660"], "from 0 to 3659", id="more than ten years of days"),
        pytest.param(["upcoming", "--days", "999999999999"], "--days", id="too many days"),
        pytest.param(["upcoming", "--rank", "square"], "square", id="an unknown rank"),
        pytest.param(["upcoming", "--from", "23/13/1992"], "--from", id="--from is no day"),
        pytest.param(["timeline", "VN", "AZ", "--to", "never"], "--to", id="--to is no day"),
        pytest.param(
            ["timeline", "VN", "AZ", "--from", "2027-01-01", "--to", "2026-01-01"], "before it begins", id="swapped"
        ),
        pytest.param(["timeline", "VN", "AZ", "--type", "wedding"], "wedding", id="an unknown type"),
        pytest.param(["query", "SELECT WHERE {"], "SPARQL", id="no SPARQL"),
        pytest.param(["query", "none.rq"], "none.rq", id="no such file"),
        pytest.param(["query", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"], "SERVICE", id="SERVICE"),
        pytest.param(["query", "ASK { ?s ?p ?o }", "--format", "turtle"], "turtle", id="a format that does not fit"),
        pytest.param(["serve", "--port", "99999"], "BANGGIAO_PORT", id="a port that is not"),
        pytest.param(
            ["serve", "--store", "https://me:you@example.org/sparql"], "settings of their own", id="a user in the URL"
        ),
    ],
)
def test_wrong_usage_is_told_and_ends_with_status_2(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    status = run_here(arguments)
    printed = capsys.readouterr()
    assert (status, printed.out) == (WRONG_USAGE, "")
    assert words in printed.err


def test_wrong_usage_ends_the_process_with_status_2():
    assert banggiao("anniversaries", "VN", "Azerbaijam").returncode == WRONG_USAGE


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[{]", "JSON"),
        ("17", "id"),
        ('[{"published": "2024-01-01"}]', "entry 1"),
        ('[{"id": "a", "published": "31/02/1990"}]', "31/02/1990"),
        ('{"id": "a", "published": null}\n{"id": "b", "published": "2024-13-01"}', "line 2"),
        ('[{"id": "a", "published": "2024-01-01"}, {"id": "a", "published": "2024-01-01"}]', "repeats"),
    ],
    ids=["not JSON", "no object", "no id", "no day", "in JSON Lines", "an id twice"],
)
def test_a_manifest_at_fault_is_named_with_the_place(tmp_path, capsys, content, words):
    manifest = tmp_path / "days.json"
    manifest.write_text(content)
    assert run_here(["extract", str(tmp_path), "--manifest", str(manifest)]) == WRONG_USAGE
    fault = capsys.readouterr().err
    assert "days.json" in fault
    assert words in fault


def test_a_closed_pipe_ends_quietly(tmp_path):
    lines = "".join(json.dumps({"id": f"r{n}", "text": TEXT}) + "\n" for n in range(2000))
    (tmp_path / "many.jsonl").write_text(lines)
    program = f"{sys.executable} -c 'from app.cli import main; main()' extract {tmp_path} | head -n 1"
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", program],
        env=environment_of(),
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (DONE, b"")
    assert len(run.stdout.splitlines()) == 1


def test_anniversaries_for_people_and_for_programs(shipped_store):
    arguments = ("anniversaries", "viet nam", "azerbaijan", "--on", "21/11/2026", "--store", shipped_store)
    table = out(banggiao(*arguments, "--format", "table"))
    assert "năm lẻ 5" in table
    assert "23/9/2027" in table
    answer = json.loads(out(banggiao(*arguments)))
    lines = [json.loads(line) for line in out(banggiao(*arguments, "--format", "jsonl")).splitlines()]
    rows = list(csv.DictReader(io.StringIO(out(banggiao(*arguments, "--format", "csv")))))
    assert answer["pair"]["key"] == "AZ-VN"
    assert lines == answer["items"]
    (established,) = [row for row in rows if row["id"] == "established-AZ-VN"]
    assert (established["next"], established["next_years"], established["rank"]) == ("2027-09-23", "35", "half-round")
    assert established["countries"] == "AZ VN"


def test_the_command_line_answers_what_the_service_answers(shipped_store, service):
    store = ("--store", shipped_store)
    pairs = {
        ("anniversaries", "VN", "JP", "--on", "2026-11-21"): "/api/pairs/VN/JP/anniversaries?on=2026-11-21",
        ("timeline", "VN", "JP", "--order", "desc"): "/api/pairs/VN/JP/timeline?order=desc",
        ("upcoming", "--from", "2026-11-21", "--country", "VN"): "/api/anniversaries?from=2026-11-21&country=VN",
    }
    for arguments, path in pairs.items():
        assert json.loads(out(banggiao(*arguments, *store))) == service.get(path).json()


def test_ties_that_ended_are_told_and_not_kept(shipped_store, capsys):
    arguments = ["VN", "SU", "--format", "table", "--store", str(shipped_store)]
    assert run_here(["anniversaries", *arguments, "--on", "2026-11-21"]) == DONE
    printed = capsys.readouterr().out
    assert "đã chấm dứt từ 26/12/1991" in printed
    assert "không có gì" in printed
    assert run_here(["timeline", *arguments]) == DONE
    assert "30/1/1950" in capsys.readouterr().out


def test_upcoming_and_timeline_as_tables(shipped_store):
    store = ("--store", shipped_store, "--format", "table")
    assert "Quốc khánh Lào" in out(banggiao("upcoming", "--from", "2026-11-21", "--days", "14", *store))
    assert "thiết lập quan hệ ngoại giao" in out(banggiao("timeline", "VN", "nhat ban", *store))


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv", "table"])
def test_query_rows_in_every_format(shipped_store, capfd, form):
    query = "SELECT ?event WHERE { ?event a <https://w3id.org/banggiao/ontology#Event> } ORDER BY ?event LIMIT 1"
    assert run_here(["query", query, "--format", form, "--store", str(shipped_store)]) == DONE
    printed = capfd.readouterr().out
    assert "id/event/" in printed
    assert printed.endswith("\n")
    assert not printed.endswith("\n\n")


@pytest.mark.parametrize("form", ["turtle", "nt", "rdfxml", "jsonld", "trig", "nquads"])
def test_query_triples_in_every_format(shipped_store, capfd, form):
    query = "CONSTRUCT WHERE { <https://w3id.org/banggiao/id/pair/AZ-VN> ?p ?o }"
    assert run_here(["query", query, "--format", form, "--store", str(shipped_store)]) == DONE
    printed = capfd.readouterr().out
    assert "AZ-VN" in printed
    assert printed.endswith("\n")
    assert not printed.endswith("\n\n")


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_the_answer_to_ask_ends_its_line(shipped_store, capfd, form):
    assert run_here(["query", "ASK {}", "--format", form, "--store", str(shipped_store)]) == DONE
    printed = capfd.readouterr().out
    assert "true" in printed
    assert printed.endswith("\n")


def test_query_from_the_standard_input(shipped_store):
    run = banggiao("query", "-", "--store", shipped_store, given=b"ASK { ?s ?p ?o }")
    assert json.loads(out(run))["boolean"] is True


def test_query_from_a_file(shipped_store, tmp_path):
    (tmp_path / "one.rq").write_text("ASK { ?s ?p ?o }")
    run = banggiao("query", "one.rq", "--store", shipped_store, cwd=tmp_path)
    assert json.loads(out(run))["boolean"] is True


def test_the_same_articles_give_the_same_graph_whatever_the_way(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, day in (("a", 23), ("b", 24)):
        Path(f"{name}.txt").write_text(TEXT.replace("23/9", f"{day}/9"), encoding="utf-8")
    for store, batches in (("one", [["a.txt", "b.txt"]]), ("two", [["b.txt"], ["a.txt"], ["a.txt"]])):
        for batch in batches:
            assert run_here(["ingest", *batch, "--store", store]) == DONE
        assert run_here(["export", f"{store}.nq", "--store", store]) == DONE
    assert Path("one.nq").read_bytes() == Path("two.nq").read_bytes()
    assert b"1992-09-24" in Path("one.nq").read_bytes()


def test_a_table_without_rows_says_so(shipped_store, capsys):
    arguments = ["timeline", "TV", "NR", "--format", "table", "--store", str(shipped_store)]
    assert run_here(arguments) == DONE
    assert "không có gì" in capsys.readouterr().out


def test_ingest_tells_what_became_of_each_input(tmp_path):
    (tmp_path / "in").mkdir()
    for folder in ("in/x", "in/y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "tin.txt").write_text(TEXT, encoding="utf-8")
    run = banggiao("ingest", "in", "--store", "store", cwd=tmp_path)
    assert run.returncode == SOME_FAILED
    assert "2 inputs: 1 articles (1 new, 0 replaced, 0 unchanged), 1 unreadable" in out(run)
    assert "same id" in err(run)
    again = banggiao("ingest", "in/x", "--store", "store", cwd=tmp_path)
    assert again.returncode == DONE
    assert "0 new, 0 replaced, 1 unchanged" in out(again)
    assert "as before" in out(again)


def test_export_to_a_file_is_the_export_to_the_standard_output(shipped_store, tmp_path):
    assert banggiao("export", "all.nq", "--store", shipped_store, cwd=tmp_path).returncode == DONE
    assert (tmp_path / "all.nq").read_bytes() == banggiao("export", "--store", shipped_store).stdout
    assert [path.name for path in tmp_path.iterdir()] == ["all.nq"]


def test_export_to_a_place_that_is_not_there(shipped_store, tmp_path):
    run = banggiao("export", "none/all.nq", "--store", shipped_store, cwd=tmp_path)
    assert run.returncode == SOME_FAILED
    assert "none/all.nq" in err(run)


def test_build_does_nothing_the_second_time(shipped_store, tmp_path):
    store = tmp_path / "copy"
    shutil.copytree(shipped_store, store)
    assert banggiao("build", "--store", store).returncode == DONE
    run = banggiao("build", "--store", store)
    assert (run.returncode, out(run)) == (DONE, "The graph holds the shipped data already.\n")


def test_validate_counts_what_is_shipped(shipped_store):
    run = banggiao("validate", "--store", shipped_store)
    assert run.returncode == DONE
    assert "202 states" in out(run)


def test_a_damaged_store_is_told(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("nosuch\n")
    run = banggiao("timeline", "VN", "AZ", "--store", "store", cwd=tmp_path)
    assert run.returncode == SOME_FAILED
    assert "nosuch" in err(run)
    assert "Traceback" not in err(run)


def test_extract_starts_without_the_graph_and_the_server(tmp_path):
    (tmp_path / "tin.txt").write_text(TEXT, encoding="utf-8")
    program = (
        "import sys; from app.cli import run; run(['extract', sys.argv[1]]); "
        "print(sorted({'fastapi', 'mcp', 'pyoxigraph', 'pydantic', 'uvicorn', 'underthesea', 'rdflib'} & set(sys.modules)), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, tmp_path],
        env=environment_of(),
        capture_output=True,
        check=True,
    )
    assert err(run).strip() == "[]"
