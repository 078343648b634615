"""The page before the resident's eyes during a talk, for a screen that is turned and for one of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kiosk.ui.parts import Box, Icon, Panel, Part, Pill, Rule, Sheet, Target
from kiosk.ui.resident.base import SMALLEST, Scene, grid, narrowed
from kiosk.ui.resident.confirm import Confirming, confirm
from kiosk.ui.resident.doubts import word_page
from kiosk.ui.resident.page import Head, clear_box, sheet
from kiosk.ui.resident.share import height_of
from kiosk.ui.resident.speak import speak
from kiosk.ui.resident.typing import type_page
from kiosk.ui.talk.figures import day_page, number_page
from kiosk.ui.talk.phrases import ALWAYS, DATE, NUMBER
from kiosk.ui.talk.talk import Line, Talk, bare

NOT_HERE = frozenset({"clear", "restart", "language", "skip"})
"""Of the kiosk's own pages: nothing is wiped, begun anew or passed over in a talk."""
OTHER_WORDS = {"speak.title": "talk.speak.title", "type.title": "talk.write.title"}
"""What those pages say of somebody's own words, as it fits an answer."""
FOOT, ASKED, ANSWER = 46, 84, 150
"""Characters of the counselor's Japanese below its translation, of what was asked once it is answered, and of
the answer."""
HEAD = (72, 56, 40, 28)
"""Of what was asked while it is answered, where more have no room."""
CORNER = 430
"""How wide the button in the corner is."""
ICONS = {DATE: "calendar-days", NUMBER: "calculator", "speak": "mic", "write": "keyboard"}


@dataclass(frozen=True)
class Given:
    """What a page is drawn from besides the talk: words of both languages, abilities, and whether the
    counselor's screen was turned."""

    scene: Scene
    japanese: Callable[..., str]
    turned: bool = False
    speech: bool = False
    voice: bool = False


def resident_page(talk: Talk, given: Given) -> Sheet:
    """The resident's page as it stands."""
    scene = replace(given.scene, say=_Answering(given.scene.say), reading=talk.reading)
    made = _page(talk, scene, given)
    return _dressed(talk, made, scene, given)


@dataclass(frozen=True)
class _Answering:
    """The catalogue, with what the kiosk's pages say of a story said of an answer. A value, so that pages
    made from it compare."""

    say: Callable[..., str]

    def __call__(self, key: str, **details: object) -> str:
        return self.say(OTHER_WORDS.get(key, key), **details)


def _page(talk: Talk, scene: Scene, given: Given) -> Sheet:
    head = Head(asked=_reminder(talk, scene))
    if talk.page == "phrase" and talk.asked is not None:
        return _phrase(scene, talk.asked, given)
    if talk.page == "sent" and talk.answer is not None:
        return _sent(scene, talk, talk.answer, given)
    if talk.page == "number":
        return number_page(scene, talk.digits, head, money=talk.asks_money)
    if talk.page == "date":
        return day_page(scene, *talk.month, head)
    if talk.page == "speak":
        return speak(scene, talk.speaking, head)
    if talk.page == "word" and talk.word < len(talk.speaking.doubts):
        return word_page(scene, talk.speaking.text, talk.speaking.doubts[talk.word], head)
    if talk.page == "type" and talk.typing is not None:
        return type_page(scene, talk.typing, head, correcting=False)
    if talk.page == "confirm" and talk.own is not None:
        own = talk.own
        made = None if own.trouble else own.translation
        now = Confirming(
            own.text, talk.language, made, own.trouble, own.warning, own.means == "speech", own.progress,
            own.page,
        )  # fmt: skip
        return confirm(scene, now, head)
    if talk.page == "given":
        return _given(scene, given)
    return _waiting(scene)


def _dressed(talk: Talk, made: Sheet, scene: Scene, given: Given) -> Sheet:
    """The page with a talk's own corner and bar."""
    gone = NOT_HERE if given.voice else NOT_HERE | {"read"}
    if talk.page in ("wait", "phrase", "given"):
        gone = gone | {"back"}
    if talk.page in ("wait", "given"):
        gone = gone | {"read"}
    parts = [part for part in made.parts if not (isinstance(part, Target) and part.id in gone)]
    if given.turned and talk.page not in ("sent", "given"):
        corner = _corner(scene)
        if _reminder(talk, scene):
            end = corner.box.x - scene.px(20)
            parts = [narrowed(part, end) if part.box.y < corner.box.bottom else part for part in parts]
        parts.append(corner)
    return replace(made, name=f"talk-{made.name}", parts=tuple(parts))


def _reminder(talk: Talk, scene: Scene) -> str:
    """What was asked, for the strip of the pages where it is answered, as much of it as fits beside the
    corner; nothing where that would be too little, or lose its readings."""
    if talk.asked is None or talk.page in ("wait", "phrase", "sent", "given"):
        return ""
    whole = talk.asked.text
    room = clear_box(scene).right - scene.px(CORNER + 20) - scene.margin
    for most in HEAD:
        text = _short(whole, most)
        fits = height_of(scene, text, scene.tag, room, SMALLEST * scene.frame.unit) <= scene.px(56)
        if fits and (text == whole or bare(whole) == whole):
            return text
    return ""


