"""SPARQL updates: their text taken apart, what they do to a store, their limits, and updates over HTTP."""

import asyncio
import io
import statistics
import time

import httpx
import pytest
from conftest import NOON, TOKEN, open_service
from graph_samples import EXTRACTIONS, claim, extraction, reference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, Store, parse
from test_http_pairs import assert_problem

from app.errors import BadRequestError, ConflictError, QuerySyntaxError, UpdateLimitError
from app.graph.digests import GraphDigest
from app.graph.lookups import events_of_pair
from app.graph.modifications import modify, read_modification
from app.graph.snapshots import EMPTY_SNAPSHOT_ID, export_nquads, open_snapshot, publish
from app.graph.sparql_tokens import has_keyword
from app.graph.update_process import refuse_elsewhere
from app.graph.update_text import operations
from app.graph.updating import Update, UpdateLimits, update
from app.main import create_app
from app.settings import Settings

BASE_IRI = "https://w3id.org/banggiao/sparql"
G, H = NamedNode("http://example.org/g"), NamedNode("http://example.org/h")
# Every pair of a few thousand statements, and every pair of those: nobody waits for its end.
ENDLESS = """INSERT { <http://example.org/s> <http://example.org/p> ?n } WHERE {
    { SELECT (COUNT(*) AS ?n) { GRAPH ?x { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } FILTER(STR(?a) < STR(?d) && STR(?d) < STR(?g)) } } }"""


def run(store, text, **options):
    return update(store, Update(text, BASE_IRI, **options), wait_s=5)


def lines(store):
    out = io.BytesIO()
    export_nquads(store, out)
    return out.getvalue().decode().splitlines()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("# INSERT DATA {}\n", [], id="a comment"),
        pytest.param("INSERT DATA { <a:a> <a:b> 1 }", ["data"], id="one"),
        pytest.param("insert data { <a:a> <a:b> 1 } ; # ;\n DROP silent ALL;", ["data", "clear-all"], id="two"),
        pytest.param('DELETE DATA { <a:a> <a:b> \'};{\' ; <a:c> """;""" }', ["data"], id="marks in texts"),
        pytest.param("DELETE DATA { <a:;a> <a:b> 'it\\'s;' }", ["data"], id="marks in names, escapes"),
        pytest.param("PREFIX insert: <a:> CLEAR GRAPH insert:data", ["other"], id="a prefix like a keyword"),
        pytest.param("CLEAR ALL <a:b>", ["other"], id="too much"),
        pytest.param("DELETE WHERE { ?s ?p ?o }", ["other"], id="a search"),
        pytest.param("PREFIX a: <a:>", ["other"], id="declarations only"),
    ],
)
def test_an_update_is_taken_apart(text, kinds):
    assert [one.kind for one in operations(text)] == kinds


