"""The requests that the OpenAPI description gives as examples, ready to be sent, and the answers that it promises.

Run as a program, it writes the examples of answers anew: `python tests/documented_requests.py STORE SCRATCH`.
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from conftest import TOKEN, open_service

EXAMPLES_FILE = Path(__file__).resolve().parent.parent / "app" / "openapi_examples.json"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ONE_ITEM = {"limit": 1}
# What these name is in no shipped graph: an article that is stored, and the verdict on a claim of it.
GRAPHS = frozenset({"replace_graph", "extend_graph", "drop_graph"})
ON_SCRATCH = GRAPHS | {"store_article", "judge", "verdict", "withdraw", "verdicts", "query_or_update_by_post"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the description."""

    method: str
    path: str
    description: dict[str, Any]

    @property
    def id(self) -> str:
        return self.description["operationId"]

    @property
    def needs_token(self) -> bool:
        return self.takes_token and {} not in self.description["security"]

    @property
    def takes_token(self) -> bool:
        return bool(self.description.get("security"))

    def parameters(self, place: str) -> dict[str, Any]:
        """The examples of the parameters in `path` or `query`, by name: of several, the first."""
        described = [one for one in self.description.get("parameters", ()) if one["in"] == place]
        return {one["name"]: example for one in described for example in examples_of(one)[:1]}

    def required_queries(self) -> Iterator[dict[str, Any]]:
        """What must be given, with each example of it."""
        required = [one for one in self.description.get("parameters", ()) if one["required"] and one["in"] == "query"]
        for values in product(*map(examples_of, required)):
            yield dict(zip((one["name"] for one in required), values, strict=True))

    def queries(self) -> Iterator[dict[str, Any]]:
        """What is required alone; all parameters but the cursor; the cursor, which fits the whole list only.

        Each parameter alone where they exclude one another.
        """
        given = self.parameters("query")
        if self.description.get("x-alternative-parameters"):
            yield from ({}, *({name: example} for name, example in given.items()))
            return
        cursor = given.pop("cursor", None)
        for required in self.required_queries():
            yield required
            if given.keys() != required.keys():
                yield given | required
            if cursor is not None:
                yield required | {"cursor": cursor}
        for one in self.description.get("parameters", ()):
            if not one["required"] and one["in"] == "query":
                yield from ({one["name"]: example} for example in examples_of(one)[1:])

    def bodies(self) -> Iterator[tuple[str, bytes] | None]:
        """Each example of a body with its media type; None where there is no body."""
        content = self.description.get("requestBody", {}).get("content")
        if content is None:
            yield None
            return
        for media_type, body in content.items():
            for example in examples_of(body):
                if media_type.endswith("json"):
                    yield media_type, json.dumps(example).encode()
                else:
                    yield media_type, (urlencode(example) if isinstance(example, dict) else example).encode()

    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers that are no errors, by status."""
        return {status: one for status, one in self.description["responses"].items() if status < "400"}

    def gives_our_json(self) -> bool:
        """Whether it answers with a shape of our own, not with a format that others have described."""
        contents = [one.get("content", {}).get("application/json", {}) for one in self.answers().values()]
        schemas = (content.get("schema", {}) for content in contents)
        return any("$ref" in one for schema in schemas for one in (schema, *schema.get("anyOf", ())))

    def send(self, client: Any, query: dict[str, Any], body: tuple[str, bytes] | None, **headers: str) -> Any:
        given = self.parameters("path")
        address = re.sub(r"\{(\w+)\}", lambda match: quote(str(given[match[1]])), self.path)
        if body is not None:
            headers["Content-Type"] = body[0]
        if self.takes_token:
            headers |= BEARER
        content = body[1] if body else None
        return client.request(self.method, address, params=query, content=content, headers=headers)


def examples_of(described: dict[str, Any]) -> list[Any]:
    """The examples of a parameter or a body; none of a cursor before there are examples of answers."""
    if "example" in described:
        return [described["example"]]
    return [one["value"] for one in described.get("examples", {}).values()]


def operations(description: dict[str, Any]) -> dict[str, Operation]:
    """The operations of a description by id."""
    found = [
        Operation(method.upper(), path, operation)
        for path, item in description["paths"].items()
        for method, operation in item.items()
    ]
    assert len({one.id for one in found}) == len(found)
    return {one.id: one for one in found}


def write_what_examples_name(client: Any, described: dict[str, Operation]) -> dict[str, dict[str, Any]]:
    """Make an empty store hold what the examples of writing name; gives back the answers by operation and status."""
    answers: dict[str, dict[str, Any]] = {}

    def ask(name: str, query: dict[str, Any] | None = None) -> None:
        operation = described[name]
        response = operation.send(client, query or {}, next(operation.bodies()))
        assert str(response.status_code) in operation.answers(), (name, response.text)
        if response.content:
            answers.setdefault(name, {})[str(response.status_code)] = response.json()

    for name in ("store_article", "store_article", "judge", "verdict", "withdraw"):
        ask(name)
    for name in ("replace_graph", "drop_graph"):
        ask(name, described[name].parameters("query"))
    judge = described["judge"]
    media_type, body = next(judge.bodies())
    other = json.dumps({**json.loads(body), "by": "Trần Bình"}).encode()
    assert judge.send(client, {}, (media_type, other)).status_code == 201
    ask("verdicts", ONE_ITEM)
    return answers


def write_answer_examples(store: Path, scratch: Path) -> None:
    """Ask everything that is answered in our own JSON, and keep the answers with one item a list.

    A cursor of the examples is the «next» of such an answer.
    """
    with open_service(store) as shipped, open_service(scratch, token=TOKEN) as own:
        described = operations(shipped.get("/openapi.json").json())
        examples = write_what_examples_name(own, described)
        for operation in described.values():
            if operation.id in examples or not operation.gives_our_json():
                continue
            query = next(operation.required_queries()) | (ONE_ITEM if "limit" in operation.parameters("query") else {})
            response = operation.send(shipped, query, next(operation.bodies()))
            assert response.status_code == 200, (operation.id, response.text)
            examples[operation.id] = {"200": response.json()}
    text = json.dumps(_shortened(examples), ensure_ascii=False, indent=1, sort_keys=True)
    EXAMPLES_FILE.write_text(f"{text}\n", encoding="utf-8")


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shortened(one) for name, one in value.items()}
    return [_shortened(one) for one in value[:1]] if isinstance(value, list) else value


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, help="a store of the shipped graph")
    parser.add_argument("scratch", type=Path, help="where an empty store may be made")
    arguments = parser.parse_args()
    write_answer_examples(arguments.store, arguments.scratch)
