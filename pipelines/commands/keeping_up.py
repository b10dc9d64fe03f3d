"""``kneewise up``: everything that runs by itself, in one command."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from typing import Annotated

import typer

from pipelines.commands.options import HomeOption, opened
from pipelines.commands.serving import HostOption, PortOption
from pipelines.errors import KneewiseError


def up(
    context: typer.Context,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8080,
    no_web: Annotated[bool, typer.Option("--no-web", help="Leave the web pages out.")] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Write each line as JSON, for a log collector.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Take in the inbox, assess each day, report each week, send what is due, serve the pages: until stopped."""
    from pipelines import steps
    from pipelines.file_lock import held
    from pipelines.up import duties
    from pipelines.up.log import Log
    from pipelines.up.loop import Duty, Loop, run
    from pipelines.up.web import Web
    from pipelines.up.witness import Keeper

    with opened(context, home) as found, held(found.settings.up_lock_path) as is_sole:
        if not is_sole:
            raise KneewiseError(
                f"kneewise up runs for {found.settings.home} already. Stop that one first, or give --home DIR."
            )
        now = found.settings.now
        log = Log(_say, now, log_json)
        pages = Web(found.settings.home, host, port, sys.stderr if log_json else None)
        done: list[Duty] = [
            duties.Inbox(found, log),
            duties.Daily(found),
            duties.Weekly(found, steps.queue_report_due),
            duties.Digests(found),
            duties.Outbox(found),
        ]
        if not no_web:
            done.insert(0, pages)
        keeper = Keeper(found, [duty.name for duty in done])
        loop = Loop(done, now, log, keeper)
        loop.stop.listen()
        try:
            with suppress(KeyboardInterrupt):
                where = "off" if no_web else f"http://{host}:{port}"
                log("up", athletes=len(found.logbook.athletes()), web=where)
                run(loop, lambda: time.sleep(found.settings.settle_s))
            log("down")
        finally:
            pages.stop()
            keeper.stopped()


def _say(line: str) -> None:
    with suppress(OSError):  # a log that is full or gone is no reason to stop
        print(line, flush=True)
