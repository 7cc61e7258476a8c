"""Requests as no client library makes them: each is answered, as its description promises, and never by a fault."""

import asyncio
import json
import re
from urllib.parse import quote, unquote

import jsonschema_rs
import pytest
from conftest import TOKEN, open_service
from documented_requests import BEARER, examples_of, operations, write_what_examples_name

from app.main import app

OPERATIONS = operations(app.openapi())
PROBLEM = jsonschema_rs.Draft202012Validator(app.openapi()["components"]["schemas"]["Problem"])
HOSTILE = {
    "empty": "",
    "NUL": "%00",
    "NUL in a word": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "half a character": "%C3",
    "bytes that are no UTF-8": "%FF%FE",
    "bad percent-encoding": "%zz",
    "a percent sign": "%",
    "a slash": "%2F",
    "dots": "..%2F..%2Fetc%2Fpasswd",
    "line break": "%0D%0AX-Injected:%20yes",
    "huge integer": "9" * 5000,
    "negative integer": "-99999999999999999999",
    "fraction": "1e309",
    "a day past the calendar": "99999-01-01",
    "the last day of the calendar": "9999-12-31",
    "year zero": "0000-00-00",
    "a day in other digits": quote("٢٠٢٦-١١-٢١"),
    "markup": quote("<script>\"'`{}|\\^"),
    "a query": quote("> } ; DROP ALL ; #"),
    "astral and combining": quote("𝔙𝔑́" + "́" * 500),
    "right to left": quote("‮NV"),
    "long": "a" * 20_000,
    "long in words": quote("tháng " * 3000),
}
BODIES = {
    "nothing": b"",
    "NUL": b"\x00",
    "a number": b"1",
    "null": b"null",
    "a list": b"[]",
    "half an object": b'{"text":',
    "no UTF-8": b"\xff\xfe\x00",
    "byte order mark": b'\xef\xbb\xbf{"text": "a"}',
    "lone surrogate": b'{"text": "\\ud800", "id": "\\udfff", "title": "\\ud800", "publisher": "\\udc00"}',
    "lone surrogate in a verdict": b'{"finding": "confirmed", "judged": ["\\ud800"], "by": "\\ud800", "why": "\\udfff"}',
    "lone surrogate in a name": b'{"finding": "same-person", "judged": ["a", "b"], "by": "a\\ud800", "why": "a"}',
    "NUL in fields": b'{"text": "a\\u0000", "id": "\\u0000", "title": "\\u0000", "url": "http://a/\\u0000"}',
    "nested": b'{"text": ' + b"[" * 20_000,
    "objects for words": b'{"text": "a", "id": {"a": [1]}, "published": [], "title": {}, "url": {}}',
    "lists for words": b'{"finding": ["confirmed"], "judged": [[{}]], "by": [], "why": {}}',
    "numbers": b'{"text": "a", "id": 1e999, "published": 99999999999999999999999, "title": NaN, "url": -0}',
    "a number of many figures": b'{"text": "a", "id": ' + b"9" * 10_000 + b"}",
    "the same field twice": b'{"text": "a", "text": 1}',
    "a day past the calendar": b'{"text": "a", "published": "99999-01-01"}',
    "a web address": b'{"text": "a", "url": "https://[::1"}',
    "a form": b"query=%FF&query=%zz&update=",
    "a query": b'SELECT * WHERE { ?s ?p "\\uD800" }',
}
CONTENT_TYPES = (
    "application/json",
    "application/json; charset=utf-16",
    "text/html; charset=none-such",
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "",
)
HEADERS = {
    "accept of nothing": {"accept": "image/png"},
    "accept that is nonsense": {"accept": ";;;,,q=,*/*;q=nan,/"},
    "accept of bytes": {"accept": "\xff\xfe"},
    "long accept": {"accept": "a/b;q=0.1," * 2000},
    "credentials that are none": {"authorization": "Bearer"},
    "credentials of bytes": {"authorization": "Bearer \xff\xfe"},
}


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    """A service that holds what the examples of writing name, and little else: thousands of requests are sent."""
    store = tmp_path_factory.mktemp("hostile") / "store"
    with open_service(store, token=TOKEN) as client:
        write_what_examples_name(client, OPERATIONS)
        with asyncio.Runner() as runner:
            yield client.app, runner


