"""Importing dumps: the same graph again in an empty store, the rest beside ours in another; what is broken, nowhere."""

import gzip
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from graph_samples import EXTRACTIONS, FACTS, LABELS, claim, extraction, fact, reference
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize
from test_cli import DONE, SOME_FAILED, WRONG_USAGE, run_here

from app.errors import BadRequestError, NotFoundError
from app.graph.articles import describe_article
from app.graph.lookups import article_by_id, event_by_id
from app.graph.snapshots import export_nquads, open_snapshot, publish
from app.graph.vocabulary import BASE, import_graph, term
from app.importing import dumps
from app.importing.errors import ImportRefusedError
from app.importing.imports import drop_import, imports_of
from app.importing.merging import import_dump
from app.importing.records import ImportReport, Trust
from app.validation import find_violations

CODES = frozenset(LABELS)
FOREIGN = extraction("bai-ngoai", claim("established", "CL VN", "1971-03-25"), publisher="Báo Xa")
THEIR_FACTS = (
    FACTS[0],  # just as ours
    fact("established-jp-vn", "established", "JP VN", "1973-09-23", "agency"),  # the same id, another day
    fact("established-cl-jp", "established", "CL JP", "1897-09-25", "ministry", note="A note of theirs."),
)


def exported(directory: Path) -> bytes:
    file = io.BytesIO()
    export_nquads(directory, file)
    return file.getvalue()


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("ours")
    publish(folder, EXTRACTIONS, reference=reference())
    return exported(folder)


@pytest.fixture(scope="module")
def theirs(tmp_path_factory) -> bytes:
    """A graph of others: one article of ours, one of another text under the id of ours, one of their own, their facts."""
    folder = tmp_path_factory.mktemp("theirs")
    other = extraction("bai-2", claim("established", "AZ VN", "1992"), publisher="Báo Hai")
    # another text under the same id
    other = replace(other, article=replace(other.article, text=f"{other.article.text} Thêm một câu."))
    publish(folder, (EXTRACTIONS[0], other, FOREIGN), reference=reference(*THEIR_FACTS))
    return exported(folder)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory) -> Path:
    """A graph of ours for tests in which nothing may be written."""
    folder = tmp_path_factory.mktemp("untouched")
    publish(folder, EXTRACTIONS, reference=reference())
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    publish(tmp_path / "store", EXTRACTIONS, reference=reference())
    return tmp_path / "store"


def write(path: Path, data: bytes) -> Path:
    """The statements in the format of the path's name."""
    name = path.name.removesuffix(".gz")
    if name.endswith(".trig"):
        data = serialize(parse(data, format=RdfFormat.N_QUADS), format=RdfFormat.TRIG) or b""
    elif name.endswith(".ttl"):
        triples = {quad.triple for quad in parse(data, format=RdfFormat.N_QUADS)}
        data = serialize(triples, format=RdfFormat.TURTLE) or b""
    path.write_bytes(gzip.compress(data) if path.name.endswith(".gz") else data)
    return path


def importing(store: Path, *files: Path, name: str | None = None, trust: Trust = "imported") -> ImportReport:
    return import_dump(store, files, CODES, name=name, trust=trust)


@pytest.mark.parametrize("name", ["d.nq", "d.nq.gz", "d.trig", "d.trig.gz"])
def test_an_empty_store_gets_the_same_graph(tmp_path: Path, ours: bytes, name: str) -> None:
    report = importing(tmp_path / "store", write(tmp_path / name, ours))
    assert report.is_restored
    assert exported(tmp_path / "store") == ours
    again = publish(tmp_path / "store", EXTRACTIONS, reference=reference())
    assert not again.is_new


def test_parts_of_a_dump_are_one(tmp_path: Path, ours: bytes) -> None:
    lines = ours.splitlines(keepends=True)
    # parts that overlap do not matter
    parts = [write(tmp_path / "1.nq", b"".join(lines[:99])), write(tmp_path / "2.nq.gz", b"".join(lines[90:]))]
    importing(tmp_path / "store", *parts)
    assert exported(tmp_path / "store") == ours


def test_an_import_is_restored_with_the_rest(tmp_path: Path, store: Path, theirs: bytes) -> None:
    importing(store, write(tmp_path / "partner.nq", theirs))
    whole = exported(store)
    importing(tmp_path / "copy", write(tmp_path / "whole.trig.gz", whole))
    assert exported(tmp_path / "copy") == whole


