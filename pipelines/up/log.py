"""What happened, a line each: for a person, or as JSON for a collector.

A line holds names of duties, numbers and kinds of errors: nobody's name, nothing about a body, no place. An
error's own words may hold such, so they stay in the logbook, where `kneewise status` shows them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Log:
    say: Callable[[str], None]
    now: Callable[[], datetime]
    as_json: bool = False

    def __call__(self, event: str, **facts: Value) -> None:
        at = self.now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        if self.as_json:
            self.say(json.dumps({"at": at, "event": event, **facts}))
        else:
            self.say(" ".join((at, event, *(f"{name}={value}" for name, value in facts.items()))))


def kind_of(error: Exception) -> str:
    """The error's class and the line that raised it: enough to know it again, and none of its words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    module = trace.tb_frame.f_globals.get("__name__", "?")
    return f"{type(error).__name__} at {module}:{trace.tb_lineno}"
