"""SPARQL for assistants: the answer that HTTP clients get, read back and cut to what a conversation can hold."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

from app.assistants.shapes import QueryResponse, TermShape
from app.querying.answers import Answer

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
ACCEPTED = f"{ROWS}, {TRIPLES}"

_MAX_CHARS = 100_000
"""Of all values of an answer together: some literals are long."""

_Row = TypeVar("_Row")


def read_answer(answer: Answer, max_rows: int) -> QueryResponse:
    """An answer in one of the ACCEPTED formats, with the first of its rows or triples."""
    if answer.media_type == TRIPLES:
        lines = answer.body.decode().splitlines()
        kept = _first(lines, [len(line) for line in lines], max_rows)
        return _response(triples=kept, found=len(lines), given=len(kept))
    results = json.loads(answer.body)
    if "boolean" in results:
        return _response(boolean=results["boolean"], found=0, given=0)
    rows = results["results"]["bindings"]
    # only as many as can be given are looked at: there may be a million
    sizes = (sum(len(str(term["value"])) for term in row.values()) for row in islice(rows, max_rows))
    chosen = _first(rows, sizes, max_rows)
    shaped = [{name: _term(term) for name, term in row.items()} for row in chosen]
    return _response(columns=results["head"]["vars"], rows=shaped, found=len(rows), given=len(shaped))


def _first(rows: Sequence[_Row], sizes: Iterable[int], max_rows: int) -> list[_Row]:
    """The first rows, no more than may be given, and no more than the characters allow."""
    left, chosen = _MAX_CHARS, []
    for row, size in islice(zip(rows, sizes, strict=False), max_rows):
        left -= size
        if left < 0:
            break
        chosen.append(row)
    return chosen


def _term(term: dict[str, Any]) -> TermShape:
    value = term["value"]
    return TermShape(
        type=term["type"],
        value=value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
        datatype=term.get("datatype"),
        language=term.get("xml:lang"),
    )


def _response(
    *,
    found: int,
    given: int,
    columns: Sequence[str] = (),
    rows: Sequence[dict[str, TermShape]] = (),
    boolean: bool | None = None,
    triples: Sequence[str] = (),
) -> QueryResponse:
    note = None
    if given < found:
        note = (
            f"The answer was cut: {given} of {found} are given. Count, filter or group in the query, ask for shorter "
            "values, or go on with ORDER BY, LIMIT and OFFSET."
        )
    return QueryResponse(
        columns=list(columns), rows=list(rows), boolean=boolean, triples=list(triples), found=found, note=note
    )
