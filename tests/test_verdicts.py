"""Verdicts: recorded with who, when and why; they decide what is fused, survive rebuilding, and can be taken back."""

import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import TOKEN
from graph_samples import claim, extraction, fact, reference
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import BadRequestError, BanggiaoError, ConflictError, NotFoundError
from app.graph.building import update_graph
from app.graph.lookups import events_of_pair
from app.graph.snapshots import export_nquads, open_snapshot, publish
from app.graph.statements import Statements
from app.graph.store import EmbeddedStore
from app.graph.verdicts import (
    Finding,
    Verdict,
    Withdrawal,
    judge,
    read_verdicts,
    verdict_quads,
    verdicts_among,
    withdraw,
)
from app.judging import judged_iri, record, record_file, take_back, verdict_json
from extractors.records import Extraction, Person

AT = dt.datetime(2026, 11, 21, 5, 0, 0, tzinfo=dt.UTC)
RIGHT = extraction("dung", claim("established", "AZ VN", "1992-09-23"), publisher="Báo Một")
WRONG = extraction("sai", claim("established", "AZ VN", "1992-09-24", start=60), publisher="Báo Hai")
WORLD = reference(fact("established-jp-vn", "established", "JP VN", "1973-09-21", "ministry"))
PEOPLE = extraction(
    "nguoi",
    people=(Person("Heydar Aliyev", "Tổng thống Azerbaijan", "AZ"), Person("Anar Imanov", "Đại sứ", "AZ")),
)


def claim_of(directory: Path, article: str) -> str:
    rows = (
        open_snapshot(directory)
        .store()
        .select("SELECT ?claim WHERE { GRAPH ?graph { ?claim <http://www.w3.org/ns/prov#wasQuotedFrom> ?article } }")
    )
    (found,) = (row["claim"].value for row in rows if f"/{article}-" in row["claim"].value)
    return str(found)


def verdict(finding: Finding, *judged: str, by: str = "Lê An", at: dt.datetime = AT) -> Verdict:
    return Verdict(finding, tuple(sorted(judged)), by, at, "Đã đối chiếu bản gốc.")


def dates(directory: Path) -> tuple[str, str, list[str]]:
    (event,) = events_of_pair(open_snapshot(directory).store(), "AZ", "VN")
    return str(event.date), event.status, [str(one.date) for one in event.alternatives]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    store = tmp_path / "store"
    publish(store, (RIGHT, WRONG, PEOPLE), reference=WORLD)
    return store


def test_a_rejected_claim_is_not_fused_and_stays_in_the_graph(directory: Path) -> None:
    assert dates(directory) == ("1992-09-23", "disputed", ["1992-09-24"])
    rejected = claim_of(directory, "sai")
    record(directory, verdict("rejected", rejected))
    assert dates(directory) == ("1992-09-23", "single-source", [])
    assert claim_of(directory, "sai") == rejected


def test_a_confirmed_claim_has_the_curator_as_a_second_voice(directory: Path) -> None:
    record(directory, verdict("confirmed", claim_of(directory, "sai")))
    assert dates(directory) == ("1992-09-24", "disputed", ["1992-09-23"])
    record(directory, verdict("rejected", claim_of(directory, "dung")))
    assert dates(directory) == ("1992-09-24", "confirmed", [])


def test_a_verdict_that_is_taken_back_leaves_the_graph_as_it_was_but_for_itself(directory: Path) -> None:
    before = dates(directory)
    given = verdict("rejected", claim_of(directory, "sai"))
    record(directory, given)
    take_back(directory, given.id, Withdrawal("Trần Bình", AT + dt.timedelta(hours=1), "Nhầm bài."))
    assert dates(directory) == before
    (held,) = read_verdicts(open_snapshot(directory).store())
    assert held.withdrawn == Withdrawal("Trần Bình", AT + dt.timedelta(hours=1), "Nhầm bài.")
    record(directory, verdict("confirmed", claim_of(directory, "sai"), at=AT + dt.timedelta(hours=2)))


def moved(start: int) -> Extraction:
    """The wrong article read anew: the same assertion at another place, so that the claim has another key."""
    return extraction("sai", claim("established", "AZ VN", "1992-09-24", start=start), publisher="Báo Hai")


def test_a_verdict_survives_rebuilding(directory: Path) -> None:
    record(directory, verdict("rejected", claim_of(directory, "sai")))
    publish(directory, (RIGHT, moved(100)), reference=reference())
    assert dates(directory) == ("1992-09-23", "confirmed", []), "the article was read anew, the data replaced"


