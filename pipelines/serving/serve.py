"""Runs the web pages: in the foreground until stopped, or in a thread beside other work."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn

from pipelines.errors import KneewiseError
from pipelines.serving import first_start, logs
from pipelines.serving.background import Background
from pipelines.serving.reach import reaching
from pipelines.serving.store import ServedStore
from pipelines.settings import Settings
from reports.dashboard.app import App, create_app
from reports.dashboard.site import Site

Say = Callable[[str], None]
PATIENCE_S = 5  # what is being answered when it stops may finish


def run(settings: Settings, host: str, port: int, say: Say = print) -> None:
    """Answer until Ctrl-C or SIGTERM; ``say`` is told where, and how the first admin gets in.

    Raises KneewiseError if the address cannot be had.
    """
    with _prepared(settings, host, port, say) as (server, listening):
        server.run(sockets=[listening])


@contextlib.contextmanager
def running(settings: Settings, host: str, port: int, say: Say = lambda _: None) -> Iterator[str]:
    """Answer in a thread until the block is left; gives the URL. Port 0 takes a free one.

    Raises KneewiseError if the address cannot be had.
    """
    with _prepared(settings, host, port, say) as (server, listening):
        thread = threading.Thread(target=server.run, args=([listening],), name="kneewise-web")
        thread.start()
        try:
            yield url_of(host, listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def _prepared(
    settings: Settings, host: str, port: int, say: Say
) -> Iterator[tuple[uvicorn.Server, socket.socket]]:
    """A home folder is closed with its server; what pages change is taken in by a process beside it."""
    with (
        _bound(host, port) as listening,
        contextlib.closing(Background(settings.home)) as background,
        reaching(settings, background.wake) as reach,
        contextlib.closing(ServedStore(reach)) as store,
    ):
        app = create_app(store, site=Site(settings.public_url))
        first_start.greet(settings, reach.logbook, url_of(host, listening.getsockname()[1]), say)
        yield _server(app, settings), listening


def url_of(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _server(app: App, settings: Settings) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=logs.settings(),
            access_log=False,
            server_header=False,
            proxy_headers=settings.trusted_proxies is not None,
            forwarded_allow_ips=settings.trusted_proxies,
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
