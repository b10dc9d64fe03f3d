"""The card of a learned model: what it was made of, how it was judged, and what it must not be used for.

The headings follow what reporting guidelines for prediction models ask for: data, outcome, predictors, model,
performance, limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from features import evidence
from models.evidence_model import CARDS

if TYPE_CHECKING:  # the model itself writes its card
    from models.learned import LearnedModel

Ends = Sequence[float | None]

LIMITS = (
    "It was learned from the athletes of one home folder and is for them. Other runners differ.",
    "It ranks weeks a little better than chance at best. It is no diagnosis, and a low number is no promise: "
    "pain decides first, whatever the model says.",
    "People who report and people who do not may differ in their knees, and those who hurt report more. So the "
    "rate of problems among the rows is somewhat too high, and only ratios are used.",
    "Coefficients tell what went together, not what causes what.",
)


def render(model: LearnedModel) -> str:
    return "\n".join(_lines(model)) + "\n"


def _lines(model: LearnedModel) -> Iterator[str]:
    yield f"# Model card: {model.version}"
    yield ""
    if model.is_simulated:
        yield "**A simulation. No athlete of this model exists, and it is used on nobody.**"
        yield ""
    yield model.verdict
    yield ""
    yield "## Data"
    yield ""
    counts = model.counts
    yield (
        f"{counts['fortnights']} fortnights of {counts['athletes']} "
        f"{'simulated ' if model.is_simulated else ''}athletes, one row each; {counts['problems']} of them were "
        "followed by a knee problem. Weeks without a run, within a problem or its recovery, or after which too "
        "little was told, are left out."
    )
    yield ""
    yield "## Outcome"
    yield ""
    value = evidence.value
    yield (
        f"A knee problem that begins within {value('onset_window_days'):g} days: pain of "
        f"{value('problem_pain_from'):g} or more on {value('problem_pain_days'):g} days within "
        f"{value('problem_pain_within_days'):g}, a weekly answer (OSTRC-O2) of less than full participation, or a "
        f"knee injury in the logbook. An athlete is at risk again {value('problem_recovery_days'):g} days after "
        "the last sore day, once a report has said that the knee is well."
    )
    yield ""
    yield "## Predictors and model"
    yield ""
    yield (
        "Logistic regression on the cards of the evidence model, penalised towards their published effects. "
        "Coefficients are log odds ratios at full exposure, with 95 % intervals; calibration (slope "
        f"{model.fit.calibration_slope:.2f}) is in them."
    )
    yield ""
    yield "| cause | published, shrunk | learned |"
    yield "| --- | --- | --- |"
    for i, card in enumerate(CARDS()):
        before = _about(model.prior.mean[i], model.prior.sd[i])
        yield f"| `{card.code}` | {before} | {_about(model.fit.coefficients[i], model.fit.sd[i])} |"
    yield ""
    yield "## Performance"
    yield ""
    yield from _performance(model.performance)
    yield ""
    yield "## Limits"
    yield ""
    yield from (f"- {limit}" for limit in LIMITS)


def _performance(told: Mapping[str, Any]) -> Iterator[str]:
    yield "| judged by | model | AUC | calibration slope | Brier skill |"
    yield "| --- | --- | --- | --- | --- |"
    for key, words in (("held_out_athletes", "other athletes"), ("later_days", "later days")):
        for name, judged in (told[key] or {}).items():
            numbers = (judged["auc"], judged["calibration_slope"], judged["brier_skill"])
            yield f"| {words} | {name} | {' | '.join(_ends(n) for n in numbers)} |"
    if told["later_days"] is None:
        yield "| later days | – | too little time to tell | | |"
    yield ""
    yield "| against the evidence model, on other athletes | mean log score | AUC |"
    yield "| --- | --- | --- |"
    for name, gain in told["log_score_gain"].items():
        yield f"| {name} | {_ends(gain, 5)} | {_ends(told['auc_gain'][name])} |"
    yield ""
    yield "Above 0 is better. The learned model is used only where the whole interval of its log score is."
    yield ""
    yield "### Calibration of the learned model on other athletes"
    yield ""
    yield "| said | happened | rows |"
    yield "| --- | --- | --- |"
    for point in told["held_out_athletes"]["learned"]["calibration_curve"]:
        yield f"| {point['said']:.3f} | {_ends(point['happened'], 3)} | {point['rows']} |"
    yield ""
    yield "### Probes for leaks"
    yield ""
    for finding in told["probes"]:
        word = {True: "caught", False: "clean", None: "cannot be told"}[finding["caught"]]
        yield f"- {finding['probe']}: {word}. {finding['sentence']}"


def _about(mean: float, sd: float) -> str:
    return f"{mean:+.2f} ({mean - 1.96 * sd:+.2f} to {mean + 1.96 * sd:+.2f})"


def _ends(ends: Ends, digits: int = 2) -> str:
    value, low, high = ends
    if value is None:
        return "not known"
    if low is None or high is None:
        return f"{value:.{digits}f} (interval not known)"
    return f"{value:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"
