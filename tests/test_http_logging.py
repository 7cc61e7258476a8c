"""The log: a line a request, no secret in it wherever it was sent, faults with their traceback in one line."""

import io
import json
import logging
import logging.config
from urllib.parse import quote

import pytest
from conftest import open_service
from hypothesis import given
from hypothesis import strategies as st

from app.http.observing import loggable_address
from app.logs import FIELDS, MASK, JsonLines, forms_of, log_config

SECRET = 'xs-"9ế/ +token'  # noqa: S105  # it opens nothing
PAIR = "/api/pairs/AZ/VN/anniversaries"


@pytest.fixture
def lines():
    """A function that gives the lines written since it was asked last."""
    names = ("app", "banggiao", "uvicorn", "")
    kept = {name: (logging.getLogger(name).handlers[:], logging.getLogger(name).propagate) for name in names}
    logging.config.dictConfig(log_config("info", is_terminal=False, secrets=(SECRET,)))
    logging.getLogger("banggiao").handlers[0].setStream(stream := io.StringIO())

    def written():
        found = stream.getvalue().splitlines()
        stream.seek(0)
        stream.truncate()
        return found

    yield written
    for name, (handlers, propagate) in kept.items():
        logger = logging.getLogger(name)
        logger.handlers[:], logger.propagate = handlers, propagate


@pytest.fixture
def client(shipped_store, lines):
    with open_service(shipped_store, token=SECRET) as client:
        lines()
        yield client


def one(lines):
    return json.loads(lines()[-1])


def test_a_request_is_one_line(client, lines):
    response = client.get(PAIR, headers={"X-Request-ID": "from-the-proxy.1"})
    (line,) = map(json.loads, lines())
    assert response.headers["x-request-id"] == "from-the-proxy.1"
    assert {
        key: line[key] for key in ("event", "level", "request_id", "method", "route", "address", "status", "cache")
    } == {
        "event": "request",
        "level": "info",
        "request_id": "from-the-proxy.1",
        "method": "GET",
        "route": "/api/pairs/{a}/{b}/anniversaries",
        "address": PAIR,
        "status": 200,
        "cache": "miss",
    }
    assert line["bytes"] == int(response.headers["content-length"])
    assert line["ms"] > 0
    assert line["snapshot"] == client.get("/health").json()["snapshot"]
    assert line["client"] == "testclient"


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        (PAIR, "/api/pairs/{a}/{b}/anniversaries", 200),
        ("/health", "/health", 200),
        ("/id/event/established-AZ-VN", "/id/{kind}/{key}", 303),
        ("/no/such", "(none)", 404),
        ("/static/page.css", "/static", 200),
        ("/api/countries/%zz", "(none)", 400),
    ],
)
def test_the_route_is_told_by_its_template_also_of_a_kept_answer(client, lines, path, route, status):
    for _ in ("worked on", "kept"):
        client.get(path)
        line = one(lines)
        assert (line["route"].replace(":path", ""), line["status"]) == (route, status)


@pytest.mark.parametrize("given", ["", "with space", "x" * 65, 'quo"te', "línea"])
def test_an_id_that_is_not_sane_is_replaced(client, lines, given):
    response = client.get("/health", headers={"X-Request-ID": given.encode()})
    made = response.headers["x-request-id"]
    assert made != given
    assert one(lines)["request_id"] == made


def test_every_request_has_an_id_of_its_own(client):
    assert len({client.get("/health").headers["x-request-id"] for _ in range(3)}) == 3


def test_a_fault_is_logged_once_with_its_traceback_in_one_line(client, lines, monkeypatch):
    def fail(*_):
        raise RuntimeError(f"the secret is {SECRET}\nin two lines")

    monkeypatch.setattr("app.routes.checks.check", fail)
    response = client.post("/api/check", content=b"x", headers={"Content-Type": "text/plain"})
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert "nosniff" in response.headers["x-content-type-options"]
    fault, request = map(json.loads, lines())
    assert (fault["level"], request["status"]) == ("error", 500)
    assert fault["request_id"] == request["request_id"] == response.headers["x-request-id"]
    assert "RuntimeError: the secret is ***" in fault["exception"]
    assert response.json()["instance"] == f"urn:request:{fault['request_id']}"


