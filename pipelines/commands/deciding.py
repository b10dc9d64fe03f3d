"""``kneewise files`` and ``kneewise activities``: the lists, and what an athlete decides about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands import looking
from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, only_alone, opened
from pipelines.console import say, show_json
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from pipelines.steps import Home

files_app = typer.Typer(
    invoke_without_command=True, help="Every file that was ever synced; accept or reject one."
)
activities_app = typer.Typer(
    invoke_without_command=True, help="Every activity as it is counted; show or unmerge one."
)

OUTCOMES = ("imported", "duplicate", "ignored", "rejected", "archive")
HashArgument = Annotated[str, typer.Argument(metavar="HASH", help="The file's sha256, or its first letters.")]


@files_app.callback()
def files(
    context: typer.Context,
    athlete: AthleteOption = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", help="Only imported, duplicate, ignored, rejected or archive.")
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Every file that was ever synced, what became of it, and why."""
    if outcome is not None and outcome not in OUTCOMES:
        raise KneewiseError(f"{outcome!r} is no outcome; there are {', '.join(OUTCOMES)}.")
    if only_alone(context, athlete=athlete, outcome=outcome, json=json):
        looking.files(context, athlete, outcome, json, home)


@files_app.command()
def accept(
    context: typer.Context,
    hash: HashArgument,
    starts: Annotated[
        str | None,
        typer.Option("--starts", help="Local start, like 2026-05-04T07:30, if the clock was not set."),
    ] = None,
    athlete: AthleteOption = None,
    home: HomeOption = None,
) -> None:
    """Believe a suspect file: from now on it counts in full."""
    from pipelines.local_start import local_start
    from pipelines.logbook import decisions

    with opened(context, home) as found:
        file = _file(found, athlete, hash)
        person = found.logbook.athlete(file["athlete"])
        decisions.decide(
            found.logbook,
            person.id,
            file["content_sha256"],
            decisions.ACCEPT,
            starts=local_start(starts, person.zone, found.settings.now()),
        )
        _done(found, f"Accepted {file['path']}.")


@files_app.command()
def reject(
    context: typer.Context, hash: HashArgument, athlete: AthleteOption = None, home: HomeOption = None
) -> None:
    """Leave a file out of everything. It stays where it is; `accept` brings it back."""
    from pipelines.logbook import decisions

    with opened(context, home) as found:
        file = _file(found, athlete, hash)
        decisions.decide(found.logbook, file["athlete"], file["content_sha256"], decisions.REJECT)
        _done(found, f"Left out: {file['path']}.")


@activities_app.callback()
def activities(
    context: typer.Context,
    athlete: AthleteOption = None,
    since: Annotated[str | None, typer.Option("--since", help="First day, like 2026-10-01.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day, like 2026-10-31.")] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Every activity as it is counted, oldest first."""
    if only_alone(context, athlete=athlete, since=since, until=until, json=json):
        looking.activities(context, athlete, since, until, json, home)


@activities_app.command()
def show(
    context: typer.Context,
    activity: Annotated[
        str, typer.Argument(metavar="RUN", help="The activity's id or its first letters, or `last`.")
    ],
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """One workout in full: knee load, intensity, steadiness, ground, shoes, and what is not known."""
    from pipelines import one_run, steps

    with opened(context, home) as found:
        steps.catch_up(found)
        person, run = one_run.one_run(found.logbook, found.settings, activity, athlete)
    if json:
        import dataclasses

        show_json(dataclasses.asdict(run))
        return
    from reports.one_run import render_run
    from reports.wording import Measure

    say(render_run(run, Measure(person.units)))


@activities_app.command()
def unmerge(
    context: typer.Context,
    activity: Annotated[str, typer.Argument(help="The activity's id.")],
    undo: Annotated[bool, typer.Option("--undo", help="Let the recordings of that day merge again.")] = False,
    athlete: AthleteOption = None,
    home: HomeOption = None,
) -> None:
    """Keep the recordings of an activity apart: each becomes an activity of its own."""
    from pipelines.logbook import decisions

    with opened(context, home) as found:
        wanted = {"athlete": None, "first": None, "last": None}
        rows = {row["id"]: row for row in looking.ask(found, "activities", wanted)}
        if activity not in rows:
            raise KneewiseError(f"there is no activity {activity!r}. See: kneewise activities")
        owner, recordings = rows[activity]["athlete"], rows[activity]["recordings"]
        if undo:
            day = rows[activity]["day"]
            same_day = [r for row in rows.values() if row["day"] == day for r in row["recordings"]]
            decisions.let_merge(found.logbook, owner, same_day)
            _done(found, f"Recordings of {day} may merge again.")
            return
        if len(recordings) < 2:
            raise KneewiseError(f"activity {activity} has one recording; there is nothing to take apart.")
        decisions.keep_apart(found.logbook, owner, recordings)
        _done(found, f"{len(recordings)} recordings are activities of their own now.")


def _file(home: Home, athlete: str | None, hash_start: str) -> dict[str, Any]:
    """The one file whose sha256 starts so. Raises KneewiseError if there is none, or more than one."""
    wanted = {"athlete": home.logbook.athlete(athlete).id if athlete else None, "outcome": None}
    rows = looking.ask(home, "files", wanted)
    fitting = {
        (r["athlete"], r["sha256"]): r for r in rows if hash_start and r["sha256"].startswith(hash_start)
    }
    if len(fitting) == 1:
        file = next(iter(fitting.values()))
        if file["content_sha256"] is None:
            raise KneewiseError(f"{file['path']} is an archive; decide about the files in it.")
        return file
    if fitting:
        raise KneewiseError(
            f"{len(fitting)} files start with {hash_start!r}; give more of the hash, or --athlete."
        )
    raise KneewiseError(f"no file has a sha256 that starts with {hash_start!r}. See: kneewise files --json")


def _done(home: Home, words: str) -> None:
    from pipelines import steps

    steps.bring_up_to_date(home)
    say(words)
