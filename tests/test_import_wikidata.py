"""Importing from Wikidata: a real server with statements in its shape, and servers that answer badly."""

import datetime as dt
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from graph_samples import EXTRACTIONS, SOURCES, fact, reference
from test_cli import DONE, SOME_FAILED, WRONG_USAGE, run_here
from web_server import watching
from wikidata_samples import ITEMS, STATEMENT, STATEMENTS, TURTLE, put_into, sparql_server

from app.errors import BadRequestError
from app.graph.building import evidence_of
from app.graph.lookups import event_by_id, events_of_pair
from app.graph.reference import Reference
from app.graph.snapshots import export_nquads, open_snapshot, publish
from app.graph.store import named_query
from app.graph.vocabulary import import_graph, thing
from app.importing import wikidata
from app.importing.errors import ImportRefusedError
from app.importing.imports import drop_import, imports_of
from app.importing.records import ImportReport
from app.importing.remote import Politeness, RemoteSparql
from app.validation import find_violations

LEFT_OUT = {
    "deprecated by Wikidata": 1,
    "not two states that are known here": 2,
    "a state with itself": 1,
    "no start time": 1,
    "more than one start time": 1,
    "start time not in the Gregorian calendar": 1,
    "start time coarser than a year, or out of range": 1,
}
NOTES = {
    "known to the month, and kept so": 2,
    "known to the year, and kept so": 1,
    "without their end: one of the states itself ended": 1,
    "without their end: end time not in the Gregorian calendar": 1,
}
FACTS = {
    ("AZ-VN", "established", "1992-09-23", ("ministry.example",)),
    ("AZ-VN", "established", "1992-09-23", ("wikipedia",)),
    ("JP-VN", "established", "1973-09-20", ("wikidata",)),
    ("BY-VN", "established", "1992-01", ("sample handbook",)),
    ("CL-VN", "established", "1971", ("wikipedia",)),
    ("AZ-CL", "established", "1960-01-01", ("an embassy",)),
    ("AZ-CL", "severed", "1973-09-18", ("an embassy",)),
    ("JP-SU", "established", "1925-01-20", ("sample wikisource",)),
    ("CL-JP", "severed", "1943-01", ("wikidata",)),
    ("BY-JP", "established", "1992-01-26", ("wikidata",)),
}


TODAY = dt.date(2026, 11, 22)


def import_wikidata(store: Path, asked: RemoteSparql, known: Reference, countries: Sequence[str] = ()) -> ImportReport:
    return wikidata.import_wikidata(store, asked, known, countries, today=TODAY)


def known_states() -> Reference:
    """The small world with the ids that Wikidata has for its states."""
    small = reference()
    states = tuple(type(one)(**{**_fields(one), "wikidata": ITEMS[one.code]}) for one in small.states)
    # one host with one publisher: what it says is that publisher's voice
    sources = (SOURCES[0],)
    return Reference(states, small.names, small.facts, sources)


def _fields(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__slots__}  # type: ignore[attr-defined]  # a dataclass with slots


