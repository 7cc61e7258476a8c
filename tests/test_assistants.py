"""`banggiao mcp`: what assistants can ask, what they are told, and what they cannot do."""

import datetime as dt
import json
import logging
import shutil
import string
import subprocess
import sys
import time
from pathlib import Path

import anyio
import pytest
from assistants import assistant_of, text_of
from conftest import TODAY
from mcp import StdioServerParameters
from mcp.server.mcpserver.exceptions import ToolError
from mcp.shared.exceptions import MCPError

from app.assistants.calls import GraphTool
from app.assistants.queries import read_answer
from app.assistants.sentences import SENTENCES
from app.assistants.server import create_server
from app.assistants.wording import plain
from app.example_queries import example_queries
from app.graph.repositories import publish
from app.querying.answers import Answer
from app.settings import Settings
from extractors.pipeline import extract
from extractors.readers import read_record

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ["-c", "from app.cli import main; main()", "mcp"]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
WRONG = "Ngày 24/9/1992, Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao."
SECRET = "Bản thảo mật"  # noqa: S105  # of which no line of a log may tell
CALLS = {
    "pair_status": {"a": "VN", "b": "Azerbaijan"},
    "pair_anniversaries": {"a": "VN", "b": "Azerbaijan"},
    "pair_timeline": {"a": "viet nam", "b": "nhat ban"},
    "upcoming_anniversaries": {"first_day": "2026-11-21", "country": "Lào"},
    "check_draft": {"text": WRONG},
    "sparql_query": {"query": "SELECT ?id { ?event <http://purl.org/dc/terms/identifier> ?id } ORDER BY ?id LIMIT 3"},
}


@pytest.fixture(scope="module")
def store(shipped_store, tmp_path_factory):
    """A store of our own with the shipped data, to publish in."""
    copy = tmp_path_factory.mktemp("assistants") / "store"
    shutil.copytree(shipped_store, copy)
    return copy


@pytest.fixture(scope="module")
def process(store):
    """An assistant over the standard streams of a real process, where queries may take a second."""
    settings = {"PYTHONPATH": str(ROOT), "BANGGIAO_QUERY_TIMEOUT_S": "1", "BANGGIAO_QUERY_PROCESSES": "1"}
    command = StdioServerParameters(
        command=sys.executable, args=[*PROGRAM, "--store", str(store)], env=settings, cwd=store
    )
    with assistant_of(command) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def near(shipped_store):
    """An assistant of a server in this process, on 21 November 2026; a query may take half a minute."""
    settings = Settings(store=shipped_store, query_processes=1, query_timeout_s=30, max_text_bytes=10_000)
    with assistant_of(create_server(settings, lambda: TODAY)) as assistant:
        yield assistant


def test_an_assistant_is_told_what_there_is(process):
    assert process.client.server_info.name == "banggiao"
    assert "Never state a date between two states from memory" in process.client.instructions
    tools = process.run(process.client.list_tools).tools
    assert [tool.name for tool in tools] == list(CALLS)
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint
        assert len(tool.description) > 300
        assert tool.output_schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False


def test_every_parameter_is_described_and_bounded(near):
    for tool in near.run(near.client.list_tools).tools:
        for name, schema in tool.input_schema["properties"].items():
            assert schema["description"], f"{tool.name}.{name}"
            for kind in schema.get("anyOf", [schema]):
                bound = {"string": "maxLength", "integer": "maximum", "array": "maxItems", "null": "type"}[kind["type"]]
                assert "enum" in kind or bound in kind, f"{tool.name}.{name} has no bound"


