"""One function a question: a query of app/queries on a store, its rows read into the records of the read model."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, Triple

from app.errors import NotFoundError
from app.graph.building import country_names
from app.graph.reading import read_article, read_country, read_events, read_gaps
from app.graph.readmodel import ArticleView, CountryName, CountryView, Counts, Event, GapView, Label
from app.graph.statements import Statements
from app.graph.store import GraphStore, Term, named_query
from app.graph.vocabulary import BASE, article_key, kind_and_key, pair_key, thing
from app.windows import years_of_window

Selector = OneOf["bg:pair", "bg:subject", "bg:country", "bg:monthDay", "bg:month", "bg:precision", "dcterms:identifier"]
"""The properties by which events are selected; each is a direct look-up."""

_DAYS_OF_LEAP_YEAR = 366


def events_by(store: GraphStore, selector: Selector, value: Term) -> tuple[Event, ...]:
    """Events that have a value of a property; sorted by date, then id."""
    # The text is made of our own words only; what comes from outside is substituted as a term.
    query = named_query("events").replace("bg:pair ?what", f"{selector} ?what")
    return read_events(Statements(store.select(query, {"what": value})))


def events_of_pair(store: GraphStore, a: str, b: str) -> tuple[Event, ...]:
    """Events of two states, by their codes in either order."""
    return events_by(store, "bg:pair", thing("pair", pair_key(a, b)))


def gaps_of_pair(store: GraphStore, a: str, b: str) -> tuple[GapView, ...]:
    """What is known of events of two states that no table dates."""
    return read_gaps(Statements(store.select(named_query("gaps-of-pair"), {"what": thing("pair", pair_key(a, b))})))


def events_of_country(store: GraphStore, code: str) -> tuple[Event, ...]:
    """Events of a state, alone or with others."""
    return events_by(store, "bg:country", thing("country", code))


def event_by_id(store: GraphStore, event_id: str) -> Event:
    """The event of an id such as `established-AZ-VN`.

    Raises:
        NotFoundError: there is none.

    """
    events = events_by(store, "dcterms:identifier", Literal(event_id))
    if not events:
        raise NotFoundError(f"There is no event «{event_id}».")
    return events[0]


def events_on_days(store: GraphStore, month_days: Iterable[str]) -> tuple[Event, ...]:
    """Events known to the day, of any year, by keys such as `09-23`; in the order of the keys."""
    # A look at the index first: most days of the year have no event, and the whole query takes ten times as long.
    days = (Literal(day) for day in month_days)
    taken = [day for day in days if store.select(named_query("event-ids"), {"what": day})]
    return tuple(event for day in taken for event in events_by(store, "bg:monthDay", day))


def events_of_months(store: GraphStore, months: Iterable[int]) -> tuple[Event, ...]:
    """Events known to the month only, by month (1 to 12)."""
    return tuple(event for month in months for event in events_by(store, "bg:month", Literal(f"{month:02}")))


def events_of_years(store: GraphStore) -> tuple[Event, ...]:
    """Events known to the year only."""
    return events_by(store, "bg:precision", Literal("year"))


def events_in_window(store: GraphStore, first: dt.date, last: dt.date) -> tuple[Event, ...]:
    """Events whose anniversaries can fall from `first` to `last`, both included: by day, by month, and by year.

    Those known to the year only are left out of windows that stand for no year (see `years_of_window`).
    """
    span = min((last - first).days + 1, _DAYS_OF_LEAP_YEAR)
    days = [first + dt.timedelta(days=offset) for offset in range(span)]
    keys = dict.fromkeys(f"{day:%m-%d}" for day in days)
    if "02-28" in keys:
        keys["02-29"] = None  # kept on the 28th in common years
    months = dict.fromkeys(day.month for day in days)
    years = events_of_years(store) if years_of_window(first, last) else ()
    return events_on_days(store, keys) + events_of_months(store, months) + years


def article_by_id(store: GraphStore, article_id: str) -> ArticleView:
    """The article of an id, or of the key in its IRI.

    Raises:
        NotFoundError: there is none.

    """
    node = thing("article", article_key(article_id))
    said = Statements(store.select(named_query("article"), {"article": node}))
    if node.value not in said:
        raise NotFoundError(f"There is no article «{article_id}».")
    return read_article(said, node.value)


def country_by_code(store: GraphStore, code: str) -> CountryView:
    """The state of a code.

    Raises:
        NotFoundError: there is none.

    """
    node = thing("country", code)
    said = Statements(store.select(named_query("statements"), {"node": node}))
    if node.value not in said:
        raise NotFoundError(f"There is no state with the code «{code}».")
    return read_country(said, node.value)


def countries(store: GraphStore) -> tuple[CountryName, ...]:
    """All states, by code."""
    names = country_names(store)
    codes = sorted({code for code, _ in names})
    return tuple(
        CountryName(code, Label(names.get((code, "vi"), code), names.get((code, "en"), code))) for code in codes
    )


def pairs_of_country(store: GraphStore, code: str) -> tuple[str, ...]:
    """Keys such as `AZ-VN` of the pairs of a state that have an event, sorted."""
    rows = store.select(named_query("pairs-of-country"), {"country": thing("country", code)})
    return tuple(sorted(kind_and_key(row["pair"].value)[1] for row in rows))


def describe(store: GraphStore, iri: str) -> tuple[Triple, ...]:
    """Every statement about a thing of the graph, in any of its named graphs, sorted; none for an unknown thing."""
    rows = store.select(named_query("statements"), {"node": NamedNode(iri)}) if iri.startswith(BASE) else ()
    return tuple(sorted({Triple(row["node"], row["property"], row["value"]) for row in rows}, key=str))


def counts(store: GraphStore) -> Counts:
    """How much the graph holds."""
    row = store.select(named_query("counts"))[0]
    return Counts(**{name: int(row[name].value) for name in ("articles", "claims", "events", "pairs", "states")})
