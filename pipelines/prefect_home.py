"""Prefect's surroundings: state below the home folder, telemetry off, a local server when scheduling.

Nothing here imports Prefect: it reads its settings from the environment when it is imported.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.errors import KneewiseError
from pipelines.settings import Settings

SERVER_START_S = 180.0  # a first start makes its database; slow disks take their time


def prepare(settings: Settings, log_level: str = "CRITICAL") -> None:
    """Set the environment that Prefect will read. What the user has set themselves stays.

    Run from a command, Prefect is silent: the command tells what went wrong, in one line.
    """
    quiet = {
        "PREFECT_HOME": str(settings.prefect_path),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": log_level,
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(int(SERVER_START_S)),
        "PREFECT_SERVER_UI_ENABLED": "false",
    }
    for name, value in quiet.items():
        os.environ.setdefault(name, value)
    atexit.register(_say_no_more)


@contextmanager
def running_server() -> Iterator[str]:
    """A Prefect server of our own on the loopback interface, for as long as the block lasts.

    Schedules need a server that stays. If ``PREFECT_API_URL`` names one, that is used instead.
    Raises KneewiseError if the server does not come up.
    """
    told = os.environ.get("PREFECT_API_URL")
    if told:
        yield told
        return
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen([*command, "--no-ui", "--analytics-off"], stdout=subprocess.DEVNULL)
    try:
        _wait_until_healthy(process, url)
        os.environ["PREFECT_API_URL"] = url
        yield url
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _say_no_more() -> None:
    """Registered before Prefect's own handlers, so it runs after them, last of all: while the
    interpreter is taken down under Prefect's threads, DuckDB's binding prints pages of leaks."""
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + SERVER_START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise KneewiseError("the Prefect server stopped at once. Run `prefect server start` to see why.")
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise KneewiseError(f"the Prefect server did not answer within {SERVER_START_S:.0f} s.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
