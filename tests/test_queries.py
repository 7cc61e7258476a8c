"""Every example query of ontology/queries gives its answer on a small world, and some answer on the shipped data."""

import re
import time

import pytest
from graph_samples import EXTRACTIONS, FACTS, fact, reference

from app.example_queries import QUERIES_DIR, ExampleQuery, example_queries
from app.graph.building import update_graph
from app.graph.lookups import events_of_pair
from app.graph.snapshots import open_snapshot
from app.graph.store import EmbeddedStore
from app.graph.vocabulary import BG

# Beside the small world that all tests of the graph share: breaks, an upgrade in a round year, other pairs, a heir.
WORLD = (
    *FACTS,
    fact("established-cl-vn", "established", "CL VN", "1971-03-25", "ministry", "agency"),
    fact("severed-cl-vn", "severed", "CL VN", "1973-09", "agency", standing="ended"),
    fact("normalised-cl-vn", "normalised", "CL VN", "1990-09-04", "ministry"),
    fact("severed-by-cl", "severed", "BY CL", "1995-02-01", "agency"),
    fact("established-by-cl", "established", "BY CL", "1992-09-23", "agency"),
    fact("established-ru-vn", "established", "SU VN", "1950-01-24", "ministry", "embassy"),
    fact("partnership-az-vn", "partnership", "AZ VN", "2022-09", "agency", level="strategic"),
    fact("established-cl-jp", "established", "CL JP", "1977-05-05", "agency"),
    fact("national-day-cl", "national-day", "CL", "1810-09-18", "agency", occasion="independence"),
    fact("national-day-by", "national-day", "BY", "1944-07-03", "agency", occasion="liberation"),
)

