"""A stop that was asked for stays asked for, whatever becomes of the exception that asks for it."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from types import FrameType


@dataclass(slots=True)
class Stop:
    """Raises KeyboardInterrupt at Ctrl-C and SIGTERM, as usual, and remembers it: libraries turn it into errors of
    their own, and Python drops one that comes while it cleans up."""

    wanted: bool = False

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.wanted = True
        raise KeyboardInterrupt
