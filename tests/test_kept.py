"""What was read from a snapshot is read once; what was read from a graph that is still written is read again."""

from itertools import count

import pytest
from graph_samples import EXTRACTIONS, reference

from app.graph.kept import Kept
from app.graph.snapshots import open_snapshot, publish
from app.graph.store import EmbeddedStore


@pytest.fixture
def snapshot(tmp_path):
    publish(tmp_path, EXTRACTIONS[:1], reference=reference())
    return open_snapshot(tmp_path).store()


def test_a_finding_of_a_snapshot_is_kept(snapshot):
    kept, numbers = Kept(10), count()
    assert [kept.get(snapshot, key, lambda: next(numbers)) for key in "aab"] == [0, 0, 1]


def test_another_snapshot_has_findings_of_its_own(snapshot, tmp_path):
    kept, numbers = Kept(10), count()
    assert kept.get(snapshot, "a", lambda: next(numbers)) == 0
    publish(tmp_path, EXTRACTIONS[1:2])
    assert kept.get(open_snapshot(tmp_path).store(), "a", lambda: next(numbers)) == 1
    assert kept.get(snapshot, "a", lambda: next(numbers)) == 0


def test_nothing_is_kept_of_a_graph_that_is_still_written():
    kept, numbers, store = Kept(10), count(), EmbeddedStore.in_memory()
    assert [kept.get(store, "a", lambda: next(numbers)) for _ in range(2)] == [0, 1]


def test_what_was_asked_for_longest_ago_makes_room(snapshot):
    kept, numbers = Kept(10, len), count()

    def ask(key, size):
        return kept.get(snapshot, key, lambda: (next(numbers),) * size)[0]

    assert [ask("a", 5), ask("b", 5), ask("a", 5), ask("c", 5), ask("a", 5), ask("b", 5)] == [0, 1, 0, 2, 0, 3]
    assert [ask("too large", 11), ask("too large", 11)] == [4, 5]
