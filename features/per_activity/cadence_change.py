"""How cadence changed from the first to the last third of a run, at like speed.

unit: fraction (``drop``, positive where it fell); steps/min (``drift_spm``, negative where it fell)
unknown when: either third has fewer than ``cadence_change_segments_min`` stretches with a cadence that were run at
about the speed of the whole, as in a run that ends in sprints or in a walk.
source: a comparison of medians, so that a few odd stretches do not decide it. Cadence rises with speed, so a
runner who slows down takes fewer steps without being tired: the slope within the thirds takes that out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.stream_measures import Segments
from features.training_log import Column


@dataclass(frozen=True, slots=True)
class CadenceChange:
    drop: float
    drift_spm: float


def cadence_change(segments: Segments) -> CadenceChange | None:
    """The change between the thirds (of the time in motion), held against each other at one speed."""
    speed, cadence = segments.speed_mps, segments.cadence_spm
    ran = speed >= evidence.value("cadence_change_speed_min_mps")
    ran &= cadence >= evidence.value("cadence_change_cadence_min_spm")
    usual = np.median(speed[ran]) if np.any(ran) else np.nan
    ran &= np.abs(speed - usual) <= evidence.value("cadence_change_speed_band_mps")
    middle_s = np.cumsum(segments.moving_s) - segments.moving_s / 2
    first = ran & (middle_s <= np.sum(segments.moving_s) / 3)
    last = ran & (middle_s >= np.sum(segments.moving_s) * 2 / 3)
    if min(np.count_nonzero(first), np.count_nonzero(last)) < evidence.value("cadence_change_segments_min"):
        return None
    slope = _slope_within(speed, cadence, (first, last))
    before, after = (np.median(cadence[third] - slope * speed[third]) for third in (first, last))
    drift = float(after - before)
    return CadenceChange(-drift / float(np.median(cadence[first])), drift)


def _slope_within(speed: Column, cadence: Column, thirds: tuple[NDArray[np.bool_], ...]) -> float:
    """Steps/min for each m/s, from what speed does to cadence within a third: never from one third to the next.

    Held to what runners show (``cadence_slope_max``): where speed hardly varies, noise would make a slope.
    """
    speeds = np.concatenate([speed[third] - np.median(speed[third]) for third in thirds])
    cadences = np.concatenate([cadence[third] - np.median(cadence[third]) for third in thirds])
    varied = float(np.sum(speeds**2))
    slope = float(np.sum(speeds * cadences)) / varied if varied > 0 else 0.0
    return float(np.clip(slope, 0.0, evidence.value("cadence_slope_max")))
