"""A checksum that fails, and samples that show it: suspect."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from fit_builder import (
    ENUM,
    SINT32,
    START,
    UINT8,
    UINT16,
    UINT32,
    add_records,
    add_session,
    with_file_id,
)

from features.training_log import Flag
from pipelines.sources.reading import read_workouts

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def damaged(*changes: tuple[int, list[tuple[int, int, object]]]) -> frozenset[Flag]:
    """Flags of a run at 3 m/s whose checksum fails, with other content from the given seconds on."""
    builder, extra = with_file_id(), dict(changes)
    for second in range(100):
        builder.add(
            20,
            extra.get(second)
            or [(253, UINT32, START + second), (5, UINT32, 300 * second), (2, UINT16, 2600), (0, SINT32, 7 * 10**8 + 300 * second),
                (1, SINT32, 10**8)],
        )  # fmt: skip
    data = add_session(builder, elapsed_s=99.0, distance_m=297.0).build(crc=1)
    (recording,) = read_workouts(data, "x.fit", now=NOW).recordings
    assert Flag.CRC_MISMATCH in recording.flags
    return recording.flags


def test_damage_that_shows_in_the_samples_makes_them_suspect() -> None:
    assert Flag.SUSPECT not in damaged()
    assert Flag.SUSPECT in damaged((50, [(253, UINT32, START + 50), (5, UINT32, 900_000)]))  # 9 km in
    assert Flag.SUSPECT in damaged((50, [(253, UINT32, START + 50), (2, UINT16, 0)]))  # 500 m below the sea
    assert Flag.SUSPECT in damaged(
        (50, [(253, UINT32, START + 50), (0, SINT32, 7 * 10**8 + 90_000), (1, SINT32, 10**8)])
    )


def test_lost_samples_are_suspect_unless_the_timer_stood_still() -> None:
    def run(*events: tuple[int, int]) -> frozenset[Flag]:
        builder = with_file_id()
        for second in (*range(60), *range(400, 460)):
            builder.add(20, [(253, UINT32, START + second), (3, UINT8, 150)])
        for second, kind in events:
            builder.add(21, [(253, UINT32, START + second), (0, ENUM, 0), (1, ENUM, kind)])
        data = add_session(builder, elapsed_s=460.0).build(crc=1)
        (recording,) = read_workouts(data, "x.fit", now=NOW).recordings
        return recording.flags

    assert Flag.SUSPECT in run()
    assert Flag.SUSPECT not in run((60, 4), (400, 0))


def test_a_file_whose_checksum_fits_is_never_suspect() -> None:
    builder = add_records(with_file_id(), 60)
    add_session(add_records(builder, 60, START + 4000), elapsed_s=4060.0)
    (recording,) = read_workouts(builder.build(), "x.fit", now=NOW).recordings
    assert Flag.SUSPECT not in recording.flags


@pytest.mark.parametrize(
    ("name", "suspect"),
    [
        ("fenix5run_zeros200.fit", True),  # 326 seconds are gone
        ("coros_bitflip_mid.fit", True),  # one place lies 29 m off
        ("coros_zeros200.fit", True),  # the last height is 500 m below the sea
        ("fenix5run_badcrc.fit", False),
        ("coros_badcrc.fit", False),
        ("fenix5run_bitflip_mid.fit", False),  # the bit lies among the intervals of heart beats
    ],
)
def test_real_files_damaged_on_purpose_are_suspect_where_a_sample_is_wrong(
    corpus: Path, name: str, suspect: bool
) -> None:
    (recording,) = read_workouts((corpus / "damaged" / name).read_bytes(), name, now=NOW).recordings
    assert (Flag.SUSPECT in recording.flags) is suspect
