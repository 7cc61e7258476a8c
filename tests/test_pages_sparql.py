"""The page of the SPARQL endpoint: its editor, answers as tables and pictures, faults in plain words, bad input."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from conftest import open_service
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from pyoxigraph import QueryResultsFormat, Store
from test_http_sparql import SLOW
from test_pages import BROWSER, ENGLISH, HOSTILE, VIETNAMESE

from app.example_queries import example_queries
from app.querying.answers import Answer
from app.web.result_charts import NAMES_WIDTH, WIDTH, bars_of, dots_of
from app.web.sparql_names import names, short_name
from app.web.sparql_results import ROWS_SHOWN, Cell, Table, read_result
from app.wording import words

EXAMPLES = {one.name: one.sparql for one in example_queries()}
DATES = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ?date ?what {
    VALUES (?date ?what) { ("1992-09-23"^^xsd:date "a") ("1993-01"^^xsd:gYearMonth "b"@vi) ("--09-02"^^xsd:gMonthDay "c") (UNDEF "d") }
}"""
NUMBERS = 'SELECT ?name ?number { VALUES (?name ?number) { ("một" 3) ("hai" -1.5) ("ba" 2e0) } }'
VALUE = "SELECT ?x {{ VALUES ?x {{ {} }} }}"


def ask(client, query=None, headers=VIETNAMESE, **parameters):
    asked = {"query": query} if query is not None else {}
    return client.get("/sparql", params=asked | parameters, headers=headers)


def read(answer):
    return html.fromstring(answer.text)


def said(found):
    return re.sub(r"\s+", " ", found.text_content())


def text_of(found):
    return found.xpath("string(//textarea[@name='query'])").lstrip("\n")


@pytest.mark.parametrize(("headers", "language"), [(VIETNAMESE, "vi"), (ENGLISH, "en")], ids=["vi", "en"])
def test_a_browser_gets_an_editor(service, headers, language):
    answer = ask(service, headers=headers)
    found = read(answer)
    assert (answer.status_code, found.get("lang")) == (200, language)
    assert text_of(found).startswith("PREFIX bg: <https://w3id.org/banggiao/ontology#>\n")
    assert len(found.xpath("//details[@class='examples'][@open]//a")) == len(EXAMPLES) == 23
    assert found.xpath("//label[@for='query']")
    assert not found.xpath("//section[@id='answer']")
    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))


def test_the_query_to_begin_with_can_be_run(service):
    found = read(ask(service, text_of(read(ask(service)))))
    assert len(found.xpath("//table/tbody/tr")) == 100


def test_an_example_fills_the_editor(service):
    for link in read(ask(service)).xpath("//details[@class='examples']//a/@href"):
        name = parse_qsl(urlsplit(link).query)[0][1]
        assert text_of(read(service.get(link, headers=VIETNAMESE))).strip() == EXAMPLES[name].strip()


@pytest.mark.parametrize(
    ("name", "views"),
    [("states-and-their-names", 0), ("first-ties-by-year", 2), ("timeline-of-a-pair", 3), ("disagreements", 2)],
)
def test_an_example_runs(service, name, views):
    answer = ask(service, EXAMPLES[name])
    found = read(answer)
    assert (answer.status_code, len(answer.content) < 150_000) == (200, True)
    assert text_of(found) == EXAMPLES[name]
    links = found.xpath("//nav[@class='views']//a/@href")
    assert len(links) == views
    for link in links[1:]:
        drawn = service.get(link, headers=VIETNAMESE)
        assert (drawn.status_code, len(drawn.content) < 150_000) == (200, True)


def test_an_example_that_there_is_not(service):
    assert ask(service, example="none").status_code == 404
    assert "text/html" in ask(service, example="none").headers["content-type"]


