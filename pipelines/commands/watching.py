"""``kneewise watch``: sync what is put into a folder, as soon as it is there as a whole."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, opened
from pipelines.commands.telling import tell_sync
from pipelines.console import complain, progress, say

if TYPE_CHECKING:
    from pipelines.steps import Home
    from pipelines.watching import Sources, Watch


def watch(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder, with one folder per athlete in it.")
    ],
    athlete: AthleteOption = None,
    once: Annotated[
        bool,
        typer.Option("--once", help="Sync what is settled now and end, for a job that starts by itself."),
    ] = False,
    home: HomeOption = None,
) -> None:
    """Sync what is put into a folder, until stopped with Ctrl-C. Files stay where they are.

    DIR/NAME/… belongs to the athlete of that id or name; files directly in DIR to --athlete, or to the
    only athlete there is.
    """
    from pipelines import watching

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # a log file shows each batch when it happens
    with opened(context, home) as found:
        watched = _watch(found, folder.resolve(), athlete)
        settle_s = found.settings.settle_s
        if once:
            watching.watch_once(watched, lambda: time.sleep(settle_s))
            return
        watching.listed(watched.folder)  # a folder that is not there is a mistake now, a pause later
        say(
            f"Watching {watched.folder}; a file is read once it has not changed for {settle_s:g} s. "
            "Stop with Ctrl-C."
        )
        _until_stopped(watched, settle_s)


def _watch(home: Home, folder: Path, athlete: str | None) -> Watch:
    """Raises KneewiseError if the athlete is not known, or there is none yet."""
    from pipelines import steps, watching

    if athlete or not home.logbook.athletes():
        home.logbook.athlete(athlete)

    def owners(files: Sequence[Path]) -> watching.Owned:  # asked anew: athletes may be added meanwhile
        chosen = home.logbook.athlete(athlete) if athlete else None
        return watching.owners_of(files, folder, home.logbook.athletes(), chosen)

    def sync(sources: Sources) -> None:
        tell_sync(*steps.sync(home, sources, progress))

    return watching.Watch(folder, owners, sync, say)


def _until_stopped(watched: Watch, settle_s: float) -> None:
    from pipelines import watching

    waiting = False

    def pause() -> None:
        nonlocal waiting
        waiting = True
        time.sleep(settle_s)
        waiting = False

    try:
        watching.watch_on(watched, pause, complain)
    except KeyboardInterrupt:
        if not waiting:
            raise  # in the middle of a batch: the command line says that it can be gone on with
        say("Stopped.")
