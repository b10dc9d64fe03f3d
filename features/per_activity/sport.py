"""The sport of a workout whose file does not tell it, guessed from how fast it moved.

A GPX file often has no type at all. Left unknown, a runner's own runs would not count and
"no runs recorded" would be wrong; so the pace of a run is taken for one, and flagged.

unit: name of a sport, as the FIT profile has it
unknown when: the file names no sport, and the moving speed is not a runner's.
source: the file; a runner's range of speeds is ours (below).
"""

from __future__ import annotations

from features.training_log import Flag

# Slower is mostly walking, faster over a whole workout mostly wheels: 7:35 to 3:42 min/km.
RUNNING_SPEED_MPS = (2.2, 4.5)
UNTOLD = frozenset({"unknown", "generic"})


def sport_of(
    told: str, sub_sport: str | None, distance_m: float | None, moving_s: float | None
) -> tuple[str, frozenset[Flag]]:
    """The sport told, or ``running`` with a flag where none was told and the speed is a runner's."""
    if told not in UNTOLD or sub_sport not in (None, "generic", "unknown"):
        return told, frozenset()
    if distance_m is None or moving_s is None or moving_s <= 0:
        return told, frozenset()
    slowest, fastest = RUNNING_SPEED_MPS
    if slowest <= distance_m / moving_s <= fastest:
        return "running", frozenset({Flag.SPORT_GUESSED})
    return told, frozenset()
