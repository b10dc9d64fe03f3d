"""A logbook on a server: opened by many at once, found by its URL, its password never shown."""

from __future__ import annotations

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pipelines_cli import PROJECT, answer, kneewise
from postgres_server import Server
from told_home import ADA, a_notice, tell_once

from pipelines import settings
from pipelines.errors import KneewiseError
from pipelines.logbook.place import sole
from pipelines.logbook.store import LATEST, open_logbook

RUN = PROJECT / "data_samples" / "jonas" / "2026-11-14-long.fit.gz"
OPEN = """
import sys
from pipelines.logbook.store import open_logbook
with open_logbook(sys.argv[1]) as logbook:
    print(len(logbook.athletes()))
"""


def test_many_who_open_it_first_at_once_make_it_once(postgres: Server) -> None:
    url = postgres.empty_database()
    command = [sys.executable, "-c", OPEN, url]
    processes = [subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE) for _ in range(4)]
    assert [process.communicate()[0].strip() for process in processes] == [b"0"] * 4
    with open_logbook(url) as logbook, logbook.engine.connect() as db:
        assert db.exec_driver_sql("select version_num from alembic_version").all() == [(LATEST,)]


def test_many_who_tell_the_same_at_once_tell_it_once(postgres: Server) -> None:
    with open_logbook(postgres.database()) as logbook:
        logbook.add_athlete(ADA)
        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(lambda _: tell_once(logbook, [a_notice()]), range(8)))
        assert sum(map(len, told)) == 1
        assert len(logbook.notices()) == 1


def test_it_says_when_anything_was_written_and_not_when_it_was_read(postgres: Server) -> None:
    url = postgres.database()
    with open_logbook(url) as logbook, open_logbook(url) as other:
        before = logbook.change()
        assert other.athletes() == ()
        assert logbook.change() == before
        other.add_athlete(ADA)
        assert logbook.change() != before


def test_one_at_a_time_does_what_is_done_once(postgres: Server, tmp_path: Path) -> None:
    url, nowhere = postgres.database(), tmp_path / "not-used.lock"
    with open_logbook(url) as logbook, open_logbook(url) as other:
        with sole(logbook.engine, "send", nowhere) as first, sole(other.engine, "send", nowhere) as second:
            assert (first, second) == (True, False)
        with sole(other.engine, "send", nowhere) as second:
            assert second
    assert not nowhere.exists()


def test_a_connection_that_the_server_has_closed_is_made_anew(postgres: Server) -> None:
    with open_logbook(postgres.database()) as logbook:
        assert logbook.athletes() == ()
        postgres.hang_up()
        logbook.add_athlete(ADA)
        assert logbook.athletes() == (ADA,)


def test_the_whole_story_on_a_server(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "url"
    secret.write_text(f"{postgres.database()}\n", encoding="utf-8")
    monkeypatch.setenv("KNEEWISE_LOGBOOK_URL_FILE", str(secret))
    home = tmp_path / "home"
    for words in (
        ("athlete", "add", "Jo", "--zone", "Europe/Berlin", "--condition", "gout"),
        ("shoes", "add", "Red", "--bought", "2026-01-01"),
        ("sync", RUN),
        ("rpe", "last", "7"),
        ("checkin", "--running", "3"),
        ("athlete", "check", "hips_level=no"),
        ("rebuild",),
        ("report",),
    ):
        done = kneewise(*words, home=home)
        assert done.returncode == 0, (words, done.stderr)
    run = answer("activities", "show", "last", home=home)
    assert run["rpe"] == 7.0
    (listed,) = answer("activities", home=home)
    assert listed["shoe"] == "red"
    (status,) = answer("status", home=home)
    assert status["level"] in ("elevated", "unknown")
    assert not (home / "logbook.sqlite").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://me:hush@host/db", "begins with mysql://, which is not supported"),
        ("hush", "is no URL"),
        ("postgresql://me:hush@127.0.0.1:{closed}/db", r"cannot be had at postgresql://me:\*\*\*@127.0.0.1"),
        ("postgresql://me:hush@127.0.0.1:{open}/db", 'role "me" does not exist. Is the server running'),
        ("postgresql://postgres:hush@127.0.0.1:{open}/gone", 'database "gone" does not exist'),
    ],
)
def test_a_url_that_leads_nowhere_says_so_without_the_password(postgres: Server, url: str, said: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        told = url.format(closed=probe.getsockname()[1], open=postgres.port)
        with pytest.raises(KneewiseError, match=said) as refused, open_logbook(told):
            pass
    assert "hush" not in str(refused.value)


def test_the_setting_is_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.load(tmp_path).logbook_place() == tmp_path / "logbook.sqlite"
    monkeypatch.setenv("KNEEWISE_LOGBOOK_URL", "postgresql://me:hush@host/db")
    told = settings.load(tmp_path)
    assert told.logbook_place() == "postgresql://me:hush@host/db"
    assert "hush" not in repr(told)
    monkeypatch.setenv("KNEEWISE_LOGBOOK_URL_FILE", str(tmp_path / "gone"))
    with pytest.raises(KneewiseError, match=r"logbook_url_file: .* cannot be read"):
        settings.load(tmp_path).logbook_place()
