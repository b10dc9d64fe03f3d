"""A home folder of a whole team, filled in bulk: invented runners with years of runs, check-ins, injuries and shoes.

``python -m benchmarks.dashboard_home FOLDER [--athletes 50] [--years 3]``. The runners come from
``models.simulation``; their last eight weeks have samples, so that pages of single runs have something to draw.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from features.stream_measures import Segments, StreamMeasure
from features.training_log import (
    Activity,
    Athlete,
    CheckIn,
    Flag,
    Injury,
    Onset,
    Shoe,
    Surface,
    Symptom,
    Track,
    ZoneSource,
)
from models.simulation import Cohort, simulate
from pipelines import settings, steps
from pipelines.logbook import shoe_rules, shoes
from pipelines.logbook.shoe_rules import ShoeRule
from pipelines.steps import Home
from pipelines.warehouse import store, writing
from pipelines.warehouse.store import Db

SEED = 20261128
SAMPLED_DAYS = 56
SEGMENT_M = 100.0
SAMPLE_EVERY_S = 5.0
PAIR_DAYS = 120
FIRST = ("Ada", "Bo", "Cem", "Dana", "Eli", "Finn", "Gwen", "Hana", "Ivo", "Juna")
LAST = ("Berg", "Costa", "Dahl", "Ende", "Falk")


def fill(folder: Path, athletes: int, days: int, today: date) -> None:
    """Make the home: everything told and recorded up to ``today``, measured, assessed and published."""
    cohort = simulate(athletes, days, seed=SEED)
    cohort = replace(cohort, first_day=today - timedelta(days=days - 1))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / settings.CONFIG_NAME).write_text(f"today = {today}\n", encoding="utf-8")
    config = settings.load(folder)
    with steps.open_home(config) as home:
        for number in range(athletes):
            _tell(home, cohort, number)
        with store.open_for_writing(config.warehouse_path) as db:
            for number in range(athletes):
                _record(db, cohort, number, today)
        steps.bring_up_to_date(home)


def athlete_id(number: int) -> str:
    return _name(number).lower().replace(" ", "-")


def _name(number: int) -> str:
    again = number // (len(FIRST) * len(LAST))
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
    return f"{first} {last}" + (f" {again + 1}" if again else "")


def _day(cohort: Cohort, number: int) -> date:
    return cohort.first_day + timedelta(days=int(number))


def _tell(home: Home, cohort: Cohort, number: int) -> None:
    """Profile, injuries, check-ins and a pair of shoes after the other."""
    who, draw = athlete_id(number), random.Random(number)
    injuries = tuple(_injuries(cohort, number, who))
    home.logbook.add_athlete(Athlete(who, _name(number), birth_year=1970 + number % 35, injuries=injuries))
    pain = cohort.reports.pain[number]
    told = [
        _check_in(who, _day(cohort, day), int(pain[day]), draw) for day in np.flatnonzero(np.isfinite(pain))
    ]
    home.logbook.put_check_ins(told)
    for start in range(draw.randrange(PAIR_DAYS), len(pain), PAIR_DAYS):
        bought = _day(cohort, start)
        pair = Shoe(f"pair-{start}", who, f"Pair of {bought:%B %Y}", bought)
        shoes.add_shoe(home.logbook, pair)
        shoe_rules.add_rule(home.logbook, ShoeRule(who, pair.id, bought))


def _check_in(who: str, day: date, pain: int, draw: random.Random) -> CheckIn:
    if pain >= 4 and draw.random() < 0.2:
        return CheckIn(who, day, pain_running=pain, onset=Onset.SUDDEN, symptoms=frozenset({Symptom.LOCKING}))
    return CheckIn(who, day, pain_running=max(pain - 1, 0), pain_after=pain)


def _injuries(cohort: Cohort, number: int, who: str) -> Iterator[Injury]:
    lasting = np.flatnonzero(cohort.reports.injured[number])
    for days in np.split(lasting, np.flatnonzero(np.diff(lasting) > 1) + 1):
        if len(days):
            yield Injury(who, "knee", None, _day(cohort, days[0]), _day(cohort, days[-1]))


def _record(db: Db, cohort: Cohort, number: int, today: date) -> None:
    """One athlete's runs: what a sync would store of their files."""
    batch = writing.Batch()
    draw = np.random.default_rng(number)
    t = cohort.training
    for index in np.flatnonzero(t.distance_m[number] > 0):
        day = _day(cohort, index)
        distance_m, moving_s = float(t.distance_m[number, index]), float(t.moving_s[number, index])
        descent_m = float(t.descent_m[number, index])
        activity = _activity(athlete_id(number), day, distance_m, moving_s, descent_m)
        came = datetime.combine(day, time(20))
        batch.recordings.append(writing.RecordingRow(activity, activity.id, "fit", came))
        batch.measures.append((activity.id, _measure(draw, distance_m, moving_s, descent_m)))
        if (today - day).days < SAMPLED_DAYS:
            batch.tracks.append((activity.id, _track(draw, distance_m, moving_s, descent_m)))
    writing.write_batch(db, batch)