# «...» stands for a confidence, which is a matter of fusion.
ANSWERS = {
    "anniversaries-in-a-month": [
        ("09-23", "35", "Belarus và Chile thiết lập quan hệ ngoại giao"),
        ("09-23", "35", "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao"),
        ("09-02", "82", "Quốc khánh Việt Nam"),
        ("09-04", "37", "Việt Nam và Chile bình thường hoá quan hệ"),
        ("09-18", "217", "Quốc khánh Chile"),
        ("09-21", "54", "Việt Nam và Nhật Bản thiết lập quan hệ ngoại giao"),
    ],
    "busiest-years": [
        ("1992", "3"),
        ("1950", "1"),
        ("1971", "1"),
        ("1973", "1"),
        ("1977", "1"),
    ],
    "claims-against-curated-data": [
        ("established-AZ-VN", "1992-09-23", "1992-09-24", "Báo Ba", "văn bản của phép thử", None),
        ("established-JP-VN", "1973-09-21", "1978", "Báo Hai", "bản của phép thử. Mộ", "45 years before 2018 is 1973"),
    ],
    "disagreements": [
        ("established-AZ-VN", "status-confirmed", "1992-09-23", "1992-09-24", "Báo Ba", None),
        ("established-JP-VN", "status-single-source", "1973-09-21", "1978", "Báo Hai", "45 years before 2018 is 1973"),
    ],
    "first-ties-by-year": [
        ("1950", "1", "SU"),
        ("1971", "1", "CL"),
        ("1973", "1", "JP"),
        ("1992", "2", "AZ BY"),
    ],
    "how-many-of-each-type": [
        ("Thiết lập quan hệ ngoại giao", "7", "3"),
        ("Quan hệ đối tác", "3", "0"),
        ("Quốc khánh", "3", "1"),
        ("Chuyến thăm", "2", "0"),
        ("Cắt đứt quan hệ", "2", "0"),
        ("Bình thường hoá quan hệ", "1", "0"),
        ("Ngày sinh", "1", "0"),
        ("Độc lập", "1", "0"),
    ],
    "known-only-to-the-month": [
        ("severed-CL-VN-1973", "1973-09", "month"),
        ("independence-BY-1991", "1991", "year"),
        ("partnership-strategic-JP-VN", "2009-04", "month"),
        ("partnership-strategic-AZ-VN", "2022-09", "month"),
        ("visit-BY-VN-2023-12-r-a-golovchenko", "2023-12", "month"),
    ],
    "national-days-this-month": [
        ("09-02", "Việt Nam", None),
        ("09-18", "Chile", "độc lập"),
    ],
    "partners-by-level": [
        ("đối tác chiến lược", "Azerbaijan", "2022-09"),
        ("đối tác chiến lược toàn diện", "Nhật Bản", "2023-11-27"),
    ],
    "predecessors-and-what-they-left": [
        ("SU", "Liên Xô", "1991-12-26", "AZ BY RU", "1"),
    ],
    "round-anniversaries-of-a-year": [
        ("05-05", "50", "Chile và Nhật Bản thiết lập quan hệ ngoại giao"),
    ],
    "same-day-in-many-pairs": [
        ("01-24", "2", "Việt Nam và Belarus thiết lập quan hệ ngoại giao; Việt Nam và Liên Xô thiết lập quan hệ ngoại giao"),
    ],
    "severed-and-not-restored": [
        ("BY-CL", "1995-02-01"),
    ],
    "severed-and-restored": [
        ("CL-VN", "1973-09", "1990-09-04", "16"),
    ],
    "single-source": [
        ("severed-CL-VN-1973", "1973-09", "A news agency"),
        ("established-JP-VN", "1973-09-21", "A ministry"),
        ("established-CL-JP", "1977-05-05", "A news agency"),
        ("normalised-CL-VN-after-1973", "1990-09-04", "A ministry"),
        ("independence-BY-1991", "1991", "A news agency"),
        ("established-BY-VN", "1992-01-24", "banggiao"),
        ("established-BY-CL", "1992-09-23", "A news agency"),
        ("severed-BY-CL-1995", "1995-02-01", "A news agency"),
        ("partnership-strategic-JP-VN", "2009-04", "A news agency"),
        ("visit-AZ-VN-2018-09-08", "2018-09-08", "Báo Một"),
        ("partnership-strategic-AZ-VN", "2022-09", "A news agency"),
        ("partnership-comprehensive-strategic-JP-VN", "2023-11-27", "A news agency"),
        ("visit-BY-VN-2023-12-r-a-golovchenko", "2023-12", "Báo Một"),
    ],
    "sources-by-facts": [
        ("A news agency", "13", "1"),
        ("A ministry", "5", "1"),
        ("An embassy", "2", "1"),
    ],
    "states-and-their-names": [
        ("AZ", "Azerbaijan", "Azerbaijan"),
        ("BY", "Belarus", "Belarus"),
        ("CL", "Chile", "Chile"),
        ("JP", "Nhật Bản", "Japan"),
        ("RU", "Nga", "Russia"),
        ("SU", "Liên Xô", "Soviet Union"),
        ("VN", "Việt Nam", "Viet Nam"),
    ],
    "states-in-wikidata": [
        ("VN", "http://www.wikidata.org/entity/Q1", "5"),
        ("CL", "http://www.wikidata.org/entity/Q4", "3"),
        ("BY", "http://www.wikidata.org/entity/Q3", "2"),
        ("JP", "http://www.wikidata.org/entity/Q5", "2"),
        ("AZ", "http://www.wikidata.org/entity/Q2", "1"),
        ("SU", "http://www.wikidata.org/entity/Q7", "1"),
        ("RU", "http://www.wikidata.org/entity/Q6", "0"),
    ],
    "timeline-of-a-pair": [
        ("established-AZ-VN", "1992-09-23", "day", "status-confirmed", ..., "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao"),
        ("visit-AZ-VN-2018-09-08", "2018-09-08", "day", "status-single-source", ..., "Chuyến thăm Việt Nam từ Azerbaijan"),
        ("partnership-strategic-AZ-VN", "2022-09", "month", "status-single-source", ..., "Việt Nam và Azerbaijan lập quan hệ đối tác chiến lược"),
    ],
    "upgraded-near-a-round-anniversary": [
        ("AZ-VN", "1992-09-23", "2022-09", "đối tác chiến lược", "30", "0"),
        ("JP-VN", "1973-09-21", "2023-11-27", "đối tác chiến lược toàn diện", "50", "0"),
    ],
    "what-one-article-adds": [
        ("Bài bai-1", "Báo Một", "4", "2"),
        ("Bài bai-2", "Báo Hai", "3", "1"),
        ("Bài nha", "banggiao", "1", "1"),
        ("Bài bai-3", "Báo Ba", "1", "0"),
    ],
    "who-held-an-office": [
        ("Anar Imanov", "Đại sứ Azerbaijan tại Việt Nam", "2022-05-13", "2022-05-13"),
    ],
    "who-says-so": [
        ("1992", "Báo Hai", "Bài bai-2", None, "văn bản của phép thử"),
        ("1992-09-23", "A news agency", "Page agency", "https://example.org/agency", None),
        ("1992-09-23", "An embassy", "Page embassy", "https://example.org/embassy", None),
        ("1992-09-23", "Báo Một", "Bài bai-1", "https://bao-mot.example/bai-1", "văn bản của phép thử"),
        ("1992-09-24", "Báo Ba", "Bài bai-3", None, "văn bản của phép thử"),
    ],
}  # fmt: skip
UNORDERED = {"who-says-so"}  # months and years sort apart from days in SPARQL: the order of mixed dates is not told
TODAY = '"2027-09-15T05:00:00Z"'
SLOWEST_S = 5.0  # on the shipped data
ABOUT_PEOPLE_NAMED_IN_THE_NEWS = {"who-held-an-office"}  # the shipped articles name no ambassador of Azerbaijan


