"""``kneewise``: the command line. Each error is one clear line; a traceback is never shown."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands import (
    athletes,
    belongings,
    benchmarking,
    checking_in,
    deciding,
    exercising,
    explaining,
    flows,
    importing,
    inspecting,
    keeping_up,
    learning,
    looking,
    notify,
    noting,
    planning,
    running,
    serving,
    shoes,
    surfaces,
    users,
    watching,
)
from pipelines.errors import KneewiseError

app = typer.Typer(
    name="kneewise",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Reads what running watches record and tells, every week, when a knee is asked for more than it is used to.",
)

app.command("demo")(running.demo)
app.command("init")(running.init)
app.command("sync")(running.sync)
app.command("watch")(watching.watch)
app.command("report")(running.report)
app.command("rebuild")(running.rebuild)
app.command("import")(importing.import_)
app.command("ostrc")(noting.ostrc)
app.command("rpe")(noting.rpe)
app.command("alerts")(looking.alerts)
app.command("serve")(serving.serve)
app.command("up")(keeping_up.up)
app.command("status")(looking.status)
app.command("why")(looking.why)
app.command("plan")(planning.plan)
app.command("plan-check")(planning.plan_check)
app.command("inspect")(inspecting.inspect)
app.command("features")(explaining.features)
app.command("evidence")(explaining.evidence)
app.command("train")(learning.train)
app.command("backtest")(learning.backtest)
app.add_typer(deciding.files_app, name="files")
app.add_typer(deciding.activities_app, name="activities")
athletes.app.command("export")(belongings.export)
athletes.app.command("import")(belongings.import_)
athletes.app.command("delete")(belongings.delete)
app.add_typer(checking_in.app, name="checkin")
app.add_typer(athletes.app, name="athlete")
app.add_typer(shoes.app, name="shoes")
app.add_typer(exercising.app, name="exercise")
app.add_typer(surfaces.app, name="surface")
app.add_typer(notify.app, name="notify")
app.add_typer(users.app, name="users")
app.add_typer(flows.app, name="flows")
app.add_typer(benchmarking.app, name="benchmark")


INTERRUPTED = 130  # as shells tell it


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"kneewise {version('kneewise')}")
        raise typer.Exit


@app.callback()
def kneewise(
    home: Annotated[
        Path | None, typer.Option("--home", help="Data folder (also after the command, or KNEEWISE_HOME).")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options before the command; ``home`` is read from here by ``commands.options``."""


def main() -> None:
    """Run the command line and turn every failure into one line and an exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service's stop is a Ctrl-C
    try:
        app()
    except KneewiseError as error:
        sys.exit(f"kneewise: {error}")
    except SystemExit as ended:
        if ended.code == INTERRUPTED:  # what the framework makes of Ctrl-C
            print(
                "kneewise: stopped. What was read so far is stored; run the same command to go on.",
                file=sys.stderr,
            )
        raise
    except BrokenPipeError:  # `kneewise files | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("KNEEWISE_DEBUG"):
            raise
        what = " ".join(str(error).split())
        sys.exit(
            f"kneewise: something went wrong that should not have ({type(error).__name__}: {what}). "
            "Please report it; KNEEWISE_DEBUG=1 shows where."
        )


if __name__ == "__main__":
    main()
