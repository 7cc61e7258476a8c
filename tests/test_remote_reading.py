"""A remote endpoint answers as a directory does: every query of the program, and every address of the service."""

from collections import Counter

import pytest
from conftest import open_service
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from app.graph.lookups import Selector, event_ids, events_of, pairs_of_country
from app.graph.repositories import open_snapshot, published_at
from app.graph.store import named_query
from app.graph.store_node import STORE_GRAPH
from app.graph.substitution import substitute
from app.graph.vocabulary import term

# Where the values of a query's variables are taken from: the objects of a property.
VALUES = {
    "appearances-of-name": {"name": "bg:named"},
    "article": {"article": "prov:wasQuotedFrom"},
    "count-pages": {},
    "country-labels": {},
    "counts": {},
    "disputed-events": {},
    "entities": {"what": "rdf:type"},
    "entities-of-name": {"name": "bg:named"},
    "entity": {"entity": "org:member"},
    "event-ids": {"what": "bg:monthDay"},
    "events-of-day": {"what": "bg:monthDay"},
    "evidence-of-subject": {"subject": "bg:subject"},
    "gaps-of-pair": {"what": "bg:pair"},
    "keys-of-events": {"what": "bg:keyedBy"},
    "names": {},
    "names-of-sound": {"sound": "bg:soundKey"},
    "namesakes": {"name": "bg:named"},
    "nodes-of-subject": {"subject": "bg:subject"},
    "pairs": {},
    "same-person": {},
    "events-of-groups": {},
    "states": {},
    "statements": {"node": "prov:wasDerivedFrom"},
    "subjects": {},
    "tenures": {"country": "bg:country", "office": "org:role"},
    "verdicts": {},
}
# What these ask about is listed in their text: they are tried by the look-ups that write it.
LISTING = {"events", "events-of-keys", "pairs-of-country", "records", "sources", "years-of-keys"}
OF_OTHERS = {"wikidata-references", "wikidata-statements"}  # asked of other endpoints
ADDRESSES = (
    "/api/pairs/VN/AZ",
    "/api/pairs/VN/AZ/timeline",
    "/api/pairs/viet nam/nhật/anniversaries?on=2026-11-21",
    "/api/pairs/VN/XX",
    "/api/anniversaries?from=2026-11-21&to=2026-11-30",
    "/api/people?country=AZ",
    "/api/organisations?country=VN",
    "/api/countries",
    "/api/countries/AZ",
    "/api/events/established-AZ-VN",
    "/api/events/none",
    "/api/articles/2026-09-23-viet-nam-azerbaijan",
    "/calendar.ics?pair=AZ-VN",
    "/id/event/established-AZ-VN",
    "/dump.nq.gz",
    "/health",
    "/?country=AZ",
    "/articles/2026-09-23-viet-nam-azerbaijan",
    "/people?q=to lam",
    "/people/to-lam-VN",
    "/organisations?country=VN",
    "/disputed?country=VN",
    "/disputed.csv?country=VN",
)
QUERIES = (
    "SELECT ?p ?o WHERE { <https://w3id.org/banggiao/id/event/established-AZ-VN> ?p ?o } ORDER BY ?p ?o",
    "SELECT (COUNT(*) AS ?n) WHERE { ?e a <https://w3id.org/banggiao/ontology#Event> }",
    "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/banggiao/graph/events> WHERE { ?s ?p ?o }",
    "ASK { ?s <http://nowhere.example/> ?o }",
    "SELECT ?x WHERE {",
)


@pytest.fixture(scope="module")
def near(shipped_store):
    return open_snapshot(shipped_store).store()


@pytest.fixture(scope="module")
def far(shipped_endpoint):
    return open_snapshot(shipped_endpoint).store()


@pytest.fixture(scope="module")
def remote_service(shipped_endpoint):
    with open_remote_service(shipped_endpoint) as client:
        yield client


def open_remote_service(endpoint, **options):
    return open_service(endpoint.query_url, store_lease_s=endpoint.lease_s, **options)


def rows(store, name, values):
    found = store.select(named_query(name), values)
    variables = [str(one) for one in store.query(named_query(name), values).variables]
    return Counter(tuple(str(row[name.lstrip("?")]) for name in variables) for row in found)


def objects_of(store, name):
    return sorted({quad.object for quad in store.with_property(term(name))}, key=str)


def test_every_query_of_the_program_is_tried(pytestconfig):
    files = {path.stem for path in (pytestconfig.rootpath / "app" / "queries").glob("*.rq")}
    assert files == set(VALUES) | LISTING | OF_OTHERS


@pytest.mark.parametrize("name", VALUES)
def test_a_query_has_the_same_rows(near, far, name):
    pools = {variable: objects_of(near, source) for variable, source in VALUES[name].items()}

    @settings(max_examples=12 if pools else 1, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries({variable: st.sampled_from(pool) for variable, pool in pools.items()}))
    def check(values):
        assert rows(far, name, values) == rows(near, name, values)

    check()


