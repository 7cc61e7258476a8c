"""Pages over a real connection: what comes back, and every way in which a server can misbehave."""

import itertools
import shutil
import ssl
import subprocess
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from ipaddress import ip_network
from pathlib import Path

import pytest
from fetching import Clock, fetch, policy_for, reasons
from hypothesis import given
from hypothesis import strategies as st
from web_server import HTML, PLAIN, Page, WebServer, redirect, serving, watching, zipped

from app.fetching import USER_AGENT, fetch_payloads
from app.fetching.bodies import decompress
from app.house import VERSION
from extractors.readers import Payload, read_payload
from extractors.records import Article

ARTICLE = "<html><head><title>Tin</title></head><body><p>Ngày 24/1/1992, hai nước lập quan hệ.</p></body></html>"
CUT_SHORT = zipped(ARTICLE * 50)[:-20]


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A server with one page, and the proof that nobody else was connected to."""
    with watching() as connected, serving({"/bai": Page(ARTICLE)}) as running:
        yield running
    assert connected <= {"127.0.0.1", "127.0.0.2"}


def test_a_page_is_a_payload_that_the_readers_read(server: WebServer) -> None:
    (payload,) = fetch(server, "/bai")
    assert isinstance(payload, Payload)
    assert (payload.source, payload.data.decode()) == (server.url("/bai"), ARTICLE)
    assert (payload.media_type, payload.given.url) == (HTML, server.url("/bai"))
    article = read_payload(payload)
    assert isinstance(article, Article)
    assert (article.id, article.url) == (payload.given.id, server.url("/bai"))
    assert "24/1/1992" in article.text


def test_the_request_says_who_asks(server: WebServer) -> None:
    fetch(server, "/bai")
    assert [headers["User-Agent"] for headers in server.headers] == [USER_AGENT] * 2
    assert f"banggiao/{VERSION} (+https://w3id.org/banggiao/)" == USER_AGENT
    assert all("Cookie" not in headers and "Authorization" not in headers for headers in server.headers)


def test_proxies_of_the_environment_are_not_used(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.9:9")
    assert reasons(fetch(server, "/bai")) == ["read"]


def test_an_address_given_twice_is_read_once_and_said_so(server: WebServer) -> None:
    results = reasons(fetch(server, "/bai", "/bai#ket", server.url("/bai").replace("http", "HTTP")))
    assert results[0] == "read"
    assert all(reason.startswith("was read before in this run") for reason in results[1:])
    assert server.asked == ["/robots.txt", "/bai"]


def test_nothing_is_asked_for_before_it_is_wanted(server: WebServer) -> None:
    results = fetch_payloads(
        [server.url("/bai"), server.url("/sau")], policy=policy_for(server), sleep=time.sleep, monotonic=time.monotonic
    )
    next(results)
    assert server.asked == ["/robots.txt", "/bai"]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        pytest.param(Page(status=404), "answers 404 Not Found", id="not found"),
        pytest.param(Page(status=401), "answers 401 Unauthorized", id="a password is wanted"),
        pytest.param(Page(status=204), "answers 204 No Content", id="no content"),
        pytest.param(Page(status=500), "answers 500 Internal Server Error", id="broken inside"),
        pytest.param(Page(status=299), "answers 299", id="a number without a name"),
        pytest.param(Page(status=429), "answers 429 Too Many Requests: try again later", id="too many requests"),
        pytest.param(
            Page(b"\xff\xd8\xff", "image/jpeg"), "is of the media type «image/jpeg»: only HTML", id="a picture"
        ),
        pytest.param(Page(b"%PDF-", "application/pdf"), "is of the media type «application/pdf»: only", id="a PDF"),
        pytest.param(Page("{}", "application/json"), "is of the media type «application/json»: only", id="JSON"),
        pytest.param(Page("a", "text/css"), "is of the media type «text/css»: only", id="a style sheet"),
        pytest.param(Page("a", None), "does not say its media type", id="no media type"),
        pytest.param(Page(b"a", "application/octet-stream"), "and no compressed list", id="bytes of any kind"),
        pytest.param(
            Page("a", headers={"Content-Encoding": "br"}), "is encoded as «br»", id="an encoding not asked for"
        ),
        pytest.param(
            Page(ARTICLE, headers={"Content-Encoding": "gzip"}),
            "is compressed and damaged",
            id="not compressed after all",
        ),
        pytest.param(Page(CUT_SHORT, headers={"Content-Encoding": "gzip"}), "ends in the middle", id="gzip cut off"),
        pytest.param(
            Page(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Type: text/html\r\n\r\nab", is_raw=True),
            "the connection failed",
            id="fewer bytes than promised",
        ),
        pytest.param(Page(b"220 mail.example ESMTP\r\n", is_raw=True), "the connection failed", id="not HTTP"),
        pytest.param(Page(b"", is_raw=True), "the connection failed", id="no answer"),
        pytest.param(
            Page(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000, is_raw=True), "the connection failed", id="endless header"
        ),
    ],
)
def test_answers_that_are_no_page(server: WebServer, page: Page, reason: str) -> None:
    server.pages["/x"] = page
    (found,) = reasons(fetch(server, "/x"))
    assert reason in found


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_a_compressed_answer_is_read(server: WebServer, encoding: str) -> None:
    server.pages["/x"] = Page(zipped(ARTICLE), headers={"Content-Encoding": encoding})
    (payload,) = fetch(server, "/x")
    assert isinstance(payload, Payload)
    assert payload.data.decode() == ARTICLE


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        pytest.param(Page("a" * 100_001), "has 100,001 bytes, and may have 100,000", id="length said before"),
        pytest.param(
            Page(lambda: itertools.repeat(b"a" * 10_000)), "has more than 100,000 bytes", id="a body without an end"
        ),
        pytest.param(
            Page(zipped(b"a" * 100_001), headers={"Content-Encoding": "gzip"}),
            "has more than 100,000 bytes",
            id="too large when decompressed",
        ),
        pytest.param(
            Page(lambda: itertools.repeat(zipped(b"")), headers={"Content-Encoding": "gzip"}),
            "has more than 100,000 bytes",
            id="empty gzip members without an end",
        ),
        pytest.param(
            Page(zipped(zipped(b"a" * 100_001)), headers={"Content-Encoding": "gzip"}),
            "has more than 100,000 bytes",
            id="compressed twice",
        ),
    ],
)
def test_sizes_are_bounded(server: WebServer, page: Page, reason: str) -> None:
    server.pages["/x"] = page
    assert reasons(fetch(server, "/x", max_bytes=100_000)) == [reason]


def test_a_gzip_bomb_takes_no_memory(server: WebServer) -> None:
    server.pages["/x"] = Page(zipped(b"\0" * 100_000_000), headers={"Content-Encoding": "gzip"})
    fetch(server, "/bai")  # what is loaded once is loaded
    tracemalloc.start()
    try:
        assert reasons(fetch(server, "/x", max_bytes=2_000_000)) == ["has more than 2,000,000 bytes"]
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak_bytes < 10_000_000


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(Page(lambda: itertools.repeat(b"a"), drip_s=0.02), id="the body"),
        pytest.param(Page(lambda: itertools.chain([b"HTTP/1.1 200 OK\r\nX: "], itertools.repeat(b"a")), drip_s=0.02, is_raw=True), id="the head"),
        pytest.param(Page(lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"), drip_s=0.02, is_raw=True), id="one moment, please"),
    ],
)  # fmt: skip
def test_drop_by_drop_ends_with_the_time(server: WebServer, page: Page) -> None:
    server.pages["/x"] = page
    began = time.monotonic()
    assert reasons(fetch(server, "/x", timeout_s=0.4)) == ["takes longer than its time"]
    assert time.monotonic() - began < 5


def test_redirects_share_one_time(server: WebServer) -> None:
    for number in range(5):
        server.pages[f"/{number}"] = Page(
            lambda to=number + 1: iter([f"HTTP/1.1 302 Found\r\nLocation: /{to}\r\n".encode(), b"\r\n"]),
            drip_s=0.2,
            is_raw=True,
        )
    server.pages["/5"] = Page(ARTICLE)
    (reason,) = reasons(fetch(server, "/0", timeout_s=0.7))
    assert reason.endswith("takes longer than its time")
    assert "/5" not in server.asked


def test_a_slow_name_server_ends_with_the_time(server: WebServer) -> None:
    def resolve(_: str) -> Sequence[str]:
        time.sleep(1.5)
        return ("127.0.0.1",)

    (reason,) = reasons(fetch(server, f"http://slow.example:{server.port}/", resolve=resolve, timeout_s=0.2))
    assert reason == "its robots.txt could not be read (the name slow.example is not resolved in time)"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(server: WebServer, status: int) -> None:
    server.pages["/cu"] = redirect("bai#x", status)
    (payload,) = fetch(server, "/cu")
    assert isinstance(payload, Payload)
    assert (payload.source, payload.given.url) == (server.url("/cu"), server.url("/bai"))


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        pytest.param("/x", "is redirected more than 5 times", id="to itself"),
        pytest.param("http://169.254.169.254/latest/", "169.254.169.254, which is not on the public", id="the cloud"),
        pytest.param("http://[::1]/", "::1, which is not on the public internet", id="loopback in IPv6"),
        pytest.param("http://[::ffff:169.254.169.254]/", "which is not on the public internet", id="mapped into IPv6"),
        pytest.param("http://10.0.0.1/", "10.0.0.1, which is not on the public internet", id="a private network"),
        pytest.param("http://0x7f000001/", "no IPv4 address of four decimal numbers", id="a hexadecimal number"),
        pytest.param("file:///etc/passwd", "not «file:»", id="a file"),
        pytest.param("ftp://127.0.0.1/", "not «ftp:»", id="ftp"),
        pytest.param("http://127.0.0.1:22/", "port 22 is not open", id="the port of ssh"),
        pytest.param("http://me:secret@vi.example/", "user name or password", id="credentials"),
        pytest.param("http://[", "is no host name", id="no address at all"),
        pytest.param("", "does not say where it went", id="nowhere"),
        pytest.param("http://localhost.example:80/", "has the address 127.6.6.6, which is not", id="a name"),
    ],
)
def test_redirects_that_are_not_followed(server: WebServer, location: str, reason: str) -> None:
    """The policy allows the test server's own address only, not all of 127.0.0.0/8."""
    server.pages["/x"] = redirect(location)

    def resolve(host: str) -> Sequence[str]:
        return ("127.6.6.6",) if host == "localhost.example" else (host,)

    (found,) = reasons(fetch(server, "/x", resolve=resolve, allowed_networks=(ip_network("127.0.0.1/32"),)))
    assert reason in found
    assert set(server.asked) == {"/robots.txt", "/x"}


