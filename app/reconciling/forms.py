"""What one request asks for: one of the fields of the specification, from an address or a form."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args
from urllib.parse import parse_qsl

from app.errors import BadRequestError, UnsupportedMediaError
from app.negotiation import bare_media_type, charset

FORM = "application/x-www-form-urlencoded"
Field = Literal["queries", "query", "extend"]
FIELDS: tuple[Field, ...] = get_args(Field)
_MAX_FIELDS = 20


def read_form(content_type: str | None, body: bytes) -> Mapping[str, str]:
    """The fields of a form.

    Raises:
        UnsupportedMediaError: it is no form in UTF-8.
        BadRequestError: it cannot be read, or a field comes twice.
    """
    if bare_media_type(content_type) != FORM or charset(content_type) not in (None, "utf-8", "utf8"):
        raise UnsupportedMediaError(f"Send queries= or extend= as a form in UTF-8 ({FORM}).")
    try:
        text = body.decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except UnicodeDecodeError as error:
        raise BadRequestError("The form holds bytes that are not UTF-8.") from error
    except ValueError as error:
        raise BadRequestError(
            f"The form has more than {_MAX_FIELDS} fields: send queries= or extend= alone."
        ) from error
    return single(pairs)


def single(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Fields by name.

    Raises:
        BadRequestError: one that matters here comes twice.
    """
    fields: dict[str, str] = {}
    for name, value in pairs:
        if name in fields and name in FIELDS:
            raise BadRequestError(f"Give one {name}=, not several.")
        fields[name] = value
    return fields


def asked_field(fields: Mapping[str, str]) -> tuple[Field, str] | None:
    """The field that says what is wanted, with its value; None where there is none.

    Raises:
        BadRequestError: there are several, or the answer is wanted as a script.
    """
    if "callback" in fields:
        raise BadRequestError("Answers are never scripts (JSONP): leave callback= out and read them by CORS.")
    given = [name for name in FIELDS if name in fields]
    if len(given) > 1:
        raise BadRequestError(f"These are several requests in one: give one of {', '.join(given)}.")
    return (given[0], fields[given[0]]) if given else None
