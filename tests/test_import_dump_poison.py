"""Dumps that someone made to harm: what they say of others' articles, what does not follow, what breaks fusion."""

import datetime as dt
import gzip
import io
import re
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from graph_samples import EXTRACTIONS, LABELS, extraction, reference

from app.graph.entity_lookups import people_by_name
from app.graph.layout import EMPTY_SNAPSHOT_ID, current_id
from app.graph.snapshots import export_nquads, open_snapshot, publish
from app.graph.verdicts import Verdict
from app.graph.vocabulary import BASE, PREFIXES, term
from app.importing import dumps
from app.importing.dumps import open_dump
from app.importing.errors import ImportRefusedError
from app.importing.merging import import_dump
from app.importing.restoring import refusing_what_cannot_be_fused
from app.judging import record
from extractors.records import Person

CODES = frozenset(LABELS)
MINISTER = Person("Nguyễn Văn An", "Đại sứ Việt Nam tại Nhật Bản", "VN")
GRAPH = f"<{BASE}graph/article/bai-1>"
ARTICLE = f"<{BASE}id/article/bai-1>"
APPEARANCE = f"<{BASE}id/appearance/bai-1-x-VN-0123456789>"
IMPORT = f"<{BASE}graph/import/x>"


def exported(directory: Path) -> bytes:
    file = io.BytesIO()
    export_nquads(directory, file)
    return file.getvalue()


def iri(name: str) -> str:
    """A prefixed name, or a thing of ours."""
    prefix, _, _ = name.partition(":")
    return str(term(name)) if prefix in PREFIXES else f"<{BASE}id/{name}>"


def line(subject: str, predicate: str, value: str, graph: str = GRAPH) -> str:
    return f"{subject} {iri(predicate)} {value} {graph} ."


@pytest.fixture(scope="module")
def dump(tmp_path_factory) -> bytes:
    """A sound graph with articles, people, facts and a verdict."""
    folder = tmp_path_factory.mktemp("sound")
    publish(folder, EXTRACTIONS, reference=reference())
    store = open_snapshot(folder).store()
    claim = min(quad.subject.value for quad in store.with_property(term("bg:confidence")) if "/id/claim/" in str(quad))
    record(folder, Verdict("rejected", (claim,), "An", dt.datetime(2026, 11, 22, tzinfo=dt.UTC), "Đọc nhầm."))
    return exported(folder)


@pytest.fixture(scope="module")
def other(tmp_path_factory) -> Path:
    """A store of others: one article that names a person."""
    folder = tmp_path_factory.mktemp("other")
    publish(folder, (extraction("khac", people=(MINISTER,), publisher="Báo Khác"),), reference=reference())
    return folder


def more(*lines: str) -> Callable[[str], str]:
    return lambda text: text + "".join(f"{one}\n" for one in lines)


def without(*words: str) -> Callable[[str], str]:
    """Every line with all of these words is gone."""
    return lambda text: "".join(one for one in text.splitlines(keepends=True) if not all(word in one for word in words))


def instead(words: tuple[str, ...], old: str, new: str) -> Callable[[str], str]:
    """In every line with all of these words, one text for another."""
    return lambda text: "".join(
        re.sub(old, new, one) if all(word in one for word in words) else one for one in text.splitlines(keepends=True)
    )


def appearance(*statements: tuple[str, str]) -> Callable[[str], str]:
    """Someone more whom the article mentions."""
    said = (("rdf:type", iri("bg:PersonAppearance")), *statements)
    return more(line(ARTICLE, "schema:mentions", APPEARANCE), *(line(APPEARANCE, *one) for one in said))


VERDICTS, ENTITIES, LEDGER = (f"<{BASE}graph/{name}>" for name in ("verdicts", "entities", "ledger"))
EVENTS = f"{BASE}graph/events>"
CLAIM = f"<{BASE}id/claim/evil>"
URL = ("/id/article/bai-1>", "schema.org/url")
SIGNED = ("/id/article/bai-1>", "textSignature")
NAMED = (("bg:named", iri("person-name/x-VN")), ("foaf:name", '"X"'))
OF_STATE = ("bg:country", iri("country/VN"))

