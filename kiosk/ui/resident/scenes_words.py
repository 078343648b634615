"""Pages where somebody's own words are said, written and translated, for photographs and tests."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from kiosk.core.heard import Ended, Final, Level, Partial, Passage, Picked, Translation, Word
from kiosk.data.spoken import read_spoken
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities
from kiosk.ui.resident.gallery import Guide, richest
from kiosk.ui.resident.pages import asked_on


def speak(guide: Guide) -> None:
    actions = guide.actions
    guide.start(richest(guide.kiosk.shop))
    guide.answer()
    guide.take("speak")
    guide.press("listen")
    guide.take("speak-loading")
    assert actions.hear is not None
    guide.time = 14.0
    for heard in (Level(-22.0, speech=True), Final(guide.sentences(1)), Partial(guide.say("speak.again"))):
        actions.hear(heard)
    guide.kiosk.tick()
    guide.take("speak-listening")
    actions.hear(Level(-52.0, speech=True))
    guide.take("speak-quiet")
    actions.hear(Level(-2.0, clipped=True))
    guide.take("speak-loud")
    actions.hear(Final(guide.sentences(4)))
    actions.hear(Trouble("trouble.microphone_lost"))
    guide.take("speak-lost")
    guide.press("listen")
    actions.hear(Ended("pressed"))
    guide.take("speak-heard")
    _doubtful(guide)
    guide.start(richest(guide.kiosk.shop))
    guide.answer()
    guide.press("listen")
    actions.hear(Ended("pressed"))
    guide.take("speak-nothing")
    actions.able = Abilities(speech=False, translation=True, voice=False)
    guide.start(richest(guide.kiosk.shop))
    guide.answer()
    guide.take("speak-off")


def _doubtful(guide: Guide) -> None:
    """Words to be looked at, and one of them."""
    words = []
    for piece in guide.sentences(2).split():
        # A script without blanks between its words.
        step = 4 if len(piece) > 12 and guide.tag.startswith(("zh", "ja")) else len(piece)
        words += [piece[at : at + step] for at in range(0, len(piece), step)]
    others = tuple(words[2:6])
    heard = tuple(Word(word, 0.4 if at in (1, 4) else 0.95, others) for at, word in enumerate(words))
    guide.start(richest(guide.kiosk.shop))
    guide.answer()
    guide.press("listen")
    assert guide.actions.hear is not None
    guide.actions.hear(Final(" ".join(words), heard))
    guide.actions.hear(Ended("quiet"))
    guide.take("speak-doubts")
    guide.press("word:0")
    guide.take("word")


def voice(guide: Guide) -> None:
    """A question answered by voice."""
    if not read_spoken(guide.tag).choice:
        return
    guide.start(richest(guide.kiosk.shop))
    guide.press("voice")
    guide.take("voice-loading")
    assert guide.actions.hear is not None
    guide.actions.hear(Level(-20.0, speech=True))
    guide.take("voice-listening")
    guide.actions.hear(Picked("", 0.4))
    guide.take("voice-none")
    first = asked_on(guide.kiosk).options[0].id
    guide.actions.hear(Picked(first, 0.9))
    guide.take("voice-asked")
    guide.press("voice-no", "back")
    guide.press("voice")
    guide.actions.hear(Level(-20.0, speech=True))
    guide.take("voice-topic")


def typing(guide: Guide) -> None:
    guide.start(richest(guide.kiosk.shop))
    guide.answer()
    guide.press("type")
    guide.take("type")
    assert guide.kiosk.typing is not None
    guide.kiosk.typing = replace(guide.kiosk.typing, text=guide.sentences(1))
    guide.take("type-words")
    guide.kiosk.typing = replace(guide.kiosk.typing, text=guide.sentences(4) * 3)
    guide.press("key:<symbols>")
    guide.take("type-long")


def _to_confirm(guide: Guide, count: int) -> None:
    guide.start(richest(guide.kiosk.shop))
    guide.answer()
    guide.press("type")
    assert guide.kiosk.typing is not None
    guide.kiosk.typing = replace(guide.kiosk.typing, text=guide.sentences(count))
    guide.press("next")


def _pointed_at(guide: Guide) -> Translation:
    """Two sentences, of which one came back otherwise."""
    japanese = guide.kiosk.shop.catalogue("ja").text
    text = guide.kiosk.visit.text
    first = guide.sentences(1)
    rest = text[len(first) :].strip()
    made = (japanese("review.note"), japanese("notice.secret.text"))
    passages = (Passage(first, made[0], first), Passage(rest, made[1], rest, 0.1))
    return Translation(text, guide.tag, "".join(made), text, "argos sample", alike=0.6, passages=passages)


def _refused_one(guide: Guide) -> Translation:
    """Four sentences, the third of which could not be translated and stands there as it was said."""
    japanese = guide.kiosk.shop.catalogue("ja").text
    text = guide.kiosk.visit.text
    said = [guide.sentences(count) for count in range(1, 5)]
    parts = [said[0], *(after[len(before) :].strip() for before, after in pairwise(said))]
    keys = ("review.note", "notice.secret.text", "done.no_printer.text", "other.text")
    passages = [Passage(part, japanese(key), part) for part, key in zip(parts, keys, strict=True)]
    passages[2] = Passage(parts[2], "", "", 0.0, "untranslated")
    made = "".join(one.translated or f"「{one.original}」（原文のまま）" for one in passages)
    back = " ".join(one.back or f"[{one.original}]" for one in passages)
    return Translation(text, guide.tag, made, back, "argos sample", alike=0.7, passages=tuple(passages))


def confirm(guide: Guide) -> None:
    if guide.kiosk.shop.languages[guide.tag].is_japanese:
        return
    actions = guide.actions
    japanese = guide.kiosk.shop.catalogue("ja").text
    for name, count, sample, alike in (("", 1, False, 1.0), ("-long", 4, True, 0.1)):
        _to_confirm(guide, count)
        guide.take(f"confirm-working{name}")
        assert actions.translated is not None
        text = guide.kiosk.visit.text
        keys = ("review.note", "notice.secret.text", "done.no_printer.text", "other.text")[:count]
        made = "".join(japanese(key) for key in keys)
        actions.translated(Translation(text, guide.tag, made, text, "argos sample", sample, alike))
        guide.take(f"confirm{name}")
    _to_confirm(guide, 2)
    assert actions.translated is not None
    actions.translated(_pointed_at(guide))
    guide.take("confirm-here")
    _to_confirm(guide, 4)
    actions.translated(_refused_one(guide))
    for number in range(1, 9):
        guide.take(f"confirm-partial-{number}")
        if not any(getattr(part, "id", "") == "more" for part in guide.kiosk.sheet().parts):
            break
        if any(getattr(part, "id", "") == "accept" for part in guide.kiosk.sheet().parts):
            break
        guide.press("more")
    _to_confirm(guide, 2)
    actions.translated(replace(_pointed_at(guide), hint=True))
    guide.take("confirm-poor")
    _to_confirm(guide, 2)
    actions.translated(Trouble("trouble.translation_refused"))
    guide.take("confirm-refused")
    actions.able = Abilities(speech=False, translation=False, voice=False)
    _to_confirm(guide, 2)
    guide.take("confirm-none")
