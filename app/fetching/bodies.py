"""Bodies of bounded size: counted as they arrive, and again as they are decompressed."""

import zlib
from collections.abc import Iterable, Iterator

from app.fetching.errors import NotFetchedError

GZIP_START = b"\x1f\x8b"

_GZIP_WINDOW = 16 + zlib.MAX_WBITS  # zlib's way to say: gzip, and nothing else
_PIECE_BYTES = 1 << 16


def limit(pieces: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    """The pieces as they come.

    Raises:
        NotFetchedError: they are more than `max_bytes` together.
    """
    count = 0
    for piece in pieces:
        count += len(piece)
        if count > max_bytes:
            raise NotFetchedError(f"has more than {max_bytes:,} bytes")
        yield piece


def cut(pieces: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    """The first `max_bytes` of the pieces; what follows is not asked for."""
    left = max_bytes
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def decompress(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The content of gzip members, in pieces of bounded size however much one byte expands to.

    Raises:
        NotFetchedError: it is damaged, or ends in the middle.
    """
    member = zlib.decompressobj(_GZIP_WINDOW)
    is_begun = False
    for piece in pieces:
        rest = piece
        while rest:
            if member.eof:
                member = zlib.decompressobj(_GZIP_WINDOW)
            is_begun = True
            try:
                content = member.decompress(rest, _PIECE_BYTES)
            except zlib.error as error:
                raise NotFetchedError(f"is compressed and damaged ({error})") from error
            rest = member.unused_data if member.eof else member.unconsumed_tail
            if content:
                yield content
    if is_begun and not member.eof:
        raise NotFetchedError("is compressed, and ends in the middle")
