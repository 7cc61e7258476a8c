"""Single things, names that lead somewhere, pages, and what every response has."""

import pytest
from test_http_pairs import assert_problem


def test_a_state_by_name_with_its_own_events_and_pairs(service):
    answer = service.get("/api/countries/lao").json()
    assert (answer["code"], answer["name"]["vi"]) == ("LA", "Lào")
    assert "LA-VN" in answer["pairs"]
    assert "national-day" in {event["type"] for event in answer["events"]}
    assert all([country["code"] for country in event["countries"]] == ["LA"] for event in answer["events"])


def test_all_states_page_by_page(service):
    first = service.get("/api/countries", params={"limit": 200}).json()
    rest = service.get("/api/countries", params={"limit": 200, "cursor": first["next"]}).json()
    codes = [item["code"] for item in first["items"] + rest["items"]]
    assert (len(codes), codes, rest["next"]) == (202, sorted(codes), None)


def test_an_article_shows_its_claims_with_quotes_and_the_pages_it_draws_on(service):
    answer = service.get("/api/articles/2026-09-23-viet-nam-azerbaijan").json()
    assert answer["publisher"] == "banggiao"
    assert len(answer["derived_from"]) > 3
    established = [claim for claim in answer["claims"] if claim["type"] == "established"]
    assert established[0]["event"] == "established-AZ-VN"
    assert established[0]["quote"]


def test_people_are_found_without_diacritics(service):
    answer = service.get("/api/people", params={"q": "to lam", "country": "viet nam"}).json()
    assert [item["name"] for item in answer["items"]] == ["Tô Lâm"]
    assert answer["country"]["code"] == "VN"
    assert service.get("/api/people", params={"q": "nobody of this name"}).json()["items"] == []


def test_organisations_are_listed(service):
    items = service.get("/api/organisations").json()["items"]
    assert all(item["name"] and item["articles"] for item in items)


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/id/country/VN", "/countries/VN"),
        ("/id/pair/AZ-VN", "/pairs/AZ/VN"),
        ("/id/event/established-AZ-VN", "/events/established-AZ-VN"),
        ("/id/article/2026-09-23-viet-nam-azerbaijan", "/articles/2026-09-23-viet-nam-azerbaijan"),
        ("/id/person/to-lam-VN", "/people/to-lam-VN"),
        ("/id/organisation/bo-ngoai-giao", "/organisations/bo-ngoai-giao"),
    ],
)
@pytest.mark.parametrize(
    ("accept", "is_browser"),
    [
        pytest.param("text/html,*/*;q=0.8", True, id="browser"),
        pytest.param("application/json", False, id="JSON"),
        pytest.param("*/*", False, id="anything"),
        pytest.param("application/json, text/html;q=0.9", False, id="JSON before pages"),
    ],
)
def test_a_name_leads_browsers_to_the_page_and_programs_to_the_answer(service, path, page, accept, is_browser):
    address = page if is_browser else f"/api{page}"
    response = service.get(path, headers={"Accept": accept})
    assert (response.status_code, response.headers["location"]) == (303, address)
    assert "Accept" in response.headers["vary"].split(", ")
    assert service.get(f"/api{page}").status_code == 200


def test_a_name_leads_a_browser_on_in_the_language_that_it_asks_for(service):
    response = service.get("/id/event/established-AZ-VN?lang=en", headers={"Accept": "text/html"})
    assert response.headers["location"] == "/events/established-AZ-VN?lang=en"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
    ],
)
def test_a_name_gives_its_statements_in_rdf(service, accept, content_type):
    response = service.get("/id/event/established-AZ-VN", headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, content_type)
    assert "1992-09-23" in response.text


THINGS = [
    ("/api/events/established-AZ-VN", "id/event/established-AZ-VN"),
    ("/api/articles/2026-09-23-viet-nam-azerbaijan", "id/article/2026-09-23-viet-nam-azerbaijan"),
    ("/api/countries/VN", "id/country/VN"),
    ("/api/pairs/VN/AZ", "id/pair/AZ-VN"),
]
THING_IDS = ["event", "article", "state", "pair"]
FORMATS = [
    pytest.param(None, "application/json", id="no header"),
    pytest.param("*/*", "application/json", id="anything"),
    pytest.param("application/json", "application/json", id="JSON"),
    pytest.param("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json", id="browser"),
    pytest.param("text/turtle", "text/turtle; charset=utf-8", id="Turtle"),
    pytest.param("application/ld+json", "application/ld+json", id="JSON-LD"),
    pytest.param("application/ld+json, application/json;q=0.5", "application/ld+json", id="JSON-LD before JSON"),
    pytest.param("text/turtle;q=0.2, application/json;q=0.5", "application/json", id="JSON before Turtle"),
]


