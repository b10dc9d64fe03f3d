"""What the samples of one recording say, all of it at once: the measures of this folder that condense a stream."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from features.per_activity.cadence_change import cadence_change
from features.per_activity.efforts import best_effort_m
from features.per_activity.gps_distance import ON_FOOT
from features.per_activity.heart_rate_time import (
    effort_heart_rate_bpm,
    heart_rate_peak_bpm,
    heart_rate_time_s,
)
from features.per_activity.oval_track import oval_track_share
from features.per_activity.segments import segments_of
from features.per_activity.stance import stance_balance
from features.per_activity.warm_up import cool_down_ratio, warm_up_ratio
from features.stream_measures import Segments, StreamMeasure
from features.training_log import Flag, Surface, Track

# The incline of a treadmill is not recorded, and GPS is too noisy for grade.
NO_GRADE = frozenset({Flag.ELEVATION_FROM_GPS, Flag.ELEVATION_MISSING})


def stream_measure_of(track: Track, sport: str, surface: Surface, flags: Collection[Flag]) -> StreamMeasure:
    """The measures of one recording, as it was summarised; only of a run all of them, only on foot the stretches."""
    grade_is_known = surface is not Surface.TREADMILL and NO_GRADE.isdisjoint(flags)
    if Flag.CADENCE_LOCK in flags:  # the sensor shows steps and no pulse
        track = replace(track, heart_rate_bpm=np.full(len(track), np.nan))
    segments = Segments.none()
    if sport in ON_FOOT:
        segments = segments_of(track, sport, grade_is_known=grade_is_known)
    runs = sport == "running"
    changed = cadence_change(segments) if runs else None
    stance = stance_balance(track) if runs else None
    return StreamMeasure(
        segments=segments,
        heart_rate_s=heart_rate_time_s(track),
        heart_rate_peak_bpm=heart_rate_peak_bpm(track),
        best_effort_m=best_effort_m(track) if runs else None,
        effort_heart_rate_bpm=effort_heart_rate_bpm(track),
        warm_up_ratio=warm_up_ratio(track) if runs else None,
        cool_down_ratio=cool_down_ratio(track) if runs else None,
        cadence_drop=None if changed is None else changed.drop,
        cadence_drift_spm=None if changed is None else changed.drift_spm,
        stance_balance_percent=None if stance is None else stance.mean_percent,
        stance_balance_change=None if stance is None else stance.change_percent,
        oval_track_share=oval_track_share(track) if runs else None,
    )
