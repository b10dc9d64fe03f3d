"""The documentation page of the ten exercises: every ladder with its doses, load, and evidence, from the table itself."""

from __future__ import annotations

from features import evidence
from models.exercise_load import impulse_bw_s, session_m, session_s
from models.exercises import Exercise, Step, library
from reports import exercise_words, wording
from reports.wording import Measure

KM = Measure("km")
HEAD = """# The ten exercises

Made from `models/exercises.toml` by `python -m docs.generate`. [How a week's exercises are chosen](plan.md).

Load is what one session asks of each kneecap: its impulse in body-weight seconds (BW·s), and the level running that
asks as much. All of it is taken to be *at most* that: what was measured is named under each table, and no exercise
was measured just as it is done here. Unknown stays unknown. How a load becomes kilometres:
`exercise_metres_per_bw_s` in [the evidence](evidence.md).
"""


def render_markdown() -> str:
    return "\n".join([HEAD, *(_section(exercise) for exercise in library())])


def _section(e: Exercise) -> str:
    needs = ", ".join(sorted(e.equipment)) or "nothing"
    bears = "carries weight" if e.weight_bearing else "carries no weight"
    measured = f" (`{e.load.source}`)" if e.load.source else ""
    lines = [
        f"## {e.load_rank}. {e.name}",
        "",
        f"`{e.id}` · tier: {e.tier} · {bears} · needs: {needs}",
        "",
        f"{e.how} *{e.cue}* {e.feel} **{e.stop_rule}**",
        "",
        "| step | dose | takes | load | as level running | evidence |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_row(number, e, step) for number, step in enumerate(e.steps, start=1)),
        "",
        f"Load: {e.load.note}{measured} Never offered: {_never(e)}. Evidence: {_names(e.evidence)}.",
        "",
    ]
    return "\n".join(lines)


def _row(number: int, e: Exercise, step: Step) -> str:
    impulse, metres = impulse_bw_s(e, step), session_m(e, step)
    load = "not known" if impulse is None else f"≤ {impulse:.0f} BW·s"
    running = "not known" if metres is None else f"≤ {KM.ample_distance(metres)}"
    takes = wording.duration(session_s(e, step))
    return f"| {number} | {exercise_words.dose(e, step)} | {takes} | {load} | {running} | {_names(step.evidence)} |"


def _never(e: Exercise) -> str:
    states = [f"`{state}`" for state in sorted(e.not_when)]
    if e.earned_by is not None:
        states.append(f"before step {e.earned_by.step} of `{e.earned_by.exercise}` went well")
    return ", ".join(states) or "only where no exercise is"


def _names(names: tuple[str, ...]) -> str:
    for name in names:
        evidence.entry(name)
    return ", ".join(f"`{name}`" for name in names)
