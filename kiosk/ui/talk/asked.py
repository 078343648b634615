"""The counselor's words before the resident's eyes: what may be answered, and what was."""

from __future__ import annotations

from dataclasses import replace

from kiosk.ui.parts import Box, Icon, Panel, Part, Pill, Rule, Sheet, Target
from kiosk.ui.resident.base import Scene, grid
from kiosk.ui.resident.page import sheet
from kiosk.ui.talk.phrases import ALWAYS, DATE, NUMBER
from kiosk.ui.talk.talk import Line, Talk, bare

FOOT, ASKED, ANSWER = 46, 84, 150
"""Characters of the counselor's Japanese below its translation, of what was asked once it is answered, and of
the answer."""
ICONS = {DATE: "calendar-days", NUMBER: "calculator", "speak": "mic", "write": "keyboard"}


def phrase_page(scene: Scene, line: Line, *, speech: bool) -> Sheet:
    """The phrase, large, with its Japanese; below what may be answered."""
    px = scene.px
    shown = [*line.answers, *(["speak"] if speech else []), "write"]
    columns = 2 if scene.portrait else 4 if len(shown) in (4, 7, 8) else 3
    rows = -(-len(shown) // columns)
    high = px(96)
    bottom = scene.action_top - scene.gap
    area = Box(scene.margin, bottom - rows * high - (rows - 1) * scene.gap, scene.width,
               rows * high + (rows - 1) * scene.gap)  # fmt: skip
    top = px(88)
    card = Box(scene.margin, top, scene.width, area.y - scene.gap - top)
    parts = _said(scene, line, card, 56)
    for name, box in zip(shown, _cells(area, len(shown), columns, scene.gap), strict=True):
        parts.append(_answer(scene, name, box))
    for name, box in zip(ALWAYS, scene.columns(3, scene.action_top, px(96)), strict=True):
        label = scene.say(f"talk.answer.{name}")
        parts.append(scene.target(f"answer:{name}", box, "quiet", label, 24))
    return sheet(scene, "phrase", parts, reads=(line.text,))


def _cells(area: Box, count: int, columns: int, gap: int) -> list[Box]:
    """Boxes in rows; those of the last row share its whole width."""
    rows = -(-count // columns)
    high = (area.h - gap * (rows - 1)) // rows
    boxes: list[Box] = []
    for row in range(rows):
        here = min(columns, count - row * columns)
        line = Box(area.x, area.y + row * (high + gap), area.w, high)
        boxes += grid(line, here, here, gap)
    return boxes


def _answer(scene: Scene, name: str, box: Box) -> Target:
    if name in ("speak", "write"):
        label = scene.say(f"talk.{name}")
        return scene.target(name, box, "secondary", label, 26, icon=ICONS[name])
    label, icon = scene.say(f"talk.answer.{name}"), ICONS.get(name, "")
    return scene.target(f"answer:{name}", box, "choice", label, 28, icon=icon, align="center")


def _said(scene: Scene, line: Line, card: Box, size: float) -> list[Part]:
    """The counselor's words in the resident's language and, smaller, in Japanese."""
    px = scene.px
    own = scene.language.is_japanese and (line.means == "typed" or scene.tag == "ja")
    low = card.h < px(300)
    below = 0 if own else px(52 if low else 72)
    mark = px(48) if line.machine else 0
    inner = card.inset(px(40), px(14))
    text = Box(inner.x, inner.y, inner.w, inner.h - below - mark - px(8))
    parts: list[Part] = [
        Panel(card),
        scene.words(text, line.text, size, bold=True, align="center", valign="middle", private=True),
    ]
    if mark:
        label = scene.say("confirm.sample" if line.sample else "confirm.machine")
        pill = Box(inner.x, text.bottom + px(4), inner.w, px(40))
        parts.append(Pill(pill, label, scene.tag, "bot", "warm", "center", 20 * scene.frame.unit))
    if below:
        foot = Box(inner.x, inner.bottom - below + px(8), inner.w, below - px(8))
        parts += [
            Rule(Box(inner.x, foot.y - px(4), inner.w, 1)),
            scene.words(foot, short(line.japanese, FOOT), 24, colour="ink2", align="center", valign="middle",
                        language="ja", private=True),
        ]  # fmt: skip
    return parts


def sent_page(scene: Scene, talk: Talk, line: Line, *, turned: bool) -> Sheet:
    """What was asked and what was answered; the counselor reads it."""
    px, say = scene.px, scene.say
    top = px(88)
    bottom = scene.action_top - scene.gap if turned else scene.bar_top - scene.gap
    half = (bottom - top - scene.gap) * 2 // 5
    parts: list[Part] = []
    if talk.asked is not None:
        asked = replace(talk.asked, text=short(talk.asked.text, ASKED))
        parts += _said(scene, asked, Box(scene.margin, top, scene.width, half), 36)
    card = Box(scene.margin, top + half + scene.gap, scene.width, bottom - top - half - scene.gap)
    inner = card.inset(px(40), px(16))
    side = px(64)
    words = Box(inner.x + side + px(24), inner.y, inner.w - side - px(24), inner.h - px(56))
    parts += [
        Panel(card, fill="tint"),
        Icon(Box(inner.x, words.y + (words.h - side) // 2, side, side), "circle-check"),
        scene.words(
            words,
            say("talk.said", words=short(line.text, ANSWER)),
            36,
            bold=True,
            valign="middle",
            private=True,
        ),
        scene.words(
            Box(words.x, words.bottom, words.w, px(52)), say("talk.sent"), 24, colour="ink2", valign="middle"
        ),
    ]
    if turned:
        box = scene.foot(1)[0] if scene.portrait else scene.columns(2, scene.action_top, px(96))[1]
        parts.append(scene.target("give", box, "primary", say("talk.give"), 28, icon="arrow-right-left"))
    return sheet(scene, "sent", parts)


def question_page(scene: Scene, text: str, japanese: str) -> Sheet:
    """A question of the counter's, answered yes or no: `answer:yes`, `answer:no`."""
    top, bottom = scene.px(48), scene.action_top - scene.gap
    card = Box(scene.margin, top, scene.width, bottom - top)
    parts = _said(scene, Line("counselor", japanese, text, "phrase"), card, 44)
    for name, box in zip(("no", "yes"), scene.columns(2, scene.action_top, scene.px(96)), strict=True):
        # Alike: no answer is the better one.
        parts.append(scene.target(f"answer:{name}", box, "secondary", scene.say(f"talk.answer.{name}"), 32))
    return Sheet("talk-question", scene.tag, scene.language.direction, tuple(parts), reads=(text,))


def short(text: str, most: int) -> str:
    """Its beginning, where it is long: staff has the whole of it. Readings are never cut."""
    if len(bare(text)) <= most:
        return text
    return f"{bare(text)[:most].rstrip()}…"
