"""`banggiao check`: what is wrong with drafts, by what the graph, the calendar and their own sums say."""

import sys
from collections.abc import Iterator
from typing import Annotated

from cyclopts import Parameter

from app.checking.checks import check as find
from app.checking.checks import is_clean
from app.checking.records import Finding
from app.checking.responses import CheckResponse, finding_shape
from app.commands.context import Context, ContextArgument
from app.commands.extraction import check_sources, publication_dates
from app.commands.faults import Faults
from app.commands.options import FormatOption, ManifestOption, PublishedOption, StoreOption
from app.commands.printing import default_format, print_csv, print_json, print_lines, print_table
from app.extracting import read_input
from app.graph.repositories import open_snapshot
from app.inputs import PublicationDates, iter_inputs
from app.presentation import Presenter
from extractors.readers import MAX_BYTES, Metadata, Payload, Unreadable
from extractors.records import Article

STANDARD_INPUT = "-"
SEVERITY_WORDS = {"error": "lỗi", "warning": "nên xem lại", "info": "ghi chú"}
Draft = Annotated[
    str,
    Parameter(allow_leading_hyphen=True, help="Drafts: files, folders, web addresses, or - for the standard input."),
]
_COLUMNS = ("doc", "start", "end", "quote", "severity", "kind", "reason", "suggestion", "evidence")
_HTML_STARTS = (b"<!doctype html", b"<html")


def check(
    *sources: Draft,
    format: FormatOption = None,  # noqa: A002  # the name of the option
    published: PublishedOption = None,
    manifest: ManifestOption = None,
    store: StoreOption = None,
    context: ContextArgument,
) -> int:
    """Report what is wrong in drafts: dates, counts, weekdays, levels, names. Ends with 1 where something is."""
    check_sources(sources, "check")
    faults = Faults()
    found = list(_findings(sources, publication_dates(published, manifest), context, store, faults))
    _print(found, format, Presenter(context.settings(store=store).base_iri))
    return 0 if is_clean(one for _, one in found) and not faults.count else 1


def _findings(
    sources: tuple[str, ...], dates: PublicationDates, context: Context, store: str | None, faults: Faults
) -> Iterator[tuple[Article, Finding]]:
    graph = open_snapshot(context.settings(store=store).address).store()
    for payload in _inputs(sources):
        article = payload if isinstance(payload, Unreadable) else read_input(payload, dates)
        if isinstance(article, Unreadable):
            faults.tell(article)
        else:
            yield from ((article, one) for one in find(article, graph))
    faults.tell_rest()


def _inputs(sources: tuple[str, ...]) -> Iterator[Payload | Unreadable]:
    for source in sources:
        if source == STANDARD_INPUT:
            yield _standard_input()
        else:
            yield from iter_inputs([source])


def _standard_input() -> Payload | Unreadable:
    """What the standard input holds: a page where it begins like one, else plain text."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Unreadable(STANDARD_INPUT, f"has more than {MAX_BYTES:,} bytes")
    is_page = data[:200].lstrip().lower().startswith(_HTML_STARTS)
    return Payload(STANDARD_INPUT, data, "text/html" if is_page else "text/plain", Metadata(id="draft"))


def _print(found: list[tuple[Article, Finding]], output: str | None, present: Presenter) -> None:
    if (output or default_format()) == "table":
        rows = [_row(article, one) for article, one in found]
        print_table("Kiểm tra bản thảo", ("Bài", "Chỗ", "Mức", "Trong bài", "Vì sao", "Nên viết", "Bằng chứng"), rows)
        return
    shapes = CheckResponse(items=[finding_shape(one, present) for _, one in found]).model_dump(mode="json")["items"]
    items = [{"doc": article.id, **shape} for (article, _), shape in zip(found, shapes, strict=True)]
    if output == "jsonl":
        print_lines(items)
    elif output == "csv":
        print_csv(({**item, "reason": item["reason"]["vi"]} for item in items), _COLUMNS)
    else:
        print_json({"items": items})


def _row(article: Article, one: Finding) -> tuple[str, ...]:
    line = article.text.count("\n", 0, one.start) + 1
    column = one.start - (article.text.rfind("\n", 0, one.start) + 1) + 1
    return (
        article.id,
        f"{line}:{column}",
        SEVERITY_WORDS[one.severity],
        one.quote,
        one.reason.vi,
        one.suggestion or "",
        "\n".join(_proof(one)),
    )


def _proof(one: Finding) -> Iterator[str]:
    """The sums, and the first address behind each event or name."""
    for item in one.evidence:
        if item.event is None:
            yield item.shown or ""
        pages = [source.url for source in item.event.sources] if item.event else [page.url for page in item.pages]
        named = [page for page in pages if page]
        if named:
            yield named[0] + (f" (+{len(named) - 1})" if len(named) > 1 else "")
