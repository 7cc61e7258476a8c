"""The tokens of a SPARQL text, as far as they tell keywords from what only looks like them.

Texts, IRIs and comments are told apart as Oxigraph does it: it ends a comment at a carriage return too, and expands
escapes of code points in texts and IRIs only, so that no keyword can be written with them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A bare word is always a keyword, the name of a function, `a`, `true` or `false`: names have a colon, variables a mark.
_TOKEN = re.compile(
    r'''
      (?P<literal> """(?:[^"\\]|\\.|"(?!""))*+""" | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*+\'\'\'
                 | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+'
                 | <[^<>"{}|^`\x00-\x20]*+> )
    | (?P<comment> \#[^\n\r]*+ )
    | (?P<variable> [?$]\w++ )
    | (?P<open> <<\(? | [{(\[] )
    | (?P<close> \)?>> | [})\]] )
    | (?P<mark> ; )
    | (?P<word> (?:[^\s{}()\[\]<>;,"'\#?$^|&*/+!=\\]|\\.)++ )
    | (?P<other> \S )
    ''',
    re.VERBOSE | re.DOTALL,
)

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text, and where it stands (`start` and `end` in code points)."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def keyword(self) -> str:
        """The keyword that it may be or end with, in capitals; empty for everything else."""
        # a full stop begins no name after a prefix: «ex:.SERVICE» is three tokens, «ex:a.SERVICE» is one
        head, _, tail = self.text.rpartition(":.")[2].rpartition(".")
        is_apart = self.kind == "word" and ":" not in head
        return tail.upper() if is_apart and tail.isascii() and tail.isalpha() else ""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text without its comments; operators come letter by letter, as does what is no token."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind != "comment":
            yield Token(kind, found.group(), found.start(), found.end())


def has_keyword(text: str, *keywords: str) -> bool:
    """Whether one of some keywords, in capitals, stands anywhere in a text as a keyword."""
    upper = text.upper()
    if not any(keyword in upper for keyword in keywords):
        return False
    return any(token.keyword in keywords for token in tokens(text))


def as_rdflib_reads(text: str) -> str:
    """A text that rdflib reads like Oxigraph: no escape of a code point becomes a quote or a line's end."""
    unescaped = _ESCAPE.sub(lambda found: found[1] if found[1] in "uU" else found[0], text)
    return unescaped.replace("\r", "\n")
