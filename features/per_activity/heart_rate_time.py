"""How long the heart beat at each rate, and the highest it was held over half a minute and twenty minutes.

unit: s; beats/min
unknown when: no heart rate was recorded, or not over (nearly) the whole of any such window. A recording flagged
``cadence_lock`` shows the steps instead of the pulse: whoever measures it leaves these measures out.
source: time-weighted, as samples are not evenly spaced (see ``sample_weight``).
"""

from __future__ import annotations

import numpy as np

from features import evidence
from features.per_activity.moving_windows import growth_in_windows
from features.per_activity.sample_weight import sample_weight_s
from features.stream_measures import HIGHEST_BPM, LOWEST_BPM
from features.training_log import Column, Track


def heart_rate_time_s(track: Track) -> Column | None:
    """Seconds at each whole heart rate from ``LOWEST_BPM`` to ``HIGHEST_BPM``; others are no runner's pulse."""
    rate, held_s = _rate_and_time(track)
    if not np.any(held_s > 0):
        return None
    bins = np.rint(np.where(held_s > 0, rate, LOWEST_BPM)).astype(np.intp) - LOWEST_BPM
    return np.bincount(bins, weights=held_s, minlength=HIGHEST_BPM - LOWEST_BPM + 1).astype(np.float64)


def heart_rate_peak_bpm(track: Track) -> float | None:
    """The highest mean over ``heart_rate_peak_s``: a single wrong beat cannot make it."""
    return _highest_mean_bpm(track, evidence.value("heart_rate_peak_s"))


def effort_heart_rate_bpm(track: Track) -> float | None:
    """The highest mean over ``threshold_effort_s``, from which the threshold is told."""
    return _highest_mean_bpm(track, evidence.value("threshold_effort_s"))


def _highest_mean_bpm(track: Track, width_s: float) -> float | None:
    rate, held_s = _rate_and_time(track)
    beats = np.concatenate(([0.0], np.cumsum(np.where(held_s > 0, rate * held_s, 0.0))[:-1]))
    known = np.concatenate(([0.0], np.cumsum(held_s)[:-1]))
    known_s = growth_in_windows(track.elapsed_s, width_s, known)
    enough = known_s >= evidence.value("window_known_share") * width_s
    if not np.any(enough):
        return None
    return float(np.max(growth_in_windows(track.elapsed_s, width_s, beats)[enough] / known_s[enough]))


def _rate_and_time(track: Track) -> tuple[Column, Column]:
    """Each sample's heart rate and the seconds it stands for; 0 s where there is none, or none to believe."""
    rate = track.heart_rate_bpm
    credible = (rate >= LOWEST_BPM) & (rate <= HIGHEST_BPM)
    return rate, np.where(credible, sample_weight_s(track), 0.0)
