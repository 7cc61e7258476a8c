"""Pages of articles, people and organisations, and of facts whose sources disagree."""

import csv
import io
import json
import re

import pytest
from conftest import open_service
from graph_samples import EXTRACTIONS, claim, extraction, reference
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from test_pages import ENGLISH, HOSTILE, VIETNAMESE, read

from app.graph.readmodel import ClaimView
from app.graph.snapshots import publish
from app.highlights import highlighted
from extractors.dates import parse_edtf
from extractors.records import Organisation, Person

ODD = "2026/09/bài «một» 100%?#x"
ARTICLES = (
    *EXTRACTIONS,
    extraction(ODD, claim("established", "CL VN", "1971-03-25"), url="https://bao.example/odd"),
    extraction(
        "nguoi-1",
        published="2022-05-13",
        people=(Person("Anar Imanov", "Đại sứ Azerbaijan tại Việt Nam", "AZ"),),
    ),
    extraction(
        "nguoi-2",
        published="2022-09-23",
        people=(Person("A. Imanov", "Đại sứ Azerbaijan tại Hà Nội", "AZ"),),
        organisations=(Organisation("Đại sứ quán Nhật Bản tại Việt Nam", "embassy", "JP", ("JP", "VN")),),
    ),
    *(extraction(f"tin-{number:03}", people=(Person("Tô Lâm", "Tổng Bí thư", "VN"),)) for number in range(60)),
    extraction(
        "xau",
        claim("visit", "AZ VN", "2018-12-08", person=HOSTILE, quote=HOSTILE),
        claim("agreement", "AZ VN", "2019-01-02", name=HOSTILE * 100, quote=HOSTILE * 100, start=60),
        publisher=HOSTILE,
        url="javascript:alert(1)",
        people=(Person(f"Aa {HOSTILE}", HOSTILE, "AZ"),),
        organisations=(Organisation(f"Aa {HOSTILE}", HOSTILE, "AZ"),),
    ),
)


@pytest.fixture(scope="module")
def things(tmp_path_factory):
    """A service over a small world with an article of an odd id, and a hostile one."""
    store = tmp_path_factory.mktemp("things") / "store"
    publish(store, ARTICLES, reference=reference())
    with open_service(store) as client:
        yield client


def text_of(found):
    return re.sub(r"\s+", " ", found.text_content())


def links(found):
    return found.xpath("//main//a/@href")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("/articles/bai-1", "Bài bai-1", id="the title of an article"),
        pytest.param("/articles/bai-1", "13 May 2022", id="its day"),
        pytest.param("/articles/bai-2", "một tờ báo in", id="what it draws on"),
        pytest.param("/articles/bai-1", "23 September 1992", id="what a claim says"),
        pytest.param("/articles/bai-1", "The first end of a span", id="how its date is known"),
        pytest.param("/articles/bai-2", "45 years before 2018 is 1973", id="what does not add up"),
        pytest.param("/articles/bai-3", "Contradicts", id="a fact that it contradicts"),
        pytest.param("/articles/bai-2", "Supports", id="a fact that it supports"),
        pytest.param("/articles/nguoi-1", "Nothing that it says", id="an article that claims nothing"),
        pytest.param("/people", "Tô Lâm", id="people"),
        pytest.param("/people?q=to%20lam", "1 person", id="people by a name without accents"),
        pytest.param("/people?country=azerbaijan&q=imanov", "Anar Imanov", id="people of a state"),
        pytest.param("/people?q=zzz", "Look at all names", id="nobody, and what to do"),
        pytest.param("/people/anar-imanov-AZ", "A. Imanov", id="another spelling"),
        pytest.param("/people/anar-imanov-AZ", "13 May 2022 to 23 September 2022", id="when an office was seen"),
        pytest.param("/people/to-lam-VN", "60 articles name this person", id="how many articles"),
        pytest.param("/people/to-lam-VN", "and 57 more articles below", id="more sources than an office shows"),
        pytest.param("/organisations", "embassy or consulate", id="organisations"),
        pytest.param("/organisations?q=dai%20su%20quan", "Japan, Viet Nam", id="states of an organisation"),
        pytest.param("/organisations?q=zzz", "Look at all names", id="no organisation, and what to do"),
        pytest.param("/disputed", "24 September 1992", id="a date that others give"),
        pytest.param("/disputed", "2 facts", id="how many facts"),
        pytest.param("/disputed?country=JP", "1978", id="of a state"),
        pytest.param("/disputed?country=BY", "Look at all states and types", id="nothing, and what to do"),
        pytest.param("/disputed?type=visit", "No sources disagree", id="nothing of a type"),
        pytest.param("/disputed?type=nonsense", "2 facts", id="a type that is none"),
    ],
)
def test_what_a_page_says(things, path, words):
    answer = things.get(path, headers=ENGLISH)
    assert answer.status_code == 200
    assert words in text_of(html.fromstring(answer.text))