def test_a_name_that_means_this_machine_is_refused(server: WebServer) -> None:
    (reason,) = reasons(fetch(server, server.url("/bai", host="localhost"), allowed_networks=()))
    assert "which is not on the public internet" in reason
    assert server.asked == []


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        pytest.param(["127.0.0.1"], "read", id="one that may be visited"),
        pytest.param(["127.0.0.2", "127.0.0.1"], "read", id="the first does not answer, the second does"),
        pytest.param(["127.0.0.1", "10.0.0.1"], "10.0.0.1, which is not", id="one of two is private"),
        pytest.param(["127.0.0.1", "::ffff:10.0.0.1"], "which is not on the public", id="one of two is mapped"),
        pytest.param(["127.0.0.1", "fe80::1%lo"], "which is not on the public", id="one of two is link-local"),
        pytest.param(["127.0.0.2"], "does not answer at port", id="none answers"),
        pytest.param([], "has no address", id="none at all"),
        pytest.param(["nonsense"], "which is no IP address", id="not a number"),
    ],
)
def test_every_number_of_a_name_is_checked(server: WebServer, numbers: list[str], reason: str) -> None:
    url = f"http://tin.example:{server.port}/bai"
    (found,) = reasons(fetch(server, url, resolve=lambda _: numbers))
    assert reason in found


