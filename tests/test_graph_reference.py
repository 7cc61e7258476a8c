"""The curated tables: every fault is named with its file and line, and nothing is half loaded."""

from pathlib import Path

import pytest
from graph_samples import reference

from app.graph.reference import Reference
from app.graph.reference_rdf import reference_quads
from app.graph.reference_tables import load_reference
from app.graph.store import EmbeddedStore
from app.graph.vocabulary import REFERENCE_GRAPH
from extractors.gazetteer import Gazetteer
from extractors.tables import TableError

SOURCES = (
    "id,url,publisher,agency,title,retrieved\n"
    "page,https://example.org/p,A paper,,A page,2026-11-21\n"
    "other,https://example.org/o,Another paper,TTXVN,A page,2026-11-21\n"
)
HEADERS = {
    "ties.csv": "id,type,countries,date,from,to,inherited_from,status,sources,note",
    "partnerships.csv": "id,countries,date,level,name,status,sources,note",
    "statehood.csv": "id,type,countries,date,status,sources,note",
    "national-days.csv": "id,countries,date,occasion,status,sources,note",
    "gaps.csv": "kind,type,countries,as_of,sources,note",
}
GOOD = "established-az-vn,established,AZ VN,1992-09-23,,,,in-force,page,"


def load(folder: Path, rows: dict[str, str], sources: str = SOURCES) -> Reference:
    for name in ("relations", "countries"):
        (folder / name).mkdir()
    (folder / "relations" / "sources.csv").write_text(sources, encoding="utf-8")
    (folder / "countries" / "sources.csv").write_text("id,url,publisher,title,retrieved\n", encoding="utf-8")
    for name, header in HEADERS.items():
        table = f"{header}\n{rows.get(name, '')}\n".replace("\n\n", "\n")
        (folder / "relations" / name).write_text(table, encoding="utf-8")
    world = reference()
    return load_reference(folder, Gazetteer({state.code: state for state in world.states}, world.names, ()))


def test_a_good_row_is_read_whole(tmp_path: Path) -> None:
    row = "recognised-vn-by,recognised,BY VN,1991-12-27,VN,BY,,in-force,page other,A note."
    found = load(tmp_path, {"ties.csv": row})
    (fact,) = found.facts
    assert (fact.id, fact.countries, str(fact.date), fact.from_country) == (
        "recognised-vn-by",
        ("BY", "VN"),
        "1991-12-27",
        "VN",
    )
    assert (fact.sources, fact.standing, fact.note) == (("relations-page", "relations-other"), "in-force", "A note.")
    assert [source.agency for source in found.sources] == [None, "TTXVN"]


def test_each_table_has_its_own_columns(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        {
            "ties.csv": f"{GOOD}\nestablished-az-vn-or-1992-09-22,established,AZ VN,1992-09-22,,,,differing,other,",
            "partnerships.csv": "p,JP VN,2014-03-18,other,Một khuôn khổ,superseded,page,",
            "statehood.csv": "i,independence,BY,1991-08-25,in-force,page,",
            "national-days.csv": "n,JP,--02-23,ruler,in-force,page,",
            "gaps.csv": "none,established,CL VN,2024,page,As an example.",
        },
    )
    assert [(fact.type, str(fact.date), fact.standing) for fact in found.facts] == [
        ("established", "1992-09-23", "in-force"),
        ("established", "1992-09-22", "differing"),
        ("partnership", "2014-03-18", "superseded"),
        ("independence", "1991-08-25", "in-force"),
        ("national-day", "--02-23", "in-force"),
    ]
    assert (found.facts[2].level, found.facts[2].name, found.facts[4].occasion) == ("other", "Một khuôn khổ", "ruler")
    (none,) = found.gaps
    assert (none.countries, str(none.as_of), none.note) == (("CL", "VN"), "2024", "As an example.")


