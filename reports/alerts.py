"""What deserves a notice between reports: shoes that reach a stage, runs that jump.

Pure: the same facts always give the same notices. Whether one was sent before is the
caller's to remember, by (athlete, kind, subject, stage).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from features import evidence
from features.training_log import ShoeDay
from reports import causes
from reports.shoe_life import ShoeLife
from reports.week_story import SessionLine
from reports.wording import Measure

SHOE = "shoe"
SPIKE = "run_spike"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing worth telling once. ``covers`` are the stages that count as told with it, its
    own included: a lower stage is never sent after a higher one."""

    athlete: str
    kind: str
    subject: str
    stage: str
    day: date
    text: str
    covers: tuple[str, ...]


def shoe_notices(shoes: Sequence[ShoeDay], units: str = "km") -> tuple[Notice, ...]:
    """The highest stage that each pair in use has reached; retired pairs are silent."""
    return tuple(_shoe_notices(shoes, Measure(units)))


def _shoe_notices(shoes: Sequence[ShoeDay], measure: Measure) -> Iterator[Notice]:
    for state in shoes:
        life = ShoeLife(state)
        if life.retired or not life.stages:
            continue
        yield Notice(
            athlete=state.shoe.athlete,
            kind=SHOE,
            subject=state.shoe.id,
            stage=life.stages[-1],
            day=state.day,
            text=life.notice(measure),
            covers=life.stages,
        )


def spike_stage(ratio: float) -> str | None:
    """The state of a run by the bins of the run-spike study (upper bounds belong to the lower
    state there); None for an ordinary run. doi:10.1136/bjsports-2024-109380"""
    for stage in ("large", "moderate", "small"):
        if ratio > evidence.value(f"spike_{stage}_from"):
            return stage
    return None


def spike_notices(
    sessions: Sequence[SessionLine], athlete: str, as_of: date, units: str = "km"
) -> tuple[Notice, ...]:
    """Runs of the seven days up to ``as_of`` that stand above the thirty days before them."""
    measure = Measure(units)
    return tuple(
        notice
        for session in sessions
        if as_of - timedelta(days=7) < session.day <= as_of
        and (notice := _spike_notice(session, athlete, measure)) is not None
    )


def _spike_notice(session: SessionLine, athlete: str, measure: Measure) -> Notice | None:
    ratio, distance_m, reference_m = session.spike_ratio, session.distance_m, session.reference_m
    if ratio is None or distance_m is None or reference_m is None:
        return None
    stage = spike_stage(ratio)
    if stage is None:
        return None
    order = ("small", "moderate", "large")
    return Notice(
        athlete=athlete,
        kind=SPIKE,
        subject=session.activity_id,
        stage=stage,
        day=session.day,
        text=causes.run_jump(distance_m, reference_m, session.day, measure) + " " + causes.AFTER_A_JUMP,
        covers=order[: order.index(stage) + 1],
    )
