"""A feed in JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from app.calendars.entries import Entry, Feed
from app.house import PUBLISHER

MEDIA_TYPE = "application/feed+json"
_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON in UTF-8."""
    document = {
        "version": _VERSION,
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": [{"name": PUBLISHER}],
        "items": [_item(entry, feed.language) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _item(entry: Entry, language: str) -> dict[str, Any]:
    moment = entry.updated.isoformat()
    return {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": moment,
        "date_modified": moment,
        "tags": [label for _, label in entry.categories],
        "language": language,
    }
