"""A small world for the tests of the checker: events as the graph would give them, without a store."""

from articles import article

from app.checking.checks import findings_of
from app.checking.drafts import read_draft
from app.checking.records import Known
from app.graph.readmodel import Alternative, CountryName, Event, Label, Source
from extractors.dates import parse_edtf


def source(date, publisher="Một tờ báo", *, basis="reference", **fields):
    defaults = dict.fromkeys(("article", "title", "published", "quote"))
    return Source(
        **{**defaults, **fields},
        publisher=publisher,
        url=f"https://example.org/{publisher}",
        basis=basis,
        date=parse_edtf(date),
    )


def event(kind, countries, date, **fields):
    codes = tuple(countries.split())
    defaults = {
        "level": None,
        "status": "confirmed",
        "confidence": 0.99,
        "alternatives": (),
        "sources": (source(date, "Một tờ báo"), source(date, "Một đại sứ quán")),
    }
    return Event(
        id=f"{kind}-{'-'.join(codes)}-{date}",
        iri=f"https://example.org/event/{kind}-{'-'.join(codes)}-{date}",
        type=kind,
        label=Label(f"{kind} {countries}", f"{kind} {countries}"),
        countries=tuple(CountryName(code, Label(code, code)) for code in codes),
        date=parse_edtf(date),
        **{**defaults, **fields},
    )


def alternative(date, *publishers, basis="explicit", issues=()):
    sources = tuple(source(date, publisher, basis=basis, article=publisher) for publisher in publishers)
    return Alternative(parse_edtf(date), issues, sources)


def one_article(date):
    """The sources of an event that only one article tells of."""
    return (source(date, "Một tờ báo", basis="explicit", article="bai-1"),)


EVENTS = (
    event("established", "AZ VN", "1992-09-23"),
    event(
        "established",
        "JP VN",
        "1973-09-21",
        alternatives=(alternative("1978", "Một báo", issues=("count-mismatch: 45 years before 2018 is 1973",)),),
    ),
    event("established", "KR VN", "1992-12-22"),
    event("established", "CU VN", "1960-12-02"),
    event("established", "SU VN", "1950-01-30"),
    event("established", "RU VN", "1950-01-30"),
    event("established", "CN VN", "1950-01-18"),
    event("normalised", "CN VN", "1991-11"),
    event("established", "CL VN", "1971-03-25"),
    event("severed", "CL VN", "1973"),
    event("normalised", "CL VN", "1990"),
    event("established", "FI VN", "1973"),
    event("established", "KH VN", "1967-06-24", alternatives=(alternative("1967-06-08", "Một bộ", basis="reference"),)),
    event("established", "MM VN", "1975-05-28", alternatives=(alternative("1975-05-26", "Một báo"),)),
    event(
        "established", "MZ VN", "1975-06-25", status="single-source", confidence=0.7, sources=one_article("1975-06-25")
    ),
    event("established", "TD VN", "1981", status="single-source", confidence=0.4, sources=one_article("1981")),
    event("established", "BG VN", "1950-02-08"),
    event("established", "CN JP", "1972-09-29"),
    event(
        "established",
        "CN EC",
        "1980-01-02",
        alternatives=(
            alternative("1980-02-01", "Một danh sách", basis="reference", issues=("judged-mistaken: probable slip",)),
        ),
    ),
    event("normalised", "CU US", "2015-07-20"),
    event("normalised", "US VN", "1995-07-12", alternatives=(alternative("1995-07-11", "Một báo"),)),
    event("severed", "CU US", "1961-01-03"),
    event("recognised", "PS VN", "1988-11-19", from_country="VN", to_country="PS"),
    event("partnership", "US VN", "2013", level="comprehensive"),
    event("partnership", "US VN", "2023-09-10", level="comprehensive-strategic"),
    event("partnership", "JP VN", "2009", level="strategic"),
    event("partnership", "JP VN", "2014-03-18", level="other", name="Đối tác chiến lược sâu rộng vì hòa bình"),
    event("partnership", "JP VN", "2023-11-27", level="comprehensive-strategic"),
    event("partnership", "FR VN", "2013", level="strategic"),
    event("partnership", "FR VN", "2024-10-07", level="comprehensive-strategic"),
    event("partnership", "AU VN", "2018-03-15", level="strategic"),
    event("partnership", "AU VN", "2024-03-07", level="comprehensive-strategic"),
    event("partnership", "KR VN", "2009-10-21", level="strategic"),
    event("partnership", "KR VN", "2022-12-05", level="comprehensive-strategic"),
    event("partnership", "MY VN", "2015-08-07", level="strategic"),
    event("independence", "VN", "1945-09-02"),
    event("independence", "DZ", "1962-07-05"),
    event("independence", "IN", "1947-08-15"),
    event("independence", "UZ", "1991-09-01"),
    event("national-day", "ID", "1945-08-17"),
    event("independence", "BY", "1991-08-25", status="single-source", confidence=0.95),
    event("liberation", "VN", "1975-04-30"),
    event("national-day", "VN", "1945-09-02"),
    event("national-day", "LA", "1975-12-02"),
    event("national-day", "JP", "--02-23"),
    event(
        "visit",
        "US VN",
        "2023-09-10/2023-09-11",
        person="Joe Biden",
        from_country="US",
        to_country="VN",
        sources=one_article("2023-09-10/2023-09-11"),
    ),
)


def known(events=EVENTS):
    by_codes = {}
    for one in events:
        codes = tuple(country.code for country in one.countries)
        by_codes[codes] = (*by_codes.get(codes, ()), one)
    return Known(by_codes, {("RU", "VN"): (("SU", "VN"),), ("SU", "VN"): (("RU", "VN"),)})


def findings(text, published=None, **fields):
    """What the checker finds in a text, by the world above."""
    return findings_of(read_draft(article(text, published=published, **fields)), known())


def told(found):
    """Findings as (severity, kind, quote, suggestion), short enough for a table."""
    return [(one.severity, one.kind, one.quote, one.suggestion) for one in found]
