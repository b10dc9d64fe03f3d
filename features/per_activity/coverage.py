"""How much of a workout's time each stream covers: what its numbers rest on.

unit: share 0-1
unknown when: the recording has no two samples.
source: time-weighted, as everything measured over samples (see ``sample_weight``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features.per_activity.sample_weight import sample_weight_s
from features.training_log import Column, Recording


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares of the recorded time with a heart rate, a cadence, an altitude and a position."""

    heart_rate_share: float | None = None
    cadence_share: float | None = None
    altitude_share: float | None = None
    position_share: float | None = None


def coverage_of(recording: Recording) -> Coverage:
    """The shares of one recording."""
    track = recording.track
    weight = sample_weight_s(track, recording.pauses_s)
    total = float(np.sum(weight))
    if total <= 0:
        return Coverage()

    def share(column: Column) -> float:
        return float(np.sum(weight[~np.isnan(column)])) / total

    return Coverage(
        heart_rate_share=share(track.heart_rate_bpm),
        cadence_share=share(track.cadence_spm),
        altitude_share=share(track.altitude_m),
        position_share=share(track.latitude_deg + track.longitude_deg),
    )
