"""Deleting and inserting so that what changes is known: without that, the whole graph must be counted anew.

The parts are read by the engine itself: the templates as statements, in which names stand for the variables, and the
WHERE as a query.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from app.graph.digests import GraphDigest
from app.graph.sparql_tokens import Token, tokens

_VARIABLE = "urn:banggiao:variable:"
_ONCE = "SELECT * WHERE {}"
_EXAMPLE = "<urn:banggiao:any>"

_Node: TypeAlias = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Modification:
    """The parts of an operation: templates, the query that finds their values, and the graphs that it asks."""

    deleted: frozenset[Quad]
    inserted: frozenset[Quad]
    query: str
    default_graphs: tuple[NamedNode, ...] | None
    named_graphs: tuple[NamedNode, ...] | None


def read_modification(text: str, base_iri: str) -> Modification | None:
    """The parts of an operation that deletes or inserts, with its declarations before it; None where it is another.

    Raises:
        SyntaxError: the operation cannot be read.
    """
    parts = _Parts(text, base_iri)
    if not {"WHERE", "DATA"} & parts.groups.keys():
        return None
    Store().update(text, base_iri=base_iri)  # that there is nothing wrong with it as a whole
    if "DATA" in parts.groups:
        statements = parts.template(parts.groups["DATA"], None)
        is_insert = any(token.keyword == "INSERT" for token in parts.words)
        nothing: frozenset[Quad] = frozenset()
        deleted, inserted = (nothing, statements) if is_insert else (statements, nothing)
        return Modification(deleted, inserted, _ONCE, None, None)
    where = parts.groups["WHERE"]
    is_short = "DELETE" not in parts.groups and "INSERT" not in parts.groups  # the pattern is the template too
    given = parts.graph_after("WITH")
    using = parts.graphs_after("USING")
    named = parts.graphs_after("NAMED")
    has_dataset = bool(using or named)
    defaults = using if has_dataset else (given,) if given else None
    return Modification(
        deleted=parts.template(where if is_short else parts.groups.get("DELETE", ""), given),
        inserted=parts.template(parts.groups.get("INSERT", ""), given),
        query=f"{parts.declarations} SELECT * WHERE {where}",
        default_graphs=defaults,
        named_graphs=named if has_dataset else None,
    )


def modify(store: Store, change: Modification, base_iri: str, digest: GraphDigest) -> frozenset[object]:
    """Change a store, and the digest of what it holds; gives the names of the graphs that it has changed.

    Raises:
        SyntaxError: the query is none.
        OSError: it failed while it ran.
    """
    found = store.query(
        change.query,
        base_iri=base_iri,
        default_graph=None if change.default_graphs is None else list(change.default_graphs),
        named_graphs=None if change.named_graphs is None else list(change.named_graphs),
    )
    assert isinstance(found, QuerySolutions)  # noqa: S101  # a SELECT
    names = [variable.value for variable in found.variables]
    deleted: set[Quad] = set()
    inserted: set[Quad] = set()
    for solution in found:
        values = {name: value for name in names if (value := solution[name]) is not None}
        deleted.update(_filled(change.deleted, values))
        inserted.update(_filled(change.inserted, values))
    gone = [quad for quad in deleted - inserted if quad in store]
    new = [quad for quad in inserted if quad not in store]
    for quad in gone:
        store.remove(quad)
    store.extend(new)
    digest.replace(gone, new)
    return frozenset(quad.graph_name for quad in (*gone, *new))


class _Parts:
    """An operation by its words and its groups in braces; a group is known by the word before it."""

    def __init__(self, text: str, base_iri: str) -> None:
        self._base_iri = base_iri
        self.words: list[Token] = []
        self.groups: dict[str, str] = {}
        depth = start = 0
        for token in tokens(text):
            if token.text == "{":
                depth += 1
                start = token.start if depth == 1 else start
            elif token.text == "}":
                depth -= 1
                if not depth and self.words:
                    self.groups[self.words[-1].keyword] = text[start : token.end]
            elif not depth:
                self.words.append(token)
        first = next((one.start for one in self.words if one.keyword in ("WITH", "DELETE", "INSERT")), 0)
        self.declarations = text[:first]

    def graph_after(self, keyword: str) -> NamedNode | None:
        """The graph that is named after a keyword."""
        return next(iter(self.graphs_after(keyword)), None)

    def graphs_after(self, keyword: str) -> tuple[NamedNode, ...]:
        """The graphs that are named after a keyword, as often as it stands."""
        names = [name.text for word, name in pairwise(self.words) if word.keyword == keyword and not name.keyword]
        found = (self._statements(f"{{ GRAPH {name} {{ {_EXAMPLE} {_EXAMPLE} {_EXAMPLE} }} }}") for name in names)
        return tuple(quad.graph_name for quads in found for quad in quads if isinstance(quad.graph_name, NamedNode))

    def template(self, group: str, graph: NamedNode | None) -> frozenset[Quad]:
        """The statements of a group, in which names stand for variables; without a graph of their own, of this one."""
        if not group:
            return frozenset()
        pieces, end = [], 0
        for token in tokens(group):
            if token.kind == "variable":
                pieces += [group[end : token.start], f" <{_VARIABLE}{token.text[1:]}> "]
                end = token.end
        named = self._statements("".join([*pieces, group[end:]]))
        return frozenset(
            Quad(quad.subject, quad.predicate, quad.object, graph)
            if graph and isinstance(quad.graph_name, DefaultGraph)
            else quad
            for quad in named
        )

    def _statements(self, group: str) -> frozenset[Quad]:
        store = Store()
        store.update(f"{self.declarations} INSERT DATA {group}", base_iri=self._base_iri)
        return frozenset(store)


def _filled(template: frozenset[Quad], values: Mapping[str, _Node]) -> Iterator[Quad]:
    """The statements of a template with its variables filled in; those that would be none are left out."""
    blanks: dict[BlankNode, BlankNode] = {}

    def fill(node: object) -> object:
        if isinstance(node, NamedNode) and node.value.startswith(_VARIABLE):
            return values.get(node.value.removeprefix(_VARIABLE))
        if isinstance(node, BlankNode):
            return blanks.setdefault(node, BlankNode())
        if isinstance(node, Triple):
            return _triple(fill(node.subject), fill(node.predicate), fill(node.object))
        return node

    for quad in template:
        triple = _triple(fill(quad.subject), fill(quad.predicate), fill(quad.object))
        graph = fill(quad.graph_name)
        if triple is not None and isinstance(graph, NamedNode | BlankNode | DefaultGraph):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _triple(subject: object, predicate: object, value: object) -> Triple | None:
    if (
        isinstance(subject, NamedNode | BlankNode)
        and isinstance(predicate, NamedNode)
        and isinstance(value, NamedNode | BlankNode | Literal | Triple)
    ):
        return Triple(subject, predicate, value)
    return None
