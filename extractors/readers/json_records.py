"""Articles as JSON: one object with `text` and, where known, `id`, `url`, `title`, `published`, `publisher`."""

import json
from collections.abc import Mapping

from extractors.readers.articles import Metadata, build_article, find_address, find_day, find_text
from extractors.readers.outcomes import ReadError
from extractors.records import Article


def read_object(source: str, record: Mapping[str, object], given: Metadata) -> Article:
    """Read an article from the fields of one object; null and blank fields count as missing, others are passed over.

    Raises:
        ReadError: no text, a field of the wrong kind, or a published day that no calendar has.
    """
    text = record.get("text")
    if text is None:
        raise ReadError(source, "has no «text»")
    if not isinstance(text, str):
        raise ReadError(source, f"«text» must be text, not {type(text).__name__}")
    own = Metadata(
        id=find_text(record, "id", source),
        title=find_text(record, "title", source),
        url=find_address(record, "url", source),
        publisher=find_text(record, "publisher", source),
        published_on=find_day(record, "published", source),
    )
    return build_article(source, text, own, given)


def parse_object(source: str, text: str) -> dict[str, object]:
    """Parse one JSON object.

    Raises:
        ReadError: not JSON, or JSON that is no object.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(source, f"is not JSON: {str(error)[:200]}") from error
    if not isinstance(value, dict):
        raise ReadError(source, f"is JSON, but no object: {type(value).__name__}")
    return value
