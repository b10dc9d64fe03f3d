"""The loop under a clock that the test turns: what is due is done, a failure is told once, nothing waits for it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from smtp_server import serving
from told_home import ADA, Clock, told_home

from features.training_log import Athlete
from pipelines.errors import BusyError, KneewiseError
from pipelines.logbook import accounts, jobs, share_offers
from pipelines.logbook.accounts import NewAccount
from pipelines.up import standing
from pipelines.up.duties import Daily, Digests, Outbox
from pipelines.up.log import Log
from pipelines.up.loop import Counts, Duty, Loop, run
from pipelines.up.witness import Keeper
from reports.dashboard.viewer import ALL_SCOPES
from reports.jobs import UP

NAME = "Ada Berg of Hauptstraße 7"


@dataclass
class Work:
    """A duty whose pieces are always due; each call does what the test says next."""

    name: str = "inbox"
    every: timedelta = timedelta()
    pieces: dict[str, Callable[[], Counts]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def due(self, now: datetime) -> Iterator[tuple[str, Callable[[], Counts]]]:
        for piece, work in self.pieces.items():
            yield piece, lambda piece=piece, work=work: self._do(piece, work)  # type: ignore[misc]

    def _do(self, piece: str, work: Callable[[], Counts]) -> Counts:
        self.calls.append(piece)
        return work()


def failing(error: Exception) -> Callable[[], Counts]:
    def work() -> Counts:
        raise error

    return work


def looping(*duties: Duty, as_json: bool = False) -> tuple[Loop, Clock, list[str]]:
    said: list[str] = []
    clock = Clock()
    return Loop(duties, lambda: clock.at, Log(said.append, lambda: clock.at, as_json)), clock, said


def test_one_that_fails_holds_up_no_other_and_is_told_once_until_it_is_mended() -> None:
    broken, sound = Work("inbox"), Work("outbox", pieces={"": lambda: {"sent": 1}})
    broken.pieces[""] = failing(KneewiseError(NAME))
    loop, clock, said = looping(broken, sound)
    for minutes in (0, 1, 5, 15, 60, 60):  # the pauses grow to an hour
        clock.on(minutes=minutes, seconds=-1 if minutes else 0)
        loop.round()
        clock.on(seconds=1)
        loop.round()
    assert len(broken.calls) == 6
    assert len(sound.calls) == 12
    assert sum(" failed " in line for line in said) == 1
    broken.pieces[""] = dict
    clock.on(hours=1)
    loop.round()
    assert [line.split(" ", 1)[1] for line in said if "inbox" in line][1:] == ["mended duty=inbox failures=6"]
    assert loop.troubles == {}


def test_another_kind_of_failure_is_told_too() -> None:
    broken = Work(pieces={"": failing(KneewiseError("one"))})
    loop, clock, said = looping(broken)
    loop.round()
    broken.pieces[""] = failing(OSError("two"))
    clock.on(minutes=1)
    loop.round()
    assert ["KneewiseError" in line or "OSError" in line for line in said] == [True, True]


def test_a_piece_that_fails_leaves_the_others_be() -> None:
    work = Work("weekly", pieces={"ada": failing(ValueError(NAME)), "bea": lambda: {"reports": 1}})
    loop, _, said = looping(work)
    loop.round()
    loop.round()
    assert work.calls == ["ada", "bea", "bea"]
    assert sum("done duty=weekly" in line for line in said) == 2


def test_another_process_at_work_is_no_failure_and_is_waited_for() -> None:
    work = Work(pieces={"": failing(BusyError("somebody writes"))})
    loop, _, said = looping(work)
    loop.round()
    work.pieces[""] = lambda: {"files": 3}
    loop.round()
    assert (len(work.calls), len(said)) == (2, 1)


def test_a_clock_set_back_makes_nothing_wait() -> None:
    work = Work(pieces={"": failing(KneewiseError("x"))})
    loop, clock, _ = looping(work)
    loop.round()
    clock.on(days=-400)
    loop.round()
    assert len(work.calls) == 2


def test_ctrl_c_ends_it() -> None:
    loop, _, _ = looping(Work(pieces={"": failing(KeyboardInterrupt())}))  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        loop.round()


def test_a_stop_that_a_library_made_an_error_of_is_still_a_stop() -> None:
    broken, sound = Work("daily"), Work("outbox", pieces={"": dict})
    loop, _, said = looping(broken, sound)

    def made_an_error() -> Counts:
        loop.stop.wanted = True
        raise RuntimeError("Query interrupted")

    broken.pieces[""] = made_an_error
    with pytest.raises(KeyboardInterrupt):
        run(loop, lambda: None)
    assert (sound.calls, said) == ([], [])


def test_a_stop_that_got_lost_ends_it_before_the_next_duty() -> None:
    first, second = Work("daily"), Work("outbox", pieces={"": dict})
    loop, _, _ = looping(first, second)

    def lost() -> Counts:
        loop.stop.wanted = True
        return {}

    first.pieces[""] = lost
    run(loop, lambda: None)
    assert second.calls == []


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
def test_a_stop_amid_code_made_from_text_ends_with_zero_too(number: str) -> None:
    """Python itself ends with 130 after a KeyboardInterrupt there, though it was caught."""
    program = f"""
