"""Builders for the stories that reports tell: five athletes' weeks, judged by the real models."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from features import catalog
from features.training_log import (
    Athlete,
    CheckIn,
    DayFeatures,
    Flag,
    Injury,
    Onset,
    Shoe,
    ShoeDay,
    Side,
    Surface,
    Symptom,
    Week,
)
from models.advice import plan
from models.knee_pain import knee_pain
from models.risk import assess
from models.track_record import TrackRecord
from models.triage import triage
from reports.week_story import CadenceHabit, SessionLine, WeekStory, WeekTotals

WEEK = Week(2026, 46)
MONDAY, SUNDAY = WEEK.first_day, WEEK.last_day  # 9 and 15 November 2026
TUESDAY, THURSDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
ZONE = "Europe/Berlin"

NO_FEATURES: dict[str, float | None] = {feature.name: None for feature in catalog.per_day()}

CALM_FEATURES = NO_FEATURES | {
    "session_spike_7d": 0.95, "spike_distance_7d_m": 13_300.0, "spike_reference_7d_m": 14_000.0,
    "longest_run_30d_m": 14_000.0,
    "weekly_distance_m": 31_500.0, "weekly_distance_usual_m": 30_000.0, "weekly_distance_change": 0.02,
    "acute_load_m": 4_500.0, "chronic_load_m": 4_300.0,
    "descent_7d_m": 210.0, "descent_usual_m": 200.0,
    "descent_peak_7d_m": 90.0, "descent_reference_7d_m": 100.0, "descent_spike_7d": 0.9,
    "hard_surface_share_28d": 0.7, "surface_known_share_28d": 0.9, "descent_known_share_28d": 1.0,
    "days_since_last_run": 0.0, "gap_before_run_7d": 2.0,
    "knee_spike_7d": 0.9, "knee_spike_session_7d_m": 13_500.0, "knee_spike_reference_7d_m": 15_000.0,
    "worn_shoe_share_28d": 0.0, "skipped_warm_up_share_28d": 0.0, "low_impact_share_28d": 0.2,
    "heart_rate_known_share_28d": 1.0,
    "runs_7d": 3.0, "unmeasured_runs_7d": 0.0, "runs_30d": 13.0, "history_days": 210.0,
}  # fmt: skip

HILLY_FEATURES = CALM_FEATURES | {
    "session_spike_7d": 21_300 / 14_100, "spike_distance_7d_m": 21_300.0, "spike_reference_7d_m": 14_100.0,
    "longest_run_30d_m": 21_300.0,
    "weekly_distance_m": 44_600.0, "weekly_distance_usual_m": 34_500.0, "weekly_distance_change": 0.27,
    "acute_load_m": 6_371.0, "chronic_load_m": 4_929.0,
    "descent_7d_m": 910.0, "descent_usual_m": 390.0,
    "descent_peak_7d_m": 640.0, "descent_reference_7d_m": 305.0, "descent_spike_7d": 640 / 305,
    "hard_surface_share_28d": 0.35, "surface_known_share_28d": 0.6, "descent_known_share_28d": 0.92,
    "knee_spike_7d": 24_900 / 15_300, "knee_spike_session_7d_m": 24_900.0, "knee_spike_reference_7d_m": 15_300.0,
    "worn_shoe_share_28d": 0.86, "skipped_warm_up_share_28d": 0.4, "cadence_vs_usual_7d": 0.97,
    "high_intensity_spike_7d": 0.5, "high_intensity_session_7d_s": 660.0, "high_intensity_reference_7d_s": 1_320.0,
    "monotony_7d": 0.8, "low_impact_share_28d": 0.0, "heart_rate_known_share_28d": 0.95,
    "runs_7d": 4.0, "runs_30d": 15.0,
}  # fmt: skip


def athlete(
    name: str = "Ada Berg", units: str = "km", injuries: tuple[Injury, ...] = (), *things: str
) -> Athlete:
    return Athlete("ada", name, ZONE, 1984, units=units, injuries=injuries, equipment=frozenset(things))


def run(day: date, km: float, pace_s: float = 345.0, **changes: object) -> SessionLine:
    """A run of ``km`` at ``pace_s`` seconds a kilometre, at 06:30 UTC; no shoe unless told."""
    seconds = km * pace_s
    line = SessionLine(
        activity_id=f"run-{day:%m%d}",
        started_at=datetime(day.year, day.month, day.day, 6, 30, tzinfo=UTC),
        zone=ZONE,
        day=day,
        sport="running",
        sub_sport=None,
        surface=Surface.HARD,
        distance_m=km * 1000,
        duration_s=seconds + 40,
        moving_s=seconds,
        ascent_m=60.0,
        descent_m=60.0,
        spike_ratio=None,
        reference_m=None,
        shoe=None,
        flags=(),
    )
    return replace(line, **changes)  # type: ignore[arg-type]


def jump(day: date, km: float, reference_km: float, pace_s: float = 345.0, **changes: object) -> SessionLine:
    """A run told beside the longest of the thirty days before it."""
    return run(day, km, pace_s, spike_ratio=km / reference_km, reference_m=reference_km * 1000, **changes)


def ride(day: date, km: float | None = 24.0, minutes: float = 62.0) -> SessionLine:
    metres = None if km is None else km * 1000
    return run(
        day, 1.0, activity_id=f"ride-{day:%m%d}", sport="cycling", distance_m=metres,
        duration_s=minutes * 60, moving_s=minutes * 60, surface=Surface.UNKNOWN, descent_m=None,
    )  # fmt: skip


def pair(km: float = 320.0, name: str = "Blue daily", age_days: int = 90, **changes: object) -> ShoeDay:
    """A pair as of the Sunday, 30 km a week of late; limits 600 km and 183 days."""
    shoe = Shoe(name.lower().replace(" ", "-"), "ada", name, SUNDAY - timedelta(days=age_days))
    shoe = replace(shoe, **changes)  # type: ignore[arg-type]
    return ShoeDay(shoe, SUNDAY, km * 1000, age_days, 40, 120_000.0)


def weeks_before(*km: float | None, longest: float = 0.4, descent_m: float = 200.0) -> list[WeekTotals]:
    """Whole weeks up to the Sunday before, oldest first; None is a week without a run."""
    made = []
    for back, distance in zip(range(len(km), 0, -1), km, strict=True):
        week = WEEK.shifted(-back)
        if distance is None:
            made.append(WeekTotals(week, 0.0, 0, None, None, None))
        else:
            made.append(WeekTotals(week, distance * 1000, 3, distance * longest * 1000, descent_m, None))
    return made


def this_week(sessions: tuple[SessionLine, ...], check_ins: tuple[CheckIn, ...]) -> WeekTotals:
    runs = [s for s in sessions if s.sport == "running" and s.distance_m is not None]
    lengths = [s.distance_m for s in runs if s.distance_m is not None]
    descents = [s.descent_m for s in runs if s.descent_m is not None]
    pains = [c.worst_pain for c in check_ins if c.worst_pain is not None]
    return WeekTotals(
        WEEK, sum(lengths), len(runs), max(lengths, default=None),
        sum(descents) if descents else None if runs else 0.0, max(pains, default=None),
    )  # fmt: skip


def story(
    sessions: tuple[SessionLine, ...],
    features: dict[str, float | None],
    *,
    who: Athlete | None = None,
    before: list[WeekTotals] | None = None,
    features_before: dict[str, float | None] | None = None,
    shoes: tuple[ShoeDay, ...] = (),
    check_ins: tuple[CheckIn, ...] = (),
    cadence: CadenceHabit | None = None,
    files_with_problems: int = 0,
    past: TrackRecord | None = None,
    as_of: date = SUNDAY,
) -> WeekStory:
    """A week's story whose level, triage and plan come from the models themselves."""
    person = who or athlete()
    values = DayFeatures(person.id, as_of, features)
    earlier = None
    if features_before is not None:
        earlier = DayFeatures(person.id, MONDAY - timedelta(days=1), features_before)
    felt = triage(check_ins, as_of)
    verdict = assess(values, person, felt)
    return WeekStory(
        athlete=person,
        week=WEEK,
        as_of=as_of,
        sessions=sessions,
        weeks=(*(before or weeks_before(*[None] * 11)), this_week(sessions, check_ins)),
        features=values,
        features_before=earlier,
        assessment=verdict,
        triage=felt,
        knee_pain=knee_pain(check_ins, as_of, felt),
        plan=plan(verdict, felt, person, values, earlier, shoes),
        shoes=shoes,
        check_ins=check_ins,
        cadence=cadence,
        files_with_problems=files_with_problems,
        past=past,
    )


