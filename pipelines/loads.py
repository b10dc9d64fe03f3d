"""Stream measures → habits → what each workout asked for, each again only where what it is made of changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import groupby

import numpy as np

from features import evidence
from features.intensity import IntensityLoads, intensity_load
from features.knee_load import KneeLoads, knee_loads
from features.per_activity.stream import stream_measure_of
from features.stream_measures import (
    EFFORTS_S,
    HIGHEST_BPM,
    LOWEST_BPM,
    CadenceHabit,
    IntensityHabit,
    usual_cadence_spm,
)
from features.stream_measures import VERSION as STREAM_VERSION
from features.training_log import Athlete
from models.habits import cadence_habit
from models.thresholds import intensity_habit
from pipelines.warehouse import loads as stored
from pipelines.warehouse import streams
from pipelines.warehouse.loads import MonthToLearn, PastRuns, Workouts
from pipelines.warehouse.store import Db

VERSION = 1  # of the habits and loads: raise it when one of them is worked out differently

SAMPLES_AT_ONCE = 200_000  # some 20 MB, as arrays
WORKOUTS_AT_ONCE = 10_000
ATHLETES_AT_ONCE = 10


def measure_streams(db: Db) -> None:
    """Measure the samples of each recording that has none of this version's measures.

    Most were measured when their file was read (``pipelines.decoding``); the rest were read by an older version.
    """
    for recordings in _by_samples(streams.unmeasured(db)):
        streams.put_measures(
            db,
            [
                (
                    stream.recording,
                    stream_measure_of(stream.track, stream.sport, stream.surface, stream.flags),
                )
                for stream in streams.streams(db, recordings)
            ],
        )


def update_loads(db: Db) -> None:
    """Learn the habits and work out the loads of all that counts now, once the counted views are made."""
    stored.find_sources(db)
    stored.drop_vanished(db)
    _learn_habits(db)
    _work_out_loads(db)


def _learn_habits(db: Db) -> None:
    """Learn the months that rest on other runs than before, some athletes at a time."""
    cadence_days = evidence.value("usual_cadence_days")
    intensity_days = max(
        evidence.value("heart_rate_memory_days"), evidence.value("critical_speed_memory_days")
    )
    months = stored.months_to_learn(db, _method(), cadence_days, intensity_days)
    by_athlete = [list(of_one) for _, of_one in groupby(months, key=lambda month: month.athlete)]
    for start in range(0, len(by_athlete), ATHLETES_AT_ONCE):
        some = by_athlete[start : start + ATHLETES_AT_ONCE]
        to_learn = [month for of_one in some for month in of_one]
        since = min(month.from_day for month in to_learn) - timedelta(days=max(cadence_days, intensity_days))
        runs = stored.past_runs(db, [of_one[0].athlete for of_one in some], since)
        stored.put_cadence_habits(db, list(_cadence_habits(db, runs, to_learn)))
        stored.put_intensity_habits(db, list(_intensity_habits(db, runs, to_learn)))


def _cadence_habits(
    db: Db, runs: PastRuns, months: Sequence[MonthToLearn]
) -> Iterator[tuple[MonthToLearn, CadenceHabit | None]]:
    stretches = streams.stretches(db, runs.segments_of)
    for month in months:
        if month.is_cadence_new:
            part = slice(*np.searchsorted(stretches.place, runs.places_of(month.athlete)))
            run = stretches.place[part]
            segments = stretches.segments.part(part)
            yield month, cadence_habit(month.athlete, month.from_day, runs.days[run], run, segments)


def _intensity_habits(
    db: Db, runs: PastRuns, months: Sequence[MonthToLearn]
) -> Iterator[tuple[MonthToLearn, IntensityHabit]]:
    peaks_bpm = streams.measured(db, runs.heart_rate_of, "heart_rate_peak_bpm")
    efforts_bpm = streams.measured(db, runs.heart_rate_of, "effort_heart_rate_bpm")
    best_efforts_m = streams.measured_rows(db, runs.efforts_of, "best_effort_m", len(EFFORTS_S))
    people = stored.people(db)
    for month in months:
        if month.is_intensity_new:
            part = slice(*runs.places_of(month.athlete))
            yield (
                month,
                intensity_habit(
                    people.get(month.athlete, Athlete(month.athlete, month.athlete)),
                    month.from_day,
                    days=runs.days[part],
                    peaks_bpm=peaks_bpm[part],
                    efforts_bpm=efforts_bpm[part],
                    best_efforts_m=best_efforts_m[part],
                    running=np.ones(len(runs.days[part]), dtype=np.bool_),
                ),
            )


def _work_out_loads(db: Db) -> None:
    """Work out the loads of the workouts that are made of something else than before, many at a time."""
    to_do = stored.loads_to_work_out(db, _method())
    for start in range(0, to_do.num_rows, WORKOUTS_AT_ONCE):
        workouts = stored.workouts(to_do.slice(start, WORKOUTS_AT_ONCE))
        stored.put_loads(db, workouts, *_loads(db, workouts))


def _loads(db: Db, workouts: Workouts) -> tuple[KneeLoads, IntensityLoads]:
    """What each of some workouts asked for."""
    stretches = streams.stretches(db, workouts.segments_of)
    place, of = stretches.place, stretches.segments
    usual = usual_cadence_spm(of.running_speed_mps, *(line[place] for line in workouts.cadence_line))
    knee = knee_loads(of, usual, place, workouts.distance_m)
    heart_rate_s = streams.measured_rows(
        db, workouts.heart_rate_of, "heart_rate_s", HIGHEST_BPM - LOWEST_BPM + 1
    )
    hardness = intensity_load(
        heart_rate_s, workouts.moving_s, of.distance_m, of.moving_s, place, workouts.references
    )
    return knee, hardness


def _method() -> str:
    """Changes whenever the same workouts may give other loads: with another version, or another number."""
    numbers = [(entry.name, entry.value, entry.low, entry.high) for entry in evidence.entries()]
    return hashlib.sha256(repr((STREAM_VERSION, VERSION, numbers)).encode()).hexdigest()[:16]


def _by_samples(waiting: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    """Recordings in parts of not many more than ``SAMPLES_AT_ONCE`` samples."""
    part: list[str] = []
    held = 0
    for recording, samples in waiting:
        part.append(recording)
        held += samples
        if held >= SAMPLES_AT_ONCE:
            yield part
            part, held = [], 0
    if part:
        yield part