REFUSED_BY_ALL = {
    "an article renames a person": (
        more(line(iri("person-name/anar-imanov-AZ"), "foaf:name", '"Kẻ Lạ"')),
        "is neither the article",
    ),
    "an article leads a person elsewhere": (
        more(line(iri("person/x"), "dcterms:isReplacedBy", iri("person/x"))),
        "is neither the article",
    ),
    "an article makes a person": (more(line(iri("person/x"), "rdf:type", iri("foaf:Person"))), "is neither"),
    "an article names an organisation": (more(line(iri("organisation/x"), "foaf:name", '"X"')), "is neither"),
    "an article takes over another's person": (
        more(
            line(ARTICLE, "schema:mentions", iri("appearance/bai-2-x-VN-0123456789")),
            line(iri("appearance/bai-2-x-VN-0123456789"), "rdf:type", iri("bg:PersonAppearance")),
            *(line(iri("appearance/bai-2-x-VN-0123456789"), *one) for one in (*NAMED, OF_STATE)),
        ),
        "is not called as one whom the article «bai-1» mentions",
    ),
    "someone without a name": (appearance(OF_STATE), "has no foaf:name"),
    "someone under another's name": (appearance(*NAMED), "goes under another name"),
    "someone of no state that is known": (appearance(*NAMED, ("bg:country", iri("pair/AZ-VN"))), "is no state"),
    "someone of a foreign thing": (appearance(*NAMED, ("bg:country", iri("wd:Q1"))), "names no thing"),
    "a short signature": (more(line(ARTICLE, "bg:textSignature", '"aGVsbG8="')), "of 5 bytes, where 256 are"),
    "a signature that is none": (more(line(ARTICLE, "bg:textSignature", '"zz"')), "no base64"),
    "an address that is none": (instead(URL, '"https:[^"]*"', '"http://[bad"'), "which is no address"),
    "an address that is run": (instead(URL, '"https:[^"]*"', '"java\\\\tscript:alert(1)"'), "a browser would run"),
    "two publishers": (more(line(ARTICLE, "dc:publisher", '"banggiao"')), "has 2 values of dc:publisher"),
    "a thing for an agency": (more(line(ARTICLE, "dc:creator", "<http://x.example/>")), "where a text stands"),
    "a text for a person": (more(line(ARTICLE, "schema:mentions", '"X"')), "where a thing stands"),
    "a verdict without author": (without("/graph/verdicts>", "creator"), "a verdict cannot be read"),
    "a verdict without date": (without("/graph/verdicts>", "ontology#date>"), "a verdict cannot be read"),
    "a verdict without finding": (without("/graph/verdicts>", "ontology#finding>"), "a verdict cannot be read"),
    "a verdict that finds what none does": (
        instead(("/graph/verdicts>",), "finding-rejected", "finding-banana"),
        "«banana», which is none of confirmed",
    ),
    "a claim in the graph of verdicts": (
        more(line(CLAIM, "rdf:type", iri("bg:Claim"), VERDICTS)),
        "is called a bg:Claim",
    ),
    "a claim in the graph of entities": (
        more(line(CLAIM, "rdf:type", iri("bg:Claim"), ENTITIES)),
        "is called a bg:Claim",
    ),
    "a claim in the ledger": (more(line(CLAIM, "rdf:type", iri("bg:Claim"), LEDGER)), "is called a bg:Claim"),
    "anything else in the ledger": (
        more(line(CLAIM, "bg:subject", iri("pair/AZ-VN"), LEDGER)),
        "no list of the ledger",
    ),
    "an import without identifier": (more(line(IMPORT, "bg:importedFrom", '"x"', IMPORT)), "has no dcterms:identifier"),
    "an import that speaks of a state": (
        more(
            line(IMPORT, "dcterms:identifier", '"x"', IMPORT),
            line(IMPORT, "bg:importedFrom", '"x"', IMPORT),
            line(IMPORT, "bg:basis", iri("bg:basis-imported"), IMPORT),
            line(iri("country/VN"), "skos:prefLabel", '"X"@vi', IMPORT),
        ),
        "is spoken of in the graph of the import",
    ),
}
NOT_RESTORED = {
    "an event on another day": (
        instead((EVENTS, "/id/event/established-AZ-VN>"), "09-23", "09-24"),
        "the events are not those that follow",
    ),
    "an event without confidence": (without(EVENTS, "ontology#confidence"), "statements differ, the first"),
    "no events": (without(EVENTS), "the events are not those that follow"),
    "an event more": (more(line(iri("event/x"), "bg:status", '"x"', f"<{EVENTS}")), ": 1 statements differ"),
    "a person without a name": (without("/graph/entities>", "foaf/0.1/name"), "the people and organisations are not"),
    "states without labels": (without("/graph/reference>", "prefLabel"), "statements differ, the first"),
}


def refused(dump: bytes, change: Callable[[str], str], target: Path, file: Path) -> str:
    text = dump.decode()
    assert change(text) != text
    file.write_text(change(text), encoding="utf-8")
    with pytest.raises(ImportRefusedError, match=r"^d\.nq.*Nothing was imported\.$") as fault:
        import_dump(target, [file], CODES)
    return str(fault.value)


