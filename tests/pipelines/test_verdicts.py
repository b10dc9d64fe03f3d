"""Verdicts in the warehouse: every Sunday, the last day and that of a week before, scored at once, stored whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import training

from features.training_log import Athlete
from models import risk
from models.triage import triage
from models.verdict import RiskAssessment
from pipelines.warehouse import reading, store, writing

ADA = Athlete("ada", "Ada")
LAST = training.MONDAY + timedelta(days=72)  # a Wednesday
RUNS = [training.run(day, 8 + 6 * (day == 60), descent_m=50.0) for day in range(0, 72, 3)]


@pytest.fixture
def db() -> Iterator[store.Db]:
    with store.open_for_writing(Path(":memory:")) as opened:
        training.history(opened, RUNS)
        training.told(opened, RUNS)
        training.rebuild(opened, LAST)
        yield opened


def verdicts(db: store.Db) -> list[RiskAssessment]:
    days = [day for chunk in reading.assessed_days(db) for day in chunk]
    return list(risk.assess_days(days, [ADA] * len(days), [triage((), day.day) for day in days]))


def test_a_stored_verdict_is_the_one_that_the_day_alone_gives(db: store.Db) -> None:
    made = verdicts(db)
    writing.put_assessments(db, [made[:4], [], made[4:]])
    names = "day, level, log_hazard, log_hazard_low, log_hazard_high, per_1000_runs, confidence, missing"
    stored = db.execute(f"select {names} from assessment order by day").fetchall()
    assert [row[0].isoweekday() for row in stored] == [7] * 9 + [3, 7, 3]  # and the Wednesday a week before
    assert stored[-1][0] == LAST
    for row in stored:
        alone = risk.assess(reading.day_features(db, "ada", row[0]), ADA, triage((), row[0]))
        told = (alone.level.value, alone.log_hazard, alone.log_hazard_low, alone.log_hazard_high)
        assert row[1:5] == pytest.approx(told) if alone.log_hazard is not None else row[1:5] == told
        assert row[6:] == (alone.confidence.word, list(alone.confidence.missing))
    assert "elevated" in {row[1] for row in stored}  # 14 km after 8
    added = db.execute(
        "select sum(contribution) = any_value(log_hazard) from reason join assessment using (athlete, day) "
        "where level = 'elevated' group by day"
    ).fetchall()
    assert set(added) == {(True,)}


def test_verdicts_that_cannot_be_made_leave_the_old_ones(db: store.Db) -> None:
    made = verdicts(db)
    writing.put_assessments(db, [made])

    def broken() -> Iterator[list[RiskAssessment]]:
        yield made[:2]
        raise RuntimeError("the light went out")

    with pytest.raises(RuntimeError):
        writing.put_assessments(db, broken())
    assert db.execute("select count(*) from assessment").fetchall() == [(len(made),)]
