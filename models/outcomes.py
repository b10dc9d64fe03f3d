"""What a row of training is held against: whether a knee problem begins in the fourteen days after it.

A problem is pain of 3 or more on two days of a week, a weekly answer (OSTRC-O2) of less than full
participation, or a knee injury in the logbook. It begins on the first day that it can be dated to.

Three kinds of days are neither learned from nor judged by: those within a problem or the recovery from
it; those after which too little was told to call the knee healthy; and those whose fourteen days are not
over. Nothing is cut away *before* a problem, so that no gap between rows tells where one is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.training_log import Column

Mask = NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Reports:
    """What was told: one row for each athlete, one column for each day, equally shaped.

    ``pain`` is the worst of a check-in (0–10), ``participation`` the answer to OSTRC-O2's first question
    (0, 8, 17 or 25, about the seven days up to it); NaN = not told. ``injured``: a logged knee injury
    covers that day. ``recorded``: the day is one of the athlete's record.
    """

    pain: Column
    participation: Column
    injured: Mask
    recorded: Mask


def label(reports: Reports) -> Column:
    """1 = a problem begins in the days after this one, 0 = none does, NaN = not at risk or not known."""
    window = int(evidence.value("onset_window_days"))
    problem = problem_days(reports)
    told = np.isfinite(reports.pain) | np.isfinite(reports.participation) | reports.injured
    begins = _any_ahead(problem, 1, window)
    known = _any_ahead(reports.recorded, window, window)  # the fourteen days are over
    heard = np.ones_like(problem)
    every = int(evidence.value("reports_every_days"))
    for first in range(1, window + 1, every):  # silence matters until a problem has begun, not after it
        heard &= _any_ahead(told, first, first + every - 1) | _any_ahead(problem, 1, first + every - 1)
    at_risk = reports.recorded & ~unwell(reports)
    return np.where(at_risk & known & heard, begins.astype(float), np.nan)


def problem_days(reports: Reports) -> Mask:
    """Days on which a knee problem can be said to be there."""
    return _sore_days(reports.pain) | _weeks_with_problem(reports) | reports.injured


def _sore_days(pain: Column) -> Mask:
    """Days of pain that have enough others within the same week."""
    within = int(evidence.value("problem_pain_within_days"))
    sore = pain >= evidence.value("problem_pain_from")
    so_far: NDArray[np.int64] = np.cumsum(sore, axis=-1, dtype=np.int64)
    in_week = so_far - _shifted(so_far, within, 0)
    enough: Mask = in_week >= evidence.value("problem_pain_days")
    return np.asarray(sore & _any_ahead(enough, 0, within - 1))


def _weeks_with_problem(reports: Reports) -> Mask:
    """The days that a weekly answer speaks of, but for those up to a check-in that said the knee was well."""
    asked_days = int(evidence.value("pain_window_days"))
    with_problem = reports.participation > evidence.value("ostrc_problem_above")
    days = reports.pain.shape[-1]
    answer = _next(with_problem)
    well = _shifted(_latest(reports.pain < evidence.value("problem_pain_from")), 1, -1)
    well_before_answer = np.take_along_axis(well, np.minimum(answer, days - 1), axis=-1)
    told_of = answer - np.arange(days) < asked_days
    return np.asarray((answer < days) & told_of & (well_before_answer < np.arange(days)))


def unwell(reports: Reports) -> Mask:
    """Within a problem, in the two weeks after it, or without a word since that the knee is well."""
    problem = problem_days(reports)
    day = np.arange(problem.shape[-1])
    last = _latest(problem)
    healed = ~reports.injured & _shifted(reports.injured, 1, False)
    well = reports.pain < evidence.value("problem_pain_from")
    well = (well | (reports.participation <= evidence.value("ostrc_problem_above")) | healed) & ~problem
    recovering = day - last < evidence.value("problem_recovery_days")
    return np.asarray((last >= 0) & (recovering | (_latest(well) <= last)))


def _any_ahead(holds: Mask, first: int, last: int) -> Mask:
    """Whether it holds on any of the days from ``first`` to ``last`` days ahead (both taken in)."""
    days = holds.shape[-1]
    so_far = np.concatenate([np.zeros((*holds.shape[:-1], 1), int), np.cumsum(holds, axis=-1)], axis=-1)
    start = np.minimum(np.arange(days) + first, days)
    end = np.minimum(np.arange(days) + last + 1, days)
    return np.asarray(so_far[..., end] > so_far[..., start])


def _latest(holds: Mask) -> NDArray[np.int64]:
    """The newest day up to each day on which it holds; -1 where there is none."""
    day = np.where(holds, np.arange(holds.shape[-1]), -1)
    return np.asarray(np.maximum.accumulate(day, axis=-1))


def _next(holds: Mask) -> NDArray[np.int64]:
    """The first day from each day on which it holds; the number of days where there is none."""
    days = holds.shape[-1]
    return np.asarray(days - 1 - _latest(holds[..., ::-1])[..., ::-1])


def _shifted(values: NDArray[Scalar], days: int, empty: object) -> NDArray[Scalar]:
    """What was so many days earlier."""
    moved = np.full_like(values, empty)
    moved[..., days:] = values[..., :-days]
    return moved
