"""Headers of every answer, errors too; names that the server does not go by; bodies that are too large."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from signing_in import Browser

from pipelines.serving.reach import Reach
from pipelines.serving.store import ServedStore
from reports.dashboard import bodies
from reports.dashboard.app import App, create_app
from reports.dashboard.shell.headers import ALWAYS
from reports.dashboard.site import Site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/login", 200),
        ("/account", 200),
        ("/nothing", 404),
        ("/a/eve/pain", 404),
        ("/logout", 405),
        ("/health", 200),
    ],
)
def test_every_answer_says_what_a_browser_may_do_with_it(ada: Browser, path: str, status: int) -> None:
    answer = ada.client.get(path, follow_redirects=path == "/login")
    assert answer.status_code == (200 if path == "/login" else status) or path == "/login"
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert len(answer.headers["x-request-id"]) == 12


def test_an_error_of_ours_carries_them_too_and_says_nothing_of_itself(reach: Reach) -> None:
    class Broken(ServedStore):
        def health(self) -> None:  # type: ignore[override]
            raise ValueError("ada's knee")

    app = create_app(Broken(reach), site=Site())
    answer = TestClient(app, "http://localhost", raise_server_exceptions=False).get("/health")
    assert answer.status_code == 500
    assert set(map(str.lower, ALWAYS)) <= set(answer.headers)
    assert answer.headers["x-request-id"] in answer.text
    assert "knee" not in answer.text.replace("kneewise", "").replace("Kneewise", "").split("<footer")[0]


def test_the_look_is_asked_for_again_but_not_sent_again(app: App) -> None:
    browser = Browser(app)
    first = browser.get("/static/kneewise.css")
    assert first.headers["cache-control"] == "no-cache"
    again = browser.get("/static/kneewise.css", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/"]
)
def test_nothing_but_the_look_is_served_as_files(app: App, path: str) -> None:
    answer = Browser(app).get(path)
    assert answer.status_code == 404
    assert "create_app" not in answer.text


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:8080", "", "localhost@evil.example", "a b"],
)
def test_another_name_is_not_answered_for(app: App, host: str) -> None:
    answer = TestClient(app, "http://localhost", follow_redirects=False).get("/login", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_a_forwarded_name_changes_nothing(app: App) -> None:
    answer = Browser(app).get(
        "/a/ada", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    )
    assert answer.headers["location"] == "/login?next=%2Fa%2Fada"


def test_a_body_that_is_too_large_is_refused_before_it_is_read(ada: Browser) -> None:
    told = {"content-length": str(bodies.FORM + 1), "content-type": "application/x-www-form-urlencoded"}
    assert ada.client.post("/account/password", content=b"csrf=x", headers=told).status_code == 413


def test_a_body_that_does_not_say_its_length_is_counted_while_it_arrives(ada: Browser) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1_000):
            sent += 1
            yield b"a=" + b"x" * 4096 + b"&"

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert ada.client.post("/account/password", content=endless(), headers=kind).status_code == 413


def test_nobody_who_may_not_makes_the_server_read_a_body(eve: Browser, app: App) -> None:
    """Refused for who they are, although the body is far too large: it was never looked at."""
    huge = {"content-length": str(10**12)}
    assert eve.client.post("/a/ada/upload", content=b"x", headers=huge).status_code == 404
    assert Browser(app).client.post("/a/ada/upload", content=b"x", headers=huge).status_code == 401
    assert Browser(app).client.post("/api/upload", content=b"x", headers=huge).status_code == 401


@pytest.mark.parametrize("number", ["9" * 16, "9" * 5_000, "-1", "1e3", "\u00b2", ""])
@pytest.mark.parametrize(
    "path", ["settings/address/forget", "shoe-rules/end", "tokens/revoke", "privacy/show"]
)
def test_a_number_that_nothing_has_is_refused_in_words(ada: Browser, path: str, number: str) -> None:
    token = ada.token("/account")
    answer = ada.client.post(f"/a/ada/{path}", data={"csrf": token, "number": number})
    assert answer.status_code == 422
