"""Every page by axe, the accessibility checker: nothing serious or critical; no page wider than a phone."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import page_of
from playwright.sync_api import Browser
from signing_in import add_account, session_of

from pipelines import settings
from pipelines.logbook import share_offers
from pipelines.serving import uploads
from pipelines.serving.reach import reaching
from pipelines.serving.serve import running
from pipelines.serving.store import ServedStore
from pipelines.telling import links
from pipelines.warehouse import reading
from reports.dashboard.access import rule_of
from reports.dashboard.routes import ALL
from reports.dashboard.site import Site
from reports.dashboard.viewer import Scope

pytestmark = pytest.mark.slow
NO_PAGES = {"/", "/health"}  # an address that leads on, and one that no person reads
ROUTES = {
    route.path: rule_of(route.endpoint).need.who
    for pages in ALL
    for route in pages.routes
    if "GET" in route.methods and not route.path.startswith("/api/") and route.path not in NO_PAGES
}
# who has a page, the one who sees most of it first
VIEWERS = {
    "anyone": ("",),
    "signed_in": ("jonas",),
    "owner": ("jonas",),
    "reader": ("jonas", "cleo"),
    "coach": ("cleo",),
    "coach_of": ("cleo",),
    "admin": ("root",),
}


@dataclass(frozen=True, slots=True)
class House:
    """A server over the sample athletes with people who have accounts; ``places`` fill addresses.

    ``mailed`` is the token of a link in a message.
    """

    url: str
    sessions: dict[str, str]
    places: dict[str, str]
    mailed: str


@pytest.fixture(scope="module")
def house(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house") / "home"
    shutil.copytree(sample_home, folder)
    config = settings.load(folder)
    with reaching(config) as reach:
        accounts = {
            "jonas": add_account(reach, "jonas", athlete="jonas"),
            "cleo": add_account(reach, "cleo", is_coach=True),
            "root": add_account(reach, "root", is_admin=True),
        }
        now = reach.settings.now()
        code = share_offers.offer(reach.logbook, "jonas", Scope, now)
        share_offers.accept(reach.logbook, code, accounts["cleo"], "Cleo", now)
        with reach.published.reading() as db:
            run = reading.activity_ids(db, "jonas", None)[-1]
        invitation = ServedStore(reach).accounts.invite("athlete", "", "")
        places = {
            "athlete": "jonas",
            "week": "2026-W46",
            "activity": run,
            "shoe": "jonas-red",
            "receipt": uploads.receive(config, "jonas", [("run.fit", io.BytesIO(b"not a run"))]),
            "token": invitation.rsplit("/", 1)[1],
            "code": share_offers.offer(reach.logbook, "jonas", {Scope.TRAINING}, now),
        }
        snooze = links.Link("snooze", "jonas", 0, "run_spike")
        mailed = links.token(links.key(config.link_key_path), snooze, now)
        sessions = {name: session_of(reach, number) for name, number in accounts.items()}
    with running(config, "127.0.0.1", 0) as url:
        yield House(url, sessions, places, mailed)


@pytest.mark.parametrize("path", sorted(ROUTES))
def test_nothing_on_the_page_keeps_people_out(browser: Browser, house: House, path: str) -> None:
    missing = set(re.findall(r"{(\w+)}", path)) - set(house.places)
    assert not missing, f"say in `places` of this test what {missing} may be in {path}"
    for who in VIEWERS[ROUTES[path]]:
        for width, dark in (("phone", False), ("desktop", True)):
            page = page_of(browser, width, dark)
            if who:
                page.context.add_cookies(
                    [{"name": Site().session_cookie, "value": house.sessions[who], "url": house.url}]
                )
            places = {**house.places, **({"token": house.mailed} if path.startswith("/links/") else {})}
            answer = page.goto(house.url + path.format(**places))
            assert answer is not None
            expected = 410 if path.startswith("/setup/") else 200  # the house has an admin already
            assert answer.status == expected, (path, who, answer.status)
            grave = [
                v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")
            ]
            told = "\n".join(f"{v['id']}: {[n['html'] for n in v['nodes']][:3]}" for v in grave)
            assert not grave, f"{path} ({width}, {who or 'anyone'}):\n{told}"
            wider = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wider <= 0, f"{path} is {wider} px wider than a {width}"
            assert page.locator("h1").count() == 1, path
            page.context.close()
