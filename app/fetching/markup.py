"""XML of strangers: decoded once, its root recognised, and refused where it declares entities.

Read with expat, which fetches nothing by itself, in one pass and without a tree. Entities that a document declares
are how it reaches for files and addresses, or grows from a thousand bytes to a thousand million; no feed, sitemap or
page needs any.
"""

import codecs
import re
from xml.parsers import expat

from app.fetching.errors import NotFetchedError

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_PLAIN_CODECS = re.compile(r"utf-(?:8|16|16-le|16-be|32|32-le|32-be)|ascii|iso8859-\d+|cp125\d")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD_BYTES = 400


class _FoundError(Exception):
    """Ends the reading of a document: what was looked for is there."""


def normalise_encoding(data: bytes, charset: str | None) -> bytes:
    """The document in UTF-8 without byte order mark, whatever it came in; bytes that are broken become U+FFFD.

    The mark wins, then the charset of HTTP, then the XML declaration, which stays as it was and counts no more.

    Raises:
        NotFetchedError: the encoding is none that text on the web has.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace").encode("utf-8")
    declared = _DECLARED.match(data[:_HEAD_BYTES].lstrip())
    name = charset or (declared[1].decode("ascii") if declared else "utf-8")
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = ""
    if not _PLAIN_CODECS.fullmatch(codec):
        raise NotFetchedError(f"is in the unknown encoding «{name[:40]}»")
    return data.decode(codec, "replace").encode("utf-8")


def make_parser() -> expat.XMLParserType:
    """A parser for UTF-8 that refuses declared entities, and passes over the names that HTML has for characters.

    Names come as `namespace name`, or `name` where there is no namespace.
    """
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.UseForeignDTD(True)  # an unknown &nbsp; is skipped, and no fault; nothing is loaded for it
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.buffer_text = True

    def refuse(name: str, *_: object) -> None:
        raise NotFetchedError(f"is XML that declares an entity («{name[:40]}»): it is not read")

    parser.EntityDeclHandler = refuse
    return parser


def find_root(data: bytes) -> str | None:
    """The local name of the root element of a document in UTF-8, or of its beginning; None where there is none.

    Raises:
        NotFetchedError: it declares an entity.
    """
    parser = make_parser()
    found: list[str] = []

    def see(name: str, _: object) -> None:
        found.append(name.rpartition(" ")[2])
        raise _FoundError

    parser.StartElementHandler = see
    try:
        parser.Parse(data.lstrip(), False)  # it may be the beginning only
    except _FoundError:
        return found[0]
    except expat.ExpatError:
        return None
    return None
