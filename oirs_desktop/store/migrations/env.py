"""Alembic's frame: always on the connection that is given, inside its transaction."""

from __future__ import annotations

from alembic import context

from oirs_desktop.store.tables import SCHEMA, metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
# Read at the next start instead of importing Alembic; part of the same transaction.
connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
