"""Agencies by what is typed of their names."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.core.codes import folded
from kiosk.core.directory import Service

MOST = 40


def services_named(services: Sequence[Service], typed: str) -> list[Service]:
    """Services in whose names, in any language, or telephone number all typed words occur; MOST of them."""
    wanted = [folded(word) for word in typed.split()]
    found = []
    for service in services:
        names = " ".join(text for _, text in service.names)
        there = folded(f"{service.service_ja} {service.organisation_ja} {service.telephone} {names}")
        if all(word in there for word in wanted):
            found.append(service)
            if len(found) == MOST:
                break
    return found
