"""Entity tags, 304, kept answers, encodings, and the links between pages."""

import gzip
import threading
from urllib.parse import unquote_plus

import pytest
from backports import zstd
from conftest import TOKEN, open_service
from graph_samples import EXTRACTIONS, reference
from hypothesis import given
from hypothesis import strategies as st

from app.answer_cache import AnswerCache, KeptAnswer
from app.graph.snapshots import publish
from app.http.caching import _VOLATILE, _is_volatile
from app.http.conditions import parse_none_match, tag_of
from app.negotiation import choose_encoding

PAIR = "/api/pairs/AZ/VN/anniversaries"
TAGGED = [
    PAIR,
    "/api/pairs/AZ/VN",
    "/api/countries?limit=3",
    "/api/events/established-AZ-VN",
    "/sparql?query=ASK%7B%7D",
    "/graph/events",
    "/ontology",
    "/dump.nq.gz",
    "/calendar.ics?pair=AZ-VN",
    "/feed.atom",
    "/feed.json",
    "/api/pairs/AZ/VN/timeline?format=csv",
    "/",
    "/docs",
    "/static/page.css",
]
UNTAGGED = ["/health", "/ready", "/metrics", "/no/such", "/api/events/none", "/sparql?query=nonsense"]


def outcomes(client):
    """What the answer cache has counted so far."""
    lines = client.get("/metrics").text.splitlines()
    counted = (line.split() for line in lines if line.startswith("banggiao_answer_cache_total"))
    return {name.split('"')[1]: float(value) for name, value in counted}


def outcome_of(client, *args, **kwargs):
    before = outcomes(client)
    response = client.get(*args, **kwargs)
    after = outcomes(client)
    return response, {name for name in after if after[name] > before[name]}


@pytest.fixture
def changing(tmp_path):
    publish(tmp_path / "store", EXTRACTIONS[:1], reference=reference())
    with open_service(tmp_path / "store", token=TOKEN) as client:
        yield client, tmp_path / "store"


@pytest.mark.parametrize("path", TAGGED)
def test_an_answer_of_the_snapshot_has_a_tag_and_is_not_sent_twice(service, path):
    first = service.get(path)
    tag = first.headers["etag"]
    assert (first.status_code, tag[0], tag[-1]) == (200, '"', '"')
    assert first.headers["cache-control"] == "public, no-cache"
    again = service.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (again.headers["vary"], again.headers["cache-control"]) == (first.headers["vary"], "public, no-cache")
    assert "content-security-policy" in again.headers


