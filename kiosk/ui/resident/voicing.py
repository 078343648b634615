"""Answering a question by voice: one of the choices is heard, shown, and confirmed by touch or a spoken yes.

A recognizer with a short list of words has no reliable "none of these" (measured: unrelated speech came back
as one of its words with full confidence), so nothing said is ever an answer by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core.flow import UNKNOWN, UNSAID
from kiosk.core.heard import Ended, Heard, Level, Picked, Spoken
from kiosk.core.steps import Page
from kiosk.data.spoken import confirming, questions_own, read_spoken, spoken_choices
from kiosk.errors import Trouble
from kiosk.ui.resident.ask import Asked, per_page
from kiosk.ui.resident.voiced import Voice

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk

ASKING = frozenset({Page.CALLER, Page.TOPIC, Page.QUESTION})
"""Pages with answers that can be said."""
NO_CHOICES = "trouble.no_spoken_choices"


def of_page(kiosk: Kiosk) -> Voice | None:
    """How it stands on the present page; None where it cannot be answered by voice here and now."""
    able = (
        kiosk.visit.at.page in ASKING
        and kiosk.actions.abilities(kiosk.language.tag).speech
        and bool(read_spoken(kiosk.language.tag).choice)
    )
    return kiosk.voice if able else None


def press(kiosk: Kiosk, kind: str) -> bool:
    """The button, yes and no. False where the press is another's; then listening ends."""
    if kind == "voice" and kiosk.voice.ear in ("idle", "asked"):
        leave(kiosk)
        if of_page(kiosk) is not None:
            _listen(kiosk)
    elif kind in ("voice-yes", "voice-no") and kiosk.voice.picked:
        _decide(kiosk, kind == "voice-yes")
    else:
        leave(kiosk)
        return kind.startswith("voice")
    return True


def leave(kiosk: Kiosk) -> None:
    """Stop hearing; what is still heard counts no more."""
    if kiosk.voice.ear != "idle":
        kiosk.actions.stop_listening()
        kiosk.session += 1
        kiosk.voice = Voice()


def _listen(kiosk: Kiosk) -> None:
    from kiosk.ui.resident.pages import asked_on, scene

    asked = asked_on(kiosk)
    count = per_page(scene(kiosk))
    page = asked.page % max(1, -(-len(asked.options) // count))
    labels = {option.id: option.label for option in asked.options}
    keys = questions_own(labels) if kiosk.visit.at.page is Page.QUESTION else {}
    labels |= {name: kiosk.say(f"answer.{name}") for name in (UNKNOWN, UNSAID)}
    shown = [option.id for option in asked.options[page * count : (page + 1) * count]]
    choices = spoken_choices(labels, read_spoken(kiosk.language.tag), keys, shown)
    kiosk.voice = Voice("loading")
    _hear(kiosk, choices, lambda picked: _picked(kiosk, asked, count, picked))


def _hear(kiosk: Kiosk, choices: Sequence[Spoken], found: Callable[[str], None]) -> None:
    kiosk.session += 1
    session = kiosk.session

    def hear(heard: Heard | Trouble) -> None:
        if session == kiosk.session:
            kiosk.touched = kiosk.clock()
            _heard(kiosk, heard, found)
            kiosk.show()

    kiosk.actions.choose(choices, kiosk.language.tag, kiosk.guard(hear))


def _heard(kiosk: Kiosk, heard: Heard | Trouble, found: Callable[[str], None]) -> None:
    now = kiosk.voice
    match heard:
        case Level():
            ear = "listening" if now.ear == "loading" else now.ear
            kiosk.voice = replace(now, ear=ear, dbfs=heard.dbfs)
        case Picked(id=""):
            kiosk.told = kiosk.say("voice.none")
        case Picked():
            found(heard.id)
        case Ended() if now.ear != "asked":
            kiosk.voice = Voice()  # nobody said anything
        case Trouble() if now.ear != "asked":
            # What troubles say of microphones and engines sends people to the keyboard; here are buttons.
            kiosk.told = kiosk.say(heard.key if heard.key == NO_CHOICES else "voice.trouble")
            kiosk.voice = Voice()


def _picked(kiosk: Kiosk, asked: Asked, count: int, picked: str) -> None:
    """Show the choice that was heard, and listen for yes and no."""
    ids = [option.id for option in asked.options]
    if picked in ids:
        kiosk.page = ids.index(picked) // count
    kiosk.told = ""
    kiosk.voice = Voice("asked", picked=picked)
    _hear(kiosk, confirming(read_spoken(kiosk.language.tag)), lambda said: _decide(kiosk, said == "yes"))


def _decide(kiosk: Kiosk, yes: bool) -> None:
    """Take the choice as if it had been touched, or hear another one."""
    from kiosk.ui.resident import presses

    picked = kiosk.voice.picked
    leave(kiosk)
    if yes:
        presses.press(kiosk, "choose", picked)
    else:
        _listen(kiosk)
