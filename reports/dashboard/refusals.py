"""What a port answers where something cannot be done: in words for the person, shown where they asked."""

from __future__ import annotations


class Refused(ValueError):
    """What, why, and what to do instead, as one or two sentences. Routes show it beside the form; else it is a page."""
