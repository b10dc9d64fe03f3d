"""``kneewise notify`` as a user types it, against a real mail server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from smtp_server import Inbox, serving
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import KneewiseError


class Terminal:
    def __init__(self, home: Path, inbox: Inbox) -> None:
        self.env = {
            "KNEEWISE_HOME": str(home),
            "KNEEWISE_SMTP_HOST": "127.0.0.1",
            "KNEEWISE_SMTP_PORT": str(inbox.port),
            "KNEEWISE_SMTP_SECURITY": "none",
            "KNEEWISE_SMTP_FROM": "knee@example.org",
        }

    def says(self, *words: str) -> str:
        done = CliRunner().invoke(app, words, env=self.env)
        if done.exception:
            raise done.exception
        return done.stdout

    def answers(self, *words: str) -> Any:
        return json.loads(self.says(*words, "--json"))


def test_a_channel_is_added_tried_listed_and_removed(tmp_path: Path) -> None:
    with serving() as inbox:
        kneewise = Terminal(tmp_path, inbox)
        kneewise.says("athlete", "add", "Ada", "--zone", "Europe/Berlin")
        assert "nothing is sent" in kneewise.says("notify", "list")
        assert kneewise.says("notify", "add", "ada@example.org").startswith("Channel 1: a…@example.org.")
        (tried,) = kneewise.answers("notify", "test", "1")
        assert (tried["state"], tried["address"], tried["attempts"]) == ("sent", "a…@example.org", 1)
        assert inbox.mails[0].mail["Subject"] == "Kneewise: a test message"
        assert inbox.mails[0].message_id == tried["message_id"]

        inbox.answer_rcpt = lambda address: "550 no such user"
        with pytest.raises(KneewiseError, match="has not been sent"):
            kneewise.says("notify", "test")
        assert "550 no such user" in kneewise.says("notify", "log")
        assert [d["state"] for d in kneewise.answers("notify", "log")] == ["sent", "failed"]
        assert [row["messages_failed"] for row in kneewise.answers("status")] == [1]
        assert "ada: 1 messages not sent" in kneewise.says("status")

        kneewise.says("notify", "choose", "shoe", "weekly")
        kneewise.says("notify", "choose", "weekly_report", "off")
        assert "quiet hours 21:30-07:00 (Europe/Berlin)" in kneewise.says("notify", "quiet", "21:30-7:00")
        kneewise.says("notify", "snooze", "run_spike", "--until", "2099-01-01")
        told = kneewise.answers("notify", "list")
        (way,) = told["athletes"]
        assert (way["choices"]["shoe"], way["choices"]["weekly_report"]) == ("weekly", "off")
        assert (way["choices"]["red_flag"], way["quiet_hours"]) == ("at_once", "21:30-07:00")
        assert way["snoozes"] == [{"kind": "run_spike", "subject": "", "until": "2099-01-01"}]
        assert "@example" in json.dumps(told) and "ada@example" not in json.dumps(told)
        assert kneewise.says("notify", "send") == "0 sent, 0 failed, 0 to be tried again.\n"
        assert "Removed channel 1" in kneewise.says("notify", "remove", "1")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("add", "no address"), "is not one mail address"),
        (("choose", "shoes", "off"), "is no kind"),
        (("choose", "shoe", "daily"), "the choice is off or at_once or weekly"),
        (("choose", "weekly_report", "at_once"), "the choice is off or weekly"),
        (("quiet", "25:00-7:00"), "are no hours"),
        (("snooze", "shoe", "--until", "tomorrow"), "is not a date"),
        (("remove", "7"), "has no channel 7"),
        (("test", "7"), "no such channel"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(tmp_path: Path, words: tuple[str, ...], reason: str) -> None:
    with serving() as inbox:
        kneewise = Terminal(tmp_path, inbox)
        kneewise.says("athlete", "add", "Ada")
        with pytest.raises(KneewiseError, match=reason):
            kneewise.says("notify", *words)
    assert inbox.mails == []
