"""Texts over HTTP: what is read from them, what is stored, and every kind of body that is refused."""

import asyncio
import json

import pytest
from conftest import TOKEN
from test_http_pairs import assert_problem

from app.main import create_app
from app.settings import Settings

TEXT = "Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao ngày 23/9/1992."
BEARER = {"Authorization": f"Bearer {TOKEN}"}
JSON = {"Content-Type": "application/json"}


def facts(answer):
    return [(claim["type"], claim["countries"], claim["date"]) for claim in answer["claims"]]


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        pytest.param(TEXT.encode(), "text/plain", id="plain text"),
        pytest.param(TEXT.encode(), "text/plain; charset=utf-8", id="plain text with charset"),
        pytest.param(json.dumps({"text": TEXT}).encode(), "application/json", id="JSON"),
        pytest.param(
            json.dumps({"text": TEXT, "published": None, "title": "Tin"}).encode(), "application/json", id="nulls"
        ),
        pytest.param(f"---\ntitle: Tin\n---\n{TEXT}\n".encode(), "text/markdown", id="Markdown"),
        pytest.param(
            f"<html><body><article><h1>Tin</h1><p>{TEXT}</p><p>{TEXT * 5}</p></article></body></html>".encode(),
            "text/html",
            id="HTML",
        ),
    ],
)
def test_claims_of_a_text(empty_service, body, media_type):
    response = empty_service.post("/api/extract", content=body, headers={"Content-Type": media_type})
    assert response.status_code == 200
    assert ("established", ["AZ", "VN"], "1992-09-23") in facts(response.json())
    assert response.json().keys() >= {"doc", "title", "published", "claims", "people", "organisations"}


def test_offsets_are_of_the_text_sent(empty_service):
    answer = empty_service.post("/api/extract", json={"text": TEXT}).json()
    assert [TEXT[claim["start"] : claim["end"]] for claim in answer["claims"]] == [c["quote"] for c in answer["claims"]]


def test_the_publication_date_of_a_plain_text_is_a_parameter(empty_service):
    response = empty_service.post(
        "/api/extract", params={"published": "23/9/2026"}, content=TEXT.encode(), headers={"Content-Type": "text/plain"}
    )
    assert response.json()["published"] == "2026-09-23"


def test_extract_stores_nothing(empty_service):
    empty_service.post("/api/extract", json={"text": TEXT})
    assert empty_service.get("/health").json()["articles"] == 0


BAD_BODIES = [
    pytest.param(b"{", JSON, 400, "not JSON", id="half a JSON object"),
    pytest.param(b"[1]", JSON, 400, "object", id="JSON that is no object"),
    pytest.param(b'{"title": "x"}', JSON, 400, "text", id="no text"),
    pytest.param(b'{"text": 1}', JSON, 400, "text", id="a text that is a number"),
    pytest.param(b'{"text": "  "}', JSON, 400, "", id="a blank text"),
    pytest.param(b'{"text": "a", "published": "31/02/1990"}', JSON, 400, "31/02/1990", id="a day that is not"),
    pytest.param(b'{"text": "a", "published": "23/13/1992"}', JSON, 400, "23/13/1992", id="a month that is not"),
    pytest.param(b'{"text": "\xff"}', JSON, 400, "byte", id="JSON of broken UTF-8"),
    pytest.param(b"[" * 15_000, JSON, 400, "", id="JSON nested without end"),
    pytest.param(b"Vi\xe1\xbb", {"Content-Type": "text/plain"}, 400, "byte", id="text of broken UTF-8"),
    pytest.param(b"", {"Content-Type": "text/plain"}, 400, "empty", id="an empty text"),
    pytest.param(b"%PDF-1.4 \x00\x01", {"Content-Type": "text/plain"}, 400, "", id="a file that is not text"),
    pytest.param(b"<html></html>", {"Content-Type": "text/html"}, 400, "", id="a page without an article"),
    pytest.param(b"a", {"Content-Type": "image/png"}, 415, "image/png", id="an image"),
    pytest.param(b"a", {}, 415, "none", id="no kind"),
    pytest.param(b"a" * 20_001, {"Content-Type": "text/plain"}, 413, "20000 bytes", id="too large"),
]


