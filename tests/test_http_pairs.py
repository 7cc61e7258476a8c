"""Pairs and anniversaries over HTTP, on the shipped data."""

import pytest

PROBLEM = "application/problem+json"


def assert_problem(response, status):
    """The one shape of every error."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert problem["type"].startswith("https://w3id.org/banggiao/problems/")
    assert problem["status"] == status
    assert len(problem["title"]) > 5
    assert len(problem["detail"]) > 10
    return problem


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("VN", "AZ"),
        ("AZ", "VN"),
        ("vn", "az"),
        ("Việt Nam", "Azerbaijan"),
        ("viet nam", "azerbaijan"),
        ("AZERBAIJAN", "Viet-Nam"),
        ("Vietnam", "A-déc-bai-gian"),
        ("Cộng hòa Azerbaijan", "VIỆT NAM"),
    ],
)
def test_viet_nam_and_azerbaijan_by_any_of_their_names(service, a, b):
    response = service.get(f"/api/pairs/{a}/{b}/anniversaries", params={"on": "2026-11-21"})
    answer = response.json()
    assert (answer["pair"]["key"], answer["on"], answer["next"]) == ("AZ-VN", "2026-11-21", None)
    (established,) = [item for item in answer["items"] if item["type"] == "established"]
    found = {name: established[name] for name in ("date", "years", "last", "next", "next_years", "days_until", "rank")}
    assert found == {
        "date": "1992-09-23",
        "years": 34,
        "last": "2026-09-23",
        "next": "2027-09-23",
        "next_years": 35,
        "days_until": 306,
        "rank": "half-round",
    }
    quotes = [source["quote"] for source in established["sources"] if source["quote"]]
    assert any("23/9/1992" in quote for quote in quotes)
    assert any(source["url"] for source in established["sources"])


def test_an_event_has_the_fields_of_the_contract(service):
    event = service.get("/api/events/established-AZ-VN").json()
    contract = (
        "id iri type label countries date precision level status confidence alternatives sources from to person name"
    )
    assert set(contract.split()) <= event.keys()
    assert event["label"].keys() == {"vi", "en"}
    assert [country["code"] for country in event["countries"]] == ["AZ", "VN"]
    assert event["countries"][1]["name"]["vi"] == "Việt Nam"
    source = "article title publisher published url quote basis"
    assert all(set(source.split()) <= one.keys() for one in event["sources"])


def test_today_is_the_day_without_on(service):
    assert service.get("/api/pairs/VN/AZ/anniversaries").json()["on"] == "2026-11-21"


def test_within_keeps_the_near_ones(service):
    far = service.get("/api/pairs/VN/AZ/anniversaries", params={"on": "2026-11-21", "within": 30}).json()
    near = service.get("/api/pairs/VN/AZ/anniversaries", params={"on": "2027-09-01", "within": 30}).json()
    assert "established-AZ-VN" not in [item["id"] for item in far["items"]]
    assert "established-AZ-VN" in [item["id"] for item in near["items"]]


def test_the_state_of_a_pair(service):
    answer = service.get("/api/pairs/JP/VN").json()
    assert (answer["status"], answer["since"], answer["level"]) == (
        "established",
        "1973-09-21",
        "comprehensive-strategic",
    )
    assert answer["counts"]["established"] == 1
    assert answer["next_anniversary"]["next"] >= "2026-11-21"


def test_before_its_ties_a_pair_has_none(service):
    answer = service.get("/api/pairs/JP/VN", params={"on": "1970-01-01"}).json()
    assert (answer["status"], answer["since"], answer["level"]) == ("unknown", None, None)


@pytest.mark.parametrize(
    ("pair", "on", "level"),
    [
        pytest.param("US/VN", "2015-06-01", "comprehensive", id="the United States, since raised"),
        pytest.param("RU/VN", "2005-01-01", "strategic", id="Russia, since raised"),
        pytest.param("JP/VN", "2016-01-01", "other", id="Japan, a framework with a name of its own"),
        pytest.param("JP/VN", "2012-01-01", "strategic", id="Japan, two levels ago"),
        pytest.param("US/VN", "2026-11-21", "comprehensive-strategic", id="the United States, today"),
    ],
)
def test_the_level_of_a_past_day(service, pair, on, level):
    assert service.get(f"/api/pairs/{pair}", params={"on": on}).json()["level"] == level


@pytest.mark.parametrize(
    ("pair", "on", "status", "since"),
    [
        pytest.param("VN/SU", "2026-11-21", "ended", "1991-12-26", id="the Soviet Union, gone"),
        pytest.param("VN/SU", "1980-01-01", "established", "1950-01-30", id="the Soviet Union, in its time"),
        pytest.param("VN/DD", "2026-11-21", "ended", "1990-10-03", id="East Germany, gone"),
        pytest.param("KR/VD", "2026-11-21", "ended", "1975-04-30", id="South Việt Nam, gone"),
        pytest.param("CU/US", "1970-01-01", "severed", "1961-01-03", id="a break, mended later"),
    ],
)
def test_ties_with_a_state_that_is_gone(service, pair, on, status, since):
    answer = service.get(f"/api/pairs/{pair}", params={"on": on}).json()
    assert (answer["status"], answer["since"], answer["level"]) == (status, since, None)
    timeline = service.get(f"/api/pairs/{pair}/timeline").json()["items"]
    assert timeline
    if status == "ended":
        assert answer["next_anniversary"] is None
        assert service.get(f"/api/pairs/{pair}/anniversaries", params={"on": on}).json()["items"] == []


def test_nothing_that_is_over_comes_round(service):
    parameters = {"from": "2027-01-01", "to": "2027-12-31", "limit": 500}
    items = service.get("/api/anniversaries", params=parameters).json()["items"]
    codes = {country["code"] for item in items for country in item["countries"]}
    assert codes & {"SU", "YU", "CS", "DD", "VD"} == set()
    assert {item["standing"] for item in items} <= {"in-force", "superseded", None}
    assert len({(item["id"], item["period"]) for item in items}) == len(items)


def test_a_national_day_that_moves_with_the_ruler_has_no_number(service):
    parameters = {"from": "2026-12-01", "to": "2027-11-30", "country": "JP", "type": "national-day"}
    (item,) = service.get("/api/anniversaries", params=parameters).json()["items"]
    found = tuple(item[name] for name in ("date", "precision", "years", "next_years", "rank", "last", "next"))
    assert found == ("--02-23", "day", None, None, None, "2026-02-23", "2027-02-23")
    assert item["days_until"] == 84
    events = service.get("/api/countries/JP").json()["events"]
    assert "--02-23" in [event["date"] for event in events]


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        pytest.param("2026-11-21", "2027-11-20", ["2027"], id="365 days"),
        pytest.param("2026-11-21", "2027-11-19", [], id="364 days"),
        pytest.param("2026-01-01", "2027-12-31", ["2026", "2027"], id="two years"),
    ],
)
def test_what_is_known_to_the_year_is_listed_for_years(service, first, last, periods):
    parameters = {"from": first, "to": last, "country": "FI", "type": "established"}
    items = service.get("/api/anniversaries", params=parameters).json()["items"]
    assert [item["period"] for item in items if item["id"] == "established-FI-VN"] == periods


def test_a_pair_of_which_nothing_is_known_is_empty_not_missing(service):
    answer = service.get("/api/pairs/TV/NR/timeline")
    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_the_timeline_page_by_page_is_the_timeline(service):
    whole = service.get("/api/pairs/VN/JP/timeline").json()["items"]
    pages, cursor = [], None
    while True:
        parameters = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = service.get("/api/pairs/VN/JP/timeline", params=parameters).json()
        pages += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert pages == whole
    assert len(whole) > 2


def test_the_timeline_is_cut_sorted_and_filtered(service):
    parameters = {"from": "2000-01-01", "to": "31/12/2020", "order": "desc", "type": "partnership"}
    items = service.get("/api/pairs/VN/JP/timeline", params=parameters).json()["items"]
    dates = [item["date"] for item in items]
    assert dates == sorted(dates, reverse=True)
    assert all("2000" <= date <= "2020-12-31" for date in dates)
    assert {item["type"] for item in items} == {"partnership"}


def test_the_timeline_agrees_with_sparql(service):
    query = """
        PREFIX bg: <https://w3id.org/banggiao/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?id WHERE { ?event a bg:Event ; dcterms:identifier ?id ;
                           bg:pair <https://w3id.org/banggiao/id/pair/JP-VN> }"""
    rows = service.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    items = service.get("/api/pairs/VN/JP/timeline").json()["items"]
    assert sorted(row["id"]["value"] for row in rows) == sorted(item["id"] for item in items)


