"""How sending can end other than well. What matters is whether the receiver may have the message."""

from __future__ import annotations


class NotSent(Exception):
    """The receiver has not taken it; the message says why, without any secret."""


class Refused(NotSent):
    """For good: trying again would give the same answer."""


class TryLater(NotSent):
    """Not now: the line, the server or the settings may be better later."""


class Unsure(Exception):
    """The line broke after the last byte left: the receiver may have it."""
