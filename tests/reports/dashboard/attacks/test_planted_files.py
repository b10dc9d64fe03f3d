"""What comes in with files and forms is words on every page; archives made to overwhelm or to break out are refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from every_page import paths
from signing_in import Browser, add_account, session_of

from features.training_log import Athlete
from pipelines import settings
from pipelines.logbook import consents
from pipelines.logbook.consents import Consent
from pipelines.serving.catching_up import catch_up
from pipelines.serving.reach import Reach, reaching
from pipelines.serving.store import ServedStore
from reports.dashboard.app import App, create_app
from reports.dashboard.site import Site
from reports.dashboard.viewer import ALL_SCOPES

SCRIPT = '"><script>alert(1)</script>'
QUOTES = "' onmouseover='alert(2)"
PICTURE = "<img src=x onerror=alert(3)>"
STATIC = Path(__file__).resolve().parents[4] / "reports" / "dashboard" / "static"


@pytest.fixture
def reach(tmp_path: Path) -> Iterator[Reach]:
    """Ada's home in the week of her one run."""
    (tmp_path / settings.CONFIG_NAME).write_text("today = 2026-05-02\n", encoding="utf-8")
    with reaching(settings.load(tmp_path)) as opened:
        for name in ("ada", "eve"):
            opened.logbook.add_athlete(Athlete(name, f"{name.title()} {SCRIPT}"))
        yield opened


@pytest.fixture
def app(reach: Reach) -> App:
    return create_app(ServedStore(reach), site=Site())


