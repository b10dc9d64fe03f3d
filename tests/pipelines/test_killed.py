"""An import that is killed at random moments and started again ends where an undisturbed one ends.

``KNEEWISE_KILLS`` says how many kills (default 8); the moments are seeded.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest
from pipelines_cli import PROJECT, TODAY, answer, kneewise

from features.training_log import Athlete
from pipelines import settings, steps
from pipelines.warehouse import store

SAMPLES = PROJECT / "data_samples"
KILLS = int(os.environ.get("KNEEWISE_KILLS", "8"))
KILLS_PER_HOME = 5  # then the import is left alone to its end, so that restarts of restarts are met too
TABLES = {
    "file": "* exclude (seen_at)",
    "recording": "* exclude (imported_at)",
    "track": "*",
    "stream_measure": "*",
    "cadence_habit": "*",
    "intensity_habit": "*",
    "activity_load": "*",
    "activity": "*",
    "athlete_day": "*",
    "assessment": "*",
    "reason": "*",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the imports start from, and where the one that was left alone ended."""

    inbox: Path
    seed: Path  # a home folder that has published once, and knows one file of each athlete
    undisturbed: Path
    seconds: float


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("ground")
    inbox, seed, undisturbed = folder / "inbox", folder / "seed", folder / "undisturbed"
    fill(inbox)
    seed.mkdir()
    (seed / "inbox").symlink_to(inbox)
    for name in ("ada", "bea"):
        kneewise("athlete", "add", name, "--zone", "Europe/Berlin", home=seed)
        first = sorted((inbox / name).rglob("*.fit"))[0]
        assert kneewise("sync", first, "--athlete", name, home=seed).returncode == 0
    copied(seed, undisturbed)
    began = time.monotonic()
    done = kneewise("sync", home=undisturbed, env={"KNEEWISE_WORKERS": "2"})
    assert done.returncode == 0, done.stderr
    return Ground(inbox, seed, undisturbed, time.monotonic() - began)


def fill(inbox: Path) -> None:
    """Files for more than one transaction: two athletes' recordings, copies, and what is no workout."""
    for athlete, source in (("ada", "mara"), ("ada", "jonas"), ("bea", "jonas")):
        shutil.copytree(SAMPLES / source, inbox / athlete / source)
    copies = inbox / "ada" / "z-copies"
    copies.mkdir()
    for path in sorted((SAMPLES / "jonas").iterdir())[::3]:
        shutil.copy(path, copies / f"copy of {path.name}")
    for number in range(20):
        (inbox / "bea" / f"page {number}.fit").write_text(f"<html>Sign in {number}</html>", encoding="utf-8")


def copied(seed: Path, target: Path) -> Path:
    shutil.copytree(seed, target, symlinks=True)
    return target


@pytest.mark.slow
def test_a_killed_import_ends_where_an_undisturbed_one_ends(ground: Ground, tmp_path: Path) -> None:
    dice = random.Random("kneewise kills")
    kills, homes = 0, 0
    while kills < KILLS:
        home = copied(ground.seed, tmp_path / f"home {homes}")
        homes += 1
        for _ in range(min(KILLS_PER_HOME, KILLS - kills)):
            if not killed(home, after_s=dice.uniform(0.15, 1.0) * ground.seconds):
                break  # it was faster than the knife
            kills += 1
        finished = kneewise("sync", home=home, env={"KNEEWISE_WORKERS": "2"})
        assert finished.returncode == 0, finished.stderr
        same_as(ground.undisturbed, home)
        shutil.rmtree(home)
    print(f"{kills} kills in {homes} homes, each compared with an undisturbed import")


def start(home: Path, output: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "sync", "--home", str(home)],
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd=PROJECT,
        env={**os.environ, "KNEEWISE_TODAY": TODAY, "KNEEWISE_WORKERS": "2"},
        start_new_session=True,  # with its workers a group of its own, to be killed as one
    )


def killed(home: Path, after_s: float) -> bool:
    """Start a sync and kill it with all its workers; False if it had ended before.

    Until then and right after, the published copy is read again and again.
    """
    process = start(home)
    deadline = time.monotonic() + after_s
    while process.poll() is None and time.monotonic() < deadline:
        read_published(home)
        time.sleep(min(0.1, max(deadline - time.monotonic(), 0)))
    ended = process.poll() is not None
    if not ended:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    read_published(home)
    return not ended


def read_published(home: Path) -> None:
    with duckdb.connect(home / "published.duckdb", read_only=True) as db:
        row = db.execute(
            "select count(*), count(track.recording_id) from recording "
            "left join track on track.recording_id = recording.id"
        ).fetchone()
    assert row is not None
    assert row[0] == row[1] >= 2  # every recording with its track


