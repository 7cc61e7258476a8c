"""Queries in child processes: every limit really reached, by real processes, and nobody else notices."""

import asyncio
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from urllib.parse import quote

import psutil
import pytest
import uvicorn
from articles import article
from conftest import NOON, open_service
from processes import free_port
from test_http_pairs import assert_problem

from app.errors import BadRequestError, QuerySyntaxError, QueryTimeoutError
from app.graph.snapshots import publish
from app.main import create_app
from app.querying.child import _NICENESS
from app.querying.clauses import check_clauses, find_clauses
from app.querying.limits import QueryLimits
from app.querying.pool import QueryPool
from app.settings import Settings
from app.sparql_protocol import Query
from extractors.pipeline import extract

ASK = "ASK { ?s ?p ?o }"
PRODUCT = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }"
DOUBLED = "".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1}) " for n in range(40))
VALUES = " ".join(map(str, range(200)))
SMALL = {"query_timeout_s": 1.0, "query_memory_bytes": 150_000_000, "max_result_bytes": 100_000, "query_processes": 1}


@pytest.fixture(scope="module")
def small_service(shipped_store):
    """A service whose queries may take little."""
    with open_service(shipped_store, **SMALL) as client:
        # on a busy machine the first start of children may take longer than a query may
        wait_for(lambda: ask(client).status_code == 200)
        yield client


def ask(client, query=ASK, **options):
    return client.post("/sparql", data={"query": query}, **options)


