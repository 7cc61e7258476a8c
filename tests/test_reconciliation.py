"""The Reconciliation Service API, as OpenRefine speaks it."""

import json
import re
from html.parser import HTMLParser

import pytest
from conftest import TOKEN, open_service
from spellings import CLEAN, MISSPELT, OLD

from app.reconciling.facts import Facts, Reference
from app.reconciling.kinds import ThingId
from app.reconciling.preview import preview_page
from app.reconciling.queries import MAX_IDS, MAX_QUERIES

ORIGIN = {"Origin": "https://openrefine.example"}
ARTICLE = {
    "id": "hoi-huu-nghi",
    "title": "Việt Nam và Azerbaijan",
    "published": "2026-09-23",
    "text": (
        "Ngày 23/9/1992, Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao. Chủ tịch Hội Hữu nghị Việt Nam - Azerbaijan "
        "Nguyễn Văn Thanh và Đại sứ Azerbaijan tại Việt Nam Anar Imanov dự lễ kỷ niệm. Thủ tướng Việt Nam Phạm Minh "
        "Chính gửi điện mừng."
    ),
}


def ask(client, field, value, method="post"):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if method == "get":
        return client.get("/reconcile", params={field: text}, headers=ORIGIN)
    return client.post("/reconcile", data={field: text}, headers=ORIGIN)


def result_of(client, query):
    response = ask(client, "queries", {"q0": query})
    assert response.status_code == 200, response.text
    return response.json()["q0"]["result"]


def ids(found):
    return [one["id"] for one in found]


def matched(found):
    return [one["id"] for one in found if one["match"]]


@pytest.fixture(scope="module")
def own_service(tmp_path_factory):
    """A service over one article, which names people and an association."""
    with open_service(tmp_path_factory.mktemp("reconciliation") / "store", token=TOKEN) as client:
        stored = client.post("/api/articles", json=ARTICLE, headers={"Authorization": f"Bearer {TOKEN}"})
        assert stored.status_code == 201
        yield client


# The manifest


