"""A real PostgreSQL server on the loopback interface, for as long as the tests run."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pg8000.dbapi

from pipelines.logbook.store import open_logbook

START_S = 60.0
SHAPED = "shaped"  # a database with all tables and nothing in them, to copy
# What makes it safe against a power cut is not needed here and would only take time.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")


@dataclass
class Server:
    port: int
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return f"postgresql://postgres:not-asked-for@127.0.0.1:{self.port}/{database}"

    def database(self, template: str = SHAPED) -> str:
        """The URL of a new one."""
        name = f"logbook_{next(self.numbers)}"
        self._run(f"create database {name} template {template}")
        return self.url(name)

    def empty_database(self) -> str:
        return self.database("template0")

    def hang_up(self) -> None:
        """End everybody's connections, as a restart does."""
        self._run(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kneewise'"
        )

    def _run(self, statement: str) -> None:
        connection = self._connect()
        connection.autocommit = True
        connection.cursor().execute(statement)
        connection.close()

    def _connect(self) -> pg8000.dbapi.Connection:
        return pg8000.dbapi.connect("postgres", "127.0.0.1", "postgres", self.port, "not-asked-for")

    def wait(self, process: subprocess.Popen[bytes]) -> None:
        ends = time.monotonic() + START_S
        while True:
            try:
                self._connect().close()
                return
            except pg8000.dbapi.Error:
                if process.poll() is not None or time.monotonic() > ends:
                    raise
                time.sleep(0.05)


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``; Debian keeps them off the path."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


@contextmanager
def serving(bin_: Path) -> Iterator[Server]:
    """A server with an empty, shaped database. Refused to root, it runs as somebody who owns nothing else."""
    folder = Path(tempfile.mkdtemp(prefix="kneewise-postgres-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    made = [
        bin_ / "initdb",
        "-D",
        folder / "data",
        "-U",
        "postgres",
        "--auth=trust",
        "--no-sync",
        "-E",
        "UTF8",
    ]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = Server(probe.getsockname()[1])
    settings = (*CARELESS, "listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={server.port}")
    options = [word for setting in settings for word in ("-c", setting)]
    where = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        subprocess.run([*as_user, *map(str, made), "--locale=C"], check=True, **where)  # type: ignore[call-overload]
        process = subprocess.Popen(
            [*as_user, str(bin_ / "postgres"), "-D", str(folder / "data"), *options],
            **where,  # type: ignore[call-overload]
        )
        try:
            server.wait(process)
            server._run(f"create database {SHAPED}")
            with open_logbook(server.url(SHAPED)):
                pass
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # its fast stop
            process.wait()
    finally:
        shutil.rmtree(folder)
