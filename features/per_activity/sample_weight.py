"""How many seconds each sample stands for: watches record when something changes, not every second.

unit: s
unknown when: never; a sample that stands for nothing weighs 0.
source: three quarters of real recordings are "smart", with 1 to 10 s between samples, so that a
mean over samples is not a mean over time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from features.training_log import Column, Track

# Nothing is known about a runner a minute after the last sample: a longer gap is a pause or a loss.
LONGEST_HOLD_S = 60.0


def sample_weight_s(track: Track, pauses_s: Sequence[tuple[float, float]] = ()) -> Column:
    """Seconds from each sample to the next one, without pauses, at most ``LONGEST_HOLD_S``.

    The last sample stands for nothing; a recording of one sample gives that sample a weight of 0.
    """
    times = track.elapsed_s
    if len(times) == 0:
        return np.empty(0)
    until = np.append(times[1:], times[-1])
    held = until - times
    for start, end in pauses_s:
        held = held - np.clip(np.minimum(until, end) - np.maximum(times, start), 0.0, None)
    return np.where(held > LONGEST_HOLD_S, 0.0, np.clip(held, 0.0, None))
