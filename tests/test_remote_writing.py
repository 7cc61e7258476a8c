"""Writing to a remote endpoint: the same graph as in a directory, one writer, and what is left when one fails."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from conftest import TOKEN, open_service
from graph_samples import EXTRACTIONS, claim, extraction, reference
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from sparql_servers import LEASE_S, OxigraphServer

from app.cli import run
from app.errors import (
    BadRequestError,
    ConflictError,
    QuerySyntaxError,
    StoreBusyError,
    UpstreamUnavailableError,
)
from app.graph.leases import writer_of
from app.graph.remote_writing import edit, update
from app.graph.repositories import open_snapshot, publish
from app.graph.snapshots import EMPTY_SNAPSHOT_ID, export_nquads
from app.graph.sparql_client import client_of
from app.graph.store_node import STORE_GRAPH, change_text, read_state
from app.graph.verdicts import Verdict, read_verdicts
from app.graph.vocabulary import RECORDS_GRAPH, article_graph, term
from app.importing.imports import drop_import
from app.importing.merging import import_dump
from app.ingest import ingest
from app.judging import record
from extractors.gazetteer import load_gazetteer
from extractors.readers import Metadata, Payload

TEXT = "Ngày 23/9/1992, Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao."
FIRST, REST = EXTRACTIONS[:1], EXTRACTIONS[1:]
LATER = extraction("bai-3", claim("established", "AZ VN", "1992-09-23"), publisher="Báo Ba")
"""Another text of an article of EXTRACTIONS."""


def lines(address):
    return sorted(map(str, open_snapshot(address).store().all_quads()))


def assert_same(endpoint, directory):
    assert lines(endpoint) == lines(directory)
    assert read_state(client_of(endpoint)).digest.snapshot_id == open_snapshot(directory).store().snapshot_id
    assert read_state(client_of(endpoint)).unfinished is None
    assert read_state(client_of(endpoint)).holdings == ()


def test_an_endpoint_that_holds_nothing_is_an_empty_graph(endpoint):
    store = open_snapshot(endpoint).store()
    assert (store.snapshot_id, list(store.all_quads())) == (EMPTY_SNAPSHOT_ID, [])


def test_step_by_step_the_graph_is_that_of_a_directory(endpoint, tmp_path):
    steps = [{"articles": FIRST, "reference": reference()}, {"articles": REST}, {"articles": [LATER]}, {"articles": ()}]
    for step in steps:
        near, far = (publish(address, **step) for address in (tmp_path, endpoint))
        assert far == near
        assert_same(endpoint, tmp_path)


def test_a_verdict_is_recorded_and_decides(endpoint, tmp_path):
    publish(tmp_path, EXTRACTIONS, reference=reference())
    publish(endpoint, EXTRACTIONS, reference=reference())
    claims = {quad.subject.value for quad in open_snapshot(tmp_path).store().with_property(term("prov:wasQuotedFrom"))}
    wrong = next(one for one in sorted(claims) if "/bai-3-" in one)
    for address in (tmp_path, endpoint):
        record(address, Verdict("reject", (wrong,), "Lê An", dt.datetime(2026, 11, 21, 5, tzinfo=dt.UTC), "Sai ngày."))
    assert_same(endpoint, tmp_path)
    assert len(read_verdicts(open_snapshot(endpoint).store())) == 1


def test_articles_that_assert_nothing_are_known_the_next_time(endpoint, tmp_path):
    inputs = [
        Payload(f"{one}.txt", text.encode(), "text/plain", Metadata(id=f"tin-{one}"))
        for one, text in enumerate(("Trời mưa.", TEXT))
    ]
    for address in (tmp_path, endpoint):
        ingest(inputs[:1], address)
        assert ingest(inputs, address).skipped == 1
        assert ingest(inputs, address).skipped == 2
    assert_same(endpoint, tmp_path)


@pytest.mark.parametrize("fault", [ConflictError("not this one"), KeyboardInterrupt()], ids=["refused", "interrupted"])
def test_a_writer_that_fails_leaves_everything_as_it_was(endpoint, fault):
    def fail(store, held):
        del held
        assert list(store.quads(article_graph("bai-3"))), "the articles are there already"
        raise fault

    publish(endpoint, FIRST, reference=reference())
    before, state = lines(endpoint), read_state(client_of(endpoint))
    with pytest.raises(type(fault)):
        publish(endpoint, [*REST, LATER], judge=fail)
    assert lines(endpoint) == before
    assert read_state(client_of(endpoint)) == state


def test_two_writers_at_once_both_get_their_articles_in(endpoint, tmp_path):
    publish(tmp_path, EXTRACTIONS, reference=reference())
    publish(endpoint, (), reference=reference())
    writers = [threading.Thread(target=publish, args=(endpoint, [one])) for one in EXTRACTIONS]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert_same(endpoint, tmp_path)


def test_a_writer_that_waits_too_long_is_told_by_whom(endpoint):
    with writer_of(client_of(endpoint), 0), pytest.raises(StoreBusyError, match=f"process {os.getpid()}.* over 0.1 s"):
        publish(endpoint, FIRST, wait_s=0.1)
    publish(endpoint, FIRST, wait_s=0.1)


def test_a_lease_is_renewed_as_long_as_work_goes_on(endpoint):
    quick = replace(endpoint, lease_s=0.4)
    with writer_of(client_of(quick), 0), pytest.raises(StoreBusyError):
        publish(quick, FIRST, wait_s=1.5)


KILLED = """
import sys, time
from app.graph.endpoints import Endpoint
from app.graph.repositories import publish
from graph_samples import EXTRACTIONS
def judge(store, held):
    store.select("SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 1")
    print("written", flush=True)
    time.sleep(60)
