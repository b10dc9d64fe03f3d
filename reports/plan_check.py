"""What a planned run would do to the level, as plain text for the command line."""

from __future__ import annotations

from features.training_log import Athlete
from models.envelope import PlannedRun
from models.verdict import Level, RiskAssessment
from reports import sentences, wording
from reports.causes import Speech
from reports.sources import Citations
from reports.weekly import fold
from reports.why_page import in_runs, interval, why
from reports.wording import Measure


def render_plan_check(
    run: PlannedRun,
    without: RiskAssessment,
    planned: RiskAssessment,
    longest_m: float | None,
    athlete: Athlete,
) -> str:
    """The level with and without the run, the reasons, and how long a run would not raise it."""
    measure = Measure(athlete.units)
    view = why(planned, Speech(measure), Citations())
    day = f"{wording.weekday(run.day)} {wording.long_date(run.day)}"
    lines = [
        fold(f"{athlete.name}, {day}: {_run(run, measure)}"),
        "",
        f"Without it: {_level(without.level)}",
        f"With it:    {_level(planned.level)}",
        *(fold(sentences.UNKNOWN_BECAUSE[code], 2, "- ") for code in planned.unknown_because),
        "",
    ]
    for row in view.acting:
        lines += [
            f"{row.label:<58} {row.factor:>13}",
            fold(f"{row.sentence} {wording.capitalised(row.grade)}.", 2),
        ]
    if view.acting:
        lines.append(f"{'Together':<58} {view.total:>13}")
    spread = interval(planned)
    if spread is not None:
        lines += [fold(spread), fold(in_runs(planned))]
    elif planned.log_hazard is not None:
        lines.append("The training of those seven days adds nothing to the level.")
    if planned.overridden_by is not None:
        lines.append(fold(f"{sentences.RAISED_BY_PAIN[planned.overridden_by]} No planned run changes that."))
    elif longest_m is not None:
        lines.append(
            fold(
                f"Up to {measure.careful_distance(longest_m)}, the distance alone would not raise the level."
            )
        )
    lines += [
        "",
        fold("How hard it will be on the knee is not known before it is run. No length is a safe line."),
    ]
    return "\n".join(lines) + "\n"


def _run(run: PlannedRun, measure: Measure) -> str:
    length = f"a run of {measure.distance(run.distance_m)}"
    return length if run.descent_m is None else f"{length} with {measure.height(run.descent_m)} of descent"


def _level(level: Level) -> str:
    words = sentences.level(level)
    return f"{words.shape} {words.word.lower()}"
