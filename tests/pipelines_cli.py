"""Runs the command line in processes of its own, for tests that use it as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-16"


def kneewise(
    *words: str | Path, home: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, as a terminal would."""
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *map(str, words), "--home", str(home)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "KNEEWISE_TODAY": TODAY, "COLUMNS": "300", **(env or {})},
        cwd=PROJECT,
    )


def answer(*words: str | Path, home: Path) -> Any:
    """What a listing prints as JSON."""
    done = kneewise(*words, "--json", home=home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