def test_every_address_of_the_manifest_leads_somewhere(service):
    manifest = service.get("/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == "https://w3id.org/banggiao/id/"
    suggest = [one["service_url"] + one["service_path"] + "?prefix=a" for one in manifest["suggest"].values()]
    propose = manifest["extend"]["propose_properties"]
    templates = [manifest["view"]["url"], manifest["preview"]["url"]]
    addresses = [
        manifest["documentation"],
        manifest["logo"],
        *suggest,
        propose["service_url"] + propose["service_path"] + "?type=pair",
        # clients encode an id before they put it in
        *(one.replace("{{id}}", "pair%2FAZ-VN") for one in templates),
        *(one.replace("{{id}}", "country/AZ") for one in templates),
    ]
    for address in addresses:
        response = service.get(address, follow_redirects=True)
        assert response.status_code == 200, address
        assert response.headers["access-control-allow-origin"] == "*"


def test_the_manifest_names_the_address_that_it_was_asked_at(service):
    manifest = service.get("/reconcile", headers={"Host": "bang.example:8443"}).json()
    assert manifest["view"]["url"] == "http://bang.example:8443/id/{{id}}"


# Queries


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_batch_is_answered_by_the_names_of_its_queries(service, method):
    response = ask(service, "queries", {"q0": {"query": "Azerbaijan"}, "hàng 2": {"query": "vô nghĩa xyz"}}, method)
    assert response.headers["access-control-allow-origin"] == "*"
    answer = response.json()
    assert answer.keys() == {"q0", "hàng 2"}
    assert answer["hàng 2"] == {"result": []}
    best = answer["q0"]["result"][0]
    assert best.keys() == {"id", "name", "description", "type", "score", "match", "features"}
    assert best | {"features": []} == {
        "id": "country/AZ",
        "name": "Azerbaijan",
        "description": "Azerbaijan (AZ)",
        "type": [{"id": "country", "name": "Quốc gia (state)"}],
        "score": 100.0,
        "match": True,
        "features": [],
    }


@pytest.mark.parametrize(
    "text", ["viet nam nhat ban", '{"query": "viet nam nhat ban"}'], ids=["as it stands", "as an object"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_single_query_has_a_single_result(service, method, text):
    assert matched(ask(service, "query", text, method).json()["result"]) == ["pair/JP-VN"]


def test_sixty_spellings_by_the_service(service):
    """All of the right thing first; of clean ones each a match, of misspelt ones none."""
    rows = [*CLEAN, *OLD, *MISSPELT]
    results = []
    for start in (0, 30):
        batch = {str(place): {"query": text} for place, (text, _) in enumerate(rows[start : start + 30])}
        answer = ask(service, "queries", batch).json()
        results += [answer[name]["result"] for name in batch]
    assert [(text, ids(found)[:1]) for (text, _), found in zip(rows, results, strict=True)] == [
        (text, [thing]) for text, thing in rows
    ]
    matches = [matched(found) for found in results]
    assert matches[:30] == [[thing] for _, thing in CLEAN]
    assert all(not one for one in matches[-len(MISSPELT) :])
    assert all(not one or one == [thing] for one, (_, thing) in zip(matches, rows, strict=True))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        pytest.param({"query": "Phạm Minh Chính"}, "person/pham-minh-chinh-VN", id="a person"),
        pytest.param({"query": "pham minh chinh"}, "person/pham-minh-chinh-VN", id="a person without diacritics"),
        pytest.param({"query": "country/AZ"}, "country/AZ", id="an id"),
        pytest.param({"query": "https://w3id.org/banggiao/id/pair/AZ-VN"}, "pair/AZ-VN", id="an IRI"),
        pytest.param({"properties": [{"pid": "code", "v": "AZ"}]}, "country/AZ", id="a code and no name"),
        pytest.param({"properties": [{"pid": "wikidata", "v": "Q227"}]}, "country/AZ", id="a Wikidata id and no name"),
        pytest.param({"query": "Việt Nam", "type": "country"}, "country/VN", id="with its type"),
        pytest.param({"query": "Việt Nam", "type": ["country", "pair"]}, "country/VN", id="with types"),
        pytest.param({"query": "Việt Nam", "type": {"id": "country"}}, "country/VN", id="with a type as an object"),
        pytest.param(
            {"query": "Việt Nam", "type": "country", "type_strict": "should"}, "country/VN", id="as OpenRefine"
        ),
    ],
)
def test_what_is_surely_meant_is_a_match(service, query, wanted):
    assert matched(result_of(service, query)) == [wanted]


def test_an_association_is_told_from_its_two_states(own_service):
    found = result_of(own_service, {"query": "Hội Hữu nghị Việt Nam - Azerbaijan", "limit": 10})
    assert len(matched(found)) == 1
    assert found[0]["match"]
    assert found[0]["type"] == [{"id": "organisation", "name": "Tổ chức (organisation)"}]
    only_pairs = result_of(own_service, {"query": "Hội Hữu nghị Việt Nam - Azerbaijan", "type": "pair"})
    assert ids(only_pairs)[:1] == ["pair/AZ-VN"]
    assert matched(only_pairs) == []


@pytest.mark.parametrize(
    ("value", "score", "is_match", "agrees"),
    [
        pytest.param("Việt Nam", 100.0, True, True, id="agrees"),
        pytest.param({"id": "country/VN", "name": "Việt Nam"}, 100.0, True, True, id="agrees, matched before"),
        pytest.param(["Lào", "VN"], 100.0, True, True, id="one of two agrees"),
        pytest.param("Nhật Bản", 75.0, False, False, id="contradicts"),
        pytest.param("Atlantis", 100.0, True, None, id="no state"),
        pytest.param(None, 100.0, True, None, id="nothing"),
        pytest.param(7, 100.0, True, None, id="a number"),
    ],
)
def test_the_state_of_a_person_raises_or_lowers_the_score(service, value, score, is_match, agrees):
    query = {"query": "Phạm Minh Chính", "type": "person", "properties": [{"pid": "country", "v": value}]}
    best = result_of(service, query)[0]
    assert (best["score"], best["match"]) == (score, is_match)
    assert {one["id"]: one["value"] for one in best["features"]}.get("same_country") is agrees


def test_properties_decide_where_the_name_is_misspelt(service):
    query = {"query": "Viêt Nam", "type": "country"}
    assert matched(result_of(service, query)) == []
    assert matched(result_of(service, query | {"properties": [{"pid": "code", "v": "VN"}]})) == ["country/VN"]


def test_of_two_namesakes_neither_is_a_match(service):
    for limit in (1, 5):
        assert matched(result_of(service, {"query": "Võ Văn Kiệt", "limit": limit})) == []


def test_candidates_are_as_many_as_wanted_and_in_order(service):
    found = result_of(service, {"query": "Cộng hòa", "limit": 3})
    assert len(found) == 3
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)