def query_children():
    """The processes that run queries of this one, by how nice they are."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            if process.nice() == _NICENESS and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.NoSuchProcess:
            continue
    return found


@contextmanager
def opened(store, **options):
    """A client of a service, and what tells the children that only this service has."""
    others = set(query_children())
    with open_service(store, **options) as client:
        yield client, lambda: set(query_children()) - others


def wait_for(condition, seconds=10.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("query", "status", "kinds"),
    [
        pytest.param(PRODUCT, 503, {"query-timeout"}, id="cartesian product"),
        pytest.param(
            "SELECT (COUNT(*) AS ?n) WHERE { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c }",
            503,
            {"query-timeout"},
            id="paths without end",
        ),
        pytest.param(
            "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c", 0, {"query-memory", "query-timeout"}, id="sorting"
        ),
        pytest.param(
            "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?all) WHERE { ?a ?b ?c . ?d ?e ?f }",
            0,
            {"query-memory", "query-timeout"},
            id="one text of everything",
        ),
        pytest.param("SELECT * WHERE { ?s ?p ?o }", 413, {"too-large"}, id="a large answer"),
        pytest.param(f"ASK {{ }} #{'a' * 1_000_000}", 413, {"too-large"}, id="a megabyte of text"),
        pytest.param("ASK { ?service ?p " + "(" * 45_000 + " }", 400, {"query-syntax"}, id="nested without end"),
        pytest.param(
            'SELECT * WHERE { ?s ?p ?o . ?a ?b ?c FILTER REGEX(CONCAT(STR(?o), STR(?c)), "((a{0,80}){0,80}){0,80}$") }',
            503,
            {"query-timeout"},
            id="regular expressions",
        ),
    ],
)
def test_a_query_past_a_limit_is_ended_and_the_next_is_answered(small_service, query, status, kinds):
    wait_for(lambda: ask(small_service).status_code == 200)
    began_s = time.monotonic()
    response = ask(small_service, query)
    assert time.monotonic() - began_s < 8
    problem = assert_problem(response, status or response.status_code)
    assert problem["type"].rpartition("/")[2] in kinds
    assert response.status_code in (400, 413) or int(response.headers["retry-after"]) > 0
    assert ask(small_service).json()["boolean"] is True


def test_a_text_doubled_forty_times_runs_out_of_memory(shipped_store):
    grown = f'SELECT (STRLEN(?a40) AS ?n) WHERE {{ BIND("aaaaaaaaaaaaaaaa" AS ?a0) {DOUBLED} }}'
    with open_service(shipped_store, query_memory_bytes=60_000_000, query_processes=1) as client:
        problem = assert_problem(ask(client, grown), 413)
        assert problem["type"].endswith("query-memory")
        assert "60000000 bytes" in problem["detail"]
        assert ask(client).status_code == 200


def test_past_the_queue_a_query_is_refused_at_once_and_rest_is_answered(shipped_store):
    with (
        open_service(shipped_store, query_processes=1, max_queued_queries=2, query_timeout_s=1.5) as client,
        ThreadPoolExecutor(8) as threads,
    ):
        ask(client)
        answers = [threads.submit(ask, client, PRODUCT) for _ in range(8)]
        assert client.get("/api/pairs/VN/AZ").status_code == 200
        kinds = [assert_problem(answer.result(), 503)["type"].rpartition("/")[2] for answer in answers]
        # one ran and two waited: of these the first may have had its turn before its own wait was over
        assert kinds.count("query-timeout") in (1, 2)
        assert kinds.count("server-busy") == 8 - kinds.count("query-timeout")


def test_a_query_in_the_queue_is_answered_when_the_one_before_is_ended(small_service):
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(ask, small_service, PRODUCT)
        time.sleep(0.5)
        assert threads.submit(ask, small_service).result().status_code == 200
        assert_problem(slow.result(), 503)


def test_short_queries_run_beside_a_long_one_where_there_is_a_processor_for_one():
    counted = "SELECT (COUNT(*) AS ?n) WHERE { " + " ".join(f"VALUES ?v{n} {{ {VALUES} }}" for n in range(4)) + " }"

    async def asked_together():
        pool = QueryPool(QueryLimits(processes=2, short_at_once=1, timeout_s=3.0))
        async with pool.running(None):
            asked = [
                asyncio.create_task(pool.answer(None, Query(one), None, asyncio.Event().wait))
                for one in (counted, *["ASK {}"] * 8)
            ]
            done, _ = await asyncio.wait(asked[1:], timeout=20)
            is_answered = asked[0].done()
            await asyncio.gather(*asked, return_exceptions=True)
        return len(done), is_answered, asked[0].exception()

    answered, was_long_first, error = asyncio.run(asked_together())
    assert (answered, was_long_first) == (8, False)
    assert isinstance(error, QueryTimeoutError)


@pytest.mark.parametrize("is_asked", [True, False], ids=["in the middle of a query", "between queries"])
def test_a_killed_child_costs_its_own_query_only(shipped_store, is_asked):
    with opened(shipped_store, query_processes=1) as (client, children), ThreadPoolExecutor(3) as threads:
        ask(client)
        lost = threads.submit(ask, client, PRODUCT) if is_asked else None
        time.sleep(0.3)
        waiting = threads.submit(ask, client) if is_asked else None
        time.sleep(0.1)
        before = children()
        for child in before:
            child.kill()
        if lost and waiting:
            problem = assert_problem(lost.result(), 503)
            assert problem["type"].endswith("query-lost")
            assert "SIGKILL" in problem["detail"]
            assert waiting.result().status_code == 200
        wait_for(lambda: not any(child.is_running() for child in before))
        assert ask(client).status_code == 200


def test_a_query_too_deep_for_the_engine_is_answered_with_a_problem(small_service):
    assert_problem(ask(small_service, "ASK " + "{" * 40_000 + "}" * 40_000), 503)
    assert ask(small_service).status_code == 200


def test_many_different_requests_at_once_are_all_answered(shipped_store):
    queries = (
        ASK,
        "SELECT ?s WHERE { ?s ?p ?o } LIMIT 2000",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 50",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
        "NO QUERY",
    )
    options = {"query_processes": 2, "max_queued_queries": 40}
    with open_service(shipped_store, **options) as client, ThreadPoolExecutor(40) as threads:
        answers = list(threads.map(lambda number: ask(client, queries[number % 5]), range(40)))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 400] * 8


def test_warm_children_see_a_new_snapshot(tmp_path):
    store = tmp_path / "store"
    how_many = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/banggiao/ontology#Event> }"
    with open_service(store, query_processes=2) as client:
        seen = []
        for day in (23, 24):
            seen.append(ask(client, how_many).json()["results"]["bindings"][0]["n"]["value"])
            text = f"Ngày {day}/9/1992, Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao."
            publish(store, [extract(article(text, name=f"tin-{day}"))])
        seen.append(ask(client, how_many).json()["results"]["bindings"][0]["n"]["value"])
    assert int(seen[0]) == 0
    assert int(seen[1]) > 0


def test_a_worn_out_child_is_replaced_and_no_query_lost():
    async def ask_often():
        pool = QueryPool(QueryLimits(processes=1, max_queries_per_child=2))
        others = set(query_children())
        async with pool.running(None):
            seen = set()
            for _ in range(5):
                answer = await pool.answer(None, Query("ASK { }"), None, asyncio.Event().wait)
                assert b"true" in answer.body
                seen |= {child.pid for child in set(query_children()) - others}
        return seen

    assert len(asyncio.run(ask_often())) >= 3


@contextmanager
def listening(store, **options):
    """The service on a socket, in a thread; gives its port."""
    port = free_port()
    app = create_app(Settings(store=store, **options), now=lambda: NOON)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=5))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_for(lambda: server.started, 30)
        yield port
    finally:
        server.should_exit = True
        thread.join()


_asked = count()


def send(port, query, receive_buffer_bytes=100_000):
    """A connection on which a query was sent."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer_bytes)
    connection.settimeout(20)
    connection.connect(("127.0.0.1", port))
    connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    return connection