def calm_story(who: Athlete | None = None) -> WeekStory:
    """Three ordinary runs and a ride; pain told as 0."""
    sessions = (
        jump(TUESDAY, 8.2, 14.0, shoe="Blue daily"),
        ride(MONDAY + timedelta(days=2)),
        jump(THURSDAY, 10.0, 14.0, shoe="Blue daily"),
        jump(SUNDAY, 13.3, 14.0, shoe="Blue daily", descent_m=90.0),
    )
    return story(
        sessions,
        CALM_FEATURES,
        who=who,
        before=weeks_before(27, 28, 24, 29, 30, 26, 31, 30, 29, 30, 31),
        features_before=CALM_FEATURES,
        shoes=(pair(), pair(96, "Green trail", 40)),
        check_ins=(CheckIn("ada", SUNDAY, 0, 0, None, Side.RIGHT),),
        cadence=CadenceHabit(171.0, 170.0, 2.9, 62),
    )


def hilly_story(who: Athlete | None = None) -> WeekStory:
    """A long run 1.5 times the month's longest, twice the descent, worn shoes, an old knee injury."""
    injury = Injury("ada", "knee", Side.RIGHT, SUNDAY - timedelta(days=190), SUNDAY - timedelta(days=120))
    sessions = (
        jump(TUESDAY, 7.8, 14.1, shoe="Red racer"),
        jump(THURSDAY, 9.4, 14.1, shoe="Red racer", descent_m=130.0, flags=(Flag.TRUNCATED, Flag.NO_GPS)),
        jump(SUNDAY - timedelta(days=1), 6.1, 14.1, sub_sport="treadmill", descent_m=None,
             surface=Surface.TREADMILL),
        jump(SUNDAY, 21.3, 14.1, 372.0, shoe="Red racer", sub_sport="trail", descent_m=640.0),
    )  # fmt: skip
    totals = weeks_before(30, 32, 28, 35, 37, 24, 33, 36, 33, 34, 35, descent_m=390.0)
    totals[6] = replace(totals[6], worst_pain=1)
    totals[-1] = replace(totals[-1], longest_m=14_100.0)
    totals[7] = replace(totals[7], longest_m=13_600.0)
    return story(
        sessions,
        HILLY_FEATURES,
        who=who or athlete("Tom Weber", "km", (injury,), "band"),
        before=totals,
        features_before=HILLY_FEATURES | {"longest_run_30d_m": 14_100.0},
        shoes=(pair(655, "Red racer", 240),),
        check_ins=(CheckIn("ada", SUNDAY, 2, 2, 1, Side.RIGHT, Onset.GRADUAL, note="Downhill only"),),
        cadence=CadenceHabit(164.4, 168.6, 2.75, 70),
        files_with_problems=2,
        past=TrackRecord(raised=9, known=8, right=2, problems=3, missed=1),
    )