def test_nothing_is_of_two_types(service):
    assert result_of(service, {"query": "Việt Nam", "type": ["country", "pair"], "type_strict": "all"}) == []


def test_a_pair_that_the_graph_knows_nothing_of_is_no_candidate(own_service):
    assert result_of(own_service, {"query": "Nauru - Tuvalu", "type": "pair"}) == []


# Bad input


@pytest.mark.parametrize(
    ("field", "value", "status", "word"),
    [
        pytest.param("queries", "not JSON", 400, "queries", id="no JSON"),
        pytest.param("queries", "[]", 400, "queries", id="a list"),
        pytest.param("queries", "[" * 100_000, 400, "queries", id="a deep list"),
        pytest.param("queries", '{"q0": "Azerbaijan"}', 400, "q0", id="a query that is no object"),
        pytest.param("queries", {"q0": {}}, 400, "q0", id="neither query nor properties"),
        pytest.param("queries", {"q0": {"query": "a", "type": "city"}}, 400, "country, pair", id="unknown type"),
        pytest.param("queries", {"q0": {"query": "a", "type": 7}}, 400, "q0.type", id="a type that is a number"),
        pytest.param("queries", {"q0": {"query": "a", "limit": 0}}, 400, "q0.limit", id="no candidates"),
        pytest.param(
            "queries", {"q0": {"query": "a", "type_strict": "x"}}, 400, "type_strict", id="unknown strictness"
        ),
        pytest.param(
            "queries", {"q0": {"query": "a", "properties": [{"pid": "x", "v": 1}]}}, 400, "«x»", id="unknown property"
        ),
        pytest.param("queries", '{"q0": {"query": "\\ud800"}}', 400, "queries", id="half a surrogate"),
        pytest.param("queries", {str(n): {"query": "a"} for n in range(MAX_QUERIES + 1)}, 413, "50", id="too many"),
        pytest.param("query", '{"quer', 400, "query", id="half an object"),
        pytest.param("extend", "{}", 400, "ids", id="an extension of nothing"),
        pytest.param(
            "extend", {"ids": [str(n) for n in range(MAX_IDS + 1)], "properties": []}, 413, "100", id="too many things"
        ),
        pytest.param(
            "extend", {"ids": ["country/AZ"], "properties": [{"id": "x"}]}, 400, "«x»", id="unknown property of a thing"
        ),
        pytest.param("nothing", "", 400, "queries", id="a form that asks for nothing"),
    ],
)
def test_a_request_that_is_wrong_as_a_whole_is_a_problem(service, field, value, status, word):
    response = ask(service, field, value)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    assert word in response.json()["detail"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Việt Nam " * 1_200, id="10,000 characters"),
        pytest.param("\u202eViệt\u2066\u2069", id="bidi controls"),
        pytest.param("\x00\x1f", id="control characters"),
        pytest.param("<script>alert(1)</script>", id="a script"),
        pytest.param("", id="nothing"),
        pytest.param("country/", id="half an id"),
        pytest.param("country/../person/x", id="a path"),
        pytest.param("country/A Z>", id="an id that no IRI can hold"),
        pytest.param("pair/VN-AZ", id="a pair the wrong way round"),
        pytest.param("pair/VN-VN", id="a state with itself"),
        pytest.param("person/\u202e", id="an id of bidi controls"),
    ],
)
def test_hostile_names_match_nothing_and_hurt_nobody(service, text):
    found = result_of(service, {"query": text})
    assert matched(found) == []
    extension = ask(service, "extend", {"ids": [text], "properties": [{"id": "code"}]})
    assert extension.json()["rows"] == {text: {"code": []}}
    is_no_address = "\x00" in text  # refused before anything reads it
    suggested = service.get("/reconcile/suggest/entity", params={"prefix": text})
    assert suggested.status_code == (400 if is_no_address else 200)
    assert service.get("/reconcile/preview", params={"id": text}).status_code == (400 if is_no_address else 404)


