"""From what was pasted or sent to an article; or, in the reader's language, why there is none.

What a reader of files says of a fault may quote the draft: here each fault has a sentence of our own.
"""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from app.catalogues import catalogue
from app.languages import Language
from app.negotiation import bare_media_type
from app.web.draft_forms import DraftForm, SentFile
from extractors.readers import MEDIA_TYPES, read_bytes
from extractors.records import Article

_PLAIN = "text/plain; charset=utf-8"
_BY_SUFFIX: Mapping[str, str] = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".json": "application/json",
}
ACCEPTED = ",".join((*_BY_SUFFIX, *MEDIA_TYPES))
"""What the form lets choose, as the attribute `accept` of a file."""

_PAGE_STARTS = (b"<!doctype html", b"<html")
_HEAD_BYTES = 200


def read_form(form: DraftForm, day: dt.date | None) -> Article:
    """The article of a form: of the file where there is one, else of the text; the day that it states itself wins.

    Raises:
        ReadError: it cannot be read.
    """
    if form.file is None:
        return read_bytes(form.text.encode("utf-8", "surrogatepass"), _PLAIN, id="draft", published=day)
    return read_bytes(form.file.data, _media_type(form.file), id="draft", published=day)


def is_empty(form: DraftForm) -> bool:
    """Whether there is nothing to read."""
    return not (form.file.data if form.file else form.text).strip()


def why_unreadable(reason: str, language: Language) -> str:
    """What is wrong with a draft that cannot be read, and what to do, by the reason that a reader of files gives."""
    gettext = catalogue(language).gettext
    known = (
        (
            r"is an? .*(document|picture|archive)|is gzip|is not text",
            gettext("This is no text but another kind of file: copy the text out of it and paste it here."),
        ),
        (r"time stamp", gettext("The day at the top of it is in no calendar: mend it, then check again.")),
        (
            r"front matter|«(published|date|title|url|publisher|sources|id)»",
            gettext("What stands at the top of it (title, day, address) cannot be read: paste the text alone."),
        ),
        (
            r"HTML in which|elements|attributes",
            gettext("No article was found in this web page: copy its text and paste it here."),
        ),
        (r"JSON|«text»", gettext("This JSON is no article: it must be one object with a field “text”.")),
        (r"lines|bytes, and", gettext("It is longer than any article: check it in parts.")),
        (
            r"UTF|encod|Unicode|surrogate|save",
            gettext("Its letters cannot be read: save it as UTF-8, or paste the text here."),
        ),
    )
    found = (sentence for pattern, sentence in known if re.search(pattern, reason))
    return next(found, gettext("It cannot be read as a text: copy the text out of it and paste it here."))


def _media_type(file: SentFile) -> str:
    """What a file is by its name, else by what the browser says, else by how it begins."""
    named = _BY_SUFFIX.get(PurePosixPath(file.name.lower()).suffix)
    if named is not None:
        return named
    if bare_media_type(file.media_type) in MEDIA_TYPES:
        return file.media_type
    return "text/html" if file.data[:_HEAD_BYTES].lstrip().lower().startswith(_PAGE_STARTS) else "text/plain"
