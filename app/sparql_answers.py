"""What OpenAPI says of the SPARQL endpoint: its parameters, its bodies and its answers in every format."""

from collections.abc import Mapping
from typing import Any

from app.documented_answers import Responses, answer, problems
from app.query_formats import DOWNLOAD, DOWNLOADS
from app.rdf_answers import RDF_EXAMPLES
from app.sparql_protocol import FORM, QUERY, UPDATE

_ROWS = "SELECT ?event WHERE { ?event a <https://w3id.org/banggiao/ontology#Event> } LIMIT 1"
_STATEMENTS = (
    "CONSTRUCT { ?event ?property ?value } "
    "WHERE { ?event a <https://w3id.org/banggiao/ontology#Event> ; ?property ?value } LIMIT 1"
)
_EXAMPLES = {"rows": {"value": _ROWS}, "statements": {"value": _STATEMENTS}}
_EVENT = "https://w3id.org/banggiao/id/event/established-AZ-VN"
_GRAPH = "https://w3id.org/banggiao/graph/events"
_TEXT = {"type": "string"}
_IRIS = {"type": "array", "items": {"type": "string", "format": "uri"}}
_GRAPHS = {
    "default-graph-uri": "Graphs that are asked together; all of them where none is named",
    "named-graph-uri": "Graphs that GRAPH clauses of the query see",
}
_JSON_RESULTS = {
    "head": {"vars": ["event"]},
    "results": {"bindings": [{"event": {"type": "uri", "value": _EVENT}}]},
}
_XML_RESULTS = (
    '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="event"/></head>'
    f'<results><result><binding name="event"><uri>{_EVENT}</uri></binding></result></results></sparql>'
)
_RESULTS = {
    "application/sparql-results+json": _JSON_RESULTS,
    "application/json": _JSON_RESULTS,
    "application/sparql-results+xml": _XML_RESULTS,
    "application/xml": _XML_RESULTS,
    "text/csv": f"event\r\n{_EVENT}\r\n",
    "text/tab-separated-values": f"?event\n<{_EVENT}>\n",
}

_USING = {
    "using-graph-uri": "Graphs that the WHERE of an update asks together",
    "using-named-graph-uri": "Graphs that GRAPH clauses in the WHERE of an update see",
}
_UPDATE = "INSERT DATA { GRAPH <https://example.org/notes> { <https://example.org/a> <https://example.org/b> 1 } }"
_UPDATE_EXAMPLE = {"update": {"value": _UPDATE}}


def _graph_parameters(graphs: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": description,
            "schema": _IRIS,
            "example": [_GRAPH],
        }
        for name, description in graphs.items()
    ]


QUERY_PARAMETERS: list[dict[str, Any]] = [
    {
        "name": "query",
        "in": "query",
        "required": False,
        "description": "The query, SPARQL 1.1 without SERVICE; without one, the description of the service is given",
        "schema": _TEXT,
        "examples": _EXAMPLES,
    },
    *_graph_parameters(_GRAPHS),
    {
        "name": DOWNLOAD,
        "in": "query",
        "required": False,
        "description": "A file in this format, whatever the client accepts: for links, which cannot say that",
        "schema": {"type": "string", "enum": list(DOWNLOADS)},
        "example": "csv",
    },
]
"""What a query by GET is made of."""
BODY_PARAMETERS = _graph_parameters(_GRAPHS)
"""The graphs that a query in a body is asked of."""
BODY: dict[str, Any] = {
    "required": True,
    "description": "The query or the update as it stands, or a form with one of them. Beside an update, "
    "using-graph-uri and using-named-graph-uri in the address or the form name the graphs of its WHERE",
    "content": {
        QUERY: {"schema": _TEXT, "examples": _EXAMPLES},
        UPDATE: {"schema": _TEXT, "examples": _UPDATE_EXAMPLE},
        FORM: {
            "schema": {
                "type": "object",
                "properties": {"query": _TEXT, "update": _TEXT, **dict.fromkeys({**_GRAPHS, **_USING}, _IRIS)},
                "oneOf": [{"required": ["query"]}, {"required": ["update"]}],
            },
            "examples": {name: {"value": {"query": one["value"]}} for name, one in _EXAMPLES.items()},
        },
    },
}
"""What a query or an update by POST is made of."""
_CONTENTS = {
    **_RESULTS,
    **RDF_EXAMPLES,
    "application/trig": RDF_EXAMPLES["text/turtle"],
    "application/n-quads": RDF_EXAMPLES["application/n-triples"],
}
_ANSWER = "The results of SELECT and ASK, or the statements of CONSTRUCT and DESCRIBE"
_PROBLEMS = problems(400, 406, 413, 503)
GET_RESPONSES: Responses = {200: answer(_ANSWER, {**_CONTENTS, "text/html": "<!doctype html>"}, "Vary"), **_PROBLEMS}
"""What the endpoint answers to a query by GET."""
POST_RESPONSES: Responses = {200: answer(_ANSWER, _CONTENTS, "Vary"), **_PROBLEMS, **problems(401, 409, 415, 507)}
"""What the endpoint answers to a query or an update by POST."""
