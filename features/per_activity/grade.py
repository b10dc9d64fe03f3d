"""How steep each stretch of a recording was: rise over run, from the altitudes of a barometer.

unit: ratio (0.1 = 10 %, downhill negative)
unknown when: altitudes lie farther apart than ``grade_stretch_min_m``, or the stretch is shorter than that.
Altitude from GPS is not for this: whoever measures leaves it out.
source: technique tried on flat runs on a 400 m track (evidence ``segment_length_m``, ``grade_stretch_min_m``,
``altitude_jump_mps``): heights every 5 m of the device's distance, sensor jumps taken out, a median of three,
a least-squares slope over the stretch.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from features import evidence
from features.training_log import Column

STEPS = 20  # in each stretch: heights every 5 m, finer than a barometer's own step


def grades(
    elapsed_s: Column, altitude_m: Column, covered_m: Column, moved_s: Column, edges_m: Column
) -> Column:
    """The grade between each edge and the next; edges are evenly spaced over the distance covered.

    One altitude (NaN = unknown), metres covered and seconds in motion so far for each sample.
    """
    stretches, total_m = len(edges_m) - 1, edges_m[-1]
    at = np.flatnonzero(~np.isnan(altitude_m))
    length_m = total_m / stretches
    if len(at) < 2 or length_m < evidence.value("grade_stretch_min_m"):
        return np.full(stretches, np.nan)
    places_m = np.linspace(0.0, total_m, stretches * STEPS + 1)
    heights_m = np.interp(
        places_m, covered_m[at], _heights_climbed_m(elapsed_s[at], altitude_m[at], moved_s[at])
    )
    heights_m[1:-1] = _middle_of_three(heights_m)
    heights_m[~_is_near(places_m, covered_m[at])] = np.nan
    offsets = np.linspace(-length_m / 2, length_m / 2, STEPS + 1)
    slopes = sliding_window_view(heights_m, STEPS + 1)[::STEPS] @ (offsets / np.sum(offsets**2))
    limit = evidence.value("grade_max")
    return np.asarray(np.clip(slopes, -limit, limit))


def _heights_climbed_m(elapsed_s: Column, altitude_m: Column, moved_s: Column) -> Column:
    """Height above the start, without the sensor's jumps and what it drifted while the runner stood."""
    steps, seconds = np.diff(altitude_m), np.diff(elapsed_s)
    believed = np.abs(steps) <= evidence.value("altitude_jump_mps") * np.maximum(seconds, 1.0)
    believed &= np.diff(moved_s) > 0
    return np.concatenate(([0.0], np.cumsum(np.where(believed, steps, 0.0))))


def _middle_of_three(values: Column) -> Column:
    """The median of each value and its two neighbours, for all but the ends."""
    before, here, after = values[:-2], values[1:-1], values[2:]
    return np.maximum(np.minimum(before, here), np.minimum(np.maximum(before, here), after))


def _is_near(places_m: Column, known_m: Column) -> NDArray[np.bool_]:
    """Per place, whether the known ones before and after it lie close enough to draw a line between."""
    after = np.searchsorted(known_m, places_m, side="left")
    gap_m = known_m[np.minimum(after, len(known_m) - 1)] - known_m[np.maximum(after - 1, 0)]
    reach_m = evidence.value("grade_stretch_min_m")
    inside = (places_m >= known_m[0] - reach_m / 2) & (places_m <= known_m[-1] + reach_m / 2)
    return np.asarray(inside & (gap_m <= reach_m))
