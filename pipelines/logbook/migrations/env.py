"""Runs the logbook's migrations on the connection that ``store.open_logbook`` hands over."""

from __future__ import annotations

from alembic import context

# ruff: noqa: F401, so that the shape is known as a whole
from pipelines.logbook import account_tables, coach_tables, rights_tables, telling_tables
from pipelines.logbook.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
