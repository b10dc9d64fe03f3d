"""Keeps the web pages going in a process of their own, so that no import slows a page."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from pipelines.errors import KneewiseError
from pipelines.up.loop import Counts, Piece

PATIENCE_S = 10.0


@dataclass(slots=True)
class Web:
    home: Path
    host: str
    port: int
    stdout: IO[str] | None = None  # None is our own; the first admin's link is printed there
    name: str = "web"
    every: timedelta = timedelta()
    process: subprocess.Popen[bytes] | None = None

    def due(self, now: datetime) -> Iterator[Piece]:
        if self.process is None or self.process.poll() is not None:
            yield "", self._start

    def _start(self) -> Counts:
        """Begin, or begin again; one that has ended by itself is a failure first, and is told."""
        ended, self.process = self.process, None
        if ended is not None:
            raise KneewiseError(f"the web pages ended by themselves (exit code {ended.returncode}).")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.up.pages", str(self.home), self.host, str(self.port)],
            stdin=subprocess.PIPE,  # ends with us
            stdout=self.stdout,
            start_new_session=True,  # Ctrl-C is for the parent, which stops it in order
        )
        return {"started": 1}

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
