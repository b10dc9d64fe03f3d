"""Reads whole histories for learning: features and verdicts of every athlete and day, as columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from pipelines.warehouse.store import Db


@dataclass(frozen=True, slots=True)
class Histories:
    """Features by name, as (athletes, days) from each athlete's first day; NaN = unknown, or past the record."""

    athletes: tuple[str, ...]
    first_day: NDArray[np.int64]  # date.toordinal()
    days: NDArray[np.int64]  # how many days each record has
    features: dict[str, Column]


@dataclass(frozen=True, slots=True)
class PastVerdict:
    """A Sunday's level as it is stored."""

    athlete: str
    day: date
    level: str
    log_hazard: float | None


def histories(db: Db, names: Sequence[str], athletes: Collection[str] | None = None) -> Histories:
    """These features of everyone, or of some. Every athlete has one row for each day, without gaps."""
    wanted = ["athlete", "date_diff('day', date '0001-01-01', day) + 1 as day"]
    wanted += [f"{name}::double as {name}" for name in names]
    found = db.execute(
        f"select {', '.join(wanted)} from athlete_day where {_IS_WANTED} order by athlete, day",
        _wanted(athletes),
    ).fetchnumpy()
    athlete, start, days = np.unique(
        np.asarray(found["athlete"], dtype=str), return_index=True, return_counts=True
    )
    shape = (len(athlete), int(days.max(initial=0)))
    is_day = np.arange(shape[1]) < days[:, None]
    features = {}
    for name in names:
        column = np.full(shape, np.nan)
        column[is_day] = _filled(found[name])
        features[name] = column
    first_day = np.asarray(found["day"], dtype=np.int64)[start]
    return Histories(tuple(map(str, athlete)), first_day, days.astype(np.int64), features)


def past_verdicts(db: Db, athletes: Collection[str] | None = None) -> list[PastVerdict]:
    """All verdicts on Sundays that had a level, of everyone or of some, by athlete and day."""
    answer = db.execute(
        "select athlete, day, level, log_hazard from assessment "
        f"where isodow(day) = 7 and level <> 'unknown' and {_IS_WANTED} order by athlete, day",
        _wanted(athletes),
    )
    return [PastVerdict(*row) for row in answer.fetchall()]


_IS_WANTED = "coalesce(list_contains($athletes::text[], athlete), true)"


def _wanted(athletes: Collection[str] | None) -> dict[str, list[str] | None]:
    return {"athletes": None if athletes is None else list(athletes)}


def _filled(column: Any) -> Column:
    """A column as it comes from the database, NULL as NaN."""
    return np.asarray(np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan))
