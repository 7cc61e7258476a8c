"""What is looked through alike in claims, facts and events of a dump: words, states, dates, numbers, addresses."""

import re
from collections.abc import Collection
from typing import get_args
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Quad

from app.graph.literals import date_quads, read_date
from app.graph.reference import Occasion, Standing
from app.graph.vocabulary import concept_name, kind_and_key, pairs_of, subject_of, term
from app.importing.dump_nodes import Node
from extractors.dates import DateError, parse_partial_date
from extractors.records import Basis, ClaimType, Level

DATE_NAMES = ("bg:date", "bg:endDate", "bg:precision", "bg:earliest", "bg:latest", "bg:monthDay", "bg:month")
"""What is written of a date."""

_WORDS = {
    "bg:type": get_args(ClaimType),
    "bg:level": get_args(Level),
    "bg:basis": get_args(Basis),
    "bg:standing": get_args(Standing),
    "bg:occasion": get_args(Occasion),
}
# A browser passes over white space and control characters in such an address.
_UNSEEN = re.compile(r"[\x00-\x20]+")
_RUN_BY_BROWSERS = ("javascript:", "data:", "vbscript:")


def check_assertion(node: Node, codes: Collection[str]) -> None:
    """What a claim, a fact and an event share: a type, whom it is about, a date, and words that are known."""
    node.text("bg:type")
    for name, words in _WORDS.items():
        word = node.value(name)
        if word is not None and concept_name(word) not in words:
            raise node.fault(f"has the {name} «{word[:80]}», which is none of {', '.join(words)}")
    states = [check_state(node, value, codes) for value in node.values("bg:country")]
    for name in ("bg:fromCountry", "bg:toCountry"):
        if (value := node.value(name)) is not None:
            check_state(node, NamedNode(value), codes)
    if node.text("bg:subject") != subject_of(states, node.value("bg:personName")).value:
        raise node.fault("is about another subject than its states")
    if {value.value for value in node.values("bg:pair")} != {pair.value for pair in pairs_of(states)}:
        raise node.fault("is about other pairs than those of its states")
    _check_date(node)


def check_state(node: Node, value: NamedNode | Literal, codes: Collection[str]) -> str:
    """The code of a state that is known here."""
    try:
        kind, code = kind_and_key(value.value)
    except ValueError as error:
        raise node.fault(str(error)[:200]) from error
    if kind != "country" or code not in codes:
        raise node.fault(f"is about «{code[:80]}», which is no state that is known here")
    return code


def check_day(node: Node, name: str, *, is_needed: bool = False) -> None:
    """A calendar day, where there is one."""
    text = node.text(name) if is_needed else node.value(name)
    if text is None:
        return
    try:
        is_day = parse_partial_date(text).precision == "day"
    except DateError:
        is_day = False
    if not is_day or text.startswith("--"):
        raise node.fault(f"has the {name} «{text[:80]}», which is no day")


def check_address(node: Node, name: str) -> None:
    """An address that can be taken apart, and that a browser would not run."""
    text = node.value(name) or ""
    try:
        urlsplit(text)
    except ValueError as error:
        raise node.fault(f"has the {name} «{text[:80]}», which is no address: {error}") from error
    if _UNSEEN.sub("", text).lower().startswith(_RUN_BY_BROWSERS):
        raise node.fault(f"has the {name} «{text[:80]}», which a browser would run")


def number_of(node: Node, name: str) -> float:
    """A number that must be there."""
    text = node.text(name)
    try:
        return float(text)
    except ValueError as error:
        raise node.fault(f"has the {name} «{text[:80]}», which is no number") from error


def name_of(node: Node, iri: str) -> tuple[str, str]:
    """Kind and key of a thing that a node is, cites, or stands beside."""
    try:
        return kind_and_key(iri)
    except ValueError as error:
        raise node.fault(f"is beside or cites what {error}") from error


def _check_date(node: Node) -> None:
    """The date with its bounds and keys is just what is written of that date here."""
    try:
        date = read_date(node.text("bg:date"), node.value("bg:endDate"))
    except DateError as error:
        raise node.fault(f"has no date that can be read: {error}") from error
    wanted = set(date_quads(node.iri, date, node.graph))
    held = {Quad(node.iri, term(name), value, node.graph) for name in DATE_NAMES for value in node.values(name)}
    if held != wanted:
        raise node.fault(f"has the date {date} with other bounds, keys or precision than such a date has")
