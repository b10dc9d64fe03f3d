"""``kneewise athlete export|import|delete``: everything that an athlete has, out, in again, and gone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.options import HomeOption, JsonOption, opened
from pipelines.console import progress, say, show_json
from pipelines.errors import KneewiseError


def export(
    context: typer.Context,
    athlete: Annotated[str | None, typer.Argument(help="Athlete, by id or name.")] = None,
    to: Annotated[Path | None, typer.Option("--to", help="The zip to write; else ID.zip here.")] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Take out everything that an athlete has, as one zip that another data folder can take in."""
    from pipelines.belongings import taking_out

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        target = to or Path(f"{person.id}.zip")
        if target.is_dir() or not target.parent.is_dir():
            raise KneewiseError(
                f"{target} cannot be written: give the name of a file in a folder that is there."
            )
        taking_out.write(target, taking_out.zipped(found, person.id))
    if json:
        show_json({"athlete": person.id, "file": target, "bytes": target.stat().st_size})
        return
    say(f"{target}: everything about {person.name}. It holds health data and where they run; keep it safe.")


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A zip made by kneewise athlete export.")],
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Take in an athlete with everything that an export holds. Nobody who is here already is overwritten."""
    from pipelines.belongings import putting_back

    with opened(context, home) as found:
        taken = putting_back.take_in(found, file, progress)
    if json:
        show_json({"athlete": taken.athlete, "rows": taken.rows, "files": taken.files})
        return
    say(f"{taken.athlete} is here: {taken.rows} rows of what they told, {taken.files} workout files.")


def delete(
    context: typer.Context,
    athlete: Annotated[str, typer.Argument(help="The athlete's id, not their name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Delete an athlete and everything that is theirs, and say what went. It cannot be taken back."""
    from dataclasses import asdict

    from pipelines.belongings import deleting, receipts

    with opened(context, home) as found:
        if not yes:
            say(f"Everything of {athlete!r} is deleted: what they told, their files, what was worked out.")
            if typer.prompt("It cannot be taken back. Type the id to go on", default="") != athlete:
                raise KneewiseError("nothing was deleted.")
        receipt = deleting.delete(found, athlete)
    if json:
        show_json(asdict(receipt))
        return
    for line in receipts.lines(receipt):
        say(line)
