"""Ingest: what is known is not read again, what has changed is replaced, and the way to a graph leaves no trace in it."""

import datetime as dt
import io
import json
import sys
from dataclasses import replace
from importlib.metadata import packages_distributions
from itertools import count

import grimp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.commands.progress import is_shown, seconds_left, show_progress
from app.extracting import LineMaker, VersionMismatchError, make, pack_items, pack_maker, run_chunk
from app.fingerprints import READING_DISTRIBUTIONS, extraction_version, fingerprint_of
from app.graph.layout import current_id
from app.graph.ledger import read_entries
from app.graph.snapshots import export_nquads, open_snapshot, publish
from app.graph.vocabulary import LEDGER_GRAPH
from app.ingest import IngestReport, Listeners, Tally, ingest
from app.inputs import Position, PublicationDates, house_articles, iter_inputs, total_bytes
from extractors.pipeline import extract
from extractors.readers import Metadata, Payload, Unreadable, read_payload

FACT = "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao ngày {}/9/1992."
RELATIVE = "Hôm nay, Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao."
SILENT = "Trời hôm nay {} độ, có mưa rào vài nơi."
DAY = dt.date(2026, 9, 23)


def payload(name, text, **known):
    return Payload(f"{name}.txt", text.encode(), "text/plain", Metadata(id=name, **known))


def record(name, text):
    data = json.dumps({"id": name, "text": text}).encode()
    return Payload(f"news.jsonl:{name}", data, "application/json", Metadata())


INPUTS = (
    payload("a", FACT.format(23)),
    payload("b", FACT.format(24)),
    payload("c", SILENT.format(30)),
    record("d", FACT.format(23)),
    record("e", SILENT.format(31)),
    record("f", SILENT.format(31)),
)


def exported(store):
    out = io.BytesIO()
    export_nquads(store, out)
    return out.getvalue()


