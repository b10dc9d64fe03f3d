"""FIT files become recordings, also odd and broken ones."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import fitparse.records
import numpy as np
import pytest
from fit_builder import (
    ENUM,
    FLOAT32,
    START,
    STRING,
    UINT8,
    UINT16,
    UINT32,
    FitBuilder,
    add_records,
    add_session,
    small_run,
    with_file_id,
)

from features.training_log import Flag, Recording
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.reading import read_workouts

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def read(data: bytes) -> tuple[Recording, ...]:
    return read_workouts(data, "x.fit", now=NOW).recordings


def one(data: bytes) -> Recording:
    (recording,) = read(data)
    return recording


def test_a_sound_run_reads_as_it_was_written() -> None:
    run = one(small_run().build())
    assert run.started_at == datetime(2021, 9, 8, 1, 46, 40, tzinfo=UTC)
    assert (run.sport, run.sub_sport, run.device) == ("running", "trail", "garmin fr955")
    assert (run.totals.distance_m, run.totals.elapsed_s, run.totals.timer_s) == (357.0, 119.0, 119.0)
    assert (run.totals.ascent_m, run.totals.descent_m) == (12.0, 7.0)
    assert run.flags == frozenset()
    assert len(run.track) == 120
    assert run.track.elapsed_s[[0, -1]].tolist() == [0.0, 119.0]
    assert run.track.distance_m[-1] == 357.0
    assert run.track.speed_mps[5] == 3.0
    assert run.track.altitude_m[0] == 20.0
    assert run.track.latitude_deg[0] == pytest.approx(59.0, abs=1e-7)


def test_running_cadence_counts_steps_where_the_file_counts_strides() -> None:
    assert np.unique(one(small_run().build()).track.cadence_spm).tolist() == [170.0]


def test_cycling_cadence_stays_revolutions() -> None:
    ride = one(add_session(add_records(with_file_id()), sport=2).build())
    assert np.unique(ride.track.cadence_spm).tolist() == [85.0]


def test_a_true_zero_is_a_value_and_a_sentinel_is_unknown() -> None:
    builder = with_file_id()
    for second in range(3):
        builder.add(
            20,
            [(253, UINT32, START + second), (5, UINT32, 0), (4, UINT8, 0), (3, UINT8, 0), (6, UINT16, 0xFFFF),
             (2, UINT16, 2500)],
        )  # fmt: skip
    track = one(add_session(builder).build()).track
    assert track.distance_m.tolist() == [0.0, 0.0, 0.0]
    assert track.cadence_spm.tolist() == [0.0, 0.0, 0.0]
    assert track.altitude_m.tolist() == [0.0, 0.0, 0.0]
    assert np.isnan(track.speed_mps).all()
    assert np.isnan(track.heart_rate_bpm).all()  # no living runner has a heart rate of 0


def test_enhanced_fields_win_over_plain_ones_and_each_fills_the_other() -> None:
    builder = with_file_id()
    builder.add(20, [(253, UINT32, START), (6, UINT16, 3000), (73, UINT32, 3111)])
    builder.add(20, [(253, UINT32, START + 1), (6, UINT16, 3000), (73, UINT32, 0xFFFFFFFF)])
    builder.add(20, [(253, UINT32, START + 2), (73, UINT32, 3222)])
    assert one(add_session(builder).build()).track.speed_mps.tolist() == [3.111, 3.0, 3.222]


def test_a_field_whose_size_does_not_fit_its_type_costs_nothing_else() -> None:
    builder = add_records(with_file_id(), 60)
    builder.add(21, [(0, ENUM, 0), (1, ENUM, 0), (3, UINT32, b"\x01")])  # as many COROS watches write it
    add_session(add_records(builder, 60, START + 60))
    assert len(one(builder.build()).track) == 120


def test_a_list_where_one_number_belongs_gives_its_first() -> None:
    builder = with_file_id().add(20, [(253, UINT32, START), (3, UINT8, b"\x96\xff\xff")])
    assert one(add_session(builder).build()).track.heart_rate_bpm.tolist() == [150.0]


def test_compressed_timestamps_count_on_from_the_last_full_one() -> None:
    builder = with_file_id().add(21, [(253, UINT32, START), (0, ENUM, 0), (1, ENUM, 0)])
    builder.raw(struct.pack("<BBBHB", 0x41, 0, 0, 20, 1) + bytes((3, 1, UINT8)))
    base = START & 31
    for step in (1, 3, 34):  # 31 seconds after 3, the five bits have rolled over
        builder.raw(bytes((0x80 | 1 << 5 | (base + step) & 31, 150)))
    track = one(add_session(builder).build()).track
    assert track.elapsed_s.tolist() == [1.0, 3.0, 34.0]


def test_timer_stops_are_pauses_and_the_last_stop_is_the_end() -> None:
    builder = add_records(with_file_id())
    for second, kind in ((0, 0), (30, 4), (50, 0), (119, 4)):
        builder.add(21, [(253, UINT32, START + second), (0, ENUM, 0), (1, ENUM, kind)])
    assert one(add_session(builder).build()).pauses_s == ((30.0, 50.0),)


def test_the_watch_tells_its_offset_by_two_clocks() -> None:
    builder = small_run().add(34, [(253, UINT32, START + 120), (5, UINT32, START + 120 + 5 * 3600 + 1800)])
    assert one(builder.build()).utc_offset_s == 19_800


def test_two_clocks_that_make_no_zone_say_nothing() -> None:
    builder = small_run().add(34, [(253, UINT32, START + 120), (5, UINT32, START + 120 + 1300)])
    assert one(builder.build()).utc_offset_s is None


def test_every_session_is_a_recording_with_its_own_samples() -> None:
    builder = add_records(with_file_id(), 180)
    add_session(builder, START, 60.0, 180.0, sport=5, sub_sport=18)
    add_session(builder, START + 60, 20.0, 60.0, sport=3, sub_sport=0)
    add_session(builder, START + 80, 99.0, 297.0, sport=2, sub_sport=0)
    parts = read(builder.build())
    assert [part.sport for part in parts] == ["swimming", "transition", "cycling"]
    assert [len(part.track) for part in parts] == [60, 20, 100]
    assert [part.track.elapsed_s[0] for part in parts] == [0.0, 0.0, 0.0]
    assert all(Flag.MULTI_SESSION_PART in part.flags for part in parts)


def test_a_session_without_records_is_a_summary() -> None:
    run = one(add_session(with_file_id(), distance_m=8000.0, elapsed_s=2400.0).build())
    assert run.totals.distance_m == 8000.0
    assert len(run.track) == 0
    assert Flag.NO_RECORDS in run.flags


def test_records_without_a_session_make_one() -> None:
    run = one(add_records(with_file_id().add(12, [(0, ENUM, 1), (1, ENUM, 2)])).build())
    assert (run.sport, run.sub_sport, run.totals.distance_m) == ("running", "street", None)
    assert Flag.REBUILT_SESSION in run.flags


def test_a_lap_tells_the_sport_of_a_recording_that_broke_off() -> None:
    whole = add_records(with_file_id().add(19, [(25, ENUM, 1), (39, ENUM, 3)])).build()
    run = one(whole[:-30])
    assert (run.sport, run.sub_sport) == ("running", "trail")
    assert {Flag.TRUNCATED, Flag.REBUILT_SESSION} <= run.flags


def test_a_prefix_of_at_least_a_minute_is_kept_and_a_shorter_one_refused() -> None:
    whole = small_run().build()
    per_record = (len(whole) - 100) // 120
    assert len(one(whole[: 100 + 70 * per_record]).track) >= 61
    with pytest.raises(UnreadableWorkout, match="too little to count") as refused:
        read(whole[: 100 + 20 * per_record])
    assert refused.value.offset is not None


def test_a_file_the_watch_never_finished_is_read_whole() -> None:
    whole = small_run().build()
    run = one(small_run().build(data_size=0, crc=int.from_bytes(whole[-2:], "little")))
    assert len(run.track) == 120
    assert run.flags == frozenset({Flag.REPAIRED})


def test_damage_that_leaves_everything_readable_is_flagged() -> None:
    whole = small_run().build()
    assert one(whole[:-2]).flags == frozenset({Flag.CRC_MISSING})
    assert one(small_run().build(crc=1)).flags == frozenset({Flag.CRC_MISMATCH})
    assert one(whole + b"some text").flags == frozenset({Flag.TRAILING_BYTES})


def test_a_damaged_file_stops_at_the_first_wild_time() -> None:
    builder = add_records(with_file_id(), 90)
    builder.add(20, [(253, UINT32, START + 40_000_000), (5, UINT32, 1)])
    run = one(add_session(builder).build(crc=1))
    assert len(run.track) == 90
    assert {Flag.CRC_MISMATCH, Flag.TRUNCATED} <= run.flags


def test_two_parts_are_two_workouts_and_the_same_part_twice_is_one() -> None:
    first = small_run().build()
    second = add_session(add_records(with_file_id(), 120, START + 9000), START + 9000).build()
    assert len(read(first + second)) == 2
    twice = read_workouts(first + first, "x.fit", now=NOW)
    assert len(twice.recordings) == 1
    assert any("twice" in note for note in twice.notes)


def test_a_broken_part_keeps_the_good_one() -> None:
    found = read_workouts(small_run().build() + with_file_id(2).build(), "x.fit", now=NOW)
    assert len(found.recordings) == 1
    assert any("settings" in note for note in found.notes)


def test_times_out_of_order_are_sorted_and_one_instant_is_one_sample() -> None:
    builder = with_file_id()
    for second, heart_rate in ((0, 100), (2, 120), (1, 110), (1, 111), (3, 130)):
        builder.add(20, [(253, UINT32, START + second), (3, UINT8, heart_rate)])
    run = one(add_session(builder).build())
    assert run.track.heart_rate_bpm.tolist() == [100.0, 110.0, 120.0, 130.0]
    assert Flag.TIME_GOES_BACK in run.flags


@pytest.mark.parametrize(("first", "flagged"), [(5_000_000, True), (START, False), (1_300_000_000, True)])
def test_a_clock_that_was_never_set_is_flagged(first: int, flagged: bool) -> None:
    run = one(add_session(add_records(with_file_id(), 120, first), first).build())
    assert (Flag.CLOCK_UNSET in run.flags) is flagged


def test_a_sport_that_no_table_knows_is_unknown_and_one_of_later_years_is_not() -> None:
    unknown = one(small_run(sport=200).build())
    assert unknown.sport == "unknown"
    assert Flag.UNKNOWN_SPORT in unknown.flags
    assert one(small_run(sport=62).build()).sport == "hiit"


def with_app_distance(native_cm: int) -> bytes:
    """A watch app that describes its field 0 as standing in for the record's distance, in metres."""
    builder = with_file_id().add(207, [(3, UINT8, 0)])
    described = [(0, UINT8, 0), (1, UINT8, 0), (2, UINT8, FLOAT32), (3, STRING, "distance"), (8, STRING, "m"),
                 (15, UINT8, 5), (14, UINT16, 20)]  # fmt: skip
    builder.add(206, described)
    for second in range(3):
        record = [(253, UINT32, START + second), (5, UINT32, native_cm * second)]
        builder.add(20, record, developer=[(0, 0, struct.pack("<f", 7.0 * second))])
    return add_session(builder).build()


