"""The page of the SPARQL endpoint: a query, the examples, and what the graph answers as a table or a picture.

It works without script; app/static/sparql.js adds keys and completion.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from app.catalogues import catalogue
from app.errors import BanggiaoError, NotFoundError
from app.example_queries import example_queries
from app.graph.vocabulary import BG
from app.languages import Language
from app.problems import of_error
from app.query_formats import GRAPH_DOWNLOADS, RESULT_DOWNLOADS
from app.query_responses import CLIENT_CLOSED_REQUEST, ask
from app.querying.answers import Answer
from app.routes.dependencies import Services
from app.sparql_protocol import query_of_get
from app.web import result_charts
from app.web.rendering import language_of, page, words_of
from app.web.result_charts import Bars, Dots, bars_of, dots_of
from app.web.sparql_names import first_query, names
from app.web.sparql_results import ACCEPT, Result, Statements, Table, Verdict, read_result

router = APIRouter(include_in_schema=False)

# What asks for an answer; everything else in the address is about the page.
_ASKING = ("query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")
_GRAPHS = ("default-graph-uri", "named-graph-uri")
_FEWEST_LINES, _MOST_LINES = 14, 32
# Oxigraph says behind which word it stopped understanding a query, the parser of rdflib before which.
_BEHIND = re.compile(r"error at (?P<line>\d+):(?P<column>\d+)")
_BEFORE = re.compile(r"\(line:(?P<line>\d+), col:(?P<column>\d+)\)")
_LAST_WORD, _FIRST_WORD = re.compile(r"\S+\s*$"), re.compile(r"\s*\S+")
_NO_PREFIX = "Prefix not found"
_VARY = "Accept, Accept-Language"


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """The line of a query that stops making sense: its number from 1, and the word at fault amid the rest."""

    number: int
    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer, and what to do; `detail` is what the service says to programs, in English."""

    title: str
    advice: str
    detail: str
    line: FaultyLine | None


@router.get("/sparql/names.json")
def editor_names() -> Response:
    """The prefixes and names that the editor completes."""
    return JSONResponse(names())


async def sparql_page(request: Request, services: Services, base_iri: str) -> Response:
    """The page, with the answer if something is asked; relative IRIs are relative to `base_iri`.

    Raises:
        NotFoundError: there is no example query of that name.
        BanggiaoError: the graph cannot be asked at all; what is the query's fault is told on the page.
    """
    parameters = request.query_params.multi_items()
    if not any(name in _ASKING and value.strip() for name, value in parameters):
        return await run_in_threadpool(_page, request, services, _text_to_begin_with(request))
    # as it stands in the page: browsers send lines that end as on typewriters
    text = next((value for name, value in parameters if name == "query"), "").replace("\r\n", "\n")
    try:
        services.queries.check_room(len(request.scope["query_string"]))
        query = replace(query_of_get(parameters, base_iri), text=text)
        answer = await ask(services.queries, services.snapshots, query, ACCEPT, request)
    except BanggiaoError as error:
        failure = _failure(error, text, language_of(request))
        if failure is None:
            raise
        return await run_in_threadpool(_failed, request, services, text, failure, error)
    if answer is None:
        return Response(status_code=CLIENT_CLOSED_REQUEST)
    return await run_in_threadpool(_answered, request, services, text, answer)


def _text_to_begin_with(request: Request) -> str:
    name = request.query_params.get("example")
    if not name:
        return first_query(language_of(request))
    for example in example_queries():
        if example.name == name:
            return example.sparql
    raise NotFoundError("There is no example query of that name: they are listed at /sparql.")


def _answered(request: Request, services: Services, text: str, answer: Answer) -> Response:
    return _page(request, services, text, result=read_result(answer, words_of(request)))


def _failed(request: Request, services: Services, text: str, failure: Failure, error: BanggiaoError) -> Response:
    response = _page(request, services, text, failure=failure, status=error.status)
    response.headers.update(
        {name: value for name, value in of_error(error).headers.items() if name in ("cache-control", "retry-after")}
    )
    return response


