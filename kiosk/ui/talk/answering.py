"""What the resident presses during a talk, page by page. What makes no sense there does nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kiosk.ui.talk.own_words import listen, send, tell, type_in
from kiosk.ui.talk.room import filled, hinted
from kiosk.ui.talk.talk import Line

if TYPE_CHECKING:
    from kiosk.ui.talk.conversation import Conversation


def press(conversation: Conversation, target: str) -> None:
    """A press on the resident's page. What makes no sense there does nothing."""
    kind, _, detail = target.partition(":")
    now = conversation.now
    if kind == "size":
        conversation.talk = now.larger()
    elif kind == "read":
        conversation.read()
    elif kind == "back":
        conversation.leave()
        conversation.talk = now.back()
    elif now.page == "phrase" or (now.page == "sent" and kind == "answer"):
        _on_phrase(conversation, kind, detail)
    elif now.page == "number":
        _on_number(conversation, kind, detail)
    elif now.page == "date":
        _on_date(conversation, kind, detail)
    elif now.page in ("speak", "word"):
        _on_speak(conversation, kind, detail)
    elif now.page == "type":
        _on_type(conversation, kind, detail)
    elif now.page == "confirm":
        _on_confirm(conversation, kind)


def _on_phrase(conversation: Conversation, kind: str, detail: str) -> None:
    now = conversation.now
    if kind == "answer" and detail in now.answers:
        if detail in ("number", "date"):
            conversation.leave()
            conversation.talk = now.opened(detail, conversation.room.today())
        else:
            key = f"talk.answer.{detail}"
            conversation.add(Line("resident", conversation.japanese(key), conversation.say(key), "touch"))
    elif kind == "speak" and conversation.able.speech:
        conversation.leave()
        conversation.talk = now.fresh("speak")
    elif kind == "write":
        conversation.leave()
        type_in(conversation, "")


def _on_number(conversation: Conversation, kind: str, detail: str) -> None:
    now = conversation.now
    if kind == "digit":
        conversation.talk = now.digit(detail)
    elif kind == "send" and now.digits:
        _figure(conversation, "money" if now.asks_money else "n", now.digits)


def _on_date(conversation: Conversation, kind: str, detail: str) -> None:
    now = conversation.now
    if kind == "months" and detail in ("-12", "-1", "1", "12"):
        conversation.talk = now.months(int(detail))
    elif kind == "day" and detail.isdigit():
        try:
            day = date(*now.month, int(detail))
        except ValueError:
            return
        _figure(conversation, "date", day.isoformat())


def _figure(conversation: Conversation, kind: str, value: str) -> None:
    """A number or a day as the answer, in both languages' words."""
    japanese, text = (
        filled(conversation.room.words(tag), {kind: value})[kind] for tag in ("ja", conversation.now.language)
    )
    conversation.add(Line("resident", japanese, text, "touch"))


def _on_speak(conversation: Conversation, kind: str, detail: str) -> None:
    now = conversation.now
    number = int(detail) if detail.isdigit() else -1
    if kind == "listen":
        listen(conversation)
    elif kind == "type":
        text = now.speaking.text
        conversation.leave()
        type_in(conversation, text)
    elif kind == "next" and now.speaking.text:
        tell(conversation, now.speaking.text, "speech")
    elif kind == "word" and 0 <= number < len(now.speaking.doubts):
        conversation.talk = replace(now, page="word", word=number)
    elif now.page == "word" and kind in ("as", "drop", "write"):
        _on_word(conversation, kind, number)


def _on_word(conversation: Conversation, kind: str, number: int) -> None:
    now = conversation.now
    if kind == "write":
        type_in(conversation, now.speaking.text)
        return
    doubt = now.speaking.doubts[now.word]
    words = (now.speaking.text[doubt.start : doubt.end], *doubt.others)
    if kind == "drop" or 0 <= number < len(words):
        conversation.talk = now.mended("" if kind == "drop" else words[number])


def _on_type(conversation: Conversation, kind: str, detail: str) -> None:
    now = conversation.now
    assert now.typing is not None
    if kind == "key":
        conversation.talk = replace(now, typing=now.typing.press(detail))
    elif kind == "next" and now.typing.whole.strip():
        tell(conversation, now.typing.whole.strip(), "typed")


def _on_confirm(conversation: Conversation, kind: str) -> None:
    own = conversation.now.own
    assert own is not None
    if kind == "type":
        conversation.leave()
        type_in(conversation, own.text)
    elif kind == "more":
        conversation.talk = replace(conversation.now, own=replace(own, page=own.page + 1))
    elif kind == "untranslated":
        send(conversation, replace(own, translation=own.translation if hinted(own) else None))
    elif kind == "accept" and own.translation is not None and not own.trouble:
        send(conversation, own)
