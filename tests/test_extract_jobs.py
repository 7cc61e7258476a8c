"""Engines: the same outcomes in the same order, wherever they are made, and whoever dies."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from processes import Deadly, Slow, mixed, payloads
from test_cli import DONE, SOME_FAILED, TEXT, WRONG_USAGE, banggiao, environment_of, err, out
from test_ingest import exported, told

from app.engines import CHUNK_INPUTS, ThisProcess, WorkerEngine, chunks_of
from app.extracting import Known, LineMaker
from app.ingest import ingest
from app.inputs import PublicationDates
from app.pools import LocalPool
from extractors.readers import Metadata, Payload, Unreadable

LINES = LineMaker("relevant", PublicationDates())


@pytest.fixture(scope="module")
def pool():
    with LocalPool(2) as workers:
        yield workers


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Inputs of several kinds, some of them unreadable."""
    folder = tmp_path_factory.mktemp("inputs")
    records = [{"id": f"r{number}", "text": TEXT.replace("23/9", f"{1 + number % 28}/9")} for number in range(200)]
    lines = [json.dumps(record) for record in records]
    lines[50:50] = ["{", '{"id": "no text"}', ""]
    (folder / "many.jsonl").write_text("\n".join(lines))
    (folder / "a.txt").write_text(TEXT)
    (folder / "empty.txt").write_text("")
    (folder / "z.md").write_text(f"# Tin\n\n{TEXT}\n")
    return folder


def test_a_pool_gives_what_one_process_gives_in_the_same_order(pool):
    wanted = list(ThisProcess().run(LINES, mixed(300)))
    assert list(WorkerEngine(pool).run(LINES, mixed(300))) == wanted
    assert len(wanted) == 330


@pytest.mark.parametrize("output", ["jsonl", "csv"])
def test_the_output_of_several_jobs_is_that_of_one_byte_for_byte(folder, output):
    one, two = (banggiao("extract", folder, "--format", output, *words) for words in ([], ["--jobs", "2"]))
    assert (one.returncode, two.returncode) == (SOME_FAILED, SOME_FAILED)
    assert two.stdout == one.stdout
    assert two.stderr == one.stderr
    assert one.stderr.count(b"\n") == 3


def test_a_pool_ingests_the_same_graph(pool, tmp_path):
    for name, engine in (("one", ThisProcess()), ("two", WorkerEngine(pool))):
        report = ingest(mixed(300), tmp_path / name, engine=engine)
        assert told(report) == {"added": 300, "refused": 30, "silent": 225}
    assert exported(tmp_path / "one") == exported(tmp_path / "two")
    # known inputs go through the engine untouched
    again = ingest(mixed(300), tmp_path / "two", engine=WorkerEngine(pool))
    assert told(again) == {"skipped": 300, "refused": 30}


def test_a_worker_that_dies_once_loses_nothing(pool, tmp_path):
    found = list(WorkerEngine(pool).run(Deadly("tin-70", str(tmp_path / "died")), mixed(300)))
    assert found == [one.given.id if isinstance(one, Payload) else one for one in mixed(300)]
    assert (tmp_path / "died").exists()


def test_an_input_that_kills_whatever_reads_it_is_reported_and_the_others_are_done(pool):
    found = list(WorkerEngine(pool).run(Deadly("tin-70"), payloads(200)))
    assert [one for one in found if isinstance(one, str)] == [f"tin-{n}" for n in range(200) if n != 70]
    assert [(one.source, "killed" in one.reason) for one in found if isinstance(one, Unreadable)] == [("70.txt", True)]


def test_a_faulty_table_ends_the_work(pool, tmp_path):
    from app.errors import BanggiaoError

    engine = WorkerEngine(pool, version="0.0.1+other")
    with pytest.raises(BanggiaoError, match=r"0\.0\.1\+other"):
        list(engine.run(LINES, payloads(10)))


def test_no_more_chunks_are_under_way_than_the_workers_can_take(pool):
    taken = 0

    def counted():
        nonlocal taken
        for one in payloads(3000):
            taken += 1
            yield one

    outcomes = WorkerEngine(pool).run(Slow(LINES, 0.0), counted())
    next(outcomes)
    assert taken <= CHUNK_INPUTS * 6
    outcomes.close()


@pytest.mark.parametrize(
    ("items", "sizes"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(list(payloads(20)), [4, 5, 6, 5], id="small chunks first"),
        pytest.param([Payload("a", b"x" * 600_000, "text/plain", Metadata())] * 3, [1, 1, 1], id="large inputs"),
        pytest.param([Known("a", 1)] * 5000, [4096, 904], id="known inputs only"),
    ],
)
def test_chunks_end_where_they_are_full(items, sizes):
    chunks = list(chunks_of(items))
    assert [len(chunk) for chunk in chunks] == sizes
    assert [item for chunk in chunks for item in chunk] == items


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        pytest.param(["--jobs", "0"], "--jobs 0", id="no jobs"),
        pytest.param(["--jobs", "1000"], "--jobs 1000", id="too many"),
        pytest.param(["--jobs", "two"], "two", id="no number"),
        pytest.param(["--jobs", "2", "--cluster", "tcp://127.0.0.1:1"], "not both", id="jobs and cluster"),
    ],
)
def test_options_that_cannot_be_used_are_refused(folder, words, fault):
    run = banggiao("extract", folder / "a.txt", *words)
    assert (run.returncode, fault in err(run)) == (WRONG_USAGE, True)


def test_processes_end_with_the_one_that_they_work_for(tmp_path):
    """SIGKILL a run with two jobs: no process of it stays behind."""
    (tmp_path / "many.jsonl").write_text("".join(json.dumps({"text": f"{TEXT} {n}"}) + "\n" for n in range(50_000)))
    program = [sys.executable, "-c", "from app.cli import main; main()"]
    words = ["extract", str(tmp_path / "many.jsonl"), "--jobs", "2"]
    with subprocess.Popen(
        [*program, *words], env=environment_of(), stdout=subprocess.PIPE, start_new_session=True
    ) as doomed:
        assert doomed.stdout is not None
        doomed.stdout.readline()
        doomed.send_signal(signal.SIGKILL)
    for _ in range(100):
        try:
            os.killpg(doomed.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(doomed.pid, signal.SIGKILL)
    pytest.fail("a worker went on without the process that it worked for")


def test_the_command_starts_without_the_network_and_the_cluster(folder):
    program = (
        "import sys; from app.cli import run; run(sys.argv[1:]); "
        "print([name for name in ('distributed', 'httpx', 'pyoxigraph', 'fastapi') if name in sys.modules])"
    )
    words = ["extract", str(folder / "a.txt")]
    done = subprocess.run(
        [sys.executable, "-c", program, *words], env=environment_of(), capture_output=True, check=True
    )
    assert out(done).splitlines()[-1] == "[]"
    assert done.returncode == DONE
