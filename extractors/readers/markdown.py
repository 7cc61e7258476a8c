"""Markdown with YAML front matter (`title`, `published` or `date`, `url`, `publisher`, `sources`)."""

import re
from collections.abc import Mapping
from dataclasses import replace

import yaml
from frontmatter.default_handlers import YAMLHandler

from extractors.readers.articles import Metadata, build_article, find_address, find_day, find_text, is_web_address
from extractors.readers.outcomes import ReadError
from extractors.records import Article

MAX_FRONT_MATTER_CHARS = 65_536
"""Longest front matter, in code points: metadata fits easily, and a YAML parser takes its time over more."""

_BOUNDARY = re.compile(r"^-{3,}[ \t]*\r?$", re.MULTILINE)  # as python-frontmatter's, but it stays on its line


def read_markdown(source: str, text: str, given: Metadata) -> Article:
    """Read a Markdown text; offsets refer to the whole file, in which the front matter is boilerplate.

    Raises:
        ReadError: front matter that is no YAML or has faulty fields, or no text below it.
    """
    fields, front_end = _split_front_matter(source, text)
    if front_end and not text[front_end:].strip():
        raise ReadError(source, "has front matter and no text below it")
    day = find_day(fields, "published", source) or find_day(fields, "date", source)
    own = Metadata(
        title=find_text(fields, "title", source),
        url=find_address(fields, "url", source),
        publisher=find_text(fields, "publisher", source),
        published_on=day,
        derived_from=_source_addresses(fields, source),
    )
    article = build_article(source, text, own, given, front_end=front_end)
    if own.title or given.title or article.title is None:
        return article
    return replace(article, title=article.title.lstrip("#").strip() or None)


def _split_front_matter(source: str, text: str) -> tuple[Mapping[str, object], int]:
    """The fields and the offset at which the front matter ends; (nothing, 0) where the text has none."""
    if not _BOUNDARY.match(text):
        return {}, 0
    marks = _BOUNDARY.finditer(text)
    opening, closing = next(marks, None), next(marks, None)
    if opening is None or closing is None:
        return {}, 0  # a rule across the page, not the start of front matter
    if closing.start() > MAX_FRONT_MATTER_CHARS:
        raise ReadError(source, f"has front matter of more than {MAX_FRONT_MATTER_CHARS:,} characters")
    try:
        # the loader written in Python: the default one, in C, overflows its stack on deep nesting and ends the process
        fields = YAMLHandler().load(text[opening.end() : closing.start()], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ReadError(source, f"has front matter that is no YAML: {reason}") from error
    return (fields, closing.end()) if isinstance(fields, dict) else ({}, 0)


def _source_addresses(fields: Mapping[str, object], source: str) -> tuple[str, ...]:
    value = fields.get("sources")
    addresses = [value] if isinstance(value, str) else value
    if addresses is None:
        return ()
    if not isinstance(addresses, list) or not all(isinstance(item, str) and is_web_address(item) for item in addresses):
        raise ReadError(source, "«sources» must be a list of web addresses")
    return tuple(addresses)
