"""/check: a draft pasted or sent, its marks and findings, what cannot be read, and that nothing of it stays anywhere."""

import json
import re

import pytest
from checking_world import event
from conftest import open_service
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from test_http_logging import lines  # noqa: F401  # a fixture
from test_pages import BROWSER, ENGLISH, HOSTILE, VIETNAMESE

from app.checking.records import Draft, Evidence, Finding, Known
from app.graph.readmodel import Label
from app.http.places import HEAVY_TEXT_BYTES
from app.web.checked_drafts import MAX_SHOWN, checked_draft
from app.web.draft_forms import parse_draft_form
from app.web.marked_text import cut, visible

WRONG = "Ngày 21/9/1978, Việt Nam và Nhật Bản thiết lập quan hệ ngoại giao."
CLEAN = "Ngày 21/9/1973, Việt Nam và Nhật Bản thiết lập quan hệ ngoại giao."
PRIVATE = "Quỳnhxa Khâmthienz"
BOUNDARY = "----of-the-tests"
ACCENTS = "e\u0302\u0301 😀👩‍👩‍👧 o\u031b\u0323"


def send(client, text="", *, on="", file=None, headers=VIETNAMESE, path="/check"):
    """The form as a browser sends it: `file` is (name, bytes, media type), and without one a part without a name."""
    name, data, media_type = file or ("", b"", "application/octet-stream")
    parts = (
        ("text", "", text.replace("\n", "\r\n").encode()),
        ("file", f'; filename="{name}"\r\nContent-Type: {media_type}', data),
        ("on", "", on.encode()),
    )
    body = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{more}\r\n\r\n'.encode() + value + b"\r\n"
        for field, more, value in parts
    )
    form = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return client.post(path, content=body + f"--{BOUNDARY}--\r\n".encode(), headers=headers | form)


def page_of(answer, status=200):
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    return html.fromstring(answer.text)


def marks(page):
    """The text that is marked for each finding, by its number."""
    found = {}
    for mark in page.xpath("//mark"):
        text = "".join(mark.xpath(".//text()"))
        found[mark.get("data-finding")] = found.get(mark.get("data-finding"), "") + text
    return found


def shown_text(page):
    return "".join(page.xpath("//div[@class='draft']//text()[not(ancestor::a)]"))


def kept(page):
    """What stands in the text box: browsers leave out the line end that it begins with."""
    return page.xpath("//textarea")[0].text_content().removeprefix("\n")


def words_of(page):
    return re.sub(r"\s+", " ", page.xpath("//main")[0].text_content())


@pytest.mark.parametrize(
    ("headers", "language", "title"),
    [(VIETNAMESE, "vi", "Bài này có đúng không?"), (ENGLISH, "en", "Is this draft right?")],
    ids=["vi", "en"],
)
def test_the_form_is_a_page(service, headers, language, title):
    answer = service.get("/check", headers=headers)
    page = html.fromstring(answer.text)
    assert (page.get("lang"), page.xpath("//h1")[0].text) == (language, title)
    (form,) = page.xpath("//main//form")
    assert (form.get("method"), form.get("enctype"), form.get("action")) == ("post", "multipart/form-data", "/check")
    assert {one.get("name") for one in form.xpath(".//*[@name]")} == {"text", "file", "on"}
    assert form.xpath(".//input[@name='on']/@value") == ["2026-11-21"]
    labelled = set(form.xpath(".//label/@for"))
    assert {one.get("id") for one in form.xpath(".//*[@name]")} == labelled
    assert "500" in form.xpath(".//*[@id='limit']")[0].text


