"""The glossary's filter leaves what holds all words, tells how much that is, and gives the rest back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from browsing import page_of
from playwright.sync_api import Browser, expect

from pipelines import settings
from pipelines.serving.serve import running

pytestmark = pytest.mark.slow


def test_words_are_looked_for_together(browser: Browser, sample_home: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_home, tmp_path / "home")
    with running(settings.load(tmp_path / "home"), "127.0.0.1", 0) as url:
        page = page_of(browser, "desktop")
        page.goto(f"{url}/glossary")
        everything = page.locator(".meaning").count()
        page.get_by_label("Find").fill("shoe limit custom")
        expect(page.locator("#e-shoe_limit_m")).to_be_visible()
        expect(page.locator("#e-spike_large_hrr")).to_be_hidden()
        expect(page.locator("#levels")).to_be_hidden()
        left = page.locator(".meaning:visible").count()
        assert 0 < left < 10
        expect(page.get_by_role("status")).to_have_text(f"{left} of {everything}")
        page.get_by_label("Find").fill("")
        expect(page.locator(".meaning:visible")).to_have_count(everything)
