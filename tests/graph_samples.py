"""A small world for the tests of the graph: a few states, curated facts with their sources, and claims of articles."""

import datetime as dt
from typing import Any

from app.graph.reference import Reference, ReferenceFact, ReferenceSource
from extractors.country_tables import Name, State
from extractors.dates import parse_edtf
from extractors.records import Article, Claim, Extraction, Organisation, Person, Section

LABELS = {
    "VN": ("Việt Nam", "Viet Nam"),
    "AZ": ("Azerbaijan", "Azerbaijan"),
    "BY": ("Belarus", "Belarus"),
    "CL": ("Chile", "Chile"),
    "JP": ("Nhật Bản", "Japan"),
    "RU": ("Nga", "Russia"),
    "SU": ("Liên Xô", "Soviet Union"),
}


def source(key: str, publisher: str) -> ReferenceSource:
    url = f"https://example.org/{key}"
    return ReferenceSource(f"relations-{key}", url, publisher, f"Page {key}", dt.date(2026, 11, 21))


SOURCES = (
    source("embassy", "An embassy"),
    source("agency", "A news agency"),
    source("ministry", "A ministry"),
    ReferenceSource("countries-codes", "https://example.org/codes", "A list of codes", "", dt.date(2026, 11, 21)),
)


def fact(fact_id: str, kind: str, countries: str, date: str, *sources: str, **fields: Any) -> ReferenceFact:
    defaults: dict[str, Any] = dict.fromkeys(("level", "from_country", "to_country", "person", "name", "note"))
    return ReferenceFact(
        id=fact_id,
        type=kind,  # type: ignore[arg-type]  # tests may use any of the types
        countries=tuple(countries.split()),
        date=parse_edtf(date),
        sources=tuple(f"relations-{key}" for key in sources),
        **{**defaults, "standing": "in-force", **fields},
    )


FACTS = (
    fact("established-az-vn", "established", "AZ VN", "1992-09-23", "embassy", "agency"),
    fact("established-jp-vn", "established", "JP VN", "1973-09-21", "ministry"),
    fact("partnership-jp-vn", "partnership", "JP VN", "2023-11-27", "agency", level="comprehensive-strategic"),
    fact(
        "partnership-jp-vn-old", "partnership", "JP VN", "2009-04", "agency", level="strategic", standing="superseded"
    ),
    fact("national-day-vn", "national-day", "VN", "1945-09-02", "ministry", "agency"),
    fact("independence-by", "independence", "BY", "1991", "agency"),
)


def reference(*facts: ReferenceFact) -> Reference:
    states = tuple(
        State(
            code=code,
            status="historical" if code == "SU" else "un-member",
            wikidata=f"Q{number}",
            valid_from=parse_edtf("1922-12-30") if code == "SU" else None,
            valid_to=parse_edtf("1991-12-26") if code == "SU" else None,
            successors=("RU", "AZ", "BY") if code == "SU" else (),
            sources=("codes",),
        )
        for number, code in enumerate(LABELS, start=1)
    )
    names = [
        Name(code, language, "label", label)
        for code in LABELS
        for language, label in zip(("vi", "en"), LABELS[code], strict=True)
    ]
    names += [
        Name("JP", "vi", "short", "Nhật"),
        Name("AZ", "vi", "capital", "Baku"),
        Name("AZ", "vi", "official", "Cộng hoà Azerbaijan"),
    ]
    return Reference(states, tuple(names), facts or FACTS, SOURCES)


TEXT = "Một văn bản của phép thử. " * 40


def claim(kind: str, countries: str, date: str, **fields: Any) -> Claim:
    start = fields.pop("start", 4)
    defaults: dict[str, Any] = {
        "basis": "explicit",
        "start": start,
        "end": start + 20,
        "quote": TEXT[start : start + 20],
        "section": "body",
        "confidence": 0.9,
    }
    codes = tuple(sorted(countries.split()))
    return Claim(type=kind, countries=codes, date=parse_edtf(date), **{**defaults, **fields})  # type: ignore[arg-type]  # as above


def extraction(
    article_id: str,
    *claims: Claim,
    publisher: str | None = None,
    published: str = "2022-05-13",
    people: tuple[Person, ...] = (),
    organisations: tuple[Organisation, ...] = (),
    **fields: Any,
) -> Extraction:
    article = Article(
        id=article_id,
        text=TEXT,
        sections=(Section("body", 0, len(TEXT)),),
        title=f"Bài {article_id}",
        publisher=publisher,
        published_on=dt.date.fromisoformat(published),
        **fields,
    )
    return Extraction(article, claims, (), people, organisations)


EXTRACTIONS = (
    extraction(
        "bai-1",
        claim("established", "AZ VN", "1992-09-23", basis="range"),
        claim("visit", "BY VN", "2023-12", start=40, from_country="BY", to_country="VN", person="R.A. Golovchenko"),
        claim("visit", "AZ VN", "2018-09-08/2018-09-10", start=80, from_country="AZ", to_country="VN"),
        claim("commemoration", "AZ VN", "2022", start=120, name="30 năm"),
        publisher="Báo Một",
        url="https://bao-mot.example/bai-1",
        people=(Person("Anar Imanov", "Đại sứ Azerbaijan tại Việt Nam", "AZ"),),
        organisations=(
            Organisation("Hội hữu nghị Việt Nam - Azerbaijan", "friendship-association", "VN", ("AZ", "VN")),
        ),
    ),
    extraction(
        "bai-2",
        claim("established", "AZ VN", "1992", basis="count"),
        claim("established", "JP VN", "1978", start=60, basis="range", issues=("45 years before 2018 is 1973",)),
        claim("birth", "AZ", "1923-05-10", start=90, person="Heydar Aliyev"),
        publisher="Báo Hai",
        derived_from=("https://example.org/page", "một tờ báo in"),
    ),
    extraction("bai-3", claim("established", "AZ VN", "1992-09-24"), publisher="Báo Ba"),
    extraction("nha", claim("established", "BY VN", "1992-01-24"), publisher="banggiao"),
)
