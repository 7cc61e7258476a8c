"""What is refused, and how: floods, floods of bytes, slow clients, addresses that are none, what is no HTTP at all."""

import json
import re
import socket
import threading
import time
from urllib.parse import unquote_to_bytes

import pytest
from conftest import open_service
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from live_service import serving
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.http.addresses import _reason
from app.http.places import HEAVY_TEXT_BYTES
from app.main import create_app
from app.rates import Buckets, Rate, parse_rate
from app.settings import Settings

TEXT = {"Content-Type": "text/plain"}


@pytest.fixture(scope="module")
def live(shipped_store):
    """A service with limits that are reached at once."""
    settings = {
        "max_head_bytes": 4096,
        "idle_timeout_s": 1,
        "body_timeout_s": 1,
        "rate_limit": "off",
        "max_body_bytes": 9000,
    }
    with serving(shipped_store, **settings) as service:
        yield service


def problem_of(answer):
    """The problem document in the bytes of a response."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    problem = json.loads(body)
    assert f"HTTP/1.1 {problem['status']} ".encode() in head
    return problem


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        pytest.param("/api/countries/%zz", 400, "%25", id="no escape"),
        pytest.param("/api/countries/%", 400, "%25", id="half an escape"),
        pytest.param("/api/people?q=100%", 400, "%25", id="no escape in a parameter"),
        pytest.param("/api/people?q=%ff", 400, "UTF-8", id="no UTF-8"),
        pytest.param("/api/countries/%ED%A0%80", 400, "UTF-8", id="a lone surrogate"),
        pytest.param("/api/people?q=a%00b", 400, "NUL", id="a NUL in a parameter"),
        pytest.param("/api/events/a%00b", 400, "NUL", id="a NUL in the path"),
        pytest.param("/api/events/" + "x" * 33_000, 414, "32768", id="too long"),
        pytest.param("/sparql?query=" + "x" * 33_000, 414, "POST", id="a query that is too long"),
        pytest.param("/no/such/address", 404, "/docs", id="unknown"),
        pytest.param("/api/countries?limit=0", 422, "limit", id="a parameter out of bounds"),
    ],
)
def test_an_address_that_is_none_is_a_problem(service, path, status, word):
    response = service.get(path)
    problem = response.json()
    assert (response.status_code, problem["status"]) == (status, status)
    assert response.headers["content-type"] == "application/problem+json"
    assert word in problem["detail"]
    assert problem["instance"] == f"urn:request:{response.headers['x-request-id']}"
    assert "content-security-policy" in response.headers


# --- what is no HTTP -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, id="TLS"),
        pytest.param(b"HELO example.org\r\n\r\n", 400, id="SMTP"),
        pytest.param(b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", 400, id="bytes in the address"),
        pytest.param(b"GET / HTTP/1.1\r\nHost x\r\n\r\n", 400, id="a header without a colon"),
        pytest.param(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", 400, id="a length that is none"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 5000 + b"\r\n\r\n", 431, id="a header too long"),
        pytest.param(b"GET / HTTP/1.1\r\n" + b"X: x\r\n" * 2000 + b"\r\n", 431, id="too many headers"),
        pytest.param(b"GET /" + b"x" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 431, id="an address too long"),
    ],
)
def test_what_is_no_request_is_a_problem_and_the_end(live, sent, status):
    assert problem_of(live.send(sent))["status"] == status
    assert live.get("/health")[0] == 200


def test_headers_without_an_end_are_refused(live):
    pieces = [b"GET / HTTP/1.1\r\nHost: x\r\n", *([b"X: " + b"x" * 1000 + b"\r\n"] * 6)]
    assert problem_of(live.send(*pieces, pause_s=0.05))["status"] == 431


def test_a_head_that_comes_byte_by_byte_is_given_up(live):
    begun = time.monotonic()
    head = b"GET /health HTTP/1.1\r\nHost: x\r\nX: a long header\r\n"
    answer = live.send(*(head[place : place + 1] for place in range(30)), pause_s=0.1)
    assert (b" 408 " in answer) or answer == b""  # a client that goes on sending may not see the answer
    assert time.monotonic() - begun < 5


def test_a_head_that_stops_is_given_up_with_a_problem(live):
    assert problem_of(live.send(b"GET /health HTTP/1.1\r\nHost"))["status"] == 408


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"])
def test_an_idle_connection_is_closed(live, sent):
    begun = time.monotonic()
    answer = live.send(sent)
    assert (b"200 OK" in answer) == (b"GET" in sent)
    assert time.monotonic() - begun < 5


def test_a_body_that_comes_too_slowly_is_given_up(live):
    head = b"POST /api/extract HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\nhalf"
    assert problem_of(live.send(head))["status"] == 408


def test_a_body_too_large_is_refused_before_it_is_sent(live):
    head = b"POST /api/extract HTTP/1.1\r\nHost: x\r\nContent-Length: 9001\r\nExpect: 100-continue\r\n\r\n"
    answer = live.send(head)
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_body_in_chunks_is_counted(live):
    chunk = b"3e8\r\n" + b"x" * 1000 + b"\r\n"
    head = b"POST /api/extract HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert live.send(head, *([chunk] * 10)).startswith(b"HTTP/1.1 413 ")


def test_requests_in_a_row_on_one_connection_are_answered_in_order(live):
    one = b"GET /api/events/established-AZ-VN HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = live.send(one * 3 + b"GARBAGE\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 OK") == 3


# --- rates -----------------------------------------------------------------------------------------------------------


def test_a_client_that_asks_too_often_is_told_to_wait(shipped_store):
    with open_service(shipped_store, rate_limit="3/minute") as client:
        answers = [client.get("/api/events/established-AZ-VN") for _ in range(5)]
        assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
        assert [one.headers["ratelimit"].split(";")[1] for one in answers[:3]] == ["r=2", "r=1", "r=0"]
        refused = answers[-1]
        assert 15 <= int(refused.headers["retry-after"]) <= 20
        assert refused.headers["ratelimit-policy"] == '"client";q=3;w=60'
        assert refused.json()["type"].endswith("/problems/rate-limited")
        assert [client.get(path).status_code for path in ("/health", "/ready", "/metrics")] == [200, 200, 200]


def test_what_costs_more_counts_more(shipped_store):
    with open_service(shipped_store, rate_limit="12/minute") as client:
        asked = [client.get("/sparql?query=ASK%7B%7D").status_code for _ in range(3)]
        assert asked == [200, 200, 429]
        assert [client.get("/api/countries").status_code for _ in range(3)] == [200, 200, 429]


def test_each_client_has_a_share_of_its_own_and_a_proxy_is_believed_only_where_it_is_trusted(shipped_store):
    app = create_app(Settings(store=shipped_store, rate_limit="2/minute"))

    def ask(client, *, through="127.0.0.1"):
        # the layer that uvicorn puts around an application
        behind = TestClient(ProxyHeadersMiddleware(app, "127.0.0.1"), client=(through, 5))
        return behind.get("/api/events/established-AZ-VN", headers={"X-Forwarded-For": client}).status_code

    assert [ask("192.0.2.1") for _ in range(3)] == [200, 200, 429]
    assert ask("192.0.2.2") == 200
    # one customer has a whole network of these
    assert [ask(f"2001:db8::{one}") for one in range(3)] == [200, 200, 429]
    assert ask("2001:db8:0:1::1") == 200
    # neither what a client says of itself in front of what the proxy says, nor what a stranger says, is believed
    assert ask("192.0.2.9, 192.0.2.1") == 429
    assert [ask(f"192.0.2.{one}", through="192.0.2.254") for one in (11, 12, 13)] == [200, 200, 429]


def test_by_default_this_machine_is_not_limited_but_those_behind_a_proxy_are(shipped_store):
    with open_service(shipped_store) as client:
        assert "ratelimit" not in client.get("/api/countries").headers
        client._transport.client = ("127.0.0.1", 5)
        assert "ratelimit" not in client.get("/api/countries").headers
        client._transport.client = ("192.0.2.1", 5)
        assert client.get("/api/countries").headers["ratelimit-policy"] == '"client";q=1200;w=60'


@given(st.integers(1, 50), st.integers(1, 100), st.lists(st.floats(0, 30), max_size=120))
def test_no_client_gets_more_than_a_full_bucket_and_what_flows_in(tokens, seconds, pauses):
    now = [0.0]
    buckets = Buckets(Rate(tokens, seconds), clock=lambda: now[0])
    granted = 0
    for pause in pauses:
        now[0] += pause
        left, wait_s = buckets.spend("client", 1)
        granted += wait_s == 0
        assert 0 <= left < tokens or wait_s == 0
        assert granted <= tokens + now[0] * tokens / seconds + 1e-6
        if wait_s:
            now[0] += wait_s
            assert buckets.spend("client", 1)[1] == 0, "who waits as long as they are told is answered"
            granted += 1


@pytest.mark.parametrize("text", ["", "600", "0/minute", "-1/minute", "1/week", "1.5/minute", "a/minute"])
def test_what_is_no_rate(text):
    with pytest.raises(ValueError, match="600/minute"):
        parse_rate(text)


def test_workers_share_a_rate():
    assert parse_rate("600/minute").shared(4) == Rate(150, 60)
    assert parse_rate("1/second").shared(4) == Rate(1, 1)


# --- texts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/check", "/api/extract"])
def test_a_text_too_long_is_refused(shipped_store, path):
    with open_service(shipped_store, max_text_bytes=1000) as client:
        assert client.post(path, content=b"x" * 1000, headers=TEXT).status_code == 200
        response = client.post(path, content=b"x" * 1001, headers=TEXT)
    assert (response.status_code, response.json()["type"].rpartition("/")[2]) == (413, "too-large")


def test_heavy_texts_wait_for_each_other_and_light_ones_do_not(shipped_store, monkeypatch):
    monkeypatch.setattr("app.http.places._WAIT_S", 0.2)
    entered, leave = threading.Event(), threading.Event()

    def slow(*_):
        entered.set()
        leave.wait(10)
        return ()

    monkeypatch.setattr("app.routes.checks.check", slow)
    with open_service(shipped_store, max_texts=1) as client:
        heavy = b"x" * (HEAVY_TEXT_BYTES + 1)
        first = threading.Thread(target=client.post, args=("/api/check",), kwargs={"content": heavy, "headers": TEXT})
        first.start()
        assert entered.wait(10)
        busy = client.post("/api/check", content=heavy, headers=TEXT)
        light = client.post("/api/extract", content=b"x", headers=TEXT)
        leave.set()
        first.join()
        again = client.post("/api/check", content=heavy, headers=TEXT)
    assert (busy.status_code, busy.headers["retry-after"], light.status_code, again.status_code) == (503, "5", 200, 200)


def test_more_requests_than_places_are_refused_at_once_but_kept_answers_are_given(shipped_store, monkeypatch):
    entered, leave = threading.Event(), threading.Event()

    def slow(*_, **__):
        entered.set()
        leave.wait(10)
        return ()

    with open_service(shipped_store, max_requests=1) as client:
        kept = client.get("/api/events/established-AZ-VN")
        monkeypatch.setattr("app.routes.checks.check", slow)
        first = threading.Thread(target=client.post, args=("/api/check",), kwargs={"content": b"x", "headers": TEXT})
        first.start()
        assert entered.wait(10)
        refused = client.get("/api/countries")
        answered = [client.get(path).status_code for path in ("/api/events/established-AZ-VN", "/health", "/metrics")]
        leave.set()
        first.join()
    assert (kept.status_code, refused.status_code, refused.json()["status"]) == (200, 503, 503)
    assert answered == [200, 200, 200]


def test_a_client_that_reads_nothing_is_given_up(live):
    begun = time.monotonic()
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", live.port))
        connection.sendall(b"GET /sparql?query=CONSTRUCT%20WHERE%7B?s%20?p%20?o%7D HTTP/1.1\r\nHost: x\r\n\r\n")
        while not any("read nothing" in line["event"] for line in live.log()):
            assert time.monotonic() - begun < 8
            time.sleep(0.1)
    assert live.get("/health")[0] == 200


def test_a_client_that_leaves_in_the_middle_of_a_body_harms_nobody(live):
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", live.port)) as connection:
            connection.sendall(b"POST /api/extract HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhalf")
    assert live.get("/health")[0] == 200


def reason_by_decoding(encoded):
    """Whether there is something wrong with a part of an address, the long way."""
    if re.search(rb"%(?![0-9A-Fa-f]{2})", encoded):
        return True
    try:
        return "\0" in unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return True


@given(
    st.lists(
        st.sampled_from(
            [b"a", b"%", b"%20", b"%C3", b"%A9", b"%e1%bb", b"%99", b"%00", b"%2500", b"\xc3", b"\xa9", b"\0"]
        )
    )
)
def test_what_is_wrong_with_an_address_is_told_as_if_it_were_decoded(pieces):
    encoded = b"".join(pieces)
    assert bool(_reason(encoded)) == reason_by_decoding(encoded)
