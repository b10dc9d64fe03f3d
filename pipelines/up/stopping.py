"""A stop that was asked for stays asked for, whatever becomes of the exception that asks for it."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from types import FrameType


class Stopped(KeyboardInterrupt):
    """Ctrl-C or SIGTERM. Of its own kind, because Python ends with 130 where a plain KeyboardInterrupt has passed
    through code made from text (as dataclasses are), even if it was caught after that."""


@dataclass(slots=True)
class Stop:
    """Raises Stopped at a signal, and remembers it: libraries turn it into errors of their own, and Python drops
    one that comes while it cleans up."""

    wanted: bool = False

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.wanted = True
        raise Stopped
