"""A shoe reminder that was told under other limits is told again when the new ones are reached."""

from __future__ import annotations

from collections.abc import Iterable

from features.training_log import Shoe, ShoeDay
from pipelines.logbook.store import Logbook
from reports.alerts import SHOE
from reports.shoe_life import ShoeLife


def forget_stages_undone(logbook: Logbook, pair: Shoe, states: Iterable[ShoeDay]) -> None:
    """Let those stages lapse that ``states`` (made with the pair as it is now) do not stand at."""
    standing = [stage for state in states if state.shoe.id == pair.id for stage in ShoeLife(state).stages]
    logbook.lapse(pair.athlete, SHOE, pair.id, standing)
