"""How fast a backlog of workouts comes in, end to end: decode, quality, features, store, assess, publish.

``python -m benchmarks.backlog [FOLDER …] [--rounds 3] [--workers 2] [--known 5000]``

Each FOLDER is one athlete's (default: the two longitudinal sets of the corpus, else the samples). Every
round is ``kneewise sync`` as a process of its own on a fresh home folder, start-up included; a short sync
before them compiles the modules. Then a second sync over many known files, which are generated: short GPX
runs, all of their own content, four hours apart. Medians; ends with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from benchmarks.import_shares import STAGES
from benchmarks.process_tree import Ran, kneewise, run

PROJECT = Path(__file__).resolve().parents[1]
CORPUS = PROJECT.parent / "shared" / "corpus" / "public"
RATE_TARGET = 60.0  # activities per second, on two cores
MEMORY_TARGET_BYTES = 600 * 10**6
SECOND_SYNC_TARGET_S = 2.0
ENV = {"KNEEWISE_TODAY": "2026-11-16", "PYTHONDONTWRITEBYTECODE": ""}


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("folders", nargs="*", type=Path)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--known", type=int, default=5_000, help="files of the second sync; 0 leaves it out")
    told = ask.parse_args()
    folders = [folder.resolve() for folder in told.folders] or _default_folders()
    with tempfile.TemporaryDirectory() as place:
        # compiled modules at hand, as after the first start of any installation, and this folder left clean
        ENV["PYTHONPYCACHEPREFIX"] = str(Path(place, "compiled"))
        met = backlog(Path(place), folders, told.rounds, told.workers)
        if told.known:
            met &= second_sync(Path(place), told.known, told.rounds, told.workers)
    return 0 if met else 1


def _default_folders() -> list[Path]:
    longitudinal = [CORPUS / "athlete-b", CORPUS / "athlete-c"]
    if all(folder.is_dir() for folder in longitudinal):
        return longitudinal
    return [PROJECT / "data_samples" / name for name in ("jonas", "mara")]


def backlog(place: Path, folders: Sequence[Path], rounds: int, workers: int) -> bool:
    """Import the folders again and again; print rate, memory and shares. True if the targets are met."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"backlog: {', '.join(f.name for f in folders)}: {len(files)} files, {size / 1e6:.1f} MB, "
          f"{workers} workers, {os.cpu_count()} cores, {rounds} rounds")  # fmt: skip
    _warm_up(place)
    ran: list[Ran] = []
    counts: tuple[int, int, int] = (0, 0, 0)
    for turn in range(rounds):
        home = _home(place / f"home {turn}", folders)
        ran.append(run(kneewise("sync", "--home", home), ENV | {"KNEEWISE_WORKERS": str(workers)}))
        counts = _counts(home)
        shutil.rmtree(home)
    shares = [_shares(_home(place / f"shares {turn}", folders)) for turn in range(rounds)]
    activities, recordings, samples = counts
    seconds = statistics.median(one.seconds for one in ran)
    peak = statistics.median(one.peak_bytes for one in ran)
    print(f"\n  {activities} activities of {recordings} recordings, {samples:,} samples")
    print(f"  wall time        {seconds:8.2f} s    ({', '.join(f'{one.seconds:.2f}' for one in ran)})")
    print(f"  processor time   {statistics.median(one.cpu_s for one in ran):8.2f} s    of all processes")
    met = _told("activities/s", activities / seconds, RATE_TARGET, at_least=True)
    print(f"  recordings/s     {recordings / seconds:8.1f}")
    met &= _told("peak memory MB", peak / 1e6, MEMORY_TARGET_BYTES / 1e6, at_least=False)
    print("\n  one process, seconds and share of each stage:")
    whole = statistics.median(one["all"] for one in shares)
    for stage in (*STAGES, "rest"):
        spent = statistics.median(one[stage] for one in shares)
        print(f"  {stage:26} {spent:8.2f} s {100 * spent / whole:6.1f} %")
    print(f"  {'all':26} {whole:8.2f} s")
    return met


def second_sync(place: Path, count: int, rounds: int, workers: int) -> bool:
    """Sync generated files once, then time syncs that find nothing new. True if the target is met."""
    folder = place / "known"
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05}.gpx").write_text(short_run(number), encoding="utf-8")
    home, env = _home(place / "home known", [folder]), ENV | {"KNEEWISE_WORKERS": str(workers)}
    first = run(kneewise("sync", "--home", home), env)
    again = [run(kneewise("sync", "--home", home), env) for _ in range(rounds)]
    if any(f"{count} already known" not in one.output for one in again):
        raise RuntimeError(f"a second sync did not know all files:\n{again[0].output}")
    print(f"\nknown files: {count} generated GPX runs; the first sync took {first.seconds:.1f} s "
          f"({count / first.seconds:.0f} files/s, peak {first.peak_bytes / 1e6:.0f} MB)")  # fmt: skip
    bare = [run(kneewise("--version"), env) for _ in range(rounds)]
    print(f"  (of which start-up {statistics.median(one.seconds for one in bare):8.2f} s)")
    return _told(
        "second sync s",
        statistics.median(one.seconds for one in again),
        SECOND_SYNC_TARGET_S,
        at_least=False,
    )


def short_run(number: int) -> str:
    """A run of ten minutes with a point every half minute, of a time and place of its own."""
    start = datetime(2024, 7, 1, 5, tzinfo=UTC) + timedelta(hours=4 * number)
    points = "".join(
        f'<trkpt lat="{59 + number * 1e-5 + at * 0.0008:.6f}" lon="18.0"><ele>{20 + at % 3}</ele>'
        f"<time>{start + timedelta(seconds=30 * at):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for at in range(21)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Generated" '
        'xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type><trkseg>'
        f"{points}</trkseg></trk></gpx>"
    )


def _warm_up(place: Path) -> None:
    """A first sync with worker processes and a batch, so that every module has been imported once."""
    folder = place / "warm"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.gpx").write_text(short_run(number), encoding="utf-8")
    run(kneewise("sync", folder, "--home", place / "home warm"), ENV)


def _home(home: Path, folders: Sequence[Path]) -> Path:
    """A fresh home folder with an athlete per folder, the folder as their inbox."""
    (home / "inbox").mkdir(parents=True)
    for folder in folders:
        run(kneewise("athlete", "add", folder.name, "--zone", "Europe/Berlin", "--home", home), ENV)
        (home / "inbox" / folder.name).symlink_to(folder)
    return home


def _shares(home: Path) -> dict[str, float]:
    ran = run([sys.executable, "-m", "benchmarks.import_shares", str(home)], ENV)
    shutil.rmtree(home)
    shares: dict[str, float] = json.loads(ran.output.splitlines()[-1])
    return shares


def _counts(home: Path) -> tuple[int, int, int]:
    """Activities that count, recordings, samples."""
    with duckdb.connect(home / "published.duckdb", read_only=True) as db:
        row = db.execute(
            "select (select count(*) from activity), count(*), sum(samples) from recording"
        ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1]), int(row[2])


def _told(what: str, value: float, target: float, *, at_least: bool) -> bool:
    met = value >= target if at_least else value <= target
    print(
        f"  {what:16} {value:8.1f}      target {'≥' if at_least else '≤'} {target:g}: {'met' if met else 'MISSED'}"
    )
    return met


if __name__ == "__main__":
    sys.exit(main())
