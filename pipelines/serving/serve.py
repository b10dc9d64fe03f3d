"""Runs the web pages: in the foreground until stopped, or in a thread beside other work."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn

from pipelines.errors import KneewiseError
from pipelines.serving.background import Background
from pipelines.serving.reach import reaching
from pipelines.serving.store import ServedStore
from pipelines.settings import Settings
from reports.dashboard.app import App, create_app
from reports.dashboard.site import Site

PATIENCE_S = 5  # what is being answered when it stops may finish


def run(settings: Settings, host: str, port: int, say: Callable[[str], None] = print) -> None:
    """Answer until Ctrl-C or SIGTERM; ``say`` is told where. Raises KneewiseError if the address cannot be had."""
    with _bound(host, port) as listening, serving_app(settings) as app:
        say(f"Kneewise answers at {url_of(host, listening.getsockname()[1])}. Stop with Ctrl-C.")
        _server(app).run(sockets=[listening])


@contextlib.contextmanager
def running(settings: Settings, host: str, port: int) -> Iterator[str]:
    """Answer in a thread until the block is left; gives the URL. Port 0 takes a free one.

    Raises KneewiseError if the address cannot be had.
    """
    with _bound(host, port) as listening, serving_app(settings) as app:
        server = _server(app)
        thread = threading.Thread(target=server.run, args=([listening],), name="kneewise-web")
        thread.start()
        try:
            yield url_of(host, listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def serving_app(settings: Settings) -> Iterator[App]:
    """The app over a home folder, which is closed with it; what pages change is taken in by a process beside it."""
    with (
        contextlib.closing(Background(settings.home)) as background,
        reaching(settings, background.wake) as reach,
    ):
        yield create_app(ServedStore(reach), site=Site(settings.public_url))


def url_of(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _server(app: App) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=PATIENCE_S,
        )
    )


@contextlib.contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    """The address is taken before the home folder is opened, so that a second server says so at once."""
    try:
        kind, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(address[:2], family=kind)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise KneewiseError(
            f"{host}:{port} cannot be listened at ({why}). Is Kneewise running already? "
            "Choose another with --port."
        ) from error
    with listening:
        yield listening
