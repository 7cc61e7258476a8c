"""Bytes to text, or a sentence that says why they are none."""

import codecs

from extractors.readers.legacy_encodings import find_legacy_encoding, to_look_alikes
from extractors.readers.outcomes import ReadError
from extractors.readers.recovery import describe_bytes, recover_bytes, recover_text

MAX_BYTES = 20_000_000
"""Largest input that is read, in bytes: a file, a request body, or one line of JSON Lines."""

_BINARY_STARTS = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "gzip-compressed",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
}
# UTF-32 before UTF-16, whose mark it begins with
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def check_size(size_bytes: int, source: str, max_bytes: int) -> None:
    """Refuse what is too large to be an article.

    Raises:
        ReadError: more than `max_bytes`.
    """
    if size_bytes > max_bytes:
        raise ReadError(source, f"has {size_bytes:,} bytes, and an article may have {max_bytes:,}")


def decode_text(data: bytes, source: str, *, declared: str | None = None) -> str:
    """Decode UTF-8, UTF-16 and UTF-32 with their byte order mark, or an old Vietnamese encoding, recognised as such.

    The mark is not part of the text. `declared` is an encoding that the input itself names; it is tried where the bytes
    are not UTF-8. Look-alikes (TCVN3, VNI, VISCII, Windows-1258, mojibake) are turned back into Vietnamese letters, and
    the text in Unicode form NFC is the text as given, to which all offsets refer.

    Raises:
        ReadError: a known binary format, a NUL, broken UTF-8 (with the byte's place), text in an old encoding that
            cannot be turned back whole (with its name), or nothing but white space.
    """
    for start, name in _BINARY_STARTS.items():
        if data.startswith(start):
            raise ReadError(source, f"is {name}, not text")
    mark, encoding = next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        if declared is not None:
            text = _decode_as_declared(data, source, declared)
        else:
            text = _decode_undeclared(data, source, error, encoding, len(mark))
    check_text(text, source)
    return recover_text(text, source)


def check_text(text: str, source: str) -> None:
    """Refuse text that holds nothing to read, or characters that no text has.

    Raises:
        ReadError: empty, white space only, a NUL, or half of a surrogate pair (which JSON can smuggle in).
    """
    if not text:
        raise ReadError(source, "is empty")
    if not text.strip():
        raise ReadError(source, "holds white space only")
    if "\0" in text:
        raise ReadError(source, f"is not text: there is a NUL at character {text.index(chr(0))}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(source, f"holds half of a surrogate pair at character {error.start}") from error


def _decode_undeclared(data: bytes, source: str, error: UnicodeDecodeError, encoding: str, mark_bytes: int) -> str:
    if not mark_bytes:
        recovered = recover_bytes(data)
        if recovered is not None:
            return recovered
    place = error.start + mark_bytes
    reason = f"is not {encoding.upper()} at byte {place} (0x{data[place]:02X})"
    likeness = "" if mark_bytes else describe_bytes(data)
    raise ReadError(source, f"{reason}{likeness and f', {likeness}'}: save it as UTF-8") from error


def _decode_as_declared(data: bytes, source: str, declared: str) -> str:
    legacy = find_legacy_encoding(declared)
    if legacy is not None:
        return legacy.decode(to_look_alikes(data))
    try:
        return data.decode(declared)
    except LookupError as error:
        reason = f"is not UTF-8, and declares the unknown encoding «{declared}»"
        return _recover_or_refuse(data, source, reason, error)
    except (UnicodeError, ValueError) as error:
        reason = f"is neither UTF-8 nor the encoding «{declared}» that it declares"
        return _recover_or_refuse(data, source, reason, error)


def _recover_or_refuse(data: bytes, source: str, reason: str, error: Exception) -> str:
    recovered = recover_bytes(data)
    if recovered is None:
        likeness = describe_bytes(data)
        raise ReadError(source, f"{reason}{likeness and f', and {likeness}'}") from error
    return recovered
