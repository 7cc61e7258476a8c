"""The tables of the checker: what they hold, and every way in which a row can be at fault."""

import re

import pytest

from app.checking import reasons
from app.checking.former_names import load_former_names
from extractors.tables import DATA_DIR, TableError

COUNTRIES = DATA_DIR / "countries"
HEADER = "code,name,language,until,since,current,sources"
CUES = "rule,cue,meaning,source\npast,xưa,looks back,page\npast-lead,thời,x,page\npast-tail,cũ,x,page\noffice,thăm,x,page\nnow,nay,x,page\n"
SOURCES = "id,url,publisher,title,retrieved\npage,https://example.org/,A page,,2026-11-22\n"


def folder(tmp_path, *rows, cues=CUES):
    (tmp_path / "former-names.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    (tmp_path / "name-cues.csv").write_text(cues, encoding="utf-8")
    (tmp_path / "sources.csv").write_text(SOURCES, encoding="utf-8")
    return tmp_path


def test_every_shipped_name_has_a_page_that_was_seen():
    names = load_former_names(COUNTRIES).by_name.values()
    assert len(names) > 30
    assert all(name.pages and name.current for name in names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("thăm Bắc Macedonia", "Bắc Macedonia", id="the longer name wins"),
        pytest.param("LIÊN XÔ", "Liên Xô", id="a name of two words in any case"),
        pytest.param(
            "cộng hòa xã hội chủ nghĩa Việt Nam", "Cộng hòa Xã hội chủ nghĩa Việt Nam", id="in a decree's case"
        ),
        pytest.param("người Macedonian", None, id="no part of a word"),
        pytest.param("zaire", None, id="a single word as written"),
    ],
)
def test_names_are_found_as_written(text, name):
    table = load_former_names(COUNTRIES)
    match = table.pattern.search(text)
    assert (table.by_name[match[0].lower()].name if match else None) == name


@pytest.mark.parametrize(
    ("row", "words"),
    [
        pytest.param(
            "QQ,Xứ Nào,vi,1990,,Xứ Khác,page", "former-names.csv:2: «QQ» is not in states.csv", id="unknown code"
        ),
        pytest.param("MM,Burma,en,1989,,Myanmar,page", "language «en» is not read", id="another language"),
        pytest.param("MM,Miến Điện,vi,,,Myanmar,page", "either «until» or «since»", id="no date"),
        pytest.param("MM,Miến Điện,vi,1989,1948,Myanmar,page", "either «until» or «since»", id="two dates"),
        pytest.param("MM,Miến Điện,vi,1989-13,,Myanmar,page", "no month 13", id="an impossible date"),
        pytest.param("MM,Miến Điện,vi,18/6/1989,,Myanmar,page", "is no EDTF date", id="a date in another form"),
        pytest.param("MM,Miến Điện,vi,1989,,Myanmar,", "«sources» is empty", id="no source"),
        pytest.param(
            "MM,Miến Điện,vi,1989,,Myanmar,other", "source «other» is not in sources.csv", id="an unknown source"
        ),
        pytest.param("MM,Miến Điện,vi,1989,,,page", "«current» is empty", id="no name of today"),
        pytest.param("SU,Liên Xô,vi,1985,,Nga,page", "before the state does", id="a name that ends before its state"),
    ],
)
def test_a_row_at_fault_is_refused_with_its_place(tmp_path, row, words):
    with pytest.raises(TableError, match=re.escape(words)):
        load_former_names(folder(tmp_path, row))


def test_a_name_stands_once(tmp_path):
    row = "MM,Miến Điện,vi,1989,,Myanmar,page"
    with pytest.raises(TableError, match="stands already on line 2"):
        load_former_names(folder(tmp_path, row, row))


def test_a_cue_of_an_unknown_rule_is_refused(tmp_path):
    cues = CUES + "perhaps,có lẽ,x,page\n"
    with pytest.raises(TableError, match=re.escape("name-cues.csv:7: rule «perhaps» is none of")):
        load_former_names(folder(tmp_path, "MM,Miến Điện,vi,1989,,Myanmar,page", cues=cues))


def test_a_rule_without_words_matches_nothing(tmp_path):
    names = load_former_names(folder(tmp_path, "MM,Miến Điện,vi,1989,,Myanmar,page"))
    assert names.cues["past-person"].search("Ông là cựu lưu học sinh.") is None
    assert names.cues["past"].search("Chuyện xưa.") is not None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        pytest.param("date-wrong,firm,error,A.,B.", "kind «date-wrong» is none of", id="an unknown kind"),
        pytest.param("count-mismatch,span,fatal,A.,B.", "severity «fatal» is none of", id="an unknown severity"),
        pytest.param("count-mismatch,span,error,A {said}.,B {seen}.", "different places", id="places that differ"),
        pytest.param("count-mismatch,span,error,A.,", "«en» is empty", id="one language"),
    ],
)
def test_a_reason_at_fault_is_refused(tmp_path, monkeypatch, row, words):
    table = tmp_path / "reasons.csv"
    table.write_text(f"kind,case,severity,vi,en\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(reasons, "TABLE", table)
    reasons.load_reasons.cache_clear()
    try:
        with pytest.raises(TableError, match=re.escape(words)):
            reasons.load_reasons()
    finally:
        reasons.load_reasons.cache_clear()
