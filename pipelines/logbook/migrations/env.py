"""Runs the logbook's migrations on the connection that ``store.open_logbook`` hands over."""

from __future__ import annotations

from alembic import context

# all of them, so that the shape is known as a whole
from pipelines.logbook import (  # noqa: F401
    account_tables,
    coach_tables,
    exercise_tables,
    rights_tables,
    telling_tables,
)
from pipelines.logbook.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
