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

SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifted += one.value; })
  .observe({type: "layout-shift", buffered: true});"""
MAX_SHIFT = 0.1  # what is good by Lighthouse (https://calibreapp.com/docs/metrics/cumulative-layout-shift)
PLANTED = "Ngày 21/9/1978, Việt Nam và Nhật Bản thiết lập quan hệ ngoại giao."

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
def test_a_page_is_light_still_narrow_and_open_to_all(browser, site, shown):
    """In one visit, on a phone in the dark: what a page weighs, whether it moves or overflows, and what axe finds."""
    with window(browser, site, viewport=PHONE, has_touch=True, color_scheme="dark") as page:
        answers = []
        page.on("response", lambda answer: answers.append(answer))
        page.add_init_script(SHIFTS)
        assert visit(page, shown) == shown.status
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        # a form that was filled in before is another page
        own = answers[max(n for n, answer in enumerate(answers) if answer.request.is_navigation_request()) :]
        assert sum(answer.request.sizes()["responseBodySize"] for answer in own) <= MAX_PAGE_BYTES
        assert len(own) <= MAX_REQUESTS
        assert page.evaluate("() => window.shifted") <= MAX_SHIFT
        assert page.evaluate(OVERFLOW) <= 0
        assert page.evaluate(SMALL_TARGETS, MIN_TARGET_PX) == []
        page.evaluate(UNFOLDED)
        assert faults(page) == []
        page.set_viewport_size(NARROWEST)
        assert page.evaluate(OVERFLOW) <= 0
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        assert page.evaluate(OVERFLOW) <= 0


# minutes: run by `make test-browser`
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


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_planted_error_in_a_draft_is_shown_beside_it(browser, site, has_scripts):
    with window(browser, site, java_script_enabled=has_scripts) as page:
        page.goto("/check")
        page.get_by_label("Nội dung bản thảo").fill(PLANTED)
        page.get_by_role("button", name="Kiểm tra", exact=True).click()
        expect(page.locator("#verdict")).to_have_text("1 chỗ cần xem lại")
        expect(page.locator(".draft mark")).to_contain_text("21/9/1978")
        finding = page.locator("#finding-1")
        expect(finding.locator(".suggestion")).to_contain_text("1973")
        finding.locator(".evidence summary").click()
        expect(finding.locator(".sources a").first).to_be_visible()
        page.locator(".draft a.number").click()
        expect(page).to_have_url(f"{site}/check#finding-1")


def test_a_file_is_checked_and_nothing_of_it_stays_in_the_address(browser, site, tmp_path):
    file = tmp_path / "ban-thao.md"
    file.write_text(PLANTED, encoding="utf-8")
    with window(browser, site) as page:
        page.goto("/check")
        page.locator("#file").set_input_files(file)
        page.get_by_role("button", name="Kiểm tra", exact=True).click()
        expect(page.locator("#verdict")).to_have_text("1 chỗ cần xem lại")
        expect(page).to_have_url(f"{site}/check")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_example_query_is_run_and_drawn(browser, site, has_scripts):
    with window(browser, site, java_script_enabled=has_scripts) as page:
        page.goto("/sparql")
        page.get_by_role("link", name="Toàn bộ dòng thời gian của Việt Nam và Azerbaijan").click()
        expect(page.locator("#query")).to_contain_text("pair:AZ-VN")
        page.get_by_role("button", name="Chạy").click()
        expect(page.locator(".results")).to_contain_text("established-AZ-VN")
        page.get_by_role("link", name="Dòng thời gian", exact=True).click()
        expect(page.locator(".answer svg circle").first).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").click()
        assert b"established-AZ-VN" in download.value.path().read_bytes()


def test_a_query_is_written_and_run_with_keys_alone(browser, site):
    with window(browser, site) as page:
        page.goto("/sparql")
        query = page.get_by_label("Câu truy vấn")
        query.fill("SELECT ?e WHERE { GRAPH ?g { ?e bg:calendar")
        page.keyboard.press("Control+Space")
        expect(page.get_by_role("option", name="bg:calendarKey")).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.type(' "established 09-23" } }')
        expect(query).to_have_value(re.compile('^PREFIX bg: .*bg:calendarKey "established 09-23" } }', re.DOTALL))
        page.keyboard.press("Control+Enter")
        expect(page.locator(".results")).to_contain_text("established-AZ-VN")
        page.get_by_label("Câu truy vấn").focus()
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")  # no trap, though Tab indents while one writes
        expect(page.get_by_role("button", name="Chạy")).to_be_focused()


def test_partners_are_sorted_and_chosen_by_level(browser, site):
    with window(browser, site) as page:
        page.goto("/countries/VN")
        names = page.locator("table.partners td:first-child")
        by_name = names.all_inner_texts()
        page.get_by_role("link", name="ngày thiết lập quan hệ").click()
        expect(page).to_have_url(re.compile("sort=date"))
        by_date = names.all_inner_texts()
        assert by_date != by_name
        assert sorted(by_date) == sorted(by_name)
        page.get_by_role("link", name=re.compile("^đối tác chiến lược toàn diện")).click()
        chosen = names.all_inner_texts()
        assert 5 < len(chosen) < 30
        assert "Nhật Bản" in chosen


def test_days_and_years_lead_to_one_another(browser, site):
    with window(browser, site) as page:
        page.goto("/on-this-day/09/23")
        expect(page.locator("main")).to_contain_text("Việt Nam và Azerbaijan thiết lập quan hệ ngoại giao")
        page.get_by_role("link", name="24/9").click()
        expect(page).to_have_url(f"{site}/on-this-day/09/24")
        page.get_by_role("link", name="lịch cả năm").click()
        expect(page).to_have_url(re.compile("/calendar/20"))
        year = int(re.search("/calendar/([0-9]{4})", page.url)[1])
        page.locator("a[rel=next]").click()
        expect(page).to_have_url(re.compile(f"/calendar/{year + 1}"))


def test_the_year_of_a_state_is_printed_on_one_sheet(browser, site):
    with window(browser, site) as page:
        page.goto("/calendar/2027?country=VN")
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_a_calendar_is_taken_along(browser, site):
    with window(browser, site) as page:
        page.goto("/pairs/AZ/VN")
        with page.expect_download() as download:
            page.get_by_role("link", name="lịch", exact=True).click()
        calendar = Calendar.from_ical(download.value.path().read_bytes())
        assert any("Azerbaijan" in str(event["SUMMARY"]) for event in calendar.walk("VEVENT"))


@pytest.mark.parametrize(
    "path", ["/", "/search?q=azer", "/pairs/AZ/VN", "/events/established-AZ-VN", "/countries/SU", "/check", "/about"]
)
def test_all_is_reached_with_keys_alone(browser, site, path):
    with window(browser, site, reduced_motion="reduce") as page:
        page.goto(path)
        count = page.evaluate(REACHABLE)
        walked = {}
        for _ in range(3 * count):  # within a field of a day, whose parts the browser itself marks, several keys
            page.keyboard.press("Tab")
            place, *seen = page.evaluate(FOCUSED)
            if place == -1 or (place == 0 and len(walked) > 1):
                break
            walked.setdefault(place, seen)
        else:
            pytest.fail("there is no way out of the page")
        assert list(walked) == list(range(count))
        assert [html for is_seen, is_marked, html in walked.values() if not (is_seen and is_marked)] == []
        assert "skip" in walked[0][-1]


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
