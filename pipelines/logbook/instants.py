"""Instants as every store keeps them: in UTC, without saying so."""

from __future__ import annotations

from datetime import UTC, datetime


def plain(instant: datetime) -> datetime:
    """A point in time with its zone, as a column has it."""
    return instant.astimezone(UTC).replace(tzinfo=None)
