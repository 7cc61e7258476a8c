"""The built graph conforms to its shapes, in time; what does not is told with node, path, value and reason."""

import gzip
import json
import time
from pathlib import Path

import pytest
from graph_samples import EXTRACTIONS, reference
from pyoxigraph import Literal, NamedNode, Quad

from app.cli import run
from app.dump_reading import BrokenDumpError, read_dump
from app.dumps import quads_of, write_dump
from app.errors import BadRequestError
from app.graph.building import update_graph
from app.graph.snapshots import open_snapshot
from app.graph.store import EmbeddedStore
from app.graph.vocabulary import BASE, EVENTS_GRAPH, concept, term, thing
from app.validation import Violation, find_violations

LONGEST_S = 30.0  # on the shipped data, of one core
EVENT = thing("event", "established-AZ-VN")


def small_world() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    update_graph(store, EXTRACTIONS, reference())
    return store


def violations(store: EmbeddedStore, batch_triples: int = 20_000) -> list[Violation]:
    return sorted(one for _, found in find_violations(store, batch_triples) for one in found)


def test_the_small_world_conforms() -> None:
    assert violations(small_world()) == []


def test_the_shipped_graph_conforms_in_time(shipped_store: Path) -> None:
    store = open_snapshot(shipped_store).store()
    started_s = time.process_time()
    assert violations(store) == []
    assert time.process_time() - started_s < LONGEST_S


def without(*names: str):
    def change(store: EmbeddedStore) -> None:
        predicates = {term(name) for name in names}
        store.apply([quad for quad in store.quads(EVENTS_GRAPH, EVENT) if quad.predicate in predicates], ())

    return change


def having(subject: NamedNode, name: str, value: NamedNode | Literal):
    return lambda store: store.apply((), [Quad(subject, term(name), value, EVENTS_GRAPH)])


def a_second_owner(store: EmbeddedStore) -> None:
    (alternative,) = (q.object for q in store.quads(EVENTS_GRAPH, EVENT) if q.predicate == term("bg:alternative"))
    having(thing("event", "national-day-VN"), "bg:alternative", alternative)(store)


def literal(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=term(datatype))


BROKEN = [
    pytest.param(without("bg:date"), "established-AZ-VN", "bg:date", id="an event without a date"),
    pytest.param(
        without("prov:wasDerivedFrom"), "established-AZ-VN", "prov:wasDerivedFrom", id="an event that nothing supports"
    ),
    pytest.param(without("bg:status"), "established-AZ-VN", "bg:status", id="an event without its status"),
    pytest.param(without("bg:earliest"), "established-AZ-VN", "", id="a date without its bounds"),
    pytest.param(
        having(EVENT, "bg:date", literal("1992-02-31", "xsd:date")), "established-AZ-VN", "bg:date", id="two dates"
    ),
    pytest.param(
        having(EVENT, "bg:confidence", literal("1.5", "xsd:decimal")),
        "established-AZ-VN",
        "bg:confidence",
        id="more than sure",
    ),
    pytest.param(
        having(EVENT, "bg:level", concept("status", "confirmed")), "established-AZ-VN", "bg:level", id="no level"
    ),
    pytest.param(
        having(EVENT, "bg:country", thing("country", "ZZ")), "established-AZ-VN", "bg:country", id="a state unknown"
    ),
    pytest.param(
        having(EVENT, "rdfs:label", Literal("Beziehungen", language="de")),
        "established-AZ-VN",
        "rdfs:label",
        id="a third language",
    ),
    pytest.param(
        having(EVENT, "prov:wasDerivedFrom", thing("country", "VN")),
        "established-AZ-VN",
        "prov:wasDerivedFrom",
        id="supported by what is no evidence",
    ),
    pytest.param(a_second_owner, "1992-09-24", "^bg:alternative", id="an alternative of two events"),
    pytest.param(
        having(thing("pair", "AZ-VN"), "bg:country", thing("country", "JP")),
        "AZ-VN",
        "bg:country",
        id="a pair of three",
    ),
    pytest.param(
        having(thing("country", "VN"), "bg:officialName", Literal("République", language="fr")),
        "VN",
        "bg:officialName",
        id="a name in another language",
    ),
    pytest.param(
        having(concept("status", "confirmed"), "skos:definition", Literal("Bestätigt", language="de")),
        "status-confirmed",
        "skos:definition",
        id="a concept defined in a third language",
    ),
]


@pytest.mark.parametrize(("breaking", "node", "path"), BROKEN)
def test_what_is_wrong_is_told(breaking, node: str, path: str) -> None:
    store = small_world()
    breaking(store)
    found = violations(store)
    assert (node, path) in {
        (one.focus_node.rpartition("/")[2].rpartition("#")[2].removeprefix("bg:"), one.path) for one in found
    }
    assert all(one.message and one.severity == "Violation" for one in found)
    # however few nodes are looked at together
    assert violations(store, batch_triples=50) == found


def exported(store: EmbeddedStore, path: Path) -> Path:
    with path.open("wb") as out:
        write_dump(quads_of(store), "nquads", out, is_packed=path.name.endswith(".gz"))
    return path


def test_a_dump_that_conforms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(exported(small_world(), tmp_path / "all.nq.gz"))]) == 0
    assert "4 articles, 9 claims" in capsys.readouterr().out


def test_a_dump_that_does_not_conform(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = small_world()
    without("bg:status")(store)
    dump = exported(store, tmp_path / "all.nq")
    assert run(["validate", str(dump), "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["conforms"] is False
    (violation,) = answer["violations"]
    assert (violation["focus_node"], violation["path"]) == (f"{BASE}id/event/established-AZ-VN", "bg:status")
    assert run(["validate", str(dump)]) == 1
    table = capsys.readouterr().out
    assert "1 violations" in table
    assert "bg:status" in table


GOOD = '<https://a.example/s> <https://a.example/p> "o" <https://a.example/g> .\n'
BAD_DUMPS = [
    pytest.param("x.nq", (GOOD + "<s> <p> .\n").encode(), "x.nq:2: is no N-Quads", id="an unfinished line"),
    pytest.param("x.nq", (GOOD * 3 + '<https://a.example/s> "p" <o> .').encode(), "x.nq:4", id="a literal as property"),
    pytest.param("x.trig", b"@prefix a: <https://a.example/> .\na:s a:p a:o", "x.trig:2", id="TriG without an end"),
    pytest.param("x.ttl", b"nosuch:s a nosuch:C .", "x.ttl:1: is no Turtle", id="a prefix that nobody declared"),
    pytest.param("x.nq", b"", "x.nq: holds no statement", id="an empty file"),
    pytest.param("x.nq", b"\xff\xfe\x00", "x.nq:1", id="bytes that are no text"),
    pytest.param("x.nq.gz", GOOD.encode(), "x.nq.gz: is no gzip", id="a gzip that is none"),
    pytest.param("x.nq.gz", gzip.compress(GOOD.encode() * 900)[:-20], "ends early or is damaged", id="a gzip cut off"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD_DUMPS)
def test_a_broken_dump_is_refused_with_file_line_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BrokenDumpError) as told:
        read_dump(path)
    assert reason in str(told.value)
    assert run(["validate", str(path)]) == 1
    assert reason in capsys.readouterr().err


def test_a_file_of_another_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.html"
    path.write_text("<!doctype html>")
    with pytest.raises(BadRequestError, match="says no format"):
        read_dump(path)
    assert run(["validate", str(path)]) == 2
    assert run(["validate", str(tmp_path / "nosuch.nq")]) == 1
    assert "nosuch.nq" in capsys.readouterr().err
