"""Columns of FIT samples: what each field means, how counters go on, where apps stand in."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import numpy as np
import pytest
from fit_builder import (
    FLOAT32,
    START,
    STRING,
    UINT8,
    UINT16,
    UINT32,
    FitBuilder,
    add_records,
    add_session,
    with_file_id,
)

from features.training_log import Recording, Track
from pipelines.sources.fit_columns import counted_on, twelve_bits
from pipelines.sources.reading import read_workouts

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SINT8, BYTE, UINT16Z = 0x01, 0x0D, 0x8B


def one(builder: FitBuilder, **session: float) -> Recording:
    (recording,) = read_workouts(add_session(builder, **session).build(), "x.fit", now=NOW).recordings  # type: ignore[arg-type]
    return recording


def track(*records: list[tuple[int, int, object]], big_endian: bool = False) -> Track:
    builder = with_file_id(big_endian=big_endian)
    for second, fields in enumerate(records):
        builder.add(20, [(253, UINT32, START + second), *fields])
    return one(builder).track


def same(column: object, expected: list[float]) -> bool:
    return np.array_equal(np.asarray(column), np.array(expected), equal_nan=True)


def test_running_dynamics_power_and_temperature_come_in_our_units() -> None:
    # Scales of the public FIT profile: 0.1 ms, 0.01 %, 0.1 mm.
    found = track(
        [(41, UINT16, 2456), (84, UINT16, 5013), (39, UINT16, 873), (7, UINT16, 251), (13, SINT8, b"\xfd")],
        [
            (41, UINT16, 0xFFFF),
            (84, UINT16, 0xFFFF),
            (39, UINT16, 0xFFFF),
            (7, UINT16, 0),
            (13, SINT8, b"\x7f"),
        ],
    )
    assert same(found.stance_time_ms, [245.6, np.nan])
    assert same(found.stance_balance_percent, [50.13, np.nan])
    assert found.vertical_oscillation_m[0] == pytest.approx(0.0873)
    assert same(found.power_w, [251.0, 0.0])
    assert same(found.temperature_c, [-3.0, np.nan])


def test_a_column_that_no_sample_has_is_unknown_throughout() -> None:
    assert same(track([], [(3, UINT8, 140)]).power_w, [np.nan, np.nan])


@pytest.mark.parametrize("big_endian", [False, True])
def test_both_byte_orders_read_alike(big_endian: bool) -> None:
    builder = add_session(add_records(with_file_id(big_endian=big_endian), 30))
    (recording,) = read_workouts(builder.build(), "x.fit", now=NOW).recordings
    assert recording.track.distance_m[-1] == 87.0
    assert recording.track.altitude_m[0] == 20.0
    assert recording.totals.distance_m == 357.0
    assert recording.track.latitude_deg[0] == pytest.approx(59.0, abs=1e-7)


def test_samples_of_changing_shape_stay_in_file_order_and_fill_only_their_own_fields() -> None:
    found = track(
        [(3, UINT8, 100)],
        [(3, UINT8, 101), (7, UINT16, 200)],
        [(3, UINT8, 102)],
        [(7, UINT16, 201), (3, UINT8, 103)],
    )
    assert same(found.heart_rate_bpm, [100.0, 101.0, 102.0, 103.0])
    assert same(found.power_w, [np.nan, 200.0, np.nan, 201.0])


def test_a_list_gives_its_first_known_value() -> None:
    assert same(track([(3, UINT8, b"\xff\xff\x96")]).heart_rate_bpm, [150.0])


def test_a_type_whose_unknown_is_zero_is_unknown_at_zero() -> None:
    assert same(track([(7, UINT16Z, b"\x00\x00")], [(7, UINT16Z, b"\x0a\x00")]).power_w, [np.nan, 10.0])


def test_floats_that_are_no_number_are_unknown() -> None:
    found = track([(5, FLOAT32, float("inf"))], [(5, FLOAT32, float("nan"))], [(5, FLOAT32, 250.0)])
    assert same(found.distance_m, [np.nan, np.nan, 2.5])


def test_the_oldest_packing_of_speed_and_distance_counts_on() -> None:
    # 12 bits of speed (1/100 m/s), 12 bits of distance (1/16 m) that roll over at 256 m.
    def packed(speed: int, sixteenths: int) -> bytes:
        return (speed | (sixteenths & 0xFFF) << 12).to_bytes(3, "little")

    found = track(
        *([(8, BYTE, packed(300, 16 * metres))] for metres in (0, 200, 300, 500)), [(8, BYTE, b"\xff" * 3)]
    )
    assert same(found.distance_m, [0.0, 200.0, 300.0, 500.0, np.nan])
    assert same(found.speed_mps, [3.0, 3.0, 3.0, 3.0, np.nan])


def test_a_counter_goes_on_from_the_last_full_value_and_rolls_over() -> None:
    full = np.array([-1, 100, -1, -1, 64, -1])
    low = np.array([3, 0, 5, 4, 0, 31])  # five bits: 100 is 3 · 32 + 4
    assert counted_on(low, full, 5).tolist() == [3, 100, 101, 132, 64, 95]


def test_twelve_bits_lie_lowest_first() -> None:
    assert twelve_bits(np.array([[0x23, 0x61, 0x45, 0xFF]], dtype=np.float64)).tolist() == [[0x123, 0x456]]


def app_field(number: int, base: int, units: str, native: int) -> FitBuilder:
    """An app that describes its field 0 as standing in for a field of the record."""
    return with_file_id().add(207, [(3, UINT8, 0)]).add(
        206,
        [(0, UINT8, 0), (1, UINT8, number), (2, UINT8, base), (3, STRING, "x"), (8, STRING, units), (14, UINT16, 20),
         (15, UINT8, native)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("column", "native", "base", "units", "raw", "value"),
    [
        ("power_w", 7, UINT16, "Watts", struct.pack("<H", 240), 240.0),
        ("stance_time_ms", 41, UINT16, "Milliseconds", struct.pack("<H", 231), 231.0),
        ("vertical_oscillation_m", 39, FLOAT32, "Centimeters", struct.pack("<f", 7.5), 0.075),
        ("heart_rate_bpm", 3, UINT8, "bpm", b"\x91", 145.0),
        ("power_w", 7, UINT16, "horses", struct.pack("<H", 240), np.nan),
    ],
)
def test_a_foot_pod_app_stands_in_for_what_the_watch_does_not_measure(
    column: str, native: int, base: int, units: str, raw: bytes, value: float
) -> None:
    builder = app_field(4, base, units, native)
    builder.add(20, [(253, UINT32, START)], developer=[(4, 0, raw)])
    assert np.asarray(getattr(one(builder).track, column)) == pytest.approx([value], nan_ok=True)


def test_an_app_never_overwrites_what_the_watch_measures() -> None:
    builder = app_field(4, UINT16, "Watts", 7)
    builder.add(20, [(253, UINT32, START), (7, UINT16, 200)], developer=[(4, 0, struct.pack("<H", 999))])
    assert same(one(builder).track.power_w, [200.0])