def test_declarations_hold_for_what_follows_and_lines_stay():
    text = "PREFIX a: <http://a/>\nINSERT DATA { a:a a:b 1 } ;\n\nPREFIX b: <http://b/>\nINSERT DATA { a:a b:b 2 } ;\n!"
    *parts, broken = operations(text)
    store = Store()
    for part in parts:
        store.update(part.text)
    assert sorted(quad.predicate.value for quad in store) == ["http://a/b", "http://b/b"]
    with pytest.raises(SyntaxError, match="6:"):
        store.update(broken.text + "!")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "INSERT { ?s a 1 } WHERE { ?s ?p ?o }", "INSERT { ?s a 1 } USING {0} WHERE { ?s ?p ?o }", id="insert"
        ),
        pytest.param(
            "DELETE { ?s a '} WHERE {' } INSERT { GRAPH ?where { ?s a 1 } } WHERE { { SELECT * WHERE { ?s ?p ?o } } }",
            "DELETE { ?s a '} WHERE {' } INSERT { GRAPH ?where { ?s a 1 } } USING {0} "
            "WHERE { { SELECT * WHERE { ?s ?p ?o } } }",
            id="words in texts and in braces",
        ),
        pytest.param("DELETE WHERE { ?s ?p 1 }", "DELETE  { ?s ?p 1 } USING {0} WHERE { ?s ?p 1 }", id="delete where"),
        pytest.param("INSERT DATA { <a:a> <a:where> 1 }", "INSERT DATA { <a:a> <a:where> 1 }", id="data"),
        pytest.param("CLEAR NAMED", "CLEAR NAMED", id="no search"),
        pytest.param("CLEAR GRAPH <a:a>", "DELETE WHERE { GRAPH <a:a> { ?s ?p ?o } }", id="a graph cleared"),
        pytest.param("drop silent graph a:a", "DELETE WHERE { GRAPH a:a { ?s ?p ?o } }", id="a graph dropped"),
        pytest.param(
            "DROP GRAPH 'a'", "DELETE WHERE { GRAPH 'a' { ?s ?p ?o } }", id="no name: for the engine to refuse"
        ),
        pytest.param("DROP GRAPH <a:a> <a:b>", "DROP GRAPH <a:a> <a:b>", id="too many names: likewise"),
    ],
)
def test_graphs_of_the_request_go_into_the_text(text, wanted):
    (one,) = operations(text, [G])
    assert one.text == wanted.replace("{0}", str(G))


@pytest.mark.parametrize("clause", ["WITH <a:a> DELETE { ?s ?p ?o } ", "DELETE { ?s ?p ?o } USING <a:a> "])
def test_graphs_of_the_request_and_of_the_text_exclude_each_other(clause):
    with pytest.raises(BadRequestError, match="using-graph-uri"):
        operations(f"CLEAR ALL ; {clause} WHERE {{ ?s ?p ?o }}", [], [G])


SERVICE = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:9/>",
        "load silent <http://127.0.0.1:9/> into graph <a:a>",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ {SERVICE} }}",
        f"DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER NOT EXISTS {{ {{ SELECT * {{ {SERVICE} }} }} }} }}",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ # a comment that ends with a carriage return\r {SERVICE} \n }}",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ # \\u000A FILTER('''\n {SERVICE} # ''')\n }}",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ ?s ?p \"\\u0022 FILTER(''' \" \n {SERVICE} \n FILTER(?s = \"''' )\") }}",
    ],
    ids=["load", "load silent", "service", "in a subquery", "carriage return", "escaped line", "escaped quote"],
)
def test_no_update_makes_the_service_send_a_request(text):
    with pytest.raises(BadRequestError, match=r"not allowed|not valid"):
        refuse_elsewhere(text)


@pytest.mark.parametrize(
    "text",
    [
        'INSERT DATA { <a:service> <a:load> "SERVICE LOAD" } # LOAD <a:a>',
        "PREFIX load: <a:> DELETE WHERE { load:service ?service ?load . _:load a 'x'@service }",
    ],
    ids=["names, texts, comments", "prefixes, variables"],
)
def test_the_words_are_not_forbidden(text):
    refuse_elsewhere(text)


@given(st.text(alphabet="ab \"'\\\n\r#<>{};?$:LOAD", max_size=60))
def test_any_text_is_taken_apart_or_refused(text):
    has_keyword(text, "LOAD")
    try:
        assert all(part.text for part in operations(text))
    except QuerySyntaxError as error:
        assert "semicolons" in str(error)


QUADS = [f"<http://example.org/{s}> <http://example.org/p> {o}" for s in "ab" for o in (1, 2)]
STEPS = st.one_of(
    st.just("CLEAR ALL"),
    st.builds(
        lambda verb, graph, quads: (
            f"{verb} DATA {{ {f'GRAPH {graph}' if graph else ''} {{ {' . '.join(quads)} }} }}"
            if graph
            else f"{verb} DATA {{ {' . '.join(quads)} }}"
        ),
        st.sampled_from(["INSERT", "DELETE"]),
        st.sampled_from([None, G, H]),
        st.lists(st.sampled_from(QUADS), max_size=3),
    ),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=5))
