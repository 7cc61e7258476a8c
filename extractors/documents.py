"""An article as the grammar walks it: folded text, its sentences with their section and paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extractors.folding import FoldedText, fold
from extractors.records import Article, SectionKind
from extractors.wordlists import CAPITAL

# A full stop that ends nothing: an abbreviation, an initial («R.A. Golovchenko»), a number («24.6.1967»).
_NOT_AN_END = re.compile(
    r"(?:(?<![\w-])(?:TP|TS|GS|PGS|ThS|BS|KS|Mr|Mrs|Ms|Dr|St|Tp|Th|Tr|No|vs|Jr|Sr|NSND|NSƯT|tr|\w)|\b\w\.\w|(?<!\d\d\d)\d)$"
)
_END = re.compile(rf"""[.!?…]+["')\]]*(?=\s|$|{CAPITAL}(?!{CAPITAL})[^\W\d_])|;(?=\s)""")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
# No newspaper sentence is longer; the grammar looks at each trigger with each date of its sentence.
MAX_SENTENCE_CHARS = 1500
_BLANKS = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the folded text: `text[start:end]`; `paragraph` counts paragraphs of the whole article."""

    start: int
    end: int
    section: SectionKind
    section_index: int
    paragraph: int


@dataclass(frozen=True)
class Document:
    """An article with its folded text; the sentences of it, in order, are cut when they are first asked for."""

    article: Article
    folded: FoldedText

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all sections but boilerplate."""
        return tuple(_read_sentences(self.article, self.folded))

    @cached_property
    def latest_year(self) -> int:
        """The latest year that the article speaks of, its publication included."""
        published_on = self.article.published_on
        told = [int(year) for year in _YEAR.findall(self.text)]
        return max([*told, published_on.year if published_on else 0], default=0)

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the article's text as given, of a span of folded text, without white space at its ends."""
        first, last = self.folded.original(start, end)
        quote = self.article.text[first:last]
        return first + len(quote) - len(quote.lstrip()), first + len(quote.rstrip())


def read_document(article: Article) -> Document:
    """Fold an article for the grammar to walk."""
    return Document(article, fold(article.text))


def _read_sentences(article: Article, folded: FoldedText) -> Iterator[Sentence]:
    paragraph = 0
    for index, section in enumerate(article.sections):
        if section.kind == "boilerplate":
            continue
        start, end = folded.folded_offset(section.start), folded.folded_offset(section.end)
        for line_start, line_end in _paragraphs(folded.text, start, end):
            paragraph += 1
            for first, last in _sentences(folded.text, line_start, line_end):
                yield Sentence(first, last, section.kind, index, paragraph)


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Lines, except that a line which goes on in lower case is one with the line before (a broken line)."""
    lines: list[tuple[int, int]] = []
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        content = text[position:stop].strip()
        if content:
            goes_on = content[0].islower() and lines and position - lines[-1][1] <= 1
            if goes_on:
                lines[-1] = (lines[-1][0], stop)
            else:
                lines.append((position, stop))
        position = stop + 1
    return lines


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    first = _skip_blanks(text, start)
    for match in _END.finditer(text, start, end):
        if match[0] == ";" and text.count("(", first, match.start()) > text.count(")", first, match.start()):
            continue
        if match[0] == "." and _NOT_AN_END.search(text, max(start, match.start() - 6), match.start()):
            follows_number = text[match.start() - 1].isdigit()
            if not (
                follows_number and match.end() < end and text[match.end() : match.end() + 4].lstrip()[:1].isupper()
            ):
                continue
        if match.end() > first:
            found.append((first, match.end()))
            first = _skip_blanks(text, match.end())
    if first < end and text[first:end].strip():
        found.append((first, first + len(text[first:end].rstrip())))
    return [piece for first, last in found for piece in _pieces(text, first, last)]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence of bearable length: one that has no end is cut at a comma, a tab or a blank."""
    while end - start > MAX_SENTENCE_CHARS:
        limit = start + MAX_SENTENCE_CHARS
        cut = text.rfind(", ", start + MAX_SENTENCE_CHARS // 2, limit)
        cut = cut if cut > start else max(text.rfind(" ", start + 1, limit), text.rfind("\t", start + 1, limit))
        cut = cut + 1 if cut > start else limit
        yield start, cut
        start = cut
    yield start, end


def _skip_blanks(text: str, position: int) -> int:
    match = _BLANKS.match(text, position)
    return match.end() if match else position
