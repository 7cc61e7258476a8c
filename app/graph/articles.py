"""An article as the graph takes it: its named graph, made wherever the article was read, in a form that travels."""

from typing import NamedTuple

from pyoxigraph import Quad, RdfFormat, parse, serialize

from app.graph.rdf import article_quads
from extractors.records import Extraction


class ArticleGraph(NamedTuple):
    """What one article asserts, as N-Quads: a fraction of the article, cheap to send from one process to another.

    `nquads` is empty where the article asserts nothing and is to be remembered in the ledger only; `fingerprint` says
    which input it was made of, None where that does not matter.
    """

    id: str
    nquads: bytes
    fingerprint: int | None
    claims: int
    rejections: int

    def quads(self) -> frozenset[Quad]:
        """The whole named graph of the article."""
        return frozenset(parse(self.nquads, format=RdfFormat.N_QUADS)) if self.nquads else frozenset()


def describe_article(extraction: Extraction, fingerprint: int | None = None) -> ArticleGraph:
    """The graph of an article. With a fingerprint, one that asserts nothing has none: it is in the ledger only."""
    is_silent = not (extraction.claims or extraction.people or extraction.organisations)
    quads = frozenset() if is_silent and fingerprint is not None else article_quads(extraction, fingerprint)
    return ArticleGraph(
        extraction.article.id,
        (serialize(quads, format=RdfFormat.N_QUADS) or b"") if quads else b"",
        fingerprint,
        len(extraction.claims),
        len(extraction.rejections),
    )
