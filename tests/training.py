"""Builders for training histories: a real in-memory warehouse measured by the real SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path

from features import catalog
from features.training_log import Activity, DayFeatures, Flag, Shoe, Surface, ZoneSource
from pipelines.warehouse import reading, store, writing

MONDAY = date(2026, 6, 1)
_numbers = count()


@dataclass(frozen=True)
class Workout(Activity):
    """An activity with what its samples, its loads and the athlete say of it; ``None`` = nobody says."""

    knee_km: float | None = None
    knee_peak: float | None = None
    walking_m: float | None = None
    high_intensity_s: float | None = None
    trimp: float | None = None
    rpe: float | None = None
    recovery: float | None = None
    ground: str | None = None
    shoes: tuple[tuple[str, float], ...] = ()
    warm_up: float | None = None
    cool_down: float | None = None
    cadence_drop: float | None = None
    stance_percent: float | None = None


@dataclass(frozen=True)
class UsualCadence:
    """A cadence habit that holds at every speed, from one day on."""

    from_day: int
    spm: float


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
    cadence_spm: float | None = None,
    heart_rate_share: float | None = None,
    knee_km: float | None = None,
    knee_peak: float | None = None,
    walking_m: float | None = None,
    high_intensity_s: float | None = None,
    trimp: float | None = None,
    rpe: float | None = None,
    recovery: float | None = None,
    ground: str | None = None,
    shoes: tuple[tuple[str, float], ...] = (),
    warm_up: float | None = None,
    cool_down: float | None = None,
    cadence_drop: float | None = None,
    stance_percent: float | None = None,
) -> Workout:
    """A run on a day (a date, or days after MONDAY) of so many kilometres.

    ``ground`` is the athlete's word (hard, firm, natural, track, treadmill); ``shoes`` are pairs with their
    share of the run.
    """
    on = day if isinstance(day, date) else MONDAY + timedelta(days=day)
    started = datetime.combine(on, time(), tzinfo=UTC) + timedelta(hours=hour)
    return Workout(
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
        mean_cadence_spm=cadence_spm,
        samples=0,
        heart_rate_share=heart_rate_share,
        cadence_share=None,
        altitude_share=None,
        position_share=None,
        device=None,
        name=None,
        flags=flags,
        knee_km=knee_km,
        knee_peak=knee_peak,
        walking_m=walking_m,
        high_intensity_s=high_intensity_s,
        trimp=trimp,
        rpe=rpe,
        recovery=recovery,
        ground=ground,
        shoes=shoes,
        warm_up=warm_up,
        cool_down=cool_down,
        cadence_drop=cadence_drop,
        stance_percent=stance_percent,
    )


def history(db: store.Db, activities: Sequence[Activity]) -> None:
    """Put activities into an open warehouse."""
    came = datetime(2026, 1, 1)
    writing.insert_recordings(db, [writing.RecordingRow(a, a.id, "fit", came) for a in activities])


def told(db: store.Db, workouts: Sequence[Activity]) -> None:
    """Put in what samples, loads and the athlete say of them."""
    for w in workouts:
        if not isinstance(w, Workout):
            continue
        db.execute(
            "insert into stream_measure (recording_id, version, segment_distance_m, segment_moving_s, segment_grade,"
            " segment_cadence_spm, segment_heart_rate_bpm, warm_up_ratio, cool_down_ratio, cadence_drop,"
            " stance_balance_percent) values (?, 1, [], [], [], [], [], ?, ?, ?, ?)",
            [w.id, w.warm_up, w.cool_down, w.cadence_drop, w.stance_percent],
        )
        db.execute(
            "insert into activity_load (activity, athlete, made_of, knee_equivalent_m, knee_peak_load, walking_m,"
            " high_intensity_s, trimp_banister) values (?, ?, '', ?, ?, ?, ?, ?)",
            [
                *(w.id, w.athlete, None if w.knee_km is None else w.knee_km * 1000, w.knee_peak),
                *(w.walking_m, w.high_intensity_s, w.trimp),
            ],
        )
        if w.rpe is not None or w.recovery is not None:
            db.execute(
                "insert into recording_effort values (?, ?, true, ?, ?)",
                [w.athlete, w.id, w.rpe, w.recovery],
            )
        if w.ground is not None:
            db.execute("insert into recording_surface values (?, ?, ?)", [w.athlete, w.id, w.ground])
        for shoe, share in w.shoes:
            db.execute(
                "insert into shoe_assignment values (?, ?, true, ?, ?)", [w.athlete, w.id, shoe, share]
            )


def rebuild(db: store.Db, day: date) -> None:
    """All views and features; loads are taken as they were told, not worked out from samples."""
    writing.make_views(db, catalog.VIEW_ORDER, day)
    writing.make_features(db)


def measured(
    activities: Sequence[Activity],
    as_of: int | date,
    athlete: str = "ada",
    *,
    pairs: Sequence[Shoe] = (),
    usual_cadence: Sequence[UsualCadence] = (),
) -> DayFeatures:
    """All features of one athlete on one day, from these activities alone."""
    day = as_of if isinstance(as_of, date) else MONDAY + timedelta(days=as_of)
    return _measured(tuple(activities), day, athlete, tuple(pairs), tuple(usual_cadence))


@lru_cache(maxsize=8)  # a test asks the same history for one feature after the other
def _measured(
    activities: tuple[Activity, ...],
    day: date,
    athlete: str,
    pairs: tuple[Shoe, ...],
    usual_cadence: tuple[UsualCadence, ...],
) -> DayFeatures:
    with store.open_for_writing(Path(":memory:")) as db:
        db.execute("set threads = 1")  # so few rows wait for threads longer than they are worked on
        history(db, activities)
        told(db, activities)
        writing.replace(db, "shoe", [asdict(pair) for pair in pairs])
        for habit in usual_cadence:
            db.execute(
                "insert into cadence_habit values ('ada', ?, '', ?, 0, 2, 5, 1, 500, 20)",
                [MONDAY + timedelta(days=habit.from_day), habit.spm],
            )
        rebuild(db, day)
        return reading.day_features(db, athlete, day)


def measure(feature: str, activities: Sequence[Activity], as_of: int | date) -> float | None:
    """One feature on one day."""
    return measured(activities, as_of)[feature]
