"""The narrative said, as the counselor reads it, and back again: compare the first and the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.core.heard import Translation
from kiosk.ui.parts import Align, Bar, Box, Panel, Part, Pill, Sheet, Target, Words
from kiosk.ui.resident.base import Scene, grid, narrowed
from kiosk.ui.resident.page import Head, caution, more, sheet
from kiosk.ui.resident.portions import marks, together
from kiosk.ui.resident.share import room_for


@dataclass(frozen=True)
class Confirming:
    """How the translation stands: at work, there, or refused with a sentence why."""

    text: str
    language: str
    """The language the words are in, which may not be the page's any more."""
    translation: Translation | None = None
    trouble: str = ""
    warning: str = ""
    spoken: bool = False
    done: float = 0.0
    page: int = 0


@dataclass(frozen=True)
class _Card:
    title: str
    text: str
    language: str
    mark: str
    icon: str
    warm: bool
    marked: tuple[str, ...] = ()
    """Sentences of the text to look at closely."""


def confirm(scene: Scene, now: Confirming, head: Head) -> Sheet:
    """Three cards to compare; one alone where nothing could be translated. What does not fit has further
    pages, the one with a sentence to look at first; a translation can be accepted where all were shown."""
    say, made = scene.say, now.translation
    alone = bool(now.trouble) and made is None
    title = say("review.words" if alone else "confirm.title")
    warning = now.trouble or now.warning
    help_text = say("confirm.help" if made else "confirm.working")
    cards = _cards(scene, now, alone=alone)
    strip = _strip(scene) if warning else None
    area = scene.body(strip.bottom + scene.gap if strip else scene.top(helped=True), 2 if alone else 3)
    boxes = grid(area, len(cards), 1 if scene.portrait else len(cards), scene.gap)
    rooms = [_room(scene, card, box, len(cards)) for card, box in zip(cards, boxes, strict=True)]
    pages = together([card.text for card in cards], made.passages if made and not alone else (), rooms)
    turned = now.page % len(pages)
    shown = (turned + _first_marked(cards, pages)) % len(pages)
    unseen = made is not None and now.page < len(pages) - 1
    parts: list[Part] = scene.title(title, help_text)
    if strip:
        parts = [*scene.title(title, " ")[:1], *caution(scene, strip, warning)]
    if len(pages) > 1 and not unseen:
        turn = _turn_box(scene)
        parts = [narrowed(part, turn.x - scene.gap) if part.box.y < turn.bottom else part for part in parts]
        parts.append(more(scene, turn, turned, len(pages), "nav.rest"))
    for index, (card, box, text) in enumerate(zip(cards, boxes, pages[shown], strict=True)):
        parts += _card(scene, box, "" if alone else str(index + 1), card, text, now.done)
    onward = _rest(scene, turned, len(pages)) if unseen else None
    parts += _decide(scene, alone=alone, ready=made is not None, onward=onward)
    reads = [title, warning or help_text, now.text, made.back if made else ""]
    return sheet(scene, "confirm", parts, head=head, reads=reads)


def _strip(scene: Scene) -> Box:
    """The place of a warning, instead of the line of help."""
    top, high = (196, 96) if scene.portrait else (148, 68)
    return Box(scene.margin, scene.px(top), scene.width, scene.px(high))


def _turn_box(scene: Scene) -> Box:
    """The button to a long text's further pages, at the end of the title's rows."""
    wide = scene.px(264 if scene.frame.text_scale == 1 else 340)
    top = scene.px(92 if scene.portrait else 88)
    high = scene.px(96)
    return Box(scene.frame.width - scene.margin - wide, top, wide, high)


def _cards(scene: Scene, now: Confirming, *, alone: bool) -> list[_Card]:
    say, made = scene.say, now.translation
    differing = [made.passages[place] for place in made.differing] if made and not alone else []
    own = _Card(
        "" if alone else say("confirm.said"),
        now.text,
        now.language,
        say("confirm.own"),
        "mic" if now.spoken else "keyboard",
        False,
        tuple(passage.original for passage in differing),
    )
    if alone:
        return [own]
    mark = say("confirm.sample" if made and made.sample else "confirm.machine")
    back = say("confirm.back", language=scene.languages[now.language].endonym)
    return [
        own,
        _Card(say("confirm.reads"), made.japanese if made else "", "ja", mark, "bot", True),
        _Card(
            back,
            made.back if made else "",
            now.language,
            mark,
            "bot",
            True,
            tuple(passage.back for passage in differing),
        ),
    ]