def test_verdicts_can_be_carried_to_a_graph_built_from_nothing(directory: Path, tmp_path: Path) -> None:
    record(directory, verdict("rejected", claim_of(directory, "sai")))
    held = read_verdicts(open_snapshot(directory).store())
    file = tmp_path / "verdicts.jsonl"
    file.write_text("\n".join(json.dumps(verdict_json(one)) for one in held), encoding="utf-8")
    anew = tmp_path / "anew"
    publish(anew, (RIGHT, WRONG, PEOPLE), reference=WORLD)
    assert record_file(anew, file)[0] == 1
    assert record_file(anew, file)[0] == 0, "what is known is passed over"
    exports = []
    for store in (directory, anew):
        with (tmp_path / "out").open("wb") as out:
            export_nquads(store, out)
        exports.append((tmp_path / "out").read_bytes())
    assert exports[0] == exports[1]


def test_verdicts_come_back_from_their_quads_as_they_were() -> None:
    store = EmbeddedStore.in_memory()
    update_graph(store, (RIGHT, WRONG), WORLD)
    iri = next(
        row["claim"].value
        for row in store.select(
            "SELECT ?claim WHERE { GRAPH ?g { ?claim a <https://w3id.org/banggiao/ontology#Claim> } }"
        )
    )
    given = judge(store, (), verdict("rejected", iri))
    given = withdraw(given, given[0].id, Withdrawal("B", AT, "Vì vậy."))
    store.apply((), verdict_quads(given))
    assert read_verdicts(store) == given


def test_what_the_graph_says_without_verdicts_has_none() -> None:
    assert verdicts_among(Statements(())) == ()


TWO = extraction(
    "hai",
    claim("agreement", "AZ VN", "2015-06-01", name="Hiệp định hàng không"),
    claim("agreement", "AZ VN", "2015-06-01", start=60, name="Hiệp định miễn thị thực"),
    publisher="Báo Một",
)


def test_a_verdict_is_of_one_claim_not_of_its_neighbour(tmp_path: Path) -> None:
    publish(tmp_path, (TWO,), reference=WORLD)
    store = open_snapshot(tmp_path).store()
    by_name = {event.name: event for event in events_of_pair(store, "AZ", "VN")}
    claims = [
        row["claim"].value
        for row in store.select(
            "SELECT ?claim WHERE { GRAPH ?g { ?claim <https://schema.org/name> 'Hiệp định hàng không' ; "
            "a <https://w3id.org/banggiao/ontology#Claim> } }"
        )
    ]
    assert set(by_name) == {"Hiệp định hàng không", "Hiệp định miễn thị thực"}
    record(tmp_path, verdict("rejected", claims[0]))
    left = events_of_pair(open_snapshot(tmp_path).store(), "AZ", "VN")
    assert [event.name for event in left] == ["Hiệp định miễn thị thực"]


def test_a_verdict_waits_for_an_article_that_is_not_here_yet(directory: Path, tmp_path: Path) -> None:
    record(directory, verdict("rejected", claim_of(directory, "sai")))
    file = tmp_path / "verdicts.jsonl"
    held = read_verdicts(open_snapshot(directory).store())
    file.write_text("\n".join(json.dumps(verdict_json(one)) for one in held), encoding="utf-8")
    anew = tmp_path / "anew"
    publish(anew, (RIGHT,), reference=WORLD)
    assert record_file(anew, file)[0] == 1
    publish(anew, (WRONG,))
    assert dates(anew) == ("1992-09-23", "single-source", [])


def test_names_and_reasons_are_kept_in_plain_form(directory: Path) -> None:
    given = Verdict("rejected", (claim_of(directory, "sai"),), "Le\u0302 An\x00", AT, "Vì\nvậy\u200b.")
    recorded, _ = record(directory, given)
    assert (recorded.by, recorded.why) == ("Lê An", "Vì vậy.")


@settings(max_examples=8, deadline=None)
@given(st.permutations((RIGHT, WRONG, PEOPLE)), st.integers(1, 3))
def test_when_a_verdict_came_leaves_no_trace_in_what_is_fused(order, place) -> None:
    with TemporaryDirectory() as folder:
        late, early = Path(folder, "late"), Path(folder, "early")
        publish(late, order, reference=WORLD)
        record(late, verdict("rejected", claim_of(late, "sai")))
        publish(early, order[:place], reference=WORLD)
        publish(early, (WRONG,))
        record(early, verdict("rejected", claim_of(early, "sai")))
        publish(early, order[place:])
        assert open_snapshot(early).store().snapshot_id == open_snapshot(late).store().snapshot_id


FAULTS = [
    ("an unknown claim", ("rejected", "none"), NotFoundError, "holds no claim"),
    ("no author", ("rejected", "AUTHORLESS"), BadRequestError, "name of who judges"),
    ("a claim whose name no IRI can have", ("rejected", "a b"), BadRequestError, "names no thing of this graph"),
    ("a name cut off in an escape", ("rejected", "%zz"), BadRequestError, "names no thing of this graph"),
    ("half a character", ("rejected", "\ud800"), BadRequestError, "names no thing of this graph"),
    ("an IRI of elsewhere", ("rejected", "https://example.org/x y"), BadRequestError, "names no thing of this graph"),
    ("two claims", ("rejected", "WRONG", "RIGHT"), BadRequestError, "judges 1 thing"),
    ("one person", ("same-person", "WRONG"), BadRequestError, "judges 2 thing"),
    ("a person with themselves", ("same-person", "P", "P"), BadRequestError, "two different people"),
    ("people whom nobody names", ("same-person", "A", "B"), NotFoundError, "holds no person"),
]