def test_the_form_says_that_nothing_is_kept(service):
    for answer in service.get("/check", headers=VIETNAMESE), send(service, WRONG):
        assert "không được lưu lại" in html.fromstring(answer.text).xpath("//*[@id='kept']")[0].text


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        pytest.param(VIETNAMESE, ("1 chỗ cần xem lại", "sai: 1", "nguồn ghi 21/9/1973"), id="vi"),
        pytest.param(ENGLISH, ("1 place to look at", "wrong: 1", "the text says"), id="en"),
    ],
)
def test_a_planted_error_is_marked_and_explained(service, headers, wanted):
    page = page_of(send(service, WRONG, headers=headers))
    assert marks(page) == {"1": "21/9/1978"}
    assert page.xpath("//mark/@class") == ["error"]
    (finding,) = page.xpath("//li[@id='finding-1']")
    assert finding.xpath(".//*[@class='suggestion']/text()") == ["21/9/1973"]
    assert "/pairs/JP/VN#established-JP-VN" in finding.xpath(".//a/@href")
    assert finding.xpath(".//ul[@class='sources']//a[starts-with(@href, 'http')]")
    assert [one for one in wanted if one not in words_of(page)] == []
    assert shown_text(page) == WRONG


def test_marks_and_findings_lead_to_each_other(service):
    page = page_of(send(service, f"{WRONG}\n\nNgày 30/2/2025, thứ Hai, ngày 10/9/2023.\n"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = [href[1:] for href in page.xpath("//main//a/@href") if href.startswith("#")]
    assert len(inner) >= 4
    assert [one for one in inner if one not in ids] == []


def test_the_language_that_is_asked_for_goes_on(service):
    page = page_of(send(service, WRONG, path="/check?lang=en"))
    assert page.get("lang") == "en"
    assert page.xpath("//form/@action") == ["/check?lang=en"]
    assert "/pairs/JP/VN?lang=en#established-JP-VN" in page.xpath("//a/@href")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(CLEAN, "chỉ đối chiếu được những gì nhận ra", id="what was compared"),
        pytest.param("Hôm nay trời đẹp.", "không nhận ra ngày tháng", id="nothing to compare"),
    ],
)
def test_nothing_found_is_no_proof(service, text, words):
    page = page_of(send(service, text))
    assert "Không thấy chỗ nào sai" in words_of(page)
    assert words in words_of(page)
    assert page.xpath("//mark | //ol[@class='findings']") == []
    assert shown_text(page) == text


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        pytest.param("", [], id="no day"),
        pytest.param("2023-09-20", ["Số năm kỷ niệm"], id="another year"),
        pytest.param("20/9/2022", [], id="the right year, as Vietnamese papers write it"),
    ],
)
def test_counts_are_judged_by_the_day_that_the_draft_is_for(service, on, kinds):
    text = "Lễ kỷ niệm 30 năm thiết lập quan hệ ngoại giao Việt Nam – Azerbaijan đã diễn ra tại Hà Nội."
    page = page_of(send(service, text, on=on))
    assert [one for one in kinds if one not in words_of(page)] == []
    assert len(page.xpath("//li[@class='finding']")) == len(kinds)


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(("bài.txt", WRONG.encode(), "text/plain"), id="plain text"),
        pytest.param(("bai.txt", WRONG.encode("utf-16"), "text/plain"), id="UTF-16"),
        pytest.param(("bai", WRONG.encode(), "application/octet-stream"), id="no kind told"),
        pytest.param(
            ("bai.md", f"---\ntitle: Tin\n---\n{WRONG}\n".encode(), "application/octet-stream"), id="Markdown"
        ),
        pytest.param(
            ("bai.htm", f"<html><body><article><h1>Tin</h1><p>{WRONG}</p></article></body></html>".encode(), ""),
            id="a saved page",
        ),
        pytest.param(
            ("trang", f"<!DOCTYPE html><html><body><article><p>{WRONG}</p></article></body></html>".encode(), ""),
            id="a page by how it begins",
        ),
        pytest.param(("bai.json", json.dumps({"text": WRONG}).encode(), "application/json"), id="JSON"),
    ],
)
def test_every_kind_of_file(service, file):
    page = page_of(send(service, "Hôm nay trời đẹp.", file=file))
    assert marks(page) == {"1": "21/9/1978"}
    assert file[0] in words_of(page)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({}, "Chưa có gì để kiểm tra", id="nothing"),
        pytest.param({"text": " \n\t "}, "Chưa có gì để kiểm tra", id="white space"),
        pytest.param({"file": ("a.txt", b"", "text/plain")}, "Chưa có gì để kiểm tra", id="an empty file"),
        pytest.param({"text": WRONG, "on": "2026-02-30"}, "Ngày đăng bài không dùng được", id="an impossible day"),
        pytest.param({"text": WRONG, "on": "9" * 10_000}, "Ngày đăng bài không dùng được", id="no day at all"),
        pytest.param({"text": f"{WRONG}\0"}, "không phải là văn bản", id="a NUL"),
        pytest.param({"file": ("a.pdf", b"%PDF-1.7 \xff", "application/pdf")}, "không phải là văn bản", id="a PDF"),
        pytest.param({"file": ("a.docx", b"PK\x03\x04\x14\0", "")}, "không phải là văn bản", id="an office document"),
        pytest.param({"file": ("a.txt", b"x \xff\xfe\xfa y", "")}, "Không đọc được chữ", id="broken letters"),
        pytest.param({"file": ("a.html", b"<p></p>", "")}, "Không tìm thấy bài viết", id="a page without an article"),
        pytest.param({"file": ("a.json", b"[1]", "")}, "JSON này không phải", id="JSON of something else"),
        pytest.param({"file": ("a.json", b'{"text": 1}', "")}, "JSON này không phải", id="JSON without a text"),
        pytest.param(
            {"file": ("a.md", f"---\nurl: {PRIVATE}\n---\nx".encode(), "")}, "khai báo ở đầu", id="faulty front matter"
        ),
        pytest.param(
            {"file": ("a.md", f"---\n{PRIVATE}: [\n---\nx".encode(), "")}, "khai báo ở đầu", id="broken front matter"
        ),
        pytest.param({"text": "\n" * 100_001 + "x"}, "từng phần", id="too many lines"),
    ],
)
def test_what_cannot_be_checked_is_told_beside_the_form(service, fields, words):
    answer = send(service, **fields)
    page = page_of(answer, 400)
    (fault,) = page.xpath("//*[@role='alert']")
    assert words in fault.text
    assert PRIVATE not in answer.text
    if "\0" not in fields.get("text", ""):
        assert kept(page) == fields.get("text", "")


