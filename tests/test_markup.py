"""What the pages are made of: valid HTML, and what search engines and programs that read aloud look for."""

import json
import re
import shutil
import subprocess
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from needed_programs import need
from processes import ROOT
from shown_pages import FORM, PAGES

from app.languages import LANGUAGES

JAVA = shutil.which("java")
CHECKER = ROOT / "build" / "html-checker" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
BROWSER = {"Accept": "text/html"}
PLANTED = {  # in a page, and what the checker says of it
    "an id twice": ('<p id="a">1</p><p id="a">2</p>', "Duplicate ID"),
    "an element that is not closed": ("<section><div>1</section>", "Unclosed|open elements"),
    "a label for nothing": ('<label for="nothing">1</label>', "must be the ID of"),
    "a block within a paragraph": ("<p><ul><li>1</li></ul></p>", "in scope"),
    "a role of no such name": ('<div role="wizard">1</div>', "role"),
    "an attribute of no such name": ('<p colour="red">1</p>', "not allowed on element"),
    "a list of other things": ("<ul><p>1</p></ul>", "not allowed as child"),
    "a time that is none": ('<time datetime="1992-13-41">1</time>', "datetime"),
    "a link within a link": ('<a href="/">1<button>2</button></a>', "must not appear as a descendant"),
    "a section without a heading": ("<section><p>1</p></section>", "Section lacks heading"),
}
every_page = pytest.mark.parametrize("shown", PAGES, ids=str)


def read(service, shown, language="vi"):
    headers = BROWSER | {"Accept-Language": language} | ({"Content-Type": FORM} if shown.form else {})
    answer = service.request("POST" if shown.form else "GET", shown.path, content=shown.form, headers=headers)
    assert answer.status_code == shown.status
    return answer.text


def complaints(*files):
    """What the Nu Html Checker, the one of the W3C, says of files: errors and warnings."""
    need(JAVA, "there is no java: install a runtime (apt install default-jre-headless)")
    need(CHECKER.exists(), f"{CHECKER} is not there: make html-checker")
    command = [
        JAVA,
        "-Xss8m",
        "-XX:TieredStopAtLevel=1",
        "-jar",
        CHECKER,
        "--stdout",
        "--exit-zero-always",
        "--format",
        "json",
        *files,
    ]
    ended = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return [
        (Path(one["url"]).name, f"{one['message']} {one.get('extract', '')}")
        for one in json.loads(ended.stdout)["messages"]
    ]


def test_pages_are_valid_html(service, tmp_path):
    """All in one go: starting the checker takes longer than a page. It finds what is planted, and nothing else."""
    pages, planted = [], {}
    for shown in PAGES:
        for language in LANGUAGES:
            pages.append(tmp_path / f"{shown}-{language}.html")
            pages[-1].write_text(read(service, shown, language), encoding="utf-8")
    for number, (body, words) in enumerate(PLANTED.values()):
        file = tmp_path / f"planted-{number}.html"
        file.write_text(f'<!doctype html><html lang="vi"><title>1</title><body>{body}</body></html>', encoding="utf-8")
        planted[file.name] = words
    found = complaints(*pages, *(tmp_path / name for name in planted))
    assert [one for one in found if one[0] not in planted] == []
    said = {name: " ".join(words for place, words in found if place == name) for name in planted}
    assert [name for name, words in planted.items() if not re.search(words, said[name])] == []


@every_page
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_what_it_is(service, shown, language):
    head = html.fromstring(read(service, shown, language)).find("head")
    title, description = head.findtext("title"), head.xpath("string(meta[@name='description']/@content)")
    assert 10 <= len(title) <= 120
    assert 20 <= len(description) <= 320
    assert head.xpath("meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]
    canonical = head.xpath("link[@rel='canonical']/@href")
    if shown.status == 404:
        assert (canonical, head.xpath("meta[@name='robots']/@content")) == ([], ["noindex"])
        return
    assert len(canonical) == 1
    assert not re.search("[?&](sort|level|view|type|rank|days|query|example|q)=", canonical[0])
    if not shown.is_bilingual:
        others = {one.get("hreflang"): one.get("href") for one in head.xpath("link[@rel='alternate'][@hreflang]")}
        assert set(others) == set(LANGUAGES)
        assert [href for name, href in others.items() if not re.match(rf"https?://.*[?&]lang={name}$", href)] == []
        assert re.match("https?://", head.xpath("string(link[@rel='canonical']/@href)"))
        assert html.fromstring(read(service, shown, language)).get("lang") == language


def test_titles_tell_pages_apart(service):
    """What is filtered or asked at one address is one page, of which less is shown or more."""
    paths = defaultdict(set)
    for shown in PAGES:
        title = html.fromstring(read(service, shown)).find("head").findtext("title")
        paths[title].add(shown.path.partition("?")[0])
    assert {title: found for title, found in paths.items() if len(found) > 1} == {}


@every_page
def test_headings_are_in_order_and_pictures_have_names(service, shown):
    """Names of links and fields are judged in the browser, by axe."""
    page = html.fromstring(read(service, shown))
    levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert [one for one in pairwise(levels) if one[1] - one[0] > 1] == []
    names = ("alt", "aria-label", "aria-hidden")
    pictures = page.xpath("//img | //*[name()='svg']")
    assert [html.tostring(one) for one in pictures if not any(map(one.get, names))] == []
    assert len(page.xpath("//main[@id='main']")) == len(page.xpath("//body/a[@href='#main']")) == 1
