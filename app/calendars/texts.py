"""Texts of others, made fit for files that other programs read; what a source really says stands in the graph."""

import re

MAX_CHARACTERS = 500
"""Longest text of others that is shown; the rest is at the address of its event."""

# What XML cannot hold (control characters, surrogates, non-characters), and the signs that turn the direction of text.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"\s+")
# What spreadsheets take for a formula at the start of a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(text: str) -> str:
    """A text in one line, without control characters and signs that turn its direction; a long one is cut, with «…»."""
    line = _BLANKS.sub(" ", _UNFIT.sub(" ", text)).strip()
    return line if len(line) <= MAX_CHARACTERS else f"{line[: MAX_CHARACTERS - 1].rstrip()}…"


def spreadsheet_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what could begin one has an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def web_address(url: str | None) -> str | None:
    """An address that may be linked to: http or https."""
    if url is None or not url.lower().startswith(("http://", "https://")):
        return None
    return written_address(url)


def written_address(url: str) -> str:
    """An address without what XML cannot hold."""
    return _BLANKS.sub("", _UNFIT.sub("", url))
