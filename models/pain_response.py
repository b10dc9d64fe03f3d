"""How one knee answered one run: calm, irritated or too painful.

The rule that runners with kneecap pain are taught: at most 2 of 10 while running, settled within an hour,
no worse the next morning (doi:10.1136/bjsports-2016-096988); above 5 is the stop line of the pain-monitoring
model (doi:10.1177/0363546506298279). The hour is not asked: more pain in the hours after than while
running stands in for "not settled".
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from features import evidence
from features.training_log import CheckIn


class Response(StrEnum):
    """How a knee answered, the gentlest first."""

    CALM = "calm"
    IRRITATED = "irritated"
    PAINFUL = "painful"


def response(c: CheckIn) -> Response | None:
    """The answer that one check-in tells of; None where no pain was told, not even that there was none."""
    if c.worst_pain is None:
        return None
    if c.worst_pain > evidence.value("pain_stop_above"):
        return Response.PAINFUL
    return Response.IRRITATED if irritated_by(c) else Response.CALM


def irritated_by(c: CheckIn) -> tuple[str, ...]:
    """The evidence by which the pain of a check-in counts as irritated."""
    return tuple(_irritated_by(c))


def _irritated_by(c: CheckIn) -> Iterator[str]:
    if c.worst_pain is not None and c.worst_pain > evidence.value("pain_calm_max"):
        yield "pain_calm_max"
    if _rise(c.pain_running, c.pain_after) >= evidence.value("pain_after_rise"):
        yield "pain_after_rise"
    if _rise(c.pain_running, c.pain_next_morning) >= evidence.value("pain_next_morning_rise"):
        yield "pain_next_morning_rise"


def _rise(running: int | None, later: int | None) -> int:
    return 0 if running is None or later is None else later - running
