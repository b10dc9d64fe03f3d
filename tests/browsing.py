"""Windows of a real browser, for tests that look at pages as people do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
PATIENCE_S = 60


def page_of(browser: Browser, width: str, dark: bool = False) -> Page:
    """A fresh browser window that fails the test where a page has an error of its own."""
    context = browser.new_context(viewport=WIDTHS[width], color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    page.on("pageerror", lambda error: pytest.fail(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: pytest.fail(f"{page.url} opened a dialog: {dialog.message}"))
    return page
