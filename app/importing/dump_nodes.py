"""What a dump says of one thing in one of its graphs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from app.graph.vocabulary import term
from app.importing.dumps import Dump
from app.importing.errors import ImportRefusedError


@dataclass(frozen=True, slots=True)
class Node:
    """The statements of one node in one graph; a fault names it."""

    dump: Dump
    iri: NamedNode
    graph: NamedNode
    said: dict[str, list[NamedNode | Literal]]

    @classmethod
    def of(cls, dump: Dump, iri: NamedNode, graph: NamedNode) -> "Node":
        """Read a node."""
        said: dict[str, list[NamedNode | Literal]] = defaultdict(list)
        for quad in dump.store.quads(graph, iri):
            if isinstance(quad.object, NamedNode | Literal):
                said[quad.predicate.value].append(quad.object)
        return cls(dump, iri, graph, said)

    def values(self, name: str) -> list[NamedNode | Literal]:
        """All values of a property."""
        return self.said.get(term(name).value, [])

    def value(self, name: str) -> str | None:
        """The one value of a property, if it has any.

        Raises:
            ImportRefusedError: there are more.
        """
        found = self.values(name)
        if len(found) > 1:
            raise self.fault(f"has {len(found)} values of {name}, where one is")
        return found[0].value if found else None

    def text(self, name: str) -> str:
        """The one value of a property that must be there.

        Raises:
            ImportRefusedError: it is not, or there are more.
        """
        found = self.value(name)
        if found is None:
            raise self.fault(f"has no {name}")
        return found

    def linked(self, name: str) -> Iterator["Node"]:
        """The nodes of the same graph that a property points to."""
        for value in sorted(self.values(name), key=str):
            if not isinstance(value, NamedNode):
                raise self.fault(f"names «{value.value[:80]}» as {name}, which is no thing")
            yield Node.of(self.dump, value, self.graph)

    def fault(self, reason: str) -> ImportRefusedError:
        """A refusal that names the node."""
        return self.dump.fault(self.iri, f"<{self.iri.value[:200]}> {reason}")