def test_an_article_leads_to_facts_people_and_organisations_and_they_lead_back(things):
    own = links(read(things, "/articles/bai-1"))
    for path in (
        "/events/established-AZ-VN",
        "/pairs/AZ/VN",
        "/people/anar-imanov-AZ",
        "/organisations/hoi-huu-nghi-viet-nam-azerbaijan-VN",
        "https://bao-mot.example/bai-1",
    ):
        assert path in own
        if path.startswith("/") and not path.startswith("/pairs"):
            assert "/articles/bai-1" in links(read(things, path))


def test_an_article_has_its_page_whatever_its_id_holds(things):
    found = read(things, f"/articles/{ODD.replace('%', '%25').replace('?', '%3F').replace('#', '%23')}")
    assert ODD in text_of(found)
    (other,) = found.xpath("//p[@class='languages']/a/@href")
    assert things.get(other, headers=VIETNAMESE).status_code == 200
    (path,) = [path for path in links(read(things, "/events/established-CL-VN")) if path.startswith("/articles/")]
    assert ODD in text_of(read(things, path))


def test_a_claim_is_quoted_with_the_words_that_tell_it_marked(service):
    found = read(service, "/articles/2026-09-23-viet-nam-azerbaijan")
    marked = {mark.text for mark in found.xpath("//blockquote/mark")}
    assert {"ngày 23/9/1992", "Azerbaijan", "Việt Nam"} <= marked


def test_a_replaced_key_leads_on(things):
    answer = things.get("/people/a-imanov-AZ?lang=en", headers=VIETNAMESE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/people/anar-imanov-AZ?lang=en")


@pytest.mark.parametrize("path", ["/people/to-lam-VN", "/disputed", "/people", "/organisations"])
def test_long_lists_come_page_by_page(service, things, path):
    place = things if path.startswith("/people/") else service
    seen, address = [], path
    while address:
        found = read(place, address)
        seen.append(links(found))
        address = next(iter(found.xpath("//a[@rel='next']/@href")), None)
    assert len(seen) < 20
    facts = [[one for one in page if one.startswith(("/events/", "/articles/tin"))] for page in seen]
    assert len(seen) > 1 or path in ("/people", "/organisations")
    assert all(not set(first) & set(second) for first, second in zip(facts, facts[2:], strict=False))


def test_all_facts_whose_sources_disagree_are_there_by_type_and_date(service):
    shown, address = [], "/disputed"
    while address:
        found = read(service, address)
        shown += found.xpath("//section[@class='dispute']/h3/@id")
        address = next(iter(found.xpath("//a[@rel='next']/@href")), None)
    rows = service.get("/sparql", params={"query": ALL}, headers={"Accept": "text/csv"}).text.split()[1:]
    assert sorted(shown) == sorted(rows)
    types = [one.split("-")[0] for one in shown]
    assert len(set(types)) == len([one for one, before in zip(types, ["", *types], strict=False) if one != before])


ALL = """PREFIX bg: <https://w3id.org/banggiao/ontology#>
SELECT DISTINCT ?id { ?event bg:alternative ?a ; <http://purl.org/dc/terms/identifier> ?id }"""


def test_a_table_of_disputed_facts_has_what_the_page_has(things):
    answer = things.get("/disputed.csv?country=VN&lang=en")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == ["established-JP-VN", "established-AZ-VN"]
    assert "24 September 1992" in rows[1]["other_dates"]


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        pytest.param("/people/anar-imanov-AZ", "Person", "Anar Imanov", id="person"),
        pytest.param(
            "/organisations/hoi-huu-nghi-viet-nam-azerbaijan-VN",
            "Organization",
            "Hội hữu nghị Việt Nam - Azerbaijan",
            id="organisation",
        ),
        pytest.param("/articles/bai-1", "NewsArticle", None, id="article"),
    ],
)
def test_programs_are_told_who_it_is(things, path, kind, name):
    (script,) = read(things, path).xpath("//script")
    document = json.loads(script.text)
    assert (document["@type"], document.get("name")) == (kind, name)
    assert document["@id"].endswith(path)
    assert document["sameAs"].startswith("https://w3id.org/banggiao/id/")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/articles/none", 404, id="no such article"),
        pytest.param("/articles/", 404, id="no id"),
        pytest.param("/people/nobody", 404, id="nobody"),
        pytest.param("/people/%3Ca%3E", 404, id="what can be no key"),
        pytest.param("/organisations/none", 404, id="no such organisation"),
        pytest.param("/people?country=Azerbaidjann", 404, id="a slip in a state"),
        pytest.param("/disputed?country=Azerbaidjann", 404, id="the same of facts"),
        pytest.param("/disputed?cursor=abc", 400, id="a cursor of no list"),
        pytest.param("/people?cursor=abc", 400, id="the same of people"),
        pytest.param("/articles/bai-1?cursor=abc", 400, id="the same of claims"),
        pytest.param(f"/people?q={'x' * 10_000}", 422, id="ten thousand characters"),
        pytest.param("/people/a%00b", 400, id="a NUL"),
    ],
)
def test_what_is_not_there_is_a_page_too(things, path, status):
    answer = things.get(path, headers=VIETNAMESE)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")


