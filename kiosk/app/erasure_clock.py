"""The day that erasing goes by: a clock that has leapt ahead must not cost all tickets."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kiosk.app.erasure_steps import local
from kiosk.store import keyfiles
from kiosk.store.keyfiles import Spoiled

if TYPE_CHECKING:
    from kiosk.app.office import Office

log = logging.getLogger(__name__)

LEAP = 14
"""Days a clock may go on between two runs and still be believed at once."""


def believed(office: Office) -> date:
    """Today; where the clock has leapt ahead, the last day it was believed, until it has gone on for a day:
    a battery that failed must not cost all tickets."""
    path, today = local(office).folder / "clock.seen", office.today()
    try:
        table = keyfiles.read(path) or {"believed": today.isoformat()}
        believed = date.fromisoformat(table["believed"])
        leapt = date.fromisoformat(table["leapt"]) if table.get("leapt") else None
    except (Spoiled, OSError, KeyError, TypeError, ValueError):
        believed, leapt = today, None
    most = timedelta(days=LEAP)
    if today - believed <= most or (leapt is not None and timedelta() < today - leapt <= most):
        believed, leapt = today, None
    elif leapt is None or not timedelta() <= today - leapt <= most:
        leapt = today
        log.warning("the clock leapt from %s to %s: what is due then is erased tomorrow", believed, today)
    with suppress(OSError):
        keyfiles.write(path, {"believed": believed.isoformat(), "leapt": leapt and leapt.isoformat()})
    return believed
