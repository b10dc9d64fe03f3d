"""One workout, several recordings: merged where they are the same, each field from the best."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from training import MONDAY, run

from features.training_log import Activity, Flag
from pipelines import measuring
from pipelines.warehouse import reading, store, writing

CAME = datetime(2026, 1, 1)


def counted(
    *recordings: tuple[Activity, str],
    kept_apart: tuple[str, ...] = (),
    decisions: tuple[dict[str, object], ...] = (),
) -> list[dict[str, Any]]:
    """The activities that come of recordings, each given with its format, in order of arrival."""
    with store.open_for_writing(Path(":memory:")) as db:
        rows = [
            writing.RecordingRow(a, f"content of {a.id}", kind, CAME + timedelta(seconds=n))
            for n, (a, kind) in enumerate(recordings)
        ]
        writing.insert_recordings(db, rows)
        writing.replace(db, "kept_apart", [{"athlete": "ada", "recording": r} for r in kept_apart])
        writing.replace(db, "file_decision", list(decisions))
        measuring.measure(db, MONDAY + timedelta(days=60))
        return reading.rows(db, "activities", {"athlete": None, "first": None, "last": None})


def decision(of: Activity, word: str, **more: object) -> dict[str, object]:
    return {
        "athlete": of.athlete,
        "content_sha256": f"content of {of.id}",
        "decision": word,
        "starts_at": None,
        "day": None,
        **more,
    }


def test_watch_and_phone_are_one_run_with_the_best_of_both() -> None:
    watch = replace(run(0, 10.0), mean_heart_rate_bpm=None, samples=900, descent_m=80.0)
    phone = replace(
        run(0, 10.3, hour=7.01, minutes=61),
        mean_heart_rate_bpm=151.0,
        samples=3000,
        descent_m=210.0,
        flags=(Flag.ELEVATION_FROM_GPS,),
    )
    (one,) = counted((phone, "gpx"), (watch, "fit"))
    assert (one["distance_m"], one["duration_s"]) == (10_000, 3_600)  # FIT before GPX
    assert one["mean_heart_rate_bpm"] == 151.0  # the watch had none
    assert one["descent_m"] == 80.0
    assert one["flags"] == ["merged"]
    assert one["recordings"] == [watch.id, phone.id]
    assert one["id"] == phone.id  # called after the one that came first
    assert one["sources"]["distance_m"] == watch.id
    assert one["sources"]["mean_heart_rate_bpm"] == phone.id
    assert one["sources"]["ascent_m"] is None


def test_the_name_of_an_activity_stays_when_a_better_recording_joins() -> None:
    phone, watch = run(0, 10.0), run(0, 10.1)
    (before,) = counted((phone, "gpx"))
    (after,) = counted((phone, "gpx"), (watch, "fit"))
    assert before["id"] == after["id"] == phone.id


def test_good_elevation_stands_in_for_altitude_from_gps() -> None:
    watch = replace(run(0, 10.0), descent_m=300.0, ascent_m=310.0, flags=(Flag.ELEVATION_FROM_GPS,))
    strava = replace(run(0, 10.0), descent_m=90.0, ascent_m=95.0)
    (one,) = counted((watch, "fit"), (strava, "gpx"))
    assert (one["ascent_m"], one["descent_m"], one["flags"]) == (95.0, 90.0, ["merged"])


def test_a_damaged_recording_never_outranks_a_whole_one() -> None:
    damaged = replace(run(0, 9.6, minutes=57), flags=(Flag.TRUNCATED,), samples=5000)
    whole = run(0, 10.0)
    (one,) = counted((damaged, "fit"), (whole, "gpx"))
    assert one["distance_m"] == 10_000


def test_two_runs_of_a_day_stay_two() -> None:
    assert len(counted((run(0, 10.0, hour=7), "fit"), (run(0, 10.0, hour=18.3), "gpx"))) == 2


def test_the_same_time_but_another_distance_is_not_the_same_workout() -> None:
    assert len(counted((run(0, 10.0), "fit"), (run(0, 10.6), "gpx"))) == 2  # 5.7 % and 600 m apart
    assert len(counted((run(0, 10.0), "fit"), (run(0, 10.5), "gpx"))) == 1  # 4.8 %
    assert len(counted((run(0, 1.0, minutes=6), "fit"), (run(0, 1.19, minutes=6), "gpx"))) == 1  # 190 m


def test_a_shared_part_is_not_enough() -> None:
    early, late = run(0, 10.0, hour=7.0), run(0, 10.0, hour=7.25)  # 45 of 60 minutes: 75 %
    assert len(counted((early, "fit"), (late, "gpx"))) == 2
    assert len(counted((early, "fit"), (run(0, 10.0, hour=7.19), "gpx"))) == 1  # 81 %


def test_without_distance_the_same_start_and_length_decide() -> None:
    strap = run(0, None, hour=7.01)
    assert len(counted((run(0, 10.0), "fit"), (strap, "tcx"))) == 1
    assert len(counted((run(0, 10.0), "fit"), (run(0, None, hour=7.1), "tcx"))) == 2


def test_a_clock_shifted_by_whole_hours_is_seen_through() -> None:
    here, there = run(0, 10.0, hour=7), run(0, 10.01, hour=9)
    (one,) = counted((here, "fit"), (there, "gpx"))
    assert one["flags"] == ["merged", "time_shift_suspected"]
    assert len(counted((here, "fit"), (run(0, 10.2, hour=9), "gpx"))) == 2  # not to a hair
    assert len(counted((here, "fit"), (run(0, 10.0, hour=9), "fit"))) == 2  # one watch ran twice


def test_a_run_and_a_ride_at_the_same_time_stay_two_but_an_unknown_sport_joins() -> None:
    assert len(counted((run(0, 10.0), "fit"), (run(0, 10.0, sport="cycling"), "gpx"))) == 2
    (one,) = counted((run(0, 10.0, sport="unknown"), "fit"), (run(0, 10.0), "gpx"))
    assert one["sport"] == "running"


def test_two_athletes_are_never_merged() -> None:
    assert len(counted((run(0, 10.0), "fit"), (run(0, 10.0, athlete="bea"), "gpx"))) == 2


def test_three_recordings_are_one_even_if_two_of_them_are_alike_only_through_the_third() -> None:
    chain = [run(0, km, hour=7.0) for km in (10.0, 10.4, 10.8)]  # 10.0 and 10.8 are 7 % apart
    (one,) = counted((chain[0], "fit"), (chain[1], "tcx"), (chain[2], "gpx"))
    assert set(one["recordings"]) == {a.id for a in chain}


def test_what_the_athlete_keeps_apart_stays_apart() -> None:
    watch, phone = run(0, 10.0), run(0, 10.1)
    assert len(counted((watch, "fit"), (phone, "gpx"), kept_apart=(phone.id,))) == 2


def test_a_midnight_does_not_part_what_belongs_together() -> None:
    before = run(0, 10.0, hour=23.99)
    after = replace(run(1, 10.0, hour=0.0), started_at=before.started_at + timedelta(seconds=40))
    assert len(counted((before, "fit"), (after, "gpx"))) == 1


def test_a_rejected_file_counts_nowhere() -> None:
    good, bad = run(0, 10.0), run(1, 60.0)
    assert [a["id"] for a in counted((good, "fit"), (bad, "fit"), decisions=(decision(bad, "reject"),))] == [
        good.id
    ]


def test_a_suspect_run_is_of_unknown_length_until_it_is_accepted() -> None:
    usual, suspect = run(0, 10.0), replace(run(3, 60.0), flags=(Flag.SUSPECT,))
    with store.open_for_writing(Path(":memory:")) as db:
        rows = [writing.RecordingRow(a, f"content of {a.id}", "fit", CAME) for a in (usual, suspect)]
        writing.insert_recordings(db, rows)
        day = MONDAY + timedelta(days=3)
        measuring.measure(db, day)
        doubted = reading.day_features(db, "ada", day)
        writing.replace(db, "file_decision", [decision(suspect, "accept")])
        measuring.measure(db, day)
        believed = reading.day_features(db, "ada", day)
    assert (doubted["runs_7d"], doubted["longest_run_30d_m"], doubted["session_spike_7d"]) == (
        2,
        10_000,
        None,
    )
    assert (believed["longest_run_30d_m"], believed["session_spike_7d"]) == (60_000, 6.0)


def test_a_run_from_a_clock_that_was_never_set_counts_once_it_is_dated() -> None:
    usual = run(0, 10.0)
    lost = replace(
        usual,
        started_at=usual.started_at.replace(year=1990),
        day=usual.day.replace(year=1990),
        flags=(Flag.CLOCK_UNSET,),
    )
    dated = decision(lost, "accept", starts_at=datetime(2026, 6, 3, 6), day=MONDAY + timedelta(days=2))
    (one,) = counted((lost, "fit"), decisions=(dated,))
    assert (one["day"], one["flags"]) == (MONDAY + timedelta(days=2), [])
    assert one["started_at"] == datetime(2026, 6, 3, 6)


def test_the_parts_of_a_dated_file_keep_their_distance_from_each_other() -> None:
    first, second = run(0, 10.0, hour=7), run(0, 5.0, hour=9)
    day = MONDAY + timedelta(days=2)
    dated = decision(first, "accept", starts_at=datetime(2026, 6, 3, 6), day=day)
    with store.open_for_writing(Path(":memory:")) as db:
        rows = [writing.RecordingRow(a, f"content of {first.id}", "fit", CAME) for a in (first, second)]
        writing.insert_recordings(db, rows)
        writing.replace(db, "file_decision", [dated])
        measuring.measure(db, MONDAY + timedelta(days=60))
        found = reading.rows(db, "activities", {"athlete": None, "first": None, "last": None})
    assert [a["started_at"] for a in found] == [datetime(2026, 6, 3, 6), datetime(2026, 6, 3, 8)]
    assert {a["day"] for a in found} == {day}
