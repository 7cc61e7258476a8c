"""The vocabulary as a page, as RDF and as files; what the graph holds as VoID; dumps over HTTP."""

import gzip
import re
from html.parser import HTMLParser

import pytest
from conftest import open_service
from graph_samples import EXTRACTIONS, reference
from pyoxigraph import RdfFormat, parse
from test_http_pairs import assert_problem

from app.dumps import quads_of
from app.example_queries import example_queries
from app.graph.ontology import ONTOLOGY_DIR, ontology_quads
from app.graph.snapshots import open_snapshot, publish
from app.graph.vocabulary import BG
from app.ontology_page import ontology_page
from app.ontology_terms import read_ontology
from app.routes import datasets
from app.shape_terms import read_shapes
from app.void import VOID, count_graph

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Page(HTMLParser):
    """What a page has: ids, links, what it loads, the languages of its parts, and its elements that are open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if tag == "a" else []
        is_loaded = tag == "link" and values.get("rel") != "canonical"
        self.loaded += [value or "" for name, value in attrs if name == "src" or (is_loaded and name == "href")]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in {"meta", "link", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(ontology_page())


def test_every_term_stands_on_the_page_under_its_own_name(page: Page) -> None:
    own = {quad.subject.value.removeprefix(BG) for quad in ontology_quads() if str(quad.subject).startswith(f"<{BG}")}
    assert own <= set(page.ids)
    text = ontology_page()
    for term in (*read_ontology().classes, *read_ontology().properties):
        assert term.label.vi in text
        assert term.label.en in text
    assert {f"shape-{shape.name}" for shape in read_shapes()} <= set(page.ids)
    assert {f"query-{query.name}" for query in example_queries()} <= set(page.ids)


def test_the_page_is_sound(page: Page) -> None:
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert [link for link in page.links if link.startswith("#") and link[1:] not in page.ids] == []
    # headings go down one step at a time
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_the_page_loads_nothing_from_anywhere_else(page: Page) -> None:
    assert page.loaded
    assert all(address.startswith("/static/") for address in page.loaded)
    assert "<script" not in ontology_page()
    assert " style=" not in ontology_page()


def test_shapes_are_read_as_they_are_written() -> None:
    shapes = {shape.name: shape for shape in read_shapes()}
    (confidence,) = (one for one in shapes["Event"].properties if one.path == "bg:confidence")
    assert (confidence.minimum, confidence.maximum, confidence.datatypes) == (1, 1, ("xsd:decimal",))
    assert (confidence.at_least, confidence.at_most) == ("0", "1")
    assert shapes["DateValue"].datatypes == ("xsd:date", "xsd:gYearMonth", "xsd:gYear", "xsd:gMonthDay")
    assert [one.path for one in shapes["Dated"].either] == ["bg:date", "bg:earliest"]
    (end,) = shapes["Span"].properties
    assert (end.maximum, end.datatypes) == (1, ("xsd:date", "xsd:gYearMonth", "xsd:gYear"))
    assert [one.path for one in shapes["Alternative"].properties] == ["prov:wasDerivedFrom", "^bg:alternative"]
    assert shapes["Levelled"].targets == (("targetSubjectsOf", "bg:level"),)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        pytest.param(None, "text/turtle", id="who does not say"),
        pytest.param(BROWSER, "text/html", id="a browser"),
        pytest.param("text/turtle", "text/turtle", id="Turtle"),
        pytest.param("application/ld+json", "application/ld+json", id="JSON-LD"),
        pytest.param("application/json", "application/ld+json", id="JSON"),
        pytest.param("application/rdf+xml", "application/rdf+xml", id="RDF/XML"),
    ],
)
def test_the_ontology_in_the_form_that_is_wanted(service, accept: str | None, media_type: str) -> None:
    response = service.get("/ontology", headers={"Accept": accept} if accept else {})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(media_type)
    assert "Accept" in response.headers["vary"].split(", ")
    if media_type != "text/html":
        assert len(set(parse(response.content, format=RdfFormat.from_media_type(media_type)))) == len(ontology_quads())


def test_the_ontology_in_a_form_that_there_is_not(service) -> None:
    assert_problem(service.get("/ontology", headers={"Accept": "image/png"}), 406)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/ontology.ttl", "banggiao.ttl"),
        ("/shapes", "shapes.ttl"),
        ("/context.jsonld", "context.jsonld"),
        ("/queries/who-says-so.rq", "queries/who-says-so.rq"),
        ("/queries/who-says-so", "queries/who-says-so.rq"),
    ],
)
def test_the_files_of_the_ontology(service, path: str, file: str) -> None:
    assert service.get(path).content == (ONTOLOGY_DIR / file).read_bytes()


@pytest.mark.parametrize("name", ["nosuch", "..%2Fshapes.ttl", "%2Fetc%2Fpasswd"])
def test_a_query_that_is_not_there(service, name: str) -> None:
    assert_problem(service.get(f"/queries/{name}"), 404)


def test_every_query_runs_from_the_page(service, page: Page) -> None:
    links = [link for link in page.links if link.startswith("/sparql?query=")]
    assert len(links) == len(example_queries())
    assert service.get(links[0]).status_code == 200


def test_void_counts_what_the_graph_holds(service, shipped_store) -> None:
    response = service.get("/.well-known/void")
    assert response.headers["content-type"].startswith("text/turtle")
    said = {
        (quad.subject.value, quad.predicate.value.removeprefix(VOID), quad.object.value)
        for quad in parse(response.content, format=RdfFormat.TURTLE)
    }
    quads = quads_of(open_snapshot(shipped_store).store())
    dataset = "https://w3id.org/banggiao/.well-known/void#dataset"
    assert (dataset, "triples", str(len(quads))) in said
    events = sum(1 for quad in quads if quad.object.value == f"{BG}Event" and quad.predicate.value.endswith("#type"))
    assert (f"{dataset}-class-bg-Event", "entities", str(events)) in said
    pairs = sum(1 for quad in quads if quad.predicate.value == f"{BG}pair")
    assert (f"{dataset}-property-bg-pair", "triples", str(pairs)) in said
    assert {value for _, name, value in said if name == "vocabulary"} >= {BG, "http://www.w3.org/ns/prov#"}
    assert any(name.endswith("created") for _, name, _ in said)
    assert any(name.endswith("license") for _, name, _ in said)


def test_void_is_of_no_snapshot_a_part(shipped_store) -> None:
    counts = count_graph(open_snapshot(shipped_store).store())
    assert not [name for name, _ in (*counts.by_class, *counts.by_property) if name.startswith(VOID)]


def test_void_of_an_empty_store(empty_service) -> None:
    response = empty_service.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    assert f'<{VOID}triples> "0"' in response.text
    assert "created" not in response.text


def test_dumps_lead_where_void_says(tmp_path) -> None:
    publish(tmp_path / "store", EXTRACTIONS, reference=reference())
    with open_service(tmp_path / "store", base_iri="http://testserver/") as client:
        void = parse(client.get("/.well-known/void").content, format=RdfFormat.TURTLE)
        addresses = sorted(quad.object.value for quad in void if quad.predicate.value == f"{VOID}dataDump")
        assert [address.rpartition("/")[2] for address in addresses] == ["dump.nq.gz", "dump.trig.gz", "dump.ttl.gz"]
        whole = {str(quad) for quad in open_snapshot(tmp_path / "store").store().all_quads()}
        for address, form in zip(addresses, (RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.TURTLE), strict=True):
            response = client.get(address)
            assert response.headers["content-type"] == "application/gzip"
            found = {str(quad) for quad in parse(gzip.decompress(response.content), format=form)}
            assert found == whole or form is RdfFormat.TURTLE


def test_a_dump_follows_the_snapshot(tmp_path) -> None:
    publish(tmp_path / "store", EXTRACTIONS[:1], reference=reference())
    with open_service(tmp_path / "store") as client:
        first = client.get("/dump.nq.gz")
        publish(tmp_path / "store", EXTRACTIONS[1:2])
        second = client.get("/dump.nq.gz")
    assert first.headers["etag"] != second.headers["etag"]
    assert len(gzip.decompress(first.content)) < len(gzip.decompress(second.content))


def test_a_graph_too_large_to_be_dumped_on_request(service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "MAX_DUMP_QUADS", 10)
    monkeypatch.setattr(datasets, "_kept", datasets._LastSnapshot())
    assert "banggiao export" in assert_problem(service.get("/dump.nq.gz"), 413)["detail"]


def test_a_graph_too_large_to_be_counted_on_request_tells_its_size(service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "MAX_COUNTED_QUADS", 10)
    text = service.get("/.well-known/void", headers={"Accept": "application/n-triples"}).text
    assert f"<{VOID}triples>" in text
    assert f"<{VOID}classes>" not in text
    assert "class-bg-Event" not in text
