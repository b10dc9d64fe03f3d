"""The future must not leak: what a day shows stays as it is when everything after it is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from training import MONDAY, Workout, history, rebuild, run, told

from features.training_log import Flag, Shoe, Track
from pipelines import measuring
from pipelines.warehouse import store, writing

DAYS = 75
Features = dict[tuple[object, ...], float]

maybe = st.none() | st.floats(0, 900).map(round)
ratios = st.none() | st.floats(0.7, 1.2)
grounds = st.sampled_from([None, "hard", "firm", "natural", "track", "treadmill"])
worn = st.sampled_from([(), (("red", 1.0),), (("blue", 1.0),), (("red", 0.5), ("blue", 0.5))])


@st.composite
def workouts(draw: st.DrawFn) -> Workout:
    """Anything that a day may hold: runs in parts, rides, walks, suspect files, knowns and unknowns."""
    return run(
        draw(st.integers(0, DAYS)),
        draw(st.none() | st.integers(1, 30)),
        hour=draw(st.integers(5, 20)),
        minutes=draw(st.none() | st.integers(10, 180)),
        descent_m=draw(maybe),
        sport=draw(st.sampled_from(["running"] * 6 + ["cycling", "hiking"])),
        flags=draw(st.sampled_from([()] * 8 + [(Flag.SUSPECT,), (Flag.ELEVATION_FROM_GPS,)])),
        cadence_spm=draw(st.none() | st.integers(150, 185)),
        heart_rate_share=draw(st.none() | st.sampled_from([0.0, 0.5, 1.0])),
        knee_km=draw(st.none() | st.integers(1, 30)),
        knee_peak=draw(ratios),
        walking_m=draw(maybe),
        high_intensity_s=draw(maybe),
        trimp=draw(maybe),
        rpe=draw(st.none() | st.integers(0, 10)),
        recovery=draw(st.none() | st.integers(0, 10)),
        ground=draw(grounds),
        shoes=draw(worn),
        warm_up=draw(ratios),
        cool_down=draw(ratios),
        cadence_drop=draw(st.none() | st.floats(-0.1, 0.1)),
        stance_percent=draw(st.none() | st.floats(45, 55)),
    )


# a story is told in full anyway, and a shorter one costs minutes
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
histories = st.lists(workouts(), min_size=15, max_size=60)


def pairs_as_known_on(last: int) -> list[Shoe]:
    """The red pair is retired on day 50: before that day nobody knows."""
    blue = Shoe("blue", "ada", "Blue", MONDAY + timedelta(days=10), limit_m=60_000.0, limit_days=30)
    retired = MONDAY + timedelta(days=50)
    return [Shoe("red", "ada", "Red", MONDAY, retired_on=retired if last >= 50 else None), blue]


def rules_as_known_on(last: int) -> list[dict[str, object]]:
    rules = [(1, "red", 0), (2, "blue", 30), (3, "red", 60)]
    return [
        {"id": number, "athlete": "ada", "shoe": shoe, "from_day": MONDAY + timedelta(days=first)}
        | {"to_day": None, "sport": None, "sub_sport": None, "surface": None, "weekday": None}
        | {"min_distance_m": None, "max_distance_m": None}
        for number, shoe, first in rules
        if first <= last
    ]


def all_features(db: store.Db, last: int) -> Features:
    """Every feature up to a day: (table, feature, owner, day) → value, NaN = unknown."""
    found: Features = {}
    until = MONDAY + timedelta(days=last)
    for table, keys in (("athlete_day", 2), ("shoe_state", 3)):
        answer = db.execute(f"select * from {table} where day <= ?", [until])
        names = [column[0] for column in answer.description]
        for row in answer.fetchall():
            for name, value in zip(names[keys:], row[keys:], strict=True):
                found[(table, name, *row[:keys])] = np.nan if value is None else float(value)
    return found


def told_until(everything: Sequence[Workout], last: int, upto: int) -> Features:
    """All features up to day ``upto``, with what was known on day ``last``."""
    known = [w for w in everything if w.day <= MONDAY + timedelta(days=last)]
    with store.open_for_writing(Path(":memory:")) as db:
        history(db, known)
        told(db, known)
        writing.replace(db, "shoe", [asdict(pair) for pair in pairs_as_known_on(last)])
        writing.replace(db, "shoe_rule", rules_as_known_on(last))
        db.execute("insert into cadence_habit values ('ada', '2026-06-01', '', 140, 9, 2, 5, 1, 500, 20)")
        rebuild(db, MONDAY + timedelta(days=last))
        return all_features(db, upto)


def differing(whole: Features, past: Features) -> list[tuple[object, ...]]:
    """Where features of the past differ once more is known; the order of a sum may move its last digits.

    A pair that was retired has rows again when a later run is put into it; its athlete's days are always the same.
    """
    assert {key for key in whole if key[0] == "athlete_day"} == {
        key for key in past if key[0] == "athlete_day"
    }
    before, after = np.array(list(past.values())), np.array([whole[key] for key in past])
    alike = np.isclose(after, before, rtol=1e-9, atol=1e-9, equal_nan=True)
    return [key for key, is_alike in zip(past, alike, strict=True) if not is_alike]


@settings(max_examples=12, deadline=None, phases=UNSHRUNK, suppress_health_check=list(HealthCheck))
@given(everything=histories, last=st.integers(5, DAYS - 5))
def test_no_feature_of_a_day_changes_when_what_came_later_is_deleted(
    everything: list[Workout], last: int
) -> None:
    assert differing(told_until(everything, DAYS, last), told_until(everything, last, last)) == []


def test_the_comparison_notices_a_feature_that_looks_ahead() -> None:
    everything = [run(day, 5.0 + day % 4) for day in range(0, DAYS, 3)]
    whole, past = told_until(everything, DAYS, 40), told_until(everything, 40, 40)
    assert differing(whole, past) == []
    some_value = ("athlete_day", "runs_7d", "ada", MONDAY + timedelta(days=33))
    whole[some_value] += 1
    assert differing(whole, past) == [some_value]


@settings(max_examples=8, deadline=None, phases=UNSHRUNK, suppress_health_check=list(HealthCheck))
@given(everything=histories)
def test_what_is_split_adds_up_to_the_whole(everything: list[Workout]) -> None:
    """Runs over days, over pairs of shoes and over kinds of ground; sessions of parts; shares."""
    with store.open_for_writing(Path(":memory:")) as db:
        history(db, everything)
        told(db, everything)
        writing.replace(db, "shoe", [asdict(pair) for pair in pairs_as_known_on(DAYS)])
        writing.replace(db, "shoe_rule", rules_as_known_on(DAYS))
        rebuild(db, MONDAY + timedelta(days=DAYS))

        def total(sql: str) -> float:
            (row,) = db.execute(f"select coalesce(sum(x), 0) from ({sql})").fetchall()
            return float(row[0])

        distance = total("select distance_m as x from run")
        assert total("select distance_m as x from day") == pytest.approx(distance)
        assert total("select distance_m as x from run_shoe") == pytest.approx(distance)
        assert total("select weekly_distance_m as x from athlete_day") >= 0
        assert total("select runs as x from day") == total("select 1 as x from run")
        assert total("select len(activity_ids) as x from session") == total("select 1 as x from run")
        assert total("select knee_m as x from day") == pytest.approx(
            total("select knee_equivalent_m as x from measured_run")
        )
        ground = "hard_share + firm_share + natural_share + track_share + treadmill_share + unknown_share"
        assert total(f"select {ground} as x from run_surface") == pytest.approx(
            total("select 1 as x from run")
        )
        shares = [c[0] for c in db.execute("select * from athlete_day").description if "_share_" in c[0]]
        for share in shares:
            outside = f"select 1 as x from athlete_day where {share} < 0 or {share} > 1 + 1e-9"
            assert total(outside) == 0, share


def test_nothing_learned_from_samples_changes_either() -> None:
    """The same through the whole way: samples, monthly habits, loads and features."""
    everything = [steady_run(day) for day in range(0, DAYS, 2)]
    last = 45
    whole, past = measured_until(everything, DAYS, last), measured_until(everything, last, last)
    assert differing(whole, past) == []
    known = {name for (_, name, *_), value in whole.items() if not np.isnan(value)}
    assert {"knee_week_m", "knee_spike_7d", "cadence_vs_usual_7d", "cadence_drop_7d"} <= known


def steady_run(day: int) -> tuple[Workout, Track]:
    """Forty minutes, each day at its own speed, on gentle hills, cadence rising with speed."""
    seconds = np.arange(0.0, 2400.0, 2.0)
    speed = 2.5 + 0.5 * ((day * 7) % 10) / 10
    track = Track.of(
        seconds,
        distance_m=speed * seconds,
        speed_mps=np.full(len(seconds), speed),
        altitude_m=100.0 + 8.0 * np.sin(seconds / 200 + day),
        heart_rate_bpm=np.full(len(seconds), 130.0 + day % 30),
        cadence_spm=np.full(len(seconds), 140.0 + 9 * speed + day % 3),
    )
    made = run(day, speed * 2.4, minutes=40, cadence_spm=140.0 + 9 * speed, heart_rate_share=1.0)
    return replace(made, samples=len(seconds)), track


def measured_until(everything: Sequence[tuple[Workout, Track]], last: int, upto: int) -> Features:
    end: date = MONDAY + timedelta(days=last)
    known = [(w, track) for w, track in everything if w.day <= end]
    with store.open_for_writing(Path(":memory:")) as db:
        batch = writing.Batch(
            recordings=[writing.RecordingRow(w, w.id, "fit", datetime(2026, 1, 1)) for w, _ in known],
            tracks=[(w.id, track) for w, track in known],
        )
        writing.write_batch(db, batch)
        measuring.measure(db, end)
        return all_features(db, upto)
