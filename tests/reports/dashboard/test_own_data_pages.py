"""An athlete's own data in the browser: hidden places, tokens, a zip of everything, and the end of it all."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from signing_in import PASSWORD, Browser, add_account
from viewers import JONAS, MARA, coach_of_mara

from pipelines.logbook import tokens, zones
from pipelines.privacy_zones import hidden
from pipelines.serving.reach import Reach
from pipelines.serving.store import ServedStore
from pipelines.usual_starts import usual_starts
from reports.dashboard.app import create_app
from reports.dashboard.site import Site
from reports.dashboard.viewer import ALL_SCOPES

OWN = ("privacy", "tokens", "export", "delete", "access-log", "sharing")


@pytest.mark.parametrize("page", OWN)
def test_a_page_about_ones_own_data_is_there_for_oneself_alone(client_as, page: str) -> None:
    assert client_as(MARA).get(f"/a/mara/{page}").status_code == 200
    for viewer in (JONAS, coach_of_mara(*ALL_SCOPES)):
        assert client_as(viewer).get(f"/a/mara/{page}").status_code == 404
    assert client_as(None).get(f"/a/mara/{page}", follow_redirects=False).status_code == 303


def hide_first(client, name: str = "Home", radius: str = "300"):
    page = client.get("/a/mara/privacy").text
    start = re.search(r'name="start" value="(\w+)"', page)
    assert start, page
    return client.post(
        "/a/mara/privacy/hide", data={"start": start.group(1), "name": name, "radius_m": radius}
    )


def test_the_place_where_most_runs_begin_is_proposed_and_hidden(client_as, reach) -> None:
    with reach.published.reading() as db:
        first = usual_starts(db, "mara")[0]
    client = client_as(MARA)
    proposed = client.get("/a/mara/privacy").text
    assert f"{first.runs} of your last {first.of_runs} runs began here. This may be home" in proposed
    assert hide_first(client, "Home <i>").status_code == 200
    (kept,) = zones.zones(reach.logbook, "mara")
    assert hidden([kept.zone], *first.place).all()
    assert (
        abs(kept.zone.latitude_deg - first.latitude_deg) * 111_195
        + abs(kept.zone.longitude_deg - first.longitude_deg) * 111_195
        > 0.5 * 300
    )
    page = client.get("/a/mara/privacy").text
    assert "Home &lt;i&gt;" in page and "300 m around it" in page
    assert first.recording not in page  # hidden already
    assert re.search(r'class="hidden-part" d="M[\d.]+ [\d.]+L', page)
    client.post("/a/mara/privacy/show", data={"number": str(kept.id)})
    assert zones.zones(reach.logbook, "mara") == ()


def test_no_coordinates_are_on_the_page(client_as, reach) -> None:
    with reach.published.reading() as db:
        first = usual_starts(db, "mara")[0]
    page = client_as(MARA).get("/a/mara/privacy").text
    assert f"{first.latitude_deg:.2f}" not in page and f"{first.longitude_deg:.2f}" not in page


@pytest.mark.parametrize(
    ("start", "name", "radius", "said"),
    [
        ("nowhere", "Home", "300", "Choose a place"),
        ("", "", "300", "needs a name"),
        ("", "Home", "5", "A radius is"),
    ],
)
def test_a_zone_that_cannot_be_is_refused(client_as, reach, start, name, radius, said) -> None:
    with reach.published.reading() as db:
        first = usual_starts(db, "mara")[0].recording
    sent = {"start": start or first, "name": name, "radius_m": radius}
    answer = client_as(MARA).post("/a/mara/privacy/hide", data=sent)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert zones.zones(reach.logbook, "mara") == ()


def test_nobody_removes_somebody_elses_zone_or_token(client_as, reach) -> None:
    hide_first(client_as(MARA))
    token = make_token(client_as(MARA))
    for path in ("privacy/show", "tokens/revoke"):
        client_as(JONAS).post(f"/a/jonas/{path}", data={"number": "1"})
        assert client_as(JONAS).post(f"/a/mara/{path}", data={"number": "1"}).status_code == 404
    assert len(zones.zones(reach.logbook, "mara")) == 1
    assert tokens.check(reach.logbook, token, reach.settings.now()) is not None


def make_token(client, kind: str = "upload", days: str = "90") -> str:
    page = client.post("/a/mara/tokens", data={"name": "my <b>script</b>", "kind": kind, "days": days}).text
    found = re.search(r"kneewise_(?:upload|read)_[\w-]+", page)
    assert found, page
    return found.group()


def test_a_token_is_shown_once_and_revoked(client_as, reach) -> None:
    client = client_as(MARA)
    token = make_token(client)
    page = client.get("/a/mara/tokens").text
    assert token not in page and "my &lt;b&gt;script&lt;/b&gt;" in page
    assert "works until 14 February" in page and "never used" in page
    assert tokens.check(reach.logbook, token, reach.settings.now()) is not None
    client.post("/a/mara/tokens/revoke", data={"number": "1"})
    assert tokens.check(reach.logbook, token, reach.settings.now()) is None
    assert "revoked 16 November" in client.get("/a/mara/tokens").text


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "", "kind": "upload", "days": "90"},
        {"name": "x", "kind": "admin", "days": "90"},
        {"name": "x", "kind": "read", "days": "9999999"},
    ],
)
def test_a_token_of_another_kind_or_without_a_name_is_refused(client_as, reach, sent) -> None:
    assert client_as(MARA).post("/a/mara/tokens", data=sent).status_code == 422
    assert tokens.tokens(reach.logbook, "mara") == ()


def test_the_zip_downloads_whole(client_as) -> None:
    answer = client_as(MARA).post("/a/mara/export")
    assert answer.headers["content-disposition"] == 'attachment; filename="kneewise-mara.zip"'
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.testzip() is None
        assert manifest["athlete"] == "mara" and manifest["originals"] > 50
        assert b"2026-" in archive.read("derived/days.csv")
    assert client_as(coach_of_mara(*ALL_SCOPES)).post("/a/mara/export").status_code == 404


@pytest.fixture
def mara_signed_in(reach: Reach, store: ServedStore) -> Browser:
    add_account(reach, "mara", athlete="mara")
    browser = Browser(create_app(store, site=Site()))
    browser.sign_in("mara@example.org")
    return browser


def test_nothing_is_deleted_without_the_password(mara_signed_in: Browser, reach: Reach) -> None:
    for wrong in ("", "guess"):
        answer = mara_signed_in.send("/a/mara/delete", password=wrong)
        assert (answer.status_code, "That is not your password." in answer.text) == (422, True)
    assert reach.logbook.athlete("mara").name == "Mara Lind"
    assert mara_signed_in.client.post("/a/mara/delete", data={"password": PASSWORD}).status_code == 403


def test_with_it_everything_goes_and_the_receipt_is_shown(
    mara_signed_in: Browser, reach: Reach, home_folder: Path
) -> None:
    assert mara_signed_in.get("/a/mara").status_code == 200
    answer = mara_signed_in.send("/a/mara/delete", password=PASSWORD)
    assert answer.status_code == 200, answer.text
    assert re.search(r"Receipt 20261116-\w{8}: deleted at 2026-11-16", answer.text)
    assert "warehouse recording: " in answer.text and "logbook account: 1 rows" in answer.text
    assert mara_signed_in.get("/a/mara").status_code == 303  # nobody is signed in
    assert "do not belong together" in mara_signed_in.sign_in("mara@example.org").text
    assert [athlete.id for athlete in reach.logbook.athletes()] == ["jonas"]
    left = [p.name for p in home_folder.rglob("*") if p.is_file() and b"mara@example.org" in p.read_bytes()]
    assert left == []
    with reach.published.reading() as db:
        assert db.execute("select count(*) from recording where athlete = 'mara'").fetchone() == (0,)


def test_a_sketch_has_what_is_hidden_apart(client_as, reach) -> None:
    hide_first(client_as(MARA), radius="500")
    store = ServedStore(reach)
    (zone,) = store.own_data.privacy("mara").hidden
    points = {
        flag: [p for piece in zone.sketch.pieces if piece.is_hidden is flag for p in piece.points]
        for flag in (True, False)
    }
    assert points[True] and points[False]
    assert np.abs(points[True]).max() <= 2 * 500 + 600 and np.abs(points[False]).max() <= zone.sketch.half_m
