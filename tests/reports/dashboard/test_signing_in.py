"""From the first start to several people: links that let in once, passwords, sessions that end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from httpx import Response
from signing_in import PASSWORD, Browser, add_account

from features.training_log import Athlete
from pipelines import settings
from pipelines.logbook import accounts, consents, invitations, sessions
from pipelines.logbook.consents import Consent
from pipelines.logbook.invitations import Role
from pipelines.serving.accounts import Accounts, real_time
from pipelines.serving.reach import Reach, reaching
from pipelines.serving.store import ServedStore
from reports.dashboard.app import App, create_app
from reports.dashboard.site import Site
from reports.dashboard.viewer import Scope

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def reach(tmp_path: Path) -> Iterator[Reach]:
    with reaching(settings.load(tmp_path)) as opened:
        yield opened


@pytest.fixture
def app(reach: Reach) -> App:
    return create_app(ServedStore(reach), site=Site())


def link_in(page: Response) -> str:
    """The link that the admin's page shows once, as its path."""
    whole = page.text.split('class="secret">')[1].split("<")[0]
    assert whole.startswith("http://127.0.0.1:8080/invite/")
    return whole.removeprefix("http://127.0.0.1:8080")


def test_the_first_admin_comes_through_a_link_that_works_once(reach: Reach, app: App) -> None:
    browser = Browser(app)
    path = f"/setup/{invitations.invite(reach.logbook, 'setup', real_time())}"
    told = {"name": "Ada Berg", "email": "Ada@Example.org", "zone": "Europe/Berlin", "athlete": "new"}
    assert browser.send(path, password="short", **told).status_code == 422
    done = browser.send(path, password=PASSWORD, **told)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert browser.get("/").headers["location"] == "/a/ada-berg"
    assert "Ada Berg" in browser.get("/admin").text
    (ada,) = accounts.accounts(reach.logbook)
    assert (ada.is_admin, ada.athlete) == (True, "ada-berg")
    assert reach.logbook.athlete("ada-berg").zone == "Europe/Berlin"
    again = Browser(app).get(path)
    assert again.status_code == 410
    assert "used already" in again.text


def test_there_is_no_second_first_admin(reach: Reach, app: App) -> None:
    path = f"/setup/{invitations.invite(reach.logbook, 'setup', real_time())}"
    add_account(reach, "root", is_admin=True)
    assert Browser(app).get(path).status_code == 410


def test_a_newer_setup_link_closes_the_older(reach: Reach, app: App) -> None:
    first, second = (f"/setup/{invitations.invite(reach.logbook, 'setup', real_time())}" for _ in range(2))
    assert [Browser(app).get(path).status_code for path in (first, second)] == [410, 200]


def test_an_admin_invites_an_athlete_and_a_coach(reach: Reach, app: App) -> None:
    add_account(reach, "root", is_admin=True)
    admin, guest = Browser(app), Browser(app)
    admin.sign_in("root@example.org")
    shown = admin.send("/admin/invitations", "/admin", role="athlete", email="bo@example.org")
    path = link_in(shown)
    assert path.startswith("/invite/")
    assert path not in admin.get("/admin").text
    guest.send(path, name="Bo", password=PASSWORD, zone="Europe/Oslo", email="someone@else.org")
    assert guest.get("/").headers["location"] == "/a/bo"
    bo = accounts.by_email(
        reach.logbook, "bo@example.org"
    )  # the address that was invited, whatever the form says
    assert (bo.athlete, bo.is_admin, bo.is_coach) == ("bo", False, False)
    shown = admin.send("/admin/invitations", "/admin", role="coach")
    coach = Browser(app)
    coach.send(
        link_in(shown),
        name="Cleo",
        email="cleo@example.org",
        password=PASSWORD,
    )
    assert accounts.by_email(reach.logbook, "cleo@example.org").is_coach
    assert coach.get("/").headers["location"] == "/coach"


