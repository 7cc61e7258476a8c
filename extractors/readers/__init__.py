"""Readers: files, folders, request bodies and records in; articles with their sections out, or the reason why not."""

from extractors.readers.articles import Metadata
from extractors.readers.decoding import MAX_BYTES
from extractors.readers.files import holds_many, iter_paths, iter_payloads, read_path, read_paths
from extractors.readers.html import HTML_MAX_BYTES
from extractors.readers.media import MEDIA_TYPES, read_bytes, read_record
from extractors.readers.outcomes import ReadError, Unreadable
from extractors.readers.payloads import Payload, read_payload
from extractors.readers.recovery import load_encoding_tables

__all__ = [
    "HTML_MAX_BYTES",
    "MAX_BYTES",
    "MEDIA_TYPES",
    "Metadata",
    "Payload",
    "ReadError",
    "Unreadable",
    "holds_many",
    "iter_paths",
    "iter_payloads",
    "load_encoding_tables",
    "read_bytes",
    "read_path",
    "read_paths",
    "read_payload",
    "read_record",
]
