"""The answer to a query as a page shows it: rows of cells, a yes or no, or statements as text."""

import math
import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryResultsFormat, Triple, parse_query_results

from app.graph.vocabulary import term
from app.querying.answers import Answer
from app.web.rendering import is_web_address
from app.web.sparql_names import address_of, short_name
from app.wording import Words
from extractors.dates import DateError, parse_edtf

ACCEPT = "text/tab-separated-values, text/turtle"
"""What a page asks for: rows that can be read one by one, so that those that are not shown cost nothing."""
ROWS_SHOWN = 1000
_TEXT_CHARACTERS = 500
# So that a page stays one that a phone can show.
_TABLE_BYTES = 90_000
_STATEMENTS_BYTES = 60_000
_CELL_BYTES = 40
_LARGEST_NUMBER = 1e15

_NUMBERS = frozenset(
    term(f"xsd:{name}") for name in ("integer", "decimal", "double", "float", "int", "long", "short", "byte")
)
_DATES = frozenset(term(f"xsd:{name}") for name in ("date", "gYear", "gYearMonth", "gMonthDay"))
_DATED = _DATES | {term("xsd:dateTime")}
_YEAR = re.compile(r"(\d{4})(?:[-Z+T]|$)")
_Node: TypeAlias = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: what is read, where it leads, and what a picture needs of it.

    `date` is a date as programs write it, `number` and `year` are what places the value in a picture.
    """

    text: str
    href: str | None = None
    is_ours: bool = False
    language: str | None = None
    date: str | None = None
    number: float | None = None
    year: int | None = None
    is_cut: bool = False
    is_name: bool = False

    @property
    def room(self) -> int:
        """About how many bytes it takes in a page."""
        return _CELL_BYTES + len(self.text.encode()) + len(self.href or "") + 2 * len(self.date or "")


Row: TypeAlias = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a SELECT, at most `ROWS_SHOWN`; `count` is how many there are."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    count: int

    @property
    def rows_of_page(self) -> tuple[Row, ...]:
        """As many of the rows as a page has room for: one at least."""
        room = _TABLE_BYTES
        for number, row in enumerate(self.rows):
            room -= sum(_CELL_BYTES if cell is None else cell.room for cell in row)
            if room < 0 and number:
                return self.rows[:number]
        return self.rows

    @property
    def has_cut_texts(self) -> bool:
        """Whether a text is shown in part."""
        return any(cell is not None and cell.is_cut for row in self.rows_of_page for cell in row)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to ASK."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Statements:
    """What CONSTRUCT and DESCRIBE give, in Turtle; `is_cut`: as far as there is room."""

    text: str
    is_cut: bool


Result: TypeAlias = Table | Verdict | Statements


def read_result(answer: Answer, words: Words) -> Result:
    """An answer that was asked for as `ACCEPT`."""
    if answer.media_type == "text/turtle":
        return _statements(answer.body)
    solutions = parse_query_results(answer.body, QueryResultsFormat.TSV)
    if isinstance(solutions, QueryBoolean):
        return Verdict(bool(solutions))
    columns = tuple(variable.value for variable in solutions.variables)
    places = range(len(columns))
    rows = tuple(tuple(_cell(solution[place], words) for place in places) for solution in islice(solutions, ROWS_SHOWN))
    # each row is a line, and the first line names the columns
    return Table(columns, rows, answer.body.count(b"\n") - 1)


def _statements(body: bytes) -> Statements:
    if len(body) <= _STATEMENTS_BYTES:
        return Statements(body.decode(), is_cut=False)
    whole_lines, _, _ = body[:_STATEMENTS_BYTES].rpartition(b"\n")
    return Statements((whole_lines or body[:_STATEMENTS_BYTES]).decode(errors="ignore"), is_cut=True)


def _cell(node: _Node | None, words: Words) -> Cell | None:
    if node is None:
        return None
    if isinstance(node, NamedNode):
        return _cell_of_iri(node.value)
    if isinstance(node, Literal):
        return _cell_of_literal(node, words)
    text, is_cut = _cut(str(node))
    return Cell(text, is_cut=is_cut, is_name=True)


def _cell_of_iri(iri: str) -> Cell:
    text, is_cut = _cut(short_name(iri))
    own = address_of(iri)
    href = own or (iri if is_web_address(iri) else None)
    return Cell(text, href, is_ours=own is not None, is_cut=is_cut, is_name=True)


def _cell_of_literal(node: Literal, words: Words) -> Cell:
    text, is_cut = _cut(node.value)
    if node.datatype in _DATED:
        shown = _date(text, words) if node.datatype in _DATES else None
        found = _YEAR.match(text)
        return Cell(shown or text, date=text if shown else None, year=int(found[1]) if found else None, is_cut=is_cut)
    number = _number(node.value) if node.datatype in _NUMBERS else None
    return Cell(text, language=node.language, number=number, is_cut=is_cut)


def _date(text: str, words: Words) -> str | None:
    """A date in words; None where it is none that calendars here have."""
    with suppress(DateError):
        return words.date(parse_edtf(text))
    return None


def _number(text: str) -> float | None:
    with suppress(ValueError):
        number = float(text)
        return number if math.isfinite(number) and abs(number) < _LARGEST_NUMBER else None
    return None


def _cut(text: str) -> tuple[str, bool]:
    is_cut = len(text) > _TEXT_CHARACTERS
    return (f"{text[:_TEXT_CHARACTERS]}…" if is_cut else text), is_cut