def status_of(port, query):
    """The status line of the answer to a query that nobody asked before: none is kept of it."""
    query = f"{query} # {next(_asked)}"
    with send(port, query) as connection:
        return connection.recv(100).partition(b"\r\n")[0].decode()


def test_a_client_that_goes_away_takes_its_query_along(shipped_store):
    others = set(query_children())
    with listening(shipped_store, query_processes=1, max_queued_queries=3, query_timeout_s=30) as port:
        assert status_of(port, ASK) == "HTTP/1.1 200 OK"
        running, *queued = (send(port, f"{PRODUCT} # {place}") for place in range(4))
        wait_for(lambda: status_of(port, ASK) == "HTTP/1.1 503 Service Unavailable")
        before = set(query_children()) - others
        for connection in (*queued, running):
            connection.close()
        # neither the query that ran nor one of those that waited holds the only child
        wait_for(lambda: status_of(port, ASK) == "HTTP/1.1 200 OK", 5)
        wait_for(lambda: not before & set(query_children()), 5)


def test_large_answers_that_nobody_takes_are_bounded(shipped_store):
    large = "SELECT * WHERE { ?s ?p ?o } LIMIT 30000"
    with listening(shipped_store, query_processes=2, max_result_bytes=8_000_000) as port:
        wait_for(lambda: status_of(port, ASK) == "HTTP/1.1 200 OK")
        # seven megabytes each, and four times eight may wait
        lazy = [send(port, large, receive_buffer_bytes=4_000) for _ in range(12)]
        wait_for(lambda: "503" in status_of(port, large))
        assert status_of(port, ASK) == "HTTP/1.1 200 OK"
        for connection in lazy:
            connection.close()
        wait_for(lambda: "200" in status_of(port, large))


def test_children_end_with_the_service(shipped_store):
    with opened(shipped_store, query_processes=2) as (client, children):
        ask(client)
        wait_for(lambda: len(children()) == 2)
    wait_for(lambda: not children())


