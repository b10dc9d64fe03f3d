"""TCX files become recordings, one per activity."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from features.training_log import Flag, Recording
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.reading import read_workouts

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def point(second: int, metres: float, altitude: float | None = None, minute: int = 0) -> str:
    height = "" if altitude is None else f"<AltitudeMeters>{altitude}</AltitudeMeters>"
    return (
        f"<Trackpoint><Time>2026-05-01T06:{minute:02d}:{second:02d}.000Z</Time>"
        f"<Position><LatitudeDegrees>59.0</LatitudeDegrees><LongitudeDegrees>18.0</LongitudeDegrees></Position>"
        f"{height}<DistanceMeters>{metres}</DistanceMeters><HeartRateBpm><Value>140</Value></HeartRateBpm>"
        f"<Extensions><ns3:TPX><ns3:Speed>2.5</ns3:Speed><ns3:RunCadence>81</ns3:RunCadence></ns3:TPX></Extensions>"
        f"</Trackpoint>"
    )


def lap(*tracks: str, metres: float = 100.0, seconds: float = 40.0) -> str:
    inner = "".join(f"<Track>{track}</Track>" for track in tracks)
    return (
        f'<Lap StartTime="2026-05-01T06:00:00Z"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
        f"<DistanceMeters>{metres}</DistanceMeters>"
        f"<AverageHeartRateBpm><Value>199</Value></AverageHeartRateBpm>{inner}</Lap>"
    )


def activity(*laps: str, sport: str = "Running") -> str:
    return (
        f'<Activity Sport="{sport}"><Id>2026-05-01T06:00:00Z</Id>{"".join(laps)}<Notes>Easy</Notes>'
        f'<Creator xsi:type="Device_t"><Name>Forerunner 410</Name></Creator></Activity>'
    )


def tcx(*activities: str) -> bytes:
    inner = "".join(activities)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><TrainingCenterDatabase><Activities>'
        f"{inner}</Activities></TrainingCenterDatabase>"
    ).encode()


def one(data: bytes) -> Recording:
    (recording,) = read_workouts(data, "x.tcx", now=NOW).recordings
    return recording


TRACK = "".join(point(second, 2.5 * second, 20.0) for second in range(41))


def test_an_activity_reads_with_the_sums_of_its_laps() -> None:
    later = "".join(point(second, 100 + 2.5 * second, 21.0, minute=1) for second in range(41))
    run = one(tcx(activity(lap(TRACK), lap(later))))
    assert (run.sport, run.device, run.name) == ("running", "Forerunner 410", "Easy")
    assert (run.totals.distance_m, run.totals.timer_s, run.totals.elapsed_s) == (200.0, 80.0, None)
    assert run.track.elapsed_s[-1] == 100.0
    assert run.track.distance_m[-1] == 200.0
    assert np.unique(run.track.heart_rate_bpm).tolist() == [140.0]
    assert np.unique(run.track.cadence_spm).tolist() == [162.0]
    assert np.unique(run.track.speed_mps).tolist() == [2.5]
    assert run.pauses_s == ((40.0, 60.0),)


def test_two_tracks_in_one_lap_have_a_pause_between_them() -> None:
    later = "".join(point(second, 100.0, 20.0, minute=3) for second in range(5))
    assert one(tcx(activity(lap(TRACK, later)))).pauses_s == ((40.0, 180.0),)


def test_altitudes_that_are_all_zero_are_unknown() -> None:
    flat = "".join(point(second, 2.5 * second, 0.0) for second in range(5))
    assert np.isnan(one(tcx(activity(lap(flat)))).track.altitude_m).all()
    some = flat + point(6, 15.0, 1.0)
    assert one(tcx(activity(lap(some)))).track.altitude_m.tolist() == [0.0] * 5 + [1.0]


def test_a_treadmill_run_needs_no_positions() -> None:
    inner = TRACK.replace(
        "<Position><LatitudeDegrees>59.0</LatitudeDegrees><LongitudeDegrees>18.0</LongitudeDegrees></Position>",
        "",
    )
    run = one(tcx(activity(lap(inner))))
    assert np.isnan(run.track.latitude_deg).all()
    assert run.track.distance_m[-1] == 100.0


def test_laps_without_points_are_a_summary() -> None:
    run = one(tcx(activity(lap())))
    assert run.totals.distance_m == 100.0
    assert Flag.NO_RECORDS in run.flags


def test_leading_space_before_the_declaration_is_no_obstacle() -> None:
    assert len(one(b" " * 10 + tcx(activity(lap(TRACK)))).track) == 41


def test_a_file_that_lost_its_root_is_still_read() -> None:
    text = tcx(activity(lap(TRACK))).decode()
    text = text.replace("<TrainingCenterDatabase>", "").replace("</TrainingCenterDatabase>", "")
    assert len(one(text.encode()).track) == 41


def test_every_activity_is_a_recording() -> None:
    found = read_workouts(tcx(activity(lap(TRACK)), activity(lap(TRACK), sport="Biking")), "x.tcx", now=NOW)
    assert [r.sport for r in found.recordings] == ["running", "cycling"]
    assert found.recordings[1].track.cadence_spm[0] == 81.0


def test_a_cut_file_claims_no_totals() -> None:
    whole = tcx(activity(lap(TRACK)))
    run = one(whole[: whole.index(b"06:00:30")])
    assert len(run.track) == 30
    assert run.totals.distance_m is None
    assert run.flags == frozenset({Flag.TRUNCATED})


def test_a_course_is_no_workout_and_nothing_dated_is_unreadable() -> None:
    course = (
        b"<TrainingCenterDatabase><Courses><Course><Name>x</Name></Course></Courses></TrainingCenterDatabase>"
    )
    with pytest.raises(NotAWorkout, match="course"):
        one(course)
    with pytest.raises(UnreadableWorkout, match="no workout with a time"):
        one(b"<TrainingCenterDatabase></TrainingCenterDatabase>")
