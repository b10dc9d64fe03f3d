"""What pages were made of, kept until something changes: bounded, and shared by all threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

Made = TypeVar("Made")
USUALLY = 512  # an athlete's page is some 10 kB


class Kept:
    """Keeps the newest ``most`` answers, each for as long as the state is what it was made in."""

    def __init__(self, state: Callable[[], str], most: int = USUALLY) -> None:
        self._state = state
        self._most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, asked: Hashable, make: Callable[[], Made]) -> Made:
        """What was asked, made now or kept from before. ``asked`` names all that the answer depends on:
        the question, what it is about, and the scopes of who asks.

        Two who ask the same at once wait for one answer; what raises is not kept.
        """
        key = (self._state(), asked)  # before it is made: a change meanwhile makes it anew
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast(Made, self._answers[key])
            turn = self._making.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._answers:
                    return cast(Made, self._answers[key])
            try:
                answer = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            with self._lock:
                self._answers[key] = answer
                while len(self._answers) > self._most:
                    self._answers.popitem(last=False)
        return answer

    def __len__(self) -> int:
        return len(self._answers)
