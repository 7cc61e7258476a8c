"""The pages in a real browser, as their readers use them: with a mouse, with keys alone, on a phone, on paper, without scripts.

Every window asserts that nothing was asked of another host and that the browser had nothing to complain of.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import DESKTOP, PHONE, SCHEMES, SIZES, visit, window
from icalendar import Calendar
from playwright.sync_api import expect
from shown_pages import PAGES

# minutes: run by `make test-browser`
pytestmark = pytest.mark.slow

MAX_PAGE_BYTES = 150_000
MAX_REQUESTS = 6
NARROWEST = {"width": 320, "height": 640}  # a screen of 1280 px at 400 % (WCAG 2.2, 1.4.10)
PAPER = {"width": 690, "height": 1000}  # A4 between its margins
MIN_TARGET_PX = 24  # WCAG 2.2, 2.5.8; links within sentences are free of it, and axe judges the rest
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """least => [...document.querySelectorAll(
    "button, select, textarea, input:not([type=hidden]), summary, header a, nav a")]
  .filter(one => one.checkVisibility())
  .filter(one => { const box = one.getBoundingClientRect(); return Math.min(box.width, box.height) < least; })
  .map(one => one.outerHTML)"""
REACHABLE = """() => {
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  window.reachable = [...all].filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
  return window.reachable.length; }"""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const isSeen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const isMarked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [window.reachable.indexOf(one), isSeen, isMarked, one.outerHTML.slice(0, 90)]; }"""
UNFOLDED = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"
LIGHTNESS = """() => ["backgroundColor", "color"].map(name =>
  getComputedStyle(document.body)[name].match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765)"""
MOVING = """() => [getComputedStyle(document.documentElement).scrollBehavior, document.getAnimations().length,
  [...document.querySelectorAll("*")].filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0).length]"""

every_page = pytest.mark.parametrize("shown", PAGES, ids=str)


