"""An ingest that is killed: readers keep the last snapshot, and the next ingest goes on to the same graph."""

import json
import re
import signal
import subprocess
import sys
import time

import pytest
from test_cli import DONE, TEXT, banggiao, environment_of, out

from app.graph.layout import EMPTY_SNAPSHOT_ID, current_id

ARTICLES = 120


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """A folder with a first article, and a file of many."""
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "first.txt").write_text(TEXT, encoding="utf-8")
    days = ((number, 1 + number % 28) for number in range(ARTICLES))
    records = ({"id": f"r{number}", "text": f"{TEXT} " * 5 + TEXT.replace("23/9", f"{day}/9")} for number, day in days)
    (folder / "many.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return folder


@pytest.fixture(scope="module")
def wanted(inputs, tmp_path_factory):
    """The graph before and after, of ingests that nobody killed."""
    store = tmp_path_factory.mktemp("wanted") / "store"
    graphs = []
    for name in ("first.txt", "many.jsonl"):
        assert banggiao("ingest", inputs / name, "--store", store).returncode == DONE
        graphs.append(banggiao("export", "--store", store).stdout)
    return tuple(graphs)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_long_ingest_that_is_killed_goes_on_where_it_was(inputs, wanted, tmp_path, jobs):
    store = tmp_path / "store"
    arguments = ["ingest", str(inputs), "--store", str(store), "--jobs", str(jobs)]
    program = [sys.executable, "-c", "from app.cli import main; main()", *arguments]
    # so often only to be quick: with the default, an ingest as short as this is published in one step
    environment = environment_of(BANGGIAO_PUBLISH_AFTER_S="0.2")
    with subprocess.Popen(program, env=environment, stdout=subprocess.DEVNULL) as doomed:
        while current_id(store) == EMPTY_SNAPSHOT_ID and doomed.poll() is None:
            time.sleep(0.001)
        doomed.send_signal(signal.SIGKILL)
    assert doomed.returncode == -signal.SIGKILL, "it was done before it could be killed: the test tests nothing"
    assert banggiao("export", "--store", store).stdout != wanted[1]
    run = banggiao(*arguments)
    assert run.returncode == DONE
    known = re.search(r"(\d+) of the unchanged were known and not read again", out(run))
    assert known
    assert 0 < int(known[1]) < ARTICLES
    assert f"{ARTICLES + 1} inputs: {ARTICLES + 1} articles ({ARTICLES + 1 - int(known[1])} new" in out(run)
    assert banggiao("export", "--store", store).stdout == wanted[1]
    assert f"{ARTICLES + 1} of the unchanged were known" in out(banggiao(*arguments))