@pytest.mark.parametrize("tool", CALLS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_tool_answers_with_data_and_a_text(process, tool, language):
    data, text = process.ask(tool, **CALLS[tool], language=language)
    assert data
    assert text
    if tool not in {"sparql_query", "upcoming_anniversaries"}:
        assert "https://" in text
        assert "1992-09-23" in json.dumps(data) or tool == "pair_timeline"


@pytest.mark.parametrize(
    ("tool", "arguments", "address"),
    [
        pytest.param("pair_status", {"a": "VN", "b": "AZ"}, "/api/pairs/VN/AZ", id="status"),
        pytest.param("pair_timeline", {"a": "VN", "b": "JP", "limit": 2}, "/api/pairs/VN/JP/timeline?limit=2", id="timeline"),
        pytest.param("pair_anniversaries", {"a": "VN", "b": "AZ"}, "/api/pairs/VN/AZ/anniversaries", id="anniversaries"),
        pytest.param(
            "upcoming_anniversaries",
            {"days": 60, "country": "VN", "ranks": ["half-round"], "types": ["established"]},
            "/api/anniversaries?to=2027-01-20&country=VN&rank=half-round&type=established",
            id="upcoming",
        ),
    ],
)  # fmt: skip
def test_the_data_are_those_of_the_http_service(near, service, tool, arguments, address):
    data, _ = near.ask(tool, **arguments)
    same = service.get(address, headers={"Accept": "application/json"}).json()
    assert {name: data[name] for name in same} == same


def test_the_findings_are_those_of_the_http_service(near, service):
    data, text = near.ask("check_draft", text=WRONG)
    assert data == {"items": service.post("/api/check", json={"text": WRONG}).json()["items"], "found": 1}
    assert "[lỗi] «24/9/1992» (ký tự 5–14)" in text
    assert "Nên viết: «23/9/1992»" in text


def test_a_text_names_its_sources_and_what_is_doubtful(near):
    _, text = near.ask("pair_timeline", a="VN", b="JP", types=["partnership"], language="en")
    assert "Support: disputed" in text
    assert "Other sources say 2006-10-19:\n   - Ministry of Foreign Affairs of Japan, «" in text
    assert "the project's own retelling, no independent source" in text
    assert text.endswith("What is not here is not known: say so, never guess.")


@pytest.mark.parametrize(
    ("other", "ties"),
    [("Azerbaijan", "established"), ("Hoa Kỳ", "established"), ("Liên Xô", "ended")],
)
def test_how_two_states_stand_is_borne_by_sources(near, other, ties):
    data, text = near.ask("pair_status", a="VN", b=other)
    assert data["status"] == ties
    addresses = [one["url"] for one in data["ties_event"]["sources"] if one["url"]]
    assert addresses
    assert any(address in text for address in addresses)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("vi", "Hãy nói là không rõ; đừng đoán ngày."), ("en", "Say that it is not known; do not guess a date.")],
)
def test_what_is_not_known_is_said_so(near, language, wanted):
    data, text = near.ask("pair_timeline", a="Tuvalu", b="Andorra", language=language)
    assert (data["items"], data["next"]) == ([], None)
    assert text.endswith(wanted)


def test_a_long_list_goes_on_where_it_was_left(near):
    first, text = near.ask("upcoming_anniversaries", days=3, limit=2)
    assert f"«{first['next']}»" in text
    second, _ = near.ask("upcoming_anniversaries", days=3, limit=2, cursor=first["next"])
    both, _ = near.ask("upcoming_anniversaries", days=3, limit=4)
    assert first["items"] + second["items"] == both["items"]


def test_the_day_is_that_of_the_clock_at_each_call(tmp_path):
    days = iter([dt.date(2026, 11, 21), dt.date(2026, 11, 22)])
    with assistant_of(create_server(Settings(store=tmp_path / "none", query_processes=1), lambda: next(days))) as one:
        assert [one.ask("upcoming_anniversaries")[0]["from"] for _ in range(2)] == ["2026-11-21", "2026-11-22"]


