"""The body of a request as an article."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from app.errors import BadRequestError, UnsupportedMediaError
from app.negotiation import bare_media_type
from app.sparql_protocol import decode_utf8
from extractors.readers import read_bytes, read_record
from extractors.records import Article

TEXT_MEDIA_TYPES = ("application/json", "text/plain", "text/html", "text/markdown")
_ID_CHARS = 16


@dataclass(frozen=True, slots=True)
class About:
    """What a request says of a text beside the text itself; a JSON body says it in its own fields."""

    id: str | None = None
    published: dt.date | None = None
    title: str | None = None
    url: str | None = None


def read_body(body: bytes, content_type: str | None, about: About) -> Article:
    """The article of a JSON object, of plain text, HTML or Markdown; without an id, it gets one from its content.

    Raises:
        BadRequestError, ReadError: the body cannot be read; says why.
        UnsupportedMediaError: it is of another kind.
    """
    media_type = bare_media_type(content_type)
    if media_type not in TEXT_MEDIA_TYPES:
        kinds = ", ".join(TEXT_MEDIA_TYPES)
        raise UnsupportedMediaError(f"A body of type «{media_type or 'none'}» cannot be read. Send one of: {kinds}.")
    if media_type == "application/json":
        return read_record(_json_object(body))
    name = about.id or f"text-{hashlib.sha256(body).hexdigest()[:_ID_CHARS]}"
    return read_bytes(body, media_type, id=name, published=about.published, url=about.url, title=about.title)


def _json_object(body: bytes) -> dict[str, object]:
    try:
        record = json.loads(decode_utf8(body))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadRequestError(f"The body is not JSON: {error.msg} at {place}.") from error
    except ValueError as error:  # Python reads no integer of more than 4,300 digits
        raise BadRequestError("The body is JSON with a number of too many digits.") from error
    except RecursionError as error:
        raise BadRequestError("The body is JSON that is nested too deeply.") from error
    if not isinstance(record, dict):
        raise BadRequestError('The body is JSON, but no object: send {"text": "…", "published": "2026-11-21"}.')
    return record
