"""The Graph Store Protocol at /rdf-graphs: reading openly, writing with the token, what is refused and why.

The cases follow the W3C's tests of the protocol (rdf-tests, sparql11/http-rdf-update), in our words. In one point they
are not met: a graph that holds nothing is no graph here, and 404.
"""

import pytest
from conftest import TOKEN
from graph_samples import EXTRACTIONS, reference
from pyoxigraph import RdfFormat, parse
from test_http_pairs import assert_problem

from app.graph.snapshots import publish

ADDRESS = "/rdf-graphs"
PERSON = {"graph": "http://example.org/person/1"}
TURTLE = b"""@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<> a foaf:Person ; foaf:knows [ foaf:name "L\xc3\xaa An" ], [ foaf:name "B\xc3\xacnh" ] ."""
STATEMENTS = 5
ANOTHER = b'<http://example.org/a> <http://example.org/b> "c" .'


@pytest.fixture
def graphs(empty_service):
    """A client that sends the token, and Turtle."""
    empty_service.headers.update({"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"})
    return empty_service


def read(client, accept="application/n-triples", **params):
    response = client.get(ADDRESS, params=params or PERSON, headers={"Accept": accept})
    assert response.status_code == 200
    form = RdfFormat.from_media_type(response.headers["content-type"].partition(";")[0])
    return sorted(str(one) for one in parse(response.content, format=form))


def snapshot(client):
    return client.get("/health").json()["snapshot"]


def test_a_graph_comes_changes_and_goes(graphs):
    assert graphs.head(ADDRESS, params=PERSON).status_code == 404
    assert graphs.put(ADDRESS, params=PERSON, content=TURTLE).status_code == 201
    assert len(read(graphs)) == STATEMENTS
    assert graphs.head(ADDRESS, params=PERSON).status_code == 200
    assert graphs.put(ADDRESS, params=PERSON, content=ANOTHER).status_code == 204
    assert read(graphs) == [ANOTHER.decode().removesuffix(" .")]
    assert graphs.post(ADDRESS, params=PERSON, content=TURTLE).status_code == 204
    assert len(read(graphs)) == STATEMENTS + 1
    assert graphs.delete(ADDRESS, params=PERSON).status_code == 204
    assert_problem(graphs.get(ADDRESS, params=PERSON), 404)
    assert_problem(graphs.delete(ADDRESS, params=PERSON), 404)


def test_adding_makes_a_graph_that_is_not_there(graphs):
    assert graphs.post(ADDRESS, params=PERSON, content=TURTLE).status_code == 201
    made = graphs.post(ADDRESS, content=TURTLE)  # its name is for the service to choose
    assert made.status_code == 201
    found = graphs.get(made.headers["location"])
    assert (found.status_code, len(found.content) > 0) == (200, True)
    assert graphs.post(ADDRESS, content=TURTLE).headers["location"] == made.headers["location"]


def test_the_default_graph_is_always_there_and_holds_only_its_own(graphs):
    assert read(graphs, default="") == []
    assert graphs.put(ADDRESS, params=PERSON, content=TURTLE).status_code == 201
    assert graphs.put(ADDRESS, params={"default": ""}, content=ANOTHER).status_code == 204
    assert read(graphs, default="") == [ANOTHER.decode().removesuffix(" .")]
    assert graphs.delete(ADDRESS, params={"default": ""}).status_code == 204
    assert read(graphs, default="") == []
    assert len(read(graphs)) == STATEMENTS


def test_an_empty_graph_is_none(graphs):
    graphs.put(ADDRESS, params=PERSON, content=TURTLE)
    assert graphs.put(ADDRESS, params=PERSON, content=b"").status_code == 204
    assert_problem(graphs.get(ADDRESS, params=PERSON), 404)


def test_the_same_body_gives_the_same_snapshot_blank_nodes_and_all(graphs):
    graphs.put(ADDRESS, params=PERSON, content=TURTLE)
    first = snapshot(graphs)
    graphs.post(ADDRESS, params=PERSON, content=TURTLE)
    graphs.put(ADDRESS, params=PERSON, content=TURTLE)
    assert snapshot(graphs) == first
    graphs.delete(ADDRESS, params=PERSON)
    graphs.put(ADDRESS, params=PERSON, content=TURTLE)
    assert snapshot(graphs) == first
    # in another graph the same blank nodes are others
    graphs.put(ADDRESS, params={"graph": "http://example.org/person/2"}, content=TURTLE)
    answer = graphs.get("/sparql", params={"query": "SELECT DISTINCT ?b { ?p ?k ?b FILTER(ISBLANK(?b)) }"}).json()
    assert len(answer["results"]["bindings"]) == 4


