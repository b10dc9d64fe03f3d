"""A simulated cohort: invented runners whose knee problems come from a hazard that is known.

It shows what a learner recovers, where nature never tells. The hazard is the evidence model's own form: a base
rate times the exponential of coefficients times the exposures to the cards. Whatever is made of it says that
it is a simulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.training_log import Column
from models.evidence_model import CARDS, exposures
from models.learning_rows import learning_rows
from models.outcomes import Mask, Reports
from models.simulated_features import Training, simulated_features
from models.simulated_training import Draw, intended, people, scaled, spells
from models.training import Rows

FIRST_DAY = date(2026, 1, 5)  # a Monday

# Invented, like everything here: pain of 3 or more on two days is far commoner than an injury that stops a runner.
PROBLEMS_PER_INJURY = 5.0
RUNS_PER_FORTNIGHT = 6.0
HISTORY_DAYS = 130  # exposures look back 37 days, and no stretch without a run is longer than 90
LONGEST_PROBLEM_DAYS = 84
EASING_BACK_DAYS = 21


@dataclass(frozen=True, slots=True)
class Reporting:
    """How a simulated athlete tells. ``checks_in`` is the chance on a well day, ``checks_in_sore`` on a sore
    one: where they differ, silence says something about the knee."""

    checks_in: float = 0.35
    checks_in_sore: float = 0.85
    answers_weekly: float = 0.5
    logs_injury: float = 0.7
    silent_spells_per_year: float = 1.0


@dataclass(frozen=True, slots=True)
class Cohort:
    """Arrays are (athletes, days). ``begins`` is the truth, which only a simulation knows."""

    first_day: date
    training: Training
    features: Mapping[str, Column]
    days_since_knee_injury: Column
    reports: Reports
    begins: Mask
    coefficients: Column
    base_hazard: float  # of a fortnight without any exposure

    def true_probability(self, exposure: Column) -> Column:
        """That a problem begins in the fortnight after; what is not known has no exposure."""
        return np.asarray(-np.expm1(-self.base_hazard * np.exp(np.nan_to_num(exposure) @ self.coefficients)))


def rows_of(cohort: Cohort) -> Rows:
    """What a learner gets to see of it."""
    athletes = len(cohort.begins)
    first_day = np.full(athletes, cohort.first_day.toordinal())
    return learning_rows(
        cohort.features, cohort.days_since_knee_injury, cohort.reports, np.arange(athletes), first_day
    )


def simulate(
    athletes: int,
    days: int,
    *,
    seed: int,
    coefficients: Column | None = None,
    effect_days: int | None = None,
    reporting: Reporting = Reporting(),
) -> Cohort:
    """``coefficients`` of the cards, else their means. A day's exposures act for ``effect_days`` (else the
    outcome's fourteen) from every ``effect_days``-th day on; with 1, the hazard changes from day to day."""
    draw = np.random.default_rng(seed)
    beta = np.array([card.mean for card in CARDS()]) if coefficients is None else coefficients
    fortnight = int(evidence.value("onset_window_days"))
    step = effect_days or fortnight
    base = evidence.value("knee_per_session_base_rate") * RUNS_PER_FORTNIGHT * PROBLEMS_PER_INJURY
    plan = intended(draw, people(draw, athletes), days)
    state = _State.of(draw, athletes, days)
    for today in range(0, days - 1, step):
        first = max(0, today - HISTORY_DAYS)
        recent = scaled(plan.days(first, today), state.share[:, first : today + 1])
        newest = {name: column[:, -1] for name, column in simulated_features(recent, first).items()}
        exposure = np.nan_to_num(exposures(newest, state.days_since_injury(today)))
        hazard = base * step / fortnight * np.exp(exposure @ beta)
        hurt = (draw.random(athletes) < -np.expm1(-hazard)) & ~state.unwell(today)
        state.injure(draw, np.flatnonzero(hurt), today, step, reporting)
    training = scaled(plan, state.share)
    return Cohort(
        first_day=FIRST_DAY,
        training=training,
        features=simulated_features(training),
        days_since_knee_injury=np.stack([state.days_since_injury(day) for day in range(days)], axis=1),
        reports=_reports(draw, state, reporting),
        begins=state.begins,
        coefficients=beta,
        base_hazard=base,
    )


