"""Whose story an article is: the news agency that it credits for all of it. Copies of one agency's story are one voice.

A credit stands in brackets («(TTXVN)», «(Theo TTXVN/Vietnam+)», «Hà Nội (TTXVN 24/9) –») or on a line of its own
(«Theo Reuters», «Nguồn: TTXVN»). «AFP dẫn lời …» and «(Ảnh: TTXVN)» credit a statement or a picture, not the story.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.tables import DATA_DIR, read_cited_table
from extractors.wordlists import any_of

_KINDS = ("agency", "organ")
_FIRST_CHARS, _LAST_CHARS = 600, 400  # where a dateline and a signature stand


@dataclass(frozen=True, slots=True)
class Agencies:
    """News agencies by the names that credit them, and the papers that are their own organs, both in lower case."""

    credited: re.Pattern[str]
    by_name: Mapping[str, str]
    by_organ: Mapping[str, str]

    def of_publisher(self, publisher: str) -> str | None:
        """The agency that a publisher is, or is an organ of."""
        name = publisher.casefold()
        return self.by_organ.get(name) or self.by_name.get(name)


@lru_cache(maxsize=1)
def load_agencies() -> Agencies:
    """The table data/lexicon/agencies.csv: `kind` is agency, or organ for a paper that an agency publishes.

    Raises:
        TableError: a row is of no known kind, or cites no page.
    """
    rows = read_cited_table(
        DATA_DIR / "lexicon" / "agencies.csv",
        ("phrase", "agency", "kind"),
        sources="sources-pages.csv",
        required=("phrase", "agency", "kind"),
        key=("phrase",),
    )
    for row in rows:
        if row["kind"] not in _KINDS:
            raise row.fault(f"kind «{row['kind']}» is none of {', '.join(_KINDS)}")
    by_kind = {
        kind: {row["phrase"].casefold(): row["agency"] for row in rows if row["kind"] == kind} for kind in _KINDS
    }
    names = "|".join(re.escape(row["phrase"]) for row in sorted(rows, key=lambda row: -len(row["phrase"])))
    lead = rf"(?i:(?:{any_of('agency-credit')}\s*:?\s+)?)"
    credited = re.compile(
        rf"\(\s*{lead}(?P<bracket>{names})(?:\s*/\s*[^()\n]{{1,30}}|\s+[\d/.-]{{3,10}})?\s*\)"
        rf"|^[ \t]*{lead}(?P<line>{names})(?:\s*/\s*[^()\n]{{1,30}})?[ \t.]*$",
        re.MULTILINE,
    )
    return Agencies(credited, by_kind["agency"], by_kind["organ"])


def credited_agency(text: str) -> str | None:
    """The one news agency that an article credits at its beginning or end; None for none or several."""
    agencies = load_agencies()
    ends = (text[:_FIRST_CHARS], text[max(_FIRST_CHARS, len(text) - _LAST_CHARS) :])
    names = {
        (match["bracket"] or match["line"]).casefold() for end in ends for match in agencies.credited.finditer(end)
    }
    found = {agencies.by_name.get(name) or agencies.by_organ[name] for name in names}
    return found.pop() if len(found) == 1 else None
