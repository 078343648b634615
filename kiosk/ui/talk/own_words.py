"""The resident's own words in a talk: spoken or typed, translated, sent to the counselor."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kiosk.core.heard import ALIKE, Heard, Translation
from kiosk.data.keyboards import read_keyboard
from kiosk.errors import Trouble
from kiosk.ui.resident.hearing import heard
from kiosk.ui.resident.speaking import Speaking
from kiosk.ui.resident.typing import Typing
from kiosk.ui.talk.room import differing
from kiosk.ui.talk.talk import Line, Means, Own

if TYPE_CHECKING:
    from kiosk.ui.talk.conversation import Conversation


def type_in(conversation: Conversation, text: str) -> None:
    """On to the keyboard, with what is there to be mended."""
    typing = Typing(read_keyboard(conversation.now.language), text)
    conversation.talk = replace(conversation.now.fresh("type"), typing=typing)


def listen(conversation: Conversation) -> None:
    """Begin to listen, or end it."""
    now = conversation.now
    if now.speaking.ear == "listening":
        conversation.engines.stop_listening()
    elif now.speaking.ear in ("idle", "heard"):
        kept = now.speaking
        conversation.since = conversation.clock()
        conversation.talk = replace(now, speaking=Speaking("loading", text=kept.text, doubts=kept.doubts))
        conversation.engines.listen(
            now.language, conversation.while_asked("resident", partial(_hear, conversation))
        )


def _hear(conversation: Conversation, what: Heard | Trouble) -> None:
    now = conversation.now
    before = now.speaking
    speaking = heard(before, what, conversation.say)
    if before.ear == "loading" and speaking.ear == "listening":
        conversation.since = conversation.clock()
    conversation.talk = replace(now, speaking=speaking)


def tell(conversation: Conversation, text: str, means: Means) -> None:
    """On with the resident's own words: to their translation, or as they are."""
    conversation.leave()
    if conversation.language.is_japanese:
        send(conversation, Own(text, means))
        return
    own = Own(text, means)
    if not conversation.able.translation:
        own = replace(own, trouble=conversation.say("confirm.not_installed"))
    conversation.talk = replace(conversation.now.fresh("confirm"), own=own)
    if conversation.able.translation:
        conversation.since = conversation.clock()
        conversation.engines.translate(
            text,
            conversation.now.language,
            conversation.while_asked("resident", partial(_translated, conversation)),
        )


def _translated(conversation: Conversation, made: Translation | Trouble) -> None:
    own = conversation.now.own
    if own is None or conversation.now.page != "confirm":
        return
    if isinstance(made, Trouble):
        own = replace(own, trouble=conversation.say(made.key, **made.details))
    elif made.hint:
        own = replace(own, translation=made, trouble=conversation.say("confirm.poor"))
    else:
        key = "confirm.partial" if made.partial else "confirm.here" if made.differing else ""
        key = key or ("confirm.differs" if made.alike < ALIKE else "")
        own = replace(own, translation=made, warning=conversation.say(key) if key else "", page=0)
    conversation.talk = replace(conversation.now, own=own)


def send(conversation: Conversation, own: Own) -> None:
    """The resident's own words to the counselor: accepted with their translation, or as they are."""
    made = own.translation
    if made is None:
        japanese = own.text if conversation.language.is_japanese else ""
        conversation.add(Line("resident", japanese, own.text, own.means))
        return
    conversation.add(
        Line(
            "resident", made.japanese, own.text, own.means, machine=True, hint=made.hint,
            sample=made.sample, back=made.back, differing=differing(made),
        )
    )  # fmt: skip