FAULTS = [
    ("an impossible date", "ties.csv", GOOD.replace("09-23", "02-30"), "ties.csv:2: month 2 of 1992 has no day 30"),
    ("a date that is none", "ties.csv", GOOD.replace("1992-09-23", "23/9/1992"), "ties.csv:2: .* is no EDTF date"),
    ("a date without its year", "ties.csv", GOOD.replace("1992-09-23", "--09-23"), "ties.csv:2: .* needs its year"),
    ("a span", "ties.csv", GOOD.replace("1992-09-23", "1992/1993"), "ties.csv:2: .* is a span"),
    ("an unknown code", "ties.csv", GOOD.replace("AZ VN", "VN ZZ"), "ties.csv:2: «ZZ» is no state"),
    ("codes not sorted", "ties.csv", GOOD.replace("AZ VN", "VN AZ"), "ties.csv:2: .*sorted: «AZ VN»"),
    ("a pair of one", "ties.csv", GOOD.replace("AZ VN", "VN"), "ties.csv:2: is about 2 state"),
    ("a national day of two", "national-days.csv", "n,AZ VN,1992,republic,in-force,page,", "csv:2: is about 1 state"),
    ("an unknown type", "ties.csv", GOOD.replace(",established,", ",wedding,"), "ties.csv:2: type «wedding»"),
    (
        "a type of another table",
        "ties.csv",
        GOOD.replace(",established,", ",independence,"),
        "csv:2: type «independence»",
    ),
    ("an unknown status", "ties.csv", GOOD.replace("in-force", "maybe"), "ties.csv:2: status «maybe»"),
    ("no status", "ties.csv", GOOD.replace("in-force", ""), "ties.csv:2: «status» is empty"),
    ("a partnership without level", "partnerships.csv", "p,AZ VN,1992,,,in-force,page,", "csv:2: level «» is none of"),
    ("an unknown occasion", "national-days.csv", "n,AZ,1992-01-02,party,in-force,page,", "csv:2: occasion «party»"),
    ("a direction to a third state", "ties.csv", GOOD.replace(",,,,in", ",JP,VN,,in"), "ties.csv:2: «from» is «JP»"),
    (
        "inherited from a state of today",
        "ties.csv",
        GOOD.replace(",,,,in", ",,,JP,in"),
        "csv:2: «JP» is no former state of AZ",
    ),
    ("no source", "ties.csv", GOOD.replace("page", ""), "ties.csv:2: «sources» is empty"),
    ("an unknown source", "ties.csv", GOOD.replace("page", "nowhere"), "ties.csv:2: source «nowhere»"),
    ("a source twice", "ties.csv", GOOD.replace("page", "page page"), "ties.csv:2: cites a page twice"),
    ("an id with capitals", "ties.csv", GOOD.replace("established-az-vn", "A b"), "ties.csv:2: id «A b»"),
    ("an id twice", "ties.csv", f"{GOOD}\n{GOOD}", "ties.csv:3: «established-az-vn» stands already on line 2"),
    (
        "a fact twice",
        "ties.csv",
        f"{GOOD}\n{GOOD.replace('established-az-vn', 'again')}",
        "ties.csv:3: says the same as line 2",
    ),
    (
        "a contradiction of nothing",
        "ties.csv",
        GOOD.replace("in-force", "differing"),
        "ties.csv:2: is «differing», but no row",
    ),
    ("an absence without a source", "gaps.csv", "undated,established,CL VN,2024,,", "gaps.csv:2: «sources» is empty"),
    ("a gap of no kind", "gaps.csv", "maybe,established,CL VN,2024,page,", "gaps.csv:2: kind «maybe» is none of"),
    ("an absence of what no table holds", "gaps.csv", "none,visit,CL VN,2024,page,", "gaps.csv:2: type «visit»"),
]


@pytest.mark.parametrize(("table", "rows", "message"), [pytest.param(*case[1:], id=case[0]) for case in FAULTS])
def test_a_fault_is_refused_with_file_and_line(tmp_path: Path, table: str, rows: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        load(tmp_path, {table: rows})


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        pytest.param(
            {"ties.csv": GOOD, "statehood.csv": "established-az-vn,independence,AZ,1991,in-force,page,"},
            "statehood.csv:2: id «established-az-vn» stands already in ties.csv:2",
            id="an id in two tables",
        ),
        pytest.param(
            {"ties.csv": GOOD, "gaps.csv": "none,established,AZ VN,2024,page,"},
            "gaps.csv:2: is contradicted by the fact «established-az-vn»",
            id="ties in one table and none in another",
        ),
    ],
)
def test_tables_that_contradict_one_another_are_refused(tmp_path: Path, tables: dict[str, str], message: str) -> None:
    with pytest.raises(TableError, match=message):
        load(tmp_path, tables)


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
        load(tmp_path, {"ties.csv": GOOD}, sources)


def test_the_shipped_tables_load_and_are_the_same_graph_each_time() -> None:
    shipped = load_reference()
    quads = reference_quads(shipped)
    assert len(shipped.facts) >= 40
    assert quads == reference_quads(load_reference())
    store = EmbeddedStore.in_memory()
    store.apply((), quads)
    assert frozenset(store.quads(REFERENCE_GRAPH)) == quads
