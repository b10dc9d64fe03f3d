"""The learned model as it is kept: readable JSON, which says what it is made of and whether it may be used.

A model is used only where it beat the evidence model on athletes it had not seen, and never where it was made
from a simulation. What was made for other cards, or in another form, is refused and not guessed at.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from features.training_log import Column
from models.comparison import LEARNED, Comparison
from models.evidence_model import CARDS
from models.model_card import render
from models.resampling import Interval
from models.risk import MODEL_VERSION as EVIDENCE_VERSION
from models.risk import Coefficients
from models.training import Fit, Prior, Rows
from models.validation import Judgement

FORMAT = 1
KIND = "kneewise learned model"
NAME, SIMULATED_NAME = "learned", "simulated"
DIGITS = 6  # finer than any coefficient is known, coarse enough to be read


class UnusableModel(ValueError):
    """A model file that cannot be used; says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class LearnedModel:
    """``fit`` has its calibration in it. ``is_better``: it passed the gate; ``verdict`` says so in words."""

    version: str
    made_on: date
    is_simulated: bool
    is_better: bool
    verdict: str
    prior: Prior
    fit: Fit
    counts: Mapping[str, int]
    performance: Mapping[str, Any]

    @property
    def is_used(self) -> bool:
        return self.is_better and not self.is_simulated

    @property
    def coefficients(self) -> Coefficients:
        """What risk is scored with."""
        return Coefficients(self.fit.coefficients, self.fit.covariance, self.version)


def made(
    rows: Rows, fit: Fit, prior: Prior, compared: Comparison, *, made_on: date, is_simulated: bool
) -> LearnedModel:
    athletes = len(np.unique(rows.athlete))
    kind = "simulated" if is_simulated else "learned"
    return LearnedModel(
        version=f"{kind}-{FORMAT} ({made_on.isoformat()}, {athletes} athletes)",
        made_on=made_on,
        is_simulated=is_simulated,
        is_better=compared.beats,
        verdict=_verdict(compared, is_simulated),
        prior=prior,
        fit=fit,
        counts={"athletes": athletes, "fortnights": len(rows), "problems": int(rows.outcome.sum())},
        performance=_performance(compared),
    )


def write(model: LearnedModel, folder: Path) -> tuple[Path, Path]:
    """The model as JSON and its card as Markdown, each replaced in one step; a simulation has names of its own."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = SIMULATED_NAME if model.is_simulated else NAME
    paths = folder / f"{name}.json", folder / f"{name}.md"
    text = json.dumps(_plain(model), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    for path, content in zip(paths, (text, render(model)), strict=True):
        fresh = path.with_name(path.name + ".new")
        fresh.write_text(content, encoding="utf-8")
        os.replace(fresh, path)
    return paths


def read(path: Path) -> LearnedModel:
    """Raises UnusableModel for a file that is no model, or one of another form or other cards."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return _read(told, path)
    except (ValueError, KeyError, TypeError, OSError) as error:
        if isinstance(error, UnusableModel):
            raise
        raise _refused(path, f"it cannot be read ({error})") from error


def active_model(folder: Path) -> LearnedModel | None:
    """The model that stands in for the evidence model, from the folder of models; None = the evidence model stays.

    Raises UnusableModel where there is one that cannot be used.
    """
    path = folder / f"{NAME}.json"
    if not path.is_file():
        return None
    model = read(path)
    return model if model.is_used else None


