"""What a store was last built from: a digest of the shipped data and of the program that reads it.

Imports little, so that a start that has nothing to build says so at once.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from app.graph.endpoints import Endpoint, StoreAddress
from app.graph.layout import EMPTY_SNAPSHOT_ID, current_id
from extractors.tables import DATA_DIR

_STAMP = "built-from"
_ROOT = Path(__file__).resolve().parent.parent
# All that decides what is built, beside the data: the ontology, and the program that reads, extracts and fuses.
_PROGRAM = ("ontology", "extractors", "app/graph", "app/queries")


def is_built(store: StoreAddress, data_dir: Path = DATA_DIR) -> bool:
    """Whether the store was last built from this data by this program."""
    return _stamp_of(store) == digest_of_shipped(data_dir)


def write_stamp(store: StoreAddress, digest: str) -> None:
    """Note what a store was built from."""
    if isinstance(store, Endpoint):
        from app.graph.store_node import note

        note(store, _STAMP, digest)
    else:
        (store / _STAMP).write_text(f"{digest}\n", encoding="utf-8")


def _stamp_of(store: StoreAddress) -> str | None:
    if isinstance(store, Endpoint):
        from app.graph.store_node import noted

        return noted(store, _STAMP)
    if current_id(store) == EMPTY_SNAPSHOT_ID:
        return None
    try:
        return (store / _STAMP).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def digest_of_shipped(data_dir: Path = DATA_DIR) -> str:
    """SHA-256 over the names and the bytes of the shipped data and of the program, in hexadecimal."""
    return _digest((data_dir, *(_ROOT / name for name in _PROGRAM)))


@cache
def digest_of_program() -> str:
    """SHA-256 of all that shapes an answer beside the graph: the whole program, its vocabulary, and its tables."""
    return _digest((DATA_DIR, *(_ROOT / name for name in ("ontology", "extractors", "app"))))


def _digest(folders: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                digest.update(f"{name}\n{path.stat().st_size}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
