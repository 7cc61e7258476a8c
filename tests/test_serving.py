"""The service as it is run: several processes, a new snapshot under load, a stop in the middle of an answer."""

import http.client
import json
import os
import signal
import socket
import threading
import time

import pytest
from graph_samples import EXTRACTIONS, reference
from live_service import serving

from app.graph.snapshots import publish

PAIR = "/api/pairs/AZ/VN/anniversaries"
FACT = "Ngày 5/9/1962, Việt Nam và Lào thiết lập quan hệ ngoại giao. "
WORKERS = 3


class Asking(threading.Thread):
    """Asks all the time on one connection; notes statuses, and which snapshot each worker was seen to serve when."""

    def __init__(self, port, stop):
        super().__init__()
        self.port, self.stop, self.statuses, self.tags, self.failures = port, stop, [], [], []

    def run(self):
        while not self.stop.is_set():
            # a new connection for every few requests, so that all workers are asked
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                for _ in range(3):
                    connection.request("GET", PAIR)
                    response = connection.getresponse()
                    response.read()
                    self.statuses.append(response.status)
                    self.tags.append((time.monotonic(), response.headers["ETag"]))
            except OSError as error:
                self.failures.append(error)
            finally:
                connection.close()


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """A service of several workers over a store of its own."""
    store = tmp_path_factory.mktemp("several") / "store"
    publish(store, EXTRACTIONS[:1], reference=reference())
    with serving(store, workers=WORKERS, shutdown_timeout_s=5) as service:
        yield service, store


def test_all_workers_see_a_new_snapshot_within_two_seconds_and_no_request_fails(several):
    service, store = several
    stop = threading.Event()
    asking = [Asking(service.port, stop) for _ in range(4)]
    for one in asking:
        one.start()
    published = []
    for number in (1, 2):
        time.sleep(0.5)
        publish(store, EXTRACTIONS[number : number + 1])
        published.append(time.monotonic())
    time.sleep(2.5)
    stop.set()
    for one in asking:
        one.join()
    tags = sorted(tag for one in asking for tag in one.tags)
    assert [failure for one in asking for failure in one.failures] == []
    assert {status for one in asking for status in one.statuses} == {200}
    assert len(tags) > 50
    settled = {tag for moment, tag in tags if moment > published[-1] + 2}
    assert len(settled) == 1
    assert tags[0][1] not in settled


def test_several_workers_count_together(several):
    service, _ = several
    for _ in range(12):
        service.get("/api/countries")
    wanted = 'banggiao_http_requests_total{method="GET",route="/api/countries",status="200"} '
    counted = {
        line for _ in range(4) for line in service.get("/metrics")[2].decode().splitlines() if line.startswith(wanted)
    }
    assert counted == {f"{wanted}12.0"}


def test_a_worker_that_is_killed_is_replaced_and_no_longer_counted(several):
    service, _ = several
    started = [line["event"] for line in service.log() if line["event"].startswith("Started server process")]
    pids = [int(line.partition("[")[2].rstrip("]")) for line in started]
    assert len(pids) == WORKERS
    os.kill(pids[0], signal.SIGKILL)
    deadline = time.monotonic() + 20
    while sum(line["event"].startswith("Started server process") for line in service.log()) <= WORKERS:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert service.get(PAIR)[0] == 200
    in_flight = [
        line
        for line in service.get("/metrics")[2].decode().splitlines()
        if line.startswith("banggiao_http_requests_in_flight ")
    ]
    assert in_flight == ["banggiao_http_requests_in_flight 1.0"]


def test_a_stop_ends_all_processes_and_is_no_fault(several):
    service, _ = several
    assert service.stop() == 0
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", service.port), timeout=5)
    assert [line for line in service.log() if line["level"] == "error"] == []


def test_workers_stop_when_what_started_them_is_killed(tmp_path):
    publish(tmp_path / "store", EXTRACTIONS[:1], reference=reference())
    with serving(tmp_path / "store", workers=2, shutdown_timeout_s=5) as service:
        service.stop(signal.SIGKILL)
        deadline = time.monotonic() + 15
        while True:
            try:
                socket.create_connection(("127.0.0.1", service.port), timeout=5).close()
            except OSError:
                break
            assert time.monotonic() < deadline
            time.sleep(0.2)


SECRET = "s3cr3t-of-the-tests"  # noqa: S105  # it opens nothing
JSON = {"Authorization": f"Bearer {SECRET}", "Content-Type": "application/json", "X-Forwarded-For": "192.0.2.7"}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A service that takes a token, over a store of its own."""
    with serving(tmp_path_factory.mktemp("guarded") / "store", token=SECRET) as service:
        yield service


def test_the_client_is_the_one_behind_the_proxy(guarded):
    body = json.dumps({"id": "a", "text": FACT}).encode()
    assert guarded.get("/api/articles", JSON, "POST", body)[0] == 201
    # a line is written once the answer has gone
    end = time.monotonic() + 10
    while not (posts := [line for line in guarded.log() if line.get("method") == "POST"]):
        assert time.monotonic() < end
        time.sleep(0.02)
    posted = posts[0]
    assert (posted["client"], posted["status"], posted["route"]) == ("192.0.2.7", 201, "/api/articles")
    assert guarded.get(f"/api/articles/{SECRET}?token={SECRET}&q={SECRET}", JSON)[0] == 404
    guarded.send(f"GET /{SECRET} {SECRET}\r\n\r\n".encode())


def test_a_stop_lets_running_requests_end_and_takes_no_new_ones(guarded):
    answers = []

    def ask():
        text = {"Content-Type": "text/plain; charset=utf-8"}
        answers.append(guarded.get("/api/extract", text, "POST", (FACT * 300).encode()))

    asking = threading.Thread(target=ask)
    asking.start()
    deadline = time.monotonic() + 10
    while b"banggiao_http_requests_in_flight 2.0" not in guarded.get("/metrics")[2]:
        assert time.monotonic() < deadline
    guarded.process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    with pytest.raises(OSError, match=r"refused|reset"):
        guarded.get("/health")
    assert guarded.process.wait(timeout=30) == 0
    asking.join()
    assert [status for status, _, _ in answers] == [200]
    assert json.loads(answers[0][2])["claims"]


def test_the_token_stays_out_of_the_log(guarded):
    assert len(guarded.log()) > 5
    assert SECRET not in guarded.log_path.read_text()
