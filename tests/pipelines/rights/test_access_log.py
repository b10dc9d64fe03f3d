"""Who looked at what is stored by the hour, and pages do not wait for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from features.training_log import Athlete
from pipelines.logbook import looks
from pipelines.logbook.store import Logbook, open_logbook
from pipelines.serving.access_log import AccessLog

TEN_PAST = datetime(2026, 11, 16, 12, 10, tzinfo=UTC)
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
CLEO = 2


@pytest.fixture
def logbook(logbook_place: Path | str) -> Iterator[Logbook]:
    with open_logbook(logbook_place) as opened:
        opened.add_athlete(Athlete("ada", "Ada"))
        opened.add_athlete(Athlete("bea", "Bea"))
        yield opened


@pytest.fixture
def commits(logbook: Logbook) -> list[object]:
    counted: list[object] = []
    event.listen(logbook.engine, "commit", counted.append)
    return counted


def pages(logbook: Logbook, athlete: str = "ada") -> list[tuple[datetime, str]]:
    return [(look.hour, look.page) for look in looks.looks(logbook, athlete, NOON - timedelta(days=1))]


def test_a_hundred_pages_in_an_hour_are_written_twice(logbook: Logbook, commits: list[object]) -> None:
    log = AccessLog(logbook, every_s=3600)
    for number in range(100):
        log.note(CLEO, "Cleo", ["ada"], f"/page-{number % 4}", TEN_PAST + timedelta(seconds=number))
    assert len(commits) == 1  # the first, at once
    assert pages(logbook) == [(NOON, "/page-0")]
    log.close()
    assert len(commits) == 2
    assert pages(logbook) == [(NOON, f"/page-{number}") for number in range(4)]
    assert pages(logbook, "bea") == []


def test_a_list_of_many_is_one_writing_and_the_next_hour_another(
    logbook: Logbook, commits: list[object]
) -> None:
    with closing(AccessLog(logbook, every_s=3600)) as log:
        log.note(CLEO, "Cleo", ["ada", "bea"], "/coach", TEN_PAST)
        assert len(commits) == 1
        assert pages(logbook) == pages(logbook, "bea") == [(NOON, "/coach")]
        log.note(CLEO, "Cleo", ["ada", "bea"], "/coach", TEN_PAST + timedelta(hours=1))
        assert len(commits) == 2
    assert pages(logbook) == [(NOON + timedelta(hours=1), "/coach"), (NOON, "/coach")]


def test_a_restart_within_the_hour_stores_nothing_twice(logbook: Logbook) -> None:
    for _ in range(2):
        with closing(AccessLog(logbook, every_s=3600)) as log:
            log.note(CLEO, "Cleo", ["ada"], "/history", TEN_PAST)
    assert pages(logbook) == [(NOON, "/history")]


def test_what_waits_is_written_soon_without_anybody_asking(logbook: Logbook) -> None:
    log = AccessLog(logbook, every_s=0.05)
    log.note(CLEO, "Cleo", ["ada"], "/history", TEN_PAST)
    log.note(CLEO, "Cleo", ["ada"], "/shoes", TEN_PAST)
    for _ in range(100):
        if len(pages(logbook)) == 2:
            break
        log._stop.wait(0.05)
    assert len(pages(logbook)) == 2
    log.close()


def test_a_look_at_somebody_who_is_gone_holds_up_nothing(logbook: Logbook) -> None:
    with closing(AccessLog(logbook, every_s=3600)) as log:
        log.note(CLEO, "Cleo", ["gone", "ada"], "/coach", TEN_PAST)
    assert pages(logbook) == [(NOON, "/coach")]


def test_a_page_is_shown_while_the_logbook_is_busy_and_the_look_is_stored_later(
    logbook: Logbook, tmp_path: Path, each_store: str
) -> None:
    if each_store == "postgres":
        pytest.skip("a server lets several write at once")
    event.listen(logbook.engine, "begin", lambda db: db.exec_driver_sql("pragma busy_timeout = 50"))
    log = AccessLog(logbook, every_s=3600)
    with closing(sqlite3.connect(tmp_path / "logbook.sqlite", isolation_level=None)) as other:
        other.execute("begin immediate")
        log.note(CLEO, "Cleo", ["ada"], "/history", TEN_PAST)
        other.execute("rollback")
    assert pages(logbook) == []
    log.close()
    assert pages(logbook) == [(NOON, "/history")]
