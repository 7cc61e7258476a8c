"""SIGKILL at random moments: of the server, of an ingest under a live server, of a process that runs queries.

After each: the last snapshot is served, no article that was acknowledged is lost, and the next ingest gives the same
graph as that of a store that nobody disturbed. A hundred rounds by `make test-faults`, a few in every run of the tests.
"""

import json
import random
import shutil
import subprocess
import threading
import time
from importlib.util import find_spec

import pytest
from conftest import TOKEN, open_service
from filelock import FileLock
from graph_samples import EXTRACTIONS, reference
from killing import INPUTS, PROGRAM, Battle, record
from test_cli import environment_of

from app.graph.layout import current_id
from app.graph.snapshots import publish
from app.ingest import ingest
from app.inputs import iter_inputs

FEW = {"server": 1, "query": 1}  # killed ingests have tests of their own
MANY = {"server": 40, "ingest": 30, "query": 30}


# rounds: a hundred take most of an hour
SHOWN_EVERY = 10


@pytest.fixture(scope="module")
def small_store(tmp_path_factory):
    store = tmp_path_factory.mktemp("small") / "store"
    publish(store, EXTRACTIONS, reference=reference())
    return store


@pytest.mark.parametrize(
    ("base", "rounds"),
    [
        pytest.param("small_store", FEW, id="a few kills"),
        pytest.param("shipped_store", MANY, id="a hundred kills of the shipped graph", marks=pytest.mark.slow),
    ],
)
def test_whatever_is_killed_nothing_acknowledged_is_lost(request, tmp_path, base, rounds):
    seed = random.SystemRandom().randrange(2**32)
    battle = Battle(request.getfixturevalue(base), tmp_path, random.Random(seed))
    kinds = [kind for kind, number in rounds.items() for _ in range(number)]
    if find_spec("app.querying") is None:  # queries run in threads of the server
        kinds = [kind for kind in kinds if kind != "query"]
    battle.moments.shuffle(kinds)
    started = time.monotonic()
    whole_s = _time_of_an_ingest(battle)
    battle.start()
    try:
        for kind in kinds:
            battle.counts.kills[kind] += 1
            fight(battle, kind, whole_s)
            assert battle.counts.failed == [], f"seed {seed}"
            if battle.counts.kills.total() % SHOWN_EVERY == 0:
                print(f"\n{battle.counts} ({time.monotonic() - started:.0f} s, seed {seed})", flush=True)
    finally:
        battle.stop()
        print(f"\n{battle.counts} ({time.monotonic() - started:.0f} s, seed {seed})")
    assert battle.counts.acknowledged > 0


def fight(battle, kind, whole_s):
    """One round."""
    inputs = []
    with battle.clients():
        if kind == "server":
            time.sleep(battle.moments.uniform(0.05, 1.0))
            battle.kill_server()
        elif kind == "ingest":
            inputs = battle.kill_an_ingest(whole_s)
        else:
            battle.kill_a_query()
    battle.check()
    if kind == "server":
        battle.start()
    battle.complete(inputs)


def _time_of_an_ingest(battle):
    """Seconds, of one into a copy that nobody else writes."""
    path, store = battle.folder / "first.jsonl", battle.folder / "first"
    path.write_text("".join(json.dumps(record(-number)) + "\n" for number in range(1, INPUTS + 1)))
    shutil.copytree(battle.store, store)
    started = time.monotonic()
    words = [*PROGRAM, "ingest", str(path), "--store", str(store)]
    subprocess.run(words, env=environment_of(), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def test_two_ingests_at_once_both_arrive(small_store, tmp_path):
    store, twin = tmp_path / "store", tmp_path / "twin"
    for one in (store, twin):
        shutil.copytree(small_store, one)
    running, wanted = [], []
    for half in (0, 1):
        path = tmp_path / f"{half}.jsonl"
        path.write_text("".join(json.dumps(record(2 * number + half)) + "\n" for number in range(INPUTS)))
        words = [*PROGRAM, "ingest", str(path), "--store", str(store)]
        running.append(subprocess.Popen(words, env=environment_of(), stdout=subprocess.PIPE, text=True))
        wanted.append(str(path))
    told = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    ingest(iter_inputs(wanted), twin)
    assert current_id(store) == current_id(twin)


def test_all_that_many_clients_are_told_was_stored_is_there(small_store, tmp_path):
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    statuses = {}
    with open_service(store, token=TOKEN) as client:
        before = client.get("/health").json()["articles"]

        def send(number):
            told = {"Authorization": f"Bearer {TOKEN}"}
            statuses[number] = client.post("/api/articles", json=record(number), headers=told).status_code

        threads = [threading.Thread(target=send, args=(number,)) for number in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(statuses.values()) == {201}
        assert client.get("/health").json()["articles"] == before + len(threads)


def test_a_client_is_told_to_wait_while_another_writes_for_long(small_store, tmp_path):
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    with open_service(store, token=TOKEN, write_wait_s=0.1) as client, FileLock(store / "writer.lock"):
        told = client.post("/api/articles", json=record(1), headers={"Authorization": f"Bearer {TOKEN}"})
        assert (told.status_code, told.json()["type"].rpartition("/")[2]) == (503, "store-busy")
        assert int(told.headers["Retry-After"]) > 0
        assert client.get("/health").json()["status"] == "ok"
