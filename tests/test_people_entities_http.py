"""People and their offices over HTTP: who is asked for by name, by state, by office and by time."""

import datetime as dt
from urllib.parse import unquote

import pytest
from conftest import open_service
from graph_samples import extraction, reference

from app.errors import BadRequestError
from app.graph.offices import Office, read_offices
from app.graph.readmodel import OfficeView
from app.graph.snapshots import publish
from app.office_holders import holders, parse_asked_office, parse_asked_time
from extractors.records import Organisation, Person


def article(number, published, name, role, country):
    return extraction(f"bai-{number}", published=published, people=(Person(name, role, country),))


ARTICLES = (
    article(1, "2020-01-10", "Anar Imanov", "Đại sứ Azerbaijan tại Việt Nam", "AZ"),
    article(2, "2022-05-13", "Anar Imanov", "Đại sứ Azerbaijan tại Việt Nam", "AZ"),
    article(3, "2022-09-23", "A. Imanov", "Đại sứ Azerbaijan tại Hà Nội", "AZ"),
    article(4, "2024-08-08", "Shovgi Mehdizade", "Đại sứ Azerbaijan tại Việt Nam", "AZ"),
    article(5, "2025-05-07", "Shovgi Mehdizade", "Đại sứ Azerbaijan tại Việt Nam", "AZ"),
    article(6, "2025-06-01", "Anar Imanov", "cựu Đại sứ Azerbaijan tại Việt Nam", "AZ"),
    article(7, "2024-09-01", "Tô Lâm", "Tổng Bí thư", "VN"),
    extraction(
        "bai-8", organisations=(Organisation("Đại sứ quán Nhật Bản tại Việt Nam", "embassy", "JP", ("JP", "VN")),)
    ),
)


@pytest.fixture(scope="module")
def people_service(tmp_path_factory):
    store = tmp_path_factory.mktemp("people") / "store"
    publish(store, ARTICLES, reference=reference())
    with open_service(store) as client:
        yield client


def held_by(service, **params):
    items = service.get("/api/people", params=params).json()["items"]
    found = [(item["name"], office["held"]) for item in items for office in item["offices"] if office["held"]]
    return [(name, held["inferred"], held["observed"]) for name, held in found]


OBSERVED = [("Anar Imanov", False, ["2022-05-13"])]


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        pytest.param("2022-05", OBSERVED, id="seen in the month"),
        pytest.param("2022-05-13", OBSERVED, id="seen on the day"),
        pytest.param("2022", [("Anar Imanov", False, ["2022-05-13", "2022-09-23"])], id="seen in the year"),
        pytest.param("2021-03-01", [("Anar Imanov", True, ["2020-01-10", "2022-05-13"])], id="seen before and after"),
        pytest.param("2023-06", [], id="between two people"),
        pytest.param("2019", [], id="before anybody was seen"),
        pytest.param("2025-06-01", [], id="called former"),
    ],
)  # fmt: skip
def test_who_was_ambassador(people_service, on, wanted):
    for role in ("ambassador", "Đại sứ", "đại sứ tại Việt Nam"):
        assert held_by(people_service, country="azerbaijan", role=role, on=on) == wanted
    assert held_by(people_service, country="AZ", on=on) == wanted
    assert held_by(people_service, role="đại sứ tại Việt Nam", on=on) == wanted
    assert held_by(people_service, country="AZ", role="đại sứ tại Nhật Bản", on=on) == []


def test_a_person_has_names_and_offices(people_service):
    (imanov,) = people_service.get("/api/people", params={"q": "a. imanov"}).json()["items"]
    assert (imanov["key"], imanov["name"], imanov["names"]) == (
        "anar-imanov-AZ",
        "Anar Imanov",
        ["Anar Imanov", "A. Imanov"],
    )
    assert imanov["offices"] == [
        {
            "office": "ambassador",
            "role": "Đại sứ Azerbaijan tại Việt Nam",
            "country": "AZ",
            "host": "VN",
            "field": None,
            "first_observed": "2020-01-10",
            "last_observed": "2022-09-23",
            "articles": ["bai-1", "bai-2", "bai-3", "bai-6"],
            "held": None,
        }
    ]
    assert people_service.get("/api/people/anar-imanov-AZ").json() == imanov
    assert people_service.get("/api/people/a-imanov-AZ").json() == imanov


def test_people_of_a_role_without_a_time(people_service):
    items = people_service.get("/api/people", params={"role": "party-leader"}).json()["items"]
    assert [item["name"] for item in items] == ["Tô Lâm"]


@pytest.mark.parametrize("accept", ["application/json", "text/html", "text/turtle"])
def test_the_name_of_a_person_leads_to_them(people_service, accept):
    for key in ("anar-imanov-AZ", "a-imanov-AZ"):
        response = people_service.get(f"/id/person/{key}", headers={"Accept": accept})
        if accept == "text/turtle":
            assert response.status_code == 200
            assert "anar-imanov-AZ" in response.text
        else:
            place = "/people" if accept == "text/html" else "/api/people"
            assert (response.status_code, response.headers["location"]) == (303, f"{place}/{key}")


