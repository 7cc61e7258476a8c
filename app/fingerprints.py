"""Fingerprints: by what an input is known again, before it is read.

Two inputs have one fingerprint if the same bytes, with the same things known about them, go through the same program:
then they give the same graph. Where the input lies has no part in it.
"""

import hashlib
import platform
import unicodedata
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app.house import VERSION
from extractors.readers import Payload
from extractors.records import Article
from extractors.tables import DATA_DIR

READING_DISTRIBUTIONS = (
    *("ahocorasick-rs", "dateparser", "ftfy", "lxml", "python-frontmatter", "PyYAML"),
    *("rapidfuzz", "trafilatura", "underthesea"),
)
"""The packages of others that decide what is read in an input."""

_ROOT = Path(__file__).resolve().parent.parent
# The program from an input to the graph of its article; what comes after (fusion) is made anew at each publication.
_PROGRAM = (
    "extractors",
    "app/graph/articles.py",
    "app/graph/literals.py",
    "app/graph/rdf.py",
    "app/graph/vocabulary.py",
)
# Tables that the extractors do not read.
_OTHER_DATA = ("articles", "people", "relations")
_DIGEST_CHARS = 16


@lru_cache(maxsize=4)
def extraction_version(data_dir: Path = DATA_DIR) -> str:
    """The version of the extraction: of the package, with a digest of its code, its tables and what it is built on.

    Two machines with one version extract the same from the same input.
    """
    digest = hashlib.sha256(f"{platform.python_version()} {unicodedata.unidata_version}".encode())
    for name in READING_DISTRIBUTIONS:
        digest.update(f"\n{name} {_version_of(name)}".encode())
    folders = [folder for folder in sorted(data_dir.iterdir()) if folder.name not in _OTHER_DATA]
    for part in (*folders, *(_ROOT / name for name in _PROGRAM)):
        for path in sorted(part.rglob("*")) if part.is_dir() else (part,):
            if path.is_file() and path.suffix != ".pyc":
                name = f"{part.name}/{path.relative_to(part).as_posix()}"
                digest.update(f"\n{name} {path.stat().st_size}\n".encode())
                digest.update(path.read_bytes())
    return f"{VERSION}+{digest.hexdigest()[:_DIGEST_CHARS]}"


def fingerprint_of(one: Payload | Article, published: object, extraction: str) -> int:
    """64 bits for an input: `published` is the day that is known from elsewhere, `extraction` the version.

    Of ten million inputs that have changed, none is taken for one of ten million known ones but with a chance of 5 in
    a million.
    """
    if isinstance(one, Article):
        digest = hashlib.sha256(f"{extraction}\n{published}\n{one!r}".encode("utf-8", "surrogatepass"))
    else:
        known = f"{extraction}\n{published}\n{one.media_type}\n{one.given!r}\n"
        digest = hashlib.sha256(known.encode("utf-8", "surrogatepass"))
        digest.update(one.data)
    return int.from_bytes(digest.digest()[:8])


def _version_of(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "absent"
