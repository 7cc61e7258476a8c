"""`banggiao coverage`: what the curated tables cover."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from app.errors import BadRequestError
from app.graph.coverage import coverage_table
from app.graph.reference_tables import load_reference

BEGIN, END = "<!-- coverage -->", "<!-- /coverage -->"


def coverage(
    *,
    into: Annotated[
        Path | None, Parameter(help="Write it between the marks of this file, as of data/README.md.")
    ] = None,
) -> int:
    """Count what the curated tables cover, as a Markdown table."""
    table = coverage_table(load_reference())
    if into is None:
        print(table)
        return 0
    text = into.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise BadRequestError(f"{into} has no marks {BEGIN} and {END} to write between.")
    head, rest = text.split(BEGIN, 1)
    into.write_text(f"{head}{BEGIN}\n{table}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")
    return 0
