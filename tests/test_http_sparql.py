"""The SPARQL endpoint: the ways a query comes in, the formats it comes out in, the limits, and what is refused."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from conftest import open_service
from pyoxigraph import RdfFormat, parse
from test_http_pairs import assert_problem

from app.query_formats import GRAPH_DOWNLOADS, RESULT_DOWNLOADS

ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/banggiao/ontology#Event> } ORDER BY ?s LIMIT 2"
CONSTRUCT = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
EVENTS = "https://w3id.org/banggiao/graph/events"
REFERENCE = "https://w3id.org/banggiao/graph/reference"
COUNT = "SELECT (COUNT(*) AS ?n) {source} WHERE {{ ?s a <https://w3id.org/banggiao/ontology#Event> }}"
# Every pair of a thousand statements: seconds of work, so that the thread that is left behind ends soon.
SLOW = """SELECT (COUNT(*) AS ?n) WHERE {
    { SELECT ?a WHERE { ?a ?b ?c } LIMIT 1000 } { SELECT ?d WHERE { ?d ?e ?f } LIMIT 1000 } FILTER(STR(?a) < STR(?d)) }"""


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda s: s.get("/sparql", params={"query": SELECT}), id="GET"),
        pytest.param(lambda s: s.post("/sparql", data={"query": SELECT}), id="form"),
        pytest.param(
            lambda s: s.post("/sparql", content=SELECT, headers={"Content-Type": "application/sparql-query"}),
            id="as it stands",
        ),
        pytest.param(
            lambda s: s.post(
                "/sparql", content=SELECT, headers={"Content-Type": "application/sparql-query; charset=UTF-8"}
            ),
            id="with charset",
        ),
    ],
)
def test_a_query_comes_in_three_ways(service, ask):
    response = ask(service)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/sparql-results+json"
    assert len(response.json()["results"]["bindings"]) == 2


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, "application/sparql-results+json", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/csv;q=0.3, application/sparql-results+xml;q=0.7", "application/sparql-results+xml"),
        (SELECT, "application/*;q=0.4, text/tab-separated-values;q=0.5", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/*, text/csv;q=0.2", "text/tab-separated-values; charset=utf-8"),
        (SELECT, BROWSER, "text/html; charset=utf-8"),
        (SELECT, "text/html", "text/html; charset=utf-8"),
        (SELECT, "text/html, application/sparql-results+json", "application/sparql-results+json"),
        (SELECT, "text/html;q=0.5, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ASK, "text/csv", "text/csv; charset=utf-8"),
        (ASK, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (CONSTRUCT, BROWSER, "text/html; charset=utf-8"),
        (CONSTRUCT, "text/html, */*", "text/turtle; charset=utf-8"),
        (CONSTRUCT, 'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"', "application/ld+json"),
        (CONSTRUCT, "*/*", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/trig", "application/trig"),
        (CONSTRUCT, "application/n-quads", "application/n-quads"),
        (f"DESCRIBE <{REFERENCE}>", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_an_answer_comes_in_the_format_asked_for(service, query, accept, media_type):
    response = service.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, media_type)
    assert "Accept" in response.headers["vary"].split(", ")


@pytest.mark.parametrize(
    ("query", "name", "media_type"),
    [(SELECT, one.name, one.media_type) for one in RESULT_DOWNLOADS]
    + [(CONSTRUCT, one.name, one.media_type) for one in GRAPH_DOWNLOADS]
    + [(ASK, "csv", "text/csv")],
)
@pytest.mark.parametrize("accept", [BROWSER, "image/png"], ids=["browser", "program"])
def test_a_file_is_asked_for_by_its_address(service, query, name, media_type, accept):
    response = service.get("/sparql", params={"query": query, "download": name}, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, media_type)
    assert response.headers["content-disposition"] == f'attachment; filename="banggiao.{name}"'
    assert response.text == service.get("/sparql", params={"query": query}, headers={"Accept": media_type}).text


@pytest.mark.parametrize("name", ["json", "n3", "application/sparql-results+xml"])
def test_words_that_other_programs_send_along_mean_nothing(service, name):
    parameters = {"query": SELECT, "format": name, "output": name, "results": name}
    assert service.get("/sparql", params=parameters, headers={"Accept": "text/csv"}).text.startswith("s\r\n")


@pytest.mark.parametrize(
    ("source", "parameters", "has_events"),
    [
        pytest.param("", {}, True, id="all graphs together without any"),
        pytest.param(f"FROM <{EVENTS}>", {}, True, id="FROM the events"),
        pytest.param(f"FROM <{REFERENCE}>", {}, False, id="FROM another"),
        pytest.param("", {"default-graph-uri": EVENTS}, True, id="the events by the protocol"),
        pytest.param("", {"default-graph-uri": REFERENCE}, False, id="another by the protocol"),
        pytest.param("", {"default-graph-uri": [REFERENCE, EVENTS]}, True, id="two by the protocol"),
        pytest.param("", {"named-graph-uri": EVENTS}, False, id="named only: an empty default graph"),
        pytest.param(f"FROM <{EVENTS}>", {"default-graph-uri": REFERENCE}, False, id="the protocol comes first"),
    ],
)
def test_the_graphs_that_a_query_asks_of(service, source, parameters, has_events):
    answer = service.get("/sparql", params={"query": COUNT.format(source=source), **parameters}).json()
    assert (int(answer["results"]["bindings"][0]["n"]["value"]) > 0) is has_events


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(
            lambda s, graphs: s.get("/sparql", params={"query": COUNT.format(source=f"FROM <{EVENTS}>"), **graphs}),
            id="GET",
        ),
        pytest.param(
            lambda s, graphs: s.post("/sparql", data={"query": COUNT.format(source=f"FROM <{EVENTS}>"), **graphs}),
            id="form",
        ),
        pytest.param(
            lambda s, graphs: s.post(
                "/sparql", params=graphs, content=COUNT.format(source=f"FROM <{EVENTS}>"), headers=QUERY_BODY
            ),
            id="as it stands",
        ),
        pytest.param(
            lambda s, graphs: s.post("/sparql", params=graphs, data={"query": COUNT.format(source=f"FROM <{EVENTS}>")}),
            id="form, graphs in the address",
        ),
    ],
)
def test_graphs_of_the_request_come_before_those_of_the_text(service, ask):
    for graph, has_events in ((EVENTS, True), (REFERENCE, False)):
        answer = ask(service, {"default-graph-uri": graph}).json()
        assert (int(answer["results"]["bindings"][0]["n"]["value"]) > 0) is has_events


def test_relative_names_are_relative_to_the_endpoint(service):
    answer = service.get("/sparql", params={"query": "SELECT (<x> AS ?x) {}"}).json()
    assert answer["results"]["bindings"][0]["x"]["value"] == "https://w3id.org/banggiao/x"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        pytest.param(None, "text/turtle", id="nothing said"),
        pytest.param("text/html, */*", "text/turtle", id="anything, pages not better"),
        pytest.param("application/ld+json", "application/ld+json", id="JSON-LD"),
        pytest.param("application/rdf+xml;q=0.9, text/turtle;q=0.1", "application/rdf+xml", id="RDF/XML"),
    ],
)
def test_the_bare_endpoint_describes_itself(service, accept, media_type):
    response = service.get("/sparql", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, media_type)
    assert "Accept" in response.headers["vary"].split(", ")
    form = RdfFormat.from_media_type(media_type)
    triples = {(str(one.subject), one.predicate.value, str(one.object)) for one in parse(response.content, format=form)}
    service_node, sd = "<https://w3id.org/banggiao/sparql>", "http://www.w3.org/ns/sparql-service-description#"
    assert {
        (service_node, f"{sd}endpoint", service_node),
        (service_node, f"{sd}supportedLanguage", f"<{sd}SPARQL11Update>"),
        (service_node, f"{sd}feature", f"<{sd}UnionDefaultGraph>"),
        (service_node, f"{sd}resultFormat", "<http://www.w3.org/ns/formats/SPARQL_Results_TSV>"),
    } <= triples
    assert f"<{EVENTS}>" in {value for _, predicate, value in triples if predicate == f"{sd}name"}


def test_head_is_get_without_its_body(service):
    got, head = (service.request(method, "/sparql", params={"query": ASK}) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize("path", ["/sparql", "/rdf-graphs", "/api/pairs/VN/AZ", "/ontology", "/health"])
def test_a_page_of_any_site_may_read(service, path):
    preflight = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    allowed = service.options(path, headers=preflight)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, "*")
    assert "Authorization" in allowed.headers["access-control-allow-headers"]
    assert int(allowed.headers["access-control-max-age"]) > 0
    # also without an Origin, and on refusals: one answer serves all sites
    assert service.head(path).headers["access-control-allow-origin"] == "*"
    assert "origin" not in service.head(path).headers.get("vary", "").lower()
    assert "GET, HEAD" in service.options(path).headers["allow"]


QUERY_BODY = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("method", "options", "status", "words"),
    [
        pytest.param("GET", {"params": {"default-graph-uri": EVENTS}}, 400, "query=", id="graphs and no query"),
        pytest.param("POST", {"data": {"x": "1"}}, 400, "query=", id="a form without a query"),
        pytest.param("POST", {"data": {"query": ASK, "update": "CLEAR ALL"}}, 400, "both", id="query and update"),
        pytest.param(
            "GET",
            {"params": {"query": ASK, "using-graph-uri": EVENTS}},
            400,
            "default-graph-uri",
            id="graph of updates",
        ),
        pytest.param("GET", {"params": {"query": [ASK, ASK]}}, 400, "not 2", id="two queries"),
        pytest.param("GET", {"params": {"query": "SELECT WHERE"}}, 400, "SPARQL", id="no SPARQL"),
        pytest.param("GET", {"params": {"query": "SELECT * FROM { ?s ?p ?o }"}}, 400, "SPARQL", id="half a FROM"),
        pytest.param(
            "GET", {"params": {"query": ASK, "default-graph-uri": "not an iri"}}, 400, "IRI", id="no graph name"
        ),
        pytest.param(
            "GET", {"params": {"query": ASK}, "headers": {"Accept": "image/png"}}, 406, "text/csv", id="a picture"
        ),
        pytest.param("GET", {"params": {"query": ASK, "download": "pdf"}}, 400, "csv", id="a file that there is not"),
        pytest.param("GET", {"params": {"download": ["csv", "csv"]}}, 400, "once", id="two files"),
        pytest.param("GET", {"params": {"query": ASK, "download": "ttl"}}, 406, "csv", id="a file of another kind"),
        pytest.param("GET", {"params": {"update": "CLEAR ALL"}}, 400, "POST", id="an update by GET"),
        pytest.param("PUT", {"params": {"query": ASK}}, 405, "Allow", id="another method"),
        pytest.param("POST", {"content": "CLEAR ALL", "headers": QUERY_BODY}, 400, "SPARQL", id="an update as a query"),
        pytest.param("POST", {"content": ASK}, 415, "application/sparql-query", id="no kind"),
        pytest.param(
            "POST", {"content": b"ASK { ?s ?p '\xff' }", "headers": QUERY_BODY}, 400, "byte", id="broken UTF-8"
        ),
        pytest.param("POST", {"content": b"query=%FF", "headers": FORM}, 400, "UTF-8", id="broken UTF-8 in a form"),
        pytest.param(
            "POST", {"content": ASK, "headers": QUERY_BODY, "params": {"query": ASK}}, 400, "body", id="twice"
        ),
        pytest.param(
            "POST", {"content": f"ASK {{}} #{'a' * 100_000}", "headers": QUERY_BODY}, 413, "100000", id="too long"
        ),
        pytest.param(
            "POST",
            {"content": "SELECT * WHERE " + "{" * 20_000 + " SERVICE " + "}" * 20_000, "headers": QUERY_BODY},
            400,
            "SPARQL",
            id="nested without end",
        ),
    ],
)
def test_bad_queries_get_a_problem_with_a_sentence(service, method, options, status, words):
    problem = assert_problem(service.request(method, "/sparql", **options), status)
    assert words.lower() in (problem["title"] + problem["detail"]).lower()


@pytest.fixture
def listener():
    """A server on this machine that notes every request it gets."""
    seen = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815  # the name that http.server looks for

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Note)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", seen
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * WHERE {{ service silent <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * WHERE {{ ?a ?b ?c OPTIONAL {{ {{ SELECT * WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }} }}",
        "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
        "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ }} UNION {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
        "SELECT * WHERE {{ BIND(<{0}> AS ?where) SERVICE ?where {{ ?s ?p ?o }} }}",
        "SELECT * WHERE {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * WHERE {{ SERVICE#\n<{0}> {{ ?s ?p ?o }} }}",
    ],
    ids=["plain", "silent", "in a subquery", "in a filter", "in a union", "by variable", "escaped", "with a comment"],
)
def test_no_query_makes_the_service_send_a_request(service, listener, query):
    address, seen = listener
    assert_problem(service.get("/sparql", params={"query": query.format(address)}), 400)
    assert seen == []


@pytest.mark.parametrize(
    "query",
    [
        'ASK { ?s ?p "SERVICE <http://example.org/> { }" }',
        "ASK { ?service ?from ?o } # SERVICE <http://example.org/> { }",
        "ASK { <http://example.org/SERVICE> ?p ?o }",
    ],
    ids=["in a text", "in a comment", "in an IRI"],
)
def test_the_word_service_is_not_forbidden(service, query):
    assert service.get("/sparql", params={"query": query}).status_code == 200


def test_a_query_past_its_time_is_given_up_and_others_go_on(shipped_store):
    with open_service(shipped_store, query_timeout_s=0.3, query_processes=1, max_queued_queries=0) as client:
        response = client.get("/sparql", params={"query": SLOW})
        assert_problem(response, 503)
        assert int(response.headers["retry-after"]) > 0
        # the thread still runs: the one place is taken, and everything else is answered
        assert_problem(client.get("/sparql", params={"query": ASK}), 503)
        assert client.get("/api/pairs/VN/AZ").status_code == 200


def test_an_answer_past_its_size_is_refused(shipped_store):
    with open_service(shipped_store, max_result_bytes=1000) as client:
        problem = assert_problem(client.get("/sparql", params={"query": "SELECT * WHERE { ?s ?p ?o }"}), 413)
        assert "1000 bytes" in problem["detail"]
        assert client.get("/sparql", params={"query": ASK}).status_code == 200