@pytest.mark.parametrize(
    ("tool", "arguments", "wanted"),
    [
        pytest.param("pair_status", {"a": "VN", "b": "Azerbaijam"}, "«Azerbaijam». Did you mean Azerbaijan?", id="misspelt state"),
        pytest.param("pair_status", {"a": "VN", "b": "Nước Không Có"}, "«Nước Không Có»", id="unknown state"),
        pytest.param("pair_status", {"a": "VN", "b": "vietnam"}, "the same state", id="a state with itself"),
        pytest.param("pair_status", {"a": "VN"}, "b: Field required", id="no second state"),
        pytest.param("pair_status", {"a": "VN", "b": 3}, "b: Input should be a valid string", id="a number for a state"),
        pytest.param("pair_status", {"a": "VN", "b": "A" * 201}, "b: String should have at most 200", id="a long name"),
        pytest.param("pair_status", {"a": "VN", "b": "AZ", "day": "x"}, "no parameter «day». It has: a, b, on", id="unknown parameter"),
        pytest.param("pair_status", {"a": "VN", "b": "AZ", "on": "31/2/2020"}, "on: «31/2/2020» is no date", id="impossible day"),
        pytest.param("pair_status", {"a": "VN", "b": "AZ", "language": "fr"}, "language: Input should be 'vi' or 'en'", id="language"),
        pytest.param("pair_timeline", {"a": "VN", "b": "AZ", "types": ["war"]}, "types.0: Input should be 'established'", id="type"),
        pytest.param("pair_timeline", {"a": "VN", "b": "AZ", "first_day": "2020-01-02", "last_day": "2020-01-01"}, "swap the two", id="window"),
        pytest.param("pair_timeline", {"a": "VN", "b": "AZ", "cursor": "!"}, "The cursor fits no item", id="cursor"),
        pytest.param("pair_timeline", {"a": "VN", "b": "AZ", "limit": 101}, "limit: Input should be less than or equal to 100", id="limit"),
        pytest.param("pair_anniversaries", {"a": "VN", "b": "AZ", "within": -1}, "within: Input should be greater", id="days ago"),
        pytest.param("upcoming_anniversaries", {"days": 10**9}, "days: Input should be less than or equal to 3659", id="days"),
        pytest.param("upcoming_anniversaries", {"first_day": "9001-01-01"}, "first_day: 9001-01-01 is too far away", id="far day"),
        pytest.param("upcoming_anniversaries", {"ranks": ["big"]}, "ranks.0: Input should be 'round'", id="rank"),
        pytest.param("check_draft", {"text": ""}, "text: String should have at least 1", id="no text"),
        pytest.param("check_draft", {"text": "ă" * 6000}, "text: it has 12000 bytes; the limit is 10000", id="long text"),
        pytest.param("check_draft", {"text": WRONG, "published": "hôm qua"}, "published: «hôm qua»", id="publication"),
        pytest.param("sparql_query", {"query": "SELECT"}, "not valid SPARQL", id="half a query"),
        pytest.param("sparql_query", {"query": "DELETE WHERE { ?s ?p ?o }"}, "not valid SPARQL", id="update"),
        pytest.param("sparql_query", {"query": "LOAD <http://127.0.0.1:1/>"}, "not valid SPARQL", id="load"),
        pytest.param("sparql_query", {"query": "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, "SERVICE is not allowed", id="service"),
        pytest.param("sparql_query", {"query": "ASK {}" + " " * 100_000}, "query: String should have at most 100000", id="long query"),
        pytest.param("nosuch", {}, "Unknown tool: nosuch", id="unknown tool"),
    ],
)  # fmt: skip
def test_a_bad_call_is_told_what_to_do(near, tool, arguments, wanted):
    sentence = near.refused(tool, **arguments)
    assert wanted in sentence
    assert "Traceback" not in sentence
    assert "pydantic" not in sentence


def told_to_wait(answer):
    """Whether a child is still on its way: on a busy machine its start takes longer than a query may wait here."""
    return answer.is_error and "wait a moment" in text_of(answer)


def test_an_endless_query_is_ended_and_the_next_one_answered(process):
    deadline = time.monotonic() + 30
    while told_to_wait(ended := process.call("sparql_query", query=ENDLESS)):
        assert time.monotonic() < deadline
    assert "ran for 1 s and was ended" in text_of(ended)
    while told_to_wait(answer := process.call("sparql_query", query="ASK { ?s ?p ?o }")):
        assert time.monotonic() < deadline
    assert (answer.structured_content["boolean"], text_of(answer)) == (True, "Đúng (true).")


def test_a_query_that_nobody_waits_for_any_more_is_ended(near):
    async def give_up():
        with anyio.move_on_after(0.3) as scope:
            await near.client.call_tool("sparql_query", {"query": ENDLESS})
        return scope.cancelled_caught

    assert near.run(give_up)
    # the only child would be busy for half a minute
    with_limit = near.run(_with_timeout, near.client, 20)
    assert with_limit.structured_content["boolean"]


async def _with_timeout(client, seconds):
    with anyio.fail_after(seconds):
        return await client.call_tool("sparql_query", {"query": "ASK { ?s ?p ?o }"})


def test_what_an_assistant_is_told_of_queries_holds(near):
    (tool,) = [one for one in near.run(near.client.list_tools).tools if one.name == "sparql_query"]
    prefixes, pattern = [part for part in tool.description.split("`") if "bg:" in part][:2]
    data, _ = near.ask("sparql_query", query=f"{prefixes} SELECT * {{ {pattern} }}")
    (row,) = data["rows"]
    assert row["date"]["value"] == "1992-09-23"
    assert row["s"]["value"].endswith("#status-confirmed")


def test_a_large_answer_is_cut_and_says_so(near):
    data, text = near.ask("sparql_query", query="SELECT ?s { ?s ?p ?o } LIMIT 300", limit=2, language="en")
    assert (len(data["rows"]), data["found"]) == (2, 300)
    assert data["note"].startswith("The answer was cut: 2 of 300 are given.")
    assert text.startswith("2 of 300 rows:\ns\nhttp")


def test_triples_are_given_as_lines(near):
    data, _ = near.ask("sparql_query", query="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5", limit=4)
    assert (len(data["triples"]), data["found"], data["rows"]) == (4, 5, [])


def test_a_snapshot_published_meanwhile_is_seen_by_the_next_call(process, store):
    states = {"a": "Tuvalu", "b": "Andorra"}
    assert process.ask("pair_status", **states)[0]["status"] == "unknown"
    assert process.ask("sparql_query", query="ASK { ?e <https://w3id.org/banggiao/ontology#pair> <https://w3id.org/banggiao/id/pair/AD-TV> }")[0]["boolean"] is False  # fmt: skip
    told = "Ngày 24/9/2011, Tuvalu và Andorra thiết lập quan hệ ngoại giao."
    publish(store, [extract(read_record({"id": "moi", "text": told, "published": "2026-11-21"}))])
    data, text = process.ask("pair_status", **states)
    assert (data["status"], data["since"]) == ("established", "2011-09-24")
    assert "24/9/2011" in text
    assert process.ask("sparql_query", query="ASK { ?e <https://w3id.org/banggiao/ontology#pair> <https://w3id.org/banggiao/id/pair/AD-TV> }")[0]["boolean"] is True  # fmt: skip


def test_a_damaged_store_is_named(tmp_path):
    (tmp_path / "CURRENT").write_text("nosuch\n")
    with assistant_of(create_server(Settings(store=tmp_path, query_processes=1), lambda: TODAY)) as one:
        assert "nosuch" in one.refused("pair_status", a="VN", b="AZ")


def test_the_ontology_and_the_example_queries_are_resources(process):
    listed = process.run(process.client.list_resources).resources
    assert len(listed) == 1 + len(example_queries())
    (ontology,) = process.run(process.client.read_resource, "banggiao://ontology").contents
    assert ontology.mime_type == "text/turtle"
    assert ontology.text.startswith("@prefix")
    for query in example_queries():
        (content,) = process.run(process.client.read_resource, f"banggiao://queries/{query.name}").contents
        assert content.text == query.sparql


@pytest.mark.parametrize("name", ["nosuch", "../banggiao", "%2e%2e/shapes"])
def test_no_other_file_is_a_resource(near, name):
    with pytest.raises(MCPError, match="Unknown resource"):
        near.run(near.client.read_resource, f"banggiao://queries/{name}")


@pytest.mark.parametrize(("language", "wanted"), [("vi", "Hãy kiểm tra"), ("en", "Check the draft")])
def test_a_person_can_have_a_draft_checked(near, language, wanted):
    prompt = near.run(near.client.get_prompt, "check_a_draft", {"text": WRONG, "language": language})
    (message,) = prompt.messages
    assert message.content.text.startswith(wanted)
    assert message.content.text.endswith(WRONG)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        pytest.param({"draft": SECRET}, "no parameter «draft». It has: text, language", id="unknown"),
        pytest.param({}, "Missing required arguments: {'text'}", id="missing"),
        pytest.param({"text": SECRET, "language": "fr"}, "language: Input should be 'vi' or 'en'", id="language"),
    ],
)
def test_a_prompt_says_what_it_takes(near, caplog, arguments, wanted):
    with pytest.raises(MCPError) as caught:
        near.run(near.client.get_prompt, "check_a_draft", arguments)
    assert wanted in str(caught.value)
    assert SECRET not in f"{caught.value} {caplog.text}"


