"""``kneewise benchmark``: how well models do on public data, and how much of it is a leak."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import HomeOption, JsonOption
from pipelines.console import progress, say, show_json, show_table

if TYPE_CHECKING:
    from models.lovdal_benchmark import Benchmark
    from models.probes import Finding
    from models.resampling import Interval
    from models.validation import Judgement

app = typer.Typer(no_args_is_help=True, help="Models on public data: by the paper's protocol and by ours.")

SEED = 1


# A callback of its own keeps the name of the only command: `kneewise benchmark lovdal`.
@app.callback()
def benchmark() -> None:
    """Models on public data."""


@app.command()
def lovdal(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the downloaded files.")],
    quick: Annotated[
        bool, typer.Option("--quick", help="Fewer bags, repeats and rounds: a first look.")
    ] = False,
    json: JsonOption = False,
    home: HomeOption = None,  # as every command; nothing of it is read
) -> None:
    """The public competitive-runners data (doi:10.34894/UWU9PV): the paper's protocol, ours, and probes for leaks."""
    from models.lovdal_benchmark import QUICK, Effort, evaluate
    from pipelines.public_data import lovdal_tables

    tables = lovdal_tables(folder)
    effort = QUICK if quick else Effort()
    found = []
    with progress("benchmark") as tick:
        total = effort.steps * len(tables)
        done = 0
        tick(done, total, "")

        def did(what: str) -> None:
            nonlocal done
            done += 1
            tick(done, total, what)

        for table in tables:
            found.append(evaluate(table, effort, SEED, did))
    if json:
        show_json([dataclasses.asdict(one) for one in found])
        return
    for one in found:
        show(one)


def show(one: Benchmark) -> None:
    """One file's numbers and probes, for reading."""
    say(
        f"{one.approach.capitalize()} file: {one.rows:,} rows of {one.athletes} runners, {one.injuries} injuries. "
        f"Published area under the curve: {one.published_auc:.3f}."
    )
    say(
        "The paper used XGBoost; here it is scikit-learn's histogram gradient boosting. Area under the curve of each "
        f"repeat: {', '.join(f'{auc:.3f}' for auc in one.repeats)}."
    )
    say()
    protocols = {
        "paper's protocol": one.paper,
        "… normalised by earlier rows": one.causal,
        **{f"clean protocol, {model}": judged for model, judged in one.clean.items()},
    }
    show_table(
        {"protocol": "left", "area under the curve": "left", "average precision": "left", "slope": "left"}
        | {"intercept": "left", "Brier skill": "left", "found at 1 alert a month": "left"},
        [(name, *_numbers(judged)) for name, judged in protocols.items()],
        "",
    )
    say()
    say(f"What the paper's normalisation gains on the same models and runners: {_told(one.worth)}.")
    say("Clean, the literature has about 0.60 on these data; the base rate is about one row in a hundred.")
    say()
    show_table(
        {"probed": "left", "probe": "left", "finding": "left", "number": "left", "what it says": "left"},
        [(of, f.probe, _word(f), _number(f), f.sentence) for of, f in one.findings],
        "",
    )
    say()


def _numbers(judged: Judgement) -> tuple[str, ...]:
    alarms = judged.alarms
    met = "–" if alarms is None else f"{_told(alarms.sensitivity)}, by chance {alarms.by_chance:.2f}"
    calibration = judged.calibration
    four = (
        judged.auc,
        judged.average_precision,
        calibration.slope,
        calibration.intercept,
        judged.brier.skill,
    )
    return (*map(_told, four), met)


def _told(interval: Interval) -> str:
    return "not known" if interval.value is None else _between(interval.value, interval.low, interval.high)


def _word(finding: Finding) -> str:
    return {True: "CAUGHT", False: "clean", None: "not told"}[finding.caught]


def _number(finding: Finding) -> str:
    return "–" if finding.number is None else _between(finding.number, finding.low, finding.high)


def _between(value: float, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"{value:z.3f}"
    return f"{value:z.3f} ({low:z.3f} to {high:z.3f})"
