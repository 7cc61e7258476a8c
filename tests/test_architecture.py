"""The house: imports point one way, modules and functions stay small, words live in tables."""

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("extractors/**/*.py")])
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 50
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "handler"}

# Each layer may import itself and those to its right; layers of one tuple entry are one room.
EXTRACTOR_LAYERS = (
    ("extractors.pipeline", "extractors.anniversary_counts", "extractors.undated_levels"),
    ("extractors.counted_events",),
    ("extractors.claims",),
    ("extractors.persons",),
    ("extractors.linking",),
    ("extractors.people",),
    ("extractors.organisations", "extractors.bylines", "extractors.coreference"),
    ("extractors.titles",),
    ("extractors.organisation_names",),
    ("extractors.organisation_grammar",),
    ("extractors.organisation_short_forms",),
    ("extractors.organisation_parts",),
    ("extractors.organisation_edges",),
    ("extractors.name_runs",),
    ("extractors.names",),
    ("extractors.name_tables",),
    ("extractors.prefilter", "extractors.calendar_faults"),
    ("extractors.lexicon", "extractors.timexes", "extractors.documents", "extractors.gazetteer", "extractors.readers"),
    ("extractors.timex_grammar",),
    ("extractors.calendar_words",),
    (
        "extractors.required_texts",
        "extractors.country_tables",
        "extractors.wordlists",
        "extractors.blocs",
        "extractors.publication",
        "extractors.credits",
    ),
    ("extractors.tables", "extractors.records", "extractors.folding"),
    ("extractors.dates",),
)
PURE_EXTRACTORS_MAY_NOT_IMPORT = {
    "app",
    "rdflib",
    "pyoxigraph",
    "fastapi",
    "uvicorn",
    "httpx",
    "urllib.request",
    "socket",
}
ENTRANCES = {"app.main", "app.cli"}
READS_OUTSIDE = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "os.environ",
    "os.environb",
    "os.getenv",
}
# serving.py hands the settings on to the worker processes of the server, in their environment.
MAY_READ_OUTSIDE = {"app/main.py", "app/cli.py", "app/commands/serving.py"}


@pytest.fixture(scope="module")
def imports():
    return grimp.build_graph("app", "extractors", include_external_packages=True)


def layer_of(module):
    for number, rooms in enumerate(EXTRACTOR_LAYERS):
        if any(module == room or module.startswith(f"{room}.") for room in rooms):
            return number
    return None


def test_every_extractor_module_has_its_place(imports):
    modules = [module for module in imports.modules if module.startswith("extractors.")]
    assert [module for module in modules if layer_of(module) is None] == []


def test_extractors_import_downwards_only(imports):
    wrong = [
        f"{importer} imports {imported}"
        for importer in imports.modules
        if importer.startswith("extractors.")
        for imported in imports.find_modules_directly_imported_by(importer)
        if imported.startswith("extractors.") and layer_of(imported) < layer_of(importer)
    ]
    assert wrong == []


def impure_imports(graph):
    """What extractors import and may not: app, the graph, the network."""
    return [
        f"{importer} imports {imported}"
        for importer in sorted(graph.modules)
        if importer.startswith("extractors")
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        if any(imported == name or imported.startswith(f"{name}.") for name in PURE_EXTRACTORS_MAY_NOT_IMPORT)
    ]


def test_extractors_are_pure(imports):
    assert impure_imports(imports) == []


@pytest.mark.parametrize("package", ["app", "extractors"])
def test_there_is_no_import_cycle(imports, package):
    cycles = [
        f"{module} -> {imported} -> … -> {module}"
        for module in imports.modules
        if module.startswith(package)
        for imported in imports.find_modules_directly_imported_by(module)
        if imported.startswith(package) and imports.chain_exists(importer=imported, imported=module)
    ]
    assert cycles == []


def test_nobody_imports_the_entrances(imports):
    wrong = [
        f"{importer} imports {entrance}"
        for entrance in ENTRANCES & set(imports.modules)
        for importer in imports.find_modules_that_directly_import(entrance)
    ]
    assert wrong == []


def test_routes_do_not_import_each_other(imports):
    """What routes need in common is one module, which imports none of them."""
    routes = {module for module in imports.modules if module.startswith("app.routes.")}
    assert "app.routes.pairs" in routes
    wrong = [
        f"{importer} imports {imported}"
        for importer in routes
        for imported in imports.find_modules_directly_imported_by(importer)
        if imported in routes - {"app.routes.dependencies"}
    ]
    assert wrong == []


def test_the_graph_knows_no_http(imports):
    wrong = []
    for importer in imports.modules:
        for imported in imports.find_modules_directly_imported_by(importer):
            if importer.startswith("app.graph") and imported.split(".")[0] in {"fastapi", "starlette", "uvicorn"}:
                wrong.append(f"{importer} imports {imported}")
            if importer.startswith("app.graph") and imported.startswith(
                ("app.routes", "app.commands", "app.responses")
            ):
                wrong.append(f"{importer} imports {imported}")
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_are_small(path):
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert len(lines) <= MAX_MODULE_LINES, f"{path.name} has {len(lines)} lines"
    assert not FORBIDDEN_NAMES & set(path.stem.split("_"))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            reason = any("# long:" in line for line in lines[max(0, node.lineno - 3) : node.lineno + 3])
            assert length <= MAX_FUNCTION_LINES or reason, f"{path.name}:{node.lineno} {node.name} has {length} lines"


def outside_reads(text):
    """Where a module reads the clock or the environment, as `line name`; whatever name it imports them by."""
    tree = ast.parse(text)
    froms = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    modules = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, dot, rest = ast.unparse(node).partition(".")
            name = (froms | modules).get(first, first) + dot + rest
            if name in READS_OUTSIDE:
                found.add(f"{node.lineno} {name}")
    return sorted(found)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_entrances_read_clock_and_environment(path):
    if str(path.relative_to(ROOT)) in MAY_READ_OUTSIDE:
        return
    assert outside_reads(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("import datetime as dt\nnow = dt.datetime.now(dt.UTC)", ["2 datetime.datetime.now"]),
        ("from datetime import datetime\nnow = datetime.now()", ["2 datetime.datetime.now"]),
        ("from datetime import date as d\nday = d.today()", ["2 datetime.date.today"]),
        ("import time\nnow = time.time()", ["2 time.time"]),
        ("from time import time\nnow = time()", ["2 time.time"]),
        ("import os\nhome = os.environ['HOME']", ["2 os.environ"]),
        ("from os import getenv as g\nhome = g('HOME')", ["2 os.getenv"]),
        ("import datetime as dt\nday = dt.date(2026, 11, 21)", []),
        ("day = services.today()", []),
    ],
)
def test_a_look_at_the_clock_is_seen(text, wanted):
    assert outside_reads(text) == wanted


def test_a_wrong_arrow_is_seen(tmp_path):
    """The rule itself fails on a tree whose extractors reach into app."""
    for name, text in {"app": "", "extractors": "import app\n"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(text)
    program = (
        "import sys, grimp; sys.path.append(sys.argv[1]); from test_architecture import impure_imports; "
        "print(impure_imports(grimp.build_graph('app', 'extractors', cache_dir=None)))"
    )
    command = [sys.executable, "-c", program, str(Path(__file__).parent)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['extractors imports app']"
