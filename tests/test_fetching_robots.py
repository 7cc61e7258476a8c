"""robots.txt and the pace of requests: what a host asks of us, and what its answers mean."""

import itertools
from collections.abc import Iterator

import pytest
from fetching import Clock, fetch, reasons
from web_server import PLAIN, Page, WebServer, redirect, serving

from app.fetching.errors import NotFetchedError
from app.fetching.pacing import Pace
from app.fetching.robots import MAX_ROBOTS_BYTES, parse_robots

ARTICLE = Page("<p>Bài</p>")
FORBIDDEN = "its robots.txt does not allow banggiao to read it"


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving({"/bai": ARTICLE, "/rieng/bai": ARTICLE}) as running:
        yield running


@pytest.mark.parametrize(
    ("text", "open_reason", "closed_reason"),
    [
        pytest.param("User-agent: *\nDisallow: /rieng/", "read", FORBIDDEN, id="a folder"),
        pytest.param("User-agent: *\nDisallow: /", FORBIDDEN, FORBIDDEN, id="everything"),
        pytest.param("User-agent: *\nDisallow:", "read", "read", id="nothing"),
        pytest.param("User-agent: BangGiao\nDisallow: /rieng/", "read", FORBIDDEN, id="us by name"),
        pytest.param("User-agent: banggiao/1.0\nDisallow: /rieng/", "read", FORBIDDEN, id="us by name and version"),
        pytest.param("User-agent: other\nDisallow: /", "read", "read", id="another one"),
        pytest.param("User-agent: banggiaobot\nDisallow: /", "read", "read", id="one whose name begins as ours"),
        pytest.param("User-agent: *\nDisallow: /\n\nUser-agent: banggiao\nAllow: /", "read", "read", id="all but us"),
        pytest.param(
            "User-agent: other\nUser-agent: banggiao\nDisallow: /rieng/", "read", FORBIDDEN, id="us and another one"
        ),
        pytest.param("User-agent: *\nDisallow: /*/bai$", "read", FORBIDDEN, id="a pattern"),
        pytest.param("User-agent: *\nDisallow: /rieng/\nAllow: /rieng/bai", "read", "read", id="the longer rule wins"),
        pytest.param("<html><body>Trang chủ</body></html>", "read", "read", id="a page instead of rules"),
        pytest.param("\ufeffUser-agent: *\nDisallow: /rieng/", "read", FORBIDDEN, id="a byte order mark"),
    ],
)
def test_rules(server: WebServer, text: str, open_reason: str, closed_reason: str) -> None:
    server.pages["/robots.txt"] = Page(text, PLAIN)
    assert reasons(fetch(server, "/bai", "/rieng/bai")) == [open_reason, closed_reason]
    assert server.asked.count("/robots.txt") == 1
    assert (closed_reason == FORBIDDEN) == ("/rieng/bai" not in server.asked)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        pytest.param(Page(status=404), "read", id="not found: no rules"),
        pytest.param(Page(status=403), "read", id="forbidden: no rules"),
        pytest.param(
            Page(status=500), "its robots.txt answers 500, so that nothing there may be read for now", id="500"
        ),
        pytest.param(
            Page(status=429), "its robots.txt answers 429, so that nothing there may be read for now", id="429"
        ),
        pytest.param(redirect("/robots.txt"), "is redirected more than 5 times", id="a redirect to itself"),
        pytest.param(redirect("http://169.254.169.254/"), "169.254.169.254, which is not on", id="a redirect inside"),
        pytest.param(redirect("/rules"), FORBIDDEN, id="a redirect to the rules"),
        pytest.param(Page(b"", is_raw=True), "its robots.txt could not be read (the connection failed", id="silence"),
        pytest.param(
            Page(lambda: itertools.repeat(b"#"), PLAIN, drip_s=0.02),
            "its robots.txt could not be read (takes longer than its time)",
            id="drop by drop",
        ),
    ],
)
def test_answers_for_robots_txt(server: WebServer, page: Page, reason: str) -> None:
    server.pages |= {"/robots.txt": page, "/rules": Page("User-agent: *\nDisallow: /", PLAIN)}
    (found,) = reasons(fetch(server, "/bai", timeout_s=0.5))
    assert reason in found
    assert ("/bai" in server.asked) == (reason == "read")