@pytest.mark.parametrize("name", REFUSED_BY_ALL)
def test_poison_is_refused_before_anything_is_written(tmp_path: Path, dump: bytes, other: Path, name: str) -> None:
    change, wanted = REFUSED_BY_ALL[name]
    before = exported(other)
    for target in (tmp_path / "none", other):
        assert wanted in refused(dump, change, target, tmp_path / "d.nq")
    assert not (tmp_path / "none").exists()
    assert exported(other) == before


@pytest.mark.parametrize("name", NOT_RESTORED)
def test_what_does_not_follow_from_the_rest_is_not_restored(tmp_path: Path, dump: bytes, name: str) -> None:
    change, wanted = NOT_RESTORED[name]
    assert wanted in refused(dump, change, tmp_path / "store", tmp_path / "d.nq")
    assert current_id(tmp_path / "store") == EMPTY_SNAPSHOT_ID
    assert exported(tmp_path / "store") == b""
    (tmp_path / "d.nq").write_bytes(dump)
    import_dump(tmp_path / "store", [tmp_path / "d.nq"], CODES)
    assert exported(tmp_path / "store") == dump


@pytest.mark.parametrize("fault", [ValueError("x"), LookupError("x"), struct.error("x"), ZeroDivisionError("x")])
def test_what_breaks_fusion_is_a_refusal(tmp_path: Path, dump: bytes, fault: Exception) -> None:
    (tmp_path / "d.nq").write_bytes(dump)
    with (
        open_dump((tmp_path / "d.nq",)) as found,
        pytest.raises(ImportRefusedError, match=r"^d\.nq: cannot be fused: .*x"),
        refusing_what_cannot_be_fused(found),
    ):
        raise fault


def test_ours_is_taken_where_the_ontology_is_another(tmp_path: Path, dump: bytes) -> None:
    text = dump.decode()
    changed = instead((f"{BASE}graph/ontology>", "prefLabel"), '"@vi', ' khác"@vi')(text)
    changed = instead((EVENTS, "/id/event/established-AZ-VN>"), "status-confirmed", "status-disputed")(changed)
    (tmp_path / "d.nq").write_text(changed, encoding="utf-8")
    (account,) = import_dump(tmp_path / "store", [tmp_path / "d.nq"], CODES).accounts
    assert exported(tmp_path / "store") == dump
    assert account.left_out["events: fused otherwise by ours"] == 1
    assert account.left_out["the ontology: ours is another and is taken"] > 0
    assert account.read == account.imported + sum(account.left_out.values())


def test_an_article_whose_names_are_those_of_an_article_here_is_refused(tmp_path: Path, other: Path) -> None:
    """The key of one article may begin with that of another: «khac» and «kha»."""
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    publish(mine, (extraction("a-an", people=(MINISTER,)),), reference=reference())
    publish(theirs, (extraction("a", people=(Person("An Nguyễn Văn An", None, "VN"),)),), reference=reference())
    held = re.search(r"appearance/a-an-nguyen-van-an-VN-([0-9a-f]{10})", exported(mine).decode())
    assert held
    text = re.sub(r"(appearance/a-an-nguyen-van-an-VN-)[0-9a-f]{10}", rf"\g<1>{held[1]}", exported(theirs).decode())
    (tmp_path / "d.nq").write_text(text, encoding="utf-8")
    people = people_by_name(open_snapshot(mine).store())
    with pytest.raises(ImportRefusedError, match="spoken of by another article"):
        import_dump(mine, [tmp_path / "d.nq"], CODES)
    assert people_by_name(open_snapshot(mine).store()) == people


def test_the_line_of_a_fault_is_not_looked_for_without_end(tmp_path: Path, monkeypatch) -> None:
    """A fault first, then a comment of one endless line, packed small."""
    monkeypatch.setattr(dumps, "_SEARCHED_BYTES", 20_000_000)
    file = tmp_path / "bomb.nq.gz"
    with gzip.open(file, "wb", compresslevel=1) as packed:
        packed.write(b"# " + b"a" * 10_000_000 + b"\n")
        packed.write(
            b'<https://w3id.org/banggiao/id/x/y>  <http://evil.example/p> "x" <https://w3id.org/banggiao/graph/events> .\n# '
        )
        for _ in range(100):
            packed.write(b"a" * 1_000_000)
    tracemalloc.start()
    with pytest.raises(ImportRefusedError, match=r"bomb\.nq\.gz(:2)?: "):
        import_dump(tmp_path / "store", [file], CODES)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 15_000_000
