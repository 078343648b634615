"""Damage met, each told and logged once."""

from __future__ import annotations

import logging

from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)


class Faults:
    def __init__(self) -> None:
        self._met: dict[Fault, None] = {}

    def add(self, fault: Fault) -> None:
        if fault not in self._met:
            log.warning("%s: %s at %s, kept as %s", fault.file, fault.key, fault.place, fault.copy or "-")
            self._met[fault] = None

    @property
    def met(self) -> tuple[Fault, ...]:
        """Oldest first."""
        return tuple(self._met)
