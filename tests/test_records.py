"""The records of events: they say what the statements say, whatever was written and by whichever way."""

from pathlib import Path

import pytest
from graph_samples import EXTRACTIONS, claim, extraction, reference
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad

from app.dumps import quads_of
from app.graph.evidence import Evidence
from app.graph.fusion import fuse
from app.graph.graph_store import drop_graph, extend_graph, replace_graph
from app.graph.lookups import events_from_statements, events_of
from app.graph.readmodel import Label, Source
from app.graph.records import read_record, record_statement
from app.graph.snapshots import open_snapshot, publish
from app.graph.store import GraphStore
from app.graph.updating import Update, update
from app.graph.vocabulary import BASE, EVENTS_GRAPH, RECORDS_GRAPH, article_graph, term
from extractors.dates import DateSpan, PartialDate

ARTICLE = article_graph("bai-1")
NAMES = f"""PREFIX bg: <{BASE}ontology#> PREFIX schema: <https://schema.org/> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX graph: <{BASE}graph/> PREFIX article: <{BASE}id/article/> PREFIX event: <{BASE}id/event/>
PREFIX source: <{BASE}id/source/>
"""
FOREIGN = "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/a> schema:name 'A' } }"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    publish(tmp_path / "store", EXTRACTIONS, reference=reference())
    return tmp_path / "store"


def events_in(store: GraphStore) -> list[str]:
    return sorted(quad.subject.value for quad in store.quads(EVENTS_GRAPH) if quad.object == term("bg:Event"))


def records_in(directory: Path) -> int:
    quads = open_snapshot(directory).store().quads(RECORDS_GRAPH)
    return sum(1 for quad in quads if quad.predicate == term("bg:record"))


def assert_true(directory: Path) -> None:
    """What is answered is what the statements say."""
    found = open_snapshot(directory).store()
    nodes = events_in(found)
    said = events_from_statements(found, nodes)
    assert events_of(found, (node.rpartition("/")[2] for node in nodes)) == tuple(said[node] for node in nodes)


def test_each_shipped_event_has_one(shipped_store: Path) -> None:
    assert records_in(shipped_store) == len(events_in(open_snapshot(shipped_store).store())) > 0
    assert_true(shipped_store)


def test_each_event_of_a_graph_built_in_bulk_has_one(tmp_path: Path) -> None:
    publish(tmp_path / "store", EXTRACTIONS, reference=reference(), bulk_articles=1)
    assert records_in(tmp_path / "store") == len(events_in(open_snapshot(tmp_path / "store").store())) > 0
    assert_true(tmp_path / "store")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"INSERT DATA {{ GRAPH {ARTICLE} {{ article:bai-1 schema:headline 'A' }} }}", id="a title"),
        pytest.param(
            "DELETE { GRAPH ?g { ?q oa:exact ?t } } INSERT { GRAPH ?g { ?q oa:exact 'A' } } WHERE { GRAPH ?g { ?q oa:exact ?t } }",
            id="all quotations, by a search",
        ),
        pytest.param(
            "INSERT DATA { GRAPH graph:reference { source:relations-agency schema:headline 'A' } }",
            id="a page behind curated facts",
        ),
        pytest.param(
            "INSERT DATA { GRAPH graph:events { event:established-AZ-VN schema:name 'A' } }",
            id="an event",
        ),
        pytest.param(
            "DELETE { GRAPH ?g { ?e bg:date ?d } } INSERT { GRAPH ?g { ?e bg:date '1901-01-01' } } "
            "WHERE { GRAPH ?g { ?e a bg:Event ; bg:date ?d } }",
            id="all dates, by a search",
        ),
        pytest.param(f"DROP GRAPH {ARTICLE}", id="an article taken away"),
        pytest.param(
            "INSERT DATA { GRAPH graph:records { event:established-AZ-VN bg:record '{}' } }", id="a false record"
        ),
        pytest.param("CLEAR ALL", id="everything taken away"),
        pytest.param(FOREIGN, id="a graph of somebody else"),
    ],
)
def test_after_an_update_answers_are_true(store: Path, text: str) -> None:
    before = records_in(store)
    update(store, Update(NAMES + text, BASE), wait_s=5)
    assert (records_in(store) == before) == (text == FOREIGN)
    assert_true(store)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda store, quads: replace_graph(store, ARTICLE, quads[:0]), id="emptied"),
        pytest.param(lambda store, _: drop_graph(store, ARTICLE), id="dropped"),
        pytest.param(
            lambda store, quads: extend_graph(
                store, ARTICLE, [Quad(quads[0].subject, term("schema:headline"), Literal("A"), ARTICLE)]
            ),
            id="extended",
        ),
    ],
)
def test_after_a_change_of_an_article_answers_are_true_and_the_next_ingest_records_again(store: Path, change) -> None:
    before = records_in(store)
    quads = [quad for quad in open_snapshot(store).store().quads(ARTICLE) if quad.predicate == term("schema:headline")]
    change(store, quads)
    assert 0 < records_in(store) < before  # only what the article speaks of
    assert_true(store)
    publish(store, [extraction("bai-4", claim("established", "AZ VN", "1992-09-23"), publisher="Báo Bốn")])
    assert_true(store)
    found = open_snapshot(store).store()
    assert any(quad.subject.value.endswith("/established-AZ-VN") for quad in found.quads(RECORDS_GRAPH))


def test_no_dump_holds_them(shipped_store: Path) -> None:
    found = open_snapshot(shipped_store).store()
    assert RECORDS_GRAPH not in {quad.graph_name for quad in quads_of(found)}
    assert quads_of(found, RECORDS_GRAPH)


TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
DATES = st.builds(PartialDate, st.integers(1, 9999)) | st.dates().map(
    lambda one: PartialDate(one.year, one.month, one.day)
)
SPANS = st.tuples(DATES, DATES).map(lambda two: DateSpan(*sorted(two, key=lambda one: one.earliest)))
SOURCES = st.builds(
    Source,
    article=TEXTS,
    title=TEXTS,
    publisher=TEXTS,
    published=st.none() | st.dates(),
    url=TEXTS,
    quote=TEXTS,
    basis=st.sampled_from(["explicit", "range"]),
    date=DATES,
)


@given(st.lists(SOURCES, max_size=4, unique=True), DATES | SPANS, TEXTS, TEXTS)
def test_what_a_record_is_made_of_is_read_from_it(sources, date, name, note):
    evidence = Evidence(
        f"{BASE}id/claim/a", "established", ("AZ", "VN"), date, "explicit", 0.9, frozenset({"a"}),
        name=name, note=note, sources=tuple(sources),
    )  # fmt: skip
    (event,) = fuse([evidence])
    node, _, record, _ = record_statement(event, Label(vi="Tiếng Việt", en="English"))
    read = read_record(node.value, record.value, {})
    assert set(read.sources) == set(sources)
    assert (read.date, read.name, read.notes) == (date, name, (note,) if note else ())
    assert (read.confidence, read.voices, read.status) == (event.confidence, 1, "single-source")
