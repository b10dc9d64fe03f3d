"""Commands that run steps: demo, init, sync, report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_week, home_told, opened
from pipelines.commands.telling import tell_sync
from pipelines.console import complain, progress, say, show_json
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.training_log import Athlete
    from pipelines.intake import Intake
    from pipelines.steps import Home
    from reports.alerts import Notice


def init(context: typer.Context, home: HomeOption = None) -> None:
    """Make the data folder (closed to other users) and say what to do next."""
    with opened(context, home) as found:
        say(f"Data folder: {found.settings.home}")
        say("Next: kneewise athlete add NAME, then kneewise sync PATH")


def sync(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; without any, the inbox is synced.")
    ] = None,
    athlete: AthleteOption = None,
    flow: Annotated[bool, typer.Option("--flow", help="Run as a recorded Prefect flow.")] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Read workout files (FIT, GPX, TCX, each also gzipped), measure, assess, and tell what is due.

    Syncing the same files again imports nothing and changes no number.
    """
    from pipelines import steps
    from pipelines.finding import find_files

    with opened(context, home) as found:
        if paths:
            find_files(paths)  # before an athlete is made for them
            person = found.logbook.athlete(athlete) if found.logbook.athletes() else _first_athlete(found)
            sources = {person.id: paths}
        else:
            sources = _inboxes(found, athlete)
        if flow:
            intakes, notices = _as_flow(found, sources)
        else:
            intakes, notices = steps.sync(found, sources, progress)
        if json:
            show_json([_summary(name, intake, notices) for name, intake in intakes.items()])
            return
        tell_sync(intakes, notices)


def report(
    context: typer.Context,
    athlete: AthleteOption = None,
    week: Annotated[
        str | None,
        typer.Option("--week", "-w", help="Like 2026-W46; without it, the last week that is over."),
    ] = None,
    everyone: Annotated[bool, typer.Option("--all", help="A report for every athlete.")] = False,
    text: Annotated[bool, typer.Option("--text", help="Print the plain-text report too.")] = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Write the weekly report of one athlete as HTML, plain text and PDF."""
    from pipelines import steps
    from pipelines.warehouse import store

    with opened(context, home) as found:
        people = found.logbook.athletes() if everyone else (found.logbook.athlete(athlete),)
        if not people:
            raise KneewiseError("there is no athlete yet. Add one: kneewise athlete add NAME")
        steps.catch_up(found)
        with store.open_published(found.settings.published_path) as db:
            written = [
                steps.report(
                    found,
                    db,
                    a,
                    a_week(week, a.week_start) if week else steps.last_full_week(found.settings, a),
                )
                for a in people
            ]
        if json:
            show_json(
                [
                    {
                        "athlete": w.athlete,
                        "week": str(w.week),
                        "level": w.level,
                        "html": w.html,
                        "text": w.text,
                        "pdf": w.pdf,
                        "calendar": w.calendar,
                    }
                    for w in written
                ]
            )
            return
        for one in written:
            if text:
                say(one.text.read_text(encoding="utf-8"))
            say(f"{one.athlete} {one.week}: {one.level}")
            say(f"  {one.html}")
            say(f"  {one.text}")
            say(f"  {one.pdf}")
            if one.calendar is not None:
                say(f"  {one.calendar}")


def rebuild(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Read every kept original again, as after an update that reads files better."""
    from pipelines import steps

    with opened(context, home) as found:
        counts = steps.rebuild(found, progress)
    if json:
        show_json(counts)
        return
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    say(f"Read again: {told or 'nothing yet'}.")


def demo(context: typer.Context, home: HomeOption = None) -> None:
    """Sync two invented athletes as a Prefect flow and write both weekly reports."""
    from pipelines import demo as demonstration
    from pipelines import settings

    told = home_told(context, home) or demonstration.default_home()
    written = demonstration.run(settings.load(told), say)
    for one in written:
        say(f"  {one.athlete:8} {one.week}  {one.level:9} {one.html}")
    say()
    say("Open the two HTML files in a browser; the .txt beside each is the same report as plain text.")
    say("Then look around:")
    for command in (
        "status",
        "files --athlete jonas",
        "why --athlete jonas",
        "shoes list --athlete jonas",
        "serve",
    ):
        say(f"  kneewise {command} --home {told}")


def _as_flow(home: Home, sources: dict[str, list[Path]]) -> tuple[dict[str, Intake], tuple[Notice, ...]]:
    """The same sync as a recorded Prefect run; its alerts are the newest of the logbook."""
    from pipelines import prefect_home

    prefect_home.prepare(home.settings)
    from pipelines import flows

    before = len(home.logbook.notices())
    intakes = flows.sync(
        home.settings.home, {name: [p.resolve() for p in paths] for name, paths in sources.items()}
    )
    return intakes, tuple(notice for notice, _ in home.logbook.notices()[before:])


def _first_athlete(home: Home) -> Athlete:
    """Nobody yet: the files are the user's own."""
    from features.training_log import Athlete

    complain("no athlete yet, so these files go to a new one called 'me' (kneewise athlete add for more).")
    return home.logbook.add_athlete(Athlete(id="me", name="Me"))


def _inboxes(home: Home, athlete: str | None) -> dict[str, list[Path]]:
    from pipelines import steps

    people = [home.logbook.athlete(athlete)] if athlete else list(home.logbook.athletes())
    if not people:
        raise KneewiseError("say what to sync: kneewise sync PATH. The inbox needs an athlete first.")
    for person in people:
        steps.inbox_of(home.settings, person).mkdir(parents=True, exist_ok=True)
    return {person.id: [steps.inbox_of(home.settings, person)] for person in people}


def _summary(athlete: str, intake: Intake, notices: tuple[Notice, ...]) -> dict[str, object]:
    return {
        "athlete": athlete,
        "files": intake.files,
        "known": intake.known,
        "outcomes": intake.outcomes,
        "recordings": intake.recordings,
        "alerts": [notice.text for notice in notices if notice.athlete == athlete],
    }
