"""The options and arguments that several commands share, each with its help."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from app.anniversaries import Rank
from app.commands.printing import Format
from extractors.records import ClaimType

StoreOption = Annotated[
    str | None,
    Parameter(name="--store", help="Directory of the graph, or URL of a SPARQL endpoint [BANGGIAO_STORE; .store]"),
]
FormatOption = Annotated[
    Format | None,
    Parameter(name="--format", help="table (default on a terminal), json (default elsewhere), jsonl or csv."),
]
OneState = Annotated[str, Parameter(help="A state: code or name, with or without diacritics.")]
OtherState = Annotated[str, Parameter(help="The other state; the order does not matter.")]
TypesOption = Annotated[
    list[ClaimType] | None, Parameter(name="--type", negative="", help="Only events of this type; may be repeated.")
]
RanksOption = Annotated[
    list[Rank] | None,
    Parameter(name="--rank", negative="", help="Only this rank (năm tròn, năm lẻ 5, năm khác); may be repeated."),
]
FromOption = Annotated[str | None, Parameter(name="--from", help="First day, such as 2026-11-21 or 21/11/2026.")]
ToOption = Annotated[str | None, Parameter(name="--to", help="Last day, such as 2026-11-21 or 21/11/2026.")]
OnOption = Annotated[
    str | None, Parameter(name="--on", help="Day to look from, such as 2026-11-21; today in Hà Nội without it.")
]
ClaimsFormatOption = Annotated[
    Format, Parameter(name="--format", help="jsonl and json: one object an article; csv and table: one claim a line.")
]
InputSource = Annotated[
    str,
    Parameter(
        help="Files, folders and web addresses. Files: .txt, .md, .html, .jsonl, .warc, also .gz or .zst; "
        "addresses: pages, RSS and Atom feeds, sitemaps."
    ),
]
JobsOption = Annotated[int | None, Parameter(name="--jobs", help="How many processes extract on this machine [1].")]
ClusterOption = Annotated[
    str | None,
    Parameter(
        name="--cluster",
        help="Extract on a Dask cluster: the address of its scheduler, such as tcp://127.0.0.1:8786.",
    ),
]
ProgressOption = Annotated[
    bool | None,
    Parameter(name="--progress", help="Say how far the work is: a bar on a terminal (default), lines elsewhere."),
]
PublishedOption = Annotated[
    str | None,
    Parameter(
        name="--published", help="Publication date of articles that state none, such as 2026-09-23 or 23/9/2026."
    ),
]
ManifestOption = Annotated[
    Path | None,
    Parameter(
        name="--manifest",
        help='Publication dates of articles that state none: a JSON list or JSON Lines of {"id", "published"}.',
    ),
]
