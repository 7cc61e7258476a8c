"""What an endpoint's graph says of itself, in a graph of its own: the digest of its content, and who may write.

Two kinds of nodes stand in `…/graph/store`, which is part of no export, count or digest. That of the store:

digest, quads   of all other graphs, changed in the same update as they are
unfinished      what a writer is at (or was, when it was killed): `update`, `restore`, `text`
changed         when a writer last ended a change
built-from      the digest of the shipped data that was put in

and that of the one writer, the lease:

holder          its host and process
beat, renewed   a token that is new at every sign of life, and when that was by the clock of the endpoint
lease           the seconds of silence after which it has lost its place
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from app.graph.digests import GraphDigest
from app.graph.endpoints import Endpoint
from app.graph.sparql_client import SparqlClient, client_of
from app.graph.vocabulary import BASE

STORE_GRAPH = NamedNode(f"{BASE}graph/store")

_STATE = f"""SELECT (NOW() AS ?now) ?node ?property ?value
WHERE {{ OPTIONAL {{ GRAPH {STORE_GRAPH} {{ ?node ?property ?value }} }} }}"""


@dataclass(frozen=True, slots=True)
class Holding:
    """A lease as it stands; `silence_s` are the seconds since the holder's last sign of life."""

    node: NamedNode
    holder: str
    beat: str
    lease_s: float
    silence_s: float


@dataclass(frozen=True, slots=True)
class StoreState:
    """What the graph says of itself."""

    said: Mapping[str, str]
    holdings: tuple[Holding, ...]
    """None, one, or for a moment two of writers who came at once."""

    @property
    def is_managed(self) -> bool:
        """Whether the graph was written by this program alone, so that its digest is known."""
        return "digest" in self.said

    @property
    def digest(self) -> GraphDigest:
        """The digest of the content; that of nothing where the graph is not managed."""
        return GraphDigest.parse(self.said["digest"], int(self.said["quads"])) if self.is_managed else GraphDigest()

    @property
    def unfinished(self) -> str | None:
        """What the last writer was at, if it did not come to an end."""
        return self.said.get("unfinished")

    @property
    def changed(self) -> dt.datetime | None:
        """When a writer last ended a change."""
        return _moment(self.said["changed"]) if "changed" in self.said else None


def read_state(client: SparqlClient) -> StoreState:
    """Ask an endpoint what its graph says of itself.

    Raises:
        UpstreamError: it does not answer, or something else.
    """
    media_type, body = client.ask(_STATE)
    try:
        results = parse_query_results(body, format=QueryResultsFormat.JSON)
        rows = tuple(results) if isinstance(results, QuerySolutions) else ()
        now = _moment(rows[0]["now"].value)
        nodes: dict[NamedNode, dict[str, str]] = {}
        for row in rows:
            if row["node"] is not None:
                nodes.setdefault(row["node"], {})[row["property"].value.partition("#")[2]] = row["value"].value
        said = nodes.pop(STORE_GRAPH, {})
        return StoreState(said, tuple(_holding(node, values, now) for node, values in nodes.items()))
    except (SyntaxError, ValueError, LookupError, AttributeError) as error:
        raise client.garbled(f"something else than rows ({media_type or 'no media type'})") from error


def change_text(
    values: Mapping[str, str | None],
    condition: str,
    *,
    removed: str = "",
    added: str = "",
    stamped: str | None = None,
) -> str:
    """An update that changes values of the store's node (None: takes them away) if a condition holds.

    `removed` and `added` are quads that go and come in the same step; `stamped` is a property that becomes the moment
    by the clock of the endpoint.
    """
    names = [*values, *([stamped] if stamped else [])]
    gone = "".join(f"{STORE_GRAPH} {property_of(name)} ?was{number} . " for number, name in enumerate(names))
    new = said_of(STORE_GRAPH, {name: value for name, value in values.items() if value is not None})
    moment = f"{STORE_GRAPH} {property_of(stamped)} ?moment ." if stamped else ""
    held = "\n".join(
        f"OPTIONAL {{ GRAPH {STORE_GRAPH} {{ {STORE_GRAPH} {property_of(name)} ?was{number} }} }}"
        for number, name in enumerate(names)
    )
    return f"""DELETE {{ GRAPH {STORE_GRAPH} {{ {gone}}}
{removed}}}
INSERT {{ GRAPH {STORE_GRAPH} {{ {new}{moment} }}
{added}}}
WHERE {{
BIND(NOW() AS ?moment)
{condition}
{held}
}}"""


def note(endpoint: Endpoint, name: str, value: str) -> None:
    """Keep a word about the store, such as what it was built from."""
    client_of(endpoint).update(change_text({name: value}, ""))


def noted(endpoint: Endpoint, name: str) -> str | None:
    """A word that was kept about the store."""
    return read_state(client_of(endpoint)).said.get(name)


def said_of(node: NamedNode, values: Mapping[str, str]) -> str:
    """Triples of a node, as a pattern or a template."""
    return "".join(f"{node} {property_of(name)} {Literal(value)} . " for name, value in values.items())


def stands(values: Mapping[str, str], node: NamedNode = STORE_GRAPH) -> str:
    """The condition that a node has some values."""
    return f"GRAPH {STORE_GRAPH} {{ {said_of(node, values)}}}"


def stands_not(name: str) -> str:
    """The condition that no node has a value of a property."""
    return f"FILTER NOT EXISTS {{ GRAPH {STORE_GRAPH} {{ ?anything {property_of(name)} ?any }} }}"


def property_of(name: str) -> NamedNode:
    """The IRI of a property of these nodes; it is no term of the ontology."""
    return NamedNode(f"{STORE_GRAPH.value}#{name}")


def _holding(node: NamedNode, values: Mapping[str, str], now: dt.datetime) -> Holding:
    silence = now - _moment(values["renewed"])
    return Holding(node, values["holder"], values["beat"], float(values["lease"]), silence.total_seconds())


def _moment(text: str) -> dt.datetime:
    """A moment by the endpoint's clock; one that names no zone is taken for UTC."""
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
