"""Something that runs by itself fails: told once, at once, until it has worked again."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from smtp_server import serving
from told_home import ADA, told_home

from features.training_log import CheckIn, Symptom
from pipelines import steps
from pipelines.errors import BusyError
from pipelines.steps import Home
from pipelines.telling import trouble
from pipelines.warehouse import store


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
