"""A service under fire: a real server with clients that read and write all the time, and processes that are killed.

Beside it stands an undisturbed store that is given the same articles, in one publication a round: the graph that the
service must come to, whatever was killed.
"""

import itertools
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import httpx
import psutil
from processes import free_port
from test_cli import environment_of

from app.graph.layout import current_id, snapshot_paths
from app.graph.snapshots import open_snapshot, publish
from app.graph.vocabulary import article_graph, article_key
from app.ingest import ingest
from app.inputs import iter_inputs
from extractors.pipeline import extract
from extractors.readers import read_record

TOKEN = "a token of the tests"  # noqa: S105  # it opens nothing
QUESTION = "/api/pairs/VN/AZ/anniversaries?on=2026-11-21"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }"
STATES = ("Belarus", "Nhật Bản", "Lào", "Campuchia", "Thái Lan", "Hàn Quốc", "Ấn Độ", "Pháp", "Cuba", "Mông Cổ")
WAIT = frozenset({429, 503})
QUERY_S = 1.0
INPUTS = 15
PROGRAM = [sys.executable, "-c", "from app.cli import main; main()"]


def record(number):
    """An article of its own for each number, which says something."""
    day, state = 1 + number % 28, STATES[number % len(STATES)]
    text = f"Ngày {day}/9/1992, Việt Nam và {state} thiết lập quan hệ ngoại giao. Tin số {number}."
    return {"id": f"tin-{number}", "text": text, "title": f"Tin số {number}", "published": "2026-09-23"}


@dataclass
class Counts:
    """What happened: requests were answered, told to wait, cut off by a kill of the server, or failed."""

    kills: Counter = field(default_factory=Counter)
    answered: int = 0
    told_to_wait: int = 0
    cut_off: int = 0
    failed: list = field(default_factory=list)
    acknowledged: int = 0
    lost: int = 0

    def __str__(self):
        kills = ", ".join(f"{number} of {kind}" for kind, number in sorted(self.kills.items()))
        requests = self.answered + self.told_to_wait + self.cut_off + len(self.failed)
        return (
            f"{self.kills.total()} rounds: killed {kills}; {requests} requests: {self.answered} answered, "
            f"{self.told_to_wait} told to wait, {self.cut_off} cut off by a kill of the server, "
            f"{len(self.failed)} failed; {self.acknowledged} articles acknowledged, {self.lost} lost"
        )


