"""The simulated cohort: repeatable, plausible, blind to the future, and measured by the SQL's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from training import history, run

from features import catalog
from features.training_log import Activity, Column
from models import risk
from models.evidence_model import exposures
from models.learning_rows import FEATURES
from models.simulated_features import Training, simulated_features
from models.simulation import Cohort, Reporting, simulate
from pipelines.warehouse import store, writing

DAYS = 150
# Of pairs that wear out within the four weeks, and of a month's usual cadence, a simulation keeps no account.
NOT_COMPARED = {"worn_shoe_share_28d", "cadence_vs_usual_7d", "skipped_warm_up_share_28d"}


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    return simulate(12, DAYS, seed=4)


def test_the_fast_features_are_those_of_the_sql(cohort: Cohort) -> None:
    with store.open_for_writing(Path(":memory:")) as db:
        activities = list(_activities(cohort))
        history(db, activities)
        as_of = cohort.first_day + timedelta(days=DAYS - 1)
        writing.make_views(db, catalog.COUNTED_VIEWS, as_of)
        for activity, knee_m, intense_s, is_hard in _loads(cohort, activities):
            db.execute(
                "insert into activity_load by name select ? as activity, ? as athlete, 'test' as made_of, "
                "? as knee_equivalent_m, ? as high_intensity_s",
                [activity.id, activity.athlete, knee_m, intense_s],
            )
            db.execute(
                "insert into recording_surface values (?, ?, ?)",
                [activity.athlete, activity.id, "hard" if is_hard else "natural"],
            )
        writing.make_views(db, set(catalog.VIEW_ORDER) - set(catalog.COUNTED_VIEWS), as_of)
        writing.make_features(db)
        compared = sorted(set(cohort.features) - NOT_COMPARED)
        wanted = ", ".join(f"{name}::double as {name}" for name in compared)
        found = db.execute(f"select {wanted} from athlete_day order by athlete, day").fetchnumpy()
    assert len(compared) == 12
    for name in compared:
        of_sql = np.ma.filled(np.ma.asarray(found[name], dtype=float), np.nan)
        np.testing.assert_allclose(
            cohort.features[name].reshape(-1), of_sql, rtol=1e-9, atol=1e-9, err_msg=name
        )


def _activities(cohort: Cohort) -> Iterator[Activity]:
    """Every run, every other session, and a walk on the first day, so that all records begin on it."""
    t = cohort.training
    for athlete in range(len(t.distance_m)):
        name = f"athlete-{athlete:03d}"
        yield run(cohort.first_day, 1.0, hour=20, athlete=name, sport="hiking")
        for day in range(DAYS):
            on = cohort.first_day + timedelta(days=day)
            if t.distance_m[athlete, day] > 0:
                yield run(
                    on,
                    t.distance_m[athlete, day] / 1000,
                    minutes=t.moving_s[athlete, day] / 60,
                    descent_m=t.descent_m[athlete, day],
                    athlete=name,
                )
            if t.low_impact_s[athlete, day] > 0:
                minutes = t.low_impact_s[athlete, day] / 60
                yield run(on, None, hour=17, minutes=minutes, athlete=name, sport="cycling")


def _loads(cohort: Cohort, activities: list[Activity]) -> Iterator[tuple[Activity, float, float, bool]]:
    for activity in activities:
        if activity.sport == "running":
            at = int(activity.athlete[-3:]), (activity.day - cohort.first_day).days
            t = cohort.training
            yield activity, t.knee_m[at], t.intense_s[at], t.hard_ground_m[at] > 0


def test_levels_and_exposures_are_made_of_the_features_that_are_read() -> None:
    asked: set[str] = set()

    class Asking(Mapping[str, Column]):
        def __getitem__(self, name: str) -> Column:
            asked.add(name)
            return np.ones(1)

        def __iter__(self) -> Iterator[str]:
            return iter(())

        def __len__(self) -> int:
            return 0

    exposures(Asking(), np.ones(1))
    risk.steps(Asking(), np.ones(1))
    assert asked == set(FEATURES)


def test_the_simulation_has_every_feature_but_runs_without_a_distance(cohort: Cohort) -> None:
    assert set(FEATURES) - set(cohort.features) == {"unmeasured_runs_7d"}


def test_the_same_seed_gives_the_same_cohort(cohort: Cohort) -> None:
    again, other = simulate(12, DAYS, seed=4), simulate(12, DAYS, seed=5)
    for field in fields(Training):
        one = getattr(cohort.training, field.name)
        assert np.array_equal(one, getattr(again.training, field.name))
    assert not np.array_equal(cohort.training.distance_m, other.training.distance_m)


def test_no_feature_of_a_day_changes_when_later_days_are_left_out(cohort: Cohort) -> None:
    last = 90
    shorter = simulated_features(cohort.training.days(0, last))
    for name, column in shorter.items():
        assert np.array_equal(column, cohort.features[name][:, : last + 1], equal_nan=True), name


def test_the_newest_day_is_the_same_from_the_last_months_alone(cohort: Cohort) -> None:
    """The hazard is worked out from a stretch of the record: it must be that of the whole."""
    first, last = 20, DAYS - 1
    part = simulated_features(cohort.training.days(first, last), first)
    for name, column in part.items():
        assert np.allclose(column[:, -1], cohort.features[name][:, -1], equal_nan=True), name


def test_who_is_stopped_by_an_injury_does_not_run() -> None:
    hurt = simulate(200, 365, seed=1)
    stopped = hurt.reports.injured & ~hurt.begins
    assert stopped.sum() > 100
    assert (hurt.training.distance_m[stopped] == 0).all()


def test_runners_run_as_runners_do() -> None:
    many = simulate(300, 365, seed=2)
    weekly_km = many.training.distance_m.sum(axis=1) / 365 * 7 / 1000
    assert 20 < np.median(weekly_km) < 40
    assert 0.2 < many.begins.sum() / 300 < 1.5  # knee problems in a year, most of them small


def test_who_reports_less_while_sore_tells_less_of_problems() -> None:
    open_, silent = (
        simulate(200, 365, seed=3, reporting=Reporting(checks_in_sore=chance, logs_injury=0.0))
        for chance in (0.85, 0.05)
    )
    assert np.array_equal(open_.training.distance_m, silent.training.distance_m)
    sore = [np.nansum(cohort.reports.pain >= 3) for cohort in (open_, silent)]
    assert sore[1] < sore[0] / 5
