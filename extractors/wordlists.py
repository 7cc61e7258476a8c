"""Word lists of the grammar, read from data/lexicon/words.csv: one list a role that words play beside a trigger."""

import re
import unicodedata
from functools import lru_cache

from extractors.folding import fold_name
from extractors.tables import DATA_DIR, GRAMMAR_SOURCES, TableError, read_cited_table


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN")


# In a pattern that is blind to case, capitals are meant all the same. A range «À-Ỹ» would hold small letters too.
CAPITAL = f"(?-i:[{''.join(char for char in map(chr, range(0x41, 0x1F00)) if char.isupper() and _is_latin(char))}])"
"""A regular expression fragment that matches one Latin capital letter, with or without diacritics."""


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[str, ...]]:
    columns = ("list", "word", "meaning")
    path = DATA_DIR / "lexicon" / "words.csv"
    rows = read_cited_table(path, columns, sources=GRAMMAR_SOURCES, required=columns, key=("list", "word"))
    lists: dict[str, list[str]] = {}
    for row in rows:
        lists.setdefault(row["list"], []).append(fold_name(row["word"]))
    return {name: tuple(words) for name, words in lists.items()}


def words(name: str) -> tuple[str, ...]:
    """The words of a list, folded.

    Raises:
        TableError: there is no such list.
    """
    try:
        return _lists()[name]
    except KeyError:
        raise TableError(f"words.csv: has no list «{name}»") from None


def any_of(name: str) -> str:
    """A regular expression fragment that matches one word of a list, longest first, as a whole word."""
    longest_first = sorted(words(name), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in longest_first)})(?!\w)"


def pattern(template: str, *names: str) -> re.Pattern[str]:
    """A compiled, case-blind pattern in which `{}` stand for words of the lists named."""
    return re.compile(template.replace("{}", "%s") % tuple(any_of(name) for name in names), re.IGNORECASE)
