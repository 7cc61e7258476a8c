"""A table that cannot be trusted is refused with file, line and reason."""

import pytest

from extractors.tables import TableError, read_cited_table, read_sources, read_table

SOURCES = "id,url,publisher,title,retrieved\nhere,https://example.org/a,Báo A,Tin,2026-11-21\n"


def write(folder, name, text):
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("word\nmột\n", r"t\.csv:1: the columns are", id="wrong header"),
        pytest.param("word,note\nmột\n", r"t\.csv:2: has 1 values, wanted 2", id="short row"),
        pytest.param("word,note\n,x\n", r"t\.csv:2: «word» is empty", id="required value empty"),
        pytest.param("word,note\nmột,x\nhai,\nmột,y\n", r"t\.csv:4: «một» stands already on line 2", id="twice"),
        pytest.param("word,note\n một,x\n", r"t\.csv:2: « một» has white space around it", id="white space"),
        pytest.param("word,note\nmo\u0323\u0302t,x\n", r"t\.csv:2: .* is not in Unicode form NFC", id="decomposed"),
        pytest.param(b"word,note\n\xff,x\n", r"t\.csv: is not UTF-8 at byte 10", id="broken UTF-8"),
        pytest.param('word,note\n"một,x\n', r"t\.csv:2: ", id="open quotation mark"),
    ],
)
def test_a_faulty_table_is_refused(tmp_path, text, reason):
    with pytest.raises(TableError, match=reason):
        read_table(write(tmp_path, "t.csv", text), ("word", "note"), required=("word",), key=("word",))


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(TableError, match=r"gone\.csv: cannot be read"):
        read_table(tmp_path / "gone.csv", ("word",))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("một,here", None, id="cited"),
        pytest.param("một,", r"t\.csv:2: has no source", id="no source"),
        pytest.param("một,there", r"t\.csv:2: source «there» is not in", id="unknown source"),
    ],
)
def test_every_row_cites_a_page(tmp_path, row, reason):
    write(tmp_path, "pages.csv", SOURCES)
    table = write(tmp_path, "t.csv", f"word,source\n{row}\n")
    if reason is None:
        assert read_cited_table(table, ("word",), sources="pages.csv")[0]["word"] == "một"
        return
    with pytest.raises(TableError, match=reason):
        read_cited_table(table, ("word",), sources="pages.csv")


def test_a_source_without_a_web_address_is_refused(tmp_path):
    path = write(tmp_path, "pages.csv", SOURCES.replace("https://example.org/a", "sách cũ"))
    with pytest.raises(TableError, match=r"pages\.csv:2: «sách cũ» is no web address"):
        read_sources(path)
