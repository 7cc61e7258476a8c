"""Statements in the shape of Wikidata's own, made up for the tests, and a real server of SPARQL that holds them.

The dates are nobody's; only the shape is Wikidata's: p:, ps:, pqv: and a time value, prov:wasDerivedFrom and pr:.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from processes import free_port
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from app.graph.snapshots import restore
from app.main import create_app
from app.settings import Settings

ITEMS = {"VN": "Q881", "AZ": "Q227", "JP": "Q17", "BY": "Q184", "CL": "Q298", "RU": "Q159", "SU": "Q15180"}
STATEMENT = "http://www.wikidata.org/entity/statement/"
_PREFIXES = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wds: <http://www.wikidata.org/entity/statement/> .
@prefix wdv: <http://www.wikidata.org/value/> .
@prefix wdref: <http://www.wikidata.org/reference/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pqv: <http://www.wikidata.org/prop/qualifier/value/> .
@prefix pr: <http://www.wikidata.org/prop/reference/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_GREGORIAN, _JULIAN = "wd:Q1985727", "wd:Q1985786"

# Works and projects that references name.
_NAMED = """
wd:Q700 rdfs:label "Sổ tay mẫu"@vi, "Sample handbook"@en .
wd:Q701 rdfs:label "English Wikipedia"@en .
wd:Q702 rdfs:label "Sample Wikisource"@en .
wdref:page pr:P854 <https://ministry.example/ties> ; pr:P813 "2020-05-01T00:00:00Z"^^xsd:dateTime .
wdref:embassy pr:P854 <https://www.example.org/embassy/az> ; pr:P248 wd:Q700 .
wdref:work pr:P248 wd:Q700 .
wdref:copy pr:P143 wd:Q701 .
wdref:wikisource pr:P143 wd:Q702 .
wdref:article pr:P854 <https://en.wikipedia.org/wiki/Ties> .
wdref:idle pr:P813 "2020-05-01T00:00:00Z"^^xsd:dateTime .
"""


def moment(day: str, precision: int = 11, calendar: str = _GREGORIAN) -> str:
    return f'[ a wikibase:TimeValue ; wikibase:timeValue "{day}T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision {precision} ; wikibase:timeTimezone 0 ; wikibase:timeCalendarModel {calendar} ]'


def statement(
    key: str,
    subject: str,
    other: str,
    *,
    start: str | None = None,
    end: str | None = None,
    references: str = "",
    rank: str = "NormalRank",
) -> str:
    """A statement on the item of a state; `other` is a state or a term of Turtle."""
    item = f"wd:{ITEMS[subject]}"
    parts = [f"a wikibase:Statement ; wikibase:rank wikibase:{rank}", f"ps:P530 {_term(other)}"]
    parts += [f"pqv:P580 {start}"] if start else []
    parts += [f"pqv:P582 {end}"] if end else []
    parts += [f"prov:wasDerivedFrom {one}" for one in references.split()]
    return f"{item} p:P530 wds:{ITEMS[subject]}-{key} .\nwds:{ITEMS[subject]}-{key} {' ; '.join(parts)} ."


def _term(other: str) -> str:
    return f"wd:{ITEMS[other]}" if other in ITEMS else other


STATEMENTS = (
    statement("day", "VN", "AZ", start=moment("1992-09-23"), references="wdref:page wdref:copy"),
    statement("mirrored", "AZ", "VN", start=moment("1992-09-23"), references="wdref:copy"),
    statement("bare", "VN", "JP", start=moment("1973-09-20")),
    statement("month", "VN", "BY", start=moment("1992-01-01", 10), references="wdref:work"),
    statement("year", "VN", "CL", start=moment("1971-01-01", 9), references="wdref:article wdref:idle"),
    statement("wrong", "VN", "JP", start=moment("1950-01-01"), rank="DeprecatedRank"),
    statement("julian", "VN", "RU", start=moment("1917-01-01", 11, _JULIAN)),
    statement("elsewhere", "VN", "wd:Q999999999", start=moment("1999-09-09")),
    statement("unknown", "VN", "[]", start=moment("1999-09-09")),
    statement("itself", "VN", "VN", start=moment("1999-09-09")),
    statement("timeless", "VN", "SU", references="wdref:page"),
    statement("twice", "VN", "RU", start=f"{moment('1950-01-30')}, {moment('1951-01-30')}"),
    statement("decade", "VN", "RU", start=moment("1950-01-01", 8)),
    statement("broken", "CL", "AZ", start=moment("1960-01-01"), end=moment("1973-09-18"), references="wdref:embassy"),
    statement(
        "ceased", "SU", "JP", start=moment("1925-01-20"), end=moment("1991-12-26"), references="wdref:wikisource"
    ),
    statement("end-only", "JP", "CL", end=moment("1943-01-01", 10), references="wdref:idle"),
    statement("half", "BY", "JP", start=moment("1992-01-26"), end=moment("1999-01-01", 11, _JULIAN)),
)
TURTLE = _PREFIXES + _NAMED + "\n".join(STATEMENTS)


def put_into(directory: Path, turtle: str = TURTLE) -> Path:
    """A store that holds the statements in one named graph."""
    graph = NamedNode("http://www.wikidata.org/graph")
    triples = parse(turtle, format=RdfFormat.TURTLE)
    restore(directory, {Quad(one.subject, one.predicate, one.object, graph) for one in triples})
    return directory


@contextmanager
def sparql_server(store: Path) -> Iterator[str]:
    """banggiao's own service over a store, on 127.0.0.1; gives the address of its endpoint."""
    port = free_port()
    config = uvicorn.Config(create_app(Settings(store=store)), host="127.0.0.1", port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(600):
        if server.started:
            break
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}/sparql"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
