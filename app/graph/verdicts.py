"""Verdicts of curators: what a person found of a claim or of two people, as data with who, when and why.

A verdict stands in a named graph of its own, which no ingest and no rebuilding touches. It speaks of what a claim
asserts (article, subject, type, date, level, direction), not of its place in the text: an article that is read anew,
also by a later version of the extraction, keeps it. One that is taken back stays, marked with who, when and why.
"""

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import starmap
from typing import Literal, cast

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Quad

from app.errors import BadRequestError, ConflictError, NotFoundError
from app.graph.entity_lookups import appearance_of
from app.graph.literals import date_statements, moment_literal
from app.graph.statements import Statements
from app.graph.store import GraphStore, named_query
from app.graph.vocabulary import VERDICTS_GRAPH, concept, term, thing
from extractors.dates import DateValue

Finding = Literal["confirmed", "rejected", "same-person"]

_ID_CHARS = 12
MAX_NAME_CHARS = 200
MAX_REASON_CHARS = 2000


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """What a judged claim asserts: a claim that asserts the same in the same article is the same claim."""

    article: str
    subject: str
    type: str
    date: DateValue
    level: str | None = None
    from_country: str | None = None
    to_country: str | None = None
    person: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a verdict back, when (UTC, to the second), and why."""

    by: str
    at: dt.datetime
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a curator found: `judged` are IRIs, of one claim or of two people; `at` is UTC, to the second.

    `claim` is what the claim asserts; `appearances` are those in which articles name the two people: a verdict speaks
    of these, wherever the key of a person goes.
    """

    finding: Finding
    judged: tuple[str, ...]
    by: str
    at: dt.datetime
    why: str
    claim: JudgedClaim | None = None
    appearances: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None

    @property
    def id(self) -> str:
        """A function of who judged what, when and how."""
        content = "\n".join(
            (self.finding, *sorted(self.judged), *sorted(self.appearances), self.by, self.at.isoformat())
        )
        return f"{self.finding}-{hashlib.sha256(content.encode()).hexdigest()[:_ID_CHARS]}"


def judge(store: GraphStore, held: Iterable[Verdict], new: Verdict) -> tuple[Verdict, ...]:
    """The verdicts with a new one among them; what is judged is read from the graph, where the verdict does not say it.

    Raises:
        BadRequestError: it has no author or no reason, or does not judge one claim or two different people.
        NotFoundError: the graph does not hold what it judges, and the verdict does not say what that is.
        ConflictError: another verdict that stands has judged the same.

    """
    _check_form(new)
    complete = replace(new, by=_plain(new.by), why=_plain(new.why))
    if new.finding == "same-person":
        complete = complete if new.appearances else _about_people(store, complete)
    elif new.claim is None:
        complete = replace(complete, claim=judged_claim(store, new.judged[0]))
    verdicts = tuple(held)
    for other in verdicts:
        if other.id == complete.id:
            raise ConflictError(f"The verdict «{other.id}» is recorded already.")
        if complete.withdrawn is None and other.withdrawn is None and _is_of_the_same(other, complete):
            raise ConflictError(
                f"{other.by} judged this «{other.finding}» on {other.at:%Y-%m-%d} (verdict {other.id}): "
                "take that back first."
            )
    return (*verdicts, complete)


def withdraw(held: Iterable[Verdict], verdict_id: str, withdrawal: Withdrawal) -> tuple[Verdict, ...]:
    """The verdicts with one of them taken back.

    Raises:
        BadRequestError: nobody or no reason is named.
        NotFoundError: there is no such verdict.
        ConflictError: it was taken back before.

    """
    if not withdrawal.by.strip() or not withdrawal.why.strip():
        raise BadRequestError("Taking a verdict back needs a name and a reason.")
    verdicts = tuple(held)
    found = next((one for one in verdicts if one.id == verdict_id), None)
    if found is None:
        raise NotFoundError(f"There is no verdict «{verdict_id}».", tuple(one.id for one in verdicts[:3]))
    if found.withdrawn is not None:
        raise ConflictError(f"{found.withdrawn.by} took this verdict back on {found.withdrawn.at:%Y-%m-%d}.")
    # a clock that was set back meanwhile does not make it be taken back before it was given
    changed = replace(found, withdrawn=replace(withdrawal, at=max(withdrawal.at, found.at)))
    return tuple(changed if one is found else one for one in verdicts)


def judged_claim(store: GraphStore, iri: str) -> JudgedClaim:
    """What a claim of the graph asserts.

    Raises:
        NotFoundError: the graph holds no such claim.

    """
    said = Statements(store.select(named_query("statements"), {"node": NamedNode(iri)}))
    if iri not in said.of_type("bg:Claim"):
        raise NotFoundError(f"The graph holds no claim <{iri}>: its key stands in /api/articles/… of its article.")
    return _assertion(said, iri)


def verdict_quads(verdicts: Iterable[Verdict]) -> frozenset[Quad]:
    """The whole graph of verdicts."""
    return frozenset(quad for verdict in verdicts for quad in _quads(verdict))


def read_verdicts(store: GraphStore) -> tuple[Verdict, ...]:
    """All verdicts, the earliest first."""
    return verdicts_among(Statements(store.select(named_query("verdicts"))))


def verdicts_among(said: Statements) -> tuple[Verdict, ...]:
    """The verdicts among some statements, the earliest first."""
    found = (_verdict(said, node) for node in said.of_type("bg:Verdict"))
    return tuple(sorted(found, key=lambda verdict: (verdict.at, verdict.id)))


