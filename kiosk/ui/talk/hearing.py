"""What the recognizer answers during a talk, as the page's state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.core.heard import Ended, Final, Heard, Level, Partial
from kiosk.core.visit import MAX_NARRATIVE
from kiosk.errors import Trouble
from kiosk.ui.resident.doubts import doubts_in
from kiosk.ui.resident.speak import Ear, Speaking

DEAD = frozenset({"trouble.no_microphone", "trouble.no_speech_model"})
"""Troubles after which there is no use in pressing again."""


def heard(now: Speaking, what: Heard | Trouble, say: Callable[..., str]) -> Speaking:
    """The microphone's page after a sound, a word or a trouble."""
    match what:
        case Level(dbfs, clipped, speech):
            return replace(now, ear="listening", dbfs=dbfs, clipped=clipped, speech=speech)
        case Partial(text):
            return replace(now, ear="listening", provisional=text)
        case Final(text, words):
            # A pause is a line end: recognizers give no full stops, and sentences are translated one by one.
            whole = "\n".join(part for part in (now.text, text) if part)[:MAX_NARRATIVE]
            start = len(now.text) + 1 if now.text else 0
            doubts = (*now.doubts, *doubts_in(whole, words, start))
            return replace(now, text=whole, doubts=doubts, provisional="")
        case Ended():
            return replace(now, ear="heard" if now.text else "idle", provisional="", nothing=not now.text)
        case Trouble():
            ear: Ear = "heard" if now.text else "off" if what.key in DEAD else "idle"
            return replace(now, ear=ear, provisional="", trouble=say(what.key, **what.details))
    return now