def test_a_name_that_changes_its_number_leads_nowhere_else(server: WebServer) -> None:
    """DNS rebinding: each connection resolves once, and goes to what was checked."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["169.254.169.254"]])
    asked: list[str] = []

    def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    urls = [f"http://tin.example:{server.port}/bai", f"http://tin.example:{server.port}/sau"]
    first, second = reasons(fetch(server, *urls, resolve=resolve))
    assert first == "read"
    assert "169.254.169.254, which is not on the public internet" in second
    assert asked == ["tin.example"] * 3  # robots.txt, the page, the second page
    assert server.headers[1]["Host"] == f"tin.example:{server.port}"


def test_an_unknown_name_is_said(server: WebServer) -> None:
    def resolve(host: str) -> Sequence[str]:
        raise OSError(f"no {host} here")

    (reason,) = reasons(fetch(server, "http://tin.example/", resolve=resolve))
    assert "the name tin.example is not known (no tin.example here)" in reason


def test_a_host_that_does_not_answer_is_given_up(server: WebServer) -> None:
    server.pages |= {path: Page(b"", is_raw=True) for path in ("/1", "/2", "/3", "/4", "/5")}
    results = reasons(fetch(server, "/1", "/2", "/bai", "/3", "/4", "/5", "/6"))
    assert server.asked == ["/robots.txt", "/1", "/2", "/bai", "/3", "/4", "/5"]
    assert results[-1] == "is not asked for: 127.0.0.1 did not answer, or was busy, 3 times in a row"


def test_a_host_that_is_busy_is_left_alone_as_long_as_it_says(server: WebServer) -> None:
    clock = Clock()
    server.pages["/x"] = Page(status=503, headers={"Retry-After": "17"})
    fetch(server, "/x", "/bai", clock=clock)
    assert clock.slept_s == [17.0]


def _context(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """TLS for a server whose certificate is for `name`, and for a client that trusts it."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    command += ["-addext", f"subjectAltName=DNS:{name}", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return served, ssl.create_default_context(cafile=folder / "cert.pem")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl, which makes the certificate, is not installed")
@pytest.mark.parametrize(
    ("name", "is_trusted", "reason"),
    [
        pytest.param("tin.example", True, "read", id="its own certificate"),
        pytest.param("khac.example", True, "Hostname mismatch", id="the certificate of another name"),
        pytest.param("tin.example", False, "self-signed certificate", id="a certificate nobody vouches for"),
    ],
)
def test_tls_is_for_the_name_though_the_connection_goes_to_the_number(
    tmp_path: Path, name: str, is_trusted: bool, reason: str
) -> None:
    served, trusting = _context(tmp_path, name)
    with serving({"/bai": Page(ARTICLE)}, served) as server:
        results = fetch_payloads(
            [f"https://tin.example:{server.port}/bai"],
            policy=policy_for(server),
            sleep=time.sleep,
            monotonic=time.monotonic,
            resolve=lambda _: ["127.0.0.1"],
            ssl_context=trusting if is_trusted else None,
        )
        (found,) = reasons(list(results))
    assert reason in found.replace("self signed", "self-signed")


@given(st.binary(max_size=300), st.lists(st.integers(1, 40), max_size=20), st.integers(1, 3))
def test_decompressing_does_not_depend_on_the_pieces(content: bytes, sizes: list[int], members: int) -> None:
    data = zipped(content) * members
    ends = [0, *itertools.accumulate(sizes), len(data)]
    pieces = [data[start:end] for start, end in itertools.pairwise(ends) if start < end]
    assert b"".join(decompress(pieces)) == content * members


def test_plain_text_is_read_as_it_is(server: WebServer) -> None:
    server.pages["/x"] = Page("Ngày 24/1/1992, hai nước thiết lập quan hệ.", PLAIN)
    (payload,) = fetch(server, "/x")
    assert isinstance(payload, Payload)
    assert payload.media_type == PLAIN
