"""SIGKILL an ingest of the whole evaluation corpus at random moments, twenty times, under a live server.

Slow: run by `make test-kill`. Each round starts from the shipped graph; the server must answer every request from the
last snapshot, and the next ingest must complete to the same graph as one that was never disturbed.
"""

import hashlib
import json
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
ROUNDS = 20
QUESTION = "/api/pairs/VN/AZ/anniversaries?on=2026-11-21"
BANGGIAO = str(Path(sys.executable).with_name("banggiao"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the evaluation corpus is not part of the project"),
]


def run(*words):
    return subprocess.run([BANGGIAO, *words], capture_output=True, text=True, check=False)


def ingest_words(store):
    manifest = str(CORPUS / "dev-manifest.json")
    return [
        "ingest",
        str(CORPUS / "seeds"),
        str(CORPUS / "dev"),
        "--manifest",
        manifest,
        "--store",
        str(store),
        "--publish-after-s",
        "3600",
    ]


def digest(store):
    """Of the canonical N-Quads of the whole graph."""
    exported = subprocess.run([BANGGIAO, "export", "--store", str(store)], capture_output=True, check=True).stdout
    assert exported.count(b"\n") > 10_000
    return hashlib.sha256(exported).hexdigest()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A real `banggiao serve` on a free port of this machine, asked all the time by a thread."""

    def __init__(self, store):
        self.port = free_port()
        words = [BANGGIAO, "serve", "--store", str(store), "--port", str(self.port)]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.answers = 0
        self.failures = []
        self._stopped = threading.Event()
        for _ in range(200):
            try:
                self.ask()
                break
            except OSError:
                time.sleep(0.05)
        self._asker = threading.Thread(target=self._keep_asking)
        self._asker.start()

    def ask(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{QUESTION}", timeout=10) as response:
            return json.load(response)

    def _keep_asking(self):
        while not self._stopped.is_set():
            try:
                found = {item["type"]: item["next"] for item in self.ask()["items"]}
                assert found["established"] == "2027-09-23"
                self.answers += 1
            except (OSError, AssertionError, KeyError, ValueError) as error:
                self.failures.append(repr(error))
            time.sleep(0.01)

    def stop(self):
        self._stopped.set()
        self._asker.join()
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    store = tmp_path_factory.mktemp("base") / "store"
    assert run("build", "--store", str(store)).returncode == 0
    return store


def test_twenty_killed_ingests_lose_nothing(base, tmp_path):
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(base, undisturbed)
    started = time.monotonic()
    assert run(*ingest_words(undisturbed)).returncode == 0
    whole_s = time.monotonic() - started
    expected, shipped = digest(undisturbed), digest(base)
    assert expected != shipped
    seed = random.SystemRandom().randrange(2**32)
    moments = random.Random(seed)
    outcomes = {"before": 0, "after": 0}
    answers = 0
    for number in range(ROUNDS):
        store = tmp_path / f"round-{number}"
        shutil.copytree(base, store)
        server = Server(store)
        try:
            writer = subprocess.Popen(
                [BANGGIAO, *ingest_words(store)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(moments.uniform(0.05, whole_s))
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            left = digest(store)
            assert left in (shipped, expected), f"round {number}, seed {seed}: half a graph is published"
            outcomes["before" if left == shipped else "after"] += 1
            time.sleep(0.1)
            assert run(*ingest_words(store)).returncode == 0
            assert digest(store) == expected, f"round {number}, seed {seed}: the next ingest gave another graph"
            time.sleep(0.2)
        finally:
            server.stop()
        assert server.failures == [], f"round {number}, seed {seed}"
        answers += server.answers
        shutil.rmtree(store)
    print(
        f"\n{ROUNDS} kills within {whole_s:.1f} s (seed {seed}): {outcomes}; {answers} requests, 0 failed; {expected[:16]}"
    )
    assert outcomes["before"] > 0, "no kill came before the end: the test tests nothing"