def _activity(who: str, day: date, distance_m: float, moving_s: float, descent_m: float) -> Activity:
    return Activity(
        id=f"{who}-{day:%Y%m%d}",
        athlete=who,
        started_at=datetime.combine(day, time(7), tzinfo=UTC),
        zone="UTC",
        zone_source=ZoneSource.POSITION,
        day=day,
        sport="running",
        sub_sport="generic",
        surface=Surface.UNKNOWN,
        distance_m=distance_m,
        duration_s=moving_s + 60,
        moving_s=moving_s,
        ascent_m=descent_m,
        descent_m=descent_m,
        mean_heart_rate_bpm=148.0,
        mean_cadence_spm=168.0,
        samples=round(moving_s),
        heart_rate_share=1.0,
        cadence_share=1.0,
        altitude_share=1.0,
        position_share=1.0,
        device="Simulated",
        name=None,
        flags=(Flag.TRAILING_BYTES,),
    )


def _measure(
    draw: np.random.Generator, distance_m: float, moving_s: float, descent_m: float
) -> StreamMeasure:
    """Up and down in waves, so that the stretches' descent is the run's."""
    count = max(round(distance_m / SEGMENT_M), 1)
    length = np.full(count, distance_m / count)
    wave = np.sin(np.linspace(0, 2 * np.pi * max(count // 20, 1), count))
    down = -wave[wave < 0].sum() * length[0]
    grade = wave * (descent_m / down if down > 0 else 0.0)
    pace = draw.normal(1.0, 0.03, count) * (1 + grade)
    seconds = moving_s * pace / pace.sum()
    cadence = 140 + 9 * length / seconds + draw.normal(0, 1.5, count)
    nothing = np.zeros(count)
    heart = 130 + 30 * np.linspace(0, 1, count) + draw.normal(0, 3, count)
    return StreamMeasure(
        segments=Segments(length, seconds, grade, cadence, heart, nothing, nothing),
        heart_rate_s=None,
        heart_rate_peak_bpm=None,
        best_effort_m=None,
        effort_heart_rate_bpm=None,
        warm_up_ratio=float(draw.uniform(0.8, 1.05)),
        cool_down_ratio=float(draw.uniform(0.8, 1.05)),
        cadence_drop=float(draw.normal(0.01, 0.02)),
        cadence_drift_spm=None,
        stance_balance_percent=None,
        stance_balance_change=None,
        oval_track_share=None,
    )


def _track(draw: np.random.Generator, distance_m: float, moving_s: float, descent_m: float) -> Track:
    elapsed = np.arange(0.0, moving_s, SAMPLE_EVERY_S)
    along = elapsed / moving_s
    turn = 2 * np.pi * along
    radius_deg = distance_m / 111_000 / (2 * np.pi)
    return Track.of(
        elapsed,
        distance_m=distance_m * along,
        speed_mps=distance_m / moving_s * draw.normal(1, 0.04, len(elapsed)),
        altitude_m=200 + descent_m / 2 * np.sin(2 * turn),
        heart_rate_bpm=135 + 20 * along + draw.normal(0, 3, len(elapsed)),
        cadence_spm=168 + draw.normal(0, 2, len(elapsed)),
        latitude_deg=48.0 + radius_deg * np.sin(turn),
        longitude_deg=11.0 + 1.5 * radius_deg * np.cos(turn),
    )


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--athletes", type=int, default=50)
    ask.add_argument("--years", type=float, default=3.0)
    told = ask.parse_args()
    fill(told.folder, told.athletes, round(365.25 * told.years), date(2026, 11, 22))


if __name__ == "__main__":
    main()
