"""What ran is kept with what became of it, and never with anybody's data."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from told_home import told_home

from pipelines import steps
from pipelines.errors import BusyError, KneewiseError
from pipelines.intake import Tick
from pipelines.jobs import recorded
from pipelines.logbook import jobs
from pipelines.steps import Home
from pipelines.warehouse import store
from reports.jobs import ASSESS, PUBLISH, SEND, SYNC, Job, summary


@contextmanager
def quietly(_what: str) -> Iterator[Tick]:
    yield lambda *_: None


def run_that_raises(home: Home, error: BaseException, **how: bool) -> tuple[Job, ...]:
    with pytest.raises(type(error)), recorded(home, SYNC, **how) as counts:
        counts["files"] = 2
        raise error
    return jobs.last_of_each(home.logbook)


def test_a_run_is_kept_with_its_times_and_counts(tmp_path: Path) -> None:
    with told_home(tmp_path) as (home, clock):
        began = clock.at
        with recorded(home, SYNC) as counts:
            (under_way,) = jobs.last_of_each(home.logbook)
            assert (under_way.outcome, under_way.ended_at) == ("running", None)
            counts["files"] = 12
            clock.on(seconds=90)
        (kept,) = jobs.last_of_each(home.logbook)
        assert kept == Job(SYNC, began, began + timedelta(seconds=90), "done", {"files": 12}, None)
        clock.on(minutes=4)
        assert summary(kept, clock.at) == "Read new files: done, 6 minutes ago (12 files)."


def test_words_of_ours_are_kept_and_those_of_other_errors_are_not(tmp_path: Path) -> None:
    with told_home(tmp_path) as (home, _):
        (ours,) = run_that_raises(home, KneewiseError("the disk is full. Make room."))
        assert (ours.outcome, ours.reason) == ("failed", "the disk is full. Make room.")
        assert ours.counts == {"files": 2}
        (other,) = run_that_raises(home, ValueError("pain of ada: 7"))
        assert other.reason is not None
        assert other.reason.startswith("ValueError at test_jobs.py:")
        assert "pain" not in other.reason
        assert jobs.failures(home.logbook, 5) == (other, ours)


def test_a_run_that_was_stopped_is_no_failure(tmp_path: Path) -> None:
    with told_home(tmp_path) as (home, _):
        (kept,) = run_that_raises(home, KeyboardInterrupt())
        assert (kept.outcome, kept.reason) == ("stopped", None)


def test_a_stop_while_the_database_answers_is_a_stop(tmp_path: Path) -> None:
    """DuckDB looks for signals while it works, and makes an error of the KeyboardInterrupt that it finds."""
    with told_home(tmp_path) as (home, _):
        for _ in range(5):
            stop = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
            stop.start()
            with (
                pytest.raises(KeyboardInterrupt),
                store.open_for_writing(home.settings.warehouse_path) as db,
                recorded(home, ASSESS),
            ):
                while True:
                    db.execute("select sum(range) from range(5000000)").fetchall()
            (kept,) = jobs.last_of_each(home.logbook)
            assert (kept.outcome, kept.reason) == ("stopped", None)


def test_a_run_that_another_was_in_the_way_of_leaves_no_trace(tmp_path: Path) -> None:
    with told_home(tmp_path) as (home, _):
        assert run_that_raises(home, BusyError("later")) == ()


def test_a_run_that_found_nothing_to_do_leaves_none_where_that_is_usual(tmp_path: Path) -> None:
    with told_home(tmp_path) as (home, _):
        with recorded(home, SEND, only_if_counted=True) as counts:
            counts["sent"] = 0
        assert jobs.last_of_each(home.logbook) == ()
        (kept,) = run_that_raises(home, KneewiseError("no"), only_if_counted=True)
        assert kept.outcome == "failed"


def test_runs_of_more_than_a_season_ago_are_forgotten(tmp_path: Path) -> None:
    with told_home(tmp_path) as (home, clock):
        with recorded(home, SYNC):
            pass
        clock.on(days=91)
        with recorded(home, PUBLISH):
            pass
        assert [job.name for job in jobs.last_of_each(home.logbook)] == [PUBLISH]


def test_a_sync_tells_of_itself_of_assessing_and_of_publishing(tmp_path: Path) -> None:
    with told_home(tmp_path) as (home, _):
        steps.sync(home, {"ada": []}, quietly)
        found = {job.name: job for job in jobs.last_of_each(home.logbook)}
        assert set(found) == {SYNC, ASSESS, PUBLISH}
        assert {job.outcome for job in found.values()} == {"done"}
        assert found[ASSESS].counts == {"athletes": 1}
