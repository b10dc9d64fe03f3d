"""Stretches of a recording: of runs made by hand, and of real ones that are told in another way."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from recording_builder import track

from features.knee_load import knee_loads
from features.per_activity.climb import climb_of
from features.per_activity.segments import segments_of
from features.stream_measures import Segments
from features.training_log import Column, Recording, Track
from pipelines.sources.reading import read_workouts


def steady(seconds: int = 1000, speed: float = 3.0, **columns: Column) -> Track:
    """A run at one speed and 170 steps a minute, a sample a second."""
    times = np.arange(float(seconds + 1))
    told = {"distance_m": speed * times, "cadence_spm": np.full(seconds + 1, 170.0)} | columns
    return Track.of(times, **told)


def segments(samples: Track, *, grade_is_known: bool = True, sport: str = "running") -> Segments:
    return segments_of(samples, sport, grade_is_known=grade_is_known)


def test_a_run_is_cut_into_even_stretches_of_about_a_hundred_metres() -> None:
    found = segments(steady(1010))  # 3030 m
    assert len(found) == 30
    assert found.distance_m == pytest.approx(101)
    assert found.moving_s == pytest.approx(101 / 3)
    assert found.speed_mps == pytest.approx(3)
    assert found.cadence_spm == pytest.approx(170)
    assert found.walked_m == pytest.approx(0)


def test_what_the_recording_does_not_say_is_unknown() -> None:
    found = segments(steady(cadence_spm=np.full(1001, np.nan)))
    for column in (found.grade, found.cadence_spm, found.heart_rate_bpm):
        assert np.isnan(column).all()


def test_altitude_that_is_not_to_be_relied_on_gives_no_grade() -> None:
    uphill = steady(altitude_m=0.15 * np.arange(1001.0))
    assert segments(uphill).grade == pytest.approx(0.05)
    assert np.isnan(segments(uphill, grade_is_known=False).grade).all()


@pytest.mark.parametrize("samples", [track([]), track([0.0], distance_m=[0.0]), steady(speed=0.0)])
def test_nothing_covered_is_no_stretch(samples: Track) -> None:
    assert len(segments(samples)) == 0


def test_means_are_over_the_time_in_motion() -> None:
    heart = np.where(np.arange(1001) < 500, 120.0, 160.0)
    found = segments(steady(heart_rate_bpm=heart))
    assert found.heart_rate_bpm[:15] == pytest.approx(120)
    assert found.heart_rate_bpm[15:] == pytest.approx(160)


def test_a_halt_takes_no_time_whether_it_was_recorded_or_not() -> None:
    """Two minutes at a light after 500 s: as samples that do not move, and as a pause without samples."""
    run = steady()
    recorded = np.concatenate((np.arange(501.0), np.full(120, 500.0), np.arange(501.0, 1001.0)))
    waited = Track.of(
        np.arange(1121.0),
        distance_m=3 * recorded,
        cadence_spm=np.where(np.diff(recorded, prepend=-1) > 0, 170.0, 0.0),
    )
    paused = replace(run, elapsed_s=np.where(np.arange(1001) <= 500, run.elapsed_s, run.elapsed_s + 120))
    for told in (waited, paused):
        found = segments(told)
        assert np.sum(found.moving_s) == pytest.approx(1000, abs=2)
        assert found.speed_mps == pytest.approx(3, rel=0.05)
        assert found.cadence_spm == pytest.approx(170)


def test_a_counter_that_jumps_or_restarts_adds_nothing() -> None:
    covered = 3 * np.arange(1001.0)
    jumped = np.where(np.arange(1001) < 500, covered, covered + 5_000)
    restarted = np.where(np.arange(1001) < 500, covered, covered - 1_500)
    for told in (jumped, restarted):
        assert np.sum(segments(steady(distance_m=told)).distance_m) == pytest.approx(3000, abs=3)


def test_walking_is_told_from_running_within_a_stretch() -> None:
    """A minute run at 3 m/s, a minute walked at 1.4 m/s, in turn."""
    runs = (np.arange(1200) // 60) % 2 == 0
    covered = np.concatenate(([0.0], np.cumsum(np.where(runs, 3.0, 1.4))))
    cadence = np.append(np.where(runs, 165.0, 112.0), 112.0)
    found = segments(Track.of(np.arange(1201.0), distance_m=covered, cadence_spm=cadence))
    assert np.sum(found.walked_m) == pytest.approx(600 * 1.4, rel=0.1)
    assert np.sum(found.walked_s) == pytest.approx(600, rel=0.1)
    ran = found.running_speed_mps[~np.isnan(found.running_speed_mps)]
    assert np.median(ran) == pytest.approx(3, rel=0.05)
    assert np.nanmedian(found.cadence_spm) == pytest.approx(165, rel=0.02)


def test_a_slow_jog_is_a_run_by_its_cadence() -> None:
    assert np.sum(segments(steady(speed=1.7)).walked_m) == pytest.approx(0)
    unknown = steady(speed=1.7, cadence_spm=np.full(1001, np.nan))
    assert np.sum(segments(unknown).walked_m) == pytest.approx(1700)


def test_positions_stand_in_for_a_distance() -> None:
    found = segments(track([0, 10, 20, 30, 40], north_m=[0, 30, 60, 90, 120]))
    assert np.sum(found.distance_m) == pytest.approx(120)


# --- told in another way, the same run asks the same of the knee ---


def hilly() -> Track:
    """Half an hour of a run that speeds up and slows down over rolling hills."""
    times = np.arange(1801.0)
    covered = np.concatenate(([0.0], np.cumsum(2.9 + 0.5 * np.sin(times[:-1] / 90))))
    return Track.of(
        times,
        distance_m=covered,
        altitude_m=200 + 25 * np.sin(covered / 300),
        cadence_spm=168 + 4 * np.sin(times / 90),
    )


def knee(*parts: Track) -> float:
    stretches = [segments(part) for part in parts]
    whole = Segments(*(np.concatenate([getattr(s, f.name) for s in stretches]) for f in fields(Segments)))
    loads = knee_loads(
        whole, np.full(len(whole), 167.0), np.zeros(len(whole), dtype=np.intp), np.array([np.nan])
    )
    return float(loads.knee_equivalent_m[0])


def each_column(samples: Track, change: object) -> Track:
    return Track(**{f.name: change(getattr(samples, f.name)) for f in fields(Track)})  # type: ignore[operator]


def at_double_rate(samples: Track) -> Track:
    """A sample between each two, on the line between them."""
    places = np.arange(0, len(samples) - 0.5, 0.5)
    return each_column(samples, lambda column: np.interp(places, np.arange(len(samples)), column))


def with_pause(samples: Track) -> Track:
    half = np.arange(len(samples)) >= len(samples) // 2
    return replace(samples, elapsed_s=samples.elapsed_s + 300 * half)


def in_two_files(samples: Track) -> tuple[Track, Track]:
    half = len(samples) // 2 + 13
    return each_column(samples, lambda c: c[: half + 1]), each_column(samples, lambda c: c[half:])


def upside_down(samples: Track) -> Track:
    return replace(samples, altitude_m=-samples.altitude_m)


def real_runs(corpus: Path) -> list[Recording]:
    """A run of every fourth file of two people's histories, where it has all that knee load needs."""
    found = []
    for folder in ("athlete-b", "athlete-c"):
        for path in sorted((corpus / "public" / folder).rglob("*.fit"))[::4]:
            for recording in read_workouts(path.read_bytes(), path.name).recordings:
                altitude = recording.track.altitude_m
                if recording.sport == "running" and len(altitude) > 600 and not np.isnan(altitude).any():
                    found.append(recording)
    return found


