"""Everything said in a talk so far, as lines of the consultation record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core.writing import kept_text
from kiosk.errors import Trouble
from kiosk.ui.talk.talk import told

if TYPE_CHECKING:
    from kiosk.core.consultation import Consultation
    from kiosk.ui.counter.console import Console
    from kiosk.ui.talk.talk import Talk


def record_talk(console: Console, talk: Talk | None, say_so: Callable[[str], None]) -> None:
    """Add it to the record of the case that is here; `say_so` gets what became of it."""
    here, say = console.here, console.say
    if console.records is None or here is None or here.content.closed or talk is None or not talk.lines:
        say_so(say("talk.record.none"))
        return
    names = {name: say(f"talk.record.{name}") for name in ("counselor", "resident", "machine", "hint")}
    language = console.cards.language(talk.language)
    text = f"{say('talk.record.head', language=language)}\n{told(talk.lines, names)}"

    def amended(kept: Consultation) -> Consultation:
        return replace(kept, done=kept_text(f"{kept.done}\n{text}" if kept.done else text)[0])

    def done(result: object) -> None:
        say_so(console.told(result) if isinstance(result, Trouble) else say("talk.record.done"))
        console.show()

    console.records.amend(here, amended, done)
