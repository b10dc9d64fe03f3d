"""Something that runs by itself fails: told once, at once, until it has worked again."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from page_text import flat
from pipelines_cli import PROJECT
from smtp_server import Inbox, serving
from told_home import ADA, told_home

from features.training_log import CheckIn, Symptom
from pipelines import steps
from pipelines.errors import BusyError
from pipelines.logbook import telling
from pipelines.logbook.telling import Choice
from pipelines.steps import Home
from pipelines.telling import trouble
from pipelines.warehouse import store
from reports.alerts import SPIKE


def fails(home: Home, error: Exception | None) -> None:
    try:
        with trouble.told(home, "sync", ["ada"]):
            if error:
                raise error
    except type(error or ()) as raised:
        assert raised is error


def test_a_failure_is_told_once_until_it_works_again(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, clock):
        for error in (
            OSError("disk full"),
            OSError("disk full"),
            BusyError("at work"),
            None,
            OSError("again"),
        ):
            fails(home, error)
            clock.on(days=1)
    texts = [mail.mail.get_body(("plain",)).get_content() for mail in inbox.mails]  # type: ignore[union-attr]
    assert len(texts) == 2
    assert "The sync has failed: OSError: disk full." in texts[0]
    assert "OSError: again." in texts[1]


def test_a_sync_that_raises_is_told_and_raises(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, _):
        with store.open_for_writing(home.settings.warehouse_path) as db:
            db.execute("drop table file")
        with pytest.raises(Exception, match="file"):
            steps.sync(home, {"ada": [tmp_path]}, lambda _: nullcontext(lambda *_: None))
        assert [notice.kind for notice, _ in home.logbook.notices()] == ["sync_broken"]
    assert len(inbox.mails) == 1


def test_a_red_flag_is_sent_with_the_check_in_and_not_with_the_next_sync(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, clock):
        locked = CheckIn("ada", clock.at.date(), symptoms=frozenset({Symptom.LOCKING}))
        home.logbook.put_check_in(locked)
        for _ in range(2):
            steps.deliver_check_ins(home, ADA)
    (got,) = inbox.mails
    body = got.mail.get_body(("plain",))
    assert body is not None
    assert "You told us: The knee locks." in " ".join(body.get_content().split())


def synced(home: Home, *files: Path) -> None:
    steps.sync(home, {"ada": files}, lambda _: nullcontext(lambda *_: None))


def told_texts(inbox: Inbox) -> list[str]:
    return [mail.mail.get_body(("plain",)).get_content() for mail in inbox.mails]  # type: ignore[union-attr]


def test_a_file_that_cannot_be_read_is_told_once_and_the_next_one_by_itself(tmp_path: Path) -> None:
    first, second = tmp_path / "first.fit", tmp_path / "second.gpx"
    first.write_bytes(b"this is no recording")
    second.write_bytes(b"<html>sign in first</html>")
    with serving() as inbox, told_home(tmp_path / "home", smtp_port=inbox.port) as (home, clock):
        for files in ((first,), (first,), (first, second), (first, second)):
            synced(home, *files)
            clock.on(days=1)
    one, other = told_texts(inbox)
    assert "1 file could not be read: first.fit (" in flat(one)
    assert "1 file could not be read: second.gpx (" in flat(other) and "first.fit" not in other


def test_silence_is_told_once_after_ten_days_and_again_after_a_run(tmp_path: Path) -> None:
    week = PROJECT / "data_samples" / "jonas"
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, clock):
        clock.set("2026-11-08T12:00")
        telling.choose(home.logbook, "ada", SPIKE, Choice.OFF)
        synced(home, week / "2026-11-07-long.fit.gz")
        told = []
        for day in range(9, 30):
            clock.set(f"2026-11-{day:02d}T12:00")
            synced(home, *([week / "2026-11-14-long.fit.gz"] if day == 18 else []))
            told += [day] * (len(inbox.mails) - len(told))
    assert told == [17, 24]
    assert all("NO RECORDINGS" in text for text in told_texts(inbox))
