"""One attempt to send something: how it ended, and how long to wait before the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pipelines.channels.outcomes import NotSent, Refused, Unsure

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# Quick at first, for a server that restarts; then patient; after three days and a half it is given up.
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 8 * HOUR, *[12 * HOUR] * 2, *[24 * HOUR] * 2)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round did: deliveries sent, failed for good, and those to be tried again."""

    sent: int = 0
    failed: int = 0
    later: int = 0

    def __add__(self, other: Sent) -> Sent:
        return Sent(self.sent + other.sent, self.failed + other.failed, self.later + other.later)


@dataclass(frozen=True, slots=True)
class Ended:
    """``again`` is when to try again: of what is ``waiting`` (it has surely not arrived) or ``unsure`` (it may have)."""

    state: Literal["sent", "failed", "waiting", "unsure"]
    reason: str | None
    again: datetime

    @property
    def counted(self) -> Sent:
        return Sent(self.state == "sent", self.state == "failed", self.state in ("waiting", "unsure"))


def attempt(speak: Callable[[], None], earlier: int, now: datetime) -> Ended:
    """Try to send once, after so many earlier attempts."""
    again = now + PAUSES[min(earlier, len(PAUSES) - 1)]
    try:
        speak()
    except Refused as error:
        return Ended("failed", str(error), again)
    except (NotSent, Unsure) as error:
        if earlier >= len(PAUSES):
            return Ended("failed", f"given up after {earlier + 1} attempts: {error}", again)
        return Ended("unsure" if isinstance(error, Unsure) else "waiting", str(error), again)
    return Ended("sent", None, again)
