"""Reading the page aloud, and stopping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk


def read(kiosk: Kiosk) -> None:
    """Read what stands on the page, or stop doing so."""
    if kiosk.reading:
        hush(kiosk)
        return
    if kiosk.visit.language and not kiosk.actions.abilities(kiosk.language.tag).voice:
        kiosk.told = kiosk.say("trouble.no_voice")
        return
    kiosk.reading = True
    kiosk.readings += 1
    reading = kiosk.readings

    def ended(trouble: Trouble | None) -> None:
        if reading == kiosk.readings:  # not an earlier reading that was stopped
            _read_out(kiosk, trouble)

    kiosk.actions.say(kiosk.sheet().reads, kiosk.language.tag, kiosk.guard(ended))


def _read_out(kiosk: Kiosk, trouble: Trouble | None) -> None:
    kiosk.reading = False
    if trouble is not None:
        kiosk.told = kiosk.say(trouble.key, **trouble.details)
    kiosk.show()


def hush(kiosk: Kiosk) -> None:
    """Stop reading aloud."""
    if kiosk.reading:
        kiosk.reading = False
        kiosk.actions.hush()
