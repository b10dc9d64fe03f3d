"""Sessions cannot be planted, guessed, read by a script, or kept beyond their end; passwords cannot be tried at will."""

from __future__ import annotations

import statistics
import time
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from signing_in import PASSWORD, Browser, add_account

from pipelines.logbook import attempts
from pipelines.serving.accounts import Accounts
from pipelines.serving.reach import Reach
from pipelines.serving.store import ServedStore
from reports.dashboard.app import App, create_app
from reports.dashboard.refusals import Refused
from reports.dashboard.site import Site

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def cookie(answer: object, name: str) -> dict[str, str]:
    found: SimpleCookie = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):  # type: ignore[attr-defined]
        found.load(line)
    return {key: str(value) for key, value in found[name].items() if value}


def test_a_session_that_somebody_planted_is_not_taken_over(reach: Reach, app: App) -> None:
    add_account(reach, "ada")
    planted = "A" * 43
    browser = Browser(app)
    browser.client.cookies.set("kneewise_session", planted)
    browser.sign_in("ada@example.org")
    attacker = Browser(app)
    attacker.client.cookies.set("kneewise_session", planted)
    assert attacker.get("/account").status_code == 303


def test_signing_in_gives_a_new_session_and_ends_the_one_before(ada: Browser, app: App) -> None:
    before = ada.client.cookies["kneewise_session"]
    form = ada.token("/account")
    ada.client.post("/login", data={"csrf": form, "email": "ada@example.org", "password": PASSWORD})
    assert ada.client.cookies["kneewise_session"] != before
    old = Browser(app)
    old.client.cookies.set("kneewise_session", before)
    assert old.get("/account").status_code == 303


def test_a_session_that_was_signed_out_of_is_over(ada: Browser, app: App) -> None:
    token = ada.client.cookies["kneewise_session"]
    answer = ada.client.post("/logout", data={"csrf": ada.token("/account")})
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    thief = Browser(app)
    thief.client.cookies.set("kneewise_session", token)
    assert thief.get("/account").status_code == 303


def test_behind_tls_the_cookie_is_for_this_host_and_for_tls_alone(reach: Reach) -> None:
    add_account(reach, "ada")
    site = Site("https://knee.example.org")
    browser = Browser(create_app(ServedStore(reach), site=site), "https://knee.example.org")
    answer = browser.sign_in("ada@example.org")
    told = cookie(answer, "__Host-kneewise_session")
    assert told == {
        "path": "/",
        "max-age": "2592000",
        "secure": "True",
        "httponly": "True",
        "samesite": "lax",
    }
    assert browser.get("/account").headers["strict-transport-security"] == "max-age=31536000"
    plain = Browser(create_app(ServedStore(reach), site=site), "https://knee.example.org")
    plain.client.cookies.set("kneewise_session", browser.client.cookies["__Host-kneewise_session"])
    assert plain.get("/account").status_code == 303


def test_on_this_computer_alone_the_cookie_works_without_tls(reach: Reach, app: App) -> None:
    add_account(reach, "ada")
    told = cookie(Browser(app).sign_in("ada@example.org"), "kneewise_session")
    assert told == {"path": "/", "max-age": "2592000", "httponly": "True", "samesite": "lax"}


def test_passwords_cannot_be_tried_at_will(reach: Reach, app: App) -> None:
    add_account(reach, "ada")
    attacker = Browser(app)
    for email in (
        "ada@example.org",
        "ADA@example.org ",
        "ada@Example.ORG",
        "ada@example.org",
        "ada@example.org",
    ):
        assert "do not belong together" in attacker.sign_in(email, "a wrong password").text
    assert "too many tries" in attacker.sign_in("ada@example.org", PASSWORD).text  # even with the right one


def test_each_failure_more_doubles_the_wait_up_to_five_minutes(reach: Reach) -> None:
    add_account(reach, "ada")
    account, now, waits = attempts.an_account("ada@example.org"), NOON, []
    for _ in range(5):
        assert attempts.begin(reach.logbook, [account], now) == timedelta()
    for _ in range(11):
        waits.append(attempts.begin(reach.logbook, [account], now).total_seconds())
        now += timedelta(seconds=waits[-1])
        assert attempts.begin(reach.logbook, [account], now) == timedelta()
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    now += timedelta(minutes=5)
    assert Accounts(reach.logbook, lambda: now).sign_in("ada@example.org", PASSWORD, "::1")
    for _ in range(5):  # its owner got in, and all is forgotten
        assert attempts.begin(reach.logbook, [account], now) == timedelta()


def test_one_address_that_tries_many_accounts_is_stopped_and_a_restart_forgets_nothing(reach: Reach) -> None:
    for number in range(20):
        with pytest.raises(Refused, match="do not belong"):
            Accounts(reach.logbook).sign_in(f"someone-{number}@example.org", "wrong", "203.0.113.9")
    with pytest.raises(Refused, match="too many tries"):
        Accounts(reach.logbook).sign_in("someone-else@example.org", "wrong", "203.0.113.9")
    with pytest.raises(Refused, match="do not belong"):
        Accounts(reach.logbook).sign_in("someone-else@example.org", "wrong", "203.0.113.10")


def test_whoever_has_a_network_of_addresses_is_one_and_their_neighbour_another(reach: Reach) -> None:
    def tries(address: str, number: int) -> None:
        Accounts(reach.logbook).sign_in(f"someone-{number}@example.org", "wrong", address)

    for number in range(20):
        with pytest.raises(Refused, match="do not belong"):
            tries(f"2001:db8:0:1:{number:x}::{number:x}", number)
    with pytest.raises(Refused, match="too many tries"):
        tries("2001:db8:0:1:ffff::9", 90)
    with pytest.raises(Refused, match="do not belong"):
        tries("2001:db8:0:2::1", 91)
    assert attempts.an_address("::ffff:192.0.2.1") == attempts.an_address("192.0.2.1")
    assert attempts.an_address("192.0.2.1") != attempts.an_address("192.0.2.2")
    assert attempts.an_address("unknown").name == "unknown"


def test_an_account_that_does_not_exist_is_refused_in_the_same_words_and_throttled_the_same(
    reach: Reach, app: App
) -> None:
    add_account(reach, "ada")
    answers = []
    for email in ("ada@example.org", "nobody@example.org"):
        browser = Browser(app)
        pages = [browser.sign_in(email, "wrong") for _ in range(8)]
        answers.append(
            [(p.status_code, "too many tries" in p.text, "belong together" in p.text) for p in pages]
        )
    assert answers[0] == answers[1]


def test_an_account_that_does_not_exist_takes_as_long(reach: Reach) -> None:
    add_account(reach, "ada")
    took: dict[str, list[float]] = {"ada": [], "nobody": []}
    for round_ in range(4):  # below what is throttled
        for name in took:
            began = time.perf_counter()
            with pytest.raises(Refused, match="belong together"):
                Accounts(reach.logbook).sign_in(f"{name}@example.org", "wrong", f"192.0.2.{round_}")
            took[name].append(time.perf_counter() - began)
    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.4 < known / unknown < 2.5  # without the same work it would be a hundred times


def test_a_password_of_any_length_costs_no_more(reach: Reach) -> None:
    add_account(reach, "ada")
    began = time.perf_counter()
    with pytest.raises(Refused):
        Accounts(reach.logbook).sign_in("ada@example.org", "x" * 50_000_000, "::1")
    assert time.perf_counter() - began < 5
