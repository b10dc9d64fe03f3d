"""What a running total grows by within a window of fixed length, wherever in a recording the window lies."""

from __future__ import annotations

import numpy as np

from features.training_log import Column


def growth_in_windows(times_s: Column, width_s: float, running_total: Column) -> Column:
    """Growth of ``running_total`` over each window that starts or ends at a sample and lies in the recording.

    Between samples the total grows evenly, so the most and the least that any window shows is among these.
    Totals of the same times give windows in the same order. Empty where the recording is shorter.
    """
    starts = np.concatenate(
        (times_s[times_s + width_s <= times_s[-1:]], times_s[times_s - width_s >= times_s[:1]] - width_s)
    )
    if len(starts) == 0:
        return starts
    before, after = (np.interp(at, times_s, running_total) for at in (starts, starts + width_s))
    return np.asarray(after - before)