@pytest.mark.parametrize(
    ("query", "has_service"),
    [
        pytest.param("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", True, id="plain"),
        pytest.param("SELECT * { SERVICE SILENT <urn:x> { ?s ?p ?o } }", True, id="silent"),
        pytest.param("SELECT * { SERVICE ?where { ?s ?p ?o } }", True, id="by variable"),
        pytest.param("SELECT * { FILTER NOT EXISTS { SERVICE <urn:x> { ?s ?p ?o } } }", True, id="in NOT EXISTS"),
        pytest.param("SELECT * { BIND(EXISTS { SERVICE <urn:x> { ?s ?p ?o } } AS ?e) }", True, id="in BIND"),
        pytest.param("SELECT (EXISTS { SERVICE <urn:x> { ?s ?p ?o } } AS ?e) { }", True, id="in the projection"),
        pytest.param("SELECT * { } ORDER BY (EXISTS { SERVICE <urn:x> { } })", True, id="in ORDER BY"),
        pytest.param("SELECT * { } HAVING (EXISTS { SERVICE <urn:x> { } })", True, id="in HAVING"),
        pytest.param("SELECT * { { SELECT * { SERVICE <urn:x> { ?s ?p ?o } } } }", True, id="in a subquery"),
        pytest.param("SELECT * { ?a ?b ?c MINUS { SERVICE <urn:x> { ?s ?p ?o } } }", True, id="in MINUS"),
        pytest.param("SELECT * { GRAPH ?g { SERVICE <urn:x> { ?s ?p ?o } } }", True, id="in GRAPH"),
        pytest.param("SELECT * { \\u0053\\u0045RVICE <urn:x> { ?s ?p ?o } }", True, id="escaped"),
        pytest.param("SELECT * { \\U00000053ERVICE <urn:x> { ?s ?p ?o } }", True, id="escaped with eight digits"),
        pytest.param("SELECT * { #\rSERVICE <urn:x> { ?s ?p ?o }\n }", True, id="after a comment that CR ends"),
        pytest.param("SELECT * { #\\u000DSERVICE <urn:x> { ?s ?p ?o }\n }", True, id="after an escaped CR"),
        pytest.param("SELECT * { FILTER(1<2)SERVICE<urn:x>{?s?p?o} }", True, id="after a less-than sign"),
        pytest.param("DESCRIBE ?s { SERVICE <urn:x> { ?s ?p ?o } }", True, id="of DESCRIBE"),
        pytest.param("SELECT * { ?s ?p ?o.SERVICE <urn:x> { ?s ?p ?o } }", True, id="after a full stop"),
        pytest.param("SELECT * { ?s ?p 1.SERVICE <urn:x> { ?s ?p ?o } }", True, id="after a number"),
        pytest.param(
            "PREFIX e: <urn:e> SELECT * { ?s ?p e:.SERVICE <urn:x> { ?s ?p ?o } }", True, id="after a bare prefix"
        ),
        pytest.param(
            "SELECT * { # \\u000A FILTER('''\n SERVICE <urn:x> {?s ?p ?o} # ''')\n }",
            True,
            id="in what a comment hides",
        ),
        pytest.param("PREFIX service: <urn:x> ASK { service:a service:service ?o }", False, id="a prefix"),
        pytest.param("PREFIX x: <urn:x> ASK { ?s x:service ?o }", False, id="a property"),
        pytest.param("PREFIX x: <urn:x> ASK { ?s x:my-service.service ?o }", False, id="a longer property"),
        pytest.param("ASK { _:service ?p ?o }", False, id="a blank node"),
        pytest.param("ASK { ?s ?p 'a'@service }", False, id="a language"),
        pytest.param("ASK { ?s ?p '''it's SERVICE <urn:x> { }''' }", False, id="a long text"),
        pytest.param('ASK { ?s ?p "\\" SERVICE <urn:x> { }" }', False, id="after an escaped quote"),
        pytest.param("ASK { <urn:SERVICE> ?p ?o }", False, id="an IRI"),
        pytest.param("ASK { ?SERVICE ?p $service }", False, id="variables"),
        pytest.param("ASK { } # SERVICE <urn:x> { }", False, id="a comment"),
        pytest.param("PREFIX e: <urn:e> ASK { e:service ?p e:a.SERVICE }", False, id="names with a prefix"),
    ],
)
def test_service_is_found_in_the_tree_wherever_it_stands(query, has_service):
    assert find_clauses(query).has_service is has_service
    if has_service:
        with pytest.raises(BadRequestError):
            check_clauses(query)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT * { SERVICE <urn:x> { <<( ?s ?p ?o )>> ?q ?r } }", id="of SPARQL 1.2"),
        pytest.param("LOAD <http://example.org/service>", id="LOAD"),
        pytest.param("LOAD SILENT <http://example.org/from> INTO GRAPH <urn:g>", id="LOAD SILENT"),
    ],
)
def test_what_cannot_be_parsed_and_may_reach_out_is_refused(query):
    with pytest.raises(QuerySyntaxError):
        check_clauses(query)
