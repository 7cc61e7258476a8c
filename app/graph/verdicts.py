"""Verdicts of curators: what a person found of a claim or of two people, as data with who, when and why.

A verdict stands in a named graph of its own, which no ingest and no rebuilding touches. It speaks of what a claim
asserts (article, subject, type, date, level, direction), not of its place in the text: an article that is read anew,
also by a later version of the extraction, keeps it. One that is taken back stays, marked with who, when and why.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Quad

from app.errors import BadRequestError, ConflictError, NotFoundError
from app.graph.literals import date_quads, moment_literal
from app.graph.statements import Statements
from app.graph.store import GraphStore, named_query
from app.graph.vocabulary import VERDICTS_GRAPH, concept, term, thing
from extractors.dates import DateValue

Finding = Literal["confirmed", "rejected", "same-person"]

_ID_CHARS = 12


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """What a judged claim asserts: a claim that asserts the same in the same article is the same claim."""

    article: str
    subject: str
    type: str
    date: DateValue
    level: str | None
    from_country: str | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a verdict back, when (UTC, to the second), and why."""

    by: str
    at: dt.datetime
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a curator found: `judged` are IRIs, of one claim or of two people; `at` is UTC, to the second."""

    finding: Finding
    judged: tuple[str, ...]
    by: str
    at: dt.datetime
    why: str
    claim: JudgedClaim | None = None
    withdrawn: Withdrawal | None = None

    @property
    def id(self) -> str:
        """A function of who judged what, when and how."""
        content = "\n".join((self.finding, *sorted(self.judged), self.by, self.at.isoformat()))
        return f"{self.finding}-{hashlib.sha256(content.encode()).hexdigest()[:_ID_CHARS]}"


def judge(store: GraphStore, held: Iterable[Verdict], new: Verdict) -> tuple[Verdict, ...]:
    """The verdicts with a new one among them; what a claim asserts is read from the graph.

    Raises:
        BadRequestError: it has no author or no reason, or does not judge one claim or two different people.
        NotFoundError: the graph does not hold what it judges.
        ConflictError: another verdict that stands has judged the same.

    """
    _check_form(new)
    is_of_people = new.finding == "same-person"
    claim = None if is_of_people else judged_claim(store, new.judged[0])
    judged = tuple(sorted(_person(store, iri) for iri in new.judged)) if is_of_people else new.judged
    if len(set(judged)) < len(judged):
        raise ConflictError(f"<{judged[0]}> is one person already.")
    complete = replace(new, judged=judged, by=new.by.strip(), why=new.why.strip(), claim=claim)
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
    changed = replace(found, withdrawn=withdrawal)
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
    if not new.by.strip() or not new.why.strip():
        raise BadRequestError("A verdict needs the name of who judges («by») and a reason («why»).")
    wanted = 2 if new.finding == "same-person" else 1
    if len(new.judged) != wanted:
        raise BadRequestError(f"«{new.finding}» judges {wanted} thing(s), not {len(new.judged)}.")
    if len(set(new.judged)) < wanted:
        raise BadRequestError("A person is the same as themselves: name two different people.")


def _person(store: GraphStore, iri: str) -> str:
    """The person of an IRI, also of an old one that leads to another."""
    said = Statements(store.select(named_query("statements"), {"node": NamedNode(iri)}))
    if iri in said.of_type("foaf:Person"):
        return iri
    later = said.value(iri, "dcterms:isReplacedBy")
    if later is None:
        raise NotFoundError(f"The graph holds no person <{iri}>: /api/people lists them.")
    return _person(store, later)


def _is_of_the_same(one: Verdict, other: Verdict) -> bool:
    if one.claim is not None and other.claim is not None:
        return one.claim == other.claim
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
    yield quad("dc:creator", RdfLiteral(verdict.by))
    yield quad("prov:generatedAtTime", moment_literal(verdict.at))
    yield quad("skos:note", RdfLiteral(verdict.why))
    if verdict.withdrawn:
        yield quad("bg:withdrawnBy", RdfLiteral(verdict.withdrawn.by))
        yield quad("prov:invalidatedAtTime", moment_literal(verdict.withdrawn.at))
        yield quad("bg:withdrawnBecause", RdfLiteral(verdict.withdrawn.why))
    if verdict.claim:
        yield quad("prov:wasQuotedFrom", NamedNode(verdict.claim.article))
        yield quad("bg:subject", NamedNode(verdict.claim.subject))
        yield quad("bg:type", concept("type", verdict.claim.type))
        yield from date_quads(node, verdict.claim.date, VERDICTS_GRAPH, has_keys=False)
        if verdict.claim.level:
            yield quad("bg:level", concept("level", verdict.claim.level))
        if verdict.claim.from_country:
            yield quad("bg:fromCountry", thing("country", verdict.claim.from_country))


def _verdict(said: Statements, node: str) -> Verdict:
    finding = cast(Finding, said.word(node, "bg:finding"))
    by, at = said.value(node, "bg:withdrawnBy"), said.value(node, "prov:invalidatedAtTime")
    return Verdict(
        finding=finding,
        judged=said.texts(node, "bg:judges"),
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
    )