@pytest.mark.parametrize("path", UNTAGGED)
def test_what_is_no_answer_of_the_snapshot_has_no_tag_and_is_not_kept(service, path):
    response, outcome = outcome_of(service, path, headers={"If-None-Match": "*"})
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"
    assert response.status_code != 304
    assert "hit" not in outcome_of(service, path)[1] | outcome


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        pytest.param("{tag}", 304, id="the tag"),
        pytest.param("W/{tag}", 304, id="the tag, weakly"),
        pytest.param('"other", {tag}', 304, id="last of a list"),
        pytest.param('W/"a,b" , {tag},', 304, id="a list with a comma in a tag"),
        pytest.param("*", 304, id="any"),
        pytest.param('"other"', 200, id="another tag"),
        pytest.param("nonsense", 200, id="no tag at all"),
        pytest.param('"*"', 200, id="a star in quotation marks is a tag"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_conditions(service, method, condition, status):
    tag = service.get(PAIR).headers["etag"]
    response = service.request(method, PAIR, headers={"If-None-Match": condition.format(tag=tag)})
    assert (response.status_code, response.headers["etag"]) == (status, tag)
    assert bool(response.content) == (status == 200 and method == "GET")


def test_the_condition_that_nothing_is_there_holds_for_what_is_not_there(service):
    assert service.get("/api/events/none", headers={"If-None-Match": "*"}).status_code == 404


def test_a_new_snapshot_changes_the_tag_and_the_answer(changing):
    client, store = changing
    before = client.get(PAIR)
    publish(store, EXTRACTIONS[1:])
    after = client.get(PAIR, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.headers["etag"] != before.headers["etag"]
    assert after.json() != before.json()


def test_an_answer_made_while_another_snapshot_was_published_has_no_tag_and_is_not_kept(changing, monkeypatch):
    client, store = changing
    from app.routes import pairs

    ask = pairs.ids_of_pair

    def publish_meanwhile(*args):
        monkeypatch.undo()
        publish(store, EXTRACTIONS[1:])
        return ask(*args)

    monkeypatch.setattr(pairs, "ids_of_pair", publish_meanwhile)
    between = client.get(PAIR)
    assert (between.status_code, between.headers["cache-control"], "etag" in between.headers) == (
        200,
        "no-store",
        False,
    )
    after, outcome = outcome_of(client, PAIR)
    assert (outcome, "etag" in after.headers) == ({"miss"}, True)


def test_an_answer_is_kept_and_given_again_as_it_was(changing):
    client, _ = changing
    first, how = outcome_of(client, PAIR)
    second, how_again = outcome_of(client, PAIR)
    assert (how, how_again) == ({"miss"}, {"hit"})
    assert second.content == first.content
    unlike = {"date", "x-request-id"}
    assert {k: v for k, v in second.headers.items() if k not in unlike} == {
        k: v for k, v in first.headers.items() if k not in unlike
    }


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Accept": "text/turtle"}, id="another format"),
        pytest.param({"Accept-Encoding": "identity"}, id="another encoding"),
        pytest.param({"Accept-Language": "en"}, id="another language"),
        pytest.param({"Host": "evil.example"}, id="another host"),
    ],
)
def test_who_asks_differently_is_not_given_the_answer_of_others(service, headers):
    path = "/api/pairs/AZ/VN"
    plain = service.get(path)
    other = service.get(path, headers=headers)
    assert other.headers["etag"] != plain.headers["etag"]


def test_who_shows_a_token_is_answered_past_the_cache(changing):
    client, _ = changing
    client.get(PAIR)
    response, outcome = outcome_of(client, PAIR, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (response.status_code, outcome) == (200, set())
    assert "etag" not in response.headers


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "now ()"])
def test_a_query_with_another_answer_each_time_is_asked_each_time(service, function):
    response = service.get("/sparql", params={"query": f"SELECT ({function} AS ?x) {{}}"})
    assert response.status_code == 200
    assert "etag" not in response.headers


PIECES = [
    "now",
    "NOW",
    "rand",
    "uuid",
    "n",
    "%6e",
    "%4E",
    "ow",
    "%20",
    "%3B",
    "+",
    "(",
    "%5C",
    "\\",
    "u006e",
    "é",
    "%C3%A9",
    "k",
    "_",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_whether_a_query_is_volatile_is_told_as_if_it_were_decoded(text):
    query = f"query=SELECT {text}"
    assert _is_volatile("/sparql", query) == bool(_VOLATILE.search(unquote_plus(query)))


def test_many_who_ask_the_same_at_once_are_answered_by_one_piece_of_work(changing):
    client, _ = changing
    before = outcomes(client)
    answers = []
    asking = [threading.Thread(target=lambda: answers.append(client.get("/").content)) for _ in range(6)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    after = outcomes(client)
    assert len(set(answers)) == 1
    assert after["miss"] - before["miss"] == 1


@pytest.mark.parametrize(
    "path", ["/ontology.ttl", "/static/page.css", "/api/countries", "/sparql?query=SELECT*%7B%3Fs%3Fp%3Fo%7DLIMIT+2000"]
)
@pytest.mark.parametrize(
    ("encoding", "unpack"), [("gzip", gzip.decompress), ("zstd", zstd.decompress), ("identity", bytes)]
)
def test_answers_are_packed_as_the_client_likes(service, path, encoding, unpack):
    plain = service.get(path, headers={"Accept-Encoding": "identity"})
    for _ in ("worked on", "kept"):
        with service.stream("GET", path, headers={"Accept-Encoding": encoding}) as response:
            packed = b"".join(response.iter_raw())
        assert response.headers.get("content-encoding", "identity") == encoding
        assert "Accept-Encoding" in response.headers["vary"]
        assert int(response.headers["content-length"]) == len(packed)
        assert unpack(packed) == plain.content
    assert (response.headers["etag"] == plain.headers["etag"]) == (encoding == "identity")


def test_what_is_packed_already_is_not_packed_again(service):
    response = service.get("/dump.nq.gz", headers={"Accept-Encoding": "gzip, zstd"})
    assert "content-encoding" not in response.headers
    assert gzip.decompress(response.content)


def test_a_problem_is_packed_too_if_it_is_long(service):
    response = service.get(f"/api/events/{'x' * 900}", headers={"Accept-Encoding": "gzip"})
    assert (response.status_code, response.headers["content-encoding"]) == (404, "gzip")
    assert response.json()["status"] == 404


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, b"identity"),
        (b"", b"identity"),
        (b"gzip, deflate, br", b"gzip"),
        (b"gzip, zstd", b"zstd"),
        (b"gzip;q=1.0, zstd;q=0.5", b"gzip"),
        (b"GZIP", b"gzip"),
        (b"*", b"zstd"),
        (b"*;q=0.5, zstd;q=0", b"gzip"),
        (b"gzip;q=0", b"identity"),
        (b"identity, gzip;q=0.5", b"identity"),
        (b"gzip;q=nonsense", b"identity"),
    ],
)
def test_the_encoding_that_a_client_likes_best(header, wanted):
    assert choose_encoding(header) == wanted


