"""Whether a file whose checksum fails also shows it in its samples: damage that left the framing whole."""

from __future__ import annotations

import numpy as np

from features import evidence
from features.per_activity.gps_distance import haversine_m
from features.training_log import Column, Recording
from pipelines.sources.samples import ON_FOOT

# Watches that save space still write a sample about every ten seconds; a minute without one is a
# pause that the timer would have told, or lost bytes.
LONGEST_QUIET_S = 60.0
# No bicycle, ski or boat in anyone's training goes at 160 km/h.
FASTEST_MPS = 45.0
# Nobody rises or falls 50 m between two samples faster than a parachutist before opening.
ALTITUDE_JUMP_M = 50.0
FASTEST_VERTICAL_MPS = 15.0


def shows_damage(recording: Recording) -> bool:
    """True if samples are missing without a pause, or jump in distance, place or height as nothing moves."""
    track = recording.track
    if len(track) < 2:
        return False
    seconds = np.maximum(np.diff(track.elapsed_s), 1.0)
    on_foot = recording.sport in ON_FOOT
    fastest_mps = evidence.value("implausible_run_speed_mps") if on_foot else FASTEST_MPS
    with np.errstate(invalid="ignore"):
        covered = np.diff(track.distance_m)
        legs = haversine_m(track.latitude_deg, track.longitude_deg)
        height = np.abs(np.diff(track.altitude_m))
        return bool(
            np.any(_unexplained_s(recording) > LONGEST_QUIET_S)
            or np.any(covered > fastest_mps * seconds)
            or np.any(covered < 0)
            or np.any(legs > fastest_mps * seconds)
            or np.any((height > ALTITUDE_JUMP_M) & (height > FASTEST_VERTICAL_MPS * seconds))
        )


def _unexplained_s(recording: Recording) -> Column:
    """Seconds from each sample to the next that no pause accounts for."""
    times = recording.track.elapsed_s
    quiet = np.diff(times)
    for start, end in recording.pauses_s:
        quiet = quiet - np.clip(np.minimum(times[1:], end) - np.maximum(times[:-1], start), 0.0, None)
    return quiet
