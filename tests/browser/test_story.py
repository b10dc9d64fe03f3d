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
NOTE = "front of the knee, going downstairs"


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


def last_run(page: Page) -> str:
    """The address of the newest run on a week's page."""
    return page.locator("a[href*='/runs/']").first.evaluate("link => link.href")


def see_and_correct_a_shoe(page: Page, url: str) -> None:
    page.goto(f"{url}/a/jonas/shoes")
    page.get_by_label("What you call it").fill("Red road pair")
    page.get_by_label("In use since").first.fill("2026-09-01")
    page.get_by_label("All runs from that day on are in this pair").uncheck()
    press(page, "Add the pair")
    expect(page.get_by_role("link", name="Red road pair")).to_be_visible()
    page.goto(f"{url}/a/jonas/week/2026-W46")
    page.goto(last_run(page))
    press(page, "Red road pair")
    expect(page.locator("main")).to_contain_text("Red road pair")


def log_pain(page: Page, url: str) -> None:
    page.goto(f"{url}/a/jonas/checkin")
    running = page.get_by_role("group", name="While running")
    running.get_by_label("2", exact=True).check(force=True)
    page.get_by_label("In your own words").fill(NOTE)
    press(page, "Save")
    expect(page.locator("main")).to_contain_text(NOTE)


def share_training(page: Page, url: str) -> str:
    """A link for a coach: level, runs, shoes, and nothing else."""
    page.goto(f"{url}/a/jonas/sharing")
    offer = page.get_by_role("region", name="Share with a coach")
    for box in offer.get_by_role("checkbox").all():
        box.uncheck()
    offer.get_by_label("Training").check()
    press(page, "Make a link")
    return page.locator(".secret").inner_text().strip()


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

    see_and_correct_a_shoe(jonas, served.url)
    log_pain(jonas, served.url)

    cleo = page_of(browser, width)
    join(cleo, invite(root, served.url, "Coach"), "Cleo", "cleo@example.org")
    expect(cleo.get_by_text("Nobody has shared with you yet")).to_be_visible()
    cleo.goto(share_training(jonas, served.url))
    expect(cleo.locator("main")).to_contain_text("Not shared: pain, body, places.")
    press(cleo, "Accept")

    cleo.goto(f"{served.url}/coach")
    expect(cleo.locator("main")).to_contain_text("Jonas")
    seen = [f"{served.url}/a/jonas{path}" for path in ("", "/week/2026-W46", "/history", "/shoes")]
    seen.append(cleo.goto(f"{served.url}/a/jonas") and last_run(cleo))
    for address in seen:
        answer = cleo.goto(address)
        assert answer is not None and answer.status == 200, address
        assert NOTE not in cleo.content(), address
        assert cleo.locator("[data-map]").count() == 0, address
    for path in ("/pain", "/checkin", "/settings", "/data", "/sharing", "/export"):
        answer = cleo.goto(f"{served.url}/a/jonas{path}")
        assert answer is not None and answer.status == 404, path

    jonas.goto(f"{served.url}/a/jonas/access-log")
    expect(jonas.locator("main")).to_contain_text("Cleo")
    jonas.goto(f"{served.url}/a/jonas/sharing")
    press(jonas, "Stop sharing with Cleo")
    for address in seen:
        answer = cleo.goto(address)
        assert answer is not None and answer.status == 404, address
    cleo.goto(f"{served.url}/coach")
    expect(cleo.get_by_text("Nobody has shared with you yet")).to_be_visible()
    assert root.request.get(f"{served.url}/a/jonas").status == 404  # an admin sees no more than anybody
