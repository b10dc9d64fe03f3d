"""GPX files become recordings; routes and places do not."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from features.training_log import Flag, Recording
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.reading import read_workouts

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def point(second: int, extra: str = "", *, minute: int = 0, time: str | None = None) -> str:
    moment = time if time is not None else f"2026-05-01T06:{minute:02d}:{second:02d}Z"
    stamp = f"<time>{moment}</time>" if moment else ""
    return f'<trkpt lat="{59 + second / 1000:.6f}" lon="18.0"><ele>20.5</ele>{stamp}{extra}</trkpt>'


def track(*segments: str, head: str = "<name>Morning</name><type>running</type>") -> str:
    return "<trk>" + head + "".join(f"<trkseg>{segment}</trkseg>" for segment in segments) + "</trk>"


def gpx(*inner: str, attributes: str = 'version="1.1" creator="Test"') -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<gpx {attributes}>{"".join(inner)}</gpx>'.encode()


def read(data: bytes) -> tuple[Recording, ...]:
    return read_workouts(data, "x.gpx", now=NOW).recordings


def one(data: bytes) -> Recording:
    (recording,) = read(data)
    return recording


TEN = "".join(point(second) for second in range(10))


def test_a_track_with_times_is_a_workout() -> None:
    run = one(gpx(track(TEN)))
    assert run.started_at == datetime(2026, 5, 1, 6, tzinfo=UTC)
    assert (run.sport, run.name, run.device) == ("running", "Morning", "Test")
    assert run.track.elapsed_s.tolist() == list(range(10))
    assert run.track.altitude_m.tolist() == [20.5] * 10
    assert np.isnan(run.track.distance_m).all()
    assert run.flags == frozenset()


@pytest.mark.parametrize(
    "extension",
    [
        "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>151</gpxtpx:hr><gpxtpx:cad>82</gpxtpx:cad>"
        "</gpxtpx:TrackPointExtension></extensions>",
        "<extensions><gpxdata:hr>151</gpxdata:hr><gpxdata:cadence>82.0</gpxdata:cadence></extensions>",
        "<extensions><heartrate>151</heartrate><RunCadence>82</RunCadence></extensions>",
    ],
)
def test_heart_rate_and_cadence_are_found_under_every_name_and_undeclared_prefix(extension: str) -> None:
    run = one(gpx(track(point(0, extension) + point(1, extension))))
    assert run.track.heart_rate_bpm.tolist() == [151.0, 151.0]
    assert run.track.cadence_spm.tolist() == [164.0, 164.0]  # strides, counted as steps


def test_the_time_of_the_file_is_not_the_time_of_a_point() -> None:
    data = gpx("<time>2020-01-01T00:00:00Z</time>", track(point(0, time="") + point(5) + point(6)))
    run = one(data)
    assert run.started_at == datetime(2026, 5, 1, 6, 0, 5, tzinfo=UTC)
    assert len(run.track) == 2


def test_offsets_and_fractions_of_a_second_are_read() -> None:
    inner = point(0, time="2026-05-01T08:00:00.250+02:00") + point(1, time="2026-05-01T06:00:01.750Z")
    run = one(gpx(track(inner)))
    assert run.started_at == datetime(2026, 5, 1, 6, 0, 0, 250_000, tzinfo=UTC)
    assert run.track.elapsed_s.tolist() == [0.0, 1.5]


def test_a_gap_between_segments_is_a_pause_and_a_lap_is_not() -> None:
    later = "".join(point(second, minute=5) for second in range(3))
    lap = "".join(point(second) for second in range(10, 13))
    assert one(gpx(track(TEN, lap, later))).pauses_s == ((12.0, 300.0),)


def test_a_segment_that_repeats_another_counts_once() -> None:
    assert len(one(gpx(track(TEN, TEN))).track) == 10
    assert one(gpx(track(TEN, TEN))).flags == frozenset()


def test_tracks_far_apart_or_of_two_sports_are_workouts_of_their_own() -> None:
    soon = "".join(point(second, minute=20) for second in range(3))
    late = "".join(point(second, minute=55) for second in range(3))
    ride = "<type>cycling</type>"
    assert len(read(gpx(track(TEN), track(soon)))) == 1
    assert len(read(gpx(track(TEN), track(late)))) == 2
    assert [r.sport for r in read(gpx(track(TEN), track(soon, head=ride)))] == ["running", "cycling"]


def test_points_in_the_wrong_order_are_sorted_and_flagged() -> None:
    run = one(gpx(track(point(0) + point(3) + point(2) + point(4))))
    assert run.track.elapsed_s.tolist() == [0.0, 2.0, 3.0, 4.0]
    assert Flag.TIME_GOES_BACK in run.flags


def test_an_impossible_position_costs_only_itself() -> None:
    inner = (
        point(0) + '<trkpt lat="0" lon="0"><time>2026-05-01T06:00:01Z</time></trkpt>'
        '<trkpt lat="100" lon="18"><time>2026-05-01T06:00:02Z</time></trkpt>'
        "<trkpt><time>2026-05-01T06:00:03Z</time></trkpt>" + point(4)
    )
    run = one(gpx(track(inner)))
    assert np.isnan(run.track.latitude_deg).tolist() == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("kind", "sport"), [("9", "running"), ("Run", "running"), ("1", "cycling"), ("trail_running", "running")]
)
def test_sports_are_known_by_word_and_by_number(kind: str, sport: str) -> None:
    assert one(gpx(track(TEN, head=f"<type>{kind}</type>"))).sport == sport


def test_a_sport_that_is_not_told_is_unknown_and_flagged() -> None:
    run = one(gpx(track(TEN, head="")))
    assert run.sport == "unknown"
    assert Flag.UNKNOWN_SPORT in run.flags


def test_a_route_without_times_is_no_workout() -> None:
    with pytest.raises(NotAWorkout, match="route"):
        read(gpx(track(point(0, time="") + point(1, time=""))))


def test_places_are_no_workout() -> None:
    with pytest.raises(NotAWorkout, match="places"):
        read(gpx('<wpt lat="59" lon="18"><time>2026-05-01T06:00:00Z</time></wpt>'))


def test_an_indoor_export_without_points_says_what_to_do() -> None:
    with pytest.raises(UnreadableWorkout, match="FIT or TCX"):
        read(gpx(track("")))


def test_a_cut_file_keeps_its_beginning() -> None:
    whole = gpx(track(TEN))
    run = one(whole[: whole.index(b"06:00:07Z")])
    assert len(run.track) == 7
    assert run.flags == frozenset({Flag.TRUNCATED})


@pytest.mark.parametrize("damage", [("Morning", "Morning & noon"), ("Morning", "Mor\x0bning")])
def test_malformed_xml_is_recovered_and_flagged(damage: tuple[str, str]) -> None:
    data = gpx(track(TEN)).decode().replace(*damage).encode()
    run = one(data)
    assert len(run.track) == 10
    assert run.flags == frozenset({Flag.REPAIRED})


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_byte_order_marks_and_leading_space_are_no_obstacle(codec: str) -> None:
    text = gpx(track(TEN, head="<name>Åre</name><type>running</type>")).decode()
    run = one(text.encode(codec))
    assert run.name == "Åre"
    assert len(run.track) == 10
    assert len(one(b"\xef\xbb\xbf" + b" " * 10 + gpx(track(TEN))).track) == 10


def test_latin_1_is_read_as_it_declares_itself() -> None:
    text = gpx(track(TEN, head="<name>Åre</name>")).decode().replace("UTF-8", "ISO-8859-1")
    assert one(text.encode("latin-1")).name == "Åre"


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "b">',
        '<!ENTITY a SYSTEM "file:///etc/hostname">',
        '<!ENTITY % a SYSTEM "http://x.invalid/e">',
    ],
)
def test_entities_are_refused_and_nothing_is_fetched(declared: str) -> None:
    text = gpx(track(TEN)).decode().replace("<gpx", f"<!DOCTYPE gpx [{declared}]><gpx", 1)
    with pytest.raises(UnreadableWorkout, match="entities"):
        read(text.encode())
    with pytest.raises(UnreadableWorkout, match="entities"):  # nor on the second, forgiving reading
        read(text.replace("Morning", "Morning & noon").encode())


def test_absurd_nesting_is_refused() -> None:
    with pytest.raises(UnreadableWorkout, match="nested"):
        read(b"<gpx>" + b"<a>" * 100 + b"</a>" * 100 + b"</gpx>")