def test_a_crash_is_logged_without_the_words_of_a_draft(caplog):
    def broken(text: str) -> str:
        raise RuntimeError(text)

    tool = GraphTool.from_function(broken, structured_output=False)
    with caplog.at_level(logging.DEBUG), pytest.raises(ToolError) as caught:
        anyio.run(tool.run, {"text": SECRET}, None)
    assert "a fault of its own" in str(caught.value)
    (record,) = [one for one in caplog.records if one.name == "app.assistants.calls"]
    assert record.getMessage() == "broken failed: RuntimeError"
    assert "in broken" in record.fields["frames"]
    assert SECRET not in f"{caught.value} {caplog.text} {record.fields}"


def test_all_output_is_of_the_protocol_and_the_end_of_input_ends_the_process(tmp_path):
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    draft = {"name": "check_draft", "arguments": {"text": SECRET, "published": 3}}
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": draft},
    ]
    broken = json.dumps(lines[2], ensure_ascii=False)[:-9]
    process = subprocess.Popen(
        [sys.executable, *PROGRAM, "--store", str(tmp_path / "none")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT), "BANGGIAO_QUERY_PROCESSES": "1"},
    )
    with process:
        for line in (*map(json.dumps, lines[:2]), broken, "no JSON", json.dumps(lines[2])):
            process.stdin.write(f"{line}\n".encode())
        process.stdin.flush()
        # an assistant closes the stream when it has its answer
        answers = [json.loads(process.stdout.readline()) for _ in range(2)]
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert [one["id"] for one in answers] == [1, 2]
    assert "published: Input should be a valid string" in answers[1]["result"]["content"][0]["text"]
    assert (out, err.decode()) == (b"", "")


