"""When the shipped data is put into a store anew."""

import shutil

import pytest

from app.shipped import build
from app.stamps import is_built
from extractors.tables import DATA_DIR


@pytest.fixture
def data(tmp_path):
    """A copy of the shipped data with one article."""
    copy = tmp_path / "data"
    shutil.copytree(DATA_DIR, copy)
    for path in sorted((copy / "articles").iterdir())[1:]:
        path.unlink()
    (copy / "articles" / "sources.csv").write_text("article,url\n")
    return copy


def test_a_store_knows_what_it_was_built_from(data, tmp_path):
    store = tmp_path / "store"
    assert not is_built(store, data)
    build(store, data_dir=data)
    assert is_built(store, data)


@pytest.mark.parametrize("change", ["edited", "added", "removed"])
def test_any_change_of_the_data_is_seen(data, tmp_path, change):
    store = tmp_path / "store"
    build(store, data_dir=data)
    article = next((data / "articles").glob("*.txt"))
    if change == "edited":
        article.write_text(article.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    elif change == "added":
        shutil.copy(article, article.with_name("another.txt"))
    else:
        article.unlink()
    assert not is_built(store, data)


def test_a_build_with_an_unreadable_article_is_tried_again(data, tmp_path):
    store = tmp_path / "store"
    (data / "articles" / "broken.txt").write_bytes(b"")
    assert [one.source.endswith("broken.txt") for one in build(store, data_dir=data).unreadable] == [True]
    assert not is_built(store, data)
