"""Consultation records beside a ticket's notes, and periods that take another one back."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = """
ALTER TABLE period ADD COLUMN undoes text NOT NULL DEFAULT '';
COMMENT ON COLUMN period.undoes IS 'stamp of the period this one takes back';
COMMENT ON COLUMN ticket.state IS
    'of the last period that was not taken back; as issued and waiting_since, for the queue';

CREATE TABLE record (
    ticket uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
    author text NOT NULL,
    stamp text NOT NULL,
    sealed json NOT NULL,
    PRIMARY KEY (ticket, author)
);
COMMENT ON TABLE record IS 'of each author of a consultation record the newest';
"""


def upgrade() -> None:
    op.execute(TABLES)


def downgrade() -> None:
    raise RuntimeError("records are not thrown away: restore a backup instead")
