"""Statements read from the rows of a query, by node and property: what every record of an answer is made from."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Self

from pyoxigraph import Literal, QuerySolution

from app.graph.literals import Statement, read_date
from app.graph.store import Term
from app.graph.vocabulary import concept_name, kind_and_key, term
from extractors.dates import DateValue, parse_partial_date

_NOTHING: Mapping[str, Mapping[Term, None]] = {}


@lru_cache(maxsize=512)
def _iri(name: str) -> str:
    """The IRI of a prefixed name, as text: asked for some thirty times an event."""
    return term(name).value


class Statements:
    """What some rows (?node, ?property, ?value) say. A property is given as a prefixed name, a node by its IRI.

    Of things that were listed, rows are (?place, ?node, ?property, ?value): see `add_of_places`.
    """

    def __init__(self, rows: Iterable[QuerySolution] = ()) -> None:
        self._values: dict[str, dict[str, dict[Term, None]]] = defaultdict(lambda: defaultdict(dict))
        for row in rows:
            self._values[row["node"].value][row["property"].value][row["value"]] = None

    def add_of_places(self, rows: Iterable[QuerySolution], things: Sequence[str]) -> None:
        """Let rows speak of the thing at their ?place, or of a ?node that belongs to it."""
        said = [self._values[thing] for thing in things]
        for place, node, property_iri, value in rows:
            properties = said[int(place.value)] if node is None else self._values[node.value]
            properties[property_iri.value][value] = None

    def add(self, node: str, name: str, value: Term) -> None:
        """Let one more statement be said."""
        self._values[node][_iri(name)][value] = None

    @classmethod
    def of_one_graph(cls, statements: Iterable[Statement]) -> Self:
        """What the statements of a graph say."""
        said = cls(())
        for subject, predicate, value, _ in statements:
            said._values[subject.value][predicate.value][value] = None
        return said

    def of_type(self, name: str) -> tuple[str, ...]:
        """The nodes of a class, sorted by IRI."""
        wanted, property_iri = term(name), term("rdf:type").value
        found = (node for node, properties in self._values.items() if wanted in properties.get(property_iri, ()))
        return tuple(sorted(found))

    def nodes(self, part: str) -> tuple[str, ...]:
        """The nodes whose IRI has a part such as `/id/event/`, sorted."""
        return tuple(sorted(node for node in self._values if part in node))

    def __contains__(self, node: str) -> bool:
        return bool(self._values.get(node))

    def values(self, node: str, name: str) -> tuple[Term, ...]:
        """All values, in no order."""
        return tuple(self._values.get(node, _NOTHING).get(_iri(name), ()))

    def value(self, node: str, name: str) -> str | None:
        """The one value, as text; the first in order where there are several."""
        found = self._values.get(node, _NOTHING).get(_iri(name))
        if not found:
            return None
        return min(one.value for one in found) if len(found) > 1 else next(iter(found)).value

    def text(self, node: str, name: str) -> str:
        """The one value of a property that is always there.

        Raises:
            LookupError: it is not, which is a fault of the graph.

        """
        found = self.value(node, name)
        if found is None:
            raise LookupError(f"<{node}> has no {name}")
        return found

    def texts(self, node: str, name: str) -> tuple[str, ...]:
        """All values as text, sorted."""
        return tuple(sorted(found.value for found in self.values(node, name)))

    def all_texts(self, name: str) -> tuple[str, ...]:
        """All values of all nodes as text, sorted, each once."""
        wanted = _iri(name)
        return tuple(sorted({one.value for said in self._values.values() for one in said.get(wanted, ())}))

    def word(self, node: str, name: str) -> str | None:
        """The contract word of a concept: `established` of `bg:type-established`."""
        found = self.value(node, name)
        return None if found is None else concept_name(found)

    def key(self, node: str, name: str) -> str | None:
        """The key of one of our things: `AZ` of `…/id/country/AZ`."""
        found = self.value(node, name)
        return None if found is None else kind_and_key(found)[1]

    def keys(self, node: str, name: str) -> tuple[str, ...]:
        """The keys of some of our things, sorted."""
        return tuple(sorted(kind_and_key(found.value)[1] for found in self.values(node, name)))

    def number(self, node: str, name: str) -> float:
        """A number that is always there.

        Raises:
            LookupError: it is not, which is a fault of the graph.

        """
        return float(self.text(node, name))

    def day(self, node: str, name: str) -> dt.date | None:
        """A calendar day."""
        found = self.value(node, name)
        return None if found is None else dt.date.fromisoformat(found)

    def date(self, node: str) -> DateValue:
        """The date or span of an assertion.

        Raises:
            LookupError: it has none, which is a fault of the graph.

        """
        return read_date(self.text(node, "bg:date"), self.value(node, "bg:endDate"))

    def partial(self, node: str, name: str) -> DateValue | None:
        """A date as precise as it is known."""
        found = self.value(node, name)
        return None if found is None else parse_partial_date(found)

    def names(self, node: str, name: str) -> tuple[tuple[str, str], ...]:
        """Texts with their languages, as (language, text), sorted."""
        found = self.values(node, name)
        return tuple(sorted((text.language or "", text.value) for text in found if isinstance(text, Literal)))
