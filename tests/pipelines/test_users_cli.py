"""Accounts from the command line: for whoever has the computer, links instead of passwords."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines_cli import answer, kneewise

from pipelines import settings, steps
from pipelines.logbook import accounts, invitations
from pipelines.logbook.accounts import NewAccount
from pipelines.serving.accounts import real_time


def link(words: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8080/invite/(\S+)", words)
    assert found, words
    return found.group(1)


def test_accounts_are_listed_invited_and_changed(tmp_path: Path) -> None:
    with steps.open_home(settings.load(tmp_path)) as home, home.logbook.engine.begin() as db:
        accounts.add(db, NewAccount("Root", "Root@example.org", "-", is_admin=True), real_time())
    assert kneewise("users", "disable", "root@example.org", home=tmp_path).stderr == (
        "kneewise: this is the only admin. Make somebody else one first: kneewise users make-admin EMAIL\n"
    )
    invited = kneewise("users", "invite", "coach", "--email", "cleo@example.org", home=tmp_path)
    reset = kneewise("users", "reset-password", "root@example.org", home=tmp_path)
    assert kneewise("users", "make-coach", "root@example.org", home=tmp_path).returncode == 0
    with steps.open_home(settings.load(tmp_path)) as home:
        now = real_time()
        coach = invitations.read(home.logbook, link(invited.stdout), now)
        password = invitations.read(home.logbook, link(reset.stdout), now)
    assert coach is not None
    assert (coach.role, coach.email) == ("coach", "cleo@example.org")
    assert password is not None
    assert (password.role, password.account) == ("password", 1)
    (root,) = answer("users", "list", home=tmp_path)
    assert (root["email"], root["is_coach"], root["is_admin"]) == ("Root@example.org", True, True)


def test_a_coach_s_digest_is_ended_and_begun_again(tmp_path: Path) -> None:
    with steps.open_home(settings.load(tmp_path)) as home, home.logbook.engine.begin() as db:
        accounts.add(db, NewAccount("Cleo", "cleo@example.org", "-", is_admin=True), real_time())
    refused = kneewise("users", "digest", "cleo@example.org", "--on", home=tmp_path)
    assert refused.stderr == (
        "kneewise: cleo@example.org is no coach. See: kneewise users make-coach cleo@example.org\n"
    )
    kneewise("users", "make-coach", "cleo@example.org", home=tmp_path)
    for choice, shown in (("--off", "off"), ("--on", None)):
        assert kneewise("users", "digest", "cleo@example.org", choice, home=tmp_path).returncode == 0
        assert answer("users", "list", home=tmp_path)[0]["digest"] == shown


def test_what_does_not_fit_is_said_in_one_line(tmp_path: Path) -> None:
    for words, said in (
        (("invite", "runner"), "invite an athlete or a coach, not 'runner'."),
        (("invite", "coach", "--athlete", "ada"), "--athlete is for athletes"),
        (("invite", "athlete", "--email", "nobody"), "'nobody' is not an e-mail address"),
        (("disable", "bo@example.org"), "no account has the e-mail address 'bo@example.org'"),
    ):
        done = kneewise("users", *words, home=tmp_path)
        assert done.returncode == 1
        assert said in done.stderr
