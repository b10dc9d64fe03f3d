"""Judges the paper's protocol and ours on one file of the public data set, and probes both for leaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from models import lovdal_clean, lovdal_paper, probes
from models.lovdal import PUBLISHED_AUC, Table
from models.probes import Finding
from models.ranking import auc
from models.resampling import Interval
from models.splits import Rows, Split, by_athlete
from models.validation import Judgement, judge, paired_gain


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work to put in: nine bags and five repeats are the paper's."""

    bags: int = 9
    repeats: int = 5
    rounds: int = probes.ROUNDS

    @property
    def steps(self) -> int:
        return 2 * self.repeats + len(lovdal_clean.MODELS) + 2 * self.rounds


QUICK = Effort(bags=3, repeats=1, rounds=4)

# What a leak shows it shows with a few bags; all nine in each round would be most of the running time.
BAGS_OF_A_ROUND = 3


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What one file shows.

    ``paper``: its protocol, and ``repeats`` the area under the curve of each repeat. ``causal``: the same models and
    test athletes, normalised by what was known on the day; ``worth`` is what the paper's normalisation gains on it.
    ``clean``: our protocol, by model. ``findings`` are (what was probed, finding).
    """

    approach: str
    rows: int
    athletes: int
    injuries: int
    published_auc: float
    repeats: tuple[float, ...]
    paper: Judgement
    causal: Judgement
    worth: Interval
    clean: dict[str, Judgement]
    findings: tuple[tuple[str, Finding], ...]


def evaluate(table: Table, effort: Effort, seed: int, did: Callable[[str], None]) -> Benchmark:
    """Minutes for the whole file; ``did`` is called after each of ``effort.steps`` pieces of work."""
    # Imported here: scikit-learn takes seconds to load. It comes first, as only what is loaded can be limited.
    import sklearn.ensemble  # noqa: F401
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    # The samples are small: more threads would spend their time waiting for each other.
    with threadpool_limits(limits=1):
        return _evaluated(table, effort, seed, did)


def _evaluated(table: Table, effort: Effort, seed: int, did: Callable[[str], None]) -> Benchmark:
    parted = lovdal_paper.split(table.athlete)
    paper = _repeated(table, effort, seed, lovdal_paper.by_healthy_rows, did)
    causal = _repeated(table, effort, seed, _by_earlier_rows, did)
    outcome, athlete = table.injury[parted.test], table.athlete[parted.test]
    as_paper, as_causal = np.mean(paper, axis=0), np.mean(causal, axis=0)

    def judged(probability: Column) -> Judgement:
        rate = float(table.injury[parted.train].mean())
        return judge(outcome, probability, athlete, seed=seed, base_rate=rate, day=table.day[parted.test])

    mixed = table.shuffled(seed)
    splits = tuple(by_athlete(mixed.athlete, folds=lovdal_clean.FOLDS, seed=seed))
    return Benchmark(
        approach=table.approach,
        rows=len(table.injury),
        athletes=len(np.unique(table.athlete)),
        injuries=int(table.injury.sum()),
        published_auc=PUBLISHED_AUC[table.approach],
        repeats=tuple(auc(outcome, probability) for probability in paper),
        paper=judged(as_paper),
        causal=judged(as_causal),
        worth=paired_gain(outcome, as_paper, as_causal, athlete, seed=seed),
        clean={model: _clean(mixed, splits, model, seed, did) for model in lovdal_clean.MODELS},
        findings=(
            *_of_data(table, seed),
            *_of_paper(table, parted, effort, seed, did),
            *_of_clean(mixed, splits, effort, seed, did),
        ),
    )


def _repeated(
    table: Table, effort: Effort, seed: int, normalise: lovdal_paper.Normalise, did: Callable[[str], None]
) -> list[Column]:
    found = []
    for repeat in range(effort.repeats):
        found.append(lovdal_paper.scores(table, effort.bags, seed + repeat, normalise))
        did("the paper's protocol")
    return found


def _by_earlier_rows(table: Table, parted: Split) -> Column:
    usual = lovdal_clean.of_training_rows(table.values, parted.train)
    return lovdal_clean.normalised(table.athlete, table.day, table.values, *usual)


def _clean(
    mixed: Table, splits: tuple[Split, ...], model: str, seed: int, did: Callable[[str], None]
) -> Judgement:
    probability, rate = lovdal_clean.held_out(
        mixed.told, mixed.injury, mixed.athlete, mixed.day, splits, model, seed
    )
    did("the clean protocol")
    return judge(mixed.injury, probability, mixed.athlete, seed=seed, base_rate=rate, day=mixed.day)


def _of_data(table: Table, seed: int) -> list[tuple[str, Finding]]:
    """What the file gives away, whatever is done with it afterwards."""
    found = (
        probes.sorted_rows(table.athlete, table.injury, seed=seed),
        probes.gap(table.athlete, table.day, table.injury, seed=seed),
        probes.missingness(table.untold_despite_a_session, table.athlete, table.injury, seed=seed),
    )
    return [("data", finding) for finding in found]


def _of_paper(
    table: Table, parted: Split, effort: Effort, seed: int, did: Callable[[str], None]
) -> list[tuple[str, Finding]]:
    def prepare(athlete: NDArray[np.int64], day: Rows, values: Column) -> Column:
        return lovdal_paper.healthy_scores(athlete, values[:, -1], values[:, :-1])

    def scores(dealt: Column) -> Column:
        probability = np.full(len(dealt), np.nan)
        bags = min(effort.bags, BAGS_OF_A_ROUND)
        probability[parted.test] = lovdal_paper.scores(replace(table, injury=dealt), bags, seed)
        did("the paper's protocol, outcomes dealt at random")
        return probability

    with_injury = np.column_stack([table.values, table.injury])
    found = (
        probes.athlete_overlap(table.athlete, [parted]),
        probes.future_normalisation(prepare, table.athlete, table.day, with_injury),
        probes.permuted_labels(scores, table.injury, table.athlete, seed=seed, rounds=effort.rounds),
    )
    return [("paper", finding) for finding in found]


def _of_clean(
    mixed: Table, splits: tuple[Split, ...], effort: Effort, seed: int, did: Callable[[str], None]
) -> list[tuple[str, Finding]]:
    values, first = mixed.told, splits[0]
    usual = lovdal_clean.of_training_rows(values, first.train)

    def prepare(athlete: NDArray[np.int64], day: Rows, some: Column) -> Column:
        return lovdal_clean.normalised(athlete, day, some, *usual)

    def scaled(train: Rows, test: Rows) -> tuple[Column, Column]:
        rows = np.r_[train, test]
        of_train = lovdal_clean.of_training_rows(values, train)
        features = lovdal_clean.normalised(mixed.athlete[rows], mixed.day[rows], values[rows], *of_train)
        return features[: len(train)], features[len(train) :]

    def scores(dealt: Column) -> Column:
        found = lovdal_clean.held_out(
            values, dealt, mixed.athlete, mixed.day, splits, "boosting", seed, scale=False
        )
        did("the clean protocol, outcomes dealt at random")
        return found[0]

    found = (
        probes.sorted_rows(mixed.athlete, mixed.injury, seed=seed),
        probes.athlete_overlap(mixed.athlete, splits),
        probes.future_normalisation(prepare, mixed.athlete, mixed.day, values),
        probes.scaling_on_test_rows(scaled, first, mixed.athlete),
        probes.permuted_labels(scores, mixed.injury, mixed.athlete, seed=seed, rounds=effort.rounds),
    )
    return [("clean", finding) for finding in found]
