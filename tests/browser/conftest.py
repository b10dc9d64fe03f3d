"""A real browser before the real server: headless Chromium, as it is installed on the machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import PATIENCE_S
from sample_home import sample_home as sample_home

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Served:
    """A running ``kneewise serve``: where it answers, and what it said when it began."""

    url: str
    said: list[str]

    def setup_link(self) -> str:
        found = re.search(r"https?://\S+/setup/\S+", "\n".join(self.said))
        assert found, self.said
        return found[0]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The command as a user starts it, on an empty home folder, on the Monday after the last sample file."""
    environment = {**os.environ, "KNEEWISE_TODAY": "2026-11-16", "PYTHONUNBUFFERED": "1"}
    command = [
        sys.executable,
        "-m",
        "pipelines.cli",
        "serve",
        "--port",
        "0",
        "--home",
        str(tmp_path / "home"),
    ]
    server = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert server.stdout is not None
    said: list[str] = []
    began = threading.Event()

    def listen() -> None:
        for line in server.stdout or ():
            said.append(line.rstrip())
            if "/setup/" in line:
                began.set()
        began.set()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        assert began.wait(PATIENCE_S), said
        answering = re.search(r"answers at (https?://[\w.:\[\]-]+\d)", "\n".join(said))
        assert answering, said
        yield Served(answering[1], said)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE_S)
        listener.join(5)
