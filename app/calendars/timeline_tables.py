"""A timeline as a table for spreadsheets: CSV (RFC 4180) with the mark by which they know UTF-8.

One event a row. What a spreadsheet would take for a formula has an apostrophe before it.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping

from app.calendars.evidence import alternatives_line, notes_line, source_line
from app.calendars.texts import plain, spreadsheet_cell
from app.calendars.wording import FeedWords
from app.graph.readmodel import Event
from app.presentation import Presenter

MEDIA_TYPE = "text/csv"
_BETWEEN = " | "
_COLUMNS: Mapping[str, Callable[[Event, FeedWords], object]] = {
    "id": lambda event, _: event.id,
    "type": lambda event, _: event.type,
    "type_label": lambda event, words: words.concept("type", event.type),
    "label": lambda event, words: words.label(event.label),
    "date": lambda event, _: event.date,
    "precision": lambda event, _: event.precision,
    "date_label": lambda event, words: words.date(event.date),
    "countries": lambda event, _: " ".join(one.code for one in event.countries),
    "country_labels": lambda event, words: ", ".join(words.country(one) for one in event.countries),
    "from": lambda event, _: event.from_country,
    "to": lambda event, _: event.to_country,
    "level": lambda event, _: event.level,
    "person": lambda event, _: plain(event.person or ""),
    "name": lambda event, _: plain(event.name or ""),
    "standing": lambda event, _: event.standing,
    "inherited_from": lambda event, words: words.country(event.inherited_from) if event.inherited_from else None,
    "status": lambda event, _: event.status,
    "confidence": lambda event, _: event.confidence,
    "voices": lambda event, _: event.voices,
    "other_dates": alternatives_line,
    "notes": lambda event, _: notes_line(event),
    "sources": lambda event, _: _BETWEEN.join(source_line(one) for one in event.sources),
}
COLUMNS = (*_COLUMNS, "address")
"""Names of the columns: those of the JSON answer with labels beside them; `other_dates` are those of sources that
disagree, `sources` each publisher with title, address and quote, `address` that of the event."""


def timeline_csv(events: Iterable[Event], words: FeedWords, presenter: Presenter) -> bytes:
    """Some events in their order, below the names of the columns."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for event in events:
        cells = [column(event, words) for column in _COLUMNS.values()]
        rows.writerow(_cell(value) for value in (*cells, presenter.link(event.iri)))
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    return spreadsheet_cell("" if value is None else str(value))
