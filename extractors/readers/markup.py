"""HTML before it is read: what holds no text is taken out, and what would exhaust a parser is refused."""

import re

from lxml import etree  # type: ignore[import-untyped]  # no stubs are published with it

from extractors.readers.outcomes import ReadError

MAX_ATTRIBUTES = 2_000
"""Most attributes of one element: libxml2 takes the square of their number (16,000 took 0.6 s, 200,000 ten minutes)."""

MAX_ELEMENTS = 30_000
"""Most elements of one page: trafilatura takes 0.05 to 0.2 ms for each. News pages have some thousands."""

MAX_DEPTH = 255
"""Most elements within one another: libxml2 reads nothing of what comes after a deeper one."""

_SILENT = re.compile(r"<(?:(script|style)(?=[\s/>])|!--)", re.IGNORECASE)
_SILENT_END = {
    "script": re.compile(r"</script(?=[\s/>])", re.IGNORECASE),
    "style": re.compile(r"</style(?=[\s/>])", re.IGNORECASE),
}
_METADATA = re.compile(r"""\stype\s*=\s*["']?application/(?:ld|settings)\+json""", re.IGNORECASE)
_ELEMENT = re.compile(r"<[A-Za-z]")
_LONG_TAG = re.compile(r"""<[A-Za-z](?:[^"'>]|"[^"]*"|'[^']*')*+""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_NAMED_VALUE = re.compile(r"\s[\w:.-]{1,60}\s?=")


def strip_silent(page: str) -> str:
    """The page without its comments, scripts and styles; scripts that hold metadata (JSON-LD) stay.

    What is never closed runs to the end of the page, as the HTML standard has it.
    """
    parts: list[str] = []
    kept = 0  # up to where the page has been dealt with
    opening = _SILENT.search(page)
    while opening:
        end, is_metadata = _silent_end(page, opening)
        if not is_metadata:
            parts.append(page[kept : opening.start()])
            kept = end
        opening = _SILENT.search(page, end)
    return "".join((*parts, page[kept:])) if parts else page


def _silent_end(page: str, opening: re.Match[str]) -> tuple[int, bool]:
    """Where a comment, script or style ends, and whether it is a script with metadata."""
    name = opening[1]
    if name is None:
        closing_at = page.find("-->", opening.start() + 2)  # «<!-->» is a whole comment
        return (closing_at + 3 if closing_at != -1 else len(page)), False
    head_end = page.find(">", opening.end())
    closing = _SILENT_END[name.lower()].search(page, head_end) if head_end != -1 else None
    end = page.find(">", closing.end()) + 1 if closing else 0
    return end or len(page), head_end != -1 and _METADATA.search(page, opening.end(), head_end) is not None


def check_markup(page: str, source: str) -> None:
    """Refuse a page that would take a parser beyond bounds of time or depth.

    Raises:
        ReadError: too many elements or attributes, or elements nested too deep.
    """
    if _count_elements(page) > MAX_ELEMENTS:
        raise ReadError(source, f"has more than {MAX_ELEMENTS:,} elements, which no article has")
    for match in _LONG_TAG.finditer(page):
        tag = match.group()
        if len(tag) <= MAX_ATTRIBUTES:
            continue
        bare = len(_QUOTED.sub(" ", tag).split())
        if max(bare, len(_NAMED_VALUE.findall(tag))) > MAX_ATTRIBUTES:
            raise ReadError(source, f"has an element with more than {MAX_ATTRIBUTES:,} attributes")
    if _is_too_deep(page):
        raise ReadError(source, f"has more than {MAX_DEPTH} elements within one another, which no article has")


def _count_elements(page: str) -> int:
    at_most = page.count("<") - page.count("</")
    return sum(1 for _ in _ELEMENT.finditer(page)) if at_most > MAX_ELEMENTS else at_most


def _is_too_deep(page: str) -> bool:
    """Whether libxml2 stops at a depth; its own count, for it closes some elements by itself."""
    if page.count("<") - page.count("</") <= MAX_DEPTH:
        return False
    parser = etree.HTMLParser(collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        etree.fromstring(page.encode("utf-8"), parser)
    except etree.LxmlError:
        return False  # no element at all, for which the reader has a better reason
    return any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