def _page(
    request: Request,
    services: Services,
    text: str,
    *,
    result: Result | None = None,
    failure: Failure | None = None,
    status: int = 200,
) -> Response:
    views = _views(result)
    asked = request.query_params.get("view", "")
    context: dict[str, Any] = {
        "text": text,
        "lines": min(max(text.count("\n") + 2, _FEWEST_LINES), _MOST_LINES),
        "graphs": [one for one in request.query_params.multi_items() if one[0] in _GRAPHS],
        "examples": example_queries(),
        "limits": services.settings.query_limits,
        "failure": failure,
        "table": result if isinstance(result, Table) else None,
        "verdict": result if isinstance(result, Verdict) else None,
        "statements": result if isinstance(result, Statements) else None,
        "views": views,
        "view": asked if asked in views else "table",
        "is_view_missing": asked not in ("", *views),
        "sizes": result_charts,
        "downloads": GRAPH_DOWNLOADS if isinstance(result, Statements) else RESULT_DOWNLOADS,
    }
    response = page(request, "sparql.html", context, status)
    response.headers["Vary"] = _VARY
    return response


def _views(result: Result | None) -> Mapping[str, Dots | Bars | None]:
    """The ways in which a result can be looked at: rows always as a table, as a picture where they fit one."""
    if not isinstance(result, Table):
        return {}
    pictures = {"timeline": dots_of(result), "chart": bars_of(result)}
    return {"table": None, **{name: picture for name, picture in pictures.items() if picture is not None}}


def _failure(error: BanggiaoError, text: str, language: Language) -> Failure | None:
    """What a query did wrong, for its writer; None where it is not the query's doing."""
    known = _sentences(language).get(error.kind)
    if known is None:
        return None
    if error.kind != "query-syntax":
        return Failure(*known, str(error), None)
    title, advice = known
    if _NO_PREFIX in str(error):
        advice = catalogue(language).gettext("It has a prefix that is not declared: begin with a line such as %s") % (
            f"PREFIX bg: <{BG}>"
        )
    return Failure(title, advice, str(error), _faulty_line(text, str(error)))


def _faulty_line(text: str, message: str) -> FaultyLine | None:
    """Where a parser says that a query goes wrong; None where it says nothing of that."""
    behind, before = _BEHIND.search(message), _BEFORE.search(message)
    found = behind or before
    lines = text.split("\n")
    if found is None or not 1 <= int(found["line"]) <= len(lines):
        return None
    number, place = int(found["line"]), int(found["column"]) - 1
    line = lines[number - 1]
    word = _LAST_WORD.search(line[:place]) if behind else _FIRST_WORD.match(line, place)
    start, end = word.span() if word else (place, len(line))
    return FaultyLine(number, line[:start], line[start:end], line[end:])


def _sentences(language: Language) -> Mapping[str, tuple[str, str]]:
    """By kind of error: what is wrong, and what to do."""
    gettext = catalogue(language).gettext
    smaller = gettext("Make it smaller: name a state, or put LIMIT 100 at its end.")
    again = gettext("Wait a moment, and run it again.")
    return {
        "query-syntax": (
            gettext("The query is not valid SPARQL"),
            gettext(
                "Mend the place that is shown, and run it again. Often a full stop, a brace or a PREFIX is missing."
            ),
        ),
        "bad-request": (
            gettext("The query cannot be run as it stands"),
            gettext("Only this graph can be asked, and nothing in it can be changed here."),
        ),
        "query-timeout": (gettext("The query ran for longer than it may, and was ended"), smaller),
        "query-memory": (gettext("The query needs more memory than it may take"), smaller),
        "too-large": (gettext("The query or its answer is larger than it may be"), smaller),
        "query-lost": (gettext("The query ended before its time"), again),
        "server-busy": (gettext("Too many queries are being run just now"), again),
    }
