"""Pages of states and of the whole: what they say, how partners are counted, ordered and narrowed, and the picture."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from conftest import open_service
from graph_samples import fact, reference
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from test_pages import BROWSER, ENGLISH, VIETNAMESE, read

from app.alphabet import initial, sort_key
from app.graph.lookups import gaps_by_pair, gaps_of_pair
from app.graph.readmodel import CountryName, Event, Label
from app.graph.repositories import open_snapshot
from app.graph.snapshots import publish
from app.partners import partners_by_year, partners_of
from app.state_list import list_states
from app.web.about import RELIABILITY
from app.web.partner_chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, partner_chart
from extractors.dates import parse_edtf

TODAY = dt.date(2026, 11, 21)
README = Path(__file__).resolve().parent.parent / "README.md"
PAGES = (
    "/countries",
    "/countries/VN",
    "/countries/SU",
    "/countries/TV",
    "/countries/VN?sort=level&level=strategic",
    "/about",
)


def text_of(found):
    return re.sub(r"\s+", " ", found.text_content())


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("headers", "language"), [(VIETNAMESE, "vi"), (ENGLISH, "en")], ids=["vi", "en"])
def test_a_page_is_whole_and_small(service, path, headers, language):
    answer = service.get(path, headers=headers)
    assert answer.status_code == 200
    assert len(answer.content) < 150_000
    found = html.fromstring(answer.text)
    assert found.get("lang") == language
    assert len(found.xpath("//h1")) == 1
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert [one for one in found.xpath("//a/@href") if one.startswith("#") and not one[1:]] == []
    assert found.xpath("//@style | //@onclick | //style | //script[not(@type='application/ld+json')]") == []


@pytest.mark.parametrize(
    ("path", "target"),
    [
        pytest.param("/countries/vn", "/countries/VN", id="small letters"),
        pytest.param("/countries/viet nam", "/countries/VN", id="a name"),
        pytest.param("/countries/A-déc-bai-gian?lang=en", "/countries/AZ?lang=en", id="with a language"),
    ],
)
def test_a_state_has_one_address(service, path, target):
    answer = service.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (308, target)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param(
            "/countries", "Việt Nam 193 đối tác · Quốc khánh 2/9", id="how many partners, and the national day"
        ),
        pytest.param("/countries", "Liên Xô", id="former states"),
        pytest.param("/countries/VN", "Cộng hòa xã hội chủ nghĩa Việt Nam", id="the official name"),
        pytest.param("/countries/VN", "Socialist Republic of Vietnam", id="the official name in English"),
        pytest.param("/countries/VN", "2/9: Thứ Năm, 2 tháng 9, 2027", id="the next national day"),
        pytest.param("/countries/VN", "từ 2/9/1945", id="independence"),
        pytest.param("/countries/VN", "Azerbaijan từ 23/9/1992", id="a partner"),
        pytest.param("/countries/VN", "từ 30/1/1950 (Liên Xô)", id="ties that a former state made"),
        pytest.param("/countries/VN", "đã chấm dứt", id="ties that ended"),
        pytest.param("/countries/VN", "không có quan hệ ngoại giao", id="states without ties"),
        pytest.param("/countries/SU", "30/12/1922 – 26/12/1991", id="how long a former state was there"),
        pytest.param("/countries/SU", "Uzbekistan", id="what stands in its place"),
        pytest.param("/countries/AZ", "Liên Xô (đến 26/12/1991)", id="what was there before"),
        pytest.param("/countries/GB", "Quốc khánh: không có", id="no national day"),
        pytest.param("/about", "145/2013/NĐ-CP", id="the decree"),
        pytest.param("/about", "banggiao mcp", id="assistants"),
    ],
)
def test_what_a_page_says(service, path, words):
    assert words in text_of(read(service, path))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/countries/Azerbaidjann", 404, id="a slip"),
        pytest.param("/countries/" + "x" * 10_000, 422, id="10,000 characters"),
        pytest.param("/countries/%3Cscript%3E%E2%80%AE", 404, id="markup and bidi controls"),
        pytest.param("/countries/a%00b", 400, id="a NUL"),
        pytest.param("/countries/VN?sort=" + "x" * 1_000, 422, id="a long value"),
    ],
)
def test_bad_addresses_are_clear_pages(service, path, status):
    answer = service.get(path, headers=VIETNAMESE)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert "<script>" not in answer.text


def names(found):
    return [one.text_content() for one in found.xpath("//table[contains(@class, 'partners')]//td[1]/a")]


def days(found, column):
    return found.xpath(f"//table[contains(@class, 'partners')]//td[{column}]//time/@datetime")


def test_partners_are_ordered_as_asked(service):
    by_name = names(read(service, "/countries/VN"))
    assert len(by_name) == 193
    assert by_name.index("Ả Rập Xê-út" if "Ả Rập Xê-út" in by_name else "Ai Cập") < by_name.index("Ấn Độ")
    assert by_name.index("Dominica") < by_name.index("Đan Mạch") < by_name.index("Ecuador")
    assert set(names(read(service, "/countries/VN?sort=date"))[:1]) <= {"Trung Quốc"}
    coming = days(read(service, "/countries/VN?sort=next"), 4)
    assert coming == sorted(coming)
    assert names(read(service, "/countries/VN?sort=level"))[0] in {"Campuchia", "Lào", "Cuba"}
    assert names(read(service, "/countries/VN?sort=nothing")) == by_name


def test_partners_are_narrowed_to_a_level(service):
    found = read(service, "/countries/VN?level=comprehensive-strategic&sort=date&lang=vi")
    assert "Nhật Bản" in names(found)
    assert "Azerbaijan" not in names(found)
    links = found.xpath("//nav[@class='choices']//a/@href")
    assert [one for one in links if "lang=vi" not in one] == []
    counts = [int(one) for one in re.findall(r"\((\d+)\)", found.xpath("string(//nav[@class='choices'][1])"))]
    assert counts[0] == sum(counts[1:]) == 193
    assert len(names(found)) in counts
    assert len(names(read(service, "/countries/VN?level=none"))) == counts[-1]
    assert len(names(read(service, "/countries/VN?level=<script>"))) == 193


def test_the_list_and_the_pages_count_the_same_partners(service, shipped_store):
    listed = {one.country.code: one for one in list_states(open_snapshot(shipped_store).store(), TODAY)}
    for code in ("VN", "RU", "TV", "GB"):
        assert len(names(read(service, f"/countries/{code}"))) == listed[code].partners
    assert listed["SU"].partners == 0


def test_gaps_of_all_pairs_are_those_of_each(shipped_store):
    store = open_snapshot(shipped_store).store()
    found = gaps_by_pair(store)
    assert {kind for gaps in found.values() for kind in (one.kind for one in gaps)} == {"none", "undated"}
    assert all(gaps_of_pair(store, *pair.split("-")) == gaps for pair, gaps in found.items())
    assert gaps_of_pair(store, "AZ", "VN") == ()


def test_a_state_says_to_programs_what_it_is(service):
    found = read(service, "/countries/AZ?sort=date")
    document = json.loads(found.xpath("//script[@type='application/ld+json']")[0].text)
    assert (document["@type"], document["identifier"], document["name"]) == ("Country", "AZ", "Azerbaijan")
    assert document["@id"].endswith("/countries/AZ")
    assert document["sameAs"].startswith("http://www.wikidata.org/entity/Q")


def test_what_a_state_offers_is_there(service):
    links = read(service, "/countries/AZ").xpath("//p[@class='takeaway']/a/@href")
    assert len(links) == 5
    assert [service.get(link).status_code for link in links] == [200] * 5


def test_an_empty_graph_says_what_to_do(empty_service):
    assert "banggiao build" in text_of(read(empty_service, "/countries"))
    assert "banggiao build" in text_of(read(empty_service, "/about"))
    assert empty_service.get("/countries/VN", headers=VIETNAMESE).status_code == 404


def test_states_without_partners_say_so(tmp_path):
    publish(tmp_path / "store", (), reference=reference(fact("a", "independence", "BY", "1991-08-25", "agency")))
    with open_service(tmp_path / "store") as client:
        found = read(client, "/countries/BY")
        assert found.xpath("//p[@class='empty']//a/@href") == ["/countries"]
        assert "từ 25/8/1991" in text_of(found)
        assert found.xpath("//svg") == []


def test_the_calls_on_the_page_are_answered(service):
    calls = read(service, "/about").xpath("//pre")[0].text_content().strip().splitlines()
    assert len(calls) == 5
    for call in calls:
        address, *rest = re.findall(r"'([^']*)'", call)
        answer = (
            service.post(address, content=rest[-1].encode(), headers={"content-type": "application/json"})
            if rest
            else service.get(address)
        )
        assert answer.status_code == 200
        assert answer.json()


def test_the_page_says_which_snapshot_is_served_and_since_when(service):
    snapshot = service.get("/health").json()["snapshot"]
    found = read(service, "/about")
    assert snapshot in text_of(found)
    assert dt.datetime.fromisoformat(found.xpath("//time/@datetime")[0]).utcoffset() == dt.timedelta(hours=7)


def test_how_often_it_is_right_is_what_the_readme_says():
    said = re.findall(
        r"^\| (?:(\S+) to|below) (\S+) \|[^|]*\|[^|]*\((\d\.\d\d)\)", README.read_text("utf-8"), re.MULTILINE
    )
    assert [(one.low, one.high, one.right) for one in RELIABILITY] == [
        (float(low or 0), float(high), float(right)) for low, high, right in said
    ]


@pytest.mark.parametrize(
    ("name", "language", "letter"),
    [
        ("Ả Rập Xê-út", "vi", "A"),
        ("Ấn Độ", "vi", "Â"),
        ("Đức", "vi", "Đ"),
        ("Ý", "vi", "Y"),
        ("Ý", "en", "Y"),
        ("Åland", "vi", "A"),
        ("Đức", "en", "D"),
        ("\u202e«Lào»", "vi", "L"),
        ("123", "vi", "#"),
    ],
)
def test_a_name_stands_under_its_letter(name, language, letter):
    assert initial(name, language) == letter


def test_names_are_in_the_order_of_the_alphabet():
    names = [
        "Ai Cập",
        "Áo",
        "Armenia",
        "Azerbaijan",
        "Ấn Độ",
        "Ba Lan",
        "Campuchia",
        "Dominica",
        "Đan Mạch",
        "Đức",
        "Ecuador",
    ]
    assert sorted({*names}, key=lambda name: sort_key(name, "vi")) == names
    english = ["Côte d'Ivoire", "Croatia", "Cuba", "Denmark"]
    assert sorted({*english}, key=lambda name: sort_key(name, "en")) == english


VN, RU, SU, CZ = (
    CountryName(code, Label(code, code), parse_edtf(end) if end else None)
    for code, end in (("VN", None), ("RU", None), ("SU", "1991-12-26"), ("CZ", None))
)
NAMED = {one.code: one for one in (VN, RU, SU, CZ)}


def event(kind, countries, date, inherited_from=None, **fields):
    codes = tuple(sorted(countries.split()))
    return Event(
        f"{kind}-{'-'.join(codes)}-{date}", "", kind, Label("", ""), tuple(NAMED[one] for one in codes), parse_edtf(date),
        fields.get("level"), "confirmed", 0.95, (), (), inherited_from=inherited_from,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("events", "counts"),
    [
        pytest.param([], (), id="none"),
        pytest.param([event("established", "CZ VN", "1950-02-02")], ((1950, 1),), id="one"),
        pytest.param([event("established", "CZ VN", "1950")], ((1950, 1),), id="of a year"),
        pytest.param([event("established", "CZ VN", "2026-12")], (), id="still ahead"),
        pytest.param([event("visit", "CZ VN", "1950-02-02")], (), id="no ties"),
        pytest.param(
            [event("established", "SU VN", "1950-01-30"), event("established", "RU VN", "1950-01-30", SU)],
            ((1950, 1),),
            id="a former state and the one in its place are one",
        ),
        pytest.param([event("established", "RU VN", "1950-01-30", SU)], ((1950, 1),), id="of a former state alone"),
        pytest.param([event("established", "SU VN", "1950-01-30")], ((1950, 1), (1991, 0)), id="a state that ended"),
        pytest.param(
            [
                event("established", "CZ VN", "1950-02-02"),
                event("severed", "CZ VN", "1960-01-01"),
                event("normalised", "CZ VN", "1970-01-01"),
                event("established", "RU VN", "1960-05-05"),
            ],
            ((1950, 1), (1970, 2)),
            id="broken off and restored",
        ),
    ],
)
def test_partners_are_counted_by_year(events, counts):
    partners = partners_of("VN", (), events, {}, NAMED, TODAY)
    assert partners_by_year(partners, TODAY) == counts


def test_a_partner_of_whom_only_the_pair_is_known_is_there():
    (partner,) = partners_of("VN", ("CZ-VN",), (), {"RU-SU": ()}, NAMED, TODAY)
    assert (partner.country, partner.state.ties, partner.coming) == (CZ, "unknown", None)


COUNTS = st.dictionaries(st.integers(1600, 2026), st.integers(0, 250), max_size=30).map(
    lambda found: tuple(sorted(found.items()))
)


@given(COUNTS.filter(lambda counts: not counts or max(count for _, count in counts) > 0))
def test_every_number_has_its_place_in_the_picture(counts):
    chart = partner_chart(counts, 2026)
    assert (chart is None) == (len(counts) < 2)
    if chart is None:
        return
    assert [(step.first, step.count) for step in chart.steps] == list(counts)
    assert all(step.x >= LEFT and step.x + step.width <= WIDTH - RIGHT + 0.2 for step in chart.steps)
    assert all(TOP <= step.y <= HEIGHT - BOTTOM for step in chart.steps)
    assert chart.steps[-1].last == 2026
    assert {tick.value for tick in chart.counts} >= {0}
