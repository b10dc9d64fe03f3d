"""Words that people and devices bring are shown as words: no script, no header, no path, no other site in them."""

from __future__ import annotations

import pytest
from signing_in import PASSWORD, Browser, add_account

from pipelines.logbook import invitations
from pipelines.serving.accounts import real_time
from pipelines.serving.reach import Reach
from reports.dashboard.app import App


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example\t",
        "javascript:alert(1)",
        "/\r\nSet-Cookie: kneewise_session=planted",
        "/\nLocation: https://evil.example",
        "http:evil.example",
        " //evil.example",
        "/x\\..\\..\\evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(reach: Reach, app: App, target: str) -> None:
    add_account(reach, "ada")
    browser = Browser(app)
    answer = browser.sign_in("ada@example.org", next=target)
    assert answer.headers["location"] in ("/", "/%09/evil.example")  # the latter is a path of ours
    assert "evil.example" not in answer.headers["location"] or answer.headers["location"].startswith("/%09")
    assert all("planted" not in line for line in answer.headers.get_list("set-cookie"))
    shown = Browser(app).get("/login", params={"next": target}).text
    assert 'value="/"' in shown or 'value="/%09' in shown


def test_a_path_of_ours_is_gone_on_to(reach: Reach, app: App) -> None:
    add_account(reach, "ada")
    answer = Browser(app).sign_in("ada@example.org", next="/a/ada/week/2026-W45?shown=all")
    assert answer.headers["location"] == "/a/ada/week/2026-W45?shown=all"


def test_a_path_that_was_asked_for_is_told_back_as_data(app: App) -> None:
    answer = Browser(app).get('/a/"><b onclick=x>/pain')
    assert answer.headers["location"].startswith("/login?next=%2Fa%2F")
    assert "<" not in answer.headers["location"]
    answer = Browser(app).get("/a/x%0d%0aSet-Cookie:%20planted=1/pain")
    assert "set-cookie" not in answer.headers
    assert "\n" not in answer.headers["location"]


def test_a_name_is_shown_as_it_was_told_and_never_runs(reach: Reach, app: App) -> None:
    add_account(reach, "root", is_admin=True)
    path = f"/invite/{invitations.invite(reach.logbook, 'coach', real_time())}"
    name = "<img src=x onerror=alert(1)>"
    guest, admin = Browser(app), Browser(app)
    refused = guest.send(path, name=name, email='"><script>', password=PASSWORD)
    assert refused.status_code == 422
    assert "<img" not in refused.text
    assert "<script>" not in refused.text.replace('<script src="/static', "")
    guest.send(path, name=name, email="x@example.org", password=PASSWORD)
    admin.sign_in("root@example.org")
    for page in (admin.get("/admin"), guest.get("/account")):
        assert page.status_code == 200
        assert "<img" not in page.text
        assert "&lt;img src=x onerror=alert(1)&gt;" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/admin/users/99999999999999999999/disable",
        "/admin/users/9999999999/enable",
        "/admin/users/-1/password-link",
        "/admin/invitations/99999999999999999999/revoke",
    ],
)
def test_a_number_that_no_store_counts_to_is_refused(reach: Reach, app: App, path: str) -> None:
    add_account(reach, "root", is_admin=True)
    admin = Browser(app)
    admin.sign_in("root@example.org")
    answer = admin.send(path, page="/admin")
    assert answer.status_code == 422
