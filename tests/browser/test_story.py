"""The whole story in a real browser, on a phone and on a desktop, as it is told in the README."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from browsing import page_of
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.slow
JONAS = Path(__file__).resolve().parents[2] / "data_samples" / "jonas"
PASSWORD = "seven old running shoes"
ZONE = "Europe/Berlin"


def press(page: Page, name: str, role: str = "button") -> None:
    page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]


def join(page: Page, link: str, name: str, email: str) -> None:
    """Make an account behind a link."""
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    zone = page.get_by_label("Time zone")
    if zone.count():
        zone.select_option(ZONE)
    press(page, "Make my account")


def invite(page: Page, url: str, role: str) -> str:
    page.goto(f"{url}/admin")
    page.get_by_label(role, exact=True).check(force=True)
    press(page, "Make a link")
    return page.locator(".secret").inner_text().strip()


def an_export(folder: Path) -> Path:
    """Jonas's last ten weeks, packed as a service would."""
    packed = folder / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(JONAS.iterdir()):
            if file.name >= "2026-09-07":
                archive.write(file, f"activities/{file.name}")
    return packed


def upload(page: Page, url: str, packed: Path) -> None:
    page.goto(f"{url}/a/jonas/upload")
    page.get_by_label("Choose files").set_input_files(packed)
    press(page, "Upload")
    page.wait_for_url("**/upload/2*")
    expect(page.get_by_text("waiting", exact=False).first).to_be_hidden(timeout=120_000)
    expect(page.get_by_role("status").first).to_contain_text("imported")


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_from_the_first_start_to_a_coach_who_sees_exactly_what_was_shared(
    browser: Browser, served, tmp_path: Path, width: str
) -> None:
    root, jonas = page_of(browser, width), page_of(browser, width)

    root.goto(served.setup_link())
    root.get_by_label("Your name").fill("Root")
    root.get_by_label("E-mail address").fill("root@example.org")
    root.get_by_label("Password").fill(PASSWORD)
    root.get_by_label("No", exact=True).check(force=True)
    press(root, "Make my account")
    expect(root).to_have_url(f"{served.url}/admin")

    join(jonas, invite(root, served.url, "Athlete"), "Jonas", "jonas@example.org")
    expect(jonas.get_by_text("Nothing is recorded yet")).to_be_visible()

    upload(jonas, served.url, an_export(tmp_path))
    jonas.goto(f"{served.url}/a/jonas/week/2026-W46")
    expect(jonas.locator(".say").first).to_be_visible()
    expect(jonas.locator("main")).to_contain_text("21.1 km")