def test_what_comes_over_and_what_does_not(tmp_path: Path, store: Path, theirs: bytes) -> None:
    report = importing(store, write(tmp_path / "partner.nq", theirs))
    articles, facts, others = report.accounts
    assert (articles.read, articles.imported, articles.unchanged, len(articles.refused)) == (3, 1, 1, 1)
    assert articles.refused[0].startswith("bai-2: ")
    assert (facts.read, facts.imported, facts.unchanged) == (3, 2, 1)
    assert others.read == sum(others.left_out.values()) > 0
    graph = open_snapshot(store).store()
    assert article_by_id(graph, "bai-ngoai").publisher == "Báo Xa"
    assert [(str(one.date)) for one in article_by_id(graph, "bai-2").claims][:1] == ["1992"]
    assert len(article_by_id(graph, "bai-2").claims) == 3  # ours, not theirs
    assert str(event_by_id(graph, "established-CL-JP").date) == "1897-09-25"
    assert {one.basis for one in event_by_id(graph, "established-CL-JP").sources} == {"imported"}
    assert [(one.name, one.imported_from, one.facts) for one in imports_of(graph)] == [("partner", "partner.nq", 2)]


def test_the_same_dump_again_publishes_nothing(tmp_path: Path, store: Path, theirs: bytes) -> None:
    file = write(tmp_path / "partner.nq", theirs)
    first = importing(store, file).publication
    again = importing(store, file).publication
    assert (again.is_new, again.snapshot_id) == (False, first.snapshot_id)


@pytest.mark.parametrize(
    ("trust", "day", "status"), [("imported", "1973-09-21", "single-source"), ("own", None, "disputed")]
)
def test_their_facts_weigh_what_they_are_trusted(
    tmp_path: Path, store: Path, theirs: bytes, trust: Trust, day: str | None, status: str
) -> None:
    importing(store, write(tmp_path / "partner.nq", theirs), trust=trust)
    event = event_by_id(open_snapshot(store).store(), "established-JP-VN")
    dates = {str(event.date), *(str(one.date) for one in event.alternatives)}
    assert dates >= {"1973-09-21", "1973-09-23"}
    assert event.status == status
    assert day is None or str(event.date) == day


def test_their_facts_can_be_taken_away_again(tmp_path: Path, store: Path) -> None:
    before = exported(store)
    folder = tmp_path / "facts-only"
    publish(folder, (), reference=reference(*THEIR_FACTS))
    importing(store, write(tmp_path / "partner.nq", exported(folder)), name="ban")
    assert exported(store) != before
    drop_import(store, "ban")
    assert exported(store) == before
    with pytest.raises(NotFoundError):
        drop_import(store, "ban")


def test_turtle_says_no_graphs_so_only_its_curated_facts_come_over(tmp_path: Path, store: Path, theirs: bytes) -> None:
    report = importing(store, write(tmp_path / "partner.ttl.gz", theirs))
    facts, others = report.accounts
    assert (facts.imported, facts.unchanged) == (2, 1)
    assert others.left_out == {"claims: Turtle does not say in which graph they stand, N-Quads and TriG do": 6}
    with pytest.raises(NotFoundError):
        article_by_id(open_snapshot(store).store(), "bai-ngoai")


def test_a_named_import_into_an_empty_store_is_no_restoring(tmp_path: Path, theirs: bytes) -> None:
    report = importing(tmp_path / "store", write(tmp_path / "d.nq", theirs), name="ban")
    assert not report.is_restored
    assert report.accounts[0].imported == 3


# ---------------------------------------------------------------- broken dumps

CLAIM = re.compile(rb"<[^>]*/id/claim/bai-1-established[^>#]*>")
FACT = f"<{BASE}id/reference/established-az-vn>".encode()


