"""Another site makes Ada's browser send a form: nothing happens, whichever part of the form it can guess."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from signing_in import PASSWORD, Browser

from pipelines.serving.reach import Reach
from reports.dashboard.app import App, create_app
from reports.dashboard.forgery import token_for
from reports.dashboard.routes import ALL

EVERYWHERE = "/account/sign-out-everywhere"


def is_still_signed_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


def test_a_form_without_its_token_does_nothing(ada: Browser) -> None:
    assert ada.client.post(EVERYWHERE).status_code == 403
    assert ada.client.post(EVERYWHERE, data={"csrf": ""}).status_code == 403
    assert is_still_signed_in(ada)


def test_a_token_of_another_session_does_nothing(ada: Browser, eve: Browser) -> None:
    for foreign in (eve.token("/account"), token_for("guessed"), token_for(""), "é"):
        assert ada.client.post(EVERYWHERE, data={"csrf": foreign}).status_code == 403
    assert is_still_signed_in(ada)


def test_a_token_from_before_signing_in_anew_does_nothing(ada: Browser) -> None:
    old = ada.token("/account")
    ada.client.post("/logout", data={"csrf": old})
    ada.sign_in("ada@example.org")
    assert ada.client.post(EVERYWHERE, data={"csrf": old}).status_code == 403


@pytest.mark.parametrize(
    "sent",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},  # another server of the same computer
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_does_nothing_even_with_the_right_token(
    ada: Browser, sent: dict[str, str]
) -> None:
    done = ada.client.post(EVERYWHERE, data={"csrf": ada.token("/account")}, headers=sent)
    assert done.status_code == 403
    assert is_still_signed_in(ada)


def test_our_own_form_is_taken(ada: Browser) -> None:
    own = {"origin": "http://127.0.0.1:8080", "sec-fetch-site": "same-origin"}
    assert ada.client.post(EVERYWHERE, data={"csrf": ada.token("/account")}, headers=own).status_code == 303
    assert not is_still_signed_in(ada)


def test_nobody_is_signed_in_as_somebody_else_by_a_foreign_form(app: App, ada: Browser) -> None:
    visitor = Browser(app)
    fields = {"email": "ada@example.org", "password": PASSWORD}
    assert visitor.client.post("/login", data=fields).status_code == 403
    visitor.get("/login")
    assert visitor.client.post("/login", data={"csrf": token_for("x"), **fields}).status_code == 403
    other = Browser(app)
    foreign = other.token("/login")
    assert visitor.client.post("/login", data={"csrf": foreign, **fields}).status_code == 403
    assert "kneewise_session" not in visitor.client.cookies


def test_every_form_that_changes_something_is_held_to_its_token(app: App, ada: Browser) -> None:
    """All POST routes, as a signed-in owner and admin, without a token: none is taken."""
    posts = [route for pages in ALL for route in pages.routes if "POST" in route.methods]  # type: ignore[attr-defined]
    assert len(posts) > 20
    for route in posts:
        path = route.path.format_map(Filled())  # type: ignore[attr-defined]
        if path.startswith(("/links/", "/api/", "/admin/", "/coach/")) or path.endswith("/give-back"):
            continue  # signed by themselves, by a token, or not there for Ada
        assert ada.client.post(path).status_code == 403, path


class Filled(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return {"athlete": "ada"}.get(key, "1")


def test_looking_changes_nothing(ada: Browser) -> None:
    for path in ("/logout", EVERYWHERE, "/account/password"):
        assert ada.get(path).status_code in (404, 405)
    assert is_still_signed_in(ada)


def test_a_method_in_a_disguise_is_what_it_is(ada: Browser, reach: Reach) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert ada.client.request(method, "/account").status_code == 405
    disguised = ada.client.get(
        EVERYWHERE, headers={"x-http-method-override": "POST"}, params={"_method": "POST"}
    )
    assert disguised.status_code == 405
    assert ada.client.head("/account").status_code == 405
    assert is_still_signed_in(ada)


def test_a_rehearsal_is_for_tests_alone() -> None:
    """The app that a server runs was not told who looks, so its forms are held to their token."""

    class Nobody:
        def viewer(self, session_token: str | None) -> None:
            return None

    served = create_app(Nobody())  # type: ignore[arg-type]
    assert TestClient(served, "http://localhost").post("/login").status_code == 403
