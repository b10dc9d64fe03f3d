"""Invented files of exactly the shape of the public competitive-runners data set, with leaks where asked for."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from models import lovdal

BUFFER_DAYS = 21


def table(
    approach: str = "day",
    *,
    athletes: int = 30,
    days: int = 240,
    seed: int = 0,
    signal: float = 0.0,
    injuries_a_day: float = 0.012,
    buffered: bool = True,
    injured_last: bool = True,
    told_after_injury_only: bool = False,
) -> lovdal.Table:
    """By default as the real files: no rows in the three weeks around an injury, and the injuries at the end.

    ``signal``: how much more likely an injury is for each spread of the last week's distance above the usual.
    """
    rng = np.random.default_rng(seed)
    diary = _diary(athletes, days, rng)
    week_km = np.array([np.convolve(own[:, 1], np.ones(7))[: days - 1] for own in diary])
    unusual = (week_km - week_km.mean(axis=1, keepdims=True)) / week_km.std(axis=1, keepdims=True)
    chance = np.clip(injuries_a_day * np.exp(signal * unusual), 0, 0.5)
    injured = np.zeros((athletes, days), dtype=bool)
    injured[:, 1:] = rng.random(chance.shape) < chance  # of the days up to the day before
    injured = _apart(injured) if buffered else injured
    kept = ~_near(injured) | injured if buffered else np.ones_like(injured)
    kept[:, :BUFFER_DAYS] = False

    who, when = np.nonzero(kept)
    whether = injured[who, when].astype(float)
    if injured_last:
        order = np.argsort(whether, kind="stable")
        who, when, whether = who[order], when[order], whether[order]
    values = _day_columns(diary, who, when) if approach == "day" else _week_columns(diary, who, when)
    if told_after_injury_only:
        recovery = [n for n, name in enumerate(lovdal.feature_columns(approach)) if "recovery" in name]
        silent = (whether == 0) & (rng.random(len(whether)) < 0.7)
        values[np.ix_(silent, recovery)] = -0.01
    header = (*lovdal.feature_columns(approach), "Athlete ID", "Date", "injury")
    return lovdal.Table.of(approach, header, np.column_stack([values, who, when, whether]))


def write(folder: Path, made: lovdal.Table) -> Path:
    """The table as its file in the folder, with the columns in the order of the original."""
    path = folder / lovdal.FILES[made.approach]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([*made.columns, "Athlete ID", "injury", "Date"])
        rows = np.column_stack([made.values, made.athlete, made.injury, made.day])
        out.writerows([[f"{x:g}" for x in row] for row in rows])
    return path


def _diary(athletes: int, days: int, rng: np.random.Generator) -> np.ndarray:
    """(athletes, days, what is told of a day): rest days have no exertion, success and recovery to tell (-0.01)."""
    sessions = rng.choice([0, 1, 2], (athletes, days), p=[0.25, 0.6, 0.15])
    level = rng.uniform(5, 12, athletes)[:, None]
    km = sessions * level * rng.gamma(4, 0.25, (athletes, days))
    shares = rng.dirichlet([12, 2, 1, 0.5], (athletes, days))
    told = rng.beta(2, 2, (athletes, days, 3))
    told[sessions == 0] = -0.01
    strength = (rng.random((athletes, days)) < 0.15).astype(float)
    other = np.where(rng.random((athletes, days)) < 0.1, rng.uniform(0.5, 1.5, (athletes, days)), 0)
    zones = km[..., None] * shares[..., 1:]
    return np.concatenate(
        [sessions[..., None], km[..., None], zones, strength[..., None], other[..., None], told], 2
    )


def _near(injured: np.ndarray) -> np.ndarray:
    """Days within the buffer before or after an injury."""
    window = np.ones(2 * BUFFER_DAYS + 1)
    return np.array([np.convolve(own, window, mode="same") > 0 for own in injured.astype(float)])


def _apart(injured: np.ndarray) -> np.ndarray:
    """Injuries of an athlete with at least two buffers between them."""
    kept = np.zeros_like(injured)
    for athlete, own in enumerate(injured):
        last = -(10**6)
        for day in np.flatnonzero(own):
            if day - last > 2 * BUFFER_DAYS:
                kept[athlete, day], last = True, day
    return kept


def _day_columns(diary: np.ndarray, who: np.ndarray, when: np.ndarray) -> np.ndarray:
    return np.column_stack([diary[who, when - 7 + n] for n in range(7)])


def _week_columns(diary: np.ndarray, who: np.ndarray, when: np.ndarray) -> np.ndarray:
    weeks = [_week(diary, who, when - 7 * n) for n in range(3)]
    km = [week[:, 2] for week in weeks]
    relative = [km[a] / (km[b] + 1e-6) for a, b in ((0, 1), (0, 2), (1, 2))]
    return np.column_stack([*weeks, *relative])


def _week(diary: np.ndarray, who: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The 22 numbers of the seven days before ``end``."""
    days = np.stack([diary[who, end - 7 + n] for n in range(7)], axis=1)
    sessions, km, z34, z5, sprint, strength, other = (days[:, :, n] for n in range(7))
    fast = z34 + z5 + sprint
    told = [
        f(days[:, :, n], axis=1)
        for n in (7, 8, 9)
        for f in (np.mean, np.min, np.max)
    ]  # fmt: skip
    counts = [sessions.sum(1), (sessions == 0).sum(1), km.sum(1), km.max(1), fast.sum(1), (z5 > 1).sum(1)]
    paces = [(fast > 2).sum(1), z34.sum(1), z34.max(1), z5.sum(1), z5.max(1), other.sum(1), strength.sum(1)]
    return np.column_stack([*counts, *paces, *told])