def no_runs_story() -> WeekStory:
    """A long record, and a week without a run."""
    features = CALM_FEATURES | {
        "session_spike_7d": None, "spike_distance_7d_m": None, "spike_reference_7d_m": None,
        "weekly_distance_m": 0.0, "acute_load_m": 0.0, "weekly_distance_change": -1.0,
        "descent_7d_m": None, "descent_peak_7d_m": None, "descent_reference_7d_m": None,
        "descent_spike_7d": None, "days_since_last_run": 9.0, "gap_before_run_7d": None, "runs_7d": 0.0,
        "runs_30d": 9.0,
    }  # fmt: skip
    before = weeks_before(27, 28, 24, 29, 30, 26, 31, 30, 29, 30, 31)
    return story((), features, before=before, features_before=CALM_FEATURES, shoes=(pair(),))


def first_weeks_story() -> WeekStory:
    """Nine days on record: too little to judge by."""
    features = NO_FEATURES | {
        "session_spike_7d": 1.2, "spike_distance_7d_m": 6_000.0, "spike_reference_7d_m": 5_000.0,
        "longest_run_30d_m": 6_000.0, "weekly_distance_m": 9_000.0, "acute_load_m": 1_286.0,
        "descent_peak_7d_m": 40.0, "descent_known_share_28d": 1.0, "surface_known_share_28d": 0.0,
        "days_since_last_run": 0.0, "gap_before_run_7d": 2.0, "runs_7d": 2.0, "runs_30d": 3.0,
        "history_days": 9.0,
    }  # fmt: skip
    sessions = (run(TUESDAY, 3.0), jump(SUNDAY, 6.0, 5.0))
    return story(sessions, features, before=weeks_before(*[None] * 10, 5, longest=1.0))


def red_flag_story() -> WeekStory:
    """An ordinary week of running, and a knee that locks and carries no weight after a fall."""
    told = CheckIn(
        "ada", SUNDAY, 7, 8, None, Side.LEFT, Onset.SUDDEN,
        frozenset({Symptom.LOCKING, Symptom.SWELLING}), can_bear_weight=False, after_trauma=True,
    )  # fmt: skip
    calm = calm_story()
    return story(
        calm.sessions, CALM_FEATURES, before=list(calm.weeks[:-1]), features_before=CALM_FEATURES,
        shoes=(pair(),), check_ins=(told,),
    )  # fmt: skip


def nothing_yet_story() -> WeekStory:
    """Somebody who has just been added: no file, no word."""
    nothing = story((), NO_FEATURES)
    return replace(nothing, weeks=())


STORIES = {
    "calm": calm_story,
    "hilly": hilly_story,
    "no-runs": no_runs_story,
    "first-weeks": first_weeks_story,
    "red-flag": red_flag_story,
    "nothing-yet": nothing_yet_story,
}
