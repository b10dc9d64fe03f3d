"""``kneewise train`` and ``kneewise backtest``: learn from what was told, and hold past levels against it."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from pipelines.commands.options import HomeOption, JsonOption, opened
from pipelines.console import say, show_json


def train(
    context: typer.Context,
    simulate: Annotated[
        int | None,
        typer.Option("--simulate", metavar="N", help="Learn from N simulated athletes, to see how it works."),
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Learn from this folder's athletes; the result is used only where it beats the evidence model."""
    from pipelines import learning, steps
    from pipelines.warehouse import store

    with opened(context, home) as found:
        if simulate is not None:
            trained = learning.train_simulated(found.settings, simulate)
        else:
            steps.catch_up(found)
            with store.open_published(found.settings.published_path) as db:
                trained = learning.train(found, db)
            steps.catch_up(found)  # verdicts of another model than the one that is now used are made anew
    model = trained.model
    if json:
        show_json(
            {
                "version": model.version,
                "simulated": model.is_simulated,
                "used": model.is_used,
                "verdict": model.verdict,
                "counts": model.counts,
                "performance": model.performance,
                "model": trained.json,
                "card": trained.card,
            }
        )
        return
    counts = model.counts
    say(
        f"{counts['problems']} knee problems in {counts['fortnights']} fortnights of {counts['athletes']} "
        f"{'simulated ' if model.is_simulated else ''}athletes."
    )
    say(model.verdict)
    say(f"  model: {trained.json}")
    say(f"  card:  {trained.card}")


def backtest(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Hold every past Sunday's level against logged pain, false alarms included."""
    from pipelines import learning, steps
    from pipelines.warehouse import store
    from reports.backtest import render_text

    with opened(context, home) as found:
        steps.catch_up(found)
        with store.open_published(found.settings.published_path) as db:
            result, page = learning.backtest(found, db)
    if json:
        show_json(dataclasses.asdict(result) | {"alarms_per_month": result.alarms_per_month, "page": page})
        return
    say(render_text(result))
    say(f"  {page}")
