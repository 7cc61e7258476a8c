"""Terms in the place of variables in the text of a query, so that any endpoint can plan it with what is known.

A variable stays in the projection as `(term AS ?name)`: rows are those that the embedded store gives.
"""

import re
from collections.abc import Mapping

from app.graph.store import Term

# What must not be looked into comes first; a variable is a token of its own (SPARQL 1.1, 19.8).
_TOKEN = re.compile(
    r"""
      \#[^\n\r]*
    | <[^<>"{}|^`\\\x00-\x20]*>
    | \"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | (?P<brace>\{)
    | [?$](?P<variable>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)


def substitute(query: str, values: Mapping[str, Term]) -> str:
    """The text of a SELECT query with values of variables, which stand in its projection."""
    if not values:
        return query
    is_projection = True

    def replaced(token: re.Match[str]) -> str:
        nonlocal is_projection
        if token["brace"]:
            is_projection = False
        name = token["variable"]
        if name is None or name not in values:
            return token[0]
        return f"({values[name]} AS ?{name})" if is_projection else str(values[name])

    return _TOKEN.sub(replaced, query)
