"""The ledger: articles that were read and assert nothing, remembered in 16 bytes each so that they are not read again.

Of a stream of news 99 articles in 100 assert nothing. A graph of its own would cost each of them eight quads, and even
a single quad about a kilobyte on disk; here they stand in 256 lists, which a quad each holds. Which list, and where in
it, follows from the key of the article alone: the ledger is the same however the articles came in.
"""

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.literals import bytes_literal, read_bytes
from app.graph.store import GraphStore
from app.graph.vocabulary import LEDGER_GRAPH, term, thing

_PARTS = 256
_ENTRY_NUMBERS = 2  # of an article: the number of its key, and the fingerprint that it was read with


def number_of(text: str | bytes) -> int:
    """The first 64 bits of the SHA-256 of a text: among ten million, two are alike with a chance of 3 in a million."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return int.from_bytes(hashlib.sha256(data).digest()[:8])


class Ledger:
    """What the ledger of a graph holds, and changes to it that `write` puts into the graph."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._parts: dict[int, array[int]] = {}
        self._changes: dict[int, int | None] = {}

    def find(self, key: str) -> int | None:
        """The fingerprint that an article was read with, by its key; None where the ledger does not hold it."""
        number = number_of(key)
        if number in self._changes:
            return self._changes[number]
        entries = self._part(number % _PARTS)
        place = _place(entries, number)
        is_there = place < len(entries) and entries[place] == number
        return entries[place + 1] if is_there else None

    def put(self, key: str, fingerprint: int) -> None:
        """Note that an article was read and asserts nothing."""
        self._changes[number_of(key)] = fingerprint

    def drop(self, key: str) -> None:
        """Take an article out, which asserts something now."""
        if self.find(key) is not None:
            self._changes[number_of(key)] = None

    def write(self) -> None:
        """Bring the graph up to date with the changes."""
        changed: dict[int, dict[int, int | None]] = {}
        for number, fingerprint in self._changes.items():
            changed.setdefault(number % _PARTS, {})[number] = fingerprint
        for part, changes in sorted(changed.items()):
            held = self._part(part)
            wanted = _merge(held, changes)
            if wanted != held:
                self._store.apply(_quads(part, held), _quads(part, wanted))
            self._parts[part] = wanted
        self._changes.clear()

    def _part(self, part: int) -> "array[int]":
        if part not in self._parts:
            self._parts[part] = _held(self._store, part)
        return self._parts[part]


def read_entries(store: GraphStore) -> Iterator[tuple[int, int]]:
    """All entries of the ledger: the number of an article's key, and the fingerprint that it was read with."""
    for quad in store.quads(LEDGER_GRAPH):
        if quad.predicate != term("bg:entries") or not isinstance(quad.object, Literal):
            continue
        entries = _decode(quad.object.value)
        yield from zip(entries[::_ENTRY_NUMBERS], entries[1::_ENTRY_NUMBERS], strict=True)


def _held(store: GraphStore, part: int) -> "array[int]":
    for quad in store.quads(LEDGER_GRAPH, _node(part)):
        if quad.predicate == term("bg:entries") and isinstance(quad.object, Literal):
            return _decode(quad.object.value)
    return array("Q")


def _merge(held: "array[int]", changes: dict[int, int | None]) -> "array[int]":
    entries: dict[int, int | None] = dict(
        zip(held[::_ENTRY_NUMBERS], held[1::_ENTRY_NUMBERS], strict=True),
    )
    entries.update(changes)
    merged = array("Q")
    for number in sorted(entries):
        fingerprint = entries[number]
        if fingerprint is not None:
            merged.extend((number, fingerprint))
    return merged


def _place(entries: "array[int]", number: int) -> int:
    """Where in a list an entry stands or would stand."""
    return _ENTRY_NUMBERS * bisect_left(range(len(entries) // _ENTRY_NUMBERS), number, key=lambda at: entries[2 * at])


def _node(part: int) -> NamedNode:
    return thing("ledger", f"{part:02x}")


def _quads(part: int, entries: "array[int]") -> tuple[Quad, ...]:
    if not entries:
        return ()
    node = _node(part)
    return (
        Quad(node, term("rdf:type"), term("bg:Ledger"), LEDGER_GRAPH),
        Quad(node, term("bg:entries"), bytes_literal(_big_endian(entries).tobytes()), LEDGER_GRAPH),
    )


def _decode(text: str) -> "array[int]":
    entries = array("Q")
    entries.frombytes(read_bytes(text))
    return _big_endian(entries)


def _big_endian(entries: "array[int]") -> "array[int]":
    """The numbers in the byte order of the format: the way there is the way back."""
    turned = array("Q", entries)
    if sys.byteorder == "little":
        turned.byteswap()
    return turned