def _text_box(scene: Scene, box: Box, *, headed: bool) -> Box:
    px = scene.px
    above = px(76 if headed else 24)
    # Upright cards are low: their mark stands beside the title instead of at the foot.
    below = px(16 if scene.portrait and headed else 66)
    return Box(box.x + px(24), box.y + above, box.w - px(48), box.h - above - below)


def _room(scene: Scene, card: _Card, box: Box, count: int) -> int:
    """How many characters are shown at once so that they stay readable."""
    inner = _text_box(scene, box, headed=count > 1)
    return room_for(scene, card.language, inner, 21 * max(1.0, scene.frame.text_scale * 0.9))


def _card(scene: Scene, box: Box, figure: str, card: _Card, text: str, done: float) -> list[Part]:
    px = scene.px
    parts: list[Part] = [Panel(box)]
    if figure:
        disc = Box(box.x + px(24), box.y + px(22), px(36), px(36))
        title = Box(disc.right + px(12), box.y + px(8), box.right - px(12) - disc.right - px(12), px(64))
        if scene.portrait:
            title = Box(title.x, title.y, box.w * 45 // 100, title.h)
        parts += [
            Panel(disc, fill="accent", radius=px(18)),
            Words(disc, figure, "en", px(22), bold=True, colour="on_accent", align="center", valign="middle"),
            scene.words(title, card.title, 24, bold=True, valign="middle"),
        ]
    foot = Box(box.x + px(24), box.bottom - px(58), box.w - px(48), px(40))
    align: Align = "start"
    if scene.portrait and figure:
        foot, align = (
            Box(box.right - px(24) - box.w * 42 // 100, box.y + px(20), box.w * 42 // 100, px(40)),
            "end",
        )
    if not card.text:
        return [*parts, Bar(Box(foot.x, foot.y + px(14), foot.w, px(10)), max(0.06, done))]
    inner = _text_box(scene, box, headed=bool(figure))
    size = 25 if figure else 32
    marked = marks(text, card.marked)
    parts.append(scene.words(inner, text, size, language=card.language, marks=marked, private=True))
    least = 20 * scene.frame.unit
    parts.append(Pill(foot, card.mark, scene.tag, card.icon, "warm" if card.warm else "accent", align, least))
    return parts


def _first_marked(cards: Sequence[_Card], pages: Sequence[Sequence[str]]) -> int:
    """The page that has the first sentence to look at; the first page where there is none."""
    for number, texts in enumerate(pages):
        if any(marks(text, card.marked) for card, text in zip(cards, texts, strict=True)):
            return number
    return 0


def _rest(scene: Scene, turned: int, pages: int) -> Target:
    """The main thing while something was not looked at yet."""
    badge = f"{turned + 1} / {pages}"
    words = scene.say("nav.rest")
    return scene.target("more", scene.foot(3)[2], "primary", words, 26, badge=badge, icon_after="arrow-right")


def _decide(scene: Scene, *, alone: bool, ready: bool, onward: Target | None) -> list[Part]:
    """Change the words, send them as they are, or with the translation; `onward` stands instead of the last
    while there is more to see."""
    say = scene.say
    places = scene.foot(2 if alone and scene.portrait else 3)
    change = scene.target("type", places[0], "secondary", say("confirm.change"), 26, icon="pencil")
    send = say("confirm.untranslated")
    if alone:
        return [change, scene.target("untranslated", places[-1], "primary", send, 26, icon="send")]
    accept = scene.target(
        "accept", places[2], "primary", say("confirm.accept"), 28, icon="check", enabled=ready
    )
    return [
        change,
        scene.target("untranslated", places[1], "secondary", send, 26, icon="send"),
        onward or accept,
    ]