import signal
from pipelines.up.stopping import Stop
stop = Stop()
stop.listen()
try:
    exec("signal.raise_signal(signal.{number})")
except KeyboardInterrupt:
    assert stop.wanted
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_line_is_json_and_holds_nobodys_name_and_no_place() -> None:
    work = Work(
        pieces={NAME: failing(KneewiseError(f"{NAME} has a swollen knee")), "b": lambda: {"files": 2}}
    )
    loop, _, said = looping(work, as_json=True)
    loop.round()
    failed, done = map(json.loads, said)
    assert (failed["at"], failed["event"], failed["duty"]) == ("2026-11-16T12:00:00Z", "failed", "inbox")
    assert failed["error"].startswith("KneewiseError at test_loop:")
    assert (done["event"], done["files"]) == ("done", 2)
    assert "Ada" not in "".join(said) and "swollen" not in "".join(said)


def test_a_day_begins_once_for_each_zone_and_after_a_sleep_only_the_last_one_counts(tmp_path: Path) -> None:
    people = (ADA, Athlete("kai", "Kai", "Pacific/Auckland"))
    with told_home(tmp_path, *people) as (home, clock):
        daily = Daily(home)

        def assessed() -> int:
            work = list(daily.due(clock.at))
            for _, do in work:
                do()
            return len(work)

        assert [assessed(), assessed()] == [1, 0]
        clock.set("2026-11-16T23:59", "Europe/Berlin")  # Tuesday noon in Auckland
        assert [assessed(), assessed()] == [0, 0]
        clock.set("2026-11-17T00:00", "Europe/Berlin")
        assert [assessed(), assessed()] == [1, 0]
        clock.set("2026-11-18T00:00", "Pacific/Auckland")
        assert [assessed(), assessed()] == [1, 0]
        clock.on(days=9)  # the lid was closed
        assert [assessed(), assessed()] == [1, 0]
        clock.on(days=-1)
        assert assessed() == 1
        assert home.settings.published_path.is_file()


def test_a_duty_is_looked_at_as_often_as_it_says_whatever_the_clock_does() -> None:
    work = Work(every=timedelta(seconds=30), pieces={"": dict})
    loop, clock, _ = looping(work)
    looks = []
    for seconds in (0, 29, 1, 3600, -7200, 1):
        clock.on(seconds=seconds)
        loop.round()
        looks.append(len(work.calls))
    assert looks == [1, 1, 2, 3, 4, 4]


def test_what_need_not_be_done_any_more_is_no_trouble_any_more() -> None:
    work = Work("weekly", pieces={"ada": failing(KneewiseError("no"))})
    loop, _, said = looping(work)
    loop.round()
    assert set(loop.troubles) == {("weekly", "ada")}
    del work.pieces["ada"]  # another process sent it, or she is gone
    loop.round()
    assert loop.troubles == {}
    assert said[-1].endswith("mended duty=weekly failures=1")


def test_failures_are_kept_among_the_jobs_once_and_so_is_that_all_is_well_again(tmp_path: Path) -> None:
    broken, other = Work("inbox"), Work("weekly")
    broken.pieces[""] = failing(KneewiseError("the disk is full. Make room."))
    other.pieces["ada"] = failing(ValueError(NAME))
    with told_home(tmp_path) as (home, clock):
        keeper = Keeper(home, ("inbox", "weekly"))
        loop = Loop((broken, other), lambda: clock.at, Log(lambda _: None, lambda: clock.at), keeper)
        for _ in range(5):
            loop.round()
            clock.on(hours=1)
        first, second = reversed(jobs.failures(home.logbook, 9))
        assert (first.name, first.reason) == (UP, "inbox: the disk is full. Make room.")
        assert str(second.reason).startswith("weekly: ValueError at test_loop.py:")
        broken.pieces[""] = dict
        loop.round()
        assert [job.outcome for job in jobs.last_of_each(home.logbook)] == [
            "failed"
        ]  # the other one still is
        other.pieces["ada"] = dict
        clock.on(hours=1)
        loop.round()
        assert [job.outcome for job in jobs.last_of_each(home.logbook)] == ["done"]


def test_who_asks_is_told_which_duties_are_behind(tmp_path: Path) -> None:
    broken, sound = Work("outbox"), Work("inbox", pieces={"": dict})
    broken.pieces[""] = failing(OSError("no"))
    with told_home(tmp_path) as (home, clock):
        keeper = Keeper(home, ("inbox", "outbox"))
        loop = Loop((sound, broken), lambda: clock.at, Log(lambda _: None, lambda: clock.at), keeper)

        def behind() -> tuple[str, ...] | None:
            found = standing.read(home.settings.standing_path)
            return None if found is None else found.behind(clock.at)

        assert behind() is None
        loop.round()
        assert behind() == ()
        clock.on(minutes=15)
        loop.round()
        assert behind() == ()
        clock.on(seconds=31)
        loop.round()
        assert behind() == ("outbox",)
        clock.on(hours=1, seconds=1)  # without a round: it was killed, or something takes for ever
        assert behind() == ("inbox", "outbox")
        broken.pieces[""] = dict
        loop.round()
        assert behind() == ()
        keeper.stopped()
        assert behind() is None


def test_a_logbook_or_a_disk_that_takes_nothing_does_not_end_it(tmp_path: Path) -> None:
    broken = Work(pieces={"": failing(OSError("no"))})
    with told_home(tmp_path) as (home, clock):
        with home.logbook.engine.begin() as db:
            db.exec_driver_sql("drop table job")
        home.settings.standing_path.mkdir()  # cannot be written to
        said: list[str] = []
        loop = Loop((broken,), lambda: clock.at, Log(said.append, lambda: clock.at), Keeper(home, ("inbox",)))
        loop.round()
        assert len(said) == 1
        assert standing.read(tmp_path / "nothing") is None


def test_a_coachs_digest_goes_out_once_on_monday_morning(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, address=None, smtp_port=inbox.port) as (home, clock):
        with home.logbook.engine.begin() as db:
            new = NewAccount("Cleo", "cleo@example.org", "-", is_coach=True, zone="Europe/Berlin")
            coach = accounts.add(db, new, clock.at)
        code = share_offers.offer(home.logbook, "ada", ALL_SCOPES, clock.at, None)
        share_offers.accept(home.logbook, code, coach, "Cleo", clock.at)
        said: list[str] = []
        loop = Loop((Digests(home), Outbox(home)), lambda: clock.at, Log(said.append, lambda: clock.at))
        arrived = []
        for time in ("2026-11-23T05:58", "2026-11-23T05:59", "2026-11-23T06:00", "2026-11-23T06:01"):
            clock.set(time, "Europe/Berlin")
            loop.round()
            arrived.append(len(inbox.mails))
    assert arrived == [0, 0, 1, 1]
    assert inbox.mails[0].recipients == ["cleo@example.org"]
    assert [line.split(" ")[2] for line in said] == ["duty=digests", "duty=outbox"]
