"""A fault in any shipped table is one sentence with file and line, whatever command meets it, and never a trace."""

import shutil
import subprocess
import sys

import pytest

from extractors.tables import DATA_DIR

PROGRAM = (
    "import sys, pathlib, extractors.tables as tables; tables.DATA_DIR = pathlib.Path(sys.argv.pop(1)); "
    "from app.cli import main; main()"
)


def run(data, *words):
    command = [sys.executable, "-c", PROGRAM, str(data), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "name",
    [
        "countries/states.csv",
        "countries/names.csv",
        "countries/decoys.csv",
        "encodings/tcvn3.csv",
        "encodings/rimes.csv",
        "lexicon/triggers.csv",
        "lexicon/cues.csv",
        "lexicon/words.csv",
        "lexicon/fillers.csv",
        "lexicon/blocs.csv",
        "lexicon/months.csv",
        "lexicon/numerals.csv",
        "lexicon/weekdays.csv",
        "lexicon/homographs.csv",
        "lexicon/roles.csv",
        "lexicon/page-furniture.csv",
        "lexicon/agencies.csv",
        "relations/ties.csv",
        "relations/partnerships.csv",
        "relations/statehood.csv",
        "relations/national-days.csv",
        "relations/gaps.csv",
        "relations/sources.csv",
        "people/offices.csv",
    ],
)
def test_validate_names_file_and_line(tmp_path, name):
    data = tmp_path / "data"
    shutil.copytree(DATA_DIR, data)
    lines = (data / name).read_text(encoding="utf-8").splitlines()
    lines[2] = "faulty"
    (data / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(data, "validate", "--store", str(tmp_path / "store"))
    assert done.returncode == 1
    assert f"{name.partition('/')[2]}:3:" in done.stderr
    assert "Traceback" not in done.stderr


def test_extract_says_it_too(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA_DIR, data)
    (data / "lexicon" / "words.csv").write_text("list,word,meaning,source\nx\n", encoding="utf-8")
    article = tmp_path / "tin.txt"
    article.write_text("Tin\n\nNgày 5/9/1962, Việt Nam và Lào thiết lập quan hệ ngoại giao.\n", encoding="utf-8")
    done = run(data, "extract", str(article))
    assert done.returncode == 1
    assert done.stderr.startswith("banggiao: words.csv:2:")
