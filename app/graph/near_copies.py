"""Near copies: articles that share most of their words are one voice, whatever paper printed them.

Each article that claims something carries a MinHash signature of its body: of the set of its runs of four words. The
share of equal places in two signatures estimates how much of their runs two articles share (Broder 1997, «On the
resemblance and containment of documents»); reprints of one story share most of them, two reports of one ceremony a few.
"""

import re
import struct
from collections import defaultdict
from collections.abc import Mapping

from rensa import RMinHash

from extractors.records import Article

_RUN_WORDS = 4
_PLACES = 64
_SEED = 1992
_BAND_PLACES = 2  # two articles that share half of their runs agree in some band of two 9,999 times in 10,000
_MIN_RUNS = 20
_SAME_SHARE = 0.5
_WORD = re.compile(r"\w+")


def signature_of(article: Article) -> bytes | None:
    """The signature of an article's body, 256 bytes; None where the body is too short to tell."""
    body = " ".join(article.text[part.start : part.end] for part in article.sections if part.kind == "body")
    words = _WORD.findall(body.casefold())
    runs = set(map(" ".join, zip(*(words[place:] for place in range(_RUN_WORDS)), strict=False)))
    if len(runs) < _MIN_RUNS:
        return None
    sketch = RMinHash(num_perm=_PLACES, seed=_SEED)
    sketch.update(list(runs))  # in any order: of each place, the least counts
    return struct.pack(f">{_PLACES}I", *sketch.digest())


def copies_among(signatures: Mapping[str, bytes]) -> Mapping[str, str]:
    """The first, by name, of the near copies that each article belongs to; articles that stand alone are their own."""
    places = {name: struct.unpack(f">{_PLACES}I", signatures[name]) for name in sorted(signatures)}
    first = {name: name for name in places}
    for bucket in _buckets(places):
        stories: list[str] = []
        for name in bucket:
            original = next((one for one in stories if _share(places[one], places[name]) >= _SAME_SHARE), None)
            if original is None:
                stories.append(name)
                continue
            a, b = _root(first, original), _root(first, name)
            first[max(a, b)] = min(a, b)
    return {name: _root(first, name) for name in places}


def _buckets(places: Mapping[str, tuple[int, ...]]) -> list[list[str]]:
    """Articles that agree in a whole band of their signatures: only those are compared, so that many cost little."""
    found: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
    for name, values in places.items():
        for start in range(0, _PLACES, _BAND_PLACES):
            found[start, values[start : start + _BAND_PLACES]].append(name)
    return [names for names in found.values() if len(names) > 1]


def _root(first: dict[str, str], name: str) -> str:
    while first[name] != name:
        name = first[name]
    return name


def _share(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    return sum(x == y for x, y in zip(a, b, strict=True)) / _PLACES