@pytest.mark.parametrize("path", ["/api/extract", "/api/articles"])
@pytest.mark.parametrize(("body", "headers", "status", "words"), BAD_BODIES)
def test_a_body_that_cannot_be_read_is_a_problem_and_nothing_is_stored(
    empty_service, path, body, headers, status, words
):
    problem = assert_problem(empty_service.post(path, content=body, headers=headers | BEARER), status)
    assert words in problem["detail"]
    assert empty_service.get("/health").json()["articles"] == 0


def test_a_body_that_grows_past_the_limit_is_stopped(empty_service):
    parts = (b"a" * 5000 for _ in range(20))
    response = empty_service.post("/api/extract", content=parts, headers={"Content-Type": "text/plain"})
    assert_problem(response, 413)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer é"},
    ],
    ids=["none", "wrong", "of another scheme", "empty", "not ASCII"],
)
def test_writing_needs_the_token(empty_service, headers):
    encoded = {name: value.encode() for name, value in headers.items()}
    response = empty_service.post("/api/articles", json={"text": TEXT}, headers=encoded)
    problem = assert_problem(response, 401)
    assert response.headers["www-authenticate"] == "Bearer"
    assert TOKEN not in problem["detail"]
    assert empty_service.get("/health").json()["articles"] == 0


def test_without_a_token_of_its_own_a_service_takes_no_writes(service):
    problem = assert_problem(service.post("/api/articles", json={"text": TEXT}, headers=BEARER), 401)
    assert "BANGGIAO_TOKEN" in problem["detail"]


def test_an_article_is_stored_once_replaced_and_found(empty_service):
    record = {"id": "tin-1", "text": TEXT, "published": "2026-09-23", "url": "https://news.example.org/1"}
    first = empty_service.post("/api/articles", json=record, headers=BEARER)
    again = empty_service.post("/api/articles", json=record, headers=BEARER)
    other = empty_service.post("/api/articles", json=record | {"text": f"{TEXT} Hết."}, headers=BEARER)
    outcomes = [(answer.status_code, answer.json()["outcome"]) for answer in (first, again, other)]
    assert outcomes == [(201, "added"), (200, "unchanged"), (200, "replaced")]
    assert first.json()["snapshot"] == again.json()["snapshot"] != other.json()["snapshot"]
    assert first.headers["location"] == first.json()["iri"] == "https://w3id.org/banggiao/id/article/tin-1"
    event = empty_service.get("/api/pairs/VN/AZ/timeline").json()["items"][0]
    assert (event["date"], event["sources"][0]["article"]) == ("1992-09-23", "tin-1")
    assert empty_service.get("/api/articles/tin-1").json()["url"] == "https://news.example.org/1"


def test_an_article_without_an_id_gets_the_same_one_each_time(empty_service):
    headers = BEARER | {"Content-Type": "text/plain"}
    ids = [empty_service.post("/api/articles", content=TEXT.encode(), headers=headers).json()["id"] for _ in range(2)]
    assert ids[0] == ids[1]


def test_half_a_body_of_a_client_that_went_away_is_not_stored(tmp_path):
    settings = Settings(store=tmp_path / "store", token=TOKEN)
    messages = [{"type": "http.request", "body": TEXT.encode(), "more_body": True}, {"type": "http.disconnect"}]
    headers = [(b"authorization", f"Bearer {TOKEN}".encode()), (b"content-type", b"text/plain")]
    scope = {"type": "http", "method": "POST", "path": "/api/articles", "query_string": b"", "headers": headers}
    answers = []

    async def receive():
        return messages.pop(0)

    async def send(message):
        answers.append(message)

    asyncio.run(create_app(settings)(scope | {"asgi": {"version": "3.0"}}, receive, send))
    assert (answers, messages) == ([], [])
    assert not (tmp_path / "store").exists()