def test_a_huge_robots_txt_counts_up_to_its_limit(server: WebServer) -> None:
    def body() -> Iterator[bytes]:
        yield b"User-agent: *\nDisallow: /rieng/\n"
        yield b"# padding\n" * (MAX_ROBOTS_BYTES // 10)
        yield from itertools.repeat(b"Disallow: /bai\n" * 1_000)

    server.pages["/robots.txt"] = Page(body, PLAIN)
    assert reasons(fetch(server, "/bai", "/rieng/bai")) == ["read", FORBIDDEN]


def test_a_line_that_is_cut_is_no_rule() -> None:
    """The limit falls behind the slash: «Disallow: /» alone would close the whole site."""
    start, end = b"User-agent: *\n#", b"\nDisallow: /"
    padding = b"#" * (MAX_ROBOTS_BYTES - len(start) - len(end))
    parse_robots(start + padding + end + b"rieng/").check("http://vi.example/bai")


def test_many_robots_and_many_rules_do_not_multiply() -> None:
    """15,000 robots with 12,000 rules each would be 180 million rules: this would not end."""
    robots = "".join(f"User-agent: robot{number}\n" for number in range(15_000))
    parsed = parse_robots((robots + "User-agent: *\n" + "Disallow: /rieng\n" * 12_000).encode())
    parsed.check("http://vi.example/bai")
    with pytest.raises(NotFetchedError):
        parsed.check("http://vi.example/rieng")


@pytest.mark.parametrize("url", ["http://vi.example:8080/bai", "https://vi.example/bai"])
def test_rules_are_those_of_one_origin(server: WebServer, url: str) -> None:
    """Another port, or another scheme, has a robots.txt of its own."""
    server.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /", PLAIN)
    changed = url.replace("8080", str(server.port))
    found = reasons(fetch(server, "/bai", changed, resolve=lambda _: ["127.0.0.1"]))
    assert server.asked.count("/robots.txt") == (2 if changed.startswith("http:") else 1)
    assert found[0] == FORBIDDEN


@pytest.mark.parametrize(
    ("text", "wanted_s"),
    [
        pytest.param("", [1.0, 1.0, 1.0], id="our own pause"),
        pytest.param("User-agent: *\nCrawl-delay: 7", [7.0, 7.0], id="a longer one is kept"),
        pytest.param("User-agent: *\nCrawl-delay: 0.1", [1.0, 1.0, 1.0], id="a shorter one is not"),
        pytest.param("User-agent: *\nRequest-rate: 2/30s", [15.0, 15.0], id="a rate"),
        pytest.param("User-agent: *\nCrawl-delay: -5", [1.0, 1.0, 1.0], id="nonsense"),
        pytest.param("User-agent: *\nCrawl-delay: inf", [1.0, 1.0, 1.0], id="for ever"),
    ],
)
def test_pauses_between_requests(server: WebServer, text: str, wanted_s: list[float]) -> None:
    """The first pause follows robots.txt itself, and is ours: its wishes are not known yet."""
    server.pages["/robots.txt"] = Page(text, PLAIN)
    clock = Clock()
    fetch(server, "/bai", "/rieng/bai", "/khong", clock=clock, pause_s=1.0)
    assert clock.slept_s == ([1.0, *wanted_s] if len(wanted_s) == 2 else wanted_s)


def test_a_host_that_asks_for_too_long_a_pause_is_left_alone(server: WebServer) -> None:
    server.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 3600", PLAIN)
    (reason,) = reasons(fetch(server, "/bai"))
    assert reason == "its robots.txt asks for 3600 s between two requests, and we wait 60 s at most"
    assert server.asked == ["/robots.txt"]


def test_hosts_do_not_wait_for_one_another() -> None:
    clock = Clock()
    pace = Pace(clock.sleep, clock.monotonic)
    for host in ("a", "b", "a", "b"):
        pace.wait(host)
        pace.rest(host, 5.0)
    assert clock.slept_s == [5.0]  # the second visit to «a»; by then «b» has rested too


def test_robots_txt_is_asked_for_again_after_a_day(server: WebServer) -> None:
    clock = Clock()
    server.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 50000", PLAIN)
    fetch(server, "/bai", "/rieng/bai", "/1", "/2", clock=clock, max_pause_s=50_000.0)
    assert server.asked == ["/robots.txt", "/bai", "/rieng/bai", "/1", "/robots.txt", "/2"]
