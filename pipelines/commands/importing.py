"""``kneewise import``: check-ins, efforts, questionnaires, shoes and injuries from a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.importing.lines import Line

LONGEST = 60  # of a line, shown


def import_(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV file; its first line names the columns.")
    ],
    kind: Annotated[
        str, typer.Option("--as", help="What its lines are: checkins, rpe, ostrc, shoes or injuries.")
    ],
    athlete: AthleteOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of each line, and store nothing.")
    ] = False,
    skip_wrong: Annotated[
        bool, typer.Option("--skip-wrong", help="Store the other lines even if some are wrong.")
    ] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Bring a list into the logbook. If a line is wrong, nothing is stored; importing twice changes nothing."""
    from pipelines import steps
    from pipelines.importing import lines
    from pipelines.importing.kinds import KINDS
    from pipelines.importing.table import read_table

    if kind not in KINDS:
        raise KneewiseError(f"{kind!r} is no kind of list; there are {', '.join(KINDS)}.")
    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        table, made = read_table(path), KINDS[kind](found, person)
        lines.check_columns(path, table, made)
        read, to_store = lines.read_lines(table, made, person.id)
        is_wrong = any(line.outcome is lines.Outcome.WRONG for line in read)
        is_stored = bool(to_store) and not dry_run and (skip_wrong or not is_wrong)
        if is_stored:
            made.store(to_store)
            if kind == "checkins":
                steps.deliver_check_ins(found, person)
    _show(path, read, len(to_store) if is_stored else 0, dry_run, json)
    if is_wrong and not skip_wrong and not dry_run:
        raise typer.Exit(1)


def _show(path: Path, read: Sequence[Line], stored: int, dry_run: bool, json: bool) -> None:
    if json:
        show_json({"file": path, "stored": stored, "lines": [asdict(line) for line in read]})
        return
    counts = Counter(line.outcome.value for line in read)
    show_table(
        {"line": "right", "outcome": "left", "reason": "left", "told": "left"},
        [(r.line, r.outcome.value, r.reason or "", r.told[:LONGEST]) for r in read if r.outcome != "same"],
        "Every line is known as it stands." if read else "There is no line below the first.",
    )
    said = ", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "no lines"
    if dry_run:
        say(f"{path}: {said}. Nothing was stored, as asked.")
    elif counts["wrong"] and not stored:
        say(f"{path}: {said}. Nothing was stored. Mend those lines, or leave them out with --skip-wrong.")
    else:
        left = f" Not stored: the {counts['wrong']} that are wrong." if counts["wrong"] else ""
        say(f"{path}: {said}. {stored} stored.{left}")
