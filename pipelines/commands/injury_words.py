"""Injuries as they are told in one line: ``left achilles 2025-11-03..2026-02-10``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipelines.commands.options import a_day
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.training_log import Athlete, Injury


def injury_of(athlete: str, told: str) -> Injury:
    """From ``left achilles 2025-11-03..2026-02-10``; side and end may be left out."""
    from features.training_log import Injury, Side

    *words, days = told.split()
    side = Side(words.pop(0).lower()) if words and words[0].lower() in set(Side) else None
    if not words:
        raise KneewiseError(f"{told!r} is not an injury; it looks like 'left knee 2025-11-03..2026-02-10'.")
    first, _, last = days.partition("..")
    started, ended = a_day(first), a_day(last or None)
    assert started is not None
    if ended is not None and ended < started:
        raise KneewiseError(f"the injury {told!r} ends before it starts.")
    return Injury(athlete, " ".join(words).lower(), side, started, ended)


def ended(person: Athlete, told: str) -> Injury:
    """The open injury of ``knee 2026-02-10``, ended on that day."""
    ending = injury_of(person.id, told)
    same_side = (None, ending.side)
    fitting = [
        injury
        for injury in person.injuries
        if injury.ended_on is None
        and injury.body_part == ending.body_part
        and (ending.side is None or injury.side in same_side)
    ]
    if len(fitting) != 1:
        raise KneewiseError(
            f"{person.id} has {len(fitting) or 'no'} open injuries that {told!r} may mean. "
            "See: kneewise athlete show"
        )
    if ending.started_on < fitting[0].started_on:
        raise KneewiseError(f"the injury that began on {fitting[0].started_on} cannot end before it.")
    return dataclasses.replace(fitting[0], ended_on=ending.started_on)
