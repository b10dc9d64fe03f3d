"""Recordings for tests of single measures: a run, sample by sample, with only what a test names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from features.training_log import Recording, Totals, Track

METRES_PER_DEGREE = 6_371_008.8 * np.pi / 180  # of latitude, on the sphere that the product uses


def track(times: Sequence[float], **columns: Sequence[float | None]) -> Track:
    """``None`` in a column is unknown. ``north_m`` places samples on a meridian, in metres."""
    arrays = {
        name: np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        for name, values in columns.items()
    }
    if "north_m" in arrays:
        arrays["latitude_deg"] = 59.0 + arrays.pop("north_m") / METRES_PER_DEGREE
        arrays["longitude_deg"] = np.where(np.isnan(arrays["latitude_deg"]), np.nan, 18.0)
    return Track.of(np.array(times, dtype=np.float64), **arrays)


def recording(samples: Track | None = None, **fields: object) -> Recording:
    told: dict[str, object] = {
        "started_at": datetime(2026, 5, 1, 22, 30, tzinfo=UTC),
        "sport": "running",
        "sub_sport": None,
        "track": Track.empty() if samples is None else samples,
        "totals": Totals(),
    }
    return Recording(**(told | fields))  # type: ignore[arg-type]