@dataclass(frozen=True, slots=True)
class _State:
    """What has happened so far; filled as the days go by."""

    share: Column  # of the intended running that is run
    sore: Mask
    logged: Mask
    begins: Mask
    injury_before: Column  # days from an injury before the record to its first day; NaN = none

    @classmethod
    def of(cls, draw: Draw, athletes: int, days: int) -> _State:
        shape = (athletes, days)
        before = np.where(draw.random(athletes) < 0.3, draw.uniform(0, 700, athletes).round(), np.nan)
        return cls(
            np.ones(shape), np.zeros(shape, bool), np.zeros(shape, bool), np.zeros(shape, bool), before
        )

    def days_since_injury(self, today: int) -> Column:
        """Since the last logged day of a knee injury, 0 while one lasts, NaN where there was none."""
        logged = self.logged[:, : today + 1]
        since = np.argmax(logged[:, ::-1], axis=1).astype(np.float64)
        return np.where(logged.any(axis=1), since, self.injury_before + today)

    def unwell(self, today: int) -> Mask:
        recovery = int(evidence.value("problem_recovery_days"))
        return np.asarray(self.sore[:, max(0, today + 1 - recovery) : today + 1].any(axis=1))

    def injure(self, draw: Draw, who: NDArray[np.int64], today: int, step: int, reporting: Reporting) -> None:
        """A problem begins on one of the next days; most stop the running, and some are logged."""
        days = self.share.shape[1]
        first = today + 1 + draw.integers(0, step, len(who))
        lasts = np.clip(draw.lognormal(np.log(16.0), 0.7, len(who)), 4, LONGEST_PROBLEM_DAYS).astype(int)
        stops, logs = draw.random(len(who)) < 0.6, draw.random(len(who)) < reporting.logs_injury
        for athlete, begin, length, stop, log in zip(who, first, lasts, stops, logs, strict=True):
            if begin >= days:
                continue
            end = begin + length
            self.begins[athlete, begin] = True
            self.sore[athlete, begin:end] = True
            if stop:
                self.share[athlete, begin + 1 : end] = 0.0
                back = self.share[athlete, end : end + EASING_BACK_DAYS]
                back[:] = np.linspace(0.5, 1.0, EASING_BACK_DAYS)[: len(back)]
                self.logged[athlete, begin:end] |= log


def _reports(draw: Draw, state: _State, habit: Reporting) -> Reports:
    """What is told of it: check-ins, weekly answers and logged injuries, with silent spells and early ends."""
    shape = state.sore.shape
    well_pain = draw.choice(5, shape, p=[0.9, 0.06, 0.03, 0.007, 0.003])
    pain = np.where(state.sore, draw.integers(3, 7, shape), well_pain).astype(np.float64)
    eager = draw.beta(4.0, 4.0, (shape[0], 1)) * 2.0
    tells = draw.random(shape) < np.where(state.sore, habit.checks_in_sore, habit.checks_in * eager)
    tells &= ~spells(draw, shape, per_year=habit.silent_spells_per_year, shortest=14, longest=60)
    stays_days = draw.exponential(3.0 * 365, (shape[0], 1))  # some stop telling for good
    tells &= np.arange(shape[1]) < stays_days
    so_far = np.cumsum(state.sore, axis=1)
    sore_week = so_far - np.concatenate([np.zeros((shape[0], 7), int), so_far[:, :-7]], axis=1) > 0
    asked = (np.arange(shape[1]) + draw.integers(0, 7, (shape[0], 1))) % 7 == 0
    asked &= (draw.random(shape) < habit.answers_weekly) & (np.arange(shape[1]) < stays_days)
    answer = np.where(sore_week, draw.choice([8.0, 17.0, 25.0], shape), 0.0)
    return Reports(
        pain=np.where(tells, pain, np.nan),
        participation=np.where(asked, answer, np.nan),
        injured=state.logged,
        recorded=np.ones(shape, bool),
    )
