"""A real Dask cluster on this machine: a worker that is killed in mid-run loses nothing; faults say what to do."""

import pytest
from processes import Slow, cluster, free_port, mixed, payloads
from test_cli import DONE, banggiao
from test_ingest import exported, told

from app.clusters import Cluster, ClusterError
from app.engines import ThisProcess, WorkerEngine
from app.extracting import LineMaker, VersionMismatchError
from app.ingest import ingest
from app.inputs import PublicationDates

pytest.importorskip("distributed", reason="the package distributed is not installed")
LINES = LineMaker("relevant", PublicationDates())


@pytest.fixture(scope="module")
def dask():
    """A scheduler with two workers on 127.0.0.1."""
    with cluster(workers=2) as found:
        yield found


class SlowEngine:
    """An engine whose work takes time enough to be interrupted; calls `interrupt` after some outcomes."""

    def __init__(self, engine, interrupt):
        self._engine = engine
        self._interrupt = interrupt

    def run(self, maker, items):
        for number, outcome in enumerate(self._engine.run(Slow(maker, 0.005), items)):
            if number == 50:
                self._interrupt()
            yield outcome


def test_a_cluster_prints_what_one_process_prints(dask, tmp_path):
    address, _ = dask
    for one in payloads(40):
        (tmp_path / one.source).write_bytes(one.data)
    here, there = (banggiao("extract", tmp_path, *words) for words in ([], ["--cluster", address]))
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout) == (DONE, here.stdout)
    assert here.stdout.count(b"\n") == 40


def test_workers_of_another_version_are_refused(dask):
    address, _ = dask
    with Cluster(address) as workers, pytest.raises(VersionMismatchError, match=r"0\.0\.1\+other"):
        list(WorkerEngine(workers, version="0.0.1+other").run(LINES, payloads(10)))


def test_a_worker_that_is_killed_in_mid_run_loses_nothing(dask, tmp_path):
    """Comes last: it leaves one worker."""
    address, processes = dask
    assert [process.poll() for process in processes] == [None, None]
    with Cluster(address) as workers:
        assert workers.count() == 2
        engine = SlowEngine(WorkerEngine(workers), processes[0].kill)
        report = ingest(mixed(1000), tmp_path / "cluster", engine=engine)
        assert processes[0].wait(timeout=10) < 0
        workers.recount()
        assert workers.count() == 1
    assert told(report) == {"added": 1000, "refused": 100, "silent": 750}
    ingest(mixed(1000), tmp_path / "here", engine=ThisProcess())
    assert exported(tmp_path / "cluster") == exported(tmp_path / "here")


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(f"tcp://127.0.0.1:{free_port()}", id="nobody listens"),
        pytest.param("127.0.0.1:none", id="no port"),
        pytest.param("nonsense://127.0.0.1:1", id="unknown protocol"),
    ],
)
def test_a_scheduler_that_does_not_answer_is_said_to(address):
    with pytest.raises(ClusterError, match=r"dask scheduler") as caught, Cluster(address, connect_s=0.5):
        pytest.fail("there is no scheduler")
    assert address in str(caught.value)


def test_a_scheduler_without_workers_is_said_to_have_none():
    with (
        cluster(workers=0) as (address, _),
        pytest.raises(ClusterError, match="dask worker"),
        Cluster(address, first_worker_s=0.5),
    ):
        pytest.fail("there is no worker")


def test_a_worker_without_banggiao_is_said_to_lack_it(tmp_path):
    (tmp_path / "app").mkdir()
    # stands before the installed one, and is as much use as none
    (tmp_path / "app" / "__init__.py").write_text("raise ModuleNotFoundError('there is no app')")
    with (
        cluster(workers=1, first_path=tmp_path) as (address, _),
        Cluster(address) as workers,
        pytest.raises(ClusterError, match="install banggiao"),
    ):
        list(WorkerEngine(workers).run(LINES, payloads(5)))
