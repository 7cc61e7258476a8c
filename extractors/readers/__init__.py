"""Readers: files, folders, request bodies and records in; articles with their sections out, or the reason why not."""

from extractors.readers.decoding import MAX_BYTES
from extractors.readers.files import iter_paths, read_path, read_paths
from extractors.readers.html import HTML_MAX_BYTES
from extractors.readers.media import MEDIA_TYPES, read_bytes, read_record
from extractors.readers.outcomes import ReadError, Unreadable

__all__ = [
    "HTML_MAX_BYTES",
    "MAX_BYTES",
    "MEDIA_TYPES",
    "ReadError",
    "Unreadable",
    "iter_paths",
    "read_bytes",
    "read_path",
    "read_paths",
    "read_record",
]
