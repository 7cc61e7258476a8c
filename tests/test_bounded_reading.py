"""Input built to exhaust: time grows with its length, memory does not, and it is read or refused with the reason.

Times are compared with one another, generously: something quadratic takes sixteen times as long for four times the
input, something linear four.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st
from web_archives import http_answer, page_record, warc_record

from extractors.readers import Metadata, Payload, Unreadable, iter_payloads, read_paths, read_payload
from extractors.readers.markup import MAX_ATTRIBUTES, MAX_ELEMENTS, strip_silent
from extractors.records import Article

SENTENCE = "Người bạn cũ gửi về một lá thư dài kể chuyện mùa xuân ở thành phố bên biển. "
PARAGRAPHS = "".join(f"<p>{SENTENCE * 3}Lá thứ {number}.</p>" for number in range(5))
STORY = f"<article><h1>Lá thư mùa xuân</h1>{PARAGRAPHS}</article>"


def page(inside: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Thư</title>{head}</head><body>{inside}</body></html>"


def read(text: str, media_type: str) -> Article | Unreadable:
    return read_payload(Payload("input", text.encode(), media_type, Metadata(id="input")))


SCRIPT = "var a='xin chào';if(a<b){c()};for(i=0;i<n;i++)d(\"</p>\");"

READ_ALL_THE_SAME: dict[str, str] = {
    "8 MB of script": page(f"<script>{SCRIPT * 130_000}</script>{STORY}"),
    "100,000 scripts": page("<script>a<b</script>" * 100_000 + STORY),
    "8 MB of style": page(STORY, head=f"<style>{'.a>b{color:red}' * 530_000}</style>"),
    "a script that is never closed": page(f"{STORY}<script>{SCRIPT * 20_000}"),
    "2 MB of comment": page(f"<!--{'<p> - ' * 350_000}-->{STORY}"),
    "an attribute of 2 MB": page(f"<p title='{'x y ' * 500_000}'></p>{STORY}"),
    "a title of 2 MB": page(STORY, head=f"<title>{'Tin - ' * 300_000}</title>"),
    "deep JSON-LD": page(STORY, head=f'<script type="application/ld+json">{"[" * 500_000}</script>'),
}


@pytest.mark.parametrize("text", READ_ALL_THE_SAME.values(), ids=READ_ALL_THE_SAME)
def test_what_holds_no_text_does_not_hide_the_story(text: str) -> None:
    article = read(text, "text/html")
    assert isinstance(article, Article), article
    assert article.text.count(SENTENCE.strip()) == 15
    assert len(article.text) < 2_000


REFUSED: dict[str, tuple[str, str]] = {
    "100,000 nested elements": (page("<div>" * 100_000 + STORY), "30,000 elements"),
    "20,000 nested elements": (page("<div>" * 20_000 + STORY), "255 elements within one another"),
    "300 nested elements, all closed": (
        page("<b>" * 300 + "x" + "</b>" * 300 + STORY),
        "255 elements within one another",
    ),
    "300 nested lists": (page("<ul><li>" * 300 + STORY), "255 elements within one another"),
    "100,000 paragraphs": (page("<p>" * 100_000), "30,000 elements"),
    "100,000 breaks": (page("a<br>" * 100_000), "30,000 elements"),
    "2,001 attributes": (page("<p " + "a=1 " * 2_001 + ">" + STORY), "2,000 attributes"),
    "6 MB of text": (page(f"<p>{SENTENCE * 70_000}</p>"), "5,000,000"),
    "nothing but a script": (page("<script>a</script>"), "no article text"),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_would_exhaust_a_parser_is_refused(text: str, reason: str) -> None:
    outcome = read(text, "text/html")
    assert isinstance(outcome, Unreadable)
    assert reason in outcome.reason


def test_just_within_the_limits_is_read() -> None:
    elements = page("<i></i>" * (MAX_ELEMENTS - 20) + STORY)
    attributes = page("<p " + "a=1 " * (MAX_ATTRIBUTES - 10) + ">" + STORY)
    depth = page("<b>" * 240 + "x" + "</b>" * 240 + STORY)
    assert [type(read(text, "text/html")) for text in (elements, attributes, depth)] == [Article] * 3


SILENT = {
    "scripts and styles": ("a<script>b</script>c<STYLE type='x'>d</Style >e", "ace"),
    "a script with markup": ("a<script>'<p></p>' </scripts></script>b", "ab"),
    "metadata": ('<script type="application/ld+json">{}</script><script>x</script>', '<script type="application/ld+json">{}</script>'),
    "metadata, then an open script": ("<script type=application/ld+json>1</script>a<script>b", "<script type=application/ld+json>1</script>a"),
    "an open script": ("a<script>b<p>c", "a"),
    "an open tag": ("a<script b", "a"),
    "other elements of such names": ("<scripted>a</scripted><styles>b", "<scripted>a</scripted><styles>b"),
    "comments": ("a<!--<p>-->b<!-->c<!--[if IE]><script>x<![endif]-->d<!--e", "abcd"),
    "a comment in a script": ("a<script><!-- x</script>b-->", "ab-->"),
    "nothing to take out": ("<p>a", "<p>a"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "left"), SILENT.values(), ids=SILENT)
def test_scripts_and_styles_are_taken_out(text: str, left: str) -> None:
    assert strip_silent(text) == left


@given(st.text("a<>/-!'\" "), st.sampled_from(["script", "style", "SCRIPT"]))
def test_whatever_a_script_holds_is_taken_out(inside: str, name: str) -> None:
    assert strip_silent(f"x<{name}>{inside}</{name}>y") == "xy"


GROWING: dict[str, tuple[Callable[[int], str], str]] = {
    "one line": (lambda size: SENTENCE * (size * 1_000), "text/plain"),
    "one word": (lambda size: "a" * (size * 80_000), "text/plain"),
    "spaces": (lambda size: "a" + " " * (size * 80_000) + "b", "text/plain"),
    "short lines": (lambda size: "Một dòng ngắn\n" * (size * 2_000), "text/plain"),
    "empty lines": (lambda size: "a" + "\n" * (size * 2_000) + "b", "text/plain"),
    "headlines told twice": (lambda size: "Tin rất mới hôm nay\nTin rất mới hôm nay\n" * (size * 1_000), "text/plain"),
    "the same words again": (lambda size: ("hai nước " * 30 + "\n") * (size * 300), "text/plain"),
    "captions": (lambda size: "Ảnh: Tác giả\n" * (size * 2_000), "text/plain"),
    "headings": (lambda size: "# a\n" * (size * 2_000), "text/markdown"),
    "JSON": (lambda size: json.dumps({"text": SENTENCE * (size * 1_000)}), "application/json"),
    "open scripts": (lambda size: "<script " * (size * 20_000), "text/html"),
    "open comments": (lambda size: "<!-- " * (size * 20_000), "text/html"),
    "less-than signs": (lambda size: "<" * (size * 100_000), "text/html"),
    "open quotes": (lambda size: "<a '" * (size * 7_000), "text/html"),
    "paragraphs": (lambda size: page(f"<article>{f'<p>{SENTENCE}</p>' * (size * 150)}</article>"), "text/html"),
    "references": (lambda size: page(f"<p>{'&amp;&#7879;' * (size * 10_000)}</p>{STORY}"), "text/html"),
}


@pytest.mark.parametrize(("make", "media_type"), GROWING.values(), ids=GROWING)
def test_time_grows_with_the_length(make: Callable[[int], str], media_type: str) -> None:
    def cost_s(size: int) -> float:
        text = make(size)
        begin = time.process_time()
        read(text, media_type)
        return time.process_time() - begin

    cost_s(1)  # tables and patterns are loaded once
    small_s = max(min(cost_s(2), cost_s(2)), 0.01)
    assert min(cost_s(8), cost_s(8)) < 12 * small_s


def test_ten_megabytes_in_one_line(tmp_path: Path) -> None:
    line = SENTENCE * 110_000
    (tmp_path / "a.txt").write_text(line, encoding="utf-8")
    (article,) = read_paths([tmp_path])
    assert isinstance(article, Article)
    assert article.text == line


def test_a_hundred_thousand_lines() -> None:
    assert isinstance(read("Một dòng.\n" * 99_999, "text/plain"), Article)
    outcome = read("Một dòng.\n" * 100_000, "text/plain")
    assert isinstance(outcome, Unreadable)
    assert "100,000 lines" in outcome.reason


MEASURE = """
import resource, sys
from pathlib import Path
from extractors.readers import Unreadable, iter_payloads
def peak_mb(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before, reasons, count = peak_mb(), set(), 0
for one in iter_payloads([Path(sys.argv[1])], max_bytes=1_000_000):
    count += 1
    if isinstance(one, Unreadable): reasons.add(one.reason)
print(count, round(peak_mb() - before), sorted(reasons)[:3])
"""


def measure(path: Path) -> tuple[int, int, str]:
    """How many outcomes reading a path has, by how many MiB memory grows meanwhile, and some of the reasons."""
    command = [sys.executable, "-c", MEASURE, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    count, growth_mb, reasons = run.stdout.strip().split(" ", 2)
    return int(count), int(growth_mb), reasons


def test_memory_stays_flat_over_compressed_bombs(tmp_path: Path) -> None:
    bomb = b"a" * 300_000_000
    (tmp_path / "a.jsonl.zst").write_bytes(zstd.compress(bomb) + zstd.compress(b"\n{}\n" * 3))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(bomb, 1))
    (tmp_path / "c.warc.zst").write_bytes(zstd.compress(warc_record(http_answer(bomb))) + zstd.compress(page_record(1)))
    del bomb
    count, growth_mb, reasons = measure(tmp_path)
    assert count == 1 + 3 + 1 + 2
    assert growth_mb < 60
    assert "more than 1,000,000 bytes" in reasons


def test_memory_stays_flat_over_many_lines(tmp_path: Path) -> None:
    line = json.dumps({"text": SENTENCE * 10}, ensure_ascii=False).encode() + b"\n"
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line * 100_000, 1))
    count, growth_mb, _ = measure(tmp_path / "a.jsonl.gz")
    assert count == 100_000
    assert growth_mb < 20


@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_empty_files_are_named_one_by_one(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            os.close(os.open(f"{folder}/{number}.txt", os.O_CREAT))
        begin = time.process_time()
        named = sum(isinstance(one, Unreadable) and one.reason == "is empty" for one in read_paths([Path(folder)]))
        assert named == count
        assert time.process_time() - begin < count / 2_000  # about 30,000 a second on one core of 2026


def test_an_archive_in_many_small_members_is_read_in_step(tmp_path: Path) -> None:
    members = gzip.compress(b'{"text": "a"}\n') * 50_000
    (tmp_path / "a.jsonl.gz").write_bytes(members)
    assert sum(1 for _ in iter_payloads([tmp_path])) == 50_000
