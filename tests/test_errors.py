"""The tree of errors: every kind that is described is one that can happen."""

import ast
from pathlib import Path

import pytest

from app import errors

ROOT = Path(errors.__file__).parent
KINDS = [name for name, kind in vars(errors).items() if isinstance(kind, type) and kind is not errors.BanggiaoError]


@pytest.fixture(scope="module")
def raised():
    """The names of what the program raises, or makes to answer with."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py")]
    calls = [node.func for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {func.id for func in calls if isinstance(func, ast.Name)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_raised_somewhere(raised, kind):
    assert kind in raised