def test_an_invitation_can_be_revoked_and_grows_old(reach: Reach, app: App) -> None:
    add_account(reach, "root", is_admin=True)
    admin = Browser(app)
    admin.sign_in("root@example.org")
    shown = admin.send("/admin/invitations", "/admin", role="athlete")
    path = link_in(shown)
    admin.send("/admin/invitations/1/revoke", "/admin")
    assert Browser(app).get(path).status_code == 410
    token = invitations.invite(reach.logbook, "coach", NOW)
    assert invitations.read(reach.logbook, token, NOW + timedelta(days=13)) is not None
    assert invitations.read(reach.logbook, token, NOW + timedelta(days=14)) is None


def test_an_invitation_lets_in_one_and_no_second_who_had_the_form_open(reach: Reach, app: App) -> None:
    bo = add_account(reach, "bo")
    links: tuple[tuple[Role, int | None], ...] = (("coach", None), ("athlete", None), ("password", bo))
    for role, account in links:
        path = f"/invite/{invitations.invite(reach.logbook, role, real_time(), account=account)}"
        late, first = Browser(app), Browser(app)
        form = late.token(path)
        told = {"name": "Guest", "password": "four other running words"}
        assert first.send(path, email=f"first-{role}@example.org", **told).status_code == 303
        sent = {"csrf": form, "email": f"second-{role}@example.org", **told}
        assert late.client.post(path, data=sent).status_code == 410
        assert Browser(app).get(path).status_code == 410
    assert not [one for one in accounts.accounts(reach.logbook) if one.email.startswith("second")]


def test_whoever_is_no_coach_any_more_sees_no_athlete(reach: Reach, app: App) -> None:
    reach.logbook.add_athlete(Athlete("ada", "Ada"))
    add_account(reach, "root", is_admin=True)
    cleo = add_account(reach, "cleo", is_coach=True)
    with reach.logbook.engine.begin() as db:
        now, scopes = reach.settings.now(), frozenset({Scope.TRAINING, Scope.PAIN})
        consents.add(db, Consent("ada", cleo, "cleo", "accepted", scopes, None, now, cleo))
    browser = Browser(app)
    browser.sign_in("cleo@example.org")
    seen = ("/a/ada", "/a/ada/pain", "/coach/notes/ada", "/coach")
    assert [browser.get(path).status_code for path in seen] == [200, 200, 200, 200]
    accounts.set_roles(reach.logbook, cleo, is_admin=False, is_coach=False)
    browser.sign_in("cleo@example.org")
    assert browser.get("/account").status_code == 200
    assert [browser.get(path).status_code for path in seen] == [404, 404, 404, 404]


def test_an_account_that_is_disabled_is_out_at_once_and_the_last_admin_stays(reach: Reach, app: App) -> None:
    add_account(reach, "root", is_admin=True)
    bo = add_account(reach, "bo")
    admin, guest = Browser(app), Browser(app)
    admin.sign_in("root@example.org")
    guest.sign_in("bo@example.org")
    assert guest.get("/account").status_code == 200
    admin.send(f"/admin/users/{bo}/disable", "/admin")
    assert guest.get("/account").status_code == 303
    assert guest.sign_in("bo@example.org").status_code == 422
    assert admin.send("/admin/users/1/disable", "/admin").status_code == 422
    assert admin.get("/admin").status_code == 200
    admin.send(f"/admin/users/{bo}/enable", "/admin")
    assert guest.sign_in("bo@example.org").status_code == 303


def test_another_role_begins_with_signing_in_anew(reach: Reach, app: App) -> None:
    add_account(reach, "root", is_admin=True)
    bo = add_account(reach, "bo")
    admin, guest = Browser(app), Browser(app)
    admin.sign_in("root@example.org")
    guest.sign_in("bo@example.org")
    admin.send(f"/admin/users/{bo}/roles", "/admin", coach="yes")
    assert guest.get("/account").status_code == 303
    guest.sign_in("bo@example.org")
    assert guest.get("/").headers["location"] == "/coach"