def faults(page):
    """What axe-core finds serious or critical. It is evaluated by the browser itself: no policy has to give way for it."""
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    return [
        f"{found['id']}: {node['target']} {node['failureSummary']}"
        for found in Axe().run(page, options=options).response["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


@every_page
def test_a_page_is_light_and_asks_its_own_host_only(browser, site, shown):
    with window(browser, site) as page:
        answers = []
        page.on("response", lambda answer: answers.append(answer))
        assert visit(page, shown) == shown.status
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert sum(answer.request.sizes()["responseBodySize"] for answer in answers) <= MAX_PAGE_BYTES
        assert len(answers) <= MAX_REQUESTS


@every_page
def test_a_page_fits_narrow_screens_fingers_and_paper(browser, site, shown):
    with window(browser, site, viewport=PHONE, has_touch=True) as page:
        visit(page, shown)
        assert page.evaluate(OVERFLOW) <= 0
        assert page.evaluate(SMALL_TARGETS, MIN_TARGET_PX) == []
        page.set_viewport_size(NARROWEST)
        assert page.evaluate(OVERFLOW) <= 0
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        assert page.evaluate(OVERFLOW) <= 0


@every_page
def test_axe_finds_nothing_serious(browser, site, shown):
    """Both schemes and both sizes, of all four pairs two; all pairs in both languages: make test-browser."""
    with window(browser, site) as page:
        visit(page, shown)
        page.evaluate(UNFOLDED)
        assert faults(page) == []
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        assert faults(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
@every_page
def test_axe_finds_nothing_serious_anywhere(browser, site, shown, size, scheme, locale):
    with window(browser, site, viewport=SIZES[size], color_scheme=scheme, locale=locale) as page:
        visit(page, shown)
        page.evaluate(UNFOLDED)
        assert faults(page) == []


def look_elsewhere(browser, site):
    with window(browser, site) as page:
        page.goto("/")
        page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://localhost:1/elsewhere.png'}))")
        page.wait_for_timeout(100)


def test_a_window_sees_what_is_wrong(browser, site):
    """Else the assertions of all windows would hold for nothing."""
    with pytest.raises(AssertionError, match="elsewhere"):
        look_elsewhere(browser, site)
    with window(browser, site) as page:
        page.goto("/")
        page.evaluate("document.querySelector('select').labels[0].remove()")
        assert any(fault.startswith("select-name") for fault in faults(page))


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_search_box_to_the_sources_of_a_pair(browser, site, has_scripts):
    with window(browser, site, java_script_enabled=has_scripts) as page:
        page.goto("/")
        page.get_by_role("searchbox").fill("azer")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{site}/search?q=azer")
        page.get_by_role("link", name="Azerbaijan").first.click()
        expect(page).to_have_url(f"{site}/pairs/AZ/VN")
        expect(page.get_by_role("heading", level=1)).to_have_text("Việt Nam – Azerbaijan")
        evidence = page.locator("details.evidence").first
        expect(evidence.locator(".sources").first).to_be_hidden()
        evidence.locator("summary").click()
        expect(evidence.locator(".sources").first).to_be_visible()


def test_two_names_lead_to_their_pair_at_once(browser, site):
    with window(browser, site) as page:
        page.goto("/")
        page.get_by_role("searchbox").fill("viet nam nhat ban")
        page.get_by_role("button", name="Tra cứu").click()
        expect(page).to_have_url(f"{site}/pairs/JP/VN")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_is_coming_is_filtered(browser, site, has_scripts):
    with window(browser, site, java_script_enabled=has_scripts) as page:
        page.goto("/")
        page.locator("#country").select_option("JP")
        page.locator("#days").select_option("365")
        page.get_by_role("button", name="Xem", exact=True).click()
        expect(page).to_have_url(re.compile("country=JP.*days=365"))
        expect(page.locator("#country")).to_have_value("JP")
        expect(page.locator("#days")).to_have_value("365")
        lines = page.locator(".line .what").all_inner_texts()
        assert len(lines) > 5
        assert [line for line in lines if "Nhật" not in line] == []


def test_a_language_stays_when_it_was_chosen(browser, site):
    with window(browser, site) as page:
        page.goto("/")
        root = page.locator("html")
        expect(root).to_have_attribute("lang", "vi")
        page.get_by_role("link", name="English").click()
        expect(root).to_have_attribute("lang", "en")
        page.get_by_role("searchbox").fill("azer")
        page.get_by_role("button", name="Look up").click()
        expect(page).to_have_url(f"{site}/search?q=azer&lang=en")
        page.get_by_role("link", name="Azerbaijan").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Vietnam")
        page.locator("table.timeline .what a").first.click()
        expect(root).to_have_attribute("lang", "en")
        page.get_by_role("link", name="Tiếng Việt").click()
        expect(root).to_have_attribute("lang", "vi")
        expect(page).to_have_url(re.compile("/events/.*lang=vi"))


def test_a_calendar_is_taken_along(browser, site):
    with window(browser, site) as page:
        page.goto("/pairs/AZ/VN")
        with page.expect_download() as download:
            page.get_by_role("link", name="lịch", exact=True).click()
        calendar = Calendar.from_ical(download.value.path().read_bytes())
        assert any("Azerbaijan" in str(event["SUMMARY"]) for event in calendar.walk("VEVENT"))


@pytest.mark.parametrize("path", ["/", "/search?q=azer", "/pairs/AZ/VN", "/events/established-AZ-VN"])
def test_all_is_reached_with_keys_alone(browser, site, path):
    with window(browser, site, reduced_motion="reduce") as page:
        page.goto(path)
        count = page.evaluate(REACHABLE)
        walked = []
        for _ in range(count):
            page.keyboard.press("Tab")
            walked.append(page.evaluate(FOCUSED))
        assert [place for place, *_ in walked] == list(range(count))
        assert [html for _, is_seen, is_marked, html in walked if not (is_seen and is_marked)] == []
        assert "skip" in walked[0][-1]
        page.keyboard.press("Tab")  # and out of the page: no trap
        assert page.evaluate(FOCUSED)[0] in (-1, 0)


def test_the_head_of_a_page_can_be_skipped(browser, site):
    with window(browser, site) as page:
        page.goto("/pairs/AZ/VN")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_sources_open_with_a_key(browser, site):
    with window(browser, site) as page:
        page.goto("/pairs/AZ/VN")
        evidence = page.locator("details.evidence").first
        evidence.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(evidence).to_have_attribute("open", "")


def test_a_page_is_dark_where_that_is_preferred(browser, site):
    with window(browser, site) as page:
        page.goto("/pairs/AZ/VN")
        paper, ink = page.evaluate(LIGHTNESS)
        assert paper > 0.9 > 0.2 > ink
        page.emulate_media(color_scheme="dark")
        paper, ink = page.evaluate(LIGHTNESS)
        assert paper < 0.2 < 0.8 < ink


def test_nothing_moves_where_that_is_preferred(browser, site):
    with window(browser, site, reduced_motion="reduce") as page:
        page.goto("/pairs/AZ/VN")
        assert page.evaluate(MOVING) == ["auto", 0, 0]


def test_a_pair_is_printed_without_what_paper_cannot_do(browser, site):
    with window(browser, site, viewport=DESKTOP, color_scheme="dark") as page:
        page.goto("/pairs/AZ/VN")
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("header nav")).to_be_hidden()
        paper, ink = page.evaluate(LIGHTNESS)
        assert (paper, ink) == (1.0, 0.0)
        expect(page.locator("table.timeline .sources").first).to_be_visible()
        printed = page.pdf(format="A4")
        assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 5
