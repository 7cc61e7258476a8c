"""The example queries of ontology/queries: each says in its first lines, in both languages, what it shows."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.graph.ontology import ONTOLOGY_DIR
from app.graph.readmodel import Label

QUERIES_DIR = ONTOLOGY_DIR / "queries"
_LINE = re.compile(r"# (vi|en): (.+)|#  +(.+)")


@dataclass(frozen=True, slots=True)
class ExampleQuery:
    """A query with what it shows; `sparql` is the whole file."""

    name: str
    title: Label
    sparql: str


@lru_cache(maxsize=1)
def example_queries() -> tuple[ExampleQuery, ...]:
    """All example queries, by name.

    Raises:
        ValueError: one does not say in both languages what it shows.

    """
    return tuple(_read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(QUERIES_DIR.glob("*.rq")))


def _read(name: str, sparql: str) -> ExampleQuery:
    titles: dict[str, str] = {}
    language = ""
    for line in sparql.splitlines():
        found = _LINE.fullmatch(line)
        if not found:
            break
        language = found[1] or language
        titles[language] = f"{titles.get(language, '')} {found[2] or found[3]}".strip()
    if not titles.get("vi") or not titles.get("en"):
        raise ValueError(f"ontology/queries/{name}.rq: begin with «# vi: …» and «# en: …», what the query shows")
    return ExampleQuery(name, Label(titles["vi"], titles["en"]), sparql)