def test_named_statements_do_what_the_engine_does_and_are_counted_right(tmp_path_factory, steps):
    store, wanted = tmp_path_factory.mktemp("store"), Store()
    text = " ; ".join(steps)
    done = run(store, text)
    wanted.update(text)
    digest = GraphDigest()
    digest.replace((), wanted)
    assert (done.snapshot_id, done.quads) == (digest.snapshot_id, len(wanted))
    assert lines(store) == sorted(f"{quad} ." for quad in wanted)


SEARCHES = [
    "PREFIX e: <http://example.org/> DELETE { ?s e:p ?o } INSERT { ?s e:q ?o } WHERE { ?s e:p ?o }",
    "PREFIX e: <http://example.org/> WITH e:g DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o }",
    "PREFIX e: <http://example.org/> WITH e:g INSERT { ?s e:r 1 . GRAPH e:h { ?s e:r 2 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "BASE <http://example.org/> INSERT { GRAPH ?g { ?s <q> [ <in> ?g ; <of> ( ?s ?o ) ] } } USING <g> USING NAMED <h> "
    "WHERE { { ?s ?p ?o BIND(<k> AS ?g) } UNION { GRAPH ?g { ?s ?p ?o } } }",
    "INSERT { ?s ?p ?unbound . ?o ?p ?s . ?s ?o ?p . ?s ?p ?x } WHERE { ?s ?p ?o OPTIONAL { ?o ?p ?x } }",
    "DELETE WHERE { ?s <http://example.org/p> 1 . GRAPH ?g { ?s ?p ?o } }",
    "DELETE WHERE { GRAPH <http://example.org/g> { ?s ?p ?o } }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o < 2) } # as it was",
    "INSERT { ?s <a:count> ?n } USING NAMED <http://example.org/g> WHERE { { SELECT ?s (COUNT(*) AS ?n) { GRAPH ?where "
    "{ ?s ?p '{' } } GROUP BY ?s } UNION { GRAPH <http://example.org/g> { ?s ?p ?n } } }",
    "INSERT { ?s <a:said> <<( ?s ?p ?o )>> } WHERE { ?s ?p ?o }",
    "INSERT DATA { <a:s> <a:p> [ <a:q> 'x' ] GRAPH <http://example.org/g> { <a:s> <a:p> 1 } }",
    "DELETE DATA { <http://example.org/a> <http://example.org/p> 1 , 2 }",
]


@pytest.mark.parametrize("text", SEARCHES, ids=lambda text: text.partition("> ")[2][:40] or text[:40])
@settings(max_examples=20)
@given(quads=st.lists(st.tuples(st.sampled_from(QUADS), st.sampled_from(["", G, H])), max_size=8))
def test_changes_are_those_of_the_engine_and_are_known(text, quads):
    filled = " ".join(f"GRAPH {graph} {{ {quad} }}" if graph else f"{quad} ." for quad, graph in quads)
    ours, theirs, digest, wanted = Store(), Store(), GraphDigest(), GraphDigest()
    for store in (ours, theirs):
        store.update(f"INSERT DATA {{ {filled} }}")
    digest.replace((), ours)
    modify(ours, read_modification(text, BASE_IRI), BASE_IRI, digest)
    theirs.update(text, base_iri=BASE_IRI)
    wanted.replace((), ours)
    assert (str(digest), digest.count) == (str(wanted), wanted.count)
    left, right = Dataset(ours), Dataset(theirs)
    left.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    right.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert left == right


