"""What OpenAPI says of the graph store: how a graph is named, what comes in, what comes out."""

from typing import Any

from app.documented_answers import answer
from app.graph.vocabulary import BASE
from app.rdf_answers import RDF_EXAMPLES
from app.rdf_formats import INPUT_FORMATS

_OWN = "https://example.org/notes"
_TRIPLE = "<https://example.org/a> <https://example.org/b> <https://example.org/c>"
_JSON_LD = {"@id": "https://example.org/a", "https://example.org/b": {"@id": "https://example.org/c"}}
_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">'
    '<rdf:Description rdf:about="https://example.org/a"><e:b rdf:resource="https://example.org/c"/></rdf:Description>'
    "</rdf:RDF>"
)
_INPUTS = {
    "application/rdf+xml": _XML,
    "application/ld+json": _JSON_LD,
    "application/trig": f"{_TRIPLE} .",
    "application/n-quads": f"{_TRIPLE} .",
}


def _parameters(example: str, *, is_required: bool = True) -> list[dict[str, Any]]:
    return [
        {
            "name": "graph",
            "in": "query",
            "required": is_required,
            "description": "The name of a graph; in its place, ?default means the graph that has none",
            "schema": {"type": "string", "format": "iri"},
            "example": example,
        }
    ]


READING: dict[str, Any] = {"parameters": _parameters(f"{BASE}graph/reference")}
"""How a graph that is read is named."""
DROPPING: dict[str, Any] = {"parameters": _parameters(_OWN)}
"""How a graph that is taken away is named."""
WRITING: dict[str, Any] = {
    "parameters": _parameters(_OWN),
    "requestBody": {
        "required": True,
        "description": "The statements; names of graphs within it are refused",
        "content": {
            media_type: {
                "schema": {"type": ["object", "array"]} if media_type.endswith("json") else {"type": "string"},
                "example": _INPUTS.get(media_type, f"{_TRIPLE} ."),
            }
            for media_type in INPUT_FORMATS
        },
    },
}
"""How a graph that is written is named, and what it is made of."""
EXTENDING: dict[str, Any] = {**WRITING, "parameters": _parameters(_OWN, is_required=False)}
"""The same where a graph without a name gets one."""
GRAPH_ANSWER = answer(
    "All statements of the graph",
    {
        **RDF_EXAMPLES,
        "application/trig": RDF_EXAMPLES["text/turtle"],
        "application/n-quads": RDF_EXAMPLES["application/n-triples"],
    },
    "Vary",
)
"""A graph in every format."""
