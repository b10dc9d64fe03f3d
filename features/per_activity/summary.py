"""One recording → one activity: every measure of this folder, the watch's own totals first."""

from __future__ import annotations

import numpy as np

from features.per_activity.cadence_lock import is_cadence_locked
from features.per_activity.climb import climb_of
from features.per_activity.coverage import coverage_of
from features.per_activity.distance import distance_of
from features.per_activity.duration import duration_of
from features.per_activity.means import mean_cadence_spm, mean_heart_rate_bpm
from features.per_activity.moving_time import moving_time_s
from features.per_activity.own_day import PlaceZone, own_day_of
from features.per_activity.sport import sport_of
from features.per_activity.surface import surface_of
from features.training_log import Activity, Flag, Recording


def summarise(
    recording: Recording, *, activity_id: str, athlete: str, profile_zone: str, place_zone: PlaceZone
) -> Activity:
    """The activity of one recording. ``place_zone`` maps latitude, longitude to an IANA zone or None."""
    own = own_day_of(recording, profile_zone, place_zone)
    distance = distance_of(recording)
    duration = duration_of(recording)
    moving_s = moving_time_s(recording)
    if moving_s is not None:
        moving_s = None if duration.duration_s is None else min(moving_s, duration.duration_s)
    ascent_m, descent_m, elevation_flags = _elevation(recording)
    sport, sport_flags = sport_of(recording.sport, recording.sub_sport, distance.distance_m, moving_s)
    flags = recording.flags | distance.flags | duration.flags | elevation_flags | sport_flags
    flags |= _coverage_flags(recording)
    coverage = coverage_of(recording)
    return Activity(
        id=activity_id,
        athlete=athlete,
        started_at=recording.started_at,
        zone=own.zone,
        zone_source=own.source,
        day=own.day,
        sport=sport,
        sub_sport=recording.sub_sport,
        surface=surface_of(recording),
        distance_m=distance.distance_m,
        duration_s=duration.duration_s,
        moving_s=moving_s,
        ascent_m=ascent_m,
        descent_m=descent_m,
        mean_heart_rate_bpm=mean_heart_rate_bpm(recording),
        mean_cadence_spm=mean_cadence_spm(recording),
        samples=len(recording.track),
        heart_rate_share=coverage.heart_rate_share,
        cadence_share=coverage.cadence_share,
        altitude_share=coverage.altitude_share,
        position_share=coverage.position_share,
        device=recording.device,
        name=recording.name,
        flags=tuple(sorted(flags)),
    )


def _elevation(recording: Recording) -> tuple[float | None, float | None, frozenset[Flag]]:
    """Ascent and descent, each the device's total if it wrote one, else measured."""
    totals, barometric = recording.totals, recording.altitude_is_barometric
    measured = climb_of(recording.track)
    ascent = totals.ascent_m if totals.ascent_m is not None or measured is None else measured.ascent_m
    descent = totals.descent_m if totals.descent_m is not None or measured is None else measured.descent_m
    if ascent is None and descent is None:
        return None, None, frozenset({Flag.ELEVATION_MISSING})
    device_knows = totals.ascent_m is not None and totals.descent_m is not None and barometric is not False
    if barometric is True or device_knows:
        return ascent, descent, frozenset()
    return ascent, descent, frozenset({Flag.ELEVATION_FROM_GPS})


def _coverage_flags(recording: Recording) -> frozenset[Flag]:
    track = recording.track
    located = np.any(~np.isnan(track.latitude_deg) & ~np.isnan(track.longitude_deg))
    flags = frozenset() if located else frozenset({Flag.NO_GPS})
    return flags | {Flag.CADENCE_LOCK} if is_cadence_locked(recording) else flags
