"""How much memory a command and all its children take together, looked at while it runs (Linux)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK_EVERY_S = 0.05
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of a command: wall time, the processor time of all its processes, and the largest sum of
    resident memory (pages that processes share count for each of them)."""

    seconds: float
    cpu_s: float
    peak_bytes: int
    output: str


def run(command: Sequence[str], env: Mapping[str, str]) -> Ran:
    """Run to the end. Raises RuntimeError with what it said if it fails."""
    before = os.times()
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **env}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, resident_bytes(process.pid))
        time.sleep(LOOK_EVERY_S)
    seconds = time.perf_counter() - began
    after = os.times()
    output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{output}")
    cpu_s = after.children_user + after.children_system - before.children_user - before.children_system
    return Ran(seconds, cpu_s, peak, output)


def resident_bytes(root: int) -> int:
    """Resident memory of a process and all its descendants, summed."""
    children: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            _, _, told = (folder / "stat").read_text().rpartition(") ")
            pages[int(folder.name)] = int((folder / "statm").read_text().split()[1])
        except OSError:  # ended since it was listed
            continue
        children.setdefault(int(told.split()[1]), []).append(int(folder.name))
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        total += pages.get(process, 0) * _PAGE_BYTES
        waiting += children.get(process, [])
    return total


def kneewise(*words: str | Path) -> list[str]:
    """The command line of this checkout."""
    return [sys.executable, "-m", "pipelines.cli", *map(str, words)]
