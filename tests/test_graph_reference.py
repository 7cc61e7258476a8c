"""The curated tables: every fault is named with its file and line, and nothing is half loaded."""

from pathlib import Path

import pytest
from graph_samples import reference

from app.graph.reference import Reference, load_reference
from app.graph.reference_rdf import reference_quads
from app.graph.store import EmbeddedStore
from app.graph.vocabulary import REFERENCE_GRAPH
from extractors.gazetteer import Gazetteer
from extractors.tables import TableError

SOURCES = "id,url,publisher,title,retrieved\npage,https://example.org/p,A paper,A page,2026-11-21\n"
HEADER = "id,type,countries,date,level,from,to,person,name,status,sources,note\n"
GOOD = "established-az-vn,established,AZ VN,1992-09-23,,,,,,in-force,page,\n"


def load(folder: Path, rows: str, sources: str = SOURCES) -> Reference:
    for name in ("relations", "countries"):
        (folder / name).mkdir()
        (folder / name / "sources.csv").write_text(sources, encoding="utf-8")
    (folder / "relations" / "facts.csv").write_text(HEADER + rows, encoding="utf-8")
    world = reference()
    return load_reference(folder, Gazetteer({state.code: state for state in world.states}, world.names, ()))


def test_a_good_row_is_read_whole(tmp_path: Path) -> None:
    row = "recognised-vn-by,recognised,BY VN,1991-12-27,,VN,BY,,,in-force,page,A note.\n"
    (found,) = load(tmp_path, row).facts
    assert (found.id, found.countries, str(found.date), found.from_country) == (
        "recognised-vn-by",
        ("BY", "VN"),
        "1991-12-27",
        "VN",
    )
    assert (found.sources, found.standing, found.note) == (("relations-page",), "in-force", "A note.")


FAULTS = [
    ("an impossible date", "a,established,AZ VN,1992-02-30,,,,,,,page,", "facts.csv:2: month 2 of 1992 has no day 30"),
    ("a date that is none", "a,established,AZ VN,23/9/1992,,,,,,,page,", "facts.csv:2: .* is no EDTF date"),
    ("a date without its year", "a,established,AZ VN,--09-23,,,,,,,page,", "facts.csv:2: .* needs its year"),
    ("an unknown code", "a,established,VN ZZ,1992,,,,,,,page,", "facts.csv:2: «ZZ» is no state"),
    ("codes not sorted", "a,established,VN AZ,1992,,,,,,,page,", "facts.csv:2: .*sorted: «AZ VN»"),
    ("a pair of one", "a,established,VN,1992,,,,,,,page,", "facts.csv:2: .*2 state"),
    ("a national day of two", "a,national-day,AZ VN,1992,,,,,,,page,", "facts.csv:2: .*1 state"),
    ("an unknown type", "a,wedding,AZ VN,1992,,,,,,,page,", "facts.csv:2: type «wedding»"),
    ("an unknown status", "a,established,AZ VN,1992,,,,,,maybe,page,", "facts.csv:2: status «maybe»"),
    ("a partnership without level", "a,partnership,AZ VN,1992,,,,,,,page,", "facts.csv:2: level «» does not fit"),
    (
        "a level that is no partnership's",
        "a,established,AZ VN,1992,strategic,,,,,,page,",
        "facts.csv:2: level «strategic»",
    ),
    ("a direction to a third state", "a,recognised,AZ VN,1992,,JP,VN,,,,page,", "facts.csv:2: «from» is «JP»"),
    ("no source", "a,established,AZ VN,1992,,,,,,,,", "facts.csv:2: «sources» is empty"),
    ("an unknown source", "a,established,AZ VN,1992,,,,,,,nowhere,", "facts.csv:2: source «nowhere»"),
    ("an id with capitals", "A b,established,AZ VN,1992,,,,,,,page,", "facts.csv:2: id «A b»"),
    ("an id twice", GOOD + GOOD.rstrip(), "facts.csv:3: «established-az-vn» stands already on line 2"),
    (
        "a fact twice",
        GOOD + GOOD.replace("established-az-vn", "again").rstrip(),
        "facts.csv:3: says the same as line 2",
    ),
]


@pytest.mark.parametrize(("rows", "message"), [pytest.param(*case[1:], id=case[0]) for case in FAULTS])
def test_a_fault_is_refused_with_file_and_line(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        load(tmp_path, rows + "\n")


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        pytest.param(SOURCES.replace("2026-11-21", "yesterday"), "sources.csv:2: retrieved «yesterday»", id="no day"),
        pytest.param(SOURCES.replace("https://", "ftp://"), "sources.csv:2: .*no web address", id="no web address"),
        pytest.param(SOURCES.replace("A paper", ""), "sources.csv:2: «publisher» is empty", id="no publisher"),
    ],
)
def test_a_source_that_nobody_can_open_is_refused(tmp_path: Path, sources: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        load(tmp_path, GOOD, sources)


def test_the_shipped_tables_load_and_are_the_same_graph_each_time() -> None:
    shipped = load_reference()
    quads = reference_quads(shipped)
    assert len(shipped.facts) >= 40
    assert quads == reference_quads(load_reference())
    store = EmbeddedStore.in_memory()
    store.apply((), quads)
    assert frozenset(store.quads(REFERENCE_GRAPH)) == quads
