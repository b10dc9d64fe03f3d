"""The real sender in a process of its own, which may be told at which step to die (kill -9)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pipelines_cli import PROJECT

# The sender as it is, but one step of it is its last: a function of the deliveries, or of coaches' digests.
SENDER = """
import os, signal, sys
from pathlib import Path
from types import SimpleNamespace
from pipelines import settings
from pipelines.logbook import deliveries, digests
from pipelines.logbook.store import open_logbook
from pipelines.telling.sending import send_due

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

whose, _, step = sys.argv[2].rpartition(".")
if step:
    setattr(digests if whose else deliveries, step, die)
told = settings.load(Path(sys.argv[1]))
with open_logbook(told.logbook_place()) as logbook:  # a home without the steps, which take long to import
    send_due(SimpleNamespace(settings=told, logbook=logbook), is_patient=False)
"""


def sender(home: Path, port: int, dies_at: str = "") -> subprocess.Popen[bytes]:
    """``dies_at``: ``mark_sent``, or ``digests.mark_done``."""
    return subprocess.Popen(
        [sys.executable, "-c", SENDER, str(home), dies_at],
        cwd=PROJECT,
        env={
            **os.environ,
            "KNEEWISE_SMTP_HOST": "127.0.0.1",
            "KNEEWISE_SMTP_PORT": str(port),
            "KNEEWISE_SMTP_SECURITY": "none",
            "KNEEWISE_SMTP_FROM": "knee@example.org",
        },
    )
