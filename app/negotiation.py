"""Content negotiation: which of the offered media types an Accept header likes best (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.errors import NotAcceptableError


@dataclass(frozen=True, slots=True)
class _Range:
    """One entry of an Accept header; `quality` is from 0 (never) to 1 (best)."""

    kind: str
    subtype: str
    quality: float

    def specificity(self, kind: str, subtype: str) -> int:
        """How closely the entry names a media type: 2 exactly, 1 `text/*`, 0 `*/*`, -1 not at all."""
        if (self.kind, self.subtype) == (kind, subtype):
            return 2
        if self.subtype != "*":
            return -1
        return {kind: 1, "*": 0}.get(self.kind, -1)


def choose_media_type(accept: str | None, offered: Sequence[str]) -> str:
    """The offered media type that the header likes best; the first of those that it likes alike.

    A missing or empty header likes all alike. Entries that cannot be read are passed over.

    Raises:
        NotAcceptableError: it likes none.
    """
    ranges = _parse(accept or "*/*") or _parse("*/*")
    best, best_quality = "", 0.0
    for media_type in offered:
        quality = _quality(ranges, media_type)
        if quality > best_quality:
            best, best_quality = media_type, quality
    if not best:
        raise NotAcceptableError(f"None of «{accept}» can be given here. Ask for one of: {', '.join(offered)}.")
    return best


def prefers(accept: str | None, media_type: str, others: Sequence[str]) -> bool:
    """Whether the header likes a media type better than each of some others; no header likes any better."""
    ranges = _parse(accept or "")
    quality = _quality(ranges, media_type)
    return all(_quality(ranges, other) < quality for other in others)


_ENCODINGS = ("zstd", "gzip")
"""How an answer can be packed, the better first."""


@lru_cache(maxsize=256)
def choose_encoding(accept_encoding: bytes | None) -> bytes:
    """The content coding that an Accept-Encoding header likes best: zstd, gzip or identity (section 12.5.3).

    Of those it likes alike, the one that packs better; without a header, and where it likes none, identity.
    """
    qualities = {}
    for text in (accept_encoding or b"").decode("latin-1").lower().split(","):
        coding, *parameters = (part.strip() for part in text.split(";"))
        qualities[coding] = _quality_parameter(parameters)
    liked = {coding: qualities.get(coding, qualities.get("*", 0.0)) for coding in _ENCODINGS}
    best = max(_ENCODINGS, key=lambda coding: liked[coding])
    is_liked = liked[best] > 0 and liked[best] >= qualities.get("identity", 0.0)
    return best.encode() if is_liked else b"identity"


def bare_media_type(content_type: str | None) -> str:
    """A Content-Type header without its parameters, in lower case; empty where there is none."""
    return (content_type or "").partition(";")[0].strip().lower()


def charset(content_type: str | None) -> str | None:
    """The charset that a Content-Type header names, in lower case."""
    for parameter in (content_type or "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return None


def _quality(ranges: Sequence[_Range], media_type: str) -> float:
    """The quality of the closest entry."""
    kind, _, subtype = media_type.partition("/")
    fitting = [(entry.specificity(kind, subtype), entry.quality) for entry in ranges]
    closest = max((specificity for specificity, _ in fitting), default=-1)
    return (
        max((quality for specificity, quality in fitting if specificity == closest), default=0.0)
        if closest >= 0
        else 0.0
    )


def _parse(accept: str) -> tuple[_Range, ...]:
    entries = []
    for text in accept.split(","):
        media_type, *parameters = (part.strip().lower() for part in text.split(";"))
        kind, slash, subtype = media_type.partition("/")
        if slash and kind and subtype:
            entries.append(_Range(kind, subtype, _quality_parameter(parameters)))
    return tuple(entries)


def _quality_parameter(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