def changed(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data, old
        return data.replace(old, new, 1)

    return change


def line_of(start: bytes, change: Callable[[bytes], bytes | None]) -> Callable[[bytes], bytes]:
    """Change, or leave out, the one line that has all these words."""

    def apply(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        place = next(place for place, line in enumerate(lines) if all(word in line for word in start.split(b" ")))
        lines[place] = change(lines[place]) or b""
        return b"".join(lines)

    return apply


def added(line: str) -> Callable[[bytes], bytes]:
    return lambda data: data + line.encode() + b"\n"


def node(path: str) -> str:
    return f"<{BASE}{path}>"


TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
BROKEN = {
    "a line that breaks off": (lambda data: data[:-40], "d.nq:{last}"),
    "a line of another language": (lambda data: data + b"SELECT * WHERE { ?s ?p ?o }\n", "d.nq:{after}"),
    "bytes that are no UTF-8": (lambda data: data + b'<a:b> <a:c> "\xff" <a:d> .\n', "d.nq:{after}"),
    "ten megabytes of one line": (
        lambda data: data + b"<http://a/" + b"x" * 10_000_000 + b"> <a:b> <a:c> <a:d> .\n",
        "d.nq",
    ),
    "ten megabytes of one text": (
        lambda data: (
            data + f'{node("id/article/a")} {TYPE} "{"x" * 10_000_000}" {node("graph/reference")} .\n'.encode()
        ),
        "d.nq:{after}: a text or a name of 10,000,000 characters",
    ),
    "nothing": (lambda _: b"", "holds no statement"),
    "white space": (lambda _: b"\n\n", "holds no statement"),
    "a web page": (lambda _: b"<!DOCTYPE html>\n<title>404</title>", "d.nq:1: is a web page"),
    "a graph that is none of ours": (
        added(f"{node('id/country/VN')} {TYPE} {node('a')} <http://example.org/graph> ."),
        "d.nq:{after}: the named graph",
    ),
    "a statement in no graph": (
        added(f"{node('id/country/VN')} {TYPE} {node('a')} ."),
        "d.nq:{after}: a statement in no named graph",
    ),
    "a vocabulary of others": (
        added(f"{node('id/country/VN')} <http://example.org/p> {node('a')} {node('graph/reference')} ."),
        "d.nq:{after}: <http://example.org/p>",
    ),
    "a blank node": (added(f"_:b {TYPE} {node('a')} {node('graph/reference')} ."), "blank node"),
    "another version of the ontology": (
        line_of(b"owl#versionInfo", lambda line: re.sub(rb'"[^"]*"', b'"1"', line)),
        "version 1 of the ontology",
    ),
    "no ontology": (line_of(b"owl#versionInfo", lambda _: None), "does not hold the ontology"),
    "an article that speaks for another": (
        added(
            f"{node('id/article/bai-2')} {TYPE} <https://w3id.org/banggiao/ontology#Article> {node('graph/article/bai-1')} ."
        ),
        "is spoken of in the graph of",
    ),
    "an article under the graph of another": (changed(b"graph/article/bai-3>", b"graph/article/bai-9>"), "bai-9"),
    "a claim under the name of another article's": (
        lambda data: re.sub(rb"id/claim/bai-2-birth-", b"id/claim/bai-1-birth-", data),
        "not called as a claim of the article «bai-2»",
    ),
    "a word about another article": (
        added(
            f'{node("id/article/bai-2")} <http://purl.org/dc/elements/1.1/publisher> "X" {node("graph/article/bai-1")} .'
        ),
        "is spoken of in the graph of",
    ),
    "a state that an article renames": (
        added(
            f'{node("id/country/VN")} <http://www.w3.org/2004/02/skos/core#prefLabel> "X"@vi {node("graph/article/bai-1")} .'
        ),
        "is spoken of in the graph of",
    ),
    "a claim of another article": (
        line_of(
            b"claim/bai-1-established prov#wasQuotedFrom",
            lambda line: line.replace(b"/article/bai-1> <", b"/article/bai-2> <"),
        ),
        "quoted from another article",
    ),
    "an article that poses as curated data": (
        added(
            f"{node('id/claim/x')} {TYPE} <https://w3id.org/banggiao/ontology#ReferenceFact> {node('graph/article/bai-1')} ."
        ),
        "is neither the article nor a claim of it",
    ),
    "a claim with the weight of curated data": (
        line_of(
            b"claim/bai-1-established ontology#basis", lambda line: re.sub(rb"basis-\w+", b"basis-reference", line)
        ),
        "basis that no text gives",
    ),
    "a day that no calendar has": (
        line_of(FACT + b" ontology#date>", lambda line: line.replace(b"1992-09-23", b"1992-09-31")),
        "has no day 31",
    ),
    "bounds of another day": (
        line_of(FACT + b" ontology#earliest", lambda line: line.replace(b"1992-09-23", b"1992-09-22")),
        "other bounds",
    ),
    "no date": (line_of(FACT + b" ontology#date>", lambda _: None), "has no bg:date"),
    "an unknown state": (
        line_of(FACT + b" ontology#country country/AZ", lambda line: line.replace(b"country/AZ", b"country/XX")),
        "«XX», which is no state",
    ),
    "another subject than its states": (
        line_of(FACT + b" ontology#subject", lambda line: line.replace(b"AZ-VN", b"BY-VN")),
        "another subject",
    ),
    "an unknown type": (
        line_of(FACT + b" ontology#type>", lambda line: line.replace(b"type-established", b"type-married")),
        "none of established",
    ),
    "no source": (
        lambda data: b"".join(
            line for line in data.splitlines(keepends=True) if not (line.startswith(FACT) and b"wasDerivedFrom" in line)
        ),
        "has no source",
    ),
    "a source of which nothing is said": (
        lambda data: b"".join(
            line
            for line in data.splitlines(keepends=True)
            if not line.startswith(f"<{BASE}id/source/relations-embassy>".encode())
        ),
        "its graph says nothing",
    ),
    "a confidence above one": (
        line_of(b"claim/bai-1-established ontology#confidence", lambda line: line.replace(b'"0.9"', b'"9"')),
        "not within 0 to 1",
    ),
    "no quotation": (line_of(b"claim/bai-1-established oa#exact", lambda _: None), "no quotation"),
    "a broken ledger": (
        added(f'{node("id/ledger/00")} <https://w3id.org/banggiao/ontology#entries> "###" {node("graph/ledger")} .'),
        "ledger",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_dump_is_refused_and_nothing_is_written(
    tmp_path: Path, untouched: Path, ours: bytes, name: str
) -> None:
    change, wanted = BROKEN[name]
    data = change(ours)
    assert data != ours
    (tmp_path / "d.nq").write_bytes(data)
    before = open_snapshot(untouched).store().snapshot_id
    lines = ours.count(b"\n")
    for target in (tmp_path / "none", untouched):
        with pytest.raises(ImportRefusedError, match=r"d\.nq.*Nothing was imported\.$") as refused:
            importing(target, tmp_path / "d.nq")
        assert wanted.format(last=lines, after=lines + 1) in str(refused.value)
        assert len(str(refused.value)) < 2_000
    assert not (tmp_path / "none").exists()
    assert open_snapshot(untouched).store().snapshot_id == before


def test_the_line_of_a_fault_is_told(tmp_path: Path, ours: bytes) -> None:
    data = BROKEN["a day that no calendar has"][0](ours)
    (tmp_path / "d.nq").write_bytes(data)
    with pytest.raises(ImportRefusedError) as refused:
        importing(tmp_path / "store", tmp_path / "d.nq")
    number = int(re.search(r"d\.nq:(\d+): ", str(refused.value))[1])  # type: ignore[index]  # it is there, or the test fails
    assert data.splitlines()[number - 1].startswith(FACT)


@pytest.mark.parametrize(
    ("name", "break_it", "wanted"),
    [
        pytest.param("d.nq.gz", lambda packed: packed[:-30], "ends early or is damaged", id="a gzip that ends early"),
        pytest.param(
            "d.nq.gz", lambda packed: packed[:200] + b"\0" * 50 + packed[250:], "is damaged", id="a damaged gzip"
        ),
        pytest.param("d.nq.gz", lambda _: b"", "holds no statement", id="a gzip of no bytes"),
        pytest.param("d.trig.gz", lambda packed: packed[: len(packed) // 2], "ends early", id="half a TriG"),
        pytest.param("d.ttl.gz", lambda packed: packed[: len(packed) // 2], "ends early", id="half a Turtle"),
        pytest.param("d.nq.gz", lambda _: gzip.compress(b"<html>"), "web page", id="a web page in a gzip"),
    ],
)
def test_a_broken_file_is_refused(
    tmp_path: Path, ours: bytes, name: str, break_it: Callable[[bytes], bytes], wanted: str
) -> None:
    file = write(tmp_path / name, ours)
    file.write_bytes(break_it(file.read_bytes()))
    with pytest.raises(ImportRefusedError, match=re.escape(name)) as refused:
        importing(tmp_path / "store", file)
    assert wanted in str(refused.value)
    assert not (tmp_path / "store").exists()


def test_a_fault_in_one_part_refuses_all(tmp_path: Path, ours: bytes) -> None:
    good, bad = write(tmp_path / "1.nq", ours), tmp_path / "2.nq"
    bad.write_bytes(b"oops\n")
    with pytest.raises(ImportRefusedError, match=r"2\.nq:1: "):
        importing(tmp_path / "store", good, bad)
    assert not (tmp_path / "store").exists()


def test_a_dump_that_unpacks_without_end_is_given_up(tmp_path: Path, ours: bytes, monkeypatch) -> None:
    monkeypatch.setattr(dumps, "MAX_BYTES", 10_000)
    with pytest.raises(ImportRefusedError, match="more than 10,000 bytes"):
        importing(tmp_path / "store", write(tmp_path / "d.nq.gz", ours))


@pytest.mark.parametrize("name", ["wikidata", "../x", "Đối tác", "", "a" * 61])
def test_names_that_cannot_be(tmp_path: Path, ours: bytes, name: str) -> None:
    with pytest.raises(BadRequestError, match="cannot be the name"):
        importing(tmp_path / "store", write(tmp_path / "d.nq", ours), name=name or " ")


def test_the_command(tmp_path: Path, shipped_store: Path, capsys) -> None:
    def said(*arguments: object, store: Path) -> tuple[int, str, str]:
        status = run_here([*map(str, arguments), "--store", str(store)])
        return status, *capsys.readouterr()

    dump, copy = tmp_path / "whole.nq", tmp_path / "copy"
    assert said("export", dump, store=shipped_store)[0] == DONE
    status, table, faults = said("import", "dump", dump, store=copy)
    assert (status, faults) == (DONE, "")
    assert "Restored as it is" in table
    assert exported(copy) == exported(shipped_store)
    dump.write_bytes(dump.read_bytes()[:-10])
    status, _, fault = said("import", "dump", dump, store=copy)
    assert status == SOME_FAILED
    assert re.search(r"whole\.nq:\d+: ", fault)
    assert said("import", "dump", tmp_path / "none.nq", store=copy)[0] == SOME_FAILED
    assert said("import", "dump", store=copy)[0] == WRONG_USAGE
    assert said("import", "dump", dump, "--trust", "blind", store=copy)[0] == WRONG_USAGE


def test_the_command_tells_what_contradicts_the_store(tmp_path: Path, store: Path, theirs: bytes, capsys) -> None:
    file = write(tmp_path / "partner.nq", theirs)
    assert run_here(["import", "dump", str(file), "--store", str(store)]) == SOME_FAILED
    shown = capsys.readouterr()
    assert "bai-2: the store holds an article of this id with another text" in shown.err
    assert "Snapshot" in shown.out


def test_the_merged_graph_conforms_to_the_shapes(tmp_path: Path, store: Path, theirs: bytes) -> None:
    importing(store, write(tmp_path / "partner.nq", theirs))
    assert [one for _, found in find_violations(open_snapshot(store).store()) for one in found] == []


def test_an_article_that_was_read_here_and_asserts_nothing_stays_so(tmp_path: Path, store: Path, theirs: bytes) -> None:
    publish(store, [describe_article(extraction("bai-ngoai"), fingerprint=7)])
    report = importing(store, write(tmp_path / "partner.nq", theirs))
    assert "bai-ngoai: it was read here before, and asserts nothing" in report.accounts[0].refused


def test_their_names_are_their_own_here(tmp_path: Path, store: Path, theirs: bytes) -> None:
    """Nothing of an import stands about a node of our reference graph."""
    importing(store, write(tmp_path / "partner.nq", theirs))
    graph = open_snapshot(store).store()
    own = {quad.subject for quad in graph.quads(NamedNode(f"{BASE}graph/reference"))}
    theirs_here: list[Quad] = list(graph.quads(import_graph("partner")))
    assert own.isdisjoint(quad.subject for quad in theirs_here)
    assert term("bg:ImportedFact") in {quad.object for quad in theirs_here}
