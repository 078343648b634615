"""The first tables: numbers given, tickets, their periods and notes, keys of days."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE number (
    site text NOT NULL,
    day date NOT NULL,
    letter text NOT NULL,
    last integer NOT NULL,
    PRIMARY KEY (site, day, letter)
);

CREATE TABLE ticket (
    id uuid PRIMARY KEY,
    site text NOT NULL,
    day date NOT NULL,
    number text NOT NULL,
    twice boolean NOT NULL DEFAULT false,
    language text NOT NULL,
    lane text NOT NULL,
    first boolean NOT NULL,
    due timestamptz,
    state text NOT NULL,
    issued timestamptz NOT NULL,
    waiting_since timestamptz NOT NULL,
    content bytea NOT NULL,
    written xid8 NOT NULL
);
COMMENT ON COLUMN ticket.twice IS
    'the number was given to another ticket too, by two machines with one letter while the database was away';
COMMENT ON COLUMN ticket.state IS 'of the last period; with issued and waiting_since it is there for the queue';
COMMENT ON COLUMN ticket.content IS 'sealed as in the journal';
COMMENT ON COLUMN ticket.written IS 'transaction that wrote it last: who knows all before it asks for the rest';
CREATE UNIQUE INDEX ticket_number ON ticket (site, day, number) WHERE NOT twice;
CREATE INDEX ticket_written ON ticket (day, written);
CREATE INDEX ticket_waiting ON ticket (day, site, lane) WHERE state = 'waiting';

CREATE TABLE period (
    ticket uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
    key text NOT NULL,
    place integer NOT NULL,
    state text NOT NULL,
    at timestamptz NOT NULL,
    counter text NOT NULL,
    staff text NOT NULL,
    stamp text NOT NULL,
    PRIMARY KEY (ticket, key)
);
COMMENT ON COLUMN period.key IS 'its stamp; where a period of former years has none, its state, time and counter';

CREATE TABLE note (
    ticket uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
    stamp text NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (ticket, stamp)
);
"""


def upgrade() -> None:
    op.execute(TABLES)


def downgrade() -> None:
    raise RuntimeError("tickets are not thrown away: restore a backup instead")