def test_a_new_password_ends_all_other_sessions_and_renews_this_one(reach: Reach, app: App) -> None:
    add_account(reach, "bo")
    here, there = Browser(app), Browser(app)
    here.sign_in("bo@example.org")
    there.sign_in("bo@example.org")
    before = here.client.cookies["kneewise_session"]
    wrong = here.send("/account/password", "/account", old="not this one", new="eight new running shoes")
    assert (wrong.status_code, there.get("/account").status_code) == (422, 200)
    here.send("/account/password", "/account", old=PASSWORD, new="eight new running shoes")
    assert here.client.cookies["kneewise_session"] != before
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 303)
    assert there.sign_in("bo@example.org").status_code == 422
    assert there.sign_in("bo@example.org", "eight new running shoes").status_code == 303


def test_a_link_for_a_new_password_ends_every_session(reach: Reach, app: App) -> None:
    add_account(reach, "root", is_admin=True)
    bo = add_account(reach, "bo")
    admin, guest, forgetful = Browser(app), Browser(app), Browser(app)
    admin.sign_in("root@example.org")
    guest.sign_in("bo@example.org")
    shown = admin.send(f"/admin/users/{bo}/password-link", "/admin")
    forgetful.send(link_in(shown), password="eight new running shoes")
    assert forgetful.get("/account").status_code == 200
    assert guest.get("/account").status_code == 303


def test_signing_out_everywhere_leaves_no_session(reach: Reach, app: App) -> None:
    add_account(reach, "bo")
    here, there = Browser(app), Browser(app)
    here.sign_in("bo@example.org")
    there.sign_in("bo@example.org")
    here.send("/account/sign-out-everywhere", "/account")
    assert (here.get("/account").status_code, there.get("/account").status_code) == (303, 303)


def test_a_session_ends_when_it_is_idle_for_a_week_or_a_month_old(reach: Reach) -> None:
    bo = add_account(reach, "bo")
    with reach.logbook.engine.begin() as db:
        idle, used = sessions.start(db, bo, NOW), sessions.start(db, bo, NOW)
    for day in range(1, 30):
        assert sessions.account_of(reach.logbook, used, NOW + timedelta(days=day)) is not None
        is_idle_alive = sessions.account_of(reach.logbook, idle, NOW + timedelta(days=7)) is not None
        assert not is_idle_alive
    assert sessions.account_of(reach.logbook, used, NOW + timedelta(days=30)) is None


def test_being_seen_is_written_once_an_hour_and_makes_no_page_anew(reach: Reach) -> None:
    bo = add_account(reach, "bo")
    with reach.logbook.engine.begin() as db:
        token = sessions.start(db, bo, NOW)
    before = reach.logbook.change()
    seen = []
    for minutes in (0, 59, 60, 100, 119, 120):
        at = NOW + timedelta(minutes=minutes)
        sessions.account_of(reach.logbook, token, at)
        seen.append(sessions.sessions_of(reach.logbook, bo, at)[0].seen_at - NOW)
    assert [int(s.total_seconds() / 60) for s in seen] == [0, 0, 60, 60, 60, 120]
    assert reach.logbook.change() == before


def test_no_secret_is_in_the_logbook(reach: Reach, app: App) -> None:
    add_account(reach, "root", is_admin=True)
    admin = Browser(app)
    admin.sign_in("root@example.org")
    shown = admin.send("/admin/invitations", "/admin", role="athlete")
    token = shown.text.split("/invite/")[1].split("<")[0]
    reach.logbook.engine.dispose()
    kept = b"".join(path.read_bytes() for path in reach.settings.home.glob("logbook.sqlite*"))
    for secret in (token, admin.client.cookies["kneewise_session"], PASSWORD):
        assert secret.encode() not in kept


def test_a_hash_of_another_cost_is_made_anew_when_its_owner_signs_in(reach: Reach) -> None:
    from pwdlib.hashers.argon2 import Argon2Hasher

    bo = add_account(reach, "bo")
    cheap = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with reach.logbook.engine.begin() as db:
        accounts.set_password(db, bo, cheap)
    Accounts(reach.logbook).sign_in("bo@example.org", PASSWORD, "::1")
    kept = accounts.password_hash(reach.logbook, "BO@example.org ")
    assert kept is not None
    assert kept[1].startswith("$argon2id$v=19$m=47104,t=1,p=1$")