@pytest.mark.parametrize(
    "kind", ["person-name/anar-imanov-AZ", "organisation-name/dai-su-quan-nhat-ban-tai-viet-nam-JP"]
)
def test_every_name_of_the_graph_resolves(people_service, kind):
    assert people_service.get(f"/id/{kind}").status_code == 200


def test_an_organisation_has_all_its_states(people_service):
    (embassy,) = people_service.get("/api/organisations", params={"country": "JP"}).json()["items"]
    assert (embassy["type"], embassy["country"], embassy["countries"]) == ("embassy", "JP", ["JP", "VN"])
    assert people_service.get(f"/api/organisations/{embassy['key']}").json() == embassy


@pytest.mark.parametrize(
    ("params", "words"),
    [
        pytest.param({"on": "2022-05"}, "country", id="nobody's offices"),
        pytest.param({"country": "AZ", "on": "tháng trước"}, "2022-05", id="no time"),
        pytest.param({"country": "AZ", "on": "--05-13"}, "no year", id="a day of no year"),
        pytest.param({"role": "ca sĩ"}, "office", id="no office"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(people_service, params, words):
    response = people_service.get("/api/people", params=params)
    assert response.status_code == 400
    assert words in response.json()["detail"]


@pytest.mark.parametrize("path", ["/api/people/nobody", "/api/organisations/none", "/id/person/nobody"])
def test_who_is_not_there_is_named(people_service, path):
    assert people_service.get(path, headers={"Accept": "text/turtle"}).status_code == 404


NO_KEYS = [("a blank", "a%20b"), ("a stray percent sign", "%25zz"), ("a bracket", "%3Ca%3E"), ("a quote", "%22")]


@pytest.mark.parametrize("kind", ["people", "organisations"])
@pytest.mark.parametrize("key", [pytest.param(key, id=name) for name, key in NO_KEYS])
def test_what_can_be_no_key_is_nobodys(people_service, kind, key):
    response = people_service.get(f"/api/{kind}/{key}")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert f"«{unquote(key)}»" in response.json()["detail"]


ROLES = [
    ("Đại sứ Azerbaijan tại Việt Nam", [("ambassador-VN", "held")]),
    ("đại sứ Anh tại Hà Nội", [("ambassador-VN", "held")]),
    ("Đại sứ đặc mệnh toàn quyền Việt Nam tại Lào", [("ambassador-LA", "held")]),
    ("Cựu đại sứ Mỹ tại Việt Nam", [("ambassador-VN", "former")]),
    ("Bộ trưởng Bộ Ngoại giao", [("minister-ngoai-giao", "held")]),
    ("Ngoại trưởng Nga", [("minister-ngoai-giao", "held")]),
    ("Quyền bộ trưởng thông tin Kuwait", [("minister-thong-tin", "held")]),
    ("Bộ trưởng Kinh tế, Kế hoạch và Phát triển Cộng hòa Dominica", [("minister-kinh-te-ke-hoach-va-phat-trien", "held")]),
    ("Phó thủ tướng, Bộ trưởng Ngoại giao", [("deputy-head-of-government", "held"), ("minister-ngoai-giao", "held")]),
    ("Tổng Bí thư, Chủ tịch nước Lào", [("party-leader", "held"), ("head-of-state", "held")]),
    ("Nguyên thứ trưởng Bộ Ngoại giao, đại sứ Việt Nam tại Hoa Kỳ", [("deputy-minister-ngoai-giao", "former"), ("ambassador-US", "held")]),
    ("tổng thống Mỹ đắc cử", [("head-of-state", "elect")]),
    ("Chủ tịch Quốc hội", [("speaker", "held")]),
    ("Chủ tịch Tập đoàn Một", [("other-chu-tich-tap-doan-mot", "held")]),
    ("Nhà lãnh đạo Triều Tiên", [("leader", "held")]),
    ("lãnh đạo phe đối lập Venezuela", [("other-lanh-dao-phe-doi-lap", "held")]),
    ("Thủ tướng thứ 6 của nhà nước Israel", [("head-of-government", "held")]),
    ("nhà báo", []),
    ("đại tướng", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("role", "wanted"), [pytest.param(*case, id=case[0] or "empty") for case in ROLES])
def test_the_offices_in_the_words_of_a_role(role, wanted):
    assert [(stated.office.key, stated.standing) for stated in read_offices(role)] == wanted


def office(person, *days):
    return OfficeView(person, "ambassador", "đại sứ", "AZ", "VN", None, tuple(map(dt.date.fromisoformat, days)), ())


def test_nothing_is_inferred_where_somebody_else_was_seen_in_between():
    first, second = office("a", "2020-01-01", "2022-01-01"), office("b", "2021-01-01")
    day = dt.date(2020, 6, 1)
    assert holders((first, second), day, day) == ()
    assert [holding.is_inferred for holding in holders((first,), day, day)] == [True]


def test_times_and_offices_as_users_type_them():
    assert parse_asked_time("2022-02", "on") == (dt.date(2022, 2, 1), dt.date(2022, 2, 28))
    assert parse_asked_office("Ambassador") == Office("ambassador")
    assert parse_asked_office("bộ trưởng ngoại giao") == Office("minister", field="ngoại giao")
    with pytest.raises(BadRequestError, match="«hôm qua» is no time"):
        parse_asked_time("hôm qua", "on")
