"""``kneewise serve``: the web pages."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from pipelines.commands.options import HomeOption, home_told
from pipelines.console import say

HostOption = Annotated[
    str,
    typer.Option("--host", help="The address to listen at; 127.0.0.1 is reached from this computer only."),
]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen at.")]


def serve(
    context: typer.Context, host: HostOption = "127.0.0.1", port: PortOption = 8080, home: HomeOption = None
) -> None:
    """Serve the web pages until stopped with Ctrl-C."""
    from pipelines import settings
    from pipelines.serving import serve as web

    with suppress(KeyboardInterrupt):  # the server has answered what it was asked, and closed
        web.run(settings.load(home_told(context, home)), host, port, say)
    say("Stopped.")