@pytest.mark.parametrize(("path", "iri"), THINGS, ids=THING_IDS)
@pytest.mark.parametrize(("accept", "content_type"), FORMATS)
def test_a_thing_comes_in_the_format_asked_for(service, path, iri, accept, content_type):
    request = service.build_request("GET", path)
    request.headers.pop("accept")
    if accept is not None:
        request.headers["accept"] = accept
    response = service.send(request)
    assert (response.status_code, response.headers["content-type"]) == (200, content_type)
    assert "Accept" in response.headers["vary"].split(", ")
    assert iri in response.text


@pytest.mark.parametrize(("path", "iri"), THINGS, ids=THING_IDS)
def test_a_thing_in_rdf_is_what_its_name_gives(service, path, iri):
    turtle = {"Accept": "text/turtle"}
    assert service.get(path, headers=turtle).text == service.get(f"/{iri}", headers=turtle).text


@pytest.mark.parametrize(("path", "iri"), THINGS, ids=THING_IDS)
@pytest.mark.parametrize("accept", ["image/png", "text/csv", "*/*;q=0"])
def test_a_thing_in_no_format_that_there_is(service, path, iri, accept):
    response = service.get(path, headers={"Accept": accept})
    assert "text/turtle" in assert_problem(response, 406)["detail"]
    assert "Accept" in response.headers["vary"].split(", ")


def test_a_name_in_no_format_that_there_is(service):
    assert_problem(service.get("/id/country/VN", headers={"Accept": "image/png"}), 406)


@pytest.mark.parametrize("path", ["/ontology", "/graph/reference", "/graph/article/2026-09-23-viet-nam-azerbaijan"])
def test_graphs_are_given_whole(service, path):
    response = service.get(path, headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    assert "bg:" in response.text


def test_every_address_in_the_description_has_a_summary_and_is_on_the_page(service):
    paths = service.get("/openapi.json").json()["paths"]
    page = service.get("/docs").text
    operations = [(path, operation) for path, item in paths.items() for operation in item.values()]
    assert [path for path, operation in operations if not operation.get("description")] == []
    assert [path for path in paths if path not in page] == []


def test_health_says_what_is_served(service):
    answer = service.get("/health").json()
    assert (answer["status"], answer["reason"], answer["articles"]) == ("ok", None, 14)
    assert answer["claims"] > 50


@pytest.mark.parametrize("path", ["/", "/health", "/no/such", "/api/events/none", "/static/page.css", "/sparql"])
def test_every_response_has_the_security_headers(service, path):
    headers = service.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_only_behind_https_is_https_demanded(service):
    assert "strict-transport-security" not in service.get("/docs").headers
    secure = service.get("https://testserver/docs").headers
    assert secure["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize(
    "path", ["/", "/health", "/api/pairs/VN/AZ", "/sparql?query=ASK{}", "/static/page.css", "/none"]
)
def test_head_is_get_without_the_body(service, path):
    head, got = service.head(path), service.get(path)
    assert (head.status_code, head.headers["content-type"]) == (got.status_code, got.headers["content-type"])
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.content == b""


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/api/countries", "GET, HEAD"),
        ("GET", "/api/extract", "POST"),
        ("DELETE", "/sparql", "GET, HEAD, POST"),
        ("PUT", "/sparql", "GET, HEAD, POST"),
        ("POST", "/api/pairs/VN/AZ", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_there(service, method, path, allowed):
    response = service.request(method, path)
    assert_problem(response, 405)
    assert response.headers["allow"] == allowed


def test_links_lead_to_the_base_of_the_settings(shipped_store):
    from conftest import open_service

    with open_service(shipped_store, base_iri="https://graph.example.org/") as client:
        event = client.get("/api/events/established-AZ-VN").json()
    assert event["iri"] == "https://graph.example.org/id/event/established-AZ-VN"


def test_the_type_of_a_problem_leads_to_its_description(service):
    response = service.get("/problems/unknown-country")
    assert (response.status_code, response.headers["location"]) == (303, "/docs#unknown-country")
    assert 'id="unknown-country"' in service.get("/docs").text


def test_a_store_that_does_not_exist_is_an_empty_graph(empty_service):
    assert empty_service.get("/health").json()["articles"] == 0
    assert empty_service.get("/api/pairs/VN/AZ/timeline").json()["items"] == []
    assert empty_service.get("/").status_code == 200
