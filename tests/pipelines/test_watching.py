"""Watching a folder: nothing is read before it is whole, nothing twice, and nothing is touched."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from pipelines_cli import PROJECT, answer, kneewise

from features.training_log import Athlete
from pipelines.errors import KneewiseError
from pipelines.watching import Owned, Settling, Watch, listed, owners_of, settled_files, watch_on, watch_once

SAMPLES = PROJECT / "data_samples"
THE_DAY_AFTER = "2026-04-22"  # the run is news: nothing is told of months without one
RUN = SAMPLES / "jonas" / "2026-04-21-easy.fit"
HERE = Path("/in")
A, B = HERE / "a.fit", HERE / "b.fit"
ADA, BEA = Athlete("ada", "Ada Berg"), Athlete("bea", "Bea")


class Desk:
    """Stands in for the sync: remembers the batches, and fails when told to."""

    def __init__(self) -> None:
        self.batches: list[dict[str, Sequence[Path]]] = []
        self.failures: list[str] = []
        self.said: list[str] = []

    def sync(self, sources: Mapping[str, Sequence[Path]]) -> None:
        if self.failures:
            raise KneewiseError(self.failures.pop(0))
        self.batches.append(dict(sources))

    def watch(self, folder: Path = HERE, *athletes: Athlete) -> Watch:
        def owners(files: Sequence[Path]) -> Owned:
            return owners_of(files, folder, athletes or (ADA,), None)

        return Watch(folder, owners, self.sync, self.said.append)


def test_a_file_is_settled_when_two_looks_in_a_row_see_the_same() -> None:
    settling = Settling()
    assert settling.look({A: (10, 1)}) == []
    assert settling.look({A: (20, 1)}) == []  # grown
    assert settling.look({A: (20, 2)}) == []  # written to, same size
    assert settling.look({A: (20, 2), B: (5, 3)}) == [A]
    assert settling.look({A: (20, 2), B: (5, 3)}) == [A, B]  # until they are taken


def test_a_taken_file_is_offered_again_only_after_it_changed_and_settled() -> None:
    settling = Settling()
    settling.look({A: (10, 1)})
    settling.take(settling.look({A: (10, 1)}))
    assert settling.look({A: (10, 1)}) == []
    assert settling.look({A: (30, 9)}) == []
    assert settling.look({A: (30, 9)}) == [A]


def test_a_file_that_was_away_must_settle_anew() -> None:
    settling = Settling()
    settling.look({A: (10, 1)})
    settling.take(settling.look({A: (10, 1)}))
    settling.look({})
    assert settling.look({A: (10, 1)}) == []
    assert settling.look({A: (10, 1)}) == [A]


def test_what_settled_together_is_one_batch() -> None:
    desk = Desk()
    watch = desk.watch()
    for _ in range(4):
        watch.round({A: (1, 1), B: (2, 2)})
    assert desk.batches == [{"ada": [A, B]}]


def test_a_batch_that_fails_is_said_once_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "a.fit").write_bytes(b"x")
    desk, complaints, pauses = Desk(), list[str](), list[int]()
    desk.failures = ["the store is busy", "the store is busy"]

    def pause() -> None:
        pauses.append(1)
        if len(pauses) == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch_on(desk.watch(tmp_path), pause, complaints.append)
    assert complaints == ["the store is busy"]
    assert desk.batches == [{"ada": [tmp_path / "a.fit"]}]  # the third try, and none after it


def test_a_folder_that_goes_away_and_comes_back_is_watched_on(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    desk, complaints, pauses = Desk(), list[str](), list[int]()

    def pause() -> None:
        pauses.append(1)
        if len(pauses) == 1:
            share.rmdir()
        if len(pauses) == 3:
            share.mkdir()
            (share / "a.fit").write_bytes(b"x")
        if len(pauses) == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch_on(desk.watch(share), pause, complaints.append)
    assert complaints == [f"the folder {share} is not there (any more)."]
    assert desk.batches == [{"ada": [share / "a.fit"]}]


def test_one_pass_takes_what_does_not_change_during_it_and_fails_loudly(tmp_path: Path) -> None:
    (tmp_path / "whole.fit").write_bytes(b"x")
    growing = tmp_path / "growing.fit"
    growing.write_bytes(b"x")
    desk = Desk()
    watch_once(desk.watch(tmp_path), lambda: growing.write_bytes(b"xx") and None)
    assert desk.batches == [{"ada": [tmp_path / "whole.fit"]}]
    desk.failures = ["no"]
    with pytest.raises(KneewiseError, match="no"):
        watch_once(desk.watch(tmp_path), lambda: None)


def test_a_scheduled_run_takes_only_files_that_do_not_change_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    whole, growing = tmp_path / "ada" / "whole.fit", tmp_path / "growing.fit"
    whole.write_bytes(b"x")
    growing.write_bytes(b"x")
    assert settled_files(tmp_path, 5.0, lambda _: growing.write_bytes(b"xx") and None) == [whole]
    assert settled_files(tmp_path, 5.0, lambda _: None) == [growing, whole]


def test_hidden_files_and_unfinished_downloads_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".stversions").mkdir()
    for name in ("run.fit", "a.fit.part", "B.FIT.TMP", ".c.fit.x7Yz", "d.crdownload", ".stversions/e.fit"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "nowhere.fit").symlink_to(tmp_path / "gone")
    assert list(listed(tmp_path)) == [tmp_path / "run.fit"]


def test_a_folder_in_the_watched_one_is_that_of_the_athlete_it_is_named_after() -> None:
    files = [HERE / "ada" / "1.fit", HERE / "Ada Berg" / "2026" / "2.fit", HERE / "BEA" / "3.fit"]
    owned = owners_of(files, HERE, [ADA, BEA], None)
    assert owned == Owned({"ada": files[:2], "bea": files[2:]}, ())


def test_files_outside_a_folder_are_those_of_the_only_or_the_chosen_athlete() -> None:
    assert owners_of([A], HERE, [ADA], None).sources == {"ada": [A]}
    assert owners_of([A], HERE, [ADA, BEA], BEA).sources == {"bea": [A]}
    nobody = owners_of([A, B], HERE, [ADA, BEA], None)
    assert nobody.sources == {}
    assert len(nobody.unowned) == 1
    assert "--athlete" in nobody.unowned[0]


def test_a_folder_named_after_nobody_is_said_once_and_left_alone() -> None:
    desk = Desk()
    watch = desk.watch(HERE, ADA)
    stranger = {HERE / "zoe" / "1.fit": (1, 1), HERE / "zoe" / "2.fit": (1, 1)}
    for _ in range(3):
        watch.round(stranger)
    assert desk.batches == []
    assert desk.said == [f"Not read: {HERE / 'zoe'} is named after no athlete (ada)."]


@pytest.fixture
def two_athletes(tmp_path: Path) -> tuple[Path, Path]:
    """A home folder with Ada and Bea, and a folder to watch."""
    home, folder = tmp_path / "home", tmp_path / "in"
    for name in ("Ada", "Bea"):
        assert kneewise("athlete", "add", name, home=home).returncode == 0
        (folder / name.lower()).mkdir(parents=True)
    return home, folder


def test_one_pass_tells_what_the_files_became_and_the_new_alerts(two_athletes: tuple[Path, Path]) -> None:
    home, folder = two_athletes
    for run in (SAMPLES / "jonas").glob("2026-1*"):
        shutil.copy(run, folder / "ada")
    (folder / "bea" / "page.fit").write_text("<html>Please sign in</html>", encoding="utf-8")
    (folder / "loose.fit").write_bytes(RUN.read_bytes())
    before = listed(folder)
    done = kneewise("watch", folder, "--once", home=home, env={"KNEEWISE_SETTLE_S": "0.1"})
    assert done.returncode == 0, done.stderr
    assert re.search(r"^ada: \d+ files \(\d+ imported\)", done.stdout, re.MULTILINE)
    assert "bea: 1 files (1 rejected); 0 new recordings." in done.stdout
    assert "web page" in done.stdout
    assert "Alert: " in done.stdout
    assert "21.1 km" in done.stdout
    assert "loose.fit" not in {Path(row["path"]).name for row in answer("files", home=home)}
    assert listed(folder) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [(("nowhere",), "is not there"), ((".", "--athlete", "eve"), "no athlete is called 'eve'")],
)
def test_a_mistake_is_told_at_once(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    kneewise("athlete", "add", "Ada", home=tmp_path)
    done = kneewise("watch", *words, home=tmp_path)
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_file_that_arrives_slowly_is_imported_once_and_whole(two_athletes: tuple[Path, Path]) -> None:
    home, folder = two_athletes
    settle_s = 2.0
    log = (folder.parent / "watch.log").open("w+", encoding="utf-8")
    watching = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "watch", str(folder), "--home", str(home)],
        stdout=log,
        stderr=log,
        cwd=PROJECT,
        env={**os.environ, "KNEEWISE_TODAY": THE_DAY_AFTER, "KNEEWISE_SETTLE_S": str(settle_s)},
    )
    try:
        _until(lambda: "Watching" in Path(log.name).read_text(), 60)
        arriving = folder / "ada" / RUN.name
        _write_slowly(arriving, RUN.read_bytes(), steps=14, pause_s=settle_s / 5)
        _until(lambda: "ada: 1 files (1 imported)" in Path(log.name).read_text(), 60)
        time.sleep(2.5 * settle_s)  # time enough to import it a second time
        watching.send_signal(signal.SIGINT)
        assert watching.wait(30) == 0
    finally:
        watching.kill()
    assert Path(log.name).read_text().splitlines()[1:] == [
        "ada: 1 files (1 imported); 1 new recordings.",
        "Stopped.",
    ]
    (row,) = answer("files", home=home)
    assert (row["path"], row["bytes"]) == (str(arriving), RUN.stat().st_size)
    assert arriving.read_bytes() == RUN.read_bytes()


def _write_slowly(path: Path, content: bytes, steps: int, pause_s: float) -> None:
    """In pieces, over several looks, with pauses shorter than the time that settles a file."""
    size = -(-len(content) // steps)
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(content), size):
            file.write(content[start : start + size])
            time.sleep(pause_s)


def _until(ready: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, f"still waiting after {seconds} s"
        time.sleep(0.1)
