"""Updates and whole graphs over a service whose store is a remote endpoint."""

import pytest
from conftest import TOKEN, open_service
from graph_samples import EXTRACTIONS, reference

from app.graph.repositories import open_snapshot, publish

LET_IN = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = {**LET_IN, "Content-Type": "application/sparql-update"}
TURTLE = {**LET_IN, "Content-Type": "text/turtle"}
GRAPH = "/rdf-graphs?graph=urn:g"


@pytest.fixture
def remote_service(endpoint):
    with open_service(endpoint.query_url, token=TOKEN, store_lease_s=endpoint.lease_s) as client:
        yield client


def values(endpoint):
    store = open_snapshot(endpoint).store()
    rows = store.query("SELECT ?o WHERE { ?s <urn:p> ?o }", use_default_graph_as_union=True)
    return sorted(row["o"].value for row in rows)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["INSERT DATA { <urn:s> <urn:p> 1 }"], ["1"], id="default graph"),
        pytest.param(["INSERT DATA { GRAPH <urn:g> { <s> <urn:p> 1 , 2 } }"], ["1", "2"], id="named graph"),
        pytest.param(
            [
                "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } } ; DELETE DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }"
            ],
            [],
            id="in and out",
        ),
        pytest.param(
            [
                "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }",
                "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p 7 } } "
                "WHERE { GRAPH ?g { ?s ?p ?o FILTER(?p = <urn:p>) } }",
            ],
            ["7"],
            id="one that searches is passed on",
        ),
        pytest.param(["INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }", "CLEAR ALL"], [], id="all cleared"),
    ],
)
def test_an_update_is_done_at_the_endpoint(remote_service, endpoint, texts, expected):
    for text in texts:
        answer = remote_service.post("/sparql", content=text, headers=UPDATE)
        assert answer.is_success, answer.text
    assert values(endpoint) == expected
    publish(endpoint, EXTRACTIONS, reference=reference())
    assert values(endpoint) == expected, "an ingest works beside it"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("INSERT DATA { <urn:s> }", 400, id="no SPARQL"),
        pytest.param("LOAD <http://h.example/>", 400, id="LOAD"),
        pytest.param("INSERT { ?s ?p ?o } WHERE { SERVICE <http://h.example/> { ?s ?p ?o } }", 400, id="SERVICE"),
        pytest.param(
            "INSERT DATA { GRAPH <https://w3id.org/banggiao/graph/store> { <urn:s> <urn:p> 1 } }", 400, id="our state"
        ),
    ],
)
def test_an_update_that_may_not_be_is_refused_before_it_is_sent(remote_service, endpoint, text, status):
    assert remote_service.post("/sparql", content=text, headers=UPDATE).status_code == status
    assert values(endpoint) == []


def test_a_graph_is_put_added_to_read_and_taken_away(remote_service):
    def put(body, method="PUT"):
        return remote_service.request(method, GRAPH, content=body, headers=TURTLE).status_code

    def read():
        return sorted(remote_service.get(GRAPH, headers={"Accept": "application/n-triples"}).text.splitlines())

    assert put("<urn:s> <urn:p> <urn:1> , <urn:2> .") == 201
    assert put("<urn:s> <urn:p> <urn:1> .") == 204
    assert read() == ["<urn:s> <urn:p> <urn:1> ."]
    assert put("<urn:s> <urn:p> <urn:3> .", "POST") == 204
    assert read() == ["<urn:s> <urn:p> <urn:1> .", "<urn:s> <urn:p> <urn:3> ."]
    assert remote_service.delete(GRAPH, headers=LET_IN).status_code == 204
    assert remote_service.get(GRAPH).status_code == 404
    assert put("_:a <urn:p> 1 .") == 400