@pytest.mark.parametrize(
    ("rows", "limit", "given", "found"),
    [
        pytest.param(["a"] * 3, 5, 3, 3, id="all"),
        pytest.param(["a"] * 3, 2, 2, 3, id="too many rows"),
        pytest.param(["a" * 60_000] * 3, 3, 1, 3, id="too much text"),
        pytest.param(["a" * 100_001], 3, 0, 1, id="one row that is too long"),
        pytest.param([], 3, 0, 0, id="none"),
    ],
)
def test_as_many_rows_are_given_as_a_conversation_can_hold(rows, limit, given, found):
    bindings = [{"x": {"type": "literal", "value": one}} for one in rows]
    body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()
    answer = read_answer(Answer(body, "application/sparql-results+json"), limit)
    assert (len(answer.rows), answer.found, answer.note is None) == (given, found, given == found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("một\n\n  hai\t ba", "một hai ba", id="lines"),
        pytest.param("a\u202eb\u200bc\x1b[31m", "abc[31m", id="characters that steer"),
        pytest.param("ă" * 400, "ă" * 300 + "…", id="long"),
    ],
)
def test_words_of_others_stay_on_their_line(text, wanted):
    assert plain(text) == wanted


def test_both_languages_say_the_same():
    def fields(language):
        return {
            name: {field for _, field, _, _ in string.Formatter().parse(text) if field}
            for name, text in SENTENCES[language].items()
        }

    assert fields("vi") == fields("en")