@pytest.mark.parametrize("query", ["", " \r\n "])
def test_an_empty_query_is_a_beginning(service, query):
    assert text_of(read(ask(service, query))).startswith("PREFIX")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        pytest.param("ASK { ?s ?p ?o }", "//p[@class='verdict'][.='Yes']", id="yes"),
        pytest.param("ASK { ?s ?s ?s }", "//p[@class='verdict'][.='No']", id="no"),
        pytest.param("CONSTRUCT { ?s a ?c } { ?s a ?c } LIMIT 3", "//pre[contains(., 'a ')]", id="statements"),
        pytest.param("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 9999", "//pre[string-length(.) > 30000]", id="many"),
        pytest.param("SELECT * { ?s ?s ?s }", "//p[@class='empty']", id="nothing"),
        pytest.param("SELECT * {}", "//table/tbody/tr[not(td)]", id="a row without columns"),
        pytest.param(VALUE.format('"chào"@vi'), "//td/bdi[@lang='vi'][.='chào']", id="a language"),
        pytest.param(VALUE.format("42"), "//td[@class='number'][.='42']", id="a number"),
        pytest.param(VALUE.format("UNDEF"), "//td[not(node())]", id="no value"),
        pytest.param(DATES, "//time[@datetime='1992-09-23'][.='23 September 1992']", id="a day"),
        pytest.param(DATES, "//time[@datetime='1993-01']", id="a month"),
        pytest.param(DATES, "//time[@datetime='--09-02'][.='2 September']", id="a day of every year"),
        pytest.param(
            VALUE.format("<https://w3id.org/banggiao/id/pair/AZ-VN>"),
            "//td/a[@href='/pairs/AZ/VN'][.='pair:AZ-VN']",
            id="a pair",
        ),
        pytest.param(
            VALUE.format("<https://w3id.org/banggiao/id/event/established-AZ-VN>"),
            "//td/a[@href='/events/established-AZ-VN']",
            id="an event",
        ),
        pytest.param(
            VALUE.format("<https://w3id.org/banggiao/ontology#Event>"),
            "//td/a[@href='/ontology#Event'][.='bg:Event']",
            id="a class",
        ),
        pytest.param(
            VALUE.format("<https://example.org/a?b=c>"),
            "//td/a[@href='https://example.org/a?b=c'][contains(@rel, 'noreferrer')]",
            id="an address of others",
        ),
        pytest.param(VALUE.format("<javascript:alert(1)>"), "//td[not(a)]/bdi[.='javascript:alert(1)']", id="script"),
        pytest.param("SELECT (BNODE() AS ?x) {}", "//td/bdi[starts-with(., '_:')]", id="a blank node"),
        pytest.param(f"SELECT ('{'a' * 9000}' AS ?x) {{}}", "//td[string-length(.) < 600]", id="a long text"),
        pytest.param("SELECT * { ?s ?p ?o } LIMIT 5000", "//p[contains(., '5000')]", id="more rows than are shown"),
    ],
)
def test_how_answers_look(service, query, wanted):
    answer = ask(service, query, ENGLISH)
    assert answer.status_code == 200
    assert read(answer).xpath(wanted), read(answer).xpath("//section[@id='answer']//text()")[:200]
    assert len(answer.content) < 150_000


def test_hostile_texts_are_texts(service):
    text = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    query = f'SELECT ("{text}" AS ?x) ("{text}"@vi AS ?y) {{}} # {HOSTILE}</textarea><script>'
    for answer in (ask(service, query), ask(service, query + "<")):
        found = read(answer)
        assert found.xpath("//script/@src") == ["/static/sparql.js"]
        assert found.xpath("//img | //@onerror | //@style") == []
        assert text_of(found).startswith(query)
    assert found.xpath("//section[@class='failure']") == []
    assert said(read(ask(service, query)).xpath("//tbody")[0]).count("<script>alert(1)</script>") == 2