def remote(endpoint: str, **limits: object) -> RemoteSparql:
    politeness = Politeness(**{"pause_s": 0.0, **limits})  # type: ignore[arg-type]  # tests give what fits
    return RemoteSparql(endpoint, sleep=lambda _: None, monotonic=lambda: 0.0, politeness=politeness)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory) -> Iterator[str]:
    with sparql_server(put_into(tmp_path_factory.mktemp("wikidata") / "store")) as address:
        yield address


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A graph of our own."""
    publish(tmp_path / "store", EXTRACTIONS, reference=reference())
    return tmp_path / "store"


def imported(directory: Path) -> set[tuple[str, str, str, tuple[str, ...]]]:
    """What the graph has from Wikidata: pair, type, date, voices."""
    graph = open_snapshot(directory).store()
    pairs = {quad.object for quad in graph.quads(import_graph("wikidata")) if quad.predicate.value.endswith("#subject")}
    return {
        (pair.value.rpartition("/")[2], item.type, str(item.date), tuple(sorted(item.voices)))
        for pair in pairs
        for item in evidence_of(graph, pair)
        if item.basis == "imported"
    }


def test_every_statement_becomes_a_fact_or_is_counted_with_its_reason(store: Path, endpoint: str) -> None:
    with watching() as hosts:
        report = import_wikidata(store, remote(endpoint), known_states())
    (account,) = report.accounts
    assert (account.read, account.imported) == (len(STATEMENTS), 9)
    assert account.read == account.imported + sum(account.left_out.values())
    assert (account.left_out, account.notes) == (LEFT_OUT, NOTES)
    assert imported(store) == FACTS
    assert hosts == {"127.0.0.1"}


def test_pages_of_any_size_give_the_same_graph(tmp_path: Path, endpoint: str) -> None:
    ids = {
        import_wikidata(
            tmp_path / f"pages-of-{rows}", remote(endpoint, page_rows=rows), known_states()
        ).publication.snapshot_id
        for rows in (2, 7, 5000)
    }
    assert len(ids) == 1


def test_the_same_again_publishes_nothing(store: Path, endpoint: str) -> None:
    first = import_wikidata(store, remote(endpoint), known_states()).publication
    again = import_wikidata(store, remote(endpoint), known_states()).publication
    assert (first.is_new, again.is_new, again.snapshot_id) == (True, False, first.snapshot_id)


def test_an_imported_date_supports_and_contradicts_but_does_not_overrule(store: Path, endpoint: str) -> None:
    import_wikidata(store, remote(endpoint), known_states())
    graph = open_snapshot(store).store()
    az = event_by_id(graph, "established-AZ-VN")
    assert {(one.publisher, one.basis) for one in az.sources} >= {
        ("ministry.example", "imported"),
        ("Wikipedia", "imported"),
    }
    jp = event_by_id(graph, "established-JP-VN")
    assert (str(jp.date), jp.status) == ("1973-09-21", "single-source")
    other = next(one for one in jp.alternatives if str(one.date) == "1973-09-20")
    assert [(one.publisher, one.url) for one in other.sources] == [("Wikidata", "http://www.wikidata.org/entity/Q881")]
    assert [event.id for event in events_of_pair(graph, "AZ", "CL")] == ["established-AZ-CL", "severed-AZ-CL-1973"]


def test_a_fact_names_the_statement_it_is(store: Path, endpoint: str) -> None:
    import_wikidata(store, remote(endpoint), known_states())
    quads = open_snapshot(store).store().quads(import_graph("wikidata"), thing("imported", "wikidata-Q298-broken-end"))
    said = {quad.predicate.value.rpartition("#")[2]: quad.object.value for quad in quads}
    assert said["sameAs"] == f"{STATEMENT}Q298-broken"


def test_some_states_are_imported_and_the_others_stay(store: Path, endpoint: str) -> None:
    import_wikidata(store, remote(endpoint), known_states())
    whole = imported(store)
    same = import_wikidata(store, remote(endpoint), known_states(), ["JP"]).publication
    assert not same.is_new
    drop_import(store, "wikidata")
    import_wikidata(store, remote(endpoint), known_states(), ["JP"])
    import_wikidata(store, remote(endpoint), known_states(), ["CL", "AZ"])
    assert imported(store) == {one for one in whole if one[0] != "BY-VN"}


def test_what_was_imported_can_be_taken_away(store: Path, endpoint: str) -> None:
    before = open_snapshot(store).store().snapshot_id
    import_wikidata(store, remote(endpoint), known_states())
    assert [(one.name, one.basis, one.facts) for one in imports_of(open_snapshot(store).store())] == [
        ("wikidata", "imported", 10)
    ]
    _, publication = drop_import(store, "wikidata")
    assert publication.snapshot_id == before


def test_a_statement_that_wikidata_took_back_is_gone(tmp_path: Path, store: Path, endpoint: str) -> None:
    import_wikidata(store, remote(endpoint), known_states())
    fewer = TURTLE.replace(STATEMENTS[2], "")
    with sparql_server(put_into(tmp_path / "later", fewer)) as later:
        import_wikidata(store, remote(later), known_states())
    # the address of the endpoint is told, and the facts are those of the later answer
    assert imported(store) == {one for one in FACTS if one[0] != "JP-VN"}


class Answers:
    """What a server says, one after another, the last one for good; and what it was asked."""

    def __init__(self, *answers: tuple[int, dict[str, str], bytes]) -> None:
        self.answers = list(answers)
        self.headers: list[dict[str, str]] = []


@contextmanager
def answering(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[tuple[str, Answers]]:
    said = Answers(*answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            said.headers.append({name.lower(): value for name, value in self.headers.items()})
            status, headers, body = said.answers.pop(0) if len(said.answers) > 1 else said.answers[0]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", said
    finally:
        server.shutdown()
        server.server_close()


def rows(*bindings: dict[str, str]) -> bytes:
    found = [{name: {"type": "uri", "value": value} for name, value in one.items()} for one in bindings]
    return json.dumps({"head": {"vars": []}, "results": {"bindings": found}}).encode()


ONE = {
    "statement": f"{STATEMENT}Q881-one",
    "subject": "http://www.wikidata.org/entity/Q881",
    "object": "http://www.wikidata.org/entity/Q227",
    "rank": "http://wikiba.se/ontology#NormalRank",
    "start": "1992-09-23T00:00:00Z",
    "startPrecision": "11",
    "startCalendar": "http://www.wikidata.org/entity/Q1985727",
}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param((200, {}, b"<!doctype html><title>Welcome</title>"), "no SPARQL results", id="a web page"),
        pytest.param((200, {}, rows(ONE)[:-40]), "half of them", id="an answer that is cut off"),
        pytest.param((200, {}, b'{"results": []}'), "no SPARQL results", id="another JSON"),
        pytest.param((200, {}, rows({**ONE, "object": "\ud800"})), "half a character", id="a text that is no Unicode"),
        pytest.param((200, {}, b"[" * 100_000), "no SPARQL results", id="nested without end"),
        pytest.param((200, {}, rows()), "knows no diplomatic relation", id="nothing at all"),
        pytest.param(
            (200, {}, rows({**ONE, "statement": "http://example.org/x"})), "none of Wikidata's", id="other statements"
        ),
        pytest.param((200, {}, rows({"statement": ONE["statement"]})), "without its 'subject'", id="half a row"),
        pytest.param((400, {}, b"no such prefix"), "«no such prefix»", id="a query it does not take"),
        pytest.param((429, {"Retry-After": "86400"}, b""), "86400 s", id="come back tomorrow"),
        pytest.param((503, {}, b"busy"), "4 times in a row", id="always busy"),
        pytest.param((302, {"Location": "https://example.org/"}, b""), "status 302", id="sent elsewhere"),
        pytest.param((200, {}, rows(*[ONE] * 20)), "more than 3 pages", id="pages without end"),
        pytest.param((200, {}, b" " * 3_000_000), "more than 1,000,000 bytes", id="an answer without end"),
    ],
)
def test_a_bad_answer_is_refused_and_nothing_changes(
    store: Path, answer: tuple[int, dict[str, str], bytes], reason: str
) -> None:
    before = open_snapshot(store).store().snapshot_id
    with answering(answer) as (address, _), pytest.raises(ImportRefusedError, match="othing was imported") as refused:
        import_wikidata(store, remote(address, page_rows=20, max_pages=3, max_bytes=1_000_000), known_states())
    assert reason in str(refused.value)
    assert open_snapshot(store).store().snapshot_id == before


END = {"endPrecision": "11", "endCalendar": ONE["startCalendar"]}
SOVIET = {"subject": f"http://www.wikidata.org/entity/{ITEMS['SU']}"}


@pytest.mark.parametrize(
    ("changed", "left_out", "notes"),
    [
        pytest.param({"start": "2999-01-01T00:00:00Z"}, "start time still to come", None, id="a start in 2999"),
        pytest.param({"start": "2026-11-24T00:00:00Z"}, "start time still to come", None, id="the day after tomorrow"),
        pytest.param({"start": "2026-11-23T00:00:00Z"}, None, None, id="tomorrow, which it is elsewhere"),
        pytest.param(
            {"start": "0001-01-01T00:00:00Z"}, "start time before one of the states was there", None, id="year 1"
        ),
        pytest.param(
            {"start": "1922-12-29T00:00:00Z", **SOVIET},
            "start time before one of the states was there",
            None,
            id="the day before a state was there",
        ),
        pytest.param({"start": "1922-12-30T00:00:00Z", **SOVIET}, None, None, id="the day on which a state began"),
        pytest.param(
            {"end": "1960-01-01T00:00:00Z", **END}, None, "end time before the start time", id="an end before the start"
        ),
        pytest.param({"end": "2999-01-01T00:00:00Z", **END}, None, "end time still to come", id="an end in 2999"),
        pytest.param({"end": "1992-09-23T00:00:00Z", **END}, None, None, id="an end on the day of the start"),
    ],
)
def test_a_time_that_cannot_be_is_left_out_and_counted(
    tmp_path: Path, changed: dict[str, str], left_out: str | None, notes: str | None
) -> None:
    with answering((200, {}, rows({**ONE, **changed})), (200, {}, rows())) as (address, _):
        (account,) = import_wikidata(tmp_path / "store", remote(address), known_states()).accounts
    assert account.left_out == ({left_out: 1} if left_out else {})
    assert account.notes == ({f"without their end: {notes}": 1} if notes else {})


@pytest.mark.parametrize("name", ["url", "workName", "projectName"])
def test_a_reference_without_measure_is_left_out_and_counted(store: Path, name: str) -> None:
    long = {"statement": ONE["statement"], "url": "https://example.org/a", name: f"https://example.org/{'a' * 2_000}"}
    with answering((200, {}, rows(ONE)), (200, {}, rows(long))) as (address, _):
        (account,) = import_wikidata(store, remote(address), known_states()).accounts
    assert account.notes == {"without a reference that has an address or a name of over 2,000 characters": 1}
    assert imported(store) == {("AZ-VN", "established", "1992-09-23", ("wikidata",))}


def test_a_busy_server_is_asked_again_after_the_rest_it_asked_for(store: Path) -> None:
    slept: list[float] = []
    busy = [(429, {"Retry-After": "7"}, b""), (429, {}, b""), (502, {}, b"")]
    with answering(*busy, (200, {}, rows(ONE)), (200, {}, rows())) as (address, said):
        asking = RemoteSparql(address, sleep=slept.append, monotonic=lambda: 0.0)
        report = import_wikidata(store, asking, known_states())
    assert slept == [7.0, 60.0, 4.0, 1.0]
    assert report.accounts[0].imported == 1
    assert all(one["user-agent"].startswith("banggiao/") for one in said.headers)
    assert {one["accept"] for one in said.headers} == {"application/sparql-results+json"}


def test_nobody_at_home(store: Path) -> None:
    with pytest.raises(ImportRefusedError, match="cannot be reached"):
        import_wikidata(store, remote("http://127.0.0.1:9/sparql"), known_states())


@pytest.mark.parametrize(
    "address", ["ftp://example.org/sparql", "example.org", "https://me:secret@example.org/sparql", "http://[", ""]
)
def test_what_is_no_endpoint_is_wrong_usage(address: str) -> None:
    with pytest.raises(BadRequestError, match="SPARQL endpoint"):
        remote(address)


@pytest.mark.parametrize("name", ["wikidata-statements", "wikidata-references"])
def test_the_queries_ask_of_the_items_in_one_place(name: str) -> None:
    assert named_query(name).count("wd:Q881") == 1


def test_the_command(tmp_path: Path, endpoint: str, capsys) -> None:
    def said(*arguments: object) -> tuple[int, str, str]:
        status = run_here(["import", *map(str, arguments), "--store", str(tmp_path / "store")])
        return status, *capsys.readouterr()

    status, table, faults = said("wikidata", "--endpoint", endpoint, "--country", "Việt Nam")
    assert (status, faults) == (DONE, "")
    assert all(reason in table for reason in LEFT_OUT)
    assert "as before" in said("wikidata", "--endpoint", endpoint, "--country", "VN")[1]
    listed = said("list", "--format", "csv")[1]
    assert listed.splitlines() == ["name,from,basis,facts", f"wikidata,{endpoint},imported,5"]
    status, sentence, _ = said("drop", "wikidata")
    assert (status, sentence.splitlines()[0]) == (DONE, "5 facts of «wikidata» are no longer in the graph.")
    assert said("drop", "wikidata")[0] == SOME_FAILED
    assert said("wikidata", "--country", "Atlantis")[0] == WRONG_USAGE
    assert said("wikidata", "--endpoint", "ftp://example.org")[0] == WRONG_USAGE


def test_the_graph_conforms_to_the_shapes(store: Path, endpoint: str) -> None:
    import_wikidata(store, remote(endpoint), known_states())
    assert [one for _, found in find_violations(open_snapshot(store).store()) for one in found] == []


def exported(directory: Path, path: Path) -> bytes:
    with path.open("wb") as file:
        export_nquads(directory, file)
    return path.read_bytes()


def test_the_way_to_the_graph_leaves_no_trace(tmp_path: Path, endpoint: str) -> None:
    """Wikidata first and articles later, or the other way round."""
    early, late = tmp_path / "early", tmp_path / "late"
    import_wikidata(early, remote(endpoint), known_states())
    publish(early, EXTRACTIONS, reference=reference())
    publish(
        late,
        EXTRACTIONS[:2],
        reference=reference(fact("established-jp-vn", "established", "JP VN", "1973", "ministry")),
    )
    import_wikidata(late, remote(endpoint), known_states())
    publish(late, EXTRACTIONS[2:], reference=reference())
    assert exported(early, tmp_path / "a") == exported(late, tmp_path / "b")
