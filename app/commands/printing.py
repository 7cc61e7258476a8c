"""How commands print: tables for people, JSON, JSON Lines and CSV for programs; faults on the error stream."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

Format = Literal["table", "json", "jsonl", "csv"]


def default_format() -> Format:
    """A table on a terminal, JSON for another program."""
    return "table" if sys.stdout.isatty() else "json"


def print_json(value: object, *, indent: int | None = 2) -> None:
    """One JSON value, Vietnamese letters as they are."""
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def print_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """JSON Lines: one object a line."""
    for row in rows:
        print_json(row, indent=None)


def print_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """CSV with a header; a list is written with spaces between, whatever else has parts as JSON."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])


def print_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table for people, as wide as the terminal; without rows, a line that says so."""
    found = tuple(rows)
    if not found:
        print(f"{title}: không có gì." if title else "Không có gì.")
        return
    # rich takes a tenth of a second to import, which a program that reads JSON need not wait for
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title, justify="left"), title_justify="left", title_style="bold")
    for heading in headings:
        table.add_column(heading)
    for row in found:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def print_fault(sentence: object) -> None:
    """A message on the error stream."""
    print(f"banggiao: {sentence}", file=sys.stderr)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
