"""Chromium as readers use it. A window watches where its requests go, and what the browser complains of."""

import os
import shutil
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
SCHEMES = ("light", "dark")
_READER = {"viewport": DESKTOP, "locale": "vi-VN", "color_scheme": "light"}


@contextmanager
def chromium():
    """Debian's Chromium, without a screen; its sandbox does not work for root."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


def visit(page, shown):
    """Open a page of the table; the status of its answer. A form is filled in and sent as its readers do."""
    answer = page.goto(shown.path)
    if not shown.draft:
        return answer.status
    page.locator("textarea[name=text]").fill(shown.draft)
    with page.expect_navigation() as sent:
        page.locator(".draft-form button").first.click()
    return sent.value.status


@contextmanager
def window(browser, site, **options):
    """A page of a reader who has been nowhere yet, in Vietnamese and on a desk unless the options of Playwright say more.

    At the end nothing may have been asked of another host, and nothing may stand in the console: no error of a script,
    nothing that the Content-Security-Policy refused. That a page was answered with 404 is no complaint.
    """
    context = browser.new_context(base_url=site, **(_READER | options))
    requests, complaints = [], []

    def heard(message):
        pages = {request.url for request in requests if request.is_navigation_request()}
        is_status = message.text.startswith("Failed to load resource") and message.location["url"] in pages
        if message.type in ("error", "warning") and not is_status:
            complaints.append(message.text)

    context.on("request", lambda request: requests.append(request))
    context.on("console", heard)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    try:
        yield context.new_page()
        host = urlsplit(site).netloc
        elsewhere = [request.url for request in requests if urlsplit(request.url).netloc != host]
        assert elsewhere == [], elsewhere
        assert complaints == [], complaints
    finally:
        context.close()
