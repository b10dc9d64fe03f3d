"""Answers the pages behind signed links."""

from __future__ import annotations

from pipelines.serving.reach import Reach
from pipelines.serving.refusing import as_refusal
from pipelines.telling import deeds


class Links:
    """Answers ``LinkPort``."""

    def __init__(self, reach: Reach) -> None:
        self._home = reach.home

    def question(self, token: str) -> str:
        with as_refusal():
            return deeds.question(self._home, token)

    def do(self, token: str) -> str:
        with as_refusal():
            return deeds.do(self._home, token)
