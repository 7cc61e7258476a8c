"""Names of states that came out of use or into use, and the words beside them: read from data/countries, checked."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.checking.records import Page
from extractors.dates import DateError, PartialDate, first_date, parse_partial_date
from extractors.folding import fold_name
from extractors.gazetteer import load_gazetteer
from extractors.tables import DATA_DIR, Row, check_sources, read_sources, read_table

CUE_RULES = ("past", "past-person", "past-lead", "past-tail", "office", "body", "now", "then")


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name of a state that was used until a date, or is used since one; `current` is what to call the state instead.

    `has_ended`: the state itself is gone, and not only its name.
    """

    code: str
    name: str
    until: PartialDate | None
    since: PartialDate | None
    current: str
    has_ended: bool
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class FormerNames:
    """All such names with one pattern for them, and the cue words by rule as patterns."""

    by_name: dict[str, FormerName]
    pattern: re.Pattern[str]
    cues: dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def load_former_names(directory: Path = DATA_DIR / "countries") -> FormerNames:
    """The tables former-names.csv and name-cues.csv, read and checked once.

    Raises:
        TableError: a row that cannot be trusted; names file and line.
    """
    sources = read_sources(directory / "sources.csv")
    columns = ("code", "name", "language", "until", "since", "current", "sources")
    required = ("code", "name", "language", "current", "sources")
    rows = read_table(directory / "former-names.csv", columns, required=required, key=("language", "name"))
    names = [_read(row, sources) for row in rows]
    forms = sorted((fold_name(one.name) for one in names), key=len, reverse=True)
    return FormerNames(
        {fold_name(one.name).lower(): one for one in names},
        re.compile(rf"(?<![\w-])(?:{'|'.join(map(_form, forms))})(?![\w-])"),
        _read_cues(directory, sources),
    )


def _form(name: str) -> str:
    """A name as a pattern: one of several words in any case, a single word as it is written."""
    return rf"(?i:{re.escape(name)})" if " " in name else re.escape(name)


def _read(row: Row, sources: dict[str, Row]) -> FormerName:
    state = load_gazetteer().states.get(row["code"])
    if state is None:
        raise row.fault(f"«{row['code']}» is not in states.csv")
    if row["language"] != "vi":
        raise row.fault(f"language «{row['language']}» is not read: drafts are Vietnamese")
    if bool(row["until"]) == bool(row["since"]):
        raise row.fault("needs either «until» or «since»")
    try:
        until = parse_partial_date(row["until"]) if row["until"] else None
        since = parse_partial_date(row["since"]) if row["since"] else None
    except DateError as error:
        raise row.fault(str(error)) from error
    end = first_date(state.valid_to) if state.valid_to else None
    if end is not None and until is not None and until.latest < end.earliest:
        raise row.fault(f"the name ends {until}, before the state does ({end})")
    if end is None and state.status == "historical":
        raise row.fault(f"states.csv does not say when {row['code']} ended")
    pages = (sources[source] for source in check_sources(row, "sources", sources))
    return FormerName(
        code=row["code"],
        name=row["name"],
        until=until,
        since=since,
        current=row["current"],
        has_ended=end is not None,
        pages=tuple(Page(page["url"], page["publisher"], page["title"]) for page in pages),
    )


def _read_cues(directory: Path, sources: dict[str, Row]) -> dict[str, re.Pattern[str]]:
    columns = ("rule", "cue", "meaning", "source")
    words: dict[str, list[str]] = {rule: [] for rule in CUE_RULES}
    for row in read_table(directory / "name-cues.csv", columns, required=columns, key=("rule", "cue")):
        check_sources(row, "source", sources)
        if row["rule"] not in words:
            raise row.fault(f"rule «{row['rule']}» is none of {', '.join(CUE_RULES)}")
        words[row["rule"]].append(re.escape(fold_name(row["cue"])))
    behind = r"\s(?:\w+\s){0,2}$"
    office = rf"(?:\sviệt nam (?:tại|ở)\s$|{behind})"
    ends = {"past-lead": r"\s$", "office": office, "body": behind}
    return {
        rule: re.compile(
            # a rule without words matches nothing
            rf"(?<!\w)(?:{'|'.join(sorted(found, key=len, reverse=True)) or '(?!)'})(?!\w){ends.get(rule, '')}",
            re.IGNORECASE,
        )
        for rule, found in words.items()
    }