@pytest.mark.parametrize("callback", ["jQuery1", "alert(1)//", "<script>"])
def test_no_answer_is_ever_a_script(service, callback):
    for fields in ({"callback": callback}, {"callback": callback, "query": "Azerbaijan"}):
        response = service.get("/reconcile", params=fields)
        assert response.status_code == 400
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert callback not in response.text


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        pytest.param(b'{"queries": {}}', "application/json", 415, id="JSON"),
        pytest.param(b"queries=%7B%7D", "application/x-www-form-urlencoded; charset=latin-1", 415, id="Latin-1"),
        pytest.param(b"queries=%FF", "application/x-www-form-urlencoded", 400, id="no UTF-8"),
        pytest.param(b"\xff", "application/x-www-form-urlencoded", 400, id="no UTF-8 as it stands"),
        pytest.param(b"queries=%7B%7D&queries=%7B%7D", "application/x-www-form-urlencoded", 400, id="twice"),
        pytest.param(b"queries=%7B%7D&extend=%7B%7D", "application/x-www-form-urlencoded", 400, id="two requests"),
        pytest.param(b"&".join([b"a=1"] * 30), "application/x-www-form-urlencoded", 400, id="many fields"),
        pytest.param(b"queries=%7B%7D", "application/x-www-form-urlencoded; charset=UTF-8", 200, id="as it should be"),
    ],
)
def test_bodies(service, body, media_type, status):
    assert service.post("/reconcile", content=body, headers={"Content-Type": media_type}).status_code == status


def test_a_body_is_as_long_as_a_text_may_be(shipped_store):
    with open_service(shipped_store, max_text_bytes=1_000) as client:
        assert ask(client, "queries", {"q0": {"query": "a" * 2_000}}).status_code == 413


def test_a_batch_that_takes_too_long_is_given_up(shipped_store):
    with open_service(shipped_store, query_timeout_s=1e-9) as hasty:
        response = ask(hasty, "queries", {"q0": {"query": "Azerbaijan"}})
    assert response.status_code == 503
    assert "Retry-After" in response.headers


# Suggestions, extension, preview


@pytest.mark.parametrize(
    ("kind", "prefix", "wanted"),
    [
        ("entity", "azer", ["country/AZ", "pair/AZ-VN"]),
        ("entity", "viet nam nhat", ["pair/JP-VN"]),
        ("entity", "Phạm M", ["person/pham-minh-chinh-VN"]),
        ("entity", "pair/AZ-VN", ["pair/AZ-VN"]),
        ("entity", "", []),
        ("type", "", ["country", "pair", "person", "organisation"]),
        ("type", "quốc", ["country", "pair"]),
        ("type", "per", ["person"]),
        ("property", "next", ["next-anniversary", "next-anniversary-years", "next-anniversary-of"]),
        ("property", "quoc khanh", ["national-day"]),
        ("property", "\u202e<b>", []),
    ],
)
def test_suggestions(service, kind, prefix, wanted):
    result = service.get(f"/reconcile/suggest/{kind}", params={"prefix": prefix}).json()["result"]
    assert ids(result)[: len(wanted) or None] == wanted or (prefix == "\u202e<b>" and not wanted)


def test_suggestions_go_on_where_the_cursor_says(service):
    def page(cursor):
        return ids(
            service.get("/reconcile/suggest/entity", params={"prefix": "cong hoa", "cursor": cursor}).json()["result"]
        )

    assert len(page(0)) == 10
    assert page(5)[:5] == page(0)[5:]
    assert page(9_999) == []
    assert service.get("/reconcile/suggest/entity?prefix=a&cursor=-1").status_code == 422


def test_suggestions_of_one_type(service):
    result = service.get("/reconcile/suggest/entity", params={"prefix": "azer", "type": "pair"}).json()["result"]
    assert {one["notable"][0]["id"] for one in result} == {"pair"}


