"""Making the graph of an article from an input: what `ingest` lets its engine do."""

from dataclasses import dataclass

from app.extracting import Input, read_input
from app.fingerprints import extraction_version, fingerprint_of
from app.graph.articles import ArticleGraph, describe_article
from app.inputs import PublicationDates
from extractors.pipeline import extract
from extractors.readers import Unreadable


@dataclass(frozen=True, slots=True)
class ArticleMaker:
    """Makes the graph of an article, with the fingerprint that its input will be known by."""

    dates: PublicationDates

    def __call__(self, one: Input) -> ArticleGraph | Unreadable:
        """The graph, or why there is none."""
        article = read_input(one, self.dates)
        if isinstance(article, Unreadable):
            return article
        fingerprint = fingerprint_of(one, self.dates.day_of(article.id), extraction_version())
        return describe_article(extract(article), fingerprint)
