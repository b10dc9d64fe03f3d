"""What the pages behind signed links ask: what a link is about, and to do it."""

from __future__ import annotations

from typing import Protocol


class LinkPort(Protocol):
    def question(self, token: str) -> str:
        """What pressing the button would do. Changes nothing. Refused for a link that is no good (any more)."""

    def do(self, token: str) -> str:
        """Do it, once or again, and say so. Refused for a link that is no good (any more)."""
