"""Articles made in a test: one body section, or sections given by kind."""

import datetime as dt

from extractors.records import Article, Section


def article(text, *, published=None, title=None, sections=None, name="test"):
    """An article of `text`; `sections` are (kind, part of the text) pairs, by default all is body."""
    found = []
    for kind, part in sections or (("body", text),):
        start = text.index(part)
        found.append(Section(kind, start, start + len(part)))
    day = dt.date.fromisoformat(published) if published else None
    return Article(name, text, tuple(found), title=title, published_on=day)