def _check_form(new: Verdict) -> None:
    if not _plain(new.by) or not _plain(new.why):
        raise BadRequestError("A verdict needs the name of who judges («by») and a reason («why»).")
    if len(new.by) > MAX_NAME_CHARS or len(new.why) > MAX_REASON_CHARS:
        raise BadRequestError(f"«by» may have {MAX_NAME_CHARS} characters, «why» {MAX_REASON_CHARS:,}.")
    wanted = 2 if new.finding == "same-person" else 1
    if len(new.judged) != wanted:
        raise BadRequestError(f"«{new.finding}» judges {wanted} thing(s), not {len(new.judged)}.")
    if new.appearances and len(set(new.appearances)) != wanted:
        raise BadRequestError("A verdict on two people names one appearance of each.")
    if len(set(new.judged)) < wanted:
        raise BadRequestError("A person is the same as themselves: name two different people.")


def _plain(text: str) -> str:
    """A text in the form NFC, its white space made plain, without control and format characters."""
    kept = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    return " ".join("".join(char for char in kept if unicodedata.category(char)[0] != "C").split())


def _about_people(store: GraphStore, new: Verdict) -> Verdict:
    people = tuple(sorted(_person(store, iri) for iri in new.judged))
    if people[0] == people[1]:
        raise ConflictError(f"<{people[0]}> is one person already.")
    return replace(new, judged=people, appearances=tuple(sorted(appearance_of(store, iri) for iri in people)))


def _person(store: GraphStore, iri: str, seen: frozenset[str] = frozenset()) -> str:
    """The person of an IRI, also of an old one that leads to another."""
    said = Statements(store.select(named_query("statements"), {"node": NamedNode(iri)}))
    if iri in said.of_type("foaf:Person"):
        return iri
    later = said.value(iri, "dcterms:isReplacedBy")
    if later is None or later in seen:
        raise NotFoundError(f"The graph holds no person <{iri}>: /api/people lists them.")
    return _person(store, later, seen | {iri})


def _is_of_the_same(one: Verdict, other: Verdict) -> bool:
    if one.claim is not None and other.claim is not None:
        return one.claim == other.claim
    if one.appearances and other.appearances:
        return one.appearances == other.appearances
    return one.claim is None and other.claim is None and one.judged == other.judged


def _quads(verdict: Verdict) -> Iterator[Quad]:
    node = thing("verdict", verdict.id)

    def quad(predicate: str, value: NamedNode | RdfLiteral) -> Quad:
        return Quad(node, term(predicate), value, VERDICTS_GRAPH)

    yield quad("rdf:type", term("bg:Verdict"))
    yield quad("dcterms:identifier", RdfLiteral(verdict.id))
    yield quad("bg:finding", concept("finding", verdict.finding))
    for iri in verdict.judged:
        yield quad("bg:judges", NamedNode(iri))
    for iri in verdict.appearances:
        yield quad("bg:judgedAppearance", NamedNode(iri))
    yield quad("dc:creator", RdfLiteral(verdict.by))
    yield quad("prov:generatedAtTime", moment_literal(verdict.at))
    yield quad("skos:note", RdfLiteral(verdict.why))
    if verdict.withdrawn:
        yield quad("bg:withdrawnBy", RdfLiteral(verdict.withdrawn.by))
        yield quad("prov:invalidatedAtTime", moment_literal(verdict.withdrawn.at))
        yield quad("bg:withdrawnBecause", RdfLiteral(verdict.withdrawn.why))
    if verdict.claim:
        yield from _claim_quads(verdict.claim, node)


def _claim_quads(claim: JudgedClaim, node: NamedNode) -> Iterator[Quad]:
    """What a judged claim asserts, said of the verdict with the properties of claims."""

    def quad(predicate: str, value: NamedNode | RdfLiteral) -> Quad:
        return Quad(node, term(predicate), value, VERDICTS_GRAPH)

    yield quad("prov:wasQuotedFrom", NamedNode(claim.article))
    yield quad("bg:subject", NamedNode(claim.subject))
    yield quad("bg:type", concept("type", claim.type))
    yield from starmap(Quad, date_statements(node, claim.date, VERDICTS_GRAPH, has_keys=False))
    if claim.level:
        yield quad("bg:level", concept("level", claim.level))
    for predicate, code in (("bg:fromCountry", claim.from_country), ("bg:toCountry", claim.to_country)):
        if code:
            yield quad(predicate, thing("country", code))
    for predicate, text in (("bg:personName", claim.person), ("schema:name", claim.name)):
        if text:
            yield quad(predicate, RdfLiteral(text))


def _verdict(said: Statements, node: str) -> Verdict:
    finding = cast(Finding, said.word(node, "bg:finding"))
    by, at = said.value(node, "bg:withdrawnBy"), said.value(node, "prov:invalidatedAtTime")
    return Verdict(
        finding=finding,
        judged=said.texts(node, "bg:judges"),
        appearances=said.texts(node, "bg:judgedAppearance"),
        by=said.text(node, "dc:creator"),
        at=dt.datetime.fromisoformat(said.text(node, "prov:generatedAtTime")),
        why=said.text(node, "skos:note"),
        claim=None if finding == "same-person" else _assertion(said, node),
        withdrawn=Withdrawal(by, dt.datetime.fromisoformat(at), said.text(node, "bg:withdrawnBecause"))
        if by and at
        else None,
    )


def _assertion(said: Statements, node: str) -> JudgedClaim:
    """What a claim asserts, from its own statements or from those of a verdict on it."""
    return JudgedClaim(
        article=said.text(node, "prov:wasQuotedFrom"),
        subject=said.text(node, "bg:subject"),
        type=said.word(node, "bg:type") or "",
        date=said.date(node),
        level=said.word(node, "bg:level"),
        from_country=said.key(node, "bg:fromCountry"),
        to_country=said.key(node, "bg:toCountry"),
        person=said.value(node, "bg:personName"),
        name=said.value(node, "schema:name"),
    )
