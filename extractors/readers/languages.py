"""Whether bytes can be Vietnamese at all: a test that costs next to nothing, for streams of all the world's pages."""

import codecs
import re

# Letters that hardly any other language has, in UTF-8: Ơ ơ Ư ư (U+01A0, 01A1, 01AF, 01B0), the block from Ạ to ỹ
# (U+1EA0 to U+1EF9), and what they decompose to: combining hook above, horn and dot below (U+0309, 031B, 0323).
# Source: https://www.unicodecharacter.org/U+1EDF and the pages of the other letters there.
_OWN_LETTERS = (*"Ơ ơ Ư ư \u0309 \u031b \u0323".encode().split(), b"\xe1\xba", b"\xe1\xbb")
# Letters shared with Romanian (https://liquisearch.com/romanian_alphabet/special_letters) and Croatian
# (http://www.visitecroatia.com/en/before-your-trip/croatian-language/), which have others beside them.
_SHARED_LETTERS = tuple("Ă ă Đ đ".encode().split())
_FOREIGN_LETTERS = tuple("č ć š ž ș ț ş ţ".encode().split())
_ASCII = bytes(range(128))  # without these a page is a tenth as long, and every search as fast
# The first two bytes of that block, E1 BA and E1 BB, where UTF-8 was taken for Latin-1; «está»» alone proves nothing.
_MISREAD = tuple("áº á»".encode().split())
_SCALARS = frozenset(map(ord, "ĂăĐđƠơƯư\u0309\u031b\u0323")) | frozenset(range(0x1EA0, 0x1EFA))
_REFERENCE = re.compile(rb"&#(?:[xX]0*([0-9A-Fa-f]{2,4})|0*([0-9]{3,4}));?")
_LANGUAGE = re.compile(rb"""<html\b[^>]{0,1000}?\slang\s*=\s*["']?([A-Za-z]{2,3})""", re.IGNORECASE)
_HEAD_BYTES = 8192  # the element html stands at the very start
# What pages in the old Vietnamese encodings say that they are, by Python's names; unknown names count too.
_VIETNAMESE_CHARSETS = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252", "cp1258"})


def may_be_vietnamese(page: bytes, charset: str | None) -> bool:
    """Whether a page of HTML or plain text can hold Vietnamese; `charset` is what its HTTP head declares.

    False only where that is certain enough: there is no letter of Vietnamese, as itself or as a numeric reference, and
    the page neither says that it is Vietnamese nor is in bytes that may be an old Vietnamese encoding. Text without any
    diacritics is not recognised.
    """
    letters = page.translate(None, _ASCII)
    if any(letter in letters for letter in _OWN_LETTERS):
        return True
    if any(letter in letters for letter in _SHARED_LETTERS) and not any(
        letter in letters for letter in _FOREIGN_LETTERS
    ):
        return True
    if all(pair in letters for pair in _MISREAD):
        return True
    if b"&#" in page and any(_is_own_reference(match) for match in _REFERENCE.finditer(page)):
        return True
    language = find_language(page)
    if language == "vi" or page.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return language is None and not _is_utf8(page) and _may_hide_vietnamese(charset)


def find_language(page: bytes) -> str | None:
    """The language that the element html declares, as its first subtag in lower case."""
    match = _LANGUAGE.search(page, 0, _HEAD_BYTES)
    return match[1].decode("ascii").lower() if match else None


def _is_own_reference(match: re.Match[bytes]) -> bool:
    return (int(match[1], 16) if match[1] else int(match[2])) in _SCALARS


def _is_utf8(page: bytes) -> bool:
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _may_hide_vietnamese(charset: str | None) -> bool:
    try:
        return charset is None or codecs.lookup(charset).name in _VIETNAMESE_CHARSETS
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return True