def _corner(scene: Scene) -> Target:
    """Gives the screen back. Nothing on any page leads further: that is the counselor's own act."""
    box = clear_box(scene)
    # In one line: Burmese needs more height for two than the corner has.
    wide = scene.px(CORNER)
    box = Box(box.right - wide, box.y, wide, box.h)
    return scene.target("give", box, "clear", scene.say("talk.give"), 20, icon="arrow-right-left")


def _phrase(scene: Scene, line: Line, given: Given) -> Sheet:
    """The phrase, large, with its Japanese; below what may be answered."""
    px = scene.px
    shown = [*line.answers, *(["speak"] if given.speech else []), "write"]
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
            scene.words(foot, _short(line.japanese, FOOT), 24, colour="ink2", align="center", valign="middle",
                        language="ja", private=True),
        ]  # fmt: skip
    return parts


def question_page(scene: Scene, text: str, japanese: str) -> Sheet:
    """A question of the counter's, answered yes or no: `answer:yes`, `answer:no`."""
    top, bottom = scene.px(48), scene.action_top - scene.gap
    card = Box(scene.margin, top, scene.width, bottom - top)
    parts = _said(scene, Line("counselor", japanese, text, "phrase"), card, 44)
    for name, box in zip(("no", "yes"), scene.columns(2, scene.action_top, scene.px(96)), strict=True):
        # Alike: no answer is the better one.
        parts.append(scene.target(f"answer:{name}", box, "secondary", scene.say(f"talk.answer.{name}"), 32))
    return Sheet("talk-question", scene.tag, scene.language.direction, tuple(parts), reads=(text,))


def _short(text: str, most: int) -> str:
    """Its beginning, where it is long: staff has the whole of it. Readings are never cut."""
    if len(bare(text)) <= most:
        return text
    return f"{bare(text)[:most].rstrip()}…"


def _sent(scene: Scene, talk: Talk, line: Line, given: Given) -> Sheet:
    """What was asked and what was answered; the counselor reads it."""
    px, say = scene.px, scene.say
    top = px(88)
    bottom = scene.action_top - scene.gap if given.turned else scene.bar_top - scene.gap
    half = (bottom - top - scene.gap) * 2 // 5
    parts: list[Part] = []
    if talk.asked is not None:
        asked = replace(talk.asked, text=_short(talk.asked.text, ASKED))
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
            say("talk.said", words=_short(line.text, ANSWER)),
            36,
            bold=True,
            valign="middle",
            private=True,
        ),
        scene.words(
            Box(words.x, words.bottom, words.w, px(52)), say("talk.sent"), 24, colour="ink2", valign="middle"
        ),
    ]
    if given.turned:
        box = scene.foot(1)[0] if scene.portrait else scene.columns(2, scene.action_top, px(96))[1]
        parts.append(scene.target("give", box, "primary", say("talk.give"), 28, icon="arrow-right-left"))
    return sheet(scene, "sent", parts)


def _given(scene: Scene, given: Given) -> Sheet:
    """A neutral page: nothing of the talk, and nothing to press on."""
    lines = [
        (scene.say("talk.given.title"), 44, True, scene.tag),
        (scene.say("talk.given.text"), 30, False, scene.tag),
    ]
    if not scene.language.is_japanese:
        lines.append((given.japanese("talk.given.text"), 26, False, "ja"))
    return sheet(scene, "given", _card(scene, lines, "hand-helping"))


def _waiting(scene: Scene) -> Sheet:
    return sheet(
        scene, "wait", _card(scene, [(scene.say("talk.wait"), 40, True, scene.tag)], "message-square-text")
    )


def _card(scene: Scene, lines: Sequence[tuple[str, float, bool, str]], icon: str) -> list[Part]:
    """A card with an icon and some lines in its middle."""
    px = scene.px
    top = px(112)
    card = Box(scene.margin, top, scene.width, scene.bar_top - scene.gap - top)
    each = px(96)
    y = card.y + (card.h - px(144) - each * len(lines)) // 2
    parts: list[Part] = [
        Panel(card),
        Icon(Box(card.x + (card.w - px(96)) // 2, y, px(96), px(96)), icon, chip=True),
    ]
    y += px(144)
    for text, size, bold, language in lines:
        box = Box(card.x + px(40), y, card.w - px(80), each)
        parts.append(
            scene.words(box, text, size, bold=bold, align="center", valign="middle", language=language)
        )
        y += each
    return parts


def idle_page(scene: Scene, office: str, sit: Sequence[tuple[str, str]]) -> Sheet:
    """A screen for residents between two talks: the office, and in every language that one may sit down;
    `sit` has tags and sentences. `office` has readings."""
    px = scene.px
    top = px(48)
    name = Box(scene.margin, top, scene.width, px(112))
    parts: list[Part] = [
        scene.words(name, office, 44, bold=True, align="center", valign="middle", language="ja-simple")
    ]
    area = Box(scene.margin, name.bottom + scene.gap, scene.width, 0)
    area = replace(area, h=scene.frame.height - px(48) - area.y)
    columns = 1 if scene.portrait or len(sit) <= 3 else 2 if len(sit) <= 6 else 3
    for (tag, text), box in zip(sit, grid(area, len(sit), columns, scene.gap, px(220)), strict=True):
        parts += [
            Panel(box),
            scene.words(box.inset(px(20), px(10)), text, 30, align="center", valign="middle", language=tag),
        ]
    return Sheet("talk-idle", scene.tag, "ltr", tuple(parts))
