"""What staff should know of the call display: small signs in its corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.ui.display.view import Sign

if TYPE_CHECKING:
    from kiosk.app.announcing import Announcer
    from kiosk.app.office import Office


def signs_of(
    office: Office, announcer: Announcer, *, failed: bool, read_at: str, away: bool
) -> tuple[Sign, ...]:
    """`failed`: the calls cannot be read now; `read_at` when they last were, empty for never since the start;
    `away`: only this machine's own are seen."""
    say = office.catalogue("ja").text
    found = []
    if announcer.muted:
        found.append(Sign("moon", say("display.sign.mute")))
    elif announcer.silent:
        found.append(Sign("volume-x", say("display.sign.silent")))
    if failed and read_at:
        found.append(Sign("triangle-alert", say("display.sign.stale", time=read_at)))
    elif failed:
        found.append(Sign("triangle-alert", say("display.sign.unread")))
    elif away:
        found.append(Sign("triangle-alert", say("display.sign.away")))
    return tuple(found)
