"""Runs the logbook's migrations on the connection that ``store.open_logbook`` hands over."""

from __future__ import annotations

from alembic import context

from pipelines.logbook.whole_shape import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
