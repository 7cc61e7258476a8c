"""The body of an HTTP message as archives keep it: with its transfer and content encodings taken off."""

import io
from collections.abc import Callable, Mapping

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader, ZstdReader

from extractors.readers.outcomes import ReadError

_READ_BYTES = 1 << 16
_ENCODINGS: Mapping[str, Callable[[io.BytesIO], WarcReader]] = {
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "deflate": lambda body: GzipReader(body, zlib=True),
    "br": BrotliReader,
    "zstd": ZstdReader,
}


def decode_body(body: bytes, source: str, *, transfer: str | None, content: str | None, max_bytes: int) -> bytes:
    """Take off the encodings that the heads `Transfer-Encoding` and `Content-Encoding` name, last one first.

    Many crawlers keep the heads and store the body without its encodings: such a one, recognised by the `<` that pages
    begin with, is left as it is.

    Raises:
        ReadError: an encoding that is not known, a body that is not encoded as its head says, or more than `max_bytes`.
    """
    for name in reversed(_names(transfer)):
        body = _decode(body, source, name, {"chunked": ChunkedReader, **_ENCODINGS}, max_bytes)
    for name in reversed(_names(content)):
        body = _decode(body, source, name, _ENCODINGS, max_bytes)
    return body


def _names(head: str | None) -> list[str]:
    names = [name.strip().lower() for name in (head or "").split(",")]
    return [name for name in names if name not in ("", "identity", "none")]


def _decode(
    body: bytes, source: str, name: str, known: Mapping[str, Callable[[io.BytesIO], WarcReader]], max_bytes: int
) -> bytes:
    if body.lstrip().startswith(b"<"):
        return body
    opener = known.get(name)
    if opener is None:
        raise ReadError(source, f"has the encoding «{name[:80]}», which is not read")
    try:
        with opener(io.BytesIO(body)) as reader:
            return _read_all(reader, source, max_bytes)
    except OSError as error:
        raise ReadError(source, f"has a body that is not «{name}», as its head says: {str(error)[:200]}") from error


def _read_all(reader: WarcReader, source: str, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size_bytes = 0
    while part := reader.read(_READ_BYTES):
        parts.append(part)
        size_bytes += len(part)
        if size_bytes > max_bytes:
            raise ReadError(source, f"has more than {max_bytes:,} bytes")
    return b"".join(parts)