def test_a_search_is_run_and_counted_right(tmp_path):
    publish(tmp_path, EXTRACTIONS, reference=reference())
    done = run(
        tmp_path,
        "PREFIX e: <http://example.org/> INSERT DATA { e:a e:p 'a \\n .\\n', <x> } ; "
        "INSERT { GRAPH <http://example.org/g> { ?s e:q ?o } } WHERE { ?s e:p ?o } ; PREFIX f: <http://example.org/> "
        "DELETE { f:a f:p ?o } WHERE { f:a f:p ?o FILTER(ISIRI(?o)) }",
    )
    digest = GraphDigest()
    digest.replace((), parse("\n".join(lines(tmp_path)).encode(), format=RdfFormat.N_QUADS))
    assert (done.snapshot_id, done.quads) == (digest.snapshot_id, digest.count)
    assert [line for line in lines(tmp_path) if "example.org/a>" in line] == [
        '<http://example.org/a> <http://example.org/p> "a \\n .\\n" .',
        '<http://example.org/a> <http://example.org/q> "a \\n .\\n" <http://example.org/g> .',
        "<http://example.org/a> <http://example.org/q> <https://w3id.org/banggiao/x> <http://example.org/g> .",
    ]


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        pytest.param("INSERT DATA { <a:a> <a:b> }", QuerySyntaxError, "Operation 1 of 1", id="broken data"),
        pytest.param("CLEAR ALL ; DELETE DATA { <a:a> <a:b> _:x }", QuerySyntaxError, "2 of 2", id="blank in delete"),
        pytest.param("INSERT DATA", QuerySyntaxError, "braces", id="no data"),
        pytest.param("INSERT DATA {} DROP ALL", QuerySyntaxError, "1 of 1", id="no semicolon"),
        pytest.param("CLEAR ALL ; ; CLEAR ALL", QuerySyntaxError, "semicolons", id="nothing between"),
        pytest.param(
            "CLEAR ALL ; CREATE GRAPH <a:g> ; CREATE GRAPH <a:g>", BadRequestError, "SILENT", id="there already"
        ),
        pytest.param("CLEAR ALL ; LOAD <http://127.0.0.1:9/>", BadRequestError, "LOAD", id="a request elsewhere"),
        pytest.param(
            f"INSERT DATA {{ <a:a> <a:b> {'(' * 60_000} {')' * 60_000} }}", UpdateLimitError, "ended", id="too deep"
        ),
    ],
)
def test_what_cannot_be_run_changes_nothing(tmp_path, text, error, words):
    publish(tmp_path, EXTRACTIONS[:1])
    before = lines(tmp_path)
    with pytest.raises(error, match=words):
        run(tmp_path, text)
    assert lines(tmp_path) == before
    assert not list(tmp_path.glob("building-*"))


@pytest.mark.parametrize(
    ("text", "limits", "words"),
    [
        pytest.param(ENDLESS, UpdateLimits(timeout_s=1.0), "more than 1 s", id="time"),
        pytest.param(
            "INSERT { <a:a> <a:b> ?z } WHERE { BIND('banggiao' AS ?a0) "
            + "".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1}) " for n in range(29))
            + "BIND(STRLEN(?a29) AS ?z) }",
            UpdateLimits(memory_bytes=600_000_000),
            "memory",
            id="memory",
        ),
    ],
)
def test_an_update_past_its_limits_is_ended(tmp_path, text, limits, words):
    run(tmp_path, "INSERT DATA { GRAPH <a:g> {" + " . ".join(f"<a:{n}> <a:p> {n}" for n in range(3000)) + "}}")
    before = lines(tmp_path)
    started = time.monotonic()
    with pytest.raises(UpdateLimitError, match=words):
        update(tmp_path, Update(text, BASE_IRI), limits=limits)
    assert time.monotonic() - started < 10
    assert lines(tmp_path) == before
    assert run(tmp_path, "INSERT DATA { <a:a> <a:b> 1 }").is_new


def test_everything_gone_is_the_empty_graph_and_the_same_again_publishes_nothing(tmp_path):
    publish(tmp_path, EXTRACTIONS)
    assert run(tmp_path, "DROP ALL").snapshot_id == EMPTY_SNAPSHOT_ID
    assert not run(tmp_path, "CLEAR SILENT ALL").is_new
    assert lines(tmp_path) == []
    first = run(tmp_path, "INSERT DATA { <a:a> <a:b> 1 }")
    assert (first.is_new, run(tmp_path, "INSERT DATA { <a:a> <a:b> 1 }").is_new) == (True, False)


