"""Compressed files as streams of bounded memory, which end at the damage instead of raising."""

import io
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from backports import zstd

_WINDOW_LOG = 27
"""Largest window of a Zstandard frame, as the power of two of its bytes: 128 MiB, the default of the zstd program."""

_READ_BYTES = 1 << 16
_GZIP_WBITS = zlib.MAX_WBITS | 16  # 16: with the head and the checksum of gzip, says the documentation of zlib


class _Content(Protocol):
    def read1(self, size: int, /) -> bytes:
        """Some bytes, at most `size`; none at the end."""


class _GzipContent:
    """The members of a gzip file, one after another; on many small ones much faster than `gzip.GzipFile`."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting = b""
        self._member: zlib._Decompress | None = None

    def read1(self, size: int, /) -> bytes:
        """Some bytes, at most `size`; none at the end.

        Raises:
            EOFError: the file ends within a member.
            zlib.error: what comes is no gzip.
        """
        while True:
            if not self._waiting:
                self._waiting = self._file.read(_READ_BYTES)
            is_end = not self._waiting
            if self._member is None:
                self._waiting = self._waiting.lstrip(b"\0")  # a file may be filled up with zeros
                if is_end:
                    return b""
                if not self._waiting:
                    continue
                self._member = zlib.decompressobj(_GZIP_WBITS)
            data = self._member.decompress(self._waiting, size)
            self._waiting = self._member.unconsumed_tail
            if self._member.eof:
                self._waiting = self._member.unused_data
                self._member = None
            elif is_end and not data:
                raise EOFError
            if data:
                return data


def _open_zstd(file: BinaryIO) -> _Content:
    return zstd.ZstdFile(file, "rb", options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})


_OPENERS: Mapping[str, Callable[[BinaryIO], _Content]] = {".gz": _GzipContent, ".zst": _open_zstd}
COMPRESSED = tuple(_OPENERS)
"""The ends of names that say that a file is compressed, and how."""


class ContentStream(io.BufferedReader):
    """The decompressed content of a file; `fault` says what is wrong with it, once reading has come to that.

    Opening the file raises OSError; reading raises nothing, but ends.
    """

    def __init__(self, path: Path) -> None:
        opener = _OPENERS.get(path.suffix.lower()) if path.stat().st_size else None  # nothing is no archive
        self._file = path.open("rb")
        self._raw = _UntilFault(opener(self._file) if opener else self._file)
        super().__init__(self._raw, buffer_size=_READ_BYTES)

    @property
    def fault(self) -> str | None:
        """A clause in English, or None where nothing was wrong up to here."""
        return self._raw.fault

    def close(self) -> None:
        """Close the file too."""
        super().close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _UntilFault(io.RawIOBase):
    """Reads until the end or the first fault, whichever comes first."""

    def __init__(self, content: _Content) -> None:
        super().__init__()
        self._content = content
        self._has_read = False
        self.fault: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed asks for a Buffer
        if self.fault:
            return 0
        try:
            data = self._content.read1(len(buffer))
        except EOFError:
            self.fault = "is an archive that is cut off"
        except (zlib.error, zstd.ZstdError) as error:
            state = (
                "is an archive that is damaged" if self._has_read else "is damaged, or not compressed as its name says"
            )
            self.fault = f"{state}: {' '.join(str(error).split())[:200]}"
        except OSError as error:
            self.fault = f"cannot be read: {error.strerror or error}"
        else:
            self._has_read = True
            buffer[: len(data)] = data
            return len(data)
        return 0
