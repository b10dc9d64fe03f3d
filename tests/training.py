"""Builders for training histories: a real in-memory warehouse measured by the real SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path

from features.training_log import Activity, DayFeatures, Flag, Surface, ZoneSource
from pipelines import measuring
from pipelines.warehouse import reading, store, writing

MONDAY = date(2026, 6, 1)
_numbers = count()


def run(
    day: int | date,
    km: float | None = 10.0,
    *,
    hour: float = 7.0,
    minutes: float | None = 60.0,
    descent_m: float | None = None,
    athlete: str = "ada",
    sport: str = "running",
    surface: Surface = Surface.UNKNOWN,
    sub_sport: str | None = None,
    flags: tuple[Flag, ...] = (),
) -> Activity:
    """A run on a day (a date, or days after MONDAY) of so many kilometres."""
    on = day if isinstance(day, date) else MONDAY + timedelta(days=day)
    started = datetime.combine(on, time(), tzinfo=UTC) + timedelta(hours=hour)
    return Activity(
        id=f"run-{next(_numbers)}",
        athlete=athlete,
        started_at=started,
        zone="UTC",
        zone_source=ZoneSource.PROFILE,
        day=on,
        sport=sport,
        sub_sport=sub_sport,
        surface=surface,
        distance_m=None if km is None else km * 1000,
        duration_s=None if minutes is None else minutes * 60,
        moving_s=None if minutes is None else minutes * 60,
        ascent_m=None,
        descent_m=descent_m,
        mean_heart_rate_bpm=None,
        mean_cadence_spm=None,
        samples=0,
        heart_rate_share=None,
        cadence_share=None,
        altitude_share=None,
        position_share=None,
        device=None,
        name=None,
        flags=flags,
    )


def history(db: store.Db, activities: Sequence[Activity]) -> None:
    """Put activities into an open warehouse."""
    came = datetime(2026, 1, 1)
    writing.insert_recordings(db, [writing.RecordingRow(a, a.id, "fit", came) for a in activities])


def measured(activities: Sequence[Activity], as_of: int | date, athlete: str = "ada") -> DayFeatures:
    """All features of one athlete on one day, from these activities alone."""
    day = as_of if isinstance(as_of, date) else MONDAY + timedelta(days=as_of)
    with store.open_for_writing(Path(":memory:")) as db:
        history(db, activities)
        measuring.measure(db, day)
        return reading.day_features(db, athlete, day)


def measure(feature: str, activities: Sequence[Activity], as_of: int | date) -> float | None:
    """One feature on one day."""
    return measured(activities, as_of)[feature]