ARTICLE = "https://w3id.org/banggiao/graph/article/bai-1"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"CLEAR GRAPH <{ARTICLE}>", id="an article gone"),
        pytest.param("DROP GRAPH <https://w3id.org/banggiao/graph/events>", id="all events gone"),
        pytest.param(
            "DELETE WHERE { GRAPH <https://w3id.org/banggiao/graph/ontology> { ?s ?p ?o } }", id="no ontology"
        ),
        pytest.param(
            f"INSERT DATA {{ <a:a> <a:b> 1 GRAPH <{ARTICLE}> {{ <a:a> <a:b> [ <a:c> '' ] }} }}", id="strangers"
        ),
    ],
)
def test_an_ingest_works_on_what_an_update_left(tmp_path, text):
    publish(tmp_path, EXTRACTIONS[:2], reference=reference())
    assert run(tmp_path, text).is_new
    changed = extraction("bai-1", claim("established", "AZ VN", "1992-09-23"), publisher="Báo Một")
    publish(tmp_path, [changed, *EXTRACTIONS[1:]], reference=reference())
    assert events_of_pair(open_snapshot(tmp_path).store(), "AZ", "VN")


CONFIDENCE = "?claim <https://w3id.org/banggiao/ontology#confidence>"


@pytest.mark.parametrize("written", ["", f"GRAPH ?g {{ {CONFIDENCE} 'sure' }}"], ids=["taken away", "no number"])
def test_what_no_ingest_could_fuse_is_refused(tmp_path, written):
    publish(tmp_path, EXTRACTIONS[:2], reference=reference())
    before = lines(tmp_path)
    old = f"GRAPH ?g {{ {CONFIDENCE} ?old }}"
    with pytest.raises(ConflictError, match="cannot be fused"):
        run(tmp_path, f"DELETE {{ {old} }} INSERT {{ {written} }} WHERE {{ {old} }}")
    assert lines(tmp_path) == before


HEADERS = {"Authorization": f"Bearer {TOKEN}"}
TEXT = "INSERT DATA { <a:a> <a:b> 1 GRAPH <http://example.org/g> { <a:c> <a:d> 2 } }"
DIRECT = {"Content-Type": "application/sparql-update"}


def send(client, text, *, headers=HEADERS, **graphs):
    return client.post("/sparql", content=text, headers={**headers, **DIRECT}, params=graphs)


def count(client, query="SELECT * { ?s ?p ?o }", **graphs):
    return len(client.get("/sparql", params={"query": query, **graphs}).json()["results"]["bindings"])


COPIED = """
PREFIX bg: <https://w3id.org/banggiao/ontology#> PREFIX graph: <https://w3id.org/banggiao/graph/>
INSERT { GRAPH graph:events { <https://w3id.org/banggiao/id/event/founded-AZ-VN-hoi> ?property ?value } }
WHERE {
  GRAPH graph:events {
    <https://w3id.org/banggiao/id/event/established-AZ-VN> ?property ?value
    FILTER(?property NOT IN (bg:calendarKey, bg:pairTypeKey))
  }
}
"""


def test_an_event_that_an_update_writes_comes_round_though_it_has_no_keys(tmp_path):
    publish(tmp_path / "store", EXTRACTIONS, reference=reference())
    addresses = ("/api/pairs/VN/AZ/anniversaries", "/api/anniversaries?from=2027-02-20&to=2027-12-31")
    with open_service(tmp_path / "store", token=TOKEN) as client:
        for address in addresses:
            assert "founded-AZ-VN-hoi" not in [item["id"] for item in client.get(address).json()["items"]]
        assert send(client, COPIED).status_code == 200
        for address in addresses:
            assert "founded-AZ-VN-hoi" in [item["id"] for item in client.get(address).json()["items"]]