def test_what_falls_in_the_next_days(service):
    answer = service.get("/api/anniversaries").json()
    assert (answer["from"], answer["to"], answer["country"]) == ("2026-11-21", "2026-12-21", None)
    days = [item["next"] for item in answer["items"] if item["next"]]
    assert days == sorted(days)
    assert all("2026-11-21" <= day <= "2026-12-21" for day in days)
    assert "established-CU-VN" in [item["id"] for item in answer["items"]]


def test_what_falls_in_a_window_by_state_type_and_rank(service):
    parameters = {
        "from": "2027-01-01",
        "to": "2027-12-31",
        "country": "lào",
        "type": "established",
        "rank": "half-round",
    }
    items = service.get("/api/anniversaries", params=parameters).json()["items"]
    assert [(item["id"], item["next"], item["next_years"]) for item in items] == [
        ("established-LA-VN", "2027-09-05", 65)
    ]


@pytest.mark.parametrize(
    ("path", "status", "kind", "words"),
    [
        ("/api/pairs/VN/Azerbaijam", 404, "unknown-country", "Azerbaijan"),
        ("/api/pairs/Vietman/AZ/timeline", 404, "unknown-country", "Việt Nam"),
        ("/api/pairs/VN/Việt Nam", 400, "bad-request", "same state"),
        ("/api/pairs/VN/AZ?on=31/02/1990", 400, "bad-request", "31/02/1990"),
        ("/api/pairs/VN/AZ/anniversaries?on=23/13/1992", 400, "bad-request", "23/13/1992"),
        ("/api/pairs/VN/AZ/anniversaries?on=tomorrow", 400, "bad-request", "tomorrow"),
        ("/api/pairs/VN/AZ/anniversaries?on=9999-12-31", 400, "bad-request", "9999"),
        ("/api/pairs/VN/AZ/anniversaries?within=-1", 422, "invalid-parameters", "within"),
        ("/api/pairs/VN/AZ/anniversaries?within=9999999", 422, "invalid-parameters", "within"),
        ("/api/pairs/VN/AZ/timeline?from=2027-01-01&to=2026-01-01", 400, "bad-request", "before it begins"),
        ("/api/pairs/VN/AZ/timeline?limit=0", 422, "invalid-parameters", "limit"),
        ("/api/pairs/VN/AZ/timeline?limit=many", 422, "invalid-parameters", "limit"),
        ("/api/pairs/VN/AZ/timeline?cursor=%25%25", 400, "bad-request", "cursor"),
        ("/api/pairs/VN/AZ/timeline?cursor=bm8tc3VjaA", 400, "bad-request", "cursor"),
        ("/api/pairs/VN/AZ/timeline?type=wedding", 422, "invalid-parameters", "type"),
        ("/api/pairs/VN/AZ/timeline?order=random", 422, "invalid-parameters", "order"),
        ("/api/anniversaries?from=2027-01-01&to=2026-01-01", 400, "bad-request", "before it begins"),
        ("/api/anniversaries?from=2000-01-01&to=2026-01-01", 400, "bad-request", "longer than"),
        ("/api/anniversaries?from=8999-12-31&to=9000-12-31", 200, None, None),
        ("/api/anniversaries?country=Atlantis", 404, "unknown-country", "Atlantis"),
        ("/api/anniversaries?rank=square", 422, "invalid-parameters", "rank"),
        ("/api/countries/Atlantis", 404, "unknown-country", "Atlantis"),
        ("/api/events/established-XX-YY", 404, "not-found", "established-XX-YY"),
        ("/api/articles/none/such", 404, "not-found", "none/such"),
        ("/id/event/none", 404, "not-found", "none"),
        ("/graph/none", 404, "not-found", "none"),
        ("/no/such/address", 404, "not-found", "/docs"),
    ],
)
def test_bad_questions_get_a_problem_with_a_sentence(service, path, status, kind, words):
    response = service.get(path)
    if kind is None:
        assert response.status_code == status
        return
    problem = assert_problem(response, status)
    assert problem["type"].endswith(f"/{kind}")
    assert words in problem["detail"]


def test_an_unknown_name_gets_the_nearest_ones(service):
    problem = assert_problem(service.get("/api/pairs/VN/Azerbaijam"), 404)
    assert problem["suggestions"][0] == "Azerbaijan"


@pytest.mark.parametrize(
    ("pair", "status", "kind"),
    [
        pytest.param("VN/TW", "none", "none", id="no ties"),
        pytest.param("VN/Zambia", "established", "undated", id="ties whose date no page gives"),
    ],
)
def test_what_no_table_dates_is_said_with_its_pages(service, pair, status, kind):
    answer = service.get(f"/api/pairs/{pair}").json()
    assert (answer["status"], answer["since"]) == (status, None)
    (gap,) = answer["gaps"]
    assert (gap["kind"], gap["type"]) == (kind, "established")
    assert all(source["url"].startswith("http") for source in gap["sources"])


def test_a_tie_of_a_former_state_names_it(service):
    (item,) = service.get("/api/pairs/RU/VN/timeline", params={"type": "established"}).json()["items"]
    assert (item["date"], item["inherited_from"]["code"], item["voices"]) == ("1950-01-30", "SU", 4)
