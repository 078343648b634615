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
    content json NOT NULL,
    written xid8 NOT NULL
);
COMMENT ON COLUMN ticket.twice IS
    'the number is another ticket''s too: two machines had one letter while the database was away';
COMMENT ON COLUMN ticket.state IS 'of the last period; as issued and waiting_since, for the queue';
COMMENT ON COLUMN ticket.content IS 'sealed as in the journal';
COMMENT ON COLUMN ticket.written IS 'by which transaction last: who knows all before asks for the rest';
CREATE UNIQUE INDEX ticket_number ON ticket (site, day, number) WHERE NOT twice;
CREATE INDEX ticket_written ON ticket (day, written);
CREATE INDEX ticket_longest ON ticket (day, site, lane, first, waiting_since, issued, id)
    WHERE state = 'waiting' AND due IS NULL;
CREATE INDEX ticket_language ON ticket (day, site, lane, first, language, waiting_since, issued, id)
    WHERE state = 'waiting' AND due IS NULL;
CREATE INDEX ticket_due ON ticket (day, site, lane, due) WHERE state = 'waiting' AND due IS NOT NULL;

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
COMMENT ON COLUMN period.key IS 'its stamp; one of former years has none: its state, time and counter';

CREATE TABLE note (
    ticket uuid NOT NULL REFERENCES ticket ON DELETE CASCADE,
    stamp text NOT NULL,
    sealed json NOT NULL,
    PRIMARY KEY (ticket, stamp)
);

CREATE TABLE erased (
    ticket uuid PRIMARY KEY,
    day date NOT NULL,
    written xid8 NOT NULL
);
COMMENT ON TABLE erased IS 'tickets erased on request: no machine brings them back';

CREATE TABLE stamp (
    day date NOT NULL,
    device text NOT NULL,
    latest text NOT NULL,
    PRIMARY KEY (day, device)
);
COMMENT ON TABLE stamp IS 'highest stamp of each device on a day: what is written next comes after';

CREATE TABLE day_key (
    day date NOT NULL,
    mark text NOT NULL,
    key json NOT NULL,
    PRIMARY KEY (day, mark)
);
COMMENT ON TABLE day_key IS
    'keys of days made by any machine, each closed to the office: with its row gone a day opens no more'
"""


def upgrade() -> None:
    op.execute(TABLES)


def downgrade() -> None:
    raise RuntimeError("tickets are not thrown away: restore a backup instead")
