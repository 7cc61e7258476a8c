"""A thing of the graph in the format that a client likes best: its own answer, or all its statements in RDF."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import Response
from pyoxigraph import Literal, NamedNode, Triple, serialize

from app.documented_answers import Responses, answer, problems
from app.graph.lookups import describe
from app.graph.store import SnapshotStore
from app.graph.vocabulary import PREFIXES, thing
from app.json_answers import json_response
from app.querying.answers import GRAPH_FORMATS
from app.responses import Shape

PAGES = ("application/json", "text/html")
"""What gets the answer in JSON where programs ask; the pages for browsers have addresses of their own."""
# Formats of quads are left out: what is said of a thing is given without the graphs that say it.
RDF_FORMATS = tuple(name for name in GRAPH_FORMATS if name not in ("application/trig", "application/n-quads"))
"""The RDF formats in which a thing is described."""
VARY = {"Vary": "Accept"}
"""The header of every answer that depends on what the client accepts."""
_STATEMENT = Triple(
    thing("country", "VN"),
    NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
    Literal("Việt Nam", language="vi"),
)


def _example(media_type: str) -> Any:
    text = (serialize((_STATEMENT,), format=GRAPH_FORMATS[media_type]) or b"").decode()
    return json.loads(text) if media_type.endswith("json") else text


RDF_EXAMPLES = {media_type: _example(media_type) for media_type in RDF_FORMATS}
"""One statement in each of the formats, for OpenAPI."""
RDF_RESPONSES: Responses = {
    200: answer("The answer, or all statements about the thing in RDF", RDF_EXAMPLES, "Vary"),
    **problems(406),
}
"""What the description of an address says of the formats beside JSON."""


def in_format(media_type: str, store: SnapshotStore, iri: str, answer: Callable[[], Shape]) -> Response:
    """The answer about a thing; for an RDF format, every statement about its IRI in the graph."""
    if media_type in RDF_FORMATS:
        return rdf_response(describe(store, iri), media_type)
    return json_response(answer(), VARY)


def rdf_response(triples: Sequence[Triple], media_type: str) -> Response:
    """Statements in one of `RDF_FORMATS`."""
    body = serialize(triples, format=GRAPH_FORMATS[media_type], prefixes=PREFIXES)
    return Response(body, media_type=media_type, headers=VARY)
