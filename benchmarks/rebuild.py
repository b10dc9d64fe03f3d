"""How long a full rebuild of all views and features takes, and how it grows with the number of athletes.

``python -m benchmarks.rebuild [ATHLETES …] [--years 3] [--rounds 3] [--threads 2] [--views]``

Simulated athletes (default: 100, 1,000 and 3,000), the same on every machine: about four runs a week, now and
then recorded by watch and phone at once or in two parts, a ride a week, a new pair of shoes every ten weeks
with a rule, loads, surfaces and efforts of most runs. Medians of wall time and of CPU time; ends with 1 where
1,000 athletes take longer than the target or time grows faster than the number of athletes.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from features import catalog
from pipelines.warehouse import store, writing
from pipelines.warehouse.store import Db

TARGET_S = 10.0
TARGET_ATHLETES = 1_000
GROWTH_SLACK = 1.1  # repeated measurements of the same thing differ by as much
LAST_DAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of all processor cores together."""

    wall_s: float
    cpu_s: float


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("athletes", nargs="*", type=int, default=[100, 1_000, 3_000])
    ask.add_argument("--years", type=float, default=3.0)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--views", action="store_true", help="also the time of each view")
    told = ask.parse_args()
    days = round(365.25 * told.years)
    medians: dict[int, Spent] = {}
    for athletes in told.athletes:
        with tempfile.TemporaryDirectory() as place, store.open_for_writing(Path(place, "w.duckdb")) as db:
            db.execute(f"set threads = {told.threads}")
            simulate(db, athletes, days)
            rounds = [spent(lambda: rebuild(db)) for _ in range(told.rounds)]
            medians[athletes] = Spent(
                statistics.median(r.wall_s for r in rounds), statistics.median(r.cpu_s for r in rounds)
            )
            report(db, athletes, rounds, medians[athletes])
            if told.views:
                report_views(db)
    return 0 if is_met(medians) else 1


def simulate(db: Db, athletes: int, days: int) -> None:
    """Fill an empty warehouse, in bulk: every number is a hash of athlete, day and purpose."""
    db.execute("set variable athletes = ?::bigint", [athletes])
    db.execute("set variable days = ?::bigint", [days])
    db.execute("set variable first_day = ?::date", [LAST_DAY - timedelta(days=days - 1)])
    db.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def rebuild(db: Db) -> None:
    """What ``pipelines.measuring.measure`` does once the samples are measured."""
    writing.make_views(db, catalog.VIEW_ORDER, LAST_DAY)
    writing.make_features(db)


def spent(work: Callable[[], None]) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def report(db: Db, athletes: int, rounds: list[Spent], median: Spent) -> None:
    runs, rows = (db.execute(f"select count(*) from {table}").fetchall()[0][0] for table in ("run", "day"))
    walls = ", ".join(f"{r.wall_s:.2f}" for r in rounds)
    print(
        f"{athletes:6,} athletes  {runs:9,} runs  {rows:10,} days  "
        f"wall {median.wall_s:6.2f} s ({walls})  CPU {median.cpu_s:6.2f} s",
        flush=True,
    )


def report_views(db: Db) -> None:
    for view in catalog.VIEW_ORDER:
        took = spent(lambda: writing.make_views(db, [view], LAST_DAY))  # noqa: B023 - called at once
        print(f"       {view:20} wall {took.wall_s:6.2f} s  CPU {took.cpu_s:6.2f} s")
    took = spent(lambda: writing.make_features(db))
    print(f"       {'all features':20} wall {took.wall_s:6.2f} s  CPU {took.cpu_s:6.2f} s", flush=True)


def is_met(medians: dict[int, Spent]) -> bool:
    """Whether the target time and linear growth were kept, where they were measured; says so."""
    met = True
    if TARGET_ATHLETES in medians:
        wall = medians[TARGET_ATHLETES].wall_s
        met &= wall <= TARGET_S
        print(f"\n{TARGET_ATHLETES:,} athletes: {wall:.2f} s, target {TARGET_S:.0f} s")
    sizes = sorted(medians)
    for small, large in pairwise(sizes):
        more = large / small
        wall = medians[large].wall_s / medians[small].wall_s
        cpu = medians[large].cpu_s / medians[small].cpu_s
        met &= min(wall, cpu) <= GROWTH_SLACK * more
        print(f"{small:,} → {large:,} athletes ({more:.1f} ×): wall time {wall:.2f} ×, CPU time {cpu:.2f} ×")
    print("met" if met else "missed")
    return met


if __name__ == "__main__":
    sys.exit(main())