def test_a_cache_of_no_bytes_keeps_nothing_and_still_tags(shipped_store):
    with open_service(shipped_store, cache_bytes=0) as client:
        for _ in range(2):
            response, outcome = outcome_of(client, PAIR)
            assert (response.status_code, outcome, "etag" in response.headers) == (200, {"miss"}, True)


@given(st.lists(st.tuples(st.binary(min_size=1, max_size=2), st.integers(0, 3000)), max_size=60))
def test_kept_answers_fit_into_their_bytes(asked):
    cache = AnswerCache(16_000)
    for key, size in asked:
        answer = KeptAnswer((), b"x" * size, None)
        cache.put(key, answer)
        assert (cache.get(key) is answer) == (size <= 2000)
    kept = [answer for answer in (cache.get(key) for key in {key for key, _ in asked}) if answer]
    assert sum(len(answer.body) for answer in kept) <= 16_000


def test_tags_of_different_things_differ():
    assert len({tag_of(b"a", b"b"), tag_of(b"ab", b""), tag_of(b"", b"ab"), tag_of(b"b", b"a")}) == 4
    assert tag_of(b"a", b"b") in parse_none_match(b"W/" + tag_of(b"a", b"b")).tags


@pytest.mark.parametrize(
    "path",
    [
        "/api/countries?limit=60",
        "/api/pairs/VN/LA/timeline?limit=1&order=desc",
        "/api/pairs/VN/LA/anniversaries?limit=1",
        "/api/anniversaries?limit=25&to=2026-12-31",
        "/api/people?limit=4",
        "/api/organisations?limit=4",
        "/api/verdicts?limit=1",
    ],
)
def test_links_lead_through_all_pages_of_a_list(service, path):
    seen, following = [], path
    for _ in range(60):
        response = service.get(following)
        assert response.status_code == 200
        seen += response.json()["items"]
        assert response.links["first"]["url"] == path
        assert ("next" in response.links) == (response.json()["next"] is not None)
        if "next" not in response.links:
            break
        assert f"cursor={response.json()['next']}" in response.links["next"]["url"]
        following = response.links["next"]["url"]
    whole = service.get(path.replace("limit=", "limit=500&was="), headers={"Accept": "application/json"})
    assert seen == whole.json()["items"]


def test_a_list_asked_for_in_vietnamese_has_links_in_ascii(service):
    response = service.get("/api/people", params={"q": "Tô Lâm", "limit": 1})
    assert service.get(response.links["first"]["url"]).json() == response.json()
