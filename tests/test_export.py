"""Dumps: every format reads back as the same graph, and the same graph gives the same bytes."""

import gzip
import io
from pathlib import Path

import pytest
from graph_samples import EXTRACTIONS, reference
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from app.cli import run
from app.dump_reading import read_dump
from app.dumps import MEDIA_TYPES, SUFFIXES, DumpFormat, format_of_name, quads_of, write_dump
from app.errors import BadRequestError, NotFoundError
from app.graph.building import update_graph
from app.graph.snapshots import export_nquads, publish
from app.graph.store import EmbeddedStore
from app.graph.vocabulary import EVENTS_GRAPH, RECORDS_GRAPH, REFERENCE_GRAPH

NAMES = [f"all{suffix}{packed}" for suffix in SUFFIXES for packed in ("", ".gz")]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("export") / "store"
    publish(store, EXTRACTIONS, reference=reference())
    return store


def canonical(store: EmbeddedStore) -> list[str]:
    return sorted(f"{quad} ." for quad in store.all_quads())


def triples(store: EmbeddedStore) -> list[str]:
    return sorted({f"{quad.triple} ." for quad in quads_of(store)})


def written(quads: list[Quad], form: DumpFormat, *, is_packed: bool = False) -> bytes:
    out = io.BytesIO()
    write_dump(quads, form, out, is_packed=is_packed)
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_exported_reads_back_as_the_same_graph(directory: Path, tmp_path: Path, name: str) -> None:
    assert run(["export", str(tmp_path / name), "--store", str(directory)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == [name]
    canonical_file = io.BytesIO()
    export_nquads(directory, canonical_file)
    whole = [line for line in canonical_file.getvalue().decode().splitlines() if f"{RECORDS_GRAPH} ." not in line]
    found = read_dump(tmp_path / name)
    if ".ttl" in name:
        original = EmbeddedStore.in_memory()
        update_graph(original, EXTRACTIONS, reference())
        assert triples(found) == triples(original)
    else:
        assert canonical(found) == whole


def test_the_default_is_canonical_and_the_same_to_a_file_and_to_the_output(
    directory: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["export", "--store", str(directory)]) == 0
    printed = capfdbinary.readouterr().out
    assert printed.splitlines() == sorted(printed.splitlines())
    assert run(["export", str(tmp_path / "x.nq"), "--store", str(directory)]) == 0
    assert (tmp_path / "x.nq").read_bytes() == printed


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_the_same_graph_gives_the_same_bytes_in_any_order(form: DumpFormat) -> None:
    store = EmbeddedStore.in_memory()
    update_graph(store, EXTRACTIONS, reference())
    quads = list(store.all_quads())
    assert written(quads, form, is_packed=True) == written(quads[::-1], form, is_packed=True)
    assert gzip.decompress(written(quads, form, is_packed=True)) == written(quads, form)


def test_one_graph_by_its_name_or_its_iri(directory: Path, tmp_path: Path) -> None:
    for name in ("events", EVENTS_GRAPH.value):
        assert run(["export", str(tmp_path / "e.nq"), "--graph", name, "--store", str(directory)]) == 0
        assert {quad.graph_name for quad in read_dump(tmp_path / "e.nq").all_quads()} == {EVENTS_GRAPH}


def test_turtle_says_what_it_leaves_out(directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", str(tmp_path / "x.ttl"), "--store", str(directory)]) == 0
    assert "no names of graphs" in capsys.readouterr().err
    assert run(["export", str(tmp_path / "x.ttl"), "--graph", "reference", "--store", str(directory)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        pytest.param(["x.docx"], 2, "says no format", id="a name that says nothing"),
        pytest.param(["x.nq", "--graph", "nosuch"], 1, "no graph", id="a graph that is not there"),
        pytest.param(["x.nq", "--graph", "a b"], 2, "no name of a graph", id="no name of a graph"),
        pytest.param(["none/x.nq"], 1, "none/x.nq", id="a folder that is not there"),
        pytest.param(["x.nq", "--format", "rdfxml"], 2, "rdfxml", id="a format that there is not"),
    ],
)
def test_what_cannot_be_written_is_told(
    directory: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["export", *arguments, "--store", str(directory)]) == status
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_format_asked_for_wins_over_the_name(directory: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.dump.gz"
    assert run(["export", str(path), "--format", "trig", "--store", str(directory)]) == 0
    assert gzip.decompress(path.read_bytes()).startswith(b"@prefix bg:")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a.nq", ("nquads", False)), ("A.TRIG.GZ", ("trig", True)), ("a.b.ttl", ("turtle", False))],
)
def test_a_name_says_the_format(name: str, wanted: tuple[str, bool]) -> None:
    assert format_of_name(name) == wanted


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(BadRequestError, match="says no format"):
        format_of_name("a.gz")
    with pytest.raises(NotFoundError, match="no graph"):
        quads_of(EmbeddedStore.in_memory(), EVENTS_GRAPH)


# All that Unicode has but surrogates, which no text of a graph holds.
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20) | st.sampled_from(
    [
        "",
        '"',
        "\\",
        "\n\r\t",
        "'''",
        '"""',
        "a\u0000b",
        "\ufeff",
        "Việt Nam",
        "Viê\u0323t",
        "\u2028",
        "𝔘",
        "@prefix x: <y> .",
    ]
)
DATATYPES = st.sampled_from(
    [f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("string", "date", "gYear", "integer", "base64Binary")]
)
LITERALS = (
    st.builds(Literal, TEXTS)
    | st.builds(lambda text, datatype: Literal(text, datatype=NamedNode(datatype)), TEXTS, DATATYPES)
    | st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["vi", "en", "zh-hans"]))
)
NODES = st.sampled_from(
    [NamedNode(f"https://a.example/{name}") for name in ("a", "b.", "c#d", "Vi%E1%BB%87t", "việt", "a'b", "(c)")]
)
QUADS = st.builds(Quad, NODES, NODES, NODES | LITERALS, st.sampled_from([EVENTS_GRAPH, REFERENCE_GRAPH]))


@settings(max_examples=150, deadline=None)
@given(st.lists(QUADS, min_size=1, max_size=8), st.sampled_from(sorted(SUFFIXES)), st.booleans())
def test_any_statement_reads_back(tmp_path_factory, quads: list[Quad], suffix: str, is_packed: bool) -> None:
    store = EmbeddedStore.in_memory()
    store.apply((), quads)
    path = tmp_path_factory.mktemp("dump") / f"x{suffix}{'.gz' if is_packed else ''}"
    path.write_bytes(written(quads_of(store), SUFFIXES[suffix], is_packed=is_packed))
    found = read_dump(path)
    if suffix == ".ttl":
        assert triples(found) == triples(store)
    else:
        assert canonical(found) == canonical(store)