def test_an_update_comes_in_two_ways_and_is_seen_at_once(empty_service):
    done = send(empty_service, TEXT)
    assert (done.status_code, done.json()["changed"], done.json()["statements"]) == (200, True, 2)
    assert "Accept" in done.headers["vary"]
    again = empty_service.post("/sparql", data={"update": TEXT}, headers=HEADERS).json()
    assert again == {"changed": False, "statements": 2, "snapshot": done.json()["snapshot"]}
    assert count(empty_service) == 2  # of all graphs together
    assert count(empty_service, "SELECT * { GRAPH ?g { ?s ?p ?o } }") == 1
    assert count(empty_service, **{"default-graph-uri": "http://example.org/g"}) == 1


def test_the_graphs_of_a_request_are_those_that_its_update_asks_of(empty_service):
    send(empty_service, TEXT)
    text = "INSERT { GRAPH <http://example.org/h> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert send(empty_service, text, **{"using-graph-uri": "http://example.org/g"}).json()["changed"] is True
    assert count(empty_service, **{"default-graph-uri": "http://example.org/h"}) == 1


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        pytest.param({"headers": DIRECT}, 401, "token", id="no token"),
        pytest.param({"headers": {**DIRECT, "Authorization": "Bearer no"}}, 401, "token", id="a wrong token"),
        pytest.param({"content": "CLEAR XYZ"}, 400, "SPARQL", id="no update"),
        pytest.param({"content": b"INSERT DATA { <a:a> <a:b> '\xff' }"}, 400, "byte", id="broken UTF-8"),
        pytest.param(
            {"headers": {**HEADERS, "Content-Type": "application/sparql-update; charset=UTF-16"}},
            415,
            "utf-16",
            id="16",
        ),
        pytest.param({"headers": {**HEADERS, "Content-Type": "text/plain"}}, 415, "sparql-update", id="another kind"),
        pytest.param({"params": {"update": "CLEAR ALL"}}, 400, "body", id="twice"),
        pytest.param({"params": {"using-graph-uri": "no iri"}}, 400, "IRI", id="no graph name"),
        pytest.param({"params": {"default-graph-uri": "a:g"}}, 400, "using-graph-uri", id="a graph of queries"),
        pytest.param({"content": "CLEAR ALL #" + "x" * 20_000}, 413, "20000 bytes", id="too large"),
    ],
)
def test_bad_updates_get_a_problem_with_a_sentence(empty_service, options, status, words):
    whole = {"content": "CLEAR ALL", "headers": {**HEADERS, **DIRECT}, **options}
    problem = assert_problem(empty_service.post("/sparql", **whole), status)
    assert words.lower() in (problem["title"] + problem["detail"]).lower()


def test_two_updates_in_a_form_are_refused(empty_service):
    response = empty_service.post("/sparql", data={"update": ["CLEAR NAMED", "CLEAR DEFAULT"]}, headers=HEADERS)
    assert "not 2" in assert_problem(response, 400)["detail"]


def test_readers_are_answered_while_updates_run(tmp_path):
    """Four endless updates at once, which end by their limit, and readers meanwhile."""
    run(tmp_path, "INSERT DATA { GRAPH <a:g> {" + " . ".join(f"<a:{n}> <a:p> {n}" for n in range(3000)) + "}}")
    app = create_app(Settings(store=tmp_path, token=TOKEN, update_timeout_s=1.5, write_wait_s=0.2), now=lambda: NOON)

    async def both():
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            updates = [
                asyncio.create_task(client.post("/sparql", content=ENDLESS, headers={**HEADERS, **DIRECT}))
                for _ in range(4)
            ]
            waits = []
            while not all(task.done() for task in updates):
                started = time.monotonic()
                assert (await client.get("/api/countries")).status_code == 200
                waits.append(time.monotonic() - started)
                await asyncio.sleep(0.05)
            return [task.result() for task in updates], waits

    answers, waits = asyncio.run(both())
    kinds = [answer.json()["type"].rpartition("/")[2] for answer in answers]
    assert "update-limit" in kinds
    assert set(kinds) <= {"update-limit", "store-busy"}
    assert statistics.median(waits) < 0.5  # a reader that waits for updates waits for all of 1.5 s
