"""What the generator says about the files it wrote, typed, for the tests that hold it to its word."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
FINAL_MONDAY = date(2026, 11, 9)
FINAL_SUNDAY = date(2026, 11, 15)


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of MANIFEST.csv; empty fields are ``None``."""

    path: str
    sha256: str
    kind: str
    athlete: str
    day: date | None
    started_at: str
    sport: str
    sub_sport: str
    distance_m: float | None
    descent_m: float | None
    elapsed_s: float | None
    timer_s: float | None

    def content(self) -> bytes:
        """The file's bytes, unpacked."""
        data = (SAMPLES / self.path).read_bytes()
        return gzip.decompress(data) if self.path.endswith(".gz") else data


def _number(text: str) -> float | None:
    return float(text) if text else None


@cache
def listed() -> tuple[Listed, ...]:
    with (SAMPLES / "MANIFEST.csv").open(newline="", encoding="utf-8") as file:
        return tuple(
            Listed(
                path=row["path"],
                sha256=row["sha256"],
                kind=row["kind"],
                athlete=row["athlete"],
                day=date.fromisoformat(row["day"]) if row["day"] else None,
                started_at=row["started_at"],
                sport=row["sport"],
                sub_sport=row["sub_sport"],
                distance_m=_number(row["distance_m"]),
                descent_m=_number(row["descent_m"]),
                elapsed_s=_number(row["elapsed_s"]),
                timer_s=_number(row["timer_s"]),
            )
            for row in csv.DictReader(file)
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A run that counts: every one has a day and a distance; an indoor one has no descent."""

    day: date
    distance_m: float
    descent_m: float | None
    sub_sport: str


def runs(athlete: str) -> list[Run]:
    found = [
        Run(row.day, row.distance_m, row.descent_m, row.sub_sport)
        for row in listed()
        if row.athlete == athlete and row.sport == "running" and row.kind in ("activity", "truncated")
        if row.day is not None and row.distance_m is not None
    ]
    return sorted(found, key=lambda run: run.day)


def longest_before(all_runs: list[Run], day: date, days: int = 30) -> float:
    """Metres of the longest run in the ``days`` before ``day``, that day excluded."""
    return max(run.distance_m for run in all_runs if day - timedelta(days=days) <= run.day < day)


def steepest_before(all_runs: list[Run], day: date, days: int = 30) -> float:
    """Metres of the largest descent of one run in the ``days`` before ``day``."""
    window = [run.descent_m for run in all_runs if day - timedelta(days=days) <= run.day < day]
    return max(descent for descent in window if descent is not None)


def descent_between(all_runs: list[Run], first: date, last: date) -> float:
    return sum(run.descent_m or 0.0 for run in all_runs if first <= run.day <= last)
