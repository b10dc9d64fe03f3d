"""Learns from the home's own athletes, or from simulated ones, and holds past verdicts against logged pain."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from features import evidence
from models import backtest as backtesting
from models import learned, simulation
from models.comparison import compare
from models.learned import LearnedModel
from models.learning_rows import FEATURES, learning_rows
from models.training import Rows, anchored, learn
from pipelines.errors import KneewiseError
from pipelines.past_weeks import judged_weeks, told_by
from pipelines.settings import Settings
from pipelines.steps import Home
from pipelines.warehouse import learning as histories_of
from pipelines.warehouse.store import Db
from reports.backtest import render_text
from reports.calibration import render_html

SEED = 20261122
SIMULATED_DAYS = 730


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, and where it and its card were written."""

    model: LearnedModel
    json: Path
    card: Path


def train(home: Home, db: Db) -> Trained:
    """Learn from the athletes of this home, compare, and write model and card.

    Raises KneewiseError, with what is missing, where there is too little to learn from.
    """
    past = histories_of.histories(db, FEATURES)
    told = told_by(home.logbook, past)
    athlete = np.array(past.athletes)
    rows = learning_rows(past.features, told.days_since_knee_injury, told.reports, athlete, past.first_day)
    athletes, problems = len(np.unique(rows.athlete)), int(rows.outcome.sum())
    needed = int(evidence.value("learning_athletes_min")), int(evidence.value("learning_problems_min"))
    if athletes < needed[0] or problems < needed[1]:
        raise KneewiseError(
            f"too little to learn from: {len(rows)} fortnights with a known outcome, of {athletes} athletes, with "
            f"{problems} knee problems. At least {needed[0]} athletes with {needed[1]} problems in all are needed; "
            "until then the evidence model stays. Weekly check-ins make fortnights known. "
            "`kneewise train --simulate 200` shows what learning would look like."
        )
    return _trained(home.settings, rows, is_simulated=False)


def train_simulated(settings: Settings, athletes: int) -> Trained:
    """The same with simulated athletes; what comes of it is marked so and never used."""
    least = int(evidence.value("learning_athletes_min"))
    if athletes < least:
        raise KneewiseError(f"at least {least} athletes are needed to learn, simulated or not.")
    cohort = simulation.simulate(athletes, SIMULATED_DAYS, seed=SEED)
    return _trained(settings, simulation.rows_of(cohort), is_simulated=True)


def _trained(settings: Settings, rows: Rows, *, is_simulated: bool) -> Trained:
    compared = compare(rows, seed=SEED)
    model = learned.made(
        rows,
        learn(rows),
        anchored(),
        compared,
        made_on=settings.now().date(),
        is_simulated=is_simulated,
    )
    return Trained(model, *learned.write(model, settings.models_path))


def backtest(home: Home, db: Db) -> tuple[backtesting.Backtest, Path]:
    """Every Sunday's level against the fortnight after it; also written as a page below the reports."""
    judged = judged_weeks(home.logbook, db)
    result = backtesting.backtest(judged)
    page = home.settings.reports_path / "backtest.html"
    page.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    page.write_text(render_html(result, judged), encoding="utf-8")
    page.with_suffix(".txt").write_text(render_text(result), encoding="utf-8")
    return result, page
