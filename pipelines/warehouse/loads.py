"""Habits and loads in the warehouse: what is to be learned or worked out anew, and where it is put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.intensity import IntensityLoads, References
from features.knee_load import KneeLoads
from features.stream_measures import CadenceHabit, IntensityHabit
from features.training_log import Athlete, Column
from pipelines.warehouse import arrow_columns as arrow
from pipelines.warehouse.store import Db, question
from pipelines.warehouse.writing import insert


@dataclass(frozen=True, slots=True)
class MonthToLearn:
    """An athlete's month whose habits rest on other runs than those that they were learned on."""

    athlete: str
    from_day: date
    cadence_on: str
    intensity_on: str
    is_cadence_new: bool
    is_intensity_new: bool


@dataclass(frozen=True, slots=True)
class PastRuns:
    """Runs that habits are learned from, by athlete and time, and the recordings that tell of each."""

    athletes: NDArray[np.str_]
    days: NDArray[np.datetime64]
    segments_of: list[str | None]
    heart_rate_of: list[str | None]
    efforts_of: list[str | None]

    def places_of(self, athlete: str) -> tuple[int, int]:
        """The place of the athlete's first run, and the one after the last."""
        first, after = (np.searchsorted(self.athletes, athlete, side=side) for side in ("left", "right"))
        return int(first), int(after)


@dataclass(frozen=True, slots=True)
class Workouts:
    """Workouts whose loads are to be worked out: where their streams are, and the habits of their month.

    ``cadence_line``: intercept, slope, slowest and fastest speed of the usual cadence, NaN = not known.
    """

    activity: list[str]
    athlete: list[str]
    made_of: list[str]
    segments_of: list[str | None]
    heart_rate_of: list[str | None]
    distance_m: Column
    moving_s: Column
    cadence_line: tuple[Column, ...]
    references: References


def find_sources(db: Db) -> None:
    """Note, for this connection, which recordings each workout's loads come from."""
    db.execute(f"create or replace temp table load_source as {question('load_sources')}")


def drop_vanished(db: Db) -> None:
    """Forget loads of workouts that are none any more, and habits of months without workouts."""
    db.execute("delete from activity_load where activity not in (select activity from load_source)")
    for table in ("cadence_habit", "intensity_habit"):
        db.execute(
            f"delete from {table} where not exists (select 1 from load_source "
            f"where load_source.athlete = {table}.athlete and load_source.from_day = {table}.from_day)"
        )


def months_to_learn(
    db: Db, learned_by: str, cadence_days: float, intensity_days: float
) -> list[MonthToLearn]:
    """The months to learn, by athlete and time; ``learned_by`` says how, the days how far back."""
    answer = db.execute(
        question("months_to_learn"),
        {"learned_by": learned_by, "cadence_days": cadence_days, "intensity_days": intensity_days},
    )
    return [MonthToLearn(*row) for row in answer.fetchall()]


def past_runs(db: Db, athletes: Sequence[str], since: date) -> PastRuns:
    """The runs of these athletes that count, from ``since`` on."""
    rows = db.execute(
        "select athlete, day, segments_of, heart_rate_of, efforts_of from load_source "
        "where list_contains(?, athlete) and day >= ? and is_run order by athlete, day, activity",
        [list(athletes), since],
    ).fetchall()
    return PastRuns(
        np.array([row[0] for row in rows], dtype=np.str_),
        np.array([row[1] for row in rows], dtype="datetime64[D]"),
        *([row[place] for row in rows] for place in (2, 3, 4)),
    )


def people(db: Db) -> dict[str, Athlete]:
    """What intensity asks of each athlete: age and highest heart rate, if told."""
    rows = db.execute("select id, name, birth_year, highest_heart_rate_bpm from athlete").fetchall()
    return {
        athlete: Athlete(athlete, name, birth_year=birth_year, highest_heart_rate_bpm=highest)
        for athlete, name, birth_year, highest in rows
    }


def put_cadence_habits(db: Db, learned: Sequence[tuple[MonthToLearn, CadenceHabit | None]]) -> None:
    """Store habits; None = too little to learn from, which is noted as well."""
    on = [month.cadence_on for month, _ in learned]
    names = [f.name for f in fields(CadenceHabit)[2:]]
    _put_habits(
        db, "cadence_habit", [month for month, _ in learned], on, names, [habit for _, habit in learned]
    )


def put_intensity_habits(db: Db, learned: Sequence[tuple[MonthToLearn, IntensityHabit]]) -> None:
    """Store the athletes' references."""
    on = [month.intensity_on for month, _ in learned]
    names = [f.name for f in fields(IntensityHabit)[2:]]
    _put_habits(
        db, "intensity_habit", [month for month, _ in learned], on, names, [habit for _, habit in learned]
    )


def _put_habits(
    db: Db,
    table: str,
    months: Sequence[MonthToLearn],
    fitted_on: Sequence[str],
    names: Sequence[str],
    habits: Sequence[CadenceHabit | IntensityHabit | None],
) -> None:
    if not months:
        return
    columns = {
        "athlete": arrow.texts([month.athlete for month in months]),
        "from_day": arrow.days([month.from_day for month in months]),
        "fitted_on": arrow.texts(fitted_on),
    }
    for name in names:
        columns[name] = arrow.column([getattr(habit, name, None) for habit in habits])
    insert(db, table, pa.table(columns), "or replace")


def loads_to_work_out(db: Db, worked_out_by: str) -> pa.Table:
    """A row for each workout whose loads are not made of what it is now; see ``workouts``."""
    return db.sql(question("loads_to_work_out"), params={"worked_out_by": worked_out_by}).to_arrow_table()


def workouts(rows: pa.Table) -> Workouts:
    """Some of the rows of ``loads_to_work_out``."""

    def told(name: str) -> list[str | None]:
        values: list[str | None] = rows.column(name).to_pylist()
        return values

    def numbers(name: str) -> Column:
        return np.array([np.nan if v is None else v for v in told(name)], dtype=np.float64)

    return Workouts(
        activity=[str(name) for name in told("activity")],
        athlete=[str(name) for name in told("athlete")],
        made_of=[str(made_of) for made_of in told("made_of")],
        segments_of=told("segments_of"),
        heart_rate_of=told("heart_rate_of"),
        distance_m=numbers("distance_m"),
        moving_s=numbers("moving_s"),
        cadence_line=tuple(
            numbers(name) for name in ("intercept_spm", "slope_spm_per_mps", "slowest_mps", "fastest_mps")
        ),
        references=References(
            resting_heart_rate_bpm=numbers("resting_heart_rate_bpm"),
            highest_heart_rate_bpm=numbers("highest_heart_rate_bpm"),
            threshold_heart_rate_bpm=numbers("threshold_heart_rate_bpm"),
            critical_speed_mps=numbers("critical_speed_mps"),
            sex=told("sex"),
        ),
    )


def put_loads(db: Db, of: Workouts, knee: KneeLoads, hardness: IntensityLoads) -> None:
    """Store the loads of workouts in place of those that were."""
    columns = {
        "activity": arrow.texts(of.activity),
        "athlete": arrow.texts(of.athlete),
        "made_of": arrow.texts(of.made_of),
    }
    for loads in (knee, hardness):
        for f in fields(loads):
            values = getattr(loads, f.name)
            if f.name == "intensity_from":
                columns[f.name] = arrow.texts(list(values))
            elif values.ndim == 2:
                columns[f.name] = arrow.list_column([None if np.isnan(row).all() else row for row in values])
            else:
                columns[f.name] = arrow.numbers(values)
    insert(db, "activity_load", pa.table(columns), "or replace")