@pytest.mark.parametrize(("given", "error", "message"), [pytest.param(*case[1:], id=case[0]) for case in FAULTS])
def test_a_verdict_that_cannot_be_is_refused(
    directory: Path, given: tuple[Finding, ...], error: type[BanggiaoError], message: str
) -> None:
    finding, *names = given
    places = {"WRONG": claim_of(directory, "sai"), "RIGHT": claim_of(directory, "dung")}
    before = open_snapshot(directory).store().snapshot_id
    author = "" if names == ["AUTHORLESS"] else "Lê An"

    def judged() -> tuple[str, ...]:
        return tuple(places[name] if name in places else judged_iri(finding, name) for name in names)

    with pytest.raises(error, match=message):
        record(directory, Verdict(finding, judged(), author, AT, "Vì vậy."))
    assert open_snapshot(directory).store().snapshot_id == before


def test_a_contradictory_verdict_is_refused_until_the_first_is_taken_back(directory: Path) -> None:
    first = verdict("confirmed", claim_of(directory, "dung"))
    record(directory, first)
    with pytest.raises(ConflictError, match="Lê An judged this «confirmed» on 2026-11-21"):
        record(directory, verdict("rejected", claim_of(directory, "dung"), by="Trần Bình"))
    with pytest.raises(ConflictError, match="recorded already"):
        record(directory, first)


FILE_FAULTS = [
    ("no JSON", "{", "verdicts.jsonl:2: Expecting"),
    ("no object", "[]", "verdicts.jsonl:2: A verdict is an object"),
    ("an unknown finding", '{"finding": "maybe"}', "verdicts.jsonl:2: finding «maybe» is none of"),
    ("an unknown field", '{"mood": "good"}', "verdicts.jsonl:2: «mood» is no field"),
    ("a day without its zone", "NAIVE", "verdicts.jsonl:2: at .* does not say its time zone"),
    ("a claim that is not there", "LOST", "verdicts.jsonl:2: The graph holds no claim"),
    ("against the first line", "AGAINST", "verdicts.jsonl:2: Lê An judged this «rejected»"),
]


@pytest.mark.parametrize(("line", "message"), [pytest.param(*case[1:], id=case[0]) for case in FILE_FAULTS])
def test_a_faulty_file_is_refused_whole(directory: Path, tmp_path: Path, line: str, message: str) -> None:
    good = verdict_json(verdict("rejected", claim_of(directory, "sai")))
    made = {
        "NAIVE": json.dumps({**good, "at": "2026-11-21T09:00:00"}),
        "LOST": json.dumps({**good, "judged": ["lost"]}),
        "AGAINST": json.dumps({**good, "finding": "confirmed"}),
    }
    file = tmp_path / "verdicts.jsonl"
    file.write_text(f"{json.dumps(good)}\n{made.get(line, line)}\n", encoding="utf-8")
    before = open_snapshot(directory).store().snapshot_id
    with pytest.raises(BadRequestError, match=message):
        record_file(directory, file)
    assert open_snapshot(directory).store().snapshot_id == before, "nothing is half loaded"


def test_over_http_only_with_the_token(empty_service) -> None:
    token = {"Authorization": f"Bearer {TOKEN}"}
    stored = empty_service.post(
        "/api/articles",
        json={"text": "Ngày 23/9/1992, Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao.", "title": "Tin"},
        headers=token,
    ).json()
    article = empty_service.get(f"/api/articles/{stored['id']}").json()
    body = {"finding": "rejected", "judged": [article["claims"][0]["iri"]], "by": "Lê An", "why": "Không đúng."}
    assert empty_service.post("/api/verdicts", json=body).status_code == 401
    given = empty_service.post("/api/verdicts", json=body, headers=token)
    assert given.status_code == 201
    assert given.json()["at"] == "2026-11-21T05:00:00Z"
    assert empty_service.get("/api/pairs/AZ/VN/timeline").json()["items"] == []
    assert empty_service.post("/api/verdicts", json=body, headers=token).status_code == 409
    gone = empty_service.post(
        f"/api/verdicts/{given.json()['id']}/withdrawal", json={"by": "Lê An", "why": "Nhầm."}, headers=token
    )
    assert gone.json()["withdrawn"]["why"] == "Nhầm."
    assert len(empty_service.get("/api/pairs/AZ/VN/timeline").json()["items"]) == 1
    assert [one["id"] for one in empty_service.get("/api/verdicts").json()["items"]] == [given.json()["id"]]
