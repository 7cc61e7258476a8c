"""The text of an update, taken apart into its operations, and joined with the graphs that a request names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from app.errors import BadRequestError, QuerySyntaxError
from app.graph.sparql_tokens import Token, tokens

_PROLOGUE = ("PREFIX", "BASE", "VERSION")
_DATA = {("INSERT", "DATA"), ("DELETE", "DATA")}
_CLEARS = {(verb, *silent, "ALL") for verb in ("CLEAR", "DROP") for silent in ((), ("SILENT",))}
_WITH_WHERE = ("INSERT", "DELETE", "WITH")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update as an update of its own: its declarations stand before it, on the line it was on.

    `kind` is `data`, `clear-all` or `other`; `nesting` is how deep its brackets go.
    """

    kind: str
    text: str
    nesting: int


def operations(
    text: str, using: Sequence[NamedNode] = (), using_named: Sequence[NamedNode] = ()
) -> tuple[Operation, ...]:
    """The operations of an update; with graphs, each WHERE asks of those.

    Raises:
        BadRequestError: graphs are given, and the text names some of its own with USING or WITH.
        QuerySyntaxError: nothing stands between two semicolons.
    """
    clauses = " ".join([*(f"USING {graph}" for graph in using), *(f"USING NAMED {graph}" for graph in using_named)])
    parts = list(_parts(text))
    if not parts[-1]:
        parts.pop()
    if not all(parts):
        raise QuerySyntaxError("The update is not valid SPARQL: nothing stands between two semicolons.")
    made = []
    declarations = ""
    for number, part in enumerate(parts):
        first = _first_of_operation(part)
        declared = text[part[0].start : part[first - 1].end] if first else ""
        own = part[first:]
        start, end = (own[0].start, own[-1].end) if own else (part[-1].end, part[-1].end)
        body = _cleared(own) or (_with_clauses(text, own, clauses) if clauses else text[start:end])
        # the first stands where it stood, so that an error names its place; the others at least on their line
        known = f"{declarations} {declared}".strip()
        before = text[:start] if not number else known + "\n" * max(text.count("\n", 0, start) - known.count("\n"), 1)
        made.append(Operation(_kind(own), before + body, _nesting(own)))
        declarations = known
    return tuple(made)


def _parts(text: str) -> Iterator[list[Token]]:
    """The tokens between the semicolons that stand in no braces."""
    part: list[Token] = []
    depth = 0
    for token in tokens(text):
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind in ("open", "close") else 0
        if token.kind == "mark" and depth <= 0:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _first_of_operation(part: Sequence[Token]) -> int:
    """Which token follows the declarations: each of them is a keyword and its values, up to the next keyword."""
    for number, token in enumerate(part):
        if token.kind == "open" or (token.keyword and token.keyword not in _PROLOGUE):
            return number
    return len(part)


def _kind(part: Sequence[Token]) -> str:
    words = tuple(token.keyword for token in part[:3])
    if words in _CLEARS and len(part) == len(words):
        return "clear-all"
    return "data" if words[:2] in _DATA else "other"


def _cleared(part: Sequence[Token]) -> str:
    """CLEAR GRAPH and DROP GRAPH as the deletion that they are here, where an empty graph is none; else nothing."""
    words = [token.keyword for token in part]
    is_silent = words[1:2] == ["SILENT"]
    if words[:1] not in (["CLEAR"], ["DROP"]) or words[1 + is_silent :] != ["GRAPH", ""]:
        return ""
    return f"DELETE WHERE {{ GRAPH {part[-1].text} {{ ?s ?p ?o }} }}" if part[-1].kind in ("word", "literal") else ""


def _nesting(part: Sequence[Token]) -> int:
    depth = deepest = 0
    for token in part:
        if token.kind == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif token.kind == "close":
            depth -= 1
    return deepest


def _with_clauses(text: str, part: Sequence[Token], clauses: str) -> str:
    """An operation whose WHERE asks of the graphs of some USING clauses; other operations as they are."""
    if not part:
        return ""
    whole = text[part[0].start : part[-1].end]
    outer = list(_outside_braces(part))
    if part[0].keyword not in _WITH_WHERE or _kind(part) != "other":
        return whole
    if any(token.keyword in ("USING", "WITH") for token in outer):
        raise BadRequestError(
            "The request names graphs (using-graph-uri, using-named-graph-uri), and so does the text (USING, WITH): "
            "leave one of them out."
        )
    where = next((token for token in outer if token.keyword == "WHERE"), None)
    if where is None:
        return whole
    tail = text[where.start : part[-1].end]
    if where is part[1]:  # DELETE WHERE has no place for a USING clause: its pattern is its template too
        return f"DELETE {text[where.end : part[-1].end]} {clauses} {tail}"
    return f"{text[part[0].start : where.start]}{clauses} {tail}"


def _outside_braces(part: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in part:
        if token.text == "{":
            depth += 1
        elif token.text == "}":
            depth -= 1
        elif not depth:
            yield token