def test_the_token_is_never_logged(client, lines):
    text = {"Content-Type": "text/plain"}
    client.post("/api/articles", content=b"x", headers={**text, "Authorization": f"Bearer {SECRET}".encode()})
    client.post("/api/articles", content=b"x", headers={**text, "Authorization": SECRET.encode()})
    client.get("/api/people", params={"token": SECRET})
    client.get("/api/people", params={"q": SECRET})
    client.get("/api/people", params={SECRET: "x"})
    client.get("/api/people", params={"q": "x" * 174 + SECRET})
    client.get(f"/{SECRET}")
    client.get(
        "/health", headers={"X-Request-ID": SECRET.encode(), "User-Agent": SECRET.encode(), "Referer": SECRET.encode()}
    )
    client.post("/api/articles", content=SECRET.encode(), headers=text)
    client.get("/sparql", params={"query": f"ASK {{ ?s ?p '{SECRET}' }}"})
    logging.getLogger("uvicorn.error").warning("%s and %r", SECRET, SECRET)
    written = lines()
    assert len(written) >= 10
    for line in written:
        assert "9ế" not in line
        assert "9\\u1ebf" not in line
        assert "9%E1%BA%BF" not in line


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("limit=3&cursor=abc", "/x?limit=3&cursor=abc"),
        ("token=abc&limit=3", "/x?token=***&limit=3"),
        ("limit=3&access_token=abc", "/x?limit=3&access_token=***"),
        ("API-Key=abc", "/x?API-Key=***"),
        ("Password=abc&x", "/x?Password=***&x"),
        ("%74oken=abc%26def", "/x?token=***"),
        ("q=" + "y" * 500, "/x?q=" + "y" * 195 + "…"),
        ("q=" + "y" * 5000, "/x?q=" + "y" * 195 + "…"),
        ("token=" + "y" * 5000, "/x?token=***…"),
    ],
)
def test_addresses_are_masked_and_cut(query, wanted):
    assert loggable_address("/x", query) == wanted


@given(
    st.integers(150, 420),
    st.sampled_from(
        [
            SECRET,
            quote(SECRET),
            quote(quote(SECRET)),
            "".join(f"%{ord(c):02x}" if c.isascii() else quote(c) for c in SECRET),
        ]
    ),
)
def test_no_beginning_of_a_secret_is_left_where_a_query_is_cut(before, written):
    for filler in ("y", "%20"):
        query = f"q={filler * before}{written}{'z' * 900}"
        shown = loggable_address("/api/articles", query, forms_of([SECRET]))
        assert shown.startswith("/api/articles?q=")
        assert not any(SECRET[:length] in shown or quote(SECRET[:length]) in shown for length in (4, 6, 9))


def test_lines_of_the_server_look_like_ours(lines):
    logging.getLogger("uvicorn.error").info("Started", extra={"color_message": "in colours"})
    logging.getLogger("uvicorn.access").info("GET /")
    started, access = map(json.loads, lines())
    assert {"event": "Started", "level": "info", "logger": "uvicorn.error"}.items() <= started.items()
    assert access["event"] == "GET /"


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_the_level_is_that_of_the_setting(lines, capsys, level):
    logging.config.dictConfig(log_config(level, is_terminal=False))
    for name in ("debug", "info", "warning", "error"):
        logging.getLogger("banggiao.requests").log(logging.getLevelName(name.upper()), "x")
    written = [json.loads(line)["level"] for line in capsys.readouterr().err.splitlines()]
    assert written == ["debug", "info", "warning", "error"][["debug", "info", "warning", "error"].index(level) :]


def test_a_terminal_gets_lines_for_people(lines, capsys):
    logging.config.dictConfig(log_config("info", is_terminal=True, secrets=(SECRET,)))
    logging.getLogger("app.x").warning("something with %s", SECRET)
    written = capsys.readouterr().err
    assert f"something with {MASK}" in written
    assert not written.startswith("{")


@given(
    st.dictionaries(
        st.text(max_size=8),
        st.one_of(st.text(max_size=12), st.integers(), st.floats(allow_nan=False), st.booleans(), st.none()),
        max_size=6,
    )
)
def test_a_line_is_one_line_of_json_whatever_is_in_it(fields):
    record = logging.LogRecord("banggiao.requests", logging.INFO, "", 0, "request", None, None)
    setattr(record, FIELDS, fields)
    line = JsonLines().format(record)
    assert json.loads(line) | fields == json.loads(line)
    assert "\n" not in line


def test_half_a_character_is_escaped_and_whole_ones_are_not():
    record = logging.LogRecord("banggiao.requests", logging.INFO, "", 0, "request", None, None)
    setattr(record, FIELDS, {"address": "/Hà Nội"})
    assert "Hà Nội" in JsonLines().format(record)
    setattr(record, FIELDS, {"address": "/\ud800"})
    assert json.loads(JsonLines().format(record).encode())["address"] == "/\ud800"


@given(st.text(st.sampled_from("ab=&+%4TtokenKſ_-"), max_size=12))
def test_a_query_is_masked_the_same_where_there_is_nothing_to_mask_nor_to_decode(query):
    """A parameter that has an escape takes the long way, and changes nothing about the others."""
    short, long = loggable_address("/x", query), loggable_address("/x", f"%41=1&{query}")
    assert long.removeprefix("/x?A=1") == (f"&{short.removeprefix('/x').removeprefix('?')}")
