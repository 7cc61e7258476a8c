"""The OpenAPI description: complete, valid, and true — every example of it is sent to the service."""

import re
from itertools import product

import jsonschema_rs
import pytest
import schemathesis
from conftest import TOKEN, open_service
from documented_requests import ON_SCRATCH, examples_of, operations, write_what_examples_name
from starlette.routing import Mount

from app.main import app
from app.openapi import TAGS
from app.problems import PROBLEM_MEDIA_TYPE, problem_kinds

DESCRIPTION = app.openapi()
OPERATIONS = operations(DESCRIPTION)
# Pages for people and the description itself; everything else is an operation.
PAGES = {"/", "/docs", "/problems/{kind}", "/openapi.json", "/static"}
# A dump is packed: no example of it can be written down.
BYTES = {"application/gzip"}
# Asked of a small graph, which answers in no time.
WHOLE_GRAPH = {"calendar", "dataset", "dump_nquads", "dump_trig", "dump_turtle"}
# Sent by the fixture: a claim is judged once, a verdict taken back once, a graph dropped once.
SENT_ONCE = {"judge", "withdraw", "drop_graph"}


def each_operation(of=lambda _: True):
    return pytest.mark.parametrize(
        "operation", [pytest.param(one, id=one.id) for one in OPERATIONS.values() if of(one)]
    )


@pytest.fixture(scope="module")
def scratch_service(tmp_path_factory):
    """A service that holds what the examples of writing name."""
    with open_service(tmp_path_factory.mktemp("scratch") / "store", token=TOKEN) as client:
        write_what_examples_name(client, OPERATIONS)
        yield client


def faults(schema, value):
    validator = jsonschema_rs.Draft202012Validator(
        {**schema, "components": DESCRIPTION["components"]}, validate_formats=True
    )
    return [str(fault) for fault in validator.iter_errors(value)]


def test_it_is_valid_openapi():
    assert DESCRIPTION["openapi"].startswith("3.1.")
    schemathesis.openapi.from_dict(DESCRIPTION).validate()
    assert not {"HTTPValidationError", "ValidationError"} & DESCRIPTION["components"]["schemas"].keys()


def test_it_says_who_and_where():
    assert DESCRIPTION["info"].keys() >= {"title", "summary", "description", "version", "contact", "license"}
    assert [server["url"] for server in DESCRIPTION["servers"]] == ["/"]
    assert DESCRIPTION["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_every_route_is_described_or_a_page():
    served = set()
    for included in app.routes:
        for route in getattr(included, "effective_route_contexts", lambda one=included: [one])():
            path = re.sub(r":\w+\}", "}", route.path)
            methods = {"GET"} if isinstance(route, Mount) else set(route.methods) - {"HEAD"}
            module = getattr(getattr(route, "endpoint", None), "__module__", "")
            is_page = path in PAGES or module.startswith("app.web.")
            served |= {(method, path) for method in methods if not is_page}
    assert {(one.method, one.path) for one in OPERATIONS.values()} == served


@each_operation()
def test_an_operation_is_described_in_full(operation):
    description = operation.description
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", operation.id)
    assert description["summary"]
    assert description["description"]
    assert set(description["tags"]) <= {name for name, _ in TAGS}
    for parameter in description.get("parameters", ()):
        assert parameter["description"], parameter["name"]
        assert None not in (examples_of(parameter) or [None]), parameter["name"]
        assert {"type": "null"} not in parameter["schema"].get("anyOf", ()), parameter["name"]
    for media_type, content in description.get("requestBody", {}).get("content", {}).items():
        assert content["schema"], media_type
        assert all(examples_of(content) or [None]), media_type
    assert operation.answers()
    for status, answer in operation.answers().items():
        assert answer["description"] != "Successful Response" or status.startswith("2")
        for media_type, content in answer.get("content", {}).items():
            assert media_type in BYTES or (content["schema"] and "example" in content), (status, media_type)


@each_operation()
def test_an_error_is_a_problem_document_with_an_example(operation):
    errors = {status: one for status, one in operation.description["responses"].items() if status >= "400"}
    assert "500" in errors
    known = {(kind, status) for kind, status, _ in problem_kinds()}
    for status, answer in errors.items():
        ((media_type, content),) = answer["content"].items()
        assert media_type == PROBLEM_MEDIA_TYPE
        example = content["example"]
        assert faults(content["schema"], example) == []
        assert (example["type"].rpartition("/")[2], example["status"]) in known
        assert status == str(example["status"])


@each_operation(lambda one: one.needs_token)
def test_writing_says_what_the_token_is_for(operation):
    assert operation.description["security"] == [{"token": []}]
    assert "401" in operation.description["responses"]


@each_operation()
def test_the_examples_of_answers_fit_their_schemas(operation):
    for status, answer in operation.answers().items():
        for media_type, content in answer.get("content", {}).items():
            if media_type not in BYTES:
                assert faults(content["schema"], content["example"]) == [], (status, media_type)


@each_operation(lambda one: one.id not in SENT_ONCE)
def test_the_documented_examples_work(service, scratch_service, operation):
    """Every example of a parameter and of a body is sent, and every media type of the answer asked for."""
    client = scratch_service if operation.id in ON_SCRATCH | WHOLE_GRAPH else service
    accepted = {kind for one in operation.answers().values() for kind in one.get("content", {})} or {"*/*"}
    given = set()
    for query, body, media_type in product(operation.queries(), operation.bodies(), accepted):
        if is_update(body) and query:
            continue  # its graphs have other names
        if operation.id == "pair_timeline" and (media_type == "text/csv") != (query.get("format") == "csv"):
            continue  # the address alone says which format
        if operation.id == "query_by_get":
            query.pop("download", None)  # it decides alone: see test_http_sparql.py
        response = operation.send(client, query, body, Accept=media_type)
        if operation.path == "/sparql" and response.status_code == 406:
            continue  # rows and statements are given in different formats
        if is_update(body):
            assert response.json()["changed"] in (True, False)
            continue  # what an update did is told in JSON
        if operation.id == "query_by_get" and not query:
            assert response.headers["content-type"].partition(";")[0] in operation.answers()["200"]["content"]
            continue  # the description of the service is RDF, also for who likes JSON
        assert_as_promised(operation, response, media_type)
        given.add(media_type)
    assert given == accepted


def is_update(body):
    return body is not None and (body[0] == "application/sparql-update" or body[1].startswith(b"update="))


def assert_as_promised(operation, response, wanted):
    answer = operation.answers().get(str(response.status_code))
    assert answer is not None, response.text
    missing = [
        name
        for name, header in answer.get("headers", {}).items()
        if header["required"] and name not in response.headers
    ]
    assert missing == []
    if "content" not in answer:
        assert response.content == b""
        return
    media_type = response.headers["content-type"].partition(";")[0]
    assert media_type == wanted
    schema = answer["content"][media_type].get("schema")
    if schema is not None:
        value = response.json() if media_type.endswith("json") else response.text
        assert value
        assert faults(schema, value) == []