@pytest.mark.parametrize(
    ("query", "status", "words_", "marked"),
    [
        pytest.param("SELECT *\nWHERE { ?s ?p }", 400, "Line 2: WHERE { ?s ?p }", "}", id="a line"),
        pytest.param("SELECT *\r\nWHERE {\r\n ?s ?p ?o ; ?p }", 400, "Line 3:", "}", id="lines of a browser"),
        pytest.param("nonsense", 400, "not valid SPARQL", "nonsense", id="no SPARQL"),
        pytest.param("SELECT * FROM {\n ?s ?p ?o }", 400, "Line 1:", "FROM", id="as rdflib reads it"),
        pytest.param("SELECT * { ?s foo:bar ?o }", 400, "not declared", "foo:bar", id="no such prefix"),
        pytest.param("SELECT * {\n", 400, "not valid SPARQL", "⏎", id="ends too soon"),
        pytest.param("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", 400, "cannot be run", "", id="SERVICE"),
        pytest.param("INSERT DATA { <a> <b> <c> }", 400, "not valid SPARQL", "", id="an update"),
        pytest.param("ASK { } #" + "đ" * 5000, 200, "Yes", "", id="long"),
    ],
)
def test_a_fault_is_told_and_the_query_kept(service, query, status, words_, marked):
    answer = ask(service, query, ENGLISH)
    found = read(answer)
    assert answer.status_code == status
    assert text_of(found) == query.replace("\r\n", "\n")
    assert words_.lower() in said(found).lower()
    assert marked in "".join(found.xpath("//mark/text()")).strip()
    if status != 200:
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("options", "query", "status", "words_"),
    [
        pytest.param({"query_timeout_s": 0.3}, SLOW, 503, "longer than it may|Too many queries", id="time"),
        pytest.param(
            {"max_result_bytes": 1000}, "SELECT * { ?s ?p ?o }", 413, "larger than it may be", id="size of the answer"
        ),
        pytest.param(
            {"max_query_bytes": 20}, "ASK { ?s ?p ?o } # too long", 413, "larger than it may be", id="size of the query"
        ),
    ],
)
def test_limits_are_told_in_plain_words(shipped_store, options, query, status, words_):
    with open_service(shipped_store, **options) as client:
        answer = ask(client, query, ENGLISH)
        assert (answer.status_code, text_of(read(answer))) == (status, query)
        # a child that is not ready in that time is busy
        assert re.search(words_, said(read(answer)))
        assert ("retry-after" in answer.headers) == (status == 503)


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param({"query": ["ASK {}", "ASK {}"]}, id="two queries"),
        pytest.param({"update": "CLEAR ALL"}, id="an update"),
        pytest.param({"default-graph-uri": "https://example.org/g"}, id="graphs and no query"),
        pytest.param({"query": "ASK {}", "default-graph-uri": "no iri"}, id="no graph"),
    ],
)
def test_what_the_protocol_forbids_is_told_on_the_page(service, parameters):
    answer = service.get("/sparql", params=parameters, headers=VIETNAMESE)
    assert answer.status_code == 400
    assert read(answer).xpath("//section[@class='failure']")


def test_faults_that_are_not_the_querys_are_pages_too(service):
    answer = ask(service, "ASK { } #" + "a" * 40_000)
    assert (answer.status_code, answer.headers["content-type"]) == (414, "text/html; charset=utf-8")
    program = service.get("/sparql", params={"query": "ASK { } #" + "a" * 40_000}, headers={"Accept": "text/html, */*"})
    assert program.headers["content-type"] == "application/problem+json"


def test_the_graphs_of_the_address_go_on(service):
    graph = "https://w3id.org/banggiao/graph/reference"
    found = read(ask(service, DATES, lang="en", **{"default-graph-uri": graph}))
    assert found.xpath("//form[@id='editor']//input[@name='default-graph-uri']/@value") == [graph]
    for link in found.xpath("//section[@id='answer']//a[starts-with(@href, '/sparql')]/@href"):
        asked = dict(parse_qsl(urlsplit(link).query))
        assert (asked["default-graph-uri"], asked["lang"], asked["query"]) == (graph, "en", DATES)


def test_every_file_that_is_offered_is_there(service):
    for query in (NUMBERS, "ASK {}", "DESCRIBE <https://w3id.org/banggiao/graph/reference>"):
        links = read(ask(service, query)).xpath("//a[@download]/@href")
        assert len(links) in (4, 6)
        assert {service.get(link, headers=BROWSER).status_code for link in links} == {200}


@pytest.mark.parametrize(
    ("query", "view", "marks"),
    [
        pytest.param(DATES, "timeline", "//*[local-name()='circle']", id="dates"),
        pytest.param(NUMBERS, "chart", "//*[local-name()='rect']", id="numbers"),
    ],
)
def test_a_picture_is_offered_where_it_fits(service, query, view, marks):
    table = read(ask(service, query))
    links = table.xpath("//nav[@class='views']//a/@href")
    assert len(links) == 2
    found = read(service.get(links[1], headers=VIETNAMESE))
    assert len(found.xpath(marks)) == (2 if view == "timeline" else 3)
    assert not found.xpath("//table")
    assert found.xpath("//form[@id='editor']//input[@name='view']/@value") == [view]
    other = read(ask(service, "SELECT (1 AS ?x) {}", ENGLISH, view=view))
    assert other.xpath("//table")
    assert "cannot be drawn" in said(other)


