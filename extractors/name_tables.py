"""The words that names are made of: roles, heads of organisations' names, surnames, and how a syllable is spelt.

The words are rows of `data/lexicon/roles.csv`, `organisation-heads.csv` and `name-parts.csv`.
"""

import importlib.util
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.folding import fold, fold_name
from extractors.records import RoleRank
from extractors.tables import DATA_DIR, Row, TableError, check_sources, read_sources, read_table

RANKS: tuple[RoleRank, ...] = (
    "head-of-state",
    "head-of-government",
    "party-leader",
    "minister",
    "ambassador",
    "other",
)
"""The ranks of roles, highest first."""

ORGANISATION_TYPES = (
    "government",
    "ministry",
    "embassy",
    "friendship-association",
    "parliament",
    "party",
    "agency",
    "military",
    "union",
    "association",
    "organisation",
    "international-organisation",
    "university",
    "institute",
    "bank",
    "company",
    "media",
)
"""What an organisation can be; the ontology (`bg:organisationType`) says what each means."""

_ROLE_KINDS = ("office", "state-office", "local-office", "occupation", "honorific", "modifier", "attribute", "link")
_HEAD_KINDS = ("head", "media", "name", "suffix", "ending")
_ALONE = ("no", "state", "bare", "foreign", "office", "capital", "leader")
_WORD_KINDS = ("field", "region", "place", "particle", "credit", "plural", "attribution")
_NAME_KINDS = ("surname-vi", "surname-zh", "surname-ko", "joined", "clause", "firms", "deed")

_ONSET = "ngh|ng|nh|th|tr|ch|kh|gh|gi|ph|qu|[bcdghklmnprstvx]"
_RIME = "oai|oay|uay|uya|uye|ieu|yeu|uou|uoi|oeo|uyu|ia|ie|ye|iu|ua|uo|ui|uu|uy|ue|oa|oe|oi|eo|eu|ai|ao|au|ay|[aeiouy]"
# «sĩ» and «sỹ», «kĩ» and «kỹ»: after these consonants papers write either letter; Viet74K has mostly «i».
_FINAL_Y = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))
_FINAL_I = re.compile(r"(?<=\b[hklmst])[iìíỉĩị]\b")
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{_RIME})(?:ng|nh|ch|[cmnpt])?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the word tables: `kind` as in the table; the other fields where the table has them."""

    phrase: str
    kind: str
    type: str = ""
    rank: RoleRank = "other"
    country: str = ""
    alone: str = "no"
    has_nested: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """All the word tables, by folded lower-case phrase (bare names of organisations: as written)."""

    phrases: dict[str, Entry]
    names: dict[str, Entry]
    endings: dict[str, Entry]
    surnames: dict[str, frozenset[str]]
    joined: frozenset[str]
    """First parts of names that a dash joins to the next («al-», «Jean-»), in lower case."""
    clause: frozenset[str]
    """Words that no organisation's name has («đã», «theo»): with them the sentence goes on."""
    firms: frozenset[str]
    """Words for firms in general («doanh nghiệp»): what «như» lists after them are names."""
    deeds: frozenset[str]
    """Fields of work that are also what a body does («dự báo», «thông tin»)."""
    longest: dict[str, int]
    """The number of words of the longest phrase that begins with a word."""


