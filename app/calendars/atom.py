"""A feed in Atom (RFC 4287)."""

import datetime as dt

from lxml import etree  # type: ignore[import-untyped]  # no stubs are published with it

from app.calendars.entries import Entry, Feed
from app.house import PUBLISHER

MEDIA_TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom_feed(feed: Feed) -> bytes:
    """The feed as XML in UTF-8."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set(_LANGUAGE, feed.language)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.about)
    _add(root, "updated", _moment(feed.updated))
    _add(_add(root, "author"), "name", PUBLISHER)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    for entry in feed.entries:
        _add_entry(root, entry)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _add_entry(root: etree._Element, entry: Entry) -> None:
    element = _add(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.updated))
    _add(element, "published", _moment(entry.updated))
    _add(element, "link", rel="alternate", href=entry.address)
    for term, label in entry.categories:
        _add(element, "category", term=term, label=label)
    _add(element, "content", entry.html, type="html")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element


def _moment(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
