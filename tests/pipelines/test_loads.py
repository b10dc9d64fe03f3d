"""From samples to loads in a real warehouse: what is measured, what again, and what stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from features import catalog
from features.per_activity.summary import summarise
from features.training_log import Activity, Flag, Recording, Totals, Track
from pipelines import loads
from pipelines.warehouse import streams, writing
from pipelines.warehouse.store import Db, open_for_writing

MARCH = date(2026, 3, 2)
CAME = datetime(2026, 7, 1)


@pytest.fixture
def db() -> Iterator[Db]:
    with open_for_writing(Path(":memory:")) as opened:
        yield opened


def workout(
    day: date,
    *,
    speed: float = 3.0,
    km: float = 5.0,
    grade: float = 0.0,
    cadence: float | None = None,
    sport: str = "running",
    sub_sport: str | None = None,
    barometer: bool | None = True,
    flags: frozenset[Flag] = frozenset(),
    at_hour: int = 7,
) -> Recording:
    """A steady run on a steady slope, a sample a second; cadence is 140 + 10 × speed unless told."""
    times = np.arange(round(km * 1000 / speed) + 1.0)
    return Recording(
        started_at=datetime(day.year, day.month, day.day, at_hour, tzinfo=UTC),
        sport=sport,
        sub_sport=sub_sport,
        track=Track.of(
            times,
            distance_m=speed * times,
            altitude_m=500 + grade * speed * times,
            cadence_spm=np.full(len(times), 140 + 10 * speed if cadence is None else cadence),
            heart_rate_bpm=np.full(len(times), 100 + 15 * speed),
        ),
        totals=Totals(distance_m=speed * times[-1], elapsed_s=times[-1], timer_s=times[-1]),
        altitude_is_barometric=barometer,
        flags=flags,
    )


def put(db: Db, name: str, recording: Recording, *, format: str = "fit", athlete: str = "ada") -> Activity:
    """Store a recording as a sync does."""
    activity = summarise(
        recording, activity_id=name, athlete=athlete, profile_zone="UTC", place_zone=lambda *_: None
    )
    writing.write_batch(
        db,
        writing.Batch(
            recordings=[writing.RecordingRow(activity, name, format, CAME)], tracks=[(name, recording.track)]
        ),
    )
    return activity


def measure(db: Db, as_of: date = date(2026, 7, 1)) -> None:
    loads.measure_streams(db)
    writing.make_views(db, catalog.COUNTED_VIEWS, as_of)
    loads.update_loads(db)


def load(db: Db, activity: str) -> dict[str, Any]:
    answer = db.execute("select * from activity_load where activity = ?", [activity])
    columns = [column[0] for column in answer.description]
    row = answer.fetchone()
    assert row is not None
    return dict(zip(columns, row, strict=True))


def all_rows(db: Db) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("stream_measure", "cadence_habit", "intensity_habit", "activity_load")
    return {table: db.execute(f"from {table} order by all").fetchall() for table in tables}


def spring(db: Db, runs: int = 10) -> None:
    """Runs at several speeds every third day of March, each on its own cadence line."""
    for number in range(runs):
        speed = 2.6 + 0.1 * number
        put(db, f"march-{number}", workout(MARCH + timedelta(days=3 * number), speed=speed))


def test_a_run_on_the_level_at_the_reference_speed_counts_its_own_length(db: Db) -> None:
    put(db, "one", workout(MARCH, speed=2.78))
    measure(db)
    found = load(db, "one")
    assert found["knee_equivalent_m"] == pytest.approx(5000, rel=0.001)
    assert found["knee_peak_load"] == pytest.approx(1, rel=0.001)
    assert found["knee_grade_known_share"] == pytest.approx(1)
    assert found["knee_cadence_known_share"] == 0  # there is no habit yet
    assert found["walking_m"] == pytest.approx(0, abs=1)


def test_downhill_loads_the_knee_more(db: Db) -> None:
    put(db, "down", workout(MARCH, speed=2.78, grade=-0.0524))  # 3 degrees
    measure(db)
    assert load(db, "down")["knee_equivalent_m"] == pytest.approx(5000 * 1.08, rel=0.002)


@pytest.mark.parametrize(
    "changes",
    [
        {"barometer": False},
        {"sub_sport": "treadmill"},
        {"sub_sport": "indoor_running"},
        {"sub_sport": "virtual_activity"},
    ],
)
def test_without_a_believable_grade_knee_load_is_unknown(db: Db, changes: dict[str, Any]) -> None:
    recording = workout(MARCH, **changes)
    put(db, "one", replace(recording, totals=replace(recording.totals, ascent_m=None)))
    measure(db)
    found = load(db, "one")
    assert found["knee_equivalent_m"] is None
    assert found["knee_grade_known_share"] == 0
    assert found["knee_peak_load"] is not None


def test_a_suspect_run_has_no_load_until_it_is_accepted(db: Db) -> None:
    put(db, "one", workout(MARCH, flags=frozenset({Flag.SUSPECT})))
    measure(db)
    assert load(db, "one")["knee_equivalent_m"] is None
    db.execute("insert into file_decision values ('ada', 'one', 'accept', null, null)")
    measure(db)
    assert load(db, "one")["knee_equivalent_m"] is not None


def test_a_rejected_file_leaves_no_load_behind(db: Db) -> None:
    put(db, "one", workout(MARCH))
    measure(db)
    db.execute("insert into file_decision values ('ada', 'one', 'reject', null, null)")
    measure(db)
    assert db.execute("select count(*) from activity_load").fetchall() == [(0,)]
    assert db.execute("select count(*) from cadence_habit").fetchall() == [(0,)]


def test_a_habit_is_learned_from_the_runs_before_the_month(db: Db) -> None:
    spring(db)
    put(db, "april", workout(date(2026, 4, 20), speed=3.0, cadence=153))  # a tenth below its 170
    measure(db)
    habit = db.execute(
        "select intercept_spm, slope_spm_per_mps, runs from cadence_habit where from_day = '2026-04-01'"
    ).fetchone()
    assert habit == pytest.approx((140, 10, 10))
    assert db.execute("select runs from cadence_habit where from_day = '2026-03-01'").fetchone() == (None,)
    found = load(db, "april")
    assert found["knee_cadence_known_share"] == pytest.approx(1)
    assert found["knee_equivalent_m"] == pytest.approx(5000 * (3 / 2.78) ** -0.6 * 0.9**-0.75, rel=0.001)


def test_later_runs_change_nothing_of_earlier_months(db: Db) -> None:
    spring(db)
    put(db, "april", workout(date(2026, 4, 20)))
    measure(db, date(2026, 4, 30))
    before = all_rows(db)
    put(db, "june", workout(date(2026, 6, 9), speed=4.5, cadence=150))
    put(db, "late april", workout(date(2026, 4, 28), speed=4.5, cadence=150))
    measure(db)
    after = all_rows(db)
    for table in ("cadence_habit", "intensity_habit", "activity_load"):
        assert [row for row in before[table] if row not in after[table]] == []


def test_an_earlier_run_that_comes_in_late_is_learned_from(db: Db) -> None:
    spring(db, runs=8)
    put(db, "april", workout(date(2026, 4, 20), cadence=153))
    measure(db)
    before = load(db, "april")
    for number in range(3):
        put(db, f"late {number}", workout(MARCH + timedelta(days=2 + 3 * number), cadence=190))
    measure(db)
    runs = db.execute("select runs from cadence_habit where from_day = '2026-04-01'").fetchone()
    assert runs == (11,)
    assert load(db, "april")["made_of"] != before["made_of"]


def test_what_did_not_change_is_not_worked_out_again(db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    spring(db)
    put(db, "april", workout(date(2026, 4, 20)))
    measure(db)
    before = all_rows(db)

    def refuse(*_: object) -> None:
        raise AssertionError("nothing is to be written")

    for module, name in (
        (streams, "put_measures"),
        (loads.stored, "put_loads"),
        (loads.stored, "put_cadence_habits"),
    ):
        monkeypatch.setattr(module, name, refuse)
    measure(db)
    assert all_rows(db) == before


def test_streams_of_an_older_version_are_measured_again(db: Db) -> None:
    put(db, "one", workout(MARCH))
    measure(db)
    before = all_rows(db)
    db.execute("update stream_measure set version = 0, segment_grade = []")
    measure(db)
    assert all_rows(db) == before


@pytest.mark.parametrize("stop_after", ["measure_streams", "_learn_habits"])
def test_a_measuring_that_was_cut_off_goes_on_from_there(db: Db, stop_after: str) -> None:
    with open_for_writing(Path(":memory:")) as undisturbed:
        for one in (db, undisturbed):
            spring(one)
        measure(undisturbed)
        loads.measure_streams(db)
        if stop_after == "_learn_habits":
            writing.make_views(db, catalog.COUNTED_VIEWS, date(2026, 7, 1))
            loads.stored.find_sources(db)
            loads._learn_habits(db)
        put(db, "one more", workout(date(2026, 5, 5)))
        put(undisturbed, "one more", workout(date(2026, 5, 5)))
        measure(db)
        measure(undisturbed)
        assert all_rows(db) == all_rows(undisturbed)


def test_of_two_recordings_of_a_run_the_better_one_is_used(db: Db) -> None:
    """A watch without a barometer and a phone with one: the phone's stretches, the watch's pulse."""
    watch, phone = workout(MARCH, speed=2.78, barometer=False), workout(MARCH, speed=2.78)
    put(db, "watch", replace(watch, device="Watch", totals=replace(watch.totals, ascent_m=None)))
    silent = replace(phone.track, heart_rate_bpm=np.full(len(phone.track), np.nan))
    put(db, "phone", replace(phone, track=silent, device="Phone"), format="gpx")
    measure(db)
    ((activity,),) = db.execute("select id from activity").fetchall()
    sources = db.execute("select segments_of, heart_rate_of from load_source").fetchall()
    assert sources == [("phone", "watch")]
    assert load(db, activity)["knee_equivalent_m"] == pytest.approx(5000, rel=0.001)


def test_two_athletes_do_not_share_a_habit(db: Db) -> None:
    spring(db)
    put(db, "bea", workout(date(2026, 4, 20)), athlete="bea")
    measure(db)
    assert load(db, "bea")["knee_cadence_known_share"] == 0


def test_a_ride_has_no_knee_load_and_a_walk_none_either(db: Db) -> None:
    put(db, "ride", workout(MARCH, sport="cycling", speed=7.0))
    put(db, "walk", workout(MARCH, sport="walking", speed=1.4, at_hour=15))
    measure(db)
    for name in ("ride", "walk"):
        found = load(db, name)
        assert (found["knee_equivalent_m"], found["knee_peak_load"]) == (None, None)


def test_many_recordings_are_measured_in_parts(db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    spring(db)
    parts: list[int] = []
    put_measures: Callable[..., None] = streams.put_measures

    def noted(db: Db, measured: list[Any]) -> None:
        parts.append(len(measured))
        put_measures(db, measured)

    monkeypatch.setattr(loads, "SAMPLES_AT_ONCE", 5_000)
    monkeypatch.setattr(loads, "WORKOUTS_AT_ONCE", 3)
    monkeypatch.setattr(streams, "put_measures", noted)
    measure(db)
    assert sum(parts) == 10
    assert len(parts) > 1
    assert db.execute("select count(knee_equivalent_m) from activity_load").fetchall() == [(10,)]
