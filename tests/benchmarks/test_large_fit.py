"""The file that the memory benchmark makes: read whole, and in little memory."""

from __future__ import annotations

import sys
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from benchmarks.large_fit import RECORDS, large_fit  # noqa: E402
from pipelines.sources.reading import read_workouts  # noqa: E402


def test_a_recording_of_a_hundred_thousand_samples_is_read_in_well_under_100_megabytes() -> None:
    data = large_fit()
    tracemalloc.start()
    (run,) = read_workouts(data, "large.fit", now=datetime(2026, 11, 1, tzinfo=UTC)).recordings
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(run.track) == RECORDS
    assert run.track.distance_m[-1] == 3.0 * (RECORDS - 1)
    assert run.flags == frozenset()
    assert peak < 100e6
