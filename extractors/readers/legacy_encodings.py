"""Vietnamese encodings older than Unicode, as they reach us: through the look-alikes of Windows-1252.

Whoever opens TCVN3 or VNI without its font sees «ViÖt Nam» or «Vieät Nam»: each byte as the character that Windows-1252
(or Latin-1) has in its place. That text may arrive as its bytes, or as perfect UTF-8 of the look-alikes. Both are read
here in one way: bytes become their look-alikes first, and tables turn look-alikes into letters.
"""

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.tables import DATA_DIR, Row, read_cited_table

_FOLDER = DATA_DIR / "encodings"
_TABLES = {"TCVN3": "tcvn3.csv", "VNI": "vni.csv", "VISCII": "viscii.csv"}
WINDOWS_1258 = "Windows-1258"
_UNREAD = "\N{LATIN LETTER GLOTTAL STOP}"  # a letter that no syllable has
_CAPITALS_OR_TONED = re.compile(r"[^\W\d_]{2,}")
_SMALL_ASCII = re.compile(r"[a-z]")
_TWO_CAPITALS = re.compile(r"[A-Z][^\W\d_]*[A-Z]")


@dataclass(frozen=True, slots=True)
class LegacyEncoding:
    """An encoding: its name, and the letter (or combining mark) of each look-alike of one or two characters."""

    name: str
    letters: Mapping[str, str]
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_pattern", _compile(self.letters))

    def decode(self, text: str) -> str:
        """The text in Unicode form NFC; what the encoding has no letter for stays as it is.

        TCVN3 has capitals with a tone only in fonts that show all letters as capitals, so that «VIÖT» stands for
        «VIỆT»: words, and lines, of capitals get theirs back.
        """
        letters = self.letters
        look_alikes = unicodedata.normalize("NFC", text)
        read = self._pattern.sub(lambda match: letters.get(match.group(), match.group()), look_alikes)
        decoded = unicodedata.normalize("NFC", read)
        return "\n".join(map(_restore_capitals, decoded.split("\n"))) if self.name == "TCVN3" else decoded

    def decode_strictly(self, text: str) -> str:
        """The text as `decode` reads it, but with «ʔ», which no syllable has, for letters that the encoding lacks."""
        letters = self.letters

        def read(match: re.Match[str]) -> str:
            look_alike = match.group()
            return letters.get(look_alike) or (_UNREAD if look_alike.isalpha() else look_alike)

        return unicodedata.normalize("NFC", self._pattern.sub(read, unicodedata.normalize("NFC", text)))


def _compile(letters: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern that finds look-alikes, two characters before one, and any other character outside ASCII."""
    seconds: dict[str, list[str]] = {}
    for look_alike in letters:
        if len(look_alike) > 1:
            seconds.setdefault(look_alike[0], []).append(look_alike[1])
    pairs = [f"{re.escape(first)}[{re.escape(''.join(rest))}]" for first, rest in seconds.items()]
    controls = re.escape("".join(look_alike for look_alike in letters if len(look_alike) == 1 and look_alike.isascii()))
    return re.compile("|".join([*pairs, f"[{controls}\x80-\U0010ffff]"]))


def to_look_alikes(data: bytes) -> str:
    """Bytes as Windows-1252 shows them; the five that it leaves undefined as the control characters of Latin-1."""
    return data.decode("latin-1").translate(_windows_1252())


@lru_cache(maxsize=1)
def load_legacy_encodings() -> tuple[LegacyEncoding, ...]:
    """TCVN3, VNI and VISCII from data/encodings, and Windows-1258 from Python's own codec.

    Raises:
        TableError: a table is faulty.
    """
    read = tuple(LegacyEncoding(name, _read_letters(file)) for name, file in _TABLES.items())
    return (*read, LegacyEncoding(WINDOWS_1258, _letters_of_windows_1258()))


def find_legacy_encoding(name: str) -> LegacyEncoding | None:
    """The encoding that an input names, such as `x-viet-vni` or `cp1258`, in upper or lower case; None if it is none.

    Raises:
        TableError: a table is faulty.
    """
    own = _own_names().get(name.strip().lower().replace("_", "-"))
    if own is None:
        try:
            own = WINDOWS_1258 if codecs.lookup(name).name == "cp1258" else None
        except (LookupError, ValueError):
            return None
    return next((encoding for encoding in load_legacy_encodings() if encoding.name == own), None)


@lru_cache(maxsize=1)
def _own_names() -> dict[str, str]:
    columns = ("name", "encoding")
    rows = read_cited_table(_FOLDER / "names.csv", columns, sources="sources.csv", required=columns, key=("name",))
    for row in rows:
        if row["encoding"] not in _TABLES:
            raise row.fault(f"«{row['encoding']}» is none of {', '.join(_TABLES)}")
    return {row["name"]: row["encoding"] for row in rows}


def _read_letters(file: str) -> dict[str, str]:
    columns = ("bytes", "letter")
    rows = read_cited_table(_FOLDER / file, columns, sources="sources.csv", required=columns, key=("bytes",))
    letters = {}
    for row in rows:
        data = _parse_bytes(row)
        # an input from Latin-1 has the control characters where one from Windows-1252 has other look-alikes
        letters[to_look_alikes(data)] = letters[data.decode("latin-1")] = row["letter"]
    return letters


def _parse_bytes(row: Row) -> bytes:
    try:
        return bytes.fromhex(row["bytes"])
    except ValueError:
        raise row.fault(f"«{row['bytes']}» is not bytes in hexadecimal figures") from None


def _letters_of_windows_1258() -> dict[str, str]:
    letters = {}
    for byte in range(0x80, 0x100):
        data = bytes([byte])
        letter = data.decode("cp1258", "ignore")
        if letter.isalpha() or unicodedata.combining(letter or " "):
            letters[to_look_alikes(data)] = letters[data.decode("latin-1")] = letter
    return letters


@lru_cache(maxsize=1)
def _windows_1252() -> dict[int, str]:
    return {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}


def _restore_capitals(line: str) -> str:
    if not _TWO_CAPITALS.search(line):
        return line
    if not _SMALL_ASCII.search(line):
        return line.upper()
    return _CAPITALS_OR_TONED.sub(_restore_capital_word, line)


def _restore_capital_word(match: re.Match[str]) -> str:
    word = match.group()
    is_shown_in_capitals = sum(map(str.isupper, word)) > 1 and not any(c.islower() and c.isascii() for c in word)
    return word.upper() if is_shown_in_capitals else word
