"""The logbook's tables as a whole: whoever goes through all of them takes ``metadata`` from here."""

from __future__ import annotations

# ruff: noqa: F401, each file adds its tables
from pipelines.logbook import account_tables, coach_tables, exercise_tables, rights_tables, telling_tables
from pipelines.logbook.tables import metadata

__all__ = ["metadata"]