def same_as(undisturbed: Path, home: Path) -> None:
    """Fails with the rows that differ in the published state, the alerts or the originals."""
    with duckdb.connect() as db:
        db.execute(f"attach '{undisturbed}/published.duckdb' as expected (read_only)")
        db.execute(f"attach '{home}/published.duckdb' as found (read_only)")
        for table, columns in TABLES.items():
            for one, other in (("expected", "found"), ("found", "expected")):
                differing = db.execute(
                    f"select {columns} from {one}.{table} except all select {columns} from {other}.{table}"
                )
                rows = differing.fetchmany(3)
                assert not rows, f"{table}: only {one}: {[str(row)[:300] for row in rows]}"
    assert alerts(home) == alerts(undisturbed)
    assert originals(home) == originals(undisturbed)
    assert owners(home) == owners(undisturbed)


def alerts(home: Path) -> list[tuple[str, str, str, str]]:
    return sorted(
        (a["athlete"], a["kind"], a["stage"], a["text"])
        for name in ("ada", "bea")
        for a in answer("alerts", "--athlete", name, home=home)
    )


def originals(home: Path) -> Counter[str]:
    """Each kept file by the name that its bytes call for; half-written ones are not kept files."""
    kept = [path for path in (home / "originals").glob("??/*") if path.suffix != ".new"]
    for path in kept:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    return Counter(path.name for path in kept)


def owners(home: Path) -> set[tuple[str, str, str]]:
    """Whose the kept files are, as the index beside them tells."""
    lines = (home / "originals" / "index.jsonl").read_text(encoding="utf-8").split("\n")
    noted = [json.loads(line)["kept"] for line in lines if line]
    return {(row["athlete"], row["path"], row["sha256"]) for row in noted}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds processes in /proc")
def test_workers_do_not_outlive_a_killed_import(ground: Ground, tmp_path: Path) -> None:
    process = start(copied(ground.seed, tmp_path / "home"))
    try:
        wait_for(lambda: len(group(process.pid)) >= 3, 60)  # two workers beside the import itself
        os.kill(process.pid, signal.SIGKILL)  # it alone, as when the system runs out of memory
        process.wait()
        wait_for(lambda: not group(process.pid), 20)
    finally:
        if group(process.pid):
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds processes in /proc")
def test_ctrl_c_ends_an_import_with_one_line(ground: Ground, tmp_path: Path) -> None:
    home = copied(ground.seed, tmp_path / "home")
    process = start(home, output=subprocess.PIPE)
    wait_for(lambda: len(group(process.pid)) >= 3, 60)  # workers that have hardly started are the worst case
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    told, _ = process.communicate(timeout=60)
    assert (process.returncode, told.count(b"\n")) == (130, 1), told.decode()[-500:]
    assert b"run the same command to go on" in told
    assert kneewise("sync", home=home).returncode == 0
    same_as(ground.undisturbed, home)


def group(leader: int) -> list[int]:
    """The processes of a process group that are alive."""
    members = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, told = stat.read_text().rpartition(") ")
        except OSError:  # gone since it was listed
            continue
        state, _, group_id, *_ = told.split()
        if int(group_id) == leader and state != "Z":
            members.append(int(stat.parent.name))
    return members


def wait_for(ready: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, f"still waiting after {seconds} s"
        time.sleep(0.1)


@pytest.mark.parametrize("done_before", ["collect", "measure"])
def test_what_was_stored_before_a_kill_is_measured_and_told_after_it(
    tmp_path: Path, done_before: str
) -> None:
    long_run = SAMPLES / "jonas" / "2026-11-14-long.fit.gz"
    config = settings.Settings(home=tmp_path, today=date.fromisoformat(TODAY), workers=1)
    with steps.open_home(config) as home:
        ada = home.logbook.add_athlete(Athlete("ada", "Ada", zone="Europe/Berlin"))
        before = [path for path in (SAMPLES / "jonas").glob("2026-1*") if path != long_run]
        steps.sync(home, {"ada": before}, lambda _: nullcontext(lambda *_: None))  # measured today already
        with store.open_for_writing(config.warehouse_path) as db:
            steps.collect(home, db, ada, [long_run], lambda *_: None)
            if done_before == "measure":
                steps.measure(home, db)
        _, notices = steps.sync(home, {"ada": [long_run]}, lambda _: nullcontext(lambda *_: None))
    assert [notice.kind for notice in notices] == ["run_spike"]
    with store.open_published(config.published_path) as db:
        level = db.execute("select level from assessment where day = date '2026-11-15'").fetchone()
    assert level == ("elevated",)