publish(Endpoint(sys.argv[1], sys.argv[2], lease_s=float(sys.argv[3])), EXTRACTIONS[1:], judge=judge)
"""


def killed_writer(endpoint):
    """Another process that wrote articles, and was killed before it fused them."""
    words = [sys.executable, "-c", KILLED, endpoint.query_url, endpoint.update_url, str(endpoint.lease_s)]
    paths = os.pathsep.join(("tests", "."))
    process = subprocess.Popen(words, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths})
    assert process.stdout.readline() == b"written\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    return process.pid


def test_what_a_killed_writer_left_is_brought_to_an_end_by_the_next(endpoint, tmp_path):
    publish(endpoint, FIRST, reference=reference())
    pid = killed_writer(endpoint)
    state = read_state(client_of(endpoint))
    assert state.unfinished == "update"
    assert f"process {pid}" in state.holdings[0].holder
    with pytest.raises(StoreBusyError, match=f"process {pid}"):
        publish(endpoint, (), wait_s=0)
    started_at_s = time.monotonic()
    publish(endpoint, [LATER])
    assert time.monotonic() - started_at_s < LEASE_S + 10
    publish(tmp_path, [*FIRST, *REST, LATER], reference=reference())
    assert_same(endpoint, tmp_path)


def test_a_first_build_that_was_cut_off_begins_anew(endpoint, tmp_path):
    """It is sent as it is: half an article must not be taken for a whole one."""
    publish(endpoint, EXTRACTIONS, reference=reference())
    client = client_of(endpoint)
    client.update(change_text({"unfinished": "restore"}, ""))
    client.update(f"DELETE WHERE {{ GRAPH {article_graph('bai-1')} {{ ?s a ?o }} }}")
    for address in (endpoint, tmp_path):
        publish(address, REST, reference=reference())
    assert_same(endpoint, tmp_path)


def test_a_writer_whose_place_was_taken_changes_nothing_more(endpoint, tmp_path):
    publish(endpoint, FIRST, reference=reference())

    def lose(store, held):
        store.select("SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 1")
        client_of(endpoint).update(
            "DELETE WHERE { GRAPH ?g { ?writer <https://w3id.org/banggiao/graph/store#lease> ?s ; ?p ?o } }"
        )
        lost.extend(lines(endpoint))
        return held

    lost = []
    with pytest.raises(StoreBusyError, match="may be there in part"):
        publish(endpoint, REST, judge=lose)
    assert lines(endpoint) == lost
    publish(endpoint, ())
    publish(tmp_path, EXTRACTIONS, reference=reference())
    assert_same(endpoint, tmp_path)


def test_an_endpoint_that_goes_away_and_comes_back(tmp_path):
    server = OxigraphServer(tmp_path / "data").start()
    try:
        endpoint, near = server.endpoint, tmp_path / "near"
        publish(endpoint, FIRST, reference=reference())

        def kill(store, held):
            store.select("SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 1")
            server.kill()
            return held

        with open_service(endpoint.query_url, token=TOKEN, store_lease_s=1) as client:
            address = "/api/pairs/AZ/VN/anniversaries?on=2026-11-21"
            assert client.get(address).status_code == 200
            with pytest.raises(UpstreamUnavailableError, match="cannot be reached"):
                publish(endpoint, REST, judge=kill)
            time.sleep(1.1)  # what a reader knows is a second old at most
            answer = client.get(address)
            assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (503, "upstream-unavailable")
            assert int(answer.headers["Retry-After"]) > 0
            assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 503
            health = client.get("/health")
            assert (health.status_code, health.json()["status"]) == (200, "degraded")
            server.start()
            time.sleep(1.1)
            assert client.get(address).status_code == 200
            assert client.get("/health").json()["status"] == "ok"
            publish(endpoint, REST)
            publish(near, EXTRACTIONS, reference=reference())
            assert_same(endpoint, near)
    finally:
        server.kill()


def test_an_update_is_passed_on_and_the_content_is_another(endpoint):
    publish(endpoint, FIRST, reference=reference())
    before = read_state(client_of(endpoint))
    records = sum(1 for _ in open_snapshot(endpoint).store().quads(RECORDS_GRAPH))
    done = update(endpoint, "INSERT DATA { GRAPH <urn:x> { <urn:s> <urn:p> 1 } } # the end")
    # nobody knows which events it changed
    assert (done.is_new, done.quads) == (True, before.digest.count - records + 1)
    assert read_state(client_of(endpoint)).digest.snapshot_id == done.snapshot_id != before.digest.snapshot_id
    assert [str(one.object.value) for one in open_snapshot(endpoint).store().quads(NamedNode("urn:x"))] == ["1"]
    later = publish(endpoint, REST)
    assert (later.is_new, later.quads) == (True, len(lines(endpoint)))


def test_an_update_that_is_none_is_refused_and_leaves_no_trace(endpoint):
    publish(endpoint, FIRST)
    before = read_state(client_of(endpoint))
    with pytest.raises(QuerySyntaxError):
        update(endpoint, "INSERT NOTHING")
    assert read_state(client_of(endpoint)) == before


def test_an_update_may_take_everything_away(endpoint, tmp_path):
    publish(endpoint, FIRST)
    assert update(endpoint, "DROP ALL").quads == 0
    publish(endpoint, EXTRACTIONS, reference=reference())
    publish(tmp_path, EXTRACTIONS, reference=reference())
    assert lines(endpoint) == lines(tmp_path)


def test_an_update_names_its_graphs(endpoint):
    update(endpoint, "INSERT DATA { GRAPH <urn:a> { <urn:s> <urn:p> 1 } GRAPH <urn:b> { <urn:s> <urn:p> 2 } }")
    text = "INSERT { GRAPH <urn:c> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    update(endpoint, text, [NamedNode("urn:b")])
    assert [one.object.value for one in open_snapshot(endpoint).store().quads(NamedNode("urn:c"))] == ["2"]


def test_statements_are_put_in_and_taken_out_as_they_are(endpoint):
    def quad(number, graph="urn:g"):
        return Quad(NamedNode(f"urn:{number}"), NamedNode("urn:p"), Literal(number), NamedNode(graph))

    publish(endpoint, FIRST)
    before = open_snapshot(endpoint).store().snapshot_id
    many = [quad(number) for number in range(50)]
    first = edit(endpoint, lambda draft: draft.change((), many))
    assert set(open_snapshot(endpoint).store().quads(NamedNode("urn:g"))) == set(many)
    assert not edit(endpoint, lambda draft: draft.change([quad(99)], many)).is_new, "nothing of it is anything new"
    again = edit(endpoint, lambda draft: draft.change(many[1:], [many[1], quad(0, "urn:h")]))
    assert again.quads == first.quads - 47
    assert edit(endpoint, lambda draft: draft.change([*many, quad(0, "urn:h")], ())).snapshot_id == before
    with pytest.raises(BadRequestError, match="blank nodes"):
        edit(endpoint, lambda draft: draft.change((), [Quad(BlankNode(), NamedNode("urn:p"), Literal(1))]))
    with pytest.raises(BadRequestError, match="another name"):
        edit(endpoint, lambda draft: draft.change([quad(0, STORE_GRAPH.value)], ()))
    assert edit(endpoint, lambda draft: draft.clear()).quads == 0
    assert open_snapshot(endpoint).store().snapshot_id == EMPTY_SNAPSHOT_ID


def test_relative_names_of_an_update_are_relative_to_a_base(endpoint):
    update(endpoint, "INSERT DATA { GRAPH <g> { <s> <p> 1 } }", base_iri="https://h.example/a/")
    store = open_snapshot(endpoint).store()
    rows = store.query("SELECT ?o WHERE { GRAPH <g> { <s> <p> ?o } }", base_iri="https://h.example/a/")
    assert [row["o"].value for row in rows] == ["1"]


def test_a_dump_is_restored_and_another_is_put_beside_it(endpoint, tmp_path):
    publish(tmp_path / "source", FIRST, reference=reference())
    publish(tmp_path / "other", REST, reference=reference())
    for name in ("source", "other"):
        with (tmp_path / f"{name}.nq").open("wb") as out:
            export_nquads(tmp_path / name, out)
    for address in (endpoint, tmp_path / "near"):
        codes = frozenset(load_gazetteer().states)
        assert import_dump(address, [tmp_path / "source.nq"], codes).is_restored
        assert not import_dump(address, [tmp_path / "other.nq"], codes, name="other").is_restored
    assert_same(endpoint, tmp_path / "near")
    for address in (endpoint, tmp_path / "near"):
        drop_import(address, "other")
    assert_same(endpoint, tmp_path / "near")


def test_an_article_sent_to_the_service_is_there_when_it_says_so(endpoint):
    with open_service(endpoint.query_url, token=TOKEN, store_lease_s=1) as client:
        article = {"text": TEXT, "title": "Tin"}
        answer = client.post("/api/articles", json=article, headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 201
        assert any("1992-09-23" in line for line in lines(endpoint))
        time.sleep(1.1)
        assert client.get("/health").json()["articles"] == 1


def test_the_command_line_works_over_an_endpoint_as_over_a_directory(endpoint, tmp_path, capsys, monkeypatch):
    (tmp_path / "tin.txt").write_text(TEXT, encoding="utf-8")
    publish(endpoint, (), reference=reference())
    publish(tmp_path / "near", (), reference=reference())
    monkeypatch.setenv("BANGGIAO_STORE_LEASE_S", f"{LEASE_S}")
    commands = (
        ["ingest", f"{tmp_path}/tin.txt"],
        ["timeline", "AZ", "VN", "--format", "json"],
        ["anniversaries", "AZ", "VN", "--on", "2026-11-21", "--format", "json"],
        ["upcoming", "--days", "366", "--format", "json"],
        ["check", f"{tmp_path}/tin.txt", "--format", "json"],
        ["query", "SELECT ?p ?o WHERE { <https://w3id.org/banggiao/id/event/established-AZ-VN> ?p ?o } ORDER BY ?p ?o"],
        ["verdict", "list", "--format", "jsonl"],
        ["import", "list", "--format", "json"],
        ["export", "--format", "nquads"],
    )
    for command in commands:
        printed = []
        for address in (endpoint.query_url, f"{tmp_path}/near"):
            status = run([*command, "--store", address])
            printed.append((status, capsys.readouterr()))
        assert printed[0] == printed[1]
        assert (command[0], printed[0][0]) == (command[0], 0)
