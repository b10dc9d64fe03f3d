"""``kneewise flows``: the scheduled way of running, under Prefect."""

from __future__ import annotations

import typer

from pipelines.commands.options import HomeOption, opened
from pipelines.console import say

app = typer.Typer(no_args_is_help=True, help="Schedules: run the steps by themselves, under Prefect.")


@app.command()
def serve(context: typer.Context, home: HomeOption = None) -> None:
    """Sync the inbox every five minutes, assess daily, report on the first morning of each athlete's week.

    Runs until interrupted. Everything stays on this machine.
    """
    from pipelines import prefect_home

    with opened(context, home) as found:
        settings = found.settings
        people = found.logbook.athletes()
    prefect_home.prepare(settings, log_level="INFO")
    with prefect_home.running_server() as url:
        from pipelines import flows

        say(f"Inbox: {settings.inbox_path}/<athlete> ({', '.join(a.id for a in people) or 'no athlete yet'})")
        say(f"Prefect API: {url}. Stop with Ctrl-C.")
        flows.serve_schedules(settings)
