"""What pages ask the pipeline to do runs here: in one child process at a time, so that no page waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

POLITE = 10  # readers come first
AGAIN_AFTER_S = 30.0  # another process was writing, or it failed


class Background:
    """Brings everything up to date whenever it is woken: uploads read, features and verdicts made, messages sent."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._wanted = threading.Event()
        self._closing = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="kneewise-background", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Ask for a round; several wishes that come while one runs are one more round."""
        self._wanted.set()

    @property
    def is_busy(self) -> bool:
        """Whether a round runs or is about to."""
        return self._wanted.is_set() or self._child is not None

    def close(self) -> None:
        """Stop, and end the round that runs: what it read so far is stored, and the next one goes on."""
        self._closing.set()
        self._wanted.set()
        if self._child is not None:
            self._child.terminate()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._closing.is_set():
            self._wanted.wait()
            self._wanted.clear()
            if self._closing.is_set():
                return
            if self._round() != 0 and not self._closing.wait(AGAIN_AFTER_S):
                self._wanted.set()

    def _round(self) -> int:
        """One child, its exit code. It writes nothing to our streams but errors."""
        command = [sys.executable, "-m", "pipelines.serving.catching_up", str(self._home)]
        self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        with suppress(OSError, AttributeError):  # no such thing on this system, or it has ended
            os.setpriority(os.PRIO_PROCESS, self._child.pid, POLITE)
        try:
            return self._child.wait()
        finally:
            self._child = None