class Battle:
    """A store with its server, its undisturbed twin, and all that was sent."""

    def __init__(self, base, folder, moments):
        self.store, self.twin, self.folder = folder / "store", folder / "twin", folder
        shutil.copytree(base, self.store)
        shutil.copytree(base, self.twin)
        self.moments = moments
        self.counts = Counts()
        self.sent, self.acknowledged = [], []
        self._numbers = itertools.count()
        self._process = None
        self._is_up = False
        self._lock = threading.Lock()

    def start(self):
        """Start the server, and wait until it answers."""
        self.port = free_port()
        words = ["serve", "--store", str(self.store), "--port", str(self.port)]
        environment = environment_of(BANGGIAO_TOKEN=TOKEN, BANGGIAO_QUERY_TIMEOUT_S=str(QUERY_S))
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*PROGRAM, *words], env=environment, stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(600):
            try:
                self.http().get("/health").raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.05)
        self._is_up = True

    def stop(self):
        self._is_up = False
        self._process.terminate()
        self._process.wait(timeout=30)

    def http(self):
        return httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30)

    def kill_server(self):
        """The server alone: the processes that it started are to end by themselves."""
        started = psutil.Process(self._process.pid).children(recursive=True)
        self._is_up = False
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        _, left = psutil.wait_procs(started, timeout=20)
        assert left == [], "processes outlive the server that started them"

    def query_children(self):
        """The processes that run queries: those that the server started and that have started none."""
        try:
            found = psutil.Process(self._process.pid).children(recursive=True)
            return [one for one in found if not one.children() and "resource_tracker" not in " ".join(one.cmdline())]
        except psutil.NoSuchProcess:
            return []

    @contextmanager
    def clients(self):
        """Two that write and two that read, until the block ends; each request is counted."""
        is_over = threading.Event()
        work = (self._write, self._write, self._read, self._read)
        threads = [threading.Thread(target=self._go_on, args=(one, is_over)) for one in work]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            is_over.set()
            for thread in threads:
                thread.join()

    def _go_on(self, work, is_over):
        with self.http() as http:
            while not is_over.is_set():
                work(http)
                time.sleep(0.02)

    def ask(self, http, method, path, **options):
        """A request and what became of it: the response, or None where the server was killed meanwhile."""
        try:
            response = http.request(method, path, **options)
        except httpx.HTTPError as error:
            with self._lock:
                if self._is_up:
                    self.counts.failed.append(f"{method} {path}: {error!r}")
                else:
                    self.counts.cut_off += 1
            return None
        with self._lock:
            self.counts.answered += response.is_success
            self.counts.told_to_wait += response.status_code in WAIT
            if not response.is_success and response.status_code not in WAIT:
                self.counts.failed.append(f"{method} {path}: {response.status_code} {response.text}")
        return response

    def _write(self, http):
        with self._lock:
            one = record(next(self._numbers))
            self.sent.append(one)
        self.post(http, one)

    def post(self, http, one):
        response = self.ask(http, "POST", "/api/articles", json=one, headers={"Authorization": f"Bearer {TOKEN}"})
        if response is not None and response.is_success:
            with self._lock:
                self.acknowledged.append(one["id"])
                self.counts.acknowledged += 1
            return True
        return False

    def _read(self, http):
        response = self.ask(http, "GET", QUESTION)
        if response is not None and response.is_success:
            assert {item["type"] for item in response.json()["items"]} >= {"established"}

    def check(self):
        """The snapshot on disk is whole, and holds all that was acknowledged."""
        store = open_snapshot(self.store).store()
        lost = [one for one in self.acknowledged if not any(store.quads(article_graph(article_key(one))))]
        self.counts.lost += len(lost)
        assert lost == []
        assert len(snapshot_paths(self.store)) <= 4, "three are kept, and one that was killed before it was named"

    def complete(self, inputs=()):
        """What was not acknowledged is sent again, files are ingested again: then the graph is the undisturbed one."""
        with self.http() as http:
            for one in self.sent:
                while one["id"] not in self.acknowledged and not self.post(http, one):
                    time.sleep(0.05)
            ingest(iter_inputs(inputs), self.store)
            ingest(iter_inputs(inputs), self.twin)
            publish(self.twin, [extract(read_record(one)) for one in self.sent])
            assert current_id(self.store) == current_id(self.twin), "the next ingest gives another graph"
            health = http.get("/health").json()
            assert (health["snapshot"], health["status"]) == (current_id(self.twin), "ok")
        self.sent.clear()
        self.acknowledged.clear()

    def kill_an_ingest(self, whole_s):
        """Ingest new articles with the command, and kill it on the way."""
        path = self.folder / "inputs.jsonl"
        path.write_text("".join(json.dumps(record(next(self._numbers))) + "\n" for _ in range(INPUTS)))
        words = [*PROGRAM, "ingest", str(path), "--store", str(self.store)]
        with subprocess.Popen(words, env=environment_of(), stdout=subprocess.DEVNULL) as doomed:
            time.sleep(self.moments.uniform(0.3, 1.1) * whole_s)
            doomed.send_signal(signal.SIGKILL)
        return [str(path)]

    def kill_a_query(self):
        """Ask what takes too long, three times at once, and kill a process that works on it."""

        def ask():
            with self.http() as http:
                self.ask(http, "GET", "/sparql", params={"query": ENDLESS})

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(self.moments.uniform(0, QUERY_S))
        until = time.monotonic() + 20
        while not (victims := self.query_children()):  # at this moment one is being replaced
            assert time.monotonic() < until, "no process runs queries: the test tests nothing"
            time.sleep(0.01)
        with suppress(psutil.NoSuchProcess):  # it has just ended by itself
            self.moments.choice(victims).kill()
        for thread in threads:
            thread.join()