@cache
def load_words(folder: Path = DATA_DIR / "lexicon") -> Words:
    """Read and check the three word tables.

    Raises:
        TableError: a row that is unsound, or a source that `sources-names.csv` lacks.
    """
    sources = read_sources(folder / "sources-names.csv")
    phrases: dict[str, Entry] = {}
    names: dict[str, Entry] = {}
    endings: dict[str, Entry] = {}
    surnames: dict[str, set[str]] = {}
    part_columns, part_kinds = ("text", "kind", "sources"), (*_WORD_KINDS, *_NAME_KINDS)
    for row in _rows(folder, "name-parts.csv", part_columns, ("text", "kind"), sources, part_kinds):
        if row["kind"] in _NAME_KINDS:
            surnames.setdefault(row["kind"], set()).add(fold_name(row["text"]))
        else:
            _add(phrases, row, Entry(row["text"], row["kind"]))
    head_columns = ("phrase", "kind", "type", "country", "alone", "nests", "sources")
    for row in _rows(folder, "organisation-heads.csv", head_columns, ("phrase",), sources, _HEAD_KINDS):
        if row["alone"] not in _ALONE:
            raise row.fault(f"«alone» is «{row['alone']}»: use one of {', '.join(_ALONE)}")
        if row["type"] not in ORGANISATION_TYPES:
            raise row.fault(f"«{row['type']}» is no type: use one of {', '.join(ORGANISATION_TYPES)}")
        nested = row["nests"] == "yes"
        entry = Entry(row["phrase"], row["kind"], row["type"], "other", row["country"], row["alone"], nested)
        if row["kind"] == "name":
            names[fold_name(row["phrase"])] = entry
        elif row["kind"] == "ending":
            endings[row["phrase"].lstrip("-")] = entry
        else:
            _add(phrases, row, entry)
    role_columns = ("phrase", "kind", "rank", "serves", "sources")
    for row in _rows(folder, "roles.csv", role_columns, ("phrase",), sources, _ROLE_KINDS):
        if row["rank"] not in RANKS:
            raise row.fault(f"«{row['rank']}» is no rank: use one of {', '.join(RANKS)}")
        _add(phrases, row, Entry(row["phrase"], row["kind"], "", row["rank"], row["serves"]))
    longest: dict[str, int] = {}
    for phrase in (*phrases, *(name.lower() for name in names)):
        first, *others = phrase.split()
        longest[first] = max(longest.get(first, 1), len(others) + 1)
    joined = frozenset(word.lower() for word in surnames.pop("joined", ()))
    clause, firms, deeds = (frozenset(surnames.pop(kind, ())) for kind in ("clause", "firms", "deed"))
    known = {kind: frozenset(found) for kind, found in surnames.items()}
    return Words(phrases, names, endings, known, joined, clause, firms, deeds, longest)


def _rows(
    folder: Path,
    name: str,
    columns: tuple[str, ...],
    key: tuple[str, ...],
    sources: dict[str, Row],
    kinds: Sequence[str],
) -> tuple[Row, ...]:
    rows = read_table(folder / name, columns, required=(columns[0], "kind", "sources"), key=key)
    for row in rows:
        check_sources(row, "sources", sources)
        if row["kind"] not in kinds:
            raise row.fault(f"«{row['kind']}» is no kind: use one of {', '.join(kinds)}")
    return rows


def _add(phrases: dict[str, Entry], row: Row, entry: Entry) -> None:
    phrase = fold_name(entry.phrase)
    if phrase != phrase.lower():
        raise row.fault(f"«{entry.phrase}» is matched without case: write it in lower case")
    # A later table wins: a word that is both a place and a head («trường») reads as the head, a role wins over both;
    # a word that only links («quốc gia») wins over nothing.
    if entry.kind not in ("link", "attribute") or phrase not in phrases:
        phrases[phrase] = entry


@cache
def dictionary() -> frozenset[str]:
    """The words of one to four syllables of Viet74K, the word list inside the underthesea package, folded, lower case.

    Raises:
        TableError: the installed package has no such file.
    """
    spec = importlib.util.find_spec("underthesea")
    path = Path(spec.origin or "").parent / "corpus" / "data" / "Viet74K.txt" if spec else Path("Viet74K.txt")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise TableError(f"{path.name}: underthesea's word list cannot be read ({error.strerror})") from error
    # An empty line between the words: without it folding takes a line in lower case for the end of the one before.
    words = fold("\n\n".join(text.lower().splitlines())).text.split("\n\n")
    known = {word for word in words if word.count(" ") <= 3}
    return frozenset(known | {_FINAL_I.sub(lambda found: _FINAL_Y[found.group()], word) for word in known})


@cache
def is_syllable(word: str) -> bool:
    """Whether a word is spelt like one Vietnamese syllable («Long», «Nguyễn»; not «Trump», «Lee»)."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char))
    return _SYLLABLE.fullmatch(bare.replace("đ", "d")) is not None


def is_surname(word: str, *kinds: str) -> bool:
    """Whether a word is in the tables as a surname, of the given kinds or of any."""
    surnames = load_words().surnames
    word = word.capitalize() if word.isupper() else word
    return any(word in surnames.get(kind, ()) for kind in (kinds or surnames))
