"""The description of the service in OpenAPI 3.1: what FastAPI knows of the routes, and what it cannot know of them."""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.responses import Problem

TAGS = (
    ("pairs", "Two states: how they stand, their timeline, their anniversaries."),
    ("anniversaries", "What comes round within some days, between all states."),
    ("feeds", "What comes round as calendars and feeds, to subscribe to: iCalendar, Atom, JSON Feed."),
    ("things", "Single things of the graph and lists of them: states, events, articles, people, organisations."),
    ("texts", "Texts in: what they assert, what is wrong in them, and (with the token) into the graph."),
    ("reconciliation", "Tables of others matched to things (Reconciliation Service API 0.2, as OpenRefine speaks it)."),
    ("verdicts", "What curators found of claims and of people: read openly, written with the token."),
    ("sparql", "The graph by SPARQL 1.1: queries, and updates with the token."),
    ("graphs", "Named graphs as a whole (SPARQL 1.1 Graph Store Protocol): read openly, written with the token."),
    ("vocabulary", "The ontology, the shapes, the JSON-LD context, and example queries."),
    ("dataset", "The graph as a whole: its description (VoID) and dumps."),
    ("names", "Every IRI of the graph leads here."),
    ("operation", "For those who run the service."),
)
ABOUT: dict[str, Any] = {
    "title": "banggiao",
    "summary": "Relations between states: dates with their sources, anniversaries, SPARQL",
    "description": (
        "Who did what with whom and when, read from Vietnamese news and curated tables; every date with its "
        "sources.\n\n"
        "Answers are JSON; a thing with an IRI is also given as RDF by the header Accept. Dates are EDTF level 0 "
        "(`1992-09-23`, `1992-09`, `1992`), states ISO 3166 codes. States are named by code or by any Vietnamese or "
        "English name, with or without diacritics. Lists come in pages: give «next» of a page as `?cursor=` for the "
        "page after it. Errors are problem documents (RFC 9457). HEAD is answered wherever GET is."
    ),
    "contact": {"name": "The operator of this server", "url": "https://w3id.org/banggiao/"},
    "license_info": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
    "servers": [{"url": "/", "description": "This server"}],
    "openapi_tags": [{"name": name, "description": description} for name, description in TAGS],
}
"""What the application says of itself, as arguments of FastAPI."""

_EXAMPLES_FILE = Path(__file__).resolve().parent / "openapi_examples.json"


class DescribedAPI(FastAPI):
    """An application whose description is complete."""

    _describing = threading.Lock()

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        with self._describing:
            if self.openapi_schema is None:
                self.openapi_schema = _complete(super().openapi())
            return self.openapi_schema


def operation_id(route: APIRoute) -> str:
    """The id of an operation: the name of its function, or the name that the route was given."""
    return route.name


@cache
def answer_examples() -> dict[str, dict[str, Any]]:
    """Answers in JSON that the service gave over the shipped graph, by operation and status; lists have one item."""
    examples: dict[str, dict[str, Any]] = json.loads(_EXAMPLES_FILE.read_text(encoding="utf-8"))
    return examples


def _complete(schema: dict[str, Any]) -> dict[str, Any]:
    schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    for item in schema["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                _complete_parameter(parameter)
            _add_examples(operation)
    return schema


def _complete_parameter(parameter: dict[str, Any]) -> None:
    """An optional parameter is left out, never null; its example stands where programs look for it."""
    schema = parameter["schema"]
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        del schema["anyOf"]
        schema.update(choices[0])
    schema.pop("title", None)
    if "example" not in parameter and "examples" in schema:
        parameter["example"] = schema.pop("examples")[0]


def _add_examples(operation: dict[str, Any]) -> None:
    examples = answer_examples().get(operation["operationId"], {})
    for status, example in examples.items():
        operation["responses"][status]["content"]["application/json"]["example"] = example
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "cursor" and "next" in examples.get("200", ()):
            parameter["example"] = examples["200"]["next"]