def test_an_app_never_overwrites_the_watch_but_may_stand_in_for_it() -> None:
    assert one(with_app_distance(300)).track.distance_m.tolist() == [0.0, 3.0, 6.0]
    assert one(with_app_distance(0)).track.distance_m.tolist() == [0.0, 7.0, 14.0]


def test_no_developer_field_of_one_file_reaches_the_next() -> None:
    one(with_app_distance(0))
    assert fitparse.records.DEV_TYPES == {}
    assert one(small_run().build()).track.distance_m[-1] == 357.0


def test_developer_fields_that_nobody_described_are_skipped() -> None:
    builder = with_file_id()
    for second in range(3):
        builder.add(20, [(253, UINT32, START + second), (3, UINT8, 150)], developer=[(9, 7, b"\x01\x02\x03")])
    assert one(add_session(builder).build()).track.heart_rate_bpm.tolist() == [150.0] * 3


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (2, "settings"),
        (5, "planned workout"),
        (6, "course"),
        (9, "scale"),
        (15, "monitoring"),
        (32, "monitoring"),
    ],
)
def test_a_fit_file_that_is_no_workout_says_what_it_is(kind: int, word: str) -> None:
    with pytest.raises(NotAWorkout, match=word):
        read(with_file_id(kind).build())


def test_an_activity_with_nothing_in_it_is_unreadable() -> None:
    with pytest.raises(UnreadableWorkout, match="neither samples nor a summary"):
        read(with_file_id().build())
    with pytest.raises(UnreadableWorkout):
        read(FitBuilder().build()[:14])


def test_samples_without_any_time_are_refused_by_name() -> None:
    with pytest.raises(UnreadableWorkout, match="no times"):
        read(with_file_id().add(20, [(3, UINT8, 150)]).build())


def test_a_barometer_in_the_list_of_sensors_is_believed() -> None:
    listed = small_run().add(23, [(0, UINT8, 3), (1, UINT8, 4), (25, ENUM, 5)])
    assert one(listed.build()).altitude_is_barometric is True
    assert one(small_run().build()).altitude_is_barometric is None
