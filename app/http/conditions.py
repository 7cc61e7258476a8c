"""Entity tags and the conditions on them (RFC 9110, sections 8.8.3 and 13.1.2)."""

import re
from dataclasses import dataclass
from hashlib import blake2b

_TAG = re.compile(rb'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def tag_of(*parts: bytes) -> bytes:
    """A strong entity tag of what an answer is a function of, with its quotation marks.

    The parts come from the head of a request and from us: none has a line feed in it.
    """
    return b'"' + blake2b(b"\n".join(parts), digest_size=12).hexdigest().encode() + b'"'


@dataclass(frozen=True, slots=True)
class NoneMatch:
    """The condition that none of some tags is the current one: `any_tag` is the condition `*`."""

    any_tag: bool
    tags: frozenset[bytes]


_NO_CONDITION = NoneMatch(any_tag=False, tags=frozenset())


def parse_none_match(value: bytes | None) -> NoneMatch:
    """An If-None-Match header; what is no tag is passed over. Tags are compared weakly, so W/ does not count."""
    if value is None:
        return _NO_CONDITION
    if value.strip() == b"*":
        return NoneMatch(any_tag=True, tags=frozenset())
    return NoneMatch(any_tag=False, tags=frozenset(b'"' + tag + b'"' for tag in _TAG.findall(value)))
