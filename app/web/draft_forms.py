"""What the form of /check sends: a text, or a file with its name, and a day. All of it stays in memory."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.errors import BadRequestError, UnsupportedMediaError
from app.negotiation import bare_media_type

_FORM = "multipart/form-data"
_MAX_FILES, _MAX_FIELDS = 4, 16


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as a browser sends it: its name, the media type that the browser takes it for, and its bytes."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class DraftForm:
    """The fields of the form; `file` is None where none was chosen."""

    text: str = ""
    on: str = ""
    file: SentFile | None = None


def parse_draft_form(content_type: str | None, body: bytes) -> DraftForm:
    """The fields in a body, which is small enough to be held; not to be called in an event loop.

    Raises:
        BadRequestError: it cannot be parsed, or has more fields than the form; the message quotes nothing of it.
        UnsupportedMediaError: it is no form.
    """
    if bare_media_type(content_type) != _FORM:
        raise UnsupportedMediaError(f"A draft is sent as {_FORM}, as the form at /check does; programs ask /api/check.")
    try:
        fields = asyncio.run(_parse(content_type or "", body))
    except MultiPartException as error:
        raise BadRequestError(f"The form cannot be read: {error.message}") from None
    return DraftForm(_text(fields, "text"), _text(fields, "on").strip(), _file(fields))


async def _parse(content_type: str, body: bytes) -> FormData:
    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    headers = Headers({"content-type": content_type})
    # a part is never larger than the body, and a file never large enough to be put on the disk
    limit_bytes = len(body) + 1
    parser = MultiPartParser(headers, whole(), max_files=_MAX_FILES, max_fields=_MAX_FIELDS, max_part_size=limit_bytes)
    parser.spool_max_size = limit_bytes
    return await parser.parse()


def _text(fields: FormData, name: str) -> str:
    """A field as it was typed: browsers send CR LF for each line end."""
    value = fields.get(name)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def _file(fields: FormData) -> SentFile | None:
    value = fields.get("file")
    if not isinstance(value, UploadFile):
        return None
    with value.file as file:
        data = file.read()
    # without a choice, browsers send an empty file without a name
    return SentFile(value.filename or "", value.content_type or "", data) if value.filename or data else None
