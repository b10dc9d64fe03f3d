"""How ``kneewise up`` stands, in a small file that the web pages' health is told from. Names of duties, no data."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

FAILS_TOO_LONG = timedelta(minutes=15)  # a server that restarts is back by then
SILENT_TOO_LONG = timedelta(hours=1)  # a backlog of years may take a while, and all else waits for it


@dataclass(frozen=True, slots=True)
class Standing:
    """``at`` is the end of the last round (UTC); ``failing`` says since when a duty has been."""

    at: datetime
    duties: Sequence[str]
    failing: Mapping[str, datetime]

    def behind(self, now: datetime) -> tuple[str, ...]:
        """The duties that are late: all, where there was no round for an hour; else those that fail for long."""
        if now - self.at > SILENT_TOO_LONG:
            return tuple(self.duties)
        return tuple(
            duty for duty in self.duties if duty in self.failing and now - self.failing[duty] > FAILS_TOO_LONG
        )


def write(path: Path, standing: Standing) -> None:
    """Replaces what was told before, in one step."""
    told = {
        "at": standing.at.isoformat(),
        "duties": list(standing.duties),
        "failing": {duty: since.isoformat() for duty, since in standing.failing.items()},
    }
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(told), encoding="utf-8")
    os.replace(fresh, path)


def read(path: Path) -> Standing | None:
    """None where nothing is told: ``kneewise up`` was never here, or was stopped in order."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        failing = {duty: datetime.fromisoformat(since) for duty, since in told["failing"].items()}
        return Standing(datetime.fromisoformat(told["at"]), tuple(told["duties"]), failing)
    except (FileNotFoundError, ValueError, KeyError):
        return None
