"""``train`` and ``backtest`` on a whole home folder, on the command line and as a recorded flow."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import simulated_home
from pipelines_cli import PROJECT, answer, kneewise

from features.training_log import Athlete, Injury
from models import simulation
from models.evidence_model import CARDS
from models.injury_history import last_knee_injury
from models.learning_rows import FEATURES
from models.simulation import Cohort
from models.training import anchored
from pipelines import past_weeks, prefect_home, settings, steps
from pipelines.warehouse import learning as histories_of
from pipelines.warehouse import store

RUN = PROJECT / "data_samples" / "jonas" / "2026-11-14-long.fit.gz"


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    """Few athletes with many problems: who does no other sport has them often, which no card says."""
    truth = np.where([card.code == "no_low_impact" for card in CARDS()], 1.6, anchored().mean)
    reporting = simulation.Reporting(checks_in=0.3, answers_weekly=0.2)
    return simulation.simulate(30, 365, seed=3, coefficients=truth, reporting=reporting)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, cohort: Cohort) -> Path:
    """A home folder with that cohort, measured, assessed and published as of its last day."""
    folder = tmp_path_factory.mktemp("cohort")
    last_day = simulated_home.fill(folder, cohort)
    (folder / "kneewise.toml").write_text(f"today = {last_day.isoformat()}\n")
    with steps.open_home(settings.load(folder)) as opened:
        steps.bring_up_to_date(opened)
    return folder


def test_the_home_is_learned_from_as_the_cohort_it_was_filled_with(home: Path, cohort: Cohort) -> None:
    with steps.open_home(settings.load(home)) as opened:
        with store.open_published(opened.settings.published_path) as db:
            past = histories_of.histories(db, FEATURES)
        told = past_weeks.told_by(opened.logbook, past)
    first = np.array(past.first_day) - cohort.first_day.toordinal()  # records begin with the first run
    assert (first >= 0).all()
    for row, shift in enumerate(first):
        days = int(past.days[row])
        assert days == 365 - shift
        np.testing.assert_array_equal(told.reports.pain[row, :days], cohort.reports.pain[row, shift:])
        np.testing.assert_array_equal(
            told.reports.participation[row, :days], cohort.reports.participation[row, shift:]
        )
        np.testing.assert_array_equal(told.reports.injured[row, :days], cohort.reports.injured[row, shift:])
        np.testing.assert_allclose(
            past.features["session_spike_7d"][row, :days], cohort.features["session_spike_7d"][row, shift:]
        )
        assert not told.reports.recorded[row, days:].any()


def test_days_since_an_injury_are_those_that_verdicts_are_made_of(tmp_path: Path) -> None:
    injuries = (
        Injury("ada", "left knee", None, date(2026, 1, 10), date(2026, 1, 20)),
        Injury("ada", "patella", None, date(2026, 2, 1), None),
        Injury("ada", "ankle", None, date(2025, 12, 1), None),
    )
    ada = Athlete("ada", "Ada", injuries=injuries)
    first, days = date(2026, 1, 1), 60
    past = histories_of.Histories(("ada",), np.array([first.toordinal()]), np.array([days]), {})
    with steps.open_home(settings.load(tmp_path)) as opened:
        opened.logbook.add_athlete(ada)
        told = past_weeks.told_by(opened.logbook, past)
    for number, since in enumerate(told.days_since_knee_injury[0]):
        expected = last_knee_injury(ada, date.fromordinal(first.toordinal() + number))
        assert (None if np.isnan(since) else since) == expected


def test_training_writes_model_card_and_verdict(home: Path) -> None:
    told = answer("train", home=home)
    assert told["simulated"] is False
    assert told["counts"]["problems"] >= 30
    model = json.loads(Path(told["model"]).read_text(encoding="utf-8"))
    assert model["version"] == told["version"]
    assert [card["code"] for card in model["cards"]] == [card.code for card in CARDS()]
    assert Path(told["card"]).read_text(encoding="utf-8").startswith(f"# Model card: {told['version']}")
    plain = kneewise("train", home=home)
    assert told["verdict"] in plain.stdout


def test_past_levels_are_held_against_logged_pain(home: Path) -> None:
    told = answer("backtest", home=home)
    assert told["athletes"] == 30
    assert sum(level["weeks"] for level in told["levels"]) == told["weeks"]
    assert 0 < told["right"] < told["alarms_known"] <= told["alarms"]
    assert 0 < told["missed"] < told["problems"]
    page = Path(told["page"]).read_text(encoding="utf-8")
    assert f"<b>{told['alarms_known'] - told['right']}</b>" in page, "false alarms"
    (before,) = re.findall(r"And (\d+) before these", page)  # the newest raised weeks are listed one by one
    assert page.count('class="fate"') + int(before) == told["alarms"]
    assert "false alarms" in kneewise("backtest", home=home).stdout


def test_too_little_to_learn_from_says_what_is_missing(tmp_path: Path) -> None:
    kneewise("sync", RUN, home=tmp_path)
    refused = kneewise("train", home=tmp_path)
    assert refused.returncode != 0
    assert refused.stderr.count("\n") == 1 or "no athlete yet" in refused.stderr
    assert "At least 20 athletes with 30 problems" in refused.stderr
    assert not (tmp_path / "models").exists()
    quiet = kneewise("backtest", home=tmp_path)
    assert "nothing to hold against anything" in quiet.stdout or "Nobody told" in quiet.stdout


def test_learning_from_simulated_athletes_is_marked_and_never_used(tmp_path: Path) -> None:
    told = answer("train", "--simulate", "40", home=tmp_path)
    assert (told["simulated"], told["used"]) == (True, False)
    assert Path(told["model"]).name == "simulated.json"
    assert not (tmp_path / "models" / "learned.json").exists()
    refused = kneewise("train", "--simulate", "5", home=tmp_path)
    assert "at least 20 athletes" in refused.stderr


@pytest.mark.slow
def test_training_runs_as_a_flow(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    shutil.rmtree(copy / "models", ignore_errors=True)
    config = settings.load(copy)
    for name in ("PREFECT_HOME", "DO_NOT_TRACK", "PREFECT_LOGGING_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    prefect_home.prepare(config)
    from pipelines import flows

    trained = flows.train(copy)
    assert trained.json == copy / "models" / "learned.json"
    assert trained.json.is_file()


def test_a_model_that_won_is_scored_with_and_one_of_another_make_is_not(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    as_published = answer("why", "--athlete", "simulated-000", home=copy)
    model = json.loads(Path(answer("train", home=copy)["model"]).read_text(encoding="utf-8"))
    path = copy / "models" / "learned.json"
    path.write_text(json.dumps(model | {"beats_evidence_model": True, "version": "learned-1 (a test)"}))
    learned = answer("why", "--athlete", "simulated-000", home=copy)
    assert as_published["model_version"].startswith("evidence-")
    assert learned["model_version"] == "learned-1 (a test)"
    assert learned["log_hazard"] == pytest.approx(sum(r["contribution"] for r in learned["reasons"]))

    path.write_text(json.dumps(model | {"beats_evidence_model": True, "evidence_model": "evidence-0"}))
    other = kneewise("status", home=copy)
    assert other.returncode == 0
    assert "learned on evidence-0" in other.stderr
    assert answer("why", "--athlete", "simulated-000", home=copy) == as_published