def test_properties_of_things(service):
    wanted = ["code", "national-day", "since", "level", "next-anniversary", "next-anniversary-years", "country", "role"]
    things = ["country/VN", "pair/AZ-VN", "person/pham-minh-chinh-VN", "organisation/bo-ngoai-giao", "country/XX"]
    answer = ask(service, "extend", {"ids": things, "properties": [{"id": one} for one in wanted]}).json()
    assert [one["id"] for one in answer["meta"]] == wanted
    assert answer["meta"][6]["type"]["id"] == "country"
    rows = answer["rows"]
    assert list(rows) == things
    assert all(list(row) == wanted for row in rows.values())
    assert rows["country/VN"]["code"] == [{"str": "VN"}]
    assert rows["country/VN"]["national-day"][0]["str"].endswith("09-02")
    pair = rows["pair/AZ-VN"]
    assert pair["since"] == [{"str": "1992-09-23"}]
    assert pair["level"] == [{"str": "strategic"}]
    assert pair["next-anniversary"] == [{"str": "2027-05-07"}]
    assert pair["next-anniversary-years"] == [{"int": 2}]
    assert pair["country"] == [{"id": "country/AZ", "name": "Azerbaijan"}, {"id": "country/VN", "name": "Việt Nam"}]
    assert rows["person/pham-minh-chinh-VN"]["role"] == [{"str": "Thủ tướng"}]
    assert all(not values for values in rows["country/XX"].values())


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "thing", ["country/AZ", "pair/AZ-VN", "person/pham-minh-chinh-VN", "organisation/bo-ngoai-giao"]
)
def test_a_preview_is_a_page_for_a_frame(service, thing):
    response = service.get("/reconcile/preview", params={"id": thing})
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert policy.endswith("frame-ancestors *")
    page = Page(response.text)
    assert not {"script", "style", "iframe", "form"} & {tag for tag, _ in page.tags}
    assert not [attrs for _, attrs in page.tags if "style" in attrs]
    (sheet,) = [attrs["href"] for tag, attrs in page.tags if tag == "link"]
    assert service.get(sheet).status_code == 200


def test_a_preview_of_hostile_texts_is_text():
    hostile = "<script>alert(1)</script>\u202e\"'&" * 300
    facts = Facts(
        ThingId("person", "x"),
        hostile,
        hostile,
        {"role": (hostile,) * 7, "country": (Reference(ThingId("country", "AZ"), hostile),)},
    )
    page = preview_page(facts)
    tags = [tag for tag, _ in Page(page).tags]
    assert not {"script", "b", "img"} & set(tags)
    assert tags.count("dd") == len(facts.values)
    assert "(+ 2)" in page


def test_other_pages_stay_out_of_frames(service):
    for address in ("/", "/docs", "/reconcile", "/reconcile/preview/"):
        assert service.get(address).headers["content-security-policy"].endswith("frame-ancestors 'none'")


# As a client works


def test_a_table_is_matched_and_filled_in_as_openrefine_does(service):
    column = ["Việt Nam - Azerbaijan", "viet nam nhat ban", "VIỆT NAM – LÀO", "Vietnam-Azerbajan", "không rõ"]
    manifest = service.get("/reconcile", headers=ORIGIN).json()
    propose = manifest["extend"]["propose_properties"]
    # it asks of a few rows without a type, and counts the types of what comes back
    sample = ask(service, "queries", {f"q{n}": {"query": one, "limit": 3} for n, one in enumerate(column)}).json()
    assert [sample[f"q{n}"]["result"][0]["type"][0]["id"] for n in range(4)] == ["pair"] * 4
    # then of all, with the type that was chosen
    batch = {
        f"q{n}": {"query": one, "type": "pair", "type_strict": "should", "limit": 5} for n, one in enumerate(column)
    }
    results = ask(service, "queries", batch).json()
    assert [matched(results[name]["result"]) for name in batch] == [
        ["pair/AZ-VN"],
        ["pair/JP-VN"],
        ["pair/LA-VN"],
        [],
        [],
    ]
    # the person looks at the candidate, searches by hand, and chooses
    candidate = results["q3"]["result"][0]["id"]
    seen = service.get(manifest["preview"]["url"].replace("{{id}}", re.sub("/", "%2F", candidate)))
    assert "Azerbaijan" in seen.text
    suggest = manifest["suggest"]["entity"]
    typed = service.get(suggest["service_url"] + suggest["service_path"], params={"prefix": "azerbaijan viet"})
    assert typed.json()["result"][0]["id"] == candidate
    # and adds columns
    proposed = service.get(propose["service_url"] + propose["service_path"], params={"type": "pair"}).json()
    assert {"since", "level"} <= set(ids(proposed["properties"]))
    chosen = {"ids": ["pair/AZ-VN", "pair/LA-VN"], "properties": [{"id": "since"}, {"id": "level"}]}
    rows = ask(service, "extend", chosen).json()["rows"]
    assert rows["pair/LA-VN"]["since"] == [{"str": "1962-09-05"}]
    assert rows["pair/AZ-VN"]["level"] == [{"str": "strategic"}]
