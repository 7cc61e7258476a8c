"""From an input to what is made of it: the pure step that runs in this process, on another core or on another machine.

Chunks of inputs travel as bytes, so that whoever passes them on needs to understand nothing of them.
"""

import json
import pickle
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from app.errors import BanggiaoError
from app.fingerprints import extraction_version
from app.inputs import PublicationDates
from extractors.pipeline import Entities, extract, load_tables
from extractors.readers import Payload, Unreadable, read_payload
from extractors.records import Article
from extractors.tables import TableError


class Known(NamedTuple):
    """An input that need not be read: the graph holds what it says. `article` is the number of the article's key."""

    source: str
    article: int


Input: TypeAlias = Payload | Article
Item: TypeAlias = Input | Known | Unreadable
"""What stands in the row of inputs; only an Input is worked on, the rest is handed on in its place."""
Maker: TypeAlias = Callable[[Input], Any]
"""What is to be made of an input; it can be pickled, and says Unreadable where nothing can be made."""


class VersionMismatchError(BanggiaoError):
    """A worker that would extract something else than this program; names both versions."""


@dataclass(frozen=True, slots=True)
class LineMaker:
    """Makes the line of JSON that `banggiao extract` prints of an article."""

    entities: Entities
    dates: PublicationDates

    def __call__(self, one: Input) -> str | Unreadable:
        """The line, or why there is none."""
        article = read_input(one, self.dates)
        if isinstance(article, Unreadable):
            return article
        return json.dumps(extract(article, self.entities).to_json(), ensure_ascii=False)


def read_input(one: Input, dates: PublicationDates) -> Article | Unreadable:
    """The article of an input, with the publication date that is known from elsewhere if it states none."""
    article = read_payload(one) if isinstance(one, Payload) else one
    return article if isinstance(article, Unreadable) else dates.put_on(article)


def make(maker: Maker, item: Item) -> Any:
    """What the maker makes of an input; what is no input, as it is.

    A fault of the program itself in one article is told of that article, and does not stop the others.

    Raises:
        TableError: a table that the extraction needs is at fault, which would be so for every article.
    """
    if isinstance(item, Known | Unreadable):
        return item
    try:
        return maker(item)
    except (TableError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  # one article among millions must not end the work on the others
        last = traceback.extract_tb(error.__traceback__)[-1]
        source = item.source if isinstance(item, Payload) else item.id
        place = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
        return Unreadable(
            source, f"a fault of this program: {type(error).__name__}: {error} ({place}); please report it"
        )


def pack_maker(maker: Maker, version: str) -> bytes:
    """What a worker needs to know beside the inputs: the same for all chunks of a run."""
    return pickle.dumps((version, maker), protocol=pickle.HIGHEST_PROTOCOL)


def pack_items(items: Sequence[Item]) -> bytes:
    """A chunk of inputs; payloads as tuples, which cost a quarter of the time that their class takes."""
    rows = [(one.source, one.data, one.media_type, one.given) if isinstance(one, Payload) else (one,) for one in items]
    return pickle.dumps(rows, protocol=pickle.HIGHEST_PROTOCOL)


def run_chunk(maker: bytes, items: bytes) -> bytes:
    """Do a chunk of work, wherever this runs.

    Raises:
        VersionMismatchError: the code or the data of the extraction here is not that of whoever sent the chunk.
    """
    rows = pickle.loads(items)  # noqa: S301  # from the process that this one works for
    work = _load_maker(maker)
    return pickle.dumps(
        [make(work, Payload(*row) if len(row) > 1 else row[0]) for row in rows], protocol=pickle.HIGHEST_PROTOCOL
    )


def unpack(outcomes: bytes) -> list[Any]:
    """The outcomes of `run_chunk`, one for each item in its order."""
    return list(pickle.loads(outcomes))  # noqa: S301  # from a worker, which could do worse than send a wrong pickle


@lru_cache(maxsize=2)
def _load_maker(packed: bytes) -> Maker:
    version, maker = pickle.loads(packed)  # noqa: S301  # as above
    if version != extraction_version():
        raise VersionMismatchError(
            f"A worker has the extraction {extraction_version()}, and this program {version}: install the same "
            "banggiao, with the same Python and packages, for both."
        )
    load_tables()
    return maker  # type: ignore[no-any-return]  # what pack_maker was given
