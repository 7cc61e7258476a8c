"""The fixed phrases of newspaper pages (data/lexicon/page-furniture.csv) and the questions they answer about a line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extractors.folding import fold_name
from extractors.readers.lines import Line
from extractors.tables import DATA_DIR, check_sources, read_sources, read_table

KINDS = ("breadcrumb", "line", "list-heading", "teaser-cue", "caption-cue", "caption-start", "photo-word", "credit")

_MAX_CREDIT_CHARS = 60  # an embassy's full name fits; more is a sentence that goes on
_TAIL_CHARS = 2 * _MAX_CREDIT_CHARS  # cue and credit; to search all of a long paragraph would find no more
_MAX_GAP_CHARS = 40  # what «…» in a phrase can stand for: the name of a newspaper or of a section
_MAX_BYLINE_WORDS = 6
_BRACKETS = re.compile(r"\([^()]*\)")
_NAME_MARKS = re.compile(r"[-/|,&.]")


@dataclass(frozen=True, slots=True)
class Furniture:
    """The phrases by kind, compiled. Captions, teasers and credits are matched with their case, the rest without."""

    breadcrumb: re.Pattern[str]
    whole_line: re.Pattern[str]
    list_heading: re.Pattern[str]
    teaser_cue: re.Pattern[str]
    caption_start: re.Pattern[str]
    caption_credit: re.Pattern[str]
    photo_credit: re.Pattern[str]
    credit: re.Pattern[str]
    credit_words: tuple[str, ...]
    """Every credit of a caption holds one of these, in lower case: a quick look before the patterns."""
    max_fixed_chars: int
    """No fixed line and no heading of a list is longer, in code points: a quick look before the patterns."""

    def is_breadcrumb(self, line: Line) -> bool:
        """The path of links above a headline."""
        return bool(self.breadcrumb.match(line.key)) and line.is_bare_headline

    def is_chrome(self, line: Line) -> bool:
        """A button, an empty label or an invitation that fills its line."""
        return len(line.key) <= self.max_fixed_chars and bool(self.whole_line.fullmatch(line.key))

    def is_list_heading(self, line: Line) -> bool:
        """The heading of a list of other articles."""
        return len(line.key) <= self.max_fixed_chars and bool(self.list_heading.fullmatch(line.key))

    def is_teaser(self, line: Line) -> bool:
        """A link to another article, known by the words before it.

        A cue without a colon counts only before a capital letter, since a sentence can begin with it too.
        """
        match = self.teaser_cue.match(line.folded)
        if match is None or not line.is_short:
            return False
        if match.group().endswith((":", ">")):
            return True
        return line.folded[match.end() :].lstrip(" '\"")[:1].isupper() and not line.is_sentence

    def is_caption(self, line: Line) -> bool:
        """The caption of a picture, known by the words that open it or the credit that closes it."""
        if self.caption_start.match(line.key):
            return True
        end_of_key = line.key[-2 * _TAIL_CHARS :]  # twice: lower case may take more characters
        if not any(word in end_of_key for word in self.credit_words):
            return False
        tail = _tail(line)
        photo = self.photo_credit.search(tail)
        return bool(self.caption_credit.search(tail)) or (photo is not None and photo["name"][:1].isupper())

    def is_byline(self, line: Line) -> bool:
        """Author or agency: a few capitalised words and nothing else but brackets."""
        name = self.credit.sub("", _BRACKETS.sub(" ", line.folded), count=1)
        words = _NAME_MARKS.sub(" ", name).split()
        return len(words) <= _MAX_BYLINE_WORDS and not line.is_sentence and all(word[0].isupper() for word in words)


def _tail(line: Line) -> str:
    """The end of the line, in which a credit must stand; marked as cut, so that its first word does not open a line."""
    return line.folded if len(line.folded) <= _TAIL_CHARS else "…" + line.folded[-_TAIL_CHARS:]


@cache
def load_furniture() -> Furniture:
    """Read and compile the phrases.

    Raises:
        TableError: a row is faulty, cites an unknown source, or is of an unknown kind.
    """
    folder = DATA_DIR / "lexicon"
    sources = read_sources(folder / "sources-pages.csv")
    columns = ("kind", "phrase", "sources", "note")
    phrases: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in read_table(folder / "page-furniture.csv", columns, required=columns[:3], key=columns[:2]):
        check_sources(row, "sources", sources)
        if row["kind"] not in phrases:
            raise row.fault(f"«{row['kind']}» is no kind of page furniture: it is one of {', '.join(KINDS)}")
        phrases[row["kind"]].append(fold_name(row["phrase"]))
    boundary = r"(?:^|[-(|.!?] ?)\(?"
    cues = phrases["caption-cue"]
    credit = rf"{boundary}(?i:{_any_of(cues)})|\s{_any_of([*cues, *(cue.upper() for cue in cues)])}"
    return Furniture(
        breadcrumb=_compile(phrases["breadcrumb"], r"\b"),
        whole_line=_compile(phrases["line"]),
        list_heading=_compile(phrases["list-heading"], ":?"),
        teaser_cue=re.compile("|".join(_teaser_cue(phrase) for phrase in phrases["teaser-cue"])),
        caption_start=_compile(phrases["caption-start"]),
        caption_credit=re.compile(rf"(?:{credit}).{{0,{_MAX_CREDIT_CHARS}}}$"),
        photo_credit=re.compile(
            rf"{boundary}{_any_of(phrases['photo-word'])} (?P<name>[^:]{{1,{_MAX_CREDIT_CHARS}}})$"
        ),
        credit=re.compile(rf"^{_any_of(phrases['credit'])} ?"),
        credit_words=_shortest([*cues, *phrases["photo-word"]]),
        max_fixed_chars=max(map(_max_chars, [*phrases["line"], *phrases["list-heading"]])),
    )


def _shortest(phrases: Iterable[str]) -> tuple[str, ...]:
    """The phrases in lower case, without those that hold another one."""
    kept: list[str] = []
    for phrase in sorted({phrase.lower() for phrase in phrases}, key=lambda phrase: (len(phrase), phrase)):
        if not any(shorter in phrase for shorter in kept):
            kept.append(phrase)
    return tuple(kept)


def _max_chars(phrase: str) -> int:
    """The length of the longest line that a phrase matches, with a colon behind it."""
    return len(phrase) + phrase.count("…") * _MAX_GAP_CHARS + len(":")


def _compile(phrases: Iterable[str], ending: str = "") -> re.Pattern[str]:
    return re.compile(_any_of(phrase.lower() for phrase in phrases) + ending)


def _any_of(phrases: Iterable[str]) -> str:
    """An expression for any of the phrases, the longest first; «…» in a phrase stands for a few words."""
    gap = f".{{1,{_MAX_GAP_CHARS}}}"
    ordered = sorted(phrases, key=len, reverse=True)
    return f"(?:{'|'.join(gap.join(re.escape(part) for part in phrase.split('…')) for phrase in ordered)})"


def _teaser_cue(phrase: str) -> str:
    """The cue in any case. A colon may be missing before «>», and «>>» may have a space inside."""
    words = re.escape(phrase.rstrip(":>"))
    ending = "" if words and not phrase.endswith(":") else " ?(?::|>(?: ?>)+)" if words else "> ?>"
    return f"(?i:{words}){ending}"