def test_told_in_another_way_the_same_run_loads_the_knee_alike() -> None:
    run = hilly()
    once = knee(run)
    assert knee(at_double_rate(run)) == pytest.approx(once, rel=0.01)
    assert knee(with_pause(run)) == pytest.approx(once, rel=0.01)
    assert knee(*in_two_files(run)) == pytest.approx(once, rel=0.01)


def test_upside_down_a_run_goes_up_where_it_went_down() -> None:
    run = hilly()
    up, down = climb_of(run), climb_of(upside_down(run))
    assert up is not None and down is not None
    assert (up.ascent_m, up.descent_m) == pytest.approx((down.descent_m, down.ascent_m))
    assert segments(upside_down(run)).grade == pytest.approx(-segments(run).grade)
    assert knee(upside_down(run)) != knee(run)


def test_real_runs_told_in_another_way_load_the_knee_alike(corpus: Path) -> None:
    runs = [recording.track for recording in real_runs(corpus)]
    assert len(runs) >= 20
    for run in runs:
        once = knee(run)
        assert knee(at_double_rate(run)) == pytest.approx(once, rel=0.01)
        assert knee(with_pause(run)) == pytest.approx(once, rel=0.01)
        assert knee(*in_two_files(run)) == pytest.approx(once, rel=0.01)
        up, down = climb_of(run), climb_of(upside_down(run))
        assert up is not None and down is not None
        assert (up.ascent_m, up.descent_m) == pytest.approx((down.descent_m, down.ascent_m))
        assert segments(upside_down(run)).grade == pytest.approx(-segments(run).grade, nan_ok=True)
