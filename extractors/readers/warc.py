"""WARC, the format of web archives: the pages among its records as payloads.

Reads WARC 1.0 and 1.1, as FastWARC does (https://resiliparse.chatnoir.eu/en/latest/man/fastwarc.html). `response`,
`resource` and `conversion` records hold pages; `warcinfo`, `request` and `metadata` tell of them and are no inputs.
"""

from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from extractors.readers.articles import Metadata, hash_text, is_web_address
from extractors.readers.compression import ContentStream
from extractors.readers.http_bodies import decode_body
from extractors.readers.languages import may_be_vietnamese
from extractors.readers.outcomes import ReadError, Unreadable
from extractors.readers.payloads import Payload

_NO_INPUTS = WarcRecordType.warcinfo | WarcRecordType.request | WarcRecordType.metadata
_PAGES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_MEDIA_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_HTTP_OK = 200


def iter_records(source: str, stream: ContentStream, max_bytes: int) -> Iterator[Payload | Unreadable]:
    """A payload for every page, named `source@offset` by where its record begins in the decompressed content.

    A page whose record or decoded body has more than `max_bytes` is passed over, with the reason. Of an archive that is
    cut off or damaged, the whole records are read, and one Unreadable stands for the rest.
    """
    count = 0
    records = iter(ArchiveIterator(_Source(stream), parse_http=False, stream_detect=False))
    while True:
        try:
            record = next(records, None)
        except OSError as error:
            yield _rest(source, stream, f"holds something that is no WARC record ({error})", count)
            return
        if record is None:
            break
        count += 1
        try:
            payload = _read_record(record, f"{source}@{record.stream_pos}", max_bytes)
        except _CutOffError:
            yield _rest(source, stream, "is cut off, or holds a record without its true length", count - 1)
            return
        except ReadError as error:
            yield Unreadable(error.source, error.reason)
        else:
            if payload is not None:
                yield payload
    if stream.fault:
        yield _rest(source, stream, stream.fault, count)
    elif not count:
        yield Unreadable(source, "is empty")


class _CutOffError(Exception):
    """A record shorter than its head says, or without a whole head: nothing behind it can be told apart."""


class _Source:
    """What FastWARC needs to read from Python; it panics on an exception, and a ContentStream raises none."""

    def __init__(self, stream: ContentStream) -> None:
        self._stream = stream
        self._offset = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._offset += len(data)
        return data

    def tell(self) -> int:
        return self._offset

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError(f"an archive is read in one go, without seeking ({offset}, {whence})")

    def close(self) -> None:
        self._stream.close()


def _rest(source: str, stream: ContentStream, reason: str, count: int) -> Unreadable:
    """What stands for all that follows the last whole record; a fault of the file is the better reason."""
    return Unreadable(source, f"{stream.fault or reason}; read up to record {count}")


def _read_record(record: WarcRecord, source: str, max_bytes: int) -> Payload | None:
    """The page of one record; None for a record that is no input.

    Raises:
        _CutOffError: the record is not whole.
        ReadError: it holds no page that can be read.
    """
    length_bytes = record.content_length
    if (record.headers.get("Content-Length") or "").strip() != str(length_bytes):
        raise _CutOffError
    if record.record_type & _NO_INPUTS or not record.record_type & _PAGES or length_bytes > max_bytes:
        if record.consume() < length_bytes:
            raise _CutOffError
        if record.record_type & _NO_INPUTS:
            return None
        if not record.record_type & _PAGES:
            raise ReadError(source, f"is a WARC record of the type «{_type_name(record)}», which holds no page")
        raise ReadError(source, f"has {length_bytes:,} bytes, and an article may have {max_bytes:,}")
    return _read_page(record, source, max_bytes)


def _read_page(record: WarcRecord, source: str, max_bytes: int) -> Payload:
    fault: ReadError | None = None
    if record.is_http:
        try:
            record.parse_http()
        except OSError as error:
            fault = ReadError(source, f"has an HTTP head that cannot be read: {error}")
    data = record.reader.read()
    if len(data) < record.content_length:
        raise _CutOffError
    if fault:
        raise fault
    essence, charset = _http_kind(record, source) if record.is_http else _own_kind(record)
    if essence not in _MEDIA_TYPES:
        kind = f"of the media type «{essence[:80]}», which is not read" if essence else "of no stated media type"
        raise ReadError(source, f"is {kind}: an archive's pages are {', '.join(_MEDIA_TYPES)}")
    if record.is_http:
        heads = record.http_headers
        transfer, content = heads.get("Transfer-Encoding"), heads.get("Content-Encoding")
        data = decode_body(data, source, transfer=transfer, content=content, max_bytes=max_bytes)
    if not data:
        raise ReadError(source, "is empty")
    if not may_be_vietnamese(data, charset):
        raise ReadError(source, "is not in Vietnamese")
    return Payload(source, data, f"{essence}; charset={charset}" if charset else essence, _given(record))


def _http_kind(record: WarcRecord, source: str) -> tuple[str, str | None]:
    """Media type and charset of a response.

    Raises:
        ReadError: the response is no answer with a page.
    """
    status = record.http_headers.status_code
    if status != _HTTP_OK:
        raise ReadError(source, f"has the HTTP status {status or 'none'}, not {_HTTP_OK}")
    stated = record.http_content_type or record.headers.get("WARC-Identified-Payload-Type") or ""
    return stated.strip().lower(), record.http_charset


def _own_kind(record: WarcRecord) -> tuple[str, str | None]:
    essence, _, parameters = (record.headers.get("Content-Type") or "").partition(";")
    _, _, charset = parameters.partition("charset=")
    return essence.strip().lower(), charset.partition(";")[0].strip().strip("\"'") or None


def _given(record: WarcRecord) -> Metadata:
    """The address, and an id made of it, so that a page fetched again is the same article."""
    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    return Metadata(id=hash_text(url), url=url) if is_web_address(url) else Metadata()


def _type_name(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Type") or "none")[:40]
