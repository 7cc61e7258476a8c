"""How the answer to a query is wanted: as a page, as a file by its address (`download=csv`), else as Accept says.

A link cannot say what it accepts. The parameter is not called `format`: programs send one along (SPARQLWrapper does,
with words of its own), which means nothing here and must go on so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.errors import BadRequestError
from app.negotiation import prefers
from app.querying.answers import GRAPH_FORMATS, RESULT_FORMATS

DOWNLOAD = "download"
"""The parameter that asks for a file."""
_PAGE = "text/html"


@dataclass(frozen=True, slots=True)
class Download:
    """A file: `name` is what the parameter says and how the file ends, `label` what people call the format."""

    name: str
    label: str
    media_type: str

    @property
    def disposition(self) -> str:
        """The header Content-Disposition of the file."""
        return f'attachment; filename="banggiao.{self.name}"'


RESULT_DOWNLOADS = (
    Download("csv", "CSV", "text/csv"),
    Download("tsv", "TSV", "text/tab-separated-values"),
    Download("json", "JSON", "application/sparql-results+json"),
    Download("xml", "XML", "application/sparql-results+xml"),
)
"""Files of rows, and of a yes or no."""
GRAPH_DOWNLOADS = (
    Download("ttl", "Turtle", "text/turtle"),
    Download("nt", "N-Triples", "application/n-triples"),
    Download("jsonld", "JSON-LD", "application/ld+json"),
    Download("rdf", "RDF/XML", "application/rdf+xml"),
    Download("trig", "TriG", "application/trig"),
    Download("nq", "N-Quads", "application/n-quads"),
)
"""Files of statements."""
DOWNLOADS = {one.name: one for one in (*RESULT_DOWNLOADS, *GRAPH_DOWNLOADS)}


def wanted_download(parameters: Iterable[tuple[str, str]]) -> Download | None:
    """The file that an address asks for.

    Raises:
        BadRequestError: it asks for more than one, or for one that there is not.
    """
    given = [value for name, value in parameters if name == DOWNLOAD]
    if not given:
        return None
    if len(given) > 1 or given[0] not in DOWNLOADS:
        raise BadRequestError(f"{DOWNLOAD}= is given once, and is one of: {', '.join(DOWNLOADS)}.")
    return DOWNLOADS[given[0]]


@lru_cache(maxsize=64)
def prefers_page(accept: str | None) -> bool:
    """Whether an Accept header likes a page better than every format of data, as those of browsers do."""
    return prefers(accept, _PAGE, (*RESULT_FORMATS, *GRAPH_FORMATS))
