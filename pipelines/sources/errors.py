"""The two ways in which a file does not become workouts, each with a sentence for its owner."""

from __future__ import annotations


class NotAWorkout(Exception):
    """The file is fine, but there is no workout in it: settings, a route, a photo, an archive.

    ``reason`` is one plain sentence that says what it is and, where something can be done, what.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnreadableWorkout(Exception):
    """The file should hold a workout, but nothing usable could be read from it.

    ``reason`` is one plain sentence; ``offset`` is the byte where reading had to stop, where known.
    """

    def __init__(self, reason: str, offset: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset
