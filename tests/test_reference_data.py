"""The shipped tables themselves: complete where they say so, with sources, and counted as data/README.md has it."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.commands.coverage import BEGIN, END
from app.graph.coverage import coverage_table
from app.graph.reference import CONTRADICTING, Reference, ReferenceFact
from app.graph.reference_tables import load_reference
from extractors.dates import first_date

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def shipped() -> Reference:
    return load_reference()


def settled(reference: Reference, kind: str) -> list[ReferenceFact]:
    return [fact for fact in reference.facts if fact.type == kind and fact.standing not in CONTRADICTING]


def living(reference: Reference) -> set[str]:
    return {state.code for state in reference.states if state.valid_to is None}


def codes_beside_viet_nam(rows: Iterable[tuple[str, ...]]) -> set[str]:
    return {code for countries in rows if "VN" in countries for code in countries if code != "VN"}


def test_every_state_has_ties_with_viet_nam_or_says_why_no_date_is_given(shipped: Reference) -> None:
    dated = codes_beside_viet_nam(fact.countries for fact in settled(shipped, "established"))
    gaps = codes_beside_viet_nam(gap.countries for gap in shipped.gaps if gap.type == "established")
    assert living(shipped) - {"VN"} - dated - gaps == set()
    assert dated & gaps == set()


def test_every_state_has_a_national_day_or_says_that_it_has_none(shipped: Reference) -> None:
    days = Counter(fact.countries[0] for fact in settled(shipped, "national-day") if fact.standing == "in-force")
    none = {gap.countries[0] for gap in shipped.gaps if gap.type == "national-day"}
    assert living(shipped) - set(days) - none == set()
    assert [code for code, count in days.items() if count > 1] == []


def test_at_least_300_other_pairs_are_known_to_the_day(shipped: Reference) -> None:
    pairs = {
        fact.countries
        for fact in settled(shipped, "established")
        if "VN" not in fact.countries and fact.date.precision == "day"
    }
    assert len(pairs) >= 300
    assert len({code for pair in pairs for code in pair}) >= 120


def test_predecessors_are_explicit(shipped: Reference) -> None:
    inherited = {fact.id: fact.inherited_from for fact in shipped.facts if fact.inherited_from}
    assert {key: inherited.get(f"established-{key}") for key in ("ru-vn", "cz-vn", "sk-vn", "rs-vn")} == {
        "ru-vn": "SU",
        "cz-vn": "CS",
        "sk-vn": "CS",
        "rs-vn": "YU",
    }
    ended = {fact.countries for fact in shipped.facts if fact.type == "established" and fact.standing == "ended"}
    assert {("SU", "VN"), ("CS", "VN"), ("VN", "YU"), ("DD", "VN")} <= ended


def test_nothing_happened_after_its_page_was_read(shipped: Reference) -> None:
    read = {source.key: source.retrieved for source in shipped.sources}
    late = [
        fact.id
        for fact in shipped.facts
        if not first_date(fact.date).is_yearly
        and first_date(fact.date).earliest > min(read[source] for source in fact.sources)
    ]
    assert late == []


def test_every_page_is_cited_or_named_in_a_note(shipped: Reference) -> None:
    cited = {key for row in (*shipped.facts, *shipped.gaps) for key in row.sources}
    notes = " ".join(row.note or "" for row in (*shipped.facts, *shipped.gaps))
    idle = [
        source.key
        for source in shipped.sources
        if source.key.startswith("relations-")
        and source.key not in cited
        and source.key.removeprefix("relations-") not in notes
    ]
    assert idle == []


def test_a_page_stands_once_and_can_be_opened_by_anyone(shipped: Reference) -> None:
    pages = [source.url for source in shipped.sources if source.key.startswith("relations-")]
    assert [url for url, count in Counter(pages).items() if count > 1] == []
    assert all("." in (urlsplit(url).hostname or "") for url in pages)


def test_the_coverage_that_is_printed_is_that_of_the_tables(shipped: Reference) -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    printed = text.split(BEGIN)[1].split(END)[0].strip()
    assert printed == coverage_table(shipped), "make coverage writes it anew"
