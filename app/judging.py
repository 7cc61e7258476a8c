"""Recording verdicts: one at a time or a file of them, each checked against the graph before anything is written."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any, cast, get_args

from pyoxigraph import NamedNode

from app.errors import BadRequestError, BanggiaoError, ConflictError, NotFoundError
from app.graph.endpoints import StoreAddress
from app.graph.repositories import Publication, publish
from app.graph.store import GraphStore
from app.graph.verdicts import Finding, JudgedClaim, Verdict, Withdrawal, judge, withdraw
from app.graph.vocabulary import BASE
from extractors.dates import parse_edtf
from extractors.records import ClaimType

_WAIT_S = 600.0
_NOT_IRI = re.compile(r"[\s<>\"{}|\\^`\x00-\x20\ud800-\udfff]|%(?![0-9A-Fa-f]{2})")
_FIELDS = frozenset({"id", "finding", "judged", "claim", "appearances", "by", "at", "why", "withdrawn"})
_CLAIM_TEXTS = ("level", "from", "to", "person", "name")


def judged_iri(finding: Finding, name: str) -> str:
    """The IRI of a claim or a person, which is given by IRI or by key."""
    if name.startswith(BASE):
        return _iri(name)
    kind = "person" if finding == "same-person" else "claim"
    return _iri(f"{BASE}id/{kind}/{name}")


def record(address: StoreAddress, verdict: Verdict, *, wait_s: float = _WAIT_S) -> tuple[Verdict, Publication]:
    """Put a verdict into the graph and fuse anew what it touches; gives it back with all that it then says.

    Raises:
        BadRequestError: it is not complete.
        NotFoundError: the graph does not hold what it judges.
        ConflictError: it contradicts a verdict that stands.
        StoreBusyError: another writer held the store for `wait_s` seconds.
    """
    recorded: list[Verdict] = []

    def judge_one(store: GraphStore, held: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
        verdicts = judge(store, held, verdict)
        recorded.append(verdicts[-1])
        return verdicts

    publication = publish(address, (), judge=judge_one, wait_s=wait_s)
    return recorded[-1], publication


def take_back(
    address: StoreAddress, verdict_id: str, withdrawal: Withdrawal, *, wait_s: float = _WAIT_S
) -> Publication:
    """Take a verdict back; it stays in the graph, marked.

    Raises:
        BadRequestError: nobody or no reason is named.
        NotFoundError: there is no such verdict.
        ConflictError: it was taken back before.
        StoreBusyError: another writer held the store for `wait_s` seconds.
    """
    return publish(address, (), judge=lambda _, held: withdraw(held, verdict_id, withdrawal), wait_s=wait_s)


def record_file(address: StoreAddress, path: Path, *, wait_s: float = _WAIT_S) -> tuple[int, Publication]:
    """Put a file of verdicts (JSON Lines, as `verdict list --format jsonl` prints them) into the graph: all or none.

    Those that the graph holds already are passed over. Returns how many are new.

    Raises:
        BadRequestError: a line is at fault; names file, line and reason. Nothing was written.
        StoreBusyError: another writer held the store for `wait_s` seconds.
    """
    lines = _read_lines(path)
    added = 0

    def judge_all(store: GraphStore, held: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
        nonlocal added
        verdicts, known = held, frozenset(verdict.id for verdict in held)
        for number, verdict in lines:
            if verdict.id in known:
                continue
            try:
                verdicts = judge(store, verdicts, verdict)
            except (BadRequestError, NotFoundError, ConflictError) as error:
                raise BadRequestError(f"{path.name}:{number}: {error} Nothing was recorded.") from error
            added += 1
        return verdicts

    publication = publish(address, (), judge=judge_all, wait_s=wait_s)
    return added, publication


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as it is printed, and read back by `record_file`."""
    gone = verdict.withdrawn
    return {
        "id": verdict.id,
        "finding": verdict.finding,
        "judged": list(verdict.judged),
        "claim": _claim_json(verdict.claim) if verdict.claim else None,
        "appearances": list(verdict.appearances),
        "by": verdict.by,
        "at": verdict.at.isoformat(),
        "why": verdict.why,
        "withdrawn": {"by": gone.by, "at": gone.at.isoformat(), "why": gone.why} if gone else None,
    }


