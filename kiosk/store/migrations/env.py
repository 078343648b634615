"""Runs the migrations over the same kind of connection as everything else. Alembic reads this file."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, pool, text

from kiosk.store.pg.link import connect

ONE_AT_A_TIME = 7_042_615
"""Number of the lock of the database that keeps two machines from migrating at once."""

engine = create_engine(
    "postgresql+psycopg://",
    creator=lambda: connect(context.config.attributes["url"]),
    poolclass=pool.NullPool,
)
with engine.connect() as connection:
    # Tables that grew for years take longer than a ticket's change may.
    connection.execute(text("SET statement_timeout = 0"))
    connection.execute(text("SET lock_timeout = 0"))
    connection.execute(text("SET idle_in_transaction_session_timeout = 0"))
    connection.commit()
    context.configure(connection=connection, transaction_per_migration=False)
    with context.begin_transaction():
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        context.run_migrations()
    connection.commit()
