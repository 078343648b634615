"""What the recognizer answers, as the state of the page with the microphone: at the kiosk and in a talk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.core.heard import Ended, Final, Heard, Level, Partial
from kiosk.core.visit import MAX_NARRATIVE
from kiosk.errors import Trouble
from kiosk.ui.resident.doubts import doubts_in
from kiosk.ui.resident.speaking import Ear, Speaking

DEAD = frozenset({"trouble.no_microphone", "trouble.no_speech_model", "trouble.model_damaged"})
"""Troubles that another press cannot mend."""


def heard(now: Speaking, what: Heard | Trouble, say: Callable[..., str]) -> Speaking:
    """The microphone's page after a sound, a word or a trouble; `say` gives the words of a trouble."""
    match what:
        case Level(dbfs, clipped, speech):
            return replace(now, ear="listening", dbfs=dbfs, clipped=clipped, speech=speech)
        case Partial(text):
            return replace(now, ear="listening", provisional=text)
        case Final(text, words):
            whole = _joined(now.text, text)
            start = len(now.text) + 1 if now.text else 0
            doubts = (*now.doubts, *doubts_in(whole, words, start))
            return replace(now, text=whole, doubts=doubts, provisional="")
        case Ended():
            return replace(now, ear="heard" if now.text else "idle", provisional="", nothing=not now.text)
        case Trouble():
            ear: Ear = "heard" if now.text else "off" if what.key in DEAD else "idle"
            return replace(now, ear=ear, provisional="", trouble=say(what.key, **what.details))
    return now


def _joined(before: str, text: str) -> str:
    """A pause between two stretches of speech is a line end: recognizers give no full stops, and sentences
    are translated one by one."""
    return "\n".join(part for part in (before, text) if part)[:MAX_NARRATIVE]