def ask(service, method, address, headers, body=b""):
    """The answer to a request whose bytes are sent as they stand: status, headers, body."""
    target, runner = service
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "root_path": "",
    }
    sent = []

    async def send(message):
        sent.append(message)

    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        if not pending:
            await asyncio.Event().wait()  # the client stays until it is answered
        return pending.pop()

    async def run():
        # what the outermost middleware has answered with 500 is raised once more, for the log of a server
        try:
            await target(scope, receive, send)
        except Exception as error:
            raise AssertionError(f"{method} {address[:120]}: {error!r}") from error

    runner.run(run())
    start = next((one for one in sent if one["type"] == "http.response.start"), None)
    assert start is not None, f"{method} {address[:120]}: no answer"
    content = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return start["status"], {name.decode(): value.decode("latin-1") for name, value in start["headers"]}, content


def assert_promised(operation, address, status, headers, content):
    where = f"{operation.method} {address[:120]}: {status} {content[:200]!r}"
    assert status < 500, where
    assert "x-injected" not in headers, where
    if status == 307 or (status == 404 and "404" not in operation.description["responses"]):
        return  # the address is no longer one of this operation
    answer = operation.description["responses"].get(str(status))
    assert answer is not None, where
    if status >= 400:
        assert headers["content-type"] == "application/problem+json", where
        assert PROBLEM.is_valid(json.loads(content)), where


def address_of(operation, path, query):
    address = re.sub(r"\{(\w+)\}", lambda match: path[match[1]], operation.path)
    return f"{address}?{'&'.join(f'{name}={value}' for name, value in query)}" if query else address


def encoded(values):
    return {name: quote(str(value), safe="") for name, value in values.items()}


def addresses(operation, value):
    """The addresses in which one parameter after the other has a hostile value; and twice where it is in the query."""
    path = encoded(operation.parameters("path"))
    query = encoded(next(operation.required_queries()))
    for parameter in operation.description.get("parameters", ()):
        name = parameter["name"]
        if parameter["in"] == "path":
            yield address_of(operation, path | {name: value}, query.items())
        else:
            others = [(other, known) for other, known in query.items() if other != name]
            example = quote(str(next(iter(examples_of(parameter)))), safe="")
            yield address_of(operation, path, [*others, (name, value)])
            yield address_of(operation, path, [*others, (name, example), (name, value)])


def each(values):
    return [pytest.param(value, id=name) for name, value in values.items()]


@pytest.mark.parametrize("value", each(HOSTILE))
def test_a_hostile_parameter_gets_a_promised_answer(target, value):
    for operation in OPERATIONS.values():
        if operation.method == "GET":
            for address in addresses(operation, value):
                assert_promised(operation, address, *ask(target, "GET", address, {}))


@pytest.mark.parametrize("body", each(BODIES))
def test_a_hostile_body_gets_a_promised_answer(target, body):
    for operation in OPERATIONS.values():
        if operation.method == "POST":
            path = encoded(operation.parameters("path"))
            address = address_of(operation, path, encoded(next(operation.required_queries())).items())
            for content_type in CONTENT_TYPES:
                headers = {**BEARER, **({"content-type": content_type} if content_type else {})}
                assert_promised(operation, address, *ask(target, "POST", address, headers, body))


@pytest.mark.parametrize("headers", each(HEADERS))
def test_a_hostile_header_gets_a_promised_answer(target, headers):
    for operation in OPERATIONS.values():
        address = address_of(
            operation, encoded(operation.parameters("path")), encoded(next(operation.required_queries())).items()
        )
        assert_promised(operation, address, *ask(target, operation.method, address, headers))