@pytest.mark.parametrize(
    "text", [f"\n\n{WRONG}", "</textarea><script>alert(1)</script>", HOSTILE], ids=["lines", "markup", "bidi"]
)
def test_what_was_pasted_is_not_lost_by_a_fault(service, text):
    page = page_of(send(service, text, on="x"), 400)
    assert kept(page) == text
    assert page.xpath("//script[not(@src)]") == []


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        pytest.param(b"text=x", "application/x-www-form-urlencoded", 415, id="another kind of form"),
        pytest.param(b"x", "text/plain", 415, id="no form"),
        pytest.param(b"x", "multipart/form-data", 400, id="no boundary"),
        pytest.param(b"x" * 100, "multipart/form-data; boundary=b", 400, id="another boundary"),
        pytest.param(b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b", 400, id="no name"),
        pytest.param(
            b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n' * 99 + b"--b--",
            "multipart/form-data; boundary=b",
            400,
            id="too many fields",
        ),
    ],
)  # fmt: skip
def test_what_is_no_form_is_an_error_page(service, body, content_type, status):
    page_of(service.post("/check", content=body, headers=BROWSER | {"Content-Type": content_type}), status)


@given(st.binary(max_size=200), st.sampled_from(["", "; boundary=b", '; boundary="', "; charset=x; boundary=b"]))
def test_no_body_is_a_fault_of_the_parser(body, parameters):
    from app.errors import BadRequestError

    try:
        parse_draft_form(f"multipart/form-data{parameters}", b"--b\r\n" + body)
    except BadRequestError as error:
        assert len(str(error)) < 200


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{ACCENTS} {WRONG} {ACCENTS}", id="emoji and combining accents"),
        pytest.param(f"<script>alert(1)</script><mark id=mark-1>{WRONG}</mark>&amp;", id="markup"),
        pytest.param(f"{HOSTILE} {WRONG}", id="all kinds of markup and bidi"),
        pytest.param(f"{'x' * 10_000} {WRONG} {'y' * 10_000}", id="words without an end"),
        pytest.param(f"\n\n  {WRONG}\n\tx  y\n", id="white space"),
        pytest.param(f"{WRONG} \x01\x1b[31m\x7f", id="controls"),
    ],
)
def test_marks_fall_where_they_belong_in_any_text(service, text):
    answer = send(service, text)
    page = page_of(answer)
    assert marks(page) == {"1": "21/9/1978"}
    assert shown_text(page) == visible(text)
    assert page.xpath("//script[not(@src)] | //img | //@onerror") == []
    assert page.xpath("//*[@id='mark-1']/@class") == ["error"]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]", answer.text)


SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda span: span[0] != span[1])


@given(st.text("ab\u0301😀<&", min_size=30, max_size=40), st.lists(SPANS.map(sorted).map(tuple), max_size=6))
def test_pieces_are_the_text_and_each_span_is_whole(text, spans):
    pieces = cut(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    for number, (start, end) in enumerate(spans, start=1):
        within = [piece for piece in pieces if number in piece.numbers]
        assert "".join(piece.text for piece in within) == text[start:end]
        assert ([number in piece.begins for piece in within] or [0])[0] == 1 == sum(number in p.begins for p in pieces)
        assert number in within[-1].ends
        assert sum(number in piece.ends for piece in pieces) == 1


def made(start, end, evidence=()):
    return Finding(start, end, "x", "error", "count-mismatch", Label("", ""), None, evidence)


def draft_of(text):
    from app.checking.drafts import read_draft
    from extractors.readers import read_bytes

    draft = read_draft(read_bytes(text.encode(), "text/plain", id="x"))
    assert isinstance(draft, Draft)
    return draft


def test_evidence_is_told_in_full_once():
    proof = (Evidence("event", event=event("established", "JP VN", "1973-09-21")),)
    found = checked_draft(draft_of("x" * 50), Known(), [made(1, 3, proof), made(5, 7, proof)])
    assert [one.evidence[0].told_at for one in found.findings] == [None, 1]


def test_a_text_full_of_faults_is_a_page_of_bounded_size(service):
    answer = send(service, "Ngày 30/2/2025 họp. " * 2000)
    page = page_of(answer)
    assert len(page.xpath("//li[@class='finding']")) == MAX_SHOWN
    assert f"{MAX_SHOWN} ghi nhận đầu tiên" in words_of(page)
    assert "sai: 2000" in words_of(page)
    assert len(answer.content) < 400_000


@pytest.mark.parametrize("headers", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_a_text_too_large_is_a_page_that_says_the_limit(service, headers):
    page = page_of(send(service, "x" * 500_000, headers=headers), 413)
    assert "500 kB" in words_of(page)
    assert page_of(send(service, file=("a.txt", b"x" * 5_000_000, "text/plain"), headers=headers), 413) is not None


def test_the_limit_of_an_operator_is_told(shipped_store):
    with open_service(shipped_store, max_text_bytes=20_000) as client:
        form = html.fromstring(client.get("/check", headers=VIETNAMESE).text).xpath("//main//form")[0]
        assert form.get("data-max-bytes") == "20000"
        assert "20" in form.get("data-too-large")
        assert "20" in page_of(send(client, "x" * 20_000), 413).xpath("//p[@class='lead']")[0].text


def test_a_draft_costs_what_a_text_costs_and_the_form_does_not(shipped_store):
    with open_service(shipped_store, rate_limit="12/minute") as client:
        assert [client.get("/check").status_code for _ in range(2)] == [200, 200]
        assert [send(client, CLEAN).status_code for _ in range(2)] == [200, 429]


def test_a_heavy_draft_takes_a_place_of_a_heavy_text(shipped_store, monkeypatch):
    monkeypatch.setattr("app.http.places._WAIT_S", 0.05)
    with open_service(shipped_store, max_texts=1) as client:

        def meanwhile(*_):
            statuses.append(send(client, "x" * HEAVY_TEXT_BYTES).status_code)
            raise RuntimeError

        statuses = []
        monkeypatch.setattr("app.web.check.check_draft", meanwhile)
        statuses.append(send(client, "x" * HEAVY_TEXT_BYTES).status_code)
    assert statuses == [503, 500]


def sent_everywhere(client):
    """Drafts with a secret in every place, most of which cannot be read."""
    yield send(client, f"{WRONG} {PRIVATE}")
    yield send(client, f"{WRONG} {PRIVATE}", on=PRIVATE)
    yield send(client, f"{PRIVATE}\0")
    for name in f"{PRIVATE}.txt", "a.html", "a.md", "a.json", "a.xhtml":
        for start in "", "---\ntitle: [", '{"text": 1, "title": "', "<html><head><title>", "<p", "\xff":
            yield send(client, file=(name, f"{start}{PRIVATE}".encode("latin-1", "xmlcharrefreplace"), "text/html"))
            yield send(client, file=(name, f"{start}{PRIVATE}".encode(), "text/html"))
    linked = f'<html><head><script type="application/ld+json">{{"datePublished": "{PRIVATE}</script></head></html>'
    yield send(client, file=("a.html", linked.encode(), ""))
    yield client.post("/check", content=PRIVATE.encode(), headers={"Content-Type": "multipart/form-data; boundary=b"})


def test_nothing_of_a_draft_is_logged_counted_or_kept(shipped_store, lines):  # noqa: F811
    with open_service(shipped_store) as client:
        before = client.get("/health").json()
        for answer in sent_everywhere(client):
            assert answer.status_code in (200, 400)
            assert answer.headers["cache-control"] == "no-store"
            assert "etag" not in answer.headers
        metrics = client.get("/metrics").text
        assert client.get("/health").json() == before
        assert 'route="/check"' in metrics
        shown = client.get("/check", headers=VIETNAMESE).text
    found = lines()
    assert {json.loads(line)["logger"] for line in found} == {"banggiao.requests"}
    written = "\n".join(found)
    assert '"route":"/check"' in written
    for word in PRIVATE.split():
        for form in word, json.dumps(word)[1:-1], repr(word.encode())[2:-1]:
            assert form not in written
            assert form not in metrics
            assert form not in shown


def test_a_fault_of_ours_is_told_without_what_it_quotes(shipped_store, lines, monkeypatch):  # noqa: F811
    def fail(*_):
        raise ValueError(f"cannot read «{PRIVATE}»")

    monkeypatch.setattr("app.web.checked_drafts.read_draft", fail)
    with open_service(shipped_store) as client:
        answer = send(client, f"{WRONG} {PRIVATE}")
    page_of(answer, 500)
    written = "\n".join(lines())
    assert "ValueError at test_pages_check.py:" in written
    assert "Traceback" not in written
    assert PRIVATE not in written + answer.text


def test_what_is_loaded_is_our_own_and_nothing_is_inline(service):
    for answer in service.get("/check", headers=VIETNAMESE), send(service, WRONG):
        page = html.fromstring(answer.text)
        assert page.xpath("//script/@src") == ["/static/check.js"]
        assert page.xpath("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]") == []
        assert [one for one in page.xpath("//link[@rel='stylesheet']/@href") if not one.startswith("/static/")] == []
        assert page.xpath("//form//input[@name='on' and @value='2026-11-21']")
    assert service.get("/static/check.js").status_code == service.get("/static/check.css").status_code == 200
