"""What a run was on, as far as its own sub-sport says.

unit: class (hard, soft, treadmill, unknown)
unknown when: the sub-sport does not settle it, as "generic" never does; a 400 m track too, which
is neither road nor ground, and which measurements place now beside one, now beside the other.
source: doi:10.3390/ijerph20146405 (sacral impact on concrete, track and grass within 6 %). The
class describes; no surface has a shown effect on knee injury, so it carries no weight.
"""

from __future__ import annotations

from features.training_log import Recording, Surface

_ON_FOOT = frozenset({"running", "walking"})
_SURFACES = {
    "street": Surface.HARD,
    "road": Surface.HARD,
    "trail": Surface.SOFT,
    "treadmill": Surface.TREADMILL,
    "indoor_running": Surface.TREADMILL,
    "virtual_activity": Surface.TREADMILL,
    "indoor_walking": Surface.TREADMILL,
}


def surface_of(recording: Recording) -> Surface:
    """The surface class of a run or walk; unknown for every other sport."""
    if recording.sport not in _ON_FOOT or recording.sub_sport is None:
        return Surface.UNKNOWN
    return _SURFACES.get(recording.sub_sport, Surface.UNKNOWN)