def test_hostile_names_and_quotes_are_text(things):
    people = [path for path in links(read(things, "/people?q=aa")) if path.startswith("/people/")]
    organisations = [path for path in links(read(things, "/organisations?q=aa")) if path.startswith("/organisations/")]
    assert people
    assert organisations
    for path in ("/articles/xau", "/people", "/organisations", "/disputed", people[0], organisations[0]):
        found = read(things, path)
        assert [one for one in found.xpath("//script") if one.get("type") != "application/ld+json"] == []
        assert found.xpath("//img | //@onerror | //@style") == []
        assert [href for href in found.xpath("//@href") if href.startswith("javascript")] == []


def test_no_link_of_a_page_leads_to_another_host(things):
    found = html.fromstring(things.get("http://testserver//evil.example/x", headers=VIETNAMESE).text)
    assert [href for href in found.xpath("//@href") if href.startswith("//")] == []


def claimed(quote, date="1992-09-23", countries=("AZ", "VN"), person=None):
    nothing = dict.fromkeys(("level", "from_country", "to_country", "name", "event"))
    return ClaimView(
        "", "established", countries, parse_edtf(date), "explicit", quote, 0, len(quote), "body", 0.9,
        person=person, issues=(), **nothing,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        pytest.param(
            claimed("Ngày 23/9/1992, Việt Nam và Azerbaijan thiết lập quan hệ, sau Lào 5/9/1962"),
            ["Ngày 23/9/1992", "Việt Nam", "Azerbaijan"],
            id="the date and the states, and no others",
        ),
        pytest.param(
            claimed("Ngày 23/9/1992, Việt Nam và Azerbaijan", countries=("AZ",)),
            ["Ngày 23/9/1992", "Azerbaijan"],
            id="one state",
        ),
        pytest.param(
            claimed("quan hệ (23/09/1992 - 23/09/2022)", countries=()), ["23/09/1992 - 23/09/2022"], id="the span"
        ),
        pytest.param(
            claimed("45 năm trước, năm 2018", date="1973", countries=()), ["45 năm", "năm 2018"], id="reckoned from"
        ),
        pytest.param(claimed("Tổng Bí thư Tô Lâm thăm", countries=(), person="Tô Lâm"), ["Tô Lâm"], id="the person"),
        pytest.param(claimed("hai nước", countries=("AZ", "VN")), [], id="nothing is written out"),
        pytest.param(claimed("Việt Nam " * 400), [], id="too long to be a quote"),
    ],
)
def test_what_is_marked(found, wanted):
    marked = [part.text for part in highlighted(found) if part.is_marked]
    assert [word for word in wanted if not any(word in one or one in word for one in marked)] == []
    assert len(marked) <= len(wanted) + 1


PIECES = st.sampled_from(
    ["Việt Nam", "Nga", " ", "23/9/1992", "hoà", "x\u0323", "\u200b", "  ", "45 năm", "năm nay", "Tô"]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join), st.sampled_from([None, "Tô", "x"]))
def test_the_parts_of_a_quote_are_the_quote(quote, person):
    parts = highlighted(claimed(quote, person=person))
    assert "".join(part.text for part in parts) == quote
    assert all(part.text for part in parts)