@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
        "application/n-quads",
    ],
)
def test_what_is_given_in_a_format_is_taken_in_it(graphs, media_type):
    graphs.put(ADDRESS, params=PERSON, content=TURTLE)
    given = graphs.get(ADDRESS, params=PERSON, headers={"Accept": media_type})
    assert given.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in given.headers["vary"].split(", ")
    headers = {"Content-Type": f"{media_type}; charset=utf-8"}
    assert graphs.put(ADDRESS, params=PERSON, content=given.content, headers=headers).status_code == 204
    assert len(read(graphs)) == STATEMENTS


def test_quads_of_the_graph_itself_are_taken(graphs):
    quad = b"<http://example.org/a> <http://example.org/b> 'c' <http://example.org/person/1> .".replace(b"'", b'"')
    headers = {"Content-Type": "application/n-quads"}
    assert graphs.put(ADDRESS, params=PERSON, content=quad, headers=headers).status_code == 201
    assert len(read(graphs)) == 1


QUADS = b'<http://example.org/a> <http://example.org/b> "c" <http://example.org/g> .'
CONTEXT = b'{"@context": "http://127.0.0.1:9/context.jsonld", "name": "x"}'


@pytest.mark.parametrize(
    ("method", "options", "status", "words"),
    [
        pytest.param("GET", {"params": {}}, 400, "?graph=", id="no graph"),
        pytest.param("GET", {"params": {"graph": ["a:b", "a:c"]}}, 400, "one graph", id="two graphs"),
        pytest.param("GET", {"params": {"graph": "a:b", "default": ""}}, 400, "one graph", id="a name and the default"),
        pytest.param("GET", {"params": {"graph": "person/1"}}, 400, "absolute IRI", id="half a name"),
        pytest.param(
            "GET", {"params": {"default": ""}, "headers": {"Accept": "image/png"}}, 406, "text/turtle", id="picture"
        ),
        pytest.param("PUT", {"headers": {"Authorization": ""}}, 401, "token", id="no token"),
        pytest.param("POST", {"headers": {"Authorization": "Bearer no"}}, 401, "token", id="a wrong token"),
        pytest.param("DELETE", {"headers": {"Authorization": ""}}, 401, "token", id="no token to delete"),
        pytest.param("PUT", {"content": b"<a:b>\n  <a:c> oops ."}, 400, "line 2, column", id="broken Turtle"),
        pytest.param("PUT", {"headers": {"Content-Type": "application/xml"}}, 415, "rdf+xml", id="no RDF"),
        pytest.param("PUT", {"headers": {"Content-Type": "text/turtle; charset=utf-16"}}, 415, "UTF-8", id="UTF-16"),
        pytest.param("PUT", {"headers": {"Content-Type": "application/rdf+xml"}}, 400, "RDF", id="another format"),
        pytest.param(
            "PUT", {"content": QUADS, "headers": {"Content-Type": "application/n-quads"}}, 400, "one graph", id="others"
        ),
        pytest.param(
            "PUT", {"content": CONTEXT, "headers": {"Content-Type": "application/ld+json"}}, 400, "context", id="fetch"
        ),
        pytest.param("PUT", {"content": b"#" * 20_001}, 413, "20000 bytes", id="too large"),
        pytest.param("PATCH", {}, 405, "Allow", id="another method"),
    ],
)
def test_bad_requests_get_a_problem_with_a_sentence(graphs, method, options, status, words):
    whole = {"params": PERSON, **({"content": TURTLE} if method in ("PUT", "POST") else {}), **options}
    problem = assert_problem(graphs.request(method, ADDRESS, **whole), status)
    assert words.lower() in (problem["title"] + problem["detail"]).lower()


def test_our_own_graphs_are_read_by_their_names(empty_service):
    publish(empty_service.app.state.services.settings.store, EXTRACTIONS, reference=reference())
    name = "https://w3id.org/banggiao/graph/article/bai-1"
    found = read(empty_service, graph=name)
    assert found == sorted(
        str(one)
        for one in parse(
            empty_service.get("/graph/article/bai-1", headers={"Accept": "application/n-triples"}).content,
            format=RdfFormat.N_TRIPLES,
        )
    )


def test_a_claim_that_cannot_be_fused_is_refused(empty_service):
    name = "https://w3id.org/banggiao/graph/article/mine"
    half = b"""@prefix bg: <https://w3id.org/banggiao/ontology#> .
        <https://w3id.org/banggiao/id/claim/mine> a bg:Claim ; bg:subject <https://example.org/nothing> ."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
    problem = assert_problem(empty_service.put(ADDRESS, params={"graph": name}, content=half, headers=headers), 409)
    assert "cannot be fused" in problem["detail"]
    assert_problem(empty_service.get(ADDRESS, params={"graph": name}), 404)
