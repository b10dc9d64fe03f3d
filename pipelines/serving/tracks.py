"""The one door to the samples of a recording for whoever looks: what is not theirs to see is left out here.

The athlete sees all. Others see what was shared with them, and no position in one of the athlete's privacy zones.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from features.training_log import Track
from pipelines.logbook import zones
from pipelines.logbook.store import Logbook
from pipelines.privacy_zones import without
from pipelines.warehouse.positions import whole_track
from pipelines.warehouse.store import Db
from reports.dashboard.viewer import Scope, Viewer


def track_for(db: Db, logbook: Logbook, viewer: Viewer, recording: str) -> Track | None:
    """The recording's samples as this viewer may see them; None where none are theirs to see, or there are none."""
    found = whole_track(db, recording)
    if found is None:
        return None
    athlete, track = found
    scopes = viewer.scopes_on(athlete)
    if Scope.TRAINING not in scopes:
        return None
    if athlete == viewer.athlete:
        return track
    unknown = np.full(len(track), np.nan)
    if Scope.BODY not in scopes:
        track = replace(track, heart_rate_bpm=unknown)
    if Scope.POSITIONS not in scopes:
        return replace(track, latitude_deg=unknown, longitude_deg=unknown)
    return without(track, [each.zone for each in zones.zones(logbook, athlete)])
