"""Terms of RDF as text."""

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple


def text_of(term: NamedNode | BlankNode | Literal | Triple | DefaultGraph) -> str:
    """The IRI of a node, the text of a literal; what has neither as N-Quads would write it."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