@pytest.mark.parametrize("selector", Selector.__args__)
def test_events_are_selected_and_read_alike_by_each_property(near, far, selector):
    value = objects_of(near, selector)[-1]
    ids = event_ids(near, selector, value)
    assert event_ids(far, selector, value) == ids
    assert events_of(far, ids[:20]) == events_of(near, ids[:20])


@pytest.mark.parametrize("code", ["VN", "SU", "XX"])
def test_the_pairs_of_a_state_are_the_same(near, far, code):
    assert pairs_of_country(far, code) == pairs_of_country(near, code)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("SELECT ?x { ?x ?p $x }", 'SELECT ("a?x" AS ?x) { "a?x" ?p "a?x" }', id="both signs"),
        pytest.param("#?x\nSELECT ?x {}", '#?x\nSELECT ("a?x" AS ?x) {}', id="comment"),
        pytest.param("SELECT ?x { <urn:?x#?x> ?p ?xx }", 'SELECT ("a?x" AS ?x) { <urn:?x#?x> ?p ?xx }', id="IRI"),
        pytest.param("""SELECT ?y { ?y ?p "?x", '?x \\' ?x' }""", None, id="strings"),
        pytest.param("SELECT ?y { ?y ?p '''a ' ?x''', \"\"\"?x \" ?x\"\"\" }", None, id="long strings"),
        pytest.param("SELECT ?y { ?y <urn:a>?/<urn:b> 1 }", None, id="path that may be empty"),
    ],
)
def test_only_variables_are_replaced(query, expected):
    assert substitute(query, {"x": Literal("a?x")}) == (query if expected is None else expected)


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "vi", "en-GB"]))
def test_any_text_goes_there_and_comes_back(oxigraph, text, language):
    value = Literal(text, language=language or None)
    (row,) = open_snapshot(oxigraph.endpoint).store().select("SELECT ?x WHERE { BIND(?x AS ?y) }", {"x": value})
    assert row["x"] == value


def test_a_graph_that_was_loaded_by_other_means_is_known_by_what_it_holds(near, far, shipped_endpoint):
    assert far.snapshot_id == near.snapshot_id
    assert next(far.quads(STORE_GRAPH), None) is not None
    assert published_at(shipped_endpoint) is None, "taken over, and not changed"


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_answers_the_same(service, remote_service, address):
    near, far = service.get(address), remote_service.get(address)
    assert (far.status_code, far.headers.get("content-type")) == (near.status_code, near.headers.get("content-type"))
    assert without_instance(far) == without_instance(near)


def without_instance(response):
    """The body; of a problem, without the id of the request that it came of."""
    if response.headers.get("content-type") != "application/problem+json":
        return response.content
    return {name: value for name, value in response.json().items() if name != "instance"}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("media_type", ["application/sparql-results+json", "text/csv"])
def test_a_query_over_http_answers_the_same(service, remote_service, query, media_type):
    near, far = (
        one.get("/sparql", params={"query": query}, headers={"Accept": media_type}) for one in (service, remote_service)
    )
    assert (far.status_code, far.headers.get("content-type")) == (near.status_code, near.headers.get("content-type"))
    if near.is_success:
        assert far.content == near.content


def test_a_graph_is_constructed_over_http_in_the_wanted_format(service, remote_service):
    query = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <https://w3id.org/banggiao/graph/verdicts> { ?s ?p ?o } }"
    query = query.replace("verdicts", "reference").replace("{ ?s ?p ?o } }", "{ ?s ?p ?o FILTER(?s = ?x) } }") + (
        " VALUES ?x { <https://w3id.org/banggiao/id/country/AZ> }"
    )
    for media_type in ("text/turtle", "application/n-triples"):
        near, far = (
            one.get("/sparql", params={"query": query}, headers={"Accept": media_type})
            for one in (service, remote_service)
        )
        assert far.status_code == near.status_code == 200
        assert far.headers.get("content-type") == near.headers.get("content-type")
        assert sorted(far.text.splitlines()) == sorted(near.text.splitlines()) or media_type == "text/turtle"


def test_the_dataset_of_a_request_is_passed_on(service, remote_service):
    parameters = {
        "query": "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
        "default-graph-uri": "https://w3id.org/banggiao/graph/events",
        "named-graph-uri": "https://w3id.org/banggiao/graph/reference",
    }
    assert remote_service.get("/sparql", params=parameters).json() == service.get("/sparql", params=parameters).json()


def test_a_draft_is_checked_the_same(service, remote_service):
    draft = {"text": "Ngày 24/9/1992, Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao.", "published": "2018-09-20"}
    near, far = (one.post("/api/check", json=draft) for one in (service, remote_service))
    assert near.json()["items"]
    assert far.content == near.content


def test_a_thing_is_described_the_same(near, far):
    node = NamedNode("https://w3id.org/banggiao/id/event/established-AZ-VN")
    assert set(far.matching(node)) == set(near.matching(node))
    assert set(far.matching(None, None, node)) == set(near.matching(None, None, node))