def _read(told: dict[str, Any], path: Path) -> LearnedModel:
    if told.get("kind") != KIND or told.get("format") != FORMAT:
        raise _refused(path, f"it is not of form {FORMAT}")
    if told["evidence_model"] != EVIDENCE_VERSION:
        raise _refused(
            path,
            f"it was learned on {told['evidence_model']}, and the evidence model is now {EVIDENCE_VERSION}",
        )
    cards = told["cards"]
    if [card["code"] for card in cards] != [card.code for card in CARDS()]:
        raise _refused(path, "its cards are not those of this version")

    def column(key: str) -> Column:
        return np.array([card[key] for card in cards], dtype=np.float64)

    fit = Fit(
        intercept=float(told["intercept"]),
        coefficients=column("coefficient"),
        covariance=np.array(told["covariance"], dtype=np.float64),
        unknown_reads_as=column("unknown_reads_as"),
        calibration_slope=float(told["calibration_slope"]),
    )
    if fit.covariance.shape != (len(cards), len(cards)) or not np.isfinite(fit.covariance).all():
        raise _refused(path, "its covariance does not fit its cards")
    return LearnedModel(
        version=told["version"],
        made_on=date.fromisoformat(told["made_on"]),
        is_simulated=bool(told["simulated"]),
        is_better=bool(told["beats_evidence_model"]),
        verdict=told["verdict"],
        prior=Prior(column("prior_mean"), column("prior_sd")),
        fit=fit,
        counts=told["counts"],
        performance=told["performance"],
    )


def _refused(path: Path, because: str) -> UnusableModel:
    return UnusableModel(
        f"{path} cannot be used: {because}. The evidence model stands in for it. Train again (kneewise train), or "
        "move the file away."
    )


def _plain(model: LearnedModel) -> dict[str, Any]:
    fit = model.fit
    return {
        "kind": KIND,
        "format": FORMAT,
        "version": model.version,
        "made_on": model.made_on.isoformat(),
        "simulated": model.is_simulated,
        "evidence_model": EVIDENCE_VERSION,
        "beats_evidence_model": model.is_better,
        "used": model.is_used,
        "verdict": model.verdict,
        "counts": dict(model.counts),
        "intercept": round(fit.intercept, DIGITS),
        "calibration_slope": round(fit.calibration_slope, DIGITS),
        "cards": [
            {
                "code": card.code,
                "prior_mean": round(float(model.prior.mean[i]), DIGITS),
                "prior_sd": round(float(model.prior.sd[i]), DIGITS),
                "coefficient": round(float(fit.coefficients[i]), DIGITS),
                "sd": round(float(fit.sd[i]), DIGITS),
                "unknown_reads_as": round(float(fit.unknown_reads_as[i]), DIGITS),
            }
            for i, card in enumerate(CARDS())
        ],
        "covariance": [[float(f"{value:.{DIGITS}g}") for value in row] for row in fit.covariance],
        "performance": dict(model.performance),
    }


def _verdict(compared: Comparison, is_simulated: bool) -> str:
    gain = compared.gain[LEARNED]
    if is_simulated:
        return "Made from simulated athletes: it shows how learning works and is never used on real ones."
    if gain.low is None:
        return "The evidence model stays: there are too few athletes for an interval of the difference."
    if compared.beats:
        return "The learned model is used: it beat the evidence model on athletes that it had not seen."
    return "The evidence model stays: the learned one did not beat it on athletes that it had not seen."


def _performance(compared: Comparison) -> dict[str, Any]:
    return {
        "held_out_athletes": {name: _told(judged) for name, judged in compared.judged.items()},
        "later_days": None
        if compared.later is None
        else {name: _told(judged) for name, judged in compared.later.items()},
        "log_score_gain": {name: _ends(gain) for name, gain in compared.gain.items()},
        "auc_gain": {name: _ends(gain) for name, gain in compared.auc_gain.items()},
        "probes": [
            {"probe": f.probe, "caught": f.caught, "number": f.number, "sentence": f.sentence}
            for f in compared.probes
        ],
    }


def _told(judged: Judgement) -> dict[str, Any]:
    return {
        "rows": judged.rows,
        "problems": judged.positives,
        "auc": _ends(judged.auc),
        "auc_within_athlete": _ends(judged.auc_within),
        "average_precision": _ends(judged.average_precision),
        "calibration_slope": _ends(judged.calibration.slope),
        "calibration_intercept": _ends(judged.calibration.intercept),
        "brier_skill": _ends(judged.brier.skill),
        "calibration_curve": [
            {"said": point.said, "happened": _ends(point.happened), "rows": point.rows}
            for point in judged.calibration.curve
        ],
    }


def _ends(interval: Interval) -> list[float | None]:
    """Value, low and high end."""
    return [
        None if x is None else float(f"{x:.{DIGITS}g}") for x in (interval.value, interval.low, interval.high)
    ]