def tcx(device: str, note: str) -> bytes:
    """A hundred metres from a watch that calls itself so."""
    points = "".join(
        f"<Trackpoint><Time>2026-05-01T06:00:{second:02d}Z</Time><Position><LatitudeDegrees>{59 + second / 5e4}"
        f"</LatitudeDegrees><LongitudeDegrees>18</LongitudeDegrees></Position><AltitudeMeters>20</AltitudeMeters>"
        f"<DistanceMeters>{2.5 * second}</DistanceMeters></Trackpoint>"
        for second in range(41)
    )
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase><Activities><Activity Sport="Running">'
        "<Id>2026-05-01T06:00:00Z</Id>"
        '<Lap StartTime="2026-05-01T06:00:00Z"><TotalTimeSeconds>40</TotalTimeSeconds>'
        f"<DistanceMeters>100</DistanceMeters><Track>{points}</Track></Lap><Notes>{escape(note)}</Notes>"
        f"<Creator><Name>{escape(device)}</Name></Creator></Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def upload(browser: Browser, *files: tuple[str, bytes]) -> str:
    """The receipt's page."""
    form = {"csrf": browser.token("/a/ada/upload")}
    sent = [("file", (name, content, "application/octet-stream")) for name, content in files]
    answer = browser.client.post("/a/ada/upload", data=form, files=sent)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def zipped(*files: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files:
            archive.writestr(name, inside)
    return content.getvalue()


class Planted(HTMLParser):
    """Collects what would run, or load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        runs = [name for name in told if name.startswith("on") or name in ("style", "srcdoc")]
        links = [told.get(name) or "" for name in ("href", "src", "action", "formaction")]
        if runs or any(re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE) for link in links):
            self.found.append(f"{tag} {told}")
        if tag in ("img", "iframe", "object", "embed", "base", "style") or (
            tag == "script" and not (told.get("src") or "").startswith("/static/")
        ):
            self.found.append(f"{tag} {told}")


def test_no_page_runs_what_files_and_forms_brought(reach: Reach, app: App) -> None:
    add_account(reach, "ada", athlete="ada")
    cleo = add_account(reach, f"cleo {QUOTES}", is_coach=True)
    ada = Browser(app)
    ada.sign_in("ada@example.org")
    inside = f"{PICTURE}.tcx"
    gpx = f"<gpx creator={escape(SCRIPT)!r} version='1.1'></gpx>".encode()
    receipt = upload(
        ada,
        (f"run{QUOTES}.tcx", tcx(SCRIPT, PICTURE)),
        (f"{SCRIPT}.gpx", gpx),
        ("all.zip", zipped((inside, b"no workout"), (f"folder{SCRIPT}/x.fit", b"\x0e\x10 no"))),
    )
    catch_up(reach.settings)
    with reach.published.reading() as db:
        assert db.execute("select device from activity").fetchall() == [(SCRIPT,)]
    today = {"day": "2026-05-02", "pain_running": "2"}
    for path, page, fields in (
        ("/a/ada/shoes", None, {"name": SCRIPT, "bought": "2026-04-01", "default": "yes"}),
        ("/a/ada/checkin", None, {**today, "note": PICTURE + QUOTES}),
        ("/a/ada/settings/injury", "/a/ada/settings", {"body_part": SCRIPT, "started_on": "2026-04-01", "note": PICTURE}),
        ("/a/ada/tokens", None, {"name": SCRIPT, "kind": "read", "days": "90"}),
    ):  # fmt: skip
        assert ada.send(path, page, **fields).status_code in (200, 303), path
    reach.logbook.change_athlete(replace(reach.logbook.athlete("ada"), other_sports=PICTURE))
    with reach.logbook.engine.begin() as db:
        now = reach.settings.now()
        consents.add(db, Consent("ada", cleo, SCRIPT, "accepted", frozenset(ALL_SCOPES), None, now, cleo))
    coach = Browser(app)
    coach.client.cookies.set("kneewise_session", session_of(reach, cleo))
    assert coach.send("/coach/notes/ada", text=PICTURE, shared="yes").status_code == 303
    catch_up(reach.settings)

    looked_at = {}
    every = paths(reach, week=("2026-W18",), receipt=(receipt.rpartition("/")[2],))
    for who, browser in (("ada", ada), ("coach", coach)):
        for path in every:
            answer = browser.get(path)
            if answer.status_code == 200 and "text/html" in answer.headers["content-type"]:
                looked_at[who, path] = answer.text
                parser = Planted()
                parser.feed(answer.text)
                assert parser.found == [], (who, path)
    shown = [
        (receipt, PICTURE),
        ("/a/ada/data", PICTURE),
        ("/a/ada/shoes", SCRIPT),
        ("/a/ada", SCRIPT),
        ("/a/ada/pain", PICTURE),
        ("/a/ada/settings", SCRIPT),
        ("/a/ada/tokens", SCRIPT),
        ("/a/ada/sharing", SCRIPT),
        ("/a/ada/notes", PICTURE),
        ("/a/ada/access-log", QUOTES),
    ]
    for path, words in shown:
        page = looked_at["ada", path]
        assert words not in page, path
        assert escape(words).replace("&quot;", "&#34;").replace("&#x27;", "&#39;") in page, path
    assert any("/runs/" in path for who, path in looked_at if who == "coach")


def test_our_scripts_put_words_into_pages_as_words_alone() -> None:
    scripts = list(STATIC.glob("*.js"))
    assert len(scripts) > 3
    for script in scripts:
        dangerous = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
        assert not re.search(dangerous, script.read_text(encoding="utf-8")), script


def test_an_archive_made_to_overwhelm_is_refused_and_what_lies_beside_it_is_read(
    reach: Reach, app: App, tmp_path: Path
) -> None:
    add_account(reach, "ada", athlete="ada")
    ada = Browser(app)
    ada.sign_in("ada@example.org")
    bomb = zipped(("bomb.tcx", bytes(300 * 2**20)))
    assert len(bomb) < 2**20
    nested = zipped(("inner.zip", bomb))
    receipt = upload(ada, ("bomb.zip", bomb), ("nested.zip", nested), ("run.tcx", tcx("watch", "note")))
    catch_up(reach.settings)
    page = " ".join(re.sub(r"<[^>]+>", " ", ada.get(receipt).text).split())
    assert "1 file imported" in page
    assert "2 not read" in page
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) < 50 * 2**20


@pytest.mark.parametrize(
    "name", ["../../../../escaped.tcx", "/escaped.tcx", "..\\..\\escaped.tcx", "a/../../../escaped.tcx"]
)
def test_a_name_in_an_archive_or_of_a_file_leads_nowhere(
    reach: Reach, app: App, tmp_path: Path, name: str
) -> None:
    add_account(reach, "ada", athlete="ada")
    ada = Browser(app)
    ada.sign_in("ada@example.org")
    run = tcx("watch", "note")
    upload(ada, (name, run), ("all.zip", zipped((name, run))))
    catch_up(reach.settings)
    inbox = reach.settings.inbox_path / "ada"
    escaped = [path for path in tmp_path.rglob("*escaped*") if not path.is_relative_to(inbox)]
    assert escaped == []
    assert [path.name for path in inbox.rglob("*.tcx")] == ["escaped.tcx"]
    assert not Path("/escaped.tcx").exists()