def test_the_names_that_the_editor_completes(service):
    found = service.get("/sparql/names.json", headers=BROWSER).json()
    assert found == names()
    assert found["prefixes"]["country"] == "https://w3id.org/banggiao/id/country/"
    by_name = {one["name"]: one for one in found["names"]}
    assert {"bg:Event", "bg:date", "bg:type-established"} <= by_name.keys()
    assert all(one["vi"] and one["en"] for one in by_name.values())


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://w3id.org/banggiao/id/country/VN", "country:VN"),
        ("https://w3id.org/banggiao/graph/events", "graph:events"),
        ("https://w3id.org/banggiao/graph/article/a", "https://w3id.org/banggiao/graph/article/a"),
        ("http://www.w3.org/2001/XMLSchema#", "http://www.w3.org/2001/XMLSchema#"),
        ("https://schema.org/url", "schema:url"),
        ("urn:x", "urn:x"),
    ],
)
def test_names_are_short_where_a_query_could_have_them_so(iri, name):
    assert short_name(iri) == name


@given(
    st.lists(
        st.tuples(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.integers()), max_size=5
    )
)
def test_what_the_store_writes_is_read_back(rows):
    values = " ".join(f"({'UNDEF' if text is None else literal(text)} {number})" for text, number in rows)
    solutions = Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    body = solutions.serialize(format=QueryResultsFormat.TSV)
    table = read_result(Answer(body, "text/tab-separated-values"), words("vi"))
    assert (table.columns, table.count) == (("a", "b"), len(rows))
    assert [row[0] and row[0].text for row in table.rows] == [text for text, _ in rows]
    assert [row[1].text for row in table.rows] == [str(number) for _, number in rows]


def literal(text):
    return '"' + "".join(f"\\U{ord(letter):08X}" for letter in text) + '"'


def test_only_so_many_rows_are_read():
    body = b"?a\n" + b'"x"\n' * 12_345
    table = read_result(Answer(body, "text/tab-separated-values"), words("en"))
    assert (table.count, len(table.rows)) == (12_345, ROWS_SHOWN)
    wide = Table(("a",), ((Cell("x" * 500),),) * ROWS_SHOWN, ROWS_SHOWN)
    assert 1 < len(wide.rows_of_page) < ROWS_SHOWN
    assert len(Table(("a",), ((Cell("x" * 200_000),),) * 2, 2).rows_of_page) == 1


CELLS = st.none() | st.builds(
    Cell,
    st.text(max_size=60),
    year=st.none() | st.integers(0, 9999),
    number=st.none() | st.floats(-1e15, 1e15, exclude_min=True, exclude_max=True),
)


@given(st.integers(0, 3).flatmap(lambda n: st.lists(st.tuples(*[CELLS] * n), max_size=30)))
def test_pictures_hold_what_they_draw(rows):
    columns = tuple("abc"[: len(rows[0])]) if rows else ()
    table = Table(columns, tuple(rows), len(rows))
    dots, bars = dots_of(table), bars_of(table)
    years = [place for place in range(len(columns)) if any(row[place] and row[place].year is not None for row in rows)]
    assert (dots is None) == (not years)
    if dots is not None:
        assert dots.drawn == sum(row[years[0]] is not None and row[years[0]].year is not None for row in rows)
        assert all(0 < dot.x < WIDTH and 0 < dot.y < dots.height for dot in dots.dots)
        assert all(0 < tick.x < WIDTH for tick in dots.ticks)
        assert dots.ticks
    if bars is not None:
        assert bars.drawn <= bars.count
        assert all(bar.x >= NAMES_WIDTH - 1e-6 and bar.x + bar.width < WIDTH for bar in bars.bars)


def test_many_rows_of_one_year_stay_a_picture():
    table = Table(("a",), ((Cell("x", year=1992),),) * ROWS_SHOWN, ROWS_SHOWN)
    dots = dots_of(table)
    assert dots.height < 600
    assert dots.drawn < dots.count


def test_parameters_may_be_called_anything(service):
    answer = ask(service, "ASK {}", path="x", self="y", lang="en")
    assert answer.status_code == 200
    assert service.get("/?path=x&self=y&lang=en", headers=BROWSER).status_code == 200


def test_own_links_keep_their_place_in_the_page(service):
    found = read(ask(service, VALUE.format("<https://w3id.org/banggiao/ontology#Event>"), lang="en"))
    assert found.xpath("//td/a/@href") == ["/ontology?lang=en#Event"]