@pytest.fixture(scope="module")
def world() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    update_graph(store, EXTRACTIONS, reference(*WORLD))
    return store


def ask(store: EmbeddedStore, sparql: str) -> list[tuple[str | None, ...]]:
    # a test has one day for all times
    rows = store.select(re.sub(r"NOW\(\)", TODAY, sparql))
    return [tuple(None if value is None else value.value.removeprefix(BG) for value in row) for row in rows]


@pytest.mark.parametrize("query", example_queries(), ids=lambda query: query.name)
def test_an_example_query_gives_its_answer(world: EmbeddedStore, query: ExampleQuery) -> None:
    found, wanted = ask(world, query.sparql), ANSWERS[query.name]
    if query.name in UNORDERED:
        found, wanted = sorted(found, key=str), sorted(wanted, key=str)
    assert len(found) == len(wanted)
    for row, expected in zip(found, wanted, strict=True):
        assert tuple(... if one is ... else value for value, one in zip(row, expected, strict=True)) == expected


@pytest.mark.parametrize("query", example_queries(), ids=lambda query: query.name)
def test_an_example_query_answers_on_the_shipped_data_in_time(shipped_store, query: ExampleQuery) -> None:
    store = open_snapshot(shipped_store).store()
    started_s = time.process_time()
    rows = store.select(query.sparql)
    assert time.process_time() - started_s < SLOWEST_S
    assert rows or query.name in ABOUT_PEOPLE_NAMED_IN_THE_NEWS


def test_there_are_enough_and_each_has_an_answer_here() -> None:
    names = {query.name for query in example_queries()}
    assert names == set(ANSWERS) == {path.stem for path in QUERIES_DIR.glob("*.rq")}
    assert len(names) >= 15


@pytest.mark.parametrize("query", example_queries(), ids=lambda query: query.name)
def test_a_query_says_in_both_languages_what_it_shows_and_asks_nobody_else(query: ExampleQuery) -> None:
    assert len(query.title.vi) > 20
    assert len(query.title.en) > 20
    assert query.title.vi != query.title.en
    assert "SERVICE" not in query.sparql.split("SELECT", 1)[1]


def test_the_timeline_by_sparql_is_that_of_the_program(world: EmbeddedStore) -> None:
    (query,) = (one for one in example_queries() if one.name == "timeline-of-a-pair")
    events = events_of_pair(world, "VN", "AZ")
    assert [(row[0], row[2], row[5]) for row in ask(world, query.sparql)] == [
        (event.id, event.precision, event.label.vi) for event in events
    ]
