"""Parties that are no states (ASEAN, the EU), read from data/lexicon/blocs.csv."""

import re
from functools import lru_cache

from extractors.tables import DATA_DIR, GRAMMAR_SOURCES, read_cited_table


@lru_cache(maxsize=1)
def load_blocs() -> re.Pattern[str]:
    """Parties that are no states (blocs.csv) as one pattern.

    Raises:
        TableError: a row cannot be trusted; names file and line.
    """
    path = DATA_DIR / "lexicon" / "blocs.csv"
    rows = read_cited_table(path, ("name", "note"), sources=GRAMMAR_SOURCES, required=("name",), key=("name",))
    names = sorted((re.escape(row["name"]) for row in rows), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE)