def told(report):
    return {
        name: getattr(report, name)
        for name in ("added", "replaced", "unchanged", "skipped", "refused", "silent")
        if getattr(report, name)
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The graph of all inputs, ingested at once."""
    store = tmp_path_factory.mktemp("whole") / "store"
    report = ingest(INPUTS, store)
    assert told(report) == {"added": 6, "silent": 3}
    return exported(store)


def test_what_is_known_is_not_read_again(tmp_path, whole):
    ingest(INPUTS[:4], tmp_path)
    before = current_id(tmp_path)
    assert told(ingest(INPUTS[:4], tmp_path)) == {"skipped": 4}
    assert current_id(tmp_path) == before
    assert told(ingest(INPUTS, tmp_path)) == {"added": 2, "skipped": 4, "silent": 2}
    assert exported(tmp_path) == whole


@pytest.mark.parametrize(
    ("first", "then", "wanted"),
    [
        pytest.param(FACT.format(23), FACT.format(24), {"replaced": 1}, id="another claim"),
        pytest.param(FACT.format(23), FACT.format(23) + " ", {"replaced": 1}, id="another text with the same claim"),
        pytest.param(FACT.format(23), SILENT, {"replaced": 1, "silent": 1}, id="no claim any more"),
        pytest.param(SILENT, FACT.format(23), {"replaced": 1}, id="a claim where there was none"),
        pytest.param(SILENT, SILENT + " Hết.", {"unchanged": 1, "silent": 1}, id="still no claim"),
        pytest.param(FACT.format(23), FACT.format(23), {"skipped": 1}, id="the same claim"),
        pytest.param(SILENT, SILENT, {"skipped": 1}, id="the same silence"),
    ],
)
def test_an_article_that_has_changed_takes_the_place_of_the_old_one(tmp_path, first, then, wanted):
    ingest([payload("a", first)], tmp_path / "steps")
    assert told(ingest([payload("a", then)], tmp_path / "steps")) == wanted
    ingest([payload("a", then)], tmp_path / "fresh")
    assert exported(tmp_path / "steps") == exported(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("first", "then", "skipped"),
    [
        pytest.param({}, {}, 1, id="no day twice"),
        pytest.param({}, {"otherwise": DAY}, 0, id="a day for all"),
        pytest.param({"by_id": {"a": DAY}}, {"otherwise": DAY}, 1, id="the same day by another way"),
        pytest.param({"by_id": {"a": DAY}}, {"by_id": {"a": DAY, "other": dt.date(2020, 1, 1)}}, 1, id="more entries"),
        pytest.param({"by_id": {"a": DAY}}, {"by_id": {"a": DAY.replace(year=2025)}}, 0, id="another day"),
        pytest.param({"by_id": {"a": DAY}}, {}, 0, id="the day is gone"),
    ],
)
@pytest.mark.parametrize("make_input", [payload, record], ids=["id known from outside", "id within the input"])
def test_a_publication_date_from_outside_belongs_to_the_input(tmp_path, make_input, first, then, skipped):
    ingest([make_input("a", RELATIVE)], tmp_path / "steps", dates=PublicationDates(**first))
    report = ingest([make_input("a", RELATIVE)], tmp_path / "steps", dates=PublicationDates(**then))
    if make_input is payload or "by_id" not in first | then:
        assert report.skipped == skipped
    assert report.articles == 1
    ingest([make_input("a", RELATIVE)], tmp_path / "fresh", dates=PublicationDates(**then))
    assert exported(tmp_path / "steps") == exported(tmp_path / "fresh")


@settings(max_examples=6, deadline=None)
@given(st.permutations(INPUTS), st.integers(0, len(INPUTS)), st.floats(0, 3), st.sampled_from("abcdef"))
def test_the_way_to_a_graph_leaves_no_trace_in_it(tmp_path_factory, whole, order, cut, publish_after_s, older):
    store = tmp_path_factory.mktemp("steps")
    clock = count()  # a second for each look at it
    ingest([record(older, FACT.format(7))], store)
    ingest(order[:cut], store)
    report = ingest(order, store, publish_after_s=publish_after_s, monotonic=lambda: float(next(clock)))
    assert report.inputs == report.articles == len(INPUTS)
    assert exported(store) == whole


def test_of_several_inputs_with_one_id_the_first_is_taken_whether_it_is_known_or_not(tmp_path):
    first, second = payload("a", FACT.format(23)), payload("a", FACT.format(24))
    ingest([first], tmp_path)
    for known_first in ([first, second], [second, first], [second, first]):
        faults = []
        report = ingest(known_first, tmp_path, listeners=Listeners(on_unreadable=faults.append))
        assert (report.articles, report.refused, report.inputs) == (1, 1, 2)
        assert "same id" in faults[0].reason
        ingest(known_first[:1], tmp_path / "fresh")
        assert exported(tmp_path) == exported(tmp_path / "fresh")


def test_a_silent_article_costs_bytes_and_no_graph(tmp_path):
    ingest([payload(f"silent-{number}", SILENT.format(number)) for number in range(3000)], tmp_path)
    store = open_snapshot(tmp_path).store()
    assert len(dict(read_entries(store))) == 3000
    lines = [line for line in exported(tmp_path).splitlines() if LEDGER_GRAPH.value.encode() in line]
    assert len(lines) == 2 * 256
    # 16 bytes an article, a third more in base64, and what 256 parts cost
    assert sum(map(len, lines)) < 3000 * 22 + 256 * 500


def test_an_article_sent_by_itself_takes_the_place_of_a_ledger_entry(tmp_path):
    ingest([payload("a", SILENT)], tmp_path)
    article = read_payload(payload("a", SILENT))
    assert publish(tmp_path, [extract(article)]).replaced == ("a",)
    assert list(read_entries(open_snapshot(tmp_path).store())) == []
    assert told(ingest([payload("a", SILENT)], tmp_path)) == {"replaced": 1, "silent": 1}


def test_articles_that_were_read_elsewhere_are_known_too(tmp_path):
    articles = list(house_articles())[:2]
    assert told(ingest(articles, tmp_path)) == {"added": 2}
    assert told(ingest(articles, tmp_path)) == {"skipped": 2}
    changed = replace(articles[0], publisher="Báo Khác")
    assert told(ingest([changed, articles[1]], tmp_path)) == {"replaced": 1, "skipped": 1}


def test_a_fault_of_the_program_in_one_article_does_not_stop_the_others():
    def faulty(one):
        raise IndexError(one.source)

    outcome = make(faulty, INPUTS[0])
    assert isinstance(outcome, Unreadable)
    assert (outcome.source, "IndexError" in outcome.reason) == ("a.txt", True)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(INPUTS[0], data=b"khac"), id="bytes"),
        pytest.param(replace(INPUTS[0], media_type="text/html"), id="media type"),
        pytest.param(replace(INPUTS[0], given=Metadata(id="a", title="Khác")), id="title given"),
        pytest.param(replace(INPUTS[0], given=Metadata(id="z")), id="id given"),
    ],
)
def test_inputs_that_differ_have_different_fingerprints(other):
    assert fingerprint_of(other, None, "1") != fingerprint_of(INPUTS[0], None, "1")


def test_where_an_input_lies_has_no_part_in_its_fingerprint():
    moved = replace(INPUTS[0], source="elsewhere/a.txt")
    assert fingerprint_of(moved, None, "1") == fingerprint_of(INPUTS[0], None, "1")
    assert fingerprint_of(moved, None, "2") != fingerprint_of(INPUTS[0], None, "1")


def test_a_table_that_changes_makes_another_version(tmp_path):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "relations").mkdir()
    versions = []
    for name in ("lexicon/a.csv", "lexicon/a.csv", "relations/facts.csv"):
        with (tmp_path / name).open("a") as file:
            file.write("row\n")
        extraction_version.cache_clear()
        versions.append(extraction_version(tmp_path))
    extraction_version.cache_clear()
    assert versions[0] != versions[1] == versions[2]


def test_every_package_that_decides_what_is_read_is_part_of_the_version():
    graph = grimp.build_graph("extractors", include_external_packages=True)
    imported = {
        package
        for module in graph.modules
        if module.startswith("extractors")
        for package in graph.find_modules_directly_imported_by(module)
        if not package.startswith("extractors") and package not in sys.stdlib_module_names
    }
    opening_containers = {"backports", "fastwarc"}  # what is in them is part of the fingerprint
    distributions = packages_distributions()
    deciding = {name for package in imported - opening_containers for name in distributions[package]}
    assert {_plain(name) for name in deciding} <= {_plain(name) for name in READING_DISTRIBUTIONS}


def _plain(distribution):
    return distribution.lower().replace("_", "-")


def test_a_worker_of_another_version_refuses():
    maker = pack_maker(LineMaker("none", PublicationDates()), "0.0.1+other")
    with pytest.raises(VersionMismatchError, match=r"0\.0\.1\+other"):
        run_chunk(maker, pack_items(INPUTS[:1]))


def test_files_folders_and_addresses_come_side_by_side_in_the_order_given(tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "b.txt").write_text("b")
    (tmp_path / "a.txt").write_text("aa")
    sources = [str(tmp_path / "a.txt"), "https://example.org/1", "HTTP://example.org/2", str(tmp_path / "news")]
    position = Position(total_bytes(sources))

    def fetch(urls):
        yield from (Payload(url, b"web", "text/plain", Metadata(id=url[-1])) for url in urls)

    found = [one.given.id for one in iter_inputs(sources, position, fetch=fetch)]
    assert found == ["a", "1", "2", "b"]
    assert position.done_bytes == position.total_bytes == 3


def test_a_bar_is_for_terminals_and_lines_are_for_those_who_ask(capsys):
    clock = count(step=6)
    position = Position(total_bytes=100, finished_bytes=25)
    assert [is_shown(is_wanted) for is_wanted in (None, False, True)] == [False, False, True]
    for shown in (None, position):
        with show_progress(shown, lambda: float(next(clock))) as on_progress:
            for number in range(3):
                on_progress(Tally(read=number, skipped=5, claims=7))
    # every look at the clock is six seconds after the last, and a line comes after ten
    assert capsys.readouterr().err == "6 inputs (5 known, 0 refused), 7 claims, 0 left out, 0/s, 36 s left\n"
    assert seconds_left(Position(), 1.0) is None


def test_the_report_adds_up():
    report = IngestReport(added=1, replaced=2, unchanged=3, skipped=4, refused=5)
    assert (report.articles, report.inputs) == (10, 15)
