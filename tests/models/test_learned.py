"""The model file: readable, exact enough, refused where it does not fit, and used only where it won."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from models import simulation
from models.comparison import LEARNED, Comparison, compare
from models.evidence_model import CARDS
from models.learned import LearnedModel, UnusableModel, active_model, made, read, write
from models.resampling import Interval
from models.risk import score
from models.training import Rows, anchored, chance, learn


def strong_rows(athletes: int = 60, fortnights: int = 25) -> Rows:
    """A truth that the cards do not know: of the causes of no published effect, each does much."""
    draw = np.random.default_rng(5)
    count = athletes * fortnights
    exposures = draw.random((count, len(CARDS())))
    truth = np.array([2.0 if card.mean == 0 else 0.0 for card in CARDS()])
    outcome = (draw.random(count) < chance(-10.0 + exposures @ truth)).astype(float)
    number = np.arange(count)
    return Rows(exposures, outcome, number // fortnights, 738_000 + 14 * (number % fortnights))


@pytest.fixture(scope="module")
def compared() -> tuple[Rows, Comparison]:
    rows = strong_rows()
    return rows, compare(rows, seed=1)


@pytest.fixture(scope="module")
def model(compared: tuple[Rows, Comparison]) -> LearnedModel:
    rows, comparison = compared
    return made(rows, learn(rows), anchored(), comparison, made_on=date(2026, 11, 22), is_simulated=False)


def test_a_model_that_wins_on_unseen_athletes_is_used(model: LearnedModel, tmp_path: Path) -> None:
    write(model, tmp_path)
    used = active_model(tmp_path)
    assert used is not None
    assert used.verdict.startswith("The learned model is used")
    low = model.performance["log_score_gain"][LEARNED][1]
    assert low > 0


def test_a_model_that_does_not_win_leaves_the_evidence_model(tmp_path: Path) -> None:
    rows = simulation.rows_of(simulation.simulate(80, 365, seed=2))
    comparison = compare(rows, seed=1)
    assert not comparison.beats
    loser = made(rows, learn(rows), anchored(), comparison, made_on=date(2026, 11, 22), is_simulated=False)
    write(loser, tmp_path)
    assert active_model(tmp_path) is None
    assert read(tmp_path / "learned.json").verdict.startswith("The evidence model stays")


def test_the_gate_asks_for_the_whole_interval(compared: tuple[Rows, Comparison]) -> None:
    _, comparison = compared

    def with_gain(*ends: float | None) -> Comparison:
        return replace(comparison, gain={**comparison.gain, LEARNED: Interval(*ends)})

    assert with_gain(0.01, 0.001, 0.02).beats
    assert not with_gain(0.01, 0.0, 0.02).beats
    assert not with_gain(0.01, -0.001, 0.02).beats
    assert not with_gain(0.01, None, None).beats


def test_nothing_simulated_is_ever_used(
    model: LearnedModel, tmp_path: Path, compared: tuple[Rows, Comparison]
) -> None:
    rows, comparison = compared
    simulated = made(rows, learn(rows), anchored(), comparison, made_on=date(2026, 11, 22), is_simulated=True)
    json_path, card_path = write(simulated, tmp_path)
    assert (json_path.name, card_path.name) == ("simulated.json", "simulated.md")
    assert "simulation" in card_path.read_text(encoding="utf-8")
    json_path.rename(tmp_path / "learned.json")
    assert active_model(tmp_path) is None


def test_a_model_comes_back_as_it_was_written(model: LearnedModel, tmp_path: Path) -> None:
    path, _ = write(model, tmp_path)
    again = read(path)
    day = np.random.default_rng(0).random((50, len(CARDS())))
    day[::3, 4] = np.nan
    assert np.allclose(again.fit.probability(day), model.fit.probability(day), rtol=1e-4)
    assert np.allclose(again.fit.sd, model.fit.sd, rtol=1e-4)
    assert replace(again, fit=model.fit, prior=model.prior) == replace(
        model, performance=again.performance, counts=again.counts
    )
    assert dict(model.counts) == dict(again.counts)
    assert (model.counts["athletes"], model.counts["fortnights"]) == (60, 1500)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 2}, "not of form 1"),
        ({"kind": "something else"}, "not of form 1"),
        ({"evidence_model": "evidence-0 (2020-01)"}, "learned on evidence-0"),
        ({"cards": []}, "its cards"),
        ({"covariance": [[1.0]]}, "covariance"),
        ({"intercept": None}, "cannot be read"),
    ],
)
def test_a_model_of_another_make_is_refused_with_a_way_out(
    model: LearnedModel, tmp_path: Path, change: dict[str, object], told: str
) -> None:
    path, _ = write(model, tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(UnusableModel, match=told) as refused:
        active_model(tmp_path)
    assert "kneewise train" in str(refused.value)


def test_a_broken_file_is_refused_and_no_file_is_no_model(tmp_path: Path) -> None:
    assert active_model(tmp_path) is None
    (tmp_path / "learned.json").write_text("{")
    with pytest.raises(UnusableModel, match="cannot be read"):
        active_model(tmp_path)


def test_the_card_says_data_outcome_performance_and_limits(model: LearnedModel, tmp_path: Path) -> None:
    _, card = write(model, tmp_path)
    text = card.read_text(encoding="utf-8")
    for heading in ("Data", "Outcome", "Predictors and model", "Performance", "Limits"):
        assert f"\n## {heading}\n" in text
    assert "1500 fortnights of 60 athletes" in text
    assert "no diagnosis" in text
    assert "permuted labels: clean" in text


def test_risk_adds_up_from_learned_coefficients(model: LearnedModel) -> None:
    """Hand-worked: full exposure to the pooled spike and to a rising week, by the coefficients of a model file."""
    coefficients = replace(
        model.coefficients,
        mean=np.where([card.code in ("spike_pooled", "weekly_distance") for card in CARDS()], 0.3, 0.0),
        covariance=0.01 * np.eye(len(CARDS())),
    )
    columns = {
        name: np.array([value])
        for name, value in {
            "history_days": 100.0,
            "runs_7d": 3.0,
            "gap_before_run_7d": 2.0,
            "session_spike_7d": 1.5,
            "weekly_distance_change": 10.0,
        }.items()
    }
    found = score(columns, np.full(1, np.nan), coefficients)
    assert found.log_hazard[0] == pytest.approx(0.6)
    assert found.low[0] == pytest.approx(0.6 - 1.96 * 0.1 * np.sqrt(2))
    assert found.contribution[0].sum() == pytest.approx(0.6)
    assert score(columns, np.full(1, np.nan)).log_hazard[0] == pytest.approx(anchored().mean[1])


def test_no_cause_is_credited_with_protecting() -> None:
    rows = strong_rows()
    turned = replace(rows, outcome=1.0 - rows.outcome)
    assert (learn(turned).coefficients >= 0).all()
    assert (learn(rows).coefficients > 0).any()
