"""Whatever happens to the bytes of a file, reading it ends in recordings or in a named error."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from fit_builder import ENUM, START, UINT32, add_records, add_session, with_file_id
from test_gpx import TEN, gpx, track
from test_tcx import TRACK, activity, lap, tcx

from features.per_activity.summary import summarise
from pipelines.sources.errors import NotAWorkout, UnreadableWorkout
from pipelines.sources.place import place_zone
from pipelines.sources.reading import read_workouts


def small_fit() -> bytes:
    builder = add_records(with_file_id(), 70)
    for second, kind in ((0, 0), (30, 4), (40, 0)):
        builder.add(21, [(253, UINT32, START + second), (0, ENUM, 0), (1, ENUM, kind)])
    builder.add(206, [(0, 2, 0), (1, 2, 0), (2, 2, 0x88), (15, 2, 5)])
    add_session(builder, elapsed_s=69.0, distance_m=207.0)
    return builder.add(34, [(253, UINT32, START + 70), (5, UINT32, START + 7270)]).build()


PARENTS = {"fit": small_fit(), "gpx": gpx(track(TEN)), "tcx": tcx(activity(lap(TRACK)))}


def mutated(parent: bytes, dice: random.Random) -> bytes:
    data = bytearray(parent)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(max(len(data), 1))
        kind = dice.choice(("flip", "set", "cut", "drop", "insert", "repeat"))
        if kind == "flip" and data:
            data[at] ^= 1 << dice.randrange(8)
        elif kind == "set":
            data[at : at + 4] = dice.choice((b"\x00" * 4, b"\xff" * 4, dice.randbytes(4)))
        elif kind == "cut":
            del data[len(data) - at // 4 :]
        elif kind == "drop":
            del data[at : at + dice.randint(1, 40)]
        elif kind == "insert":
            data[at:at] = dice.randbytes(dice.randint(1, 40))
        else:
            data[at:at] = data[at : at + dice.randint(1, 200)]
    return bytes(data)


@pytest.mark.parametrize("kind", sorted(PARENTS))
def test_only_named_errors_come_out_of_mutated_files(kind: str) -> None:
    dice = random.Random(f"kneewise {kind}")
    ends: Counter[str] = Counter()
    for _ in range(250):
        data = mutated(PARENTS[kind], dice)
        try:
            found = read_workouts(data, f"x.{kind}")
        except (NotAWorkout, UnreadableWorkout) as refusal:
            assert refusal.reason.endswith(".")
            ends[type(refusal).__name__] += 1
            continue
        for recording in found.recordings:
            summarise(recording, activity_id="a", athlete="b", profile_zone="UTC", place_zone=place_zone)
        ends["read"] += 1
    assert ends["read"] > 20
    assert ends.total() == 250


@pytest.mark.parametrize("kind", sorted(PARENTS))
def test_a_file_cut_anywhere_ends_in_recordings_or_a_named_error(kind: str) -> None:
    parent = PARENTS[kind]
    for end in range(0, len(parent), max(len(parent) // 150, 1)):
        try:
            assert read_workouts(parent[:end], f"x.{kind}").recordings
        except (NotAWorkout, UnreadableWorkout) as refusal:
            assert refusal.reason
