"""Debian's PostgreSQL for the tests, started by themselves; see kiosk.store.pg.trial."""

from __future__ import annotations

from kiosk.store.pg.trial import Server, why_not

__all__ = ["Server", "why_not"]
