"""What learning recovers from simulated cohorts, where the truth is known: nobody in them exists.

``python -m benchmarks.cohorts [--athletes 50 200 1000] [--seeds 20] [--days 365]``

For each seed the true coefficients are drawn from the cards, a cohort is simulated and learned from, and a second
cohort of a thousand other athletes with the same truth is judged by. Intervals are over seeds, paired. Then the
same with a hazard that follows the exposures from day to day, which no fortnight's row can see in full.
Ends with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from features.training_log import Column
from models import simulation, training
from models.comparison import held_out
from models.ranking import auc
from models.splits import by_athlete
from models.training import Prior, Rows

JUDGED_BY = 1000
SHUFFLES = 20  # of the labels, for each seed
COVERAGE = (0.90, 0.99)
SLOPE = (0.9, 1.1)
PERMUTED = (0.48, 0.52)
FEW_ATHLETES = 200
FREE = 10.0  # a spread that holds no slope back
ANCHORED = training.logistic(training.anchored)


@dataclass(frozen=True)
class Seen:
    """What one seed shows. Scores are mean log-likelihoods under the true probabilities."""

    problems: int
    covered: Column  # per card, of the learned intervals
    score: dict[str, float]
    slope_told: float  # of the learned probabilities, for what other athletes told
    slope_true: float  # the same for their true probabilities, without the noise of who got hurt
    permuted: float
    strength: float  # of the freely fitted coefficients, for one of the true ones


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("--athletes", type=int, nargs="+", default=[50, 200, 1000])
    ask.add_argument("--seeds", type=int, default=20)
    ask.add_argument("--days", type=int, default=365)
    told = ask.parse_args()
    print("SIMULATED cohorts; coefficients drawn from the cards; intervals over seeds\n")
    met = True
    for athletes in told.athletes:
        met &= _shown(athletes, told.seeds, told.days)
    _diluted(told.seeds, told.days)
    return 0 if met else 1


def _shown(athletes: int, seeds: int, days: int) -> bool:
    started = time.monotonic()
    seen = [once(athletes, days, seed) for seed in range(seeds)]
    covered = float(np.mean([s.covered for s in seen]))
    slope_told = _mean_interval([s.slope_told for s in seen])
    slope_true = _mean_interval([s.slope_true for s in seen])
    anchored = _mean_interval([s.score["learned"] - s.score["unanchored"] for s in seen])
    zero = _mean_interval([s.score["learned"] - s.score["towards zero"] for s in seen])
    published = _mean_interval([s.score["learned"] - s.score["evidence"] for s in seen])
    permuted = _mean_interval([s.permuted for s in seen])
    print(f"{athletes} athletes, {days} days, {seeds} seeds ({time.monotonic() - started:.0f} s)")
    print(f"  problems known                      {np.mean([s.problems for s in seen]):.0f}")
    targets = [
        _line("coefficients within 95 % intervals", f"{covered:.1%}", COVERAGE[0] <= covered <= COVERAGE[1]),
        _line("calibration slope, against what was told", slope_told, SLOPE[0] <= slope_told[0] <= SLOPE[1]),
        _line("labels permuted: area", permuted, PERMUTED[0] <= permuted[0] <= PERMUTED[1]),
    ]
    _line("calibration slope, against the truth", slope_true, None)
    is_better = anchored[1] > 0 if athletes <= FEW_ATHLETES else None
    targets.append(_line("gain on the unanchored twin", anchored, is_better))
    _line("gain on the twin drawn towards zero", zero, None)
    _line("gain on the evidence model", published, None)
    print(flush=True)
    return all(targets)


def once(athletes: int, days: int, seed: int, effect_days: int | None = None) -> Seen:
    """Simulate, learn, and judge by other athletes with the same truth."""
    cards = training.anchored()
    beta = np.random.default_rng([seed, 1]).normal(cards.mean, cards.sd)
    rows, _ = _cohort(athletes, days, [seed, 2], beta, effect_days)
    others, truth = _cohort(JUDGED_BY, days, [seed, 3], beta, effect_days)
    learned = training.learn(rows)
    fits = {
        "learned": learned,
        "unanchored": training.fit(rows.exposures, rows.outcome, training.unanchored()),
        "towards zero": training.fit(rows.exposures, rows.outcome, training.towards_zero()),
        "evidence": training.fit(rows.exposures, rows.outcome, training.as_published()),
    }
    posterior = training.fit(rows.exposures, rows.outcome, cards)
    free = fits["unanchored"].coefficients
    weight = fits["unanchored"].sd ** -2.0
    return Seen(
        problems=int(rows.outcome.sum()),
        covered=np.abs(posterior.coefficients - beta) < 1.96 * posterior.sd,
        score={name: _score(fit.probability(others.exposures), others.outcome) for name, fit in fits.items()},
        slope_told=_slope(learned.probability(others.exposures), others.outcome),
        slope_true=_slope(learned.probability(others.exposures), truth),
        permuted=_permuted(rows, seed),
        strength=float((weight * beta) @ free / ((weight * beta) @ beta)),
    )


def _slope(said: Column, happened: Column) -> float:
    """1 = as spread out as they should be; below, too extreme. Each seed for itself, with a base rate of its own."""
    line = training.fit(training.log_odds(said)[:, None], happened, Prior(np.ones(1), np.full(1, FREE)))
    return float(line.coefficients[0])


def _cohort(
    athletes: int, days: int, seed: list[int], beta: Column, effect_days: int | None
) -> tuple[Rows, Column]:
    number = int(np.random.default_rng(seed).integers(2**32))
    cohort = simulation.simulate(athletes, days, seed=number, coefficients=beta, effect_days=effect_days)
    rows = simulation.rows_of(cohort)
    return rows, cohort.true_probability(rows.exposures)


def _score(said: Column, outcome: Column) -> float:
    return float(np.mean(outcome * np.log(said) + (1 - outcome) * np.log1p(-said)))


def _permuted(rows: Rows, seed: int) -> float:
    """The mean area that learning finds where outcomes are dealt out at random."""
    draw = np.random.default_rng([seed, 4])
    areas = []
    for _ in range(SHUFFLES):
        dealt = replace(rows, outcome=draw.permutation(rows.outcome))
        splits = list(by_athlete(rows.athlete, folds=5, seed=seed))
        areas.append(auc(dealt.outcome, held_out(dealt, splits, ANCHORED)))
    return float(np.mean(areas))


def _diluted(seeds: int, days: int) -> None:
    """How much of an effect is left where the hazard follows the exposures from day to day."""
    print("what is left of the coefficients (1 = all), 1000 athletes, fitted freely")
    for words, effect_days in (
        ("exposures act for the fortnight after them", None),
        ("… only while they last", 1),
    ):
        strengths = [once(1000, days, seed, effect_days).strength for seed in range(max(2, seeds // 4))]
        _line(words, _mean_interval(strengths), None)


def _mean_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean with its 95 % interval over seeds (normal)."""
    mean = float(np.mean(values))
    error = 1.96 * float(np.std(values, ddof=1)) / len(values) ** 0.5
    return mean, mean - error, mean + error


def _line(what: str, found: str | tuple[float, float, float], is_met: bool | None) -> bool:
    told = found if isinstance(found, str) else f"{found[0]:.4f} ({found[1]:.4f} to {found[2]:.4f})"
    word = {True: "met", False: "MISSED", None: ""}[is_met]
    print(f"  {what:44}{told:32}{word}".rstrip())
    return is_met is not False


if __name__ == "__main__":
    raise SystemExit(main())
