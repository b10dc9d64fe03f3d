"""One recording → one activity."""

from __future__ import annotations

from datetime import date

from recording_builder import recording, track

from features.per_activity.summary import summarise
from features.training_log import Activity, Flag, Recording, Surface, Totals, ZoneSource

RUN = recording(
    track(
        [0, 60, 120],
        distance_m=[0, 180, 360],
        altitude_m=[20, 30, 22],
        heart_rate_bpm=[140, 150, 160],
        cadence_spm=[170, 172, 174],
        north_m=[0, 180, 360],
    ),
    sub_sport="trail",
    totals=Totals(distance_m=361.0, elapsed_s=121.0, timer_s=119.0, ascent_m=11.0, descent_m=9.0),
    altitude_is_barometric=True,
    device="garmin fr955",
)


def summary(told: Recording) -> Activity:
    return summarise(
        told, activity_id="a1", athlete="mara", profile_zone="UTC", place_zone=lambda *_: "Europe/Stockholm"
    )


def test_an_activity_takes_the_totals_of_the_watch() -> None:
    run = summary(RUN)
    assert (run.id, run.athlete, run.sport, run.surface) == ("a1", "mara", "running", Surface.SOFT)
    assert (run.distance_m, run.duration_s, run.moving_s) == (361.0, 121.0, 119.0)
    assert (run.ascent_m, run.descent_m) == (11.0, 9.0)
    assert (run.mean_heart_rate_bpm, run.mean_cadence_spm) == (145.0, 171.0)
    assert (run.day, run.zone, run.zone_source) == (date(2026, 5, 2), "Europe/Stockholm", ZoneSource.POSITION)
    assert run.samples == 3
    assert run.flags == ()


def test_what_the_watch_does_not_say_is_measured_and_flagged() -> None:
    silent = recording(RUN.track)
    run = summary(silent)
    assert (run.distance_m, run.duration_s, run.ascent_m, run.descent_m) == (360.0, 120.0, 10.0, 8.0)
    assert run.flags == (Flag.DISTANCE_FROM_RECORDS, Flag.ELEVATION_FROM_GPS)


def test_a_total_that_the_watch_wrote_stays_beside_one_that_is_measured() -> None:
    half = recording(RUN.track, totals=Totals(distance_m=360.0, ascent_m=12.0), altitude_is_barometric=True)
    run = summary(half)
    assert (run.ascent_m, run.descent_m) == (12.0, 8.0)
    assert run.flags == ()


def test_altitude_of_a_watch_without_barometer_is_flagged_whoever_summed_it() -> None:
    told = recording(RUN.track, totals=RUN.totals, altitude_is_barometric=False)
    assert summary(told).flags == (Flag.ELEVATION_FROM_GPS,)


def test_a_summary_without_samples_knows_only_what_it_says() -> None:
    manual = summary(recording(totals=Totals(distance_m=8000.0, elapsed_s=2400.0)))
    assert (manual.distance_m, manual.duration_s, manual.moving_s) == (8000.0, 2400.0, None)
    assert (manual.ascent_m, manual.mean_heart_rate_bpm, manual.zone_source) == (
        None,
        None,
        ZoneSource.PROFILE,
    )
    assert manual.flags == (Flag.ELEVATION_MISSING, Flag.NO_GPS)


def test_nobody_moves_longer_than_the_clock_ran() -> None:
    odd = recording(RUN.track, totals=Totals(elapsed_s=121.0, timer_s=200.0))
    assert summary(odd).moving_s == 121.0


def test_flags_of_the_reading_are_kept_and_sorted() -> None:
    told = recording(RUN.track, totals=RUN.totals, flags=frozenset({Flag.TRUNCATED, Flag.CRC_MISMATCH}),
                     altitude_is_barometric=True)  # fmt: skip
    assert summary(told).flags == (Flag.CRC_MISMATCH, Flag.TRUNCATED)
