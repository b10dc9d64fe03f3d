"""A strap that kept its own record of the pulse: its beats come beside the samples of the watch."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from fit_builder import START, UINT8, UINT16, UINT32, FitBuilder, add_session, with_file_id

from features.training_log import Recording
from pipelines.sources.errors import NotAWorkout
from pipelines.sources.fit_straps import Beats
from pipelines.sources.reading import read_workouts

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BYTE = 0x0D
TICKS = 1024  # of the strap's clock, per second


def packed(*numbers: int) -> bytes:
    """Pairs of twelve bits in three bytes, lowest first."""
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return b"".join((low & 0xFFF | (high & 0xFFF) << 12).to_bytes(3, "little") for low, high in pairs)


def add_beats(builder: FitBuilder, first_tick: int, beats: list[tuple[int, int]]) -> FitBuilder:
    """The strap's clock shows ``first_tick`` at ``START``; then (seconds since, pulse) beat by beat."""
    builder.add(132, [(253, UINT32, START), (0, UINT16, 0), (6, UINT8, beats[0][1]), (9, UINT32, first_tick)])
    for index in range(1, len(beats), 2):
        pair = beats[index : index + 2]
        ticks = packed(*(first_tick + TICKS * second for second, _ in pair))
        builder.add(132, [(6, UINT8, bytes(pulse for _, pulse in pair)), (10, BYTE, ticks)])
    return builder


def swim(seconds: range, pulse: int = 0xFF) -> FitBuilder:
    builder = with_file_id()
    for second in seconds:
        builder.add(20, [(253, UINT32, START + second), (3, UINT8, pulse)])
    return add_session(builder, sport=5)


def read(data: bytes) -> tuple[Recording, tuple[str, ...]]:
    found = read_workouts(data, "x.fit", now=NOW)
    (recording,) = found.recordings
    return recording, found.notes


BEATS = [(0, 100), (1, 102), (3, 106), (4, 108), (6, 110)]  # the low bits roll over after 4 s


@pytest.mark.parametrize("first_tick", [0, 4000, 90_000_123])
def test_beats_of_the_same_part_fill_samples_without_a_pulse(first_tick: int) -> None:
    swam, _ = read(add_beats(swim(range(0, 8, 2)), first_tick, BEATS).build())
    # mean of the beats since the sample before: at 0 s, in (0, 2], in (2, 4], in (4, 6]
    assert swam.track.heart_rate_bpm.tolist() == [100.0, 102.0, 107.0, 110.0]


def test_beats_of_a_part_of_their_own_go_to_the_workout_before_without_a_word() -> None:
    data = swim(range(0, 8, 2)).build() + add_beats(with_file_id(), 500, BEATS).build()
    swam, notes = read(data)
    assert swam.track.heart_rate_bpm.tolist() == [100.0, 102.0, 107.0, 110.0]
    assert notes == ()


def test_beats_of_a_strap_win_over_the_wrist_and_the_wrist_fills_what_they_leave_out() -> None:
    swam, _ = read(add_beats(swim(range(0, 24, 2), pulse=90), 0, BEATS).build())
    assert swam.track.heart_rate_bpm[:4].tolist() == [100.0, 102.0, 107.0, 110.0]
    assert swam.track.heart_rate_bpm[4:].tolist() == [90.0] * 8


def test_a_sample_long_after_the_last_beat_has_no_pulse() -> None:
    beats = Beats(np.array([1.0, 2.0]), np.array([100.0, 120.0]))
    assert np.array_equal(beats.at(np.array([2.0, 30.0])), [110.0, np.nan], equal_nan=True)


def test_beats_whose_time_nobody_tells_are_left_out() -> None:
    builder = swim(range(4)).add(132, [(6, UINT8, b"\x64\x64"), (10, BYTE, packed(1, 2))])
    assert np.isnan(read(builder.build())[0].track.heart_rate_bpm).all()


def test_beats_alone_are_no_workout() -> None:
    with pytest.raises(NotAWorkout, match="pulse"):
        read(add_beats(with_file_id(), 500, BEATS).build())


def test_a_swim_of_the_corpus_has_a_pulse_throughout(corpus: Path) -> None:
    path = corpus / "public/fixtures/muktihari+fit/testdata__from_official_sdk__activity_poolswim_with_hr.fit"
    swam, _ = read(path.read_bytes())
    assert np.mean(~np.isnan(swam.track.heart_rate_bpm)) > 0.99
    assert 55 < np.nanmin(swam.track.heart_rate_bpm) < np.nanmax(swam.track.heart_rate_bpm) < 200
