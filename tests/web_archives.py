"""Web archives for tests: WARC records made by hand, so that they can be wrong in every way. All pages are our own."""

import gzip
from collections.abc import Iterable

from backports import zstd

PAGE = (
    '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Tình bạn | Báo Thử</title>'
    '<meta property="article:published_time" content="2024-03-05T09:10:00+07:00"></head>'
    "<body><article><h1>Tình bạn qua những lá thư</h1>"
    "<p>Suốt ba mươi năm, hai người thầy ở hai đất nước vẫn đều đặn viết thư cho nhau mỗi mùa xuân.</p>"
    "<p>Việt Nam và Na Uy thiết lập quan hệ ngoại giao ngày 25/11/1971.</p></article></body></html>"
).encode()


def http_answer(body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", *heads: str) -> bytes:
    """An HTTP response as it stands in a record."""
    lines = (f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), *heads, "", "")
    return "\r\n".join(lines).encode() + body


def warc_record(
    block: bytes,
    url: str = "",
    type: str = "response",  # noqa: A002 - the name that the format gives it
    kind: str = "application/http; msgtype=response",
    length: int | None = None,
) -> bytes:
    """A record; `length` is what its head says, where that is wrong."""
    heads = [
        "WARC/1.0",
        f"WARC-Type: {type}",
        "WARC-Record-ID: <urn:uuid:2f1a0f3e-0000-4000-8000-000000000000>",
        "WARC-Date: 2024-03-06T01:02:03Z",
        *([f"WARC-Target-URI: {url}"] if url else []),
        f"Content-Type: {kind}",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join([*heads, "", ""]).encode() + block + b"\r\n\r\n"


WARCINFO = warc_record(b"software: test\r\n", type="warcinfo", kind="application/warc-fields")


def page_record(number: int, page: bytes = PAGE) -> bytes:
    """The record of a page of its own address."""
    return warc_record(http_answer(page), f"https://example.org/tin/{number}")


def compress(records: Iterable[bytes], suffix: str) -> bytes:
    """An archive, each record compressed by itself as the format wants it; `suffix` is `.gz`, `.zst` or nothing."""
    packers = {".gz": gzip.compress, ".zst": zstd.compress, "": bytes}
    return b"".join(packers[suffix](record) for record in records)