def _claim_json(claim: JudgedClaim) -> dict[str, Any]:
    return {
        "article": claim.article,
        "subject": claim.subject,
        "type": claim.type,
        "date": str(claim.date),
        "level": claim.level,
        "from": claim.from_country,
        "to": claim.to_country,
        "person": claim.person,
        "name": claim.name,
    }


def _read_claim(plain: dict[str, Any]) -> JudgedClaim:
    """What a judged claim asserts: in a file, so that a verdict waits for an article that is not here yet."""
    level, from_country, to_country, person, name = (
        None if plain.get(field) is None else _text(plain, field) for field in _CLAIM_TEXTS
    )
    if (kind := _text(plain, "type")) not in get_args(ClaimType):
        raise BadRequestError(f"type «{kind}» is none of {', '.join(get_args(ClaimType))}.")
    return JudgedClaim(
        article=_iri(_text(plain, "article")),
        subject=_iri(_text(plain, "subject")),
        type=kind,
        date=parse_edtf(_text(plain, "date")),
        level=level,
        from_country=from_country,
        to_country=to_country,
        person=person,
        name=name,
    )


def _iri(text: str) -> str:
    """An IRI of this graph.

    Raises:
        BadRequestError: it is none.
    """
    try:
        if text.startswith(BASE) and not _NOT_IRI.search(text):
            return str(NamedNode(text).value)
    except ValueError:
        pass
    raise BadRequestError(f"«{text[:80]}» names no thing of this graph.")


def _read_lines(path: Path) -> tuple[tuple[int, Verdict], ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadRequestError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BadRequestError(f"{path.name}: is not UTF-8 at byte {error.start}.") from error
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append((number, _read_verdict(json.loads(line))))
        except (ValueError, BanggiaoError) as error:
            raise BadRequestError(f"{path.name}:{number}: {error} Nothing was recorded.") from error
    return tuple(found)


def _read_verdict(plain: object) -> Verdict:
    if not isinstance(plain, dict):
        raise BadRequestError("A verdict is an object with finding, judged, by, at and why.")
    if unknown := sorted(set(plain) - _FIELDS):
        raise BadRequestError(f"«{unknown[0]}» is no field of a verdict.")
    finding = cast(Finding, plain.get("finding"))
    if finding not in get_args(Finding):
        raise BadRequestError(f"finding «{finding}» is none of {', '.join(get_args(Finding))}.")
    judged = plain.get("judged")
    if not isinstance(judged, list) or not all(isinstance(one, str) for one in judged):
        raise BadRequestError("judged is a list of keys or IRIs.")
    gone, claim = plain.get("withdrawn"), plain.get("claim")
    appearances = plain.get("appearances") or []
    if not isinstance(appearances, list) or not all(isinstance(one, str) for one in appearances):
        raise BadRequestError("appearances is a list of IRIs.")
    return Verdict(
        finding=finding,
        judged=tuple(sorted(judged_iri(finding, one) for one in judged)),
        by=_text(plain, "by"),
        at=_moment(plain),
        why=_text(plain, "why"),
        claim=_read_claim(claim) if isinstance(claim, dict) else None,
        appearances=tuple(sorted(_iri(one) for one in appearances)),
        withdrawn=Withdrawal(_text(gone, "by"), _moment(gone), _text(gone, "why")) if isinstance(gone, dict) else None,
    )


def _text(plain: dict[str, Any], field: str) -> str:
    value = plain.get(field)
    if not isinstance(value, str):
        raise BadRequestError(f"{field} is missing or no text.")
    return value


def _moment(plain: dict[str, Any]) -> dt.datetime:
    moment = dt.datetime.fromisoformat(_text(plain, "at"))
    if moment.tzinfo is None:
        raise BadRequestError(f"at «{plain['at']}» does not say its time zone: write 2026-11-22T09:30:00+07:00.")
    return to_the_second(moment)


def to_the_second(moment: dt.datetime) -> dt.datetime:
    """A moment in UTC without fractions, as verdicts keep it."""
    return moment.astimezone(dt.UTC).replace(microsecond=0)
