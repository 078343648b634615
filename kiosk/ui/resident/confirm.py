"""The narrative said, as the counselor reads it, and back again: compare the first and the last."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.core.heard import Translation
from kiosk.ui.parts import Align, Bar, Box, Panel, Part, Pill, Sheet, Words
from kiosk.ui.resident.base import Head, Scene, caution, grid, more, narrowed, sheet
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
    """Three cards to compare; one alone where nothing could be translated."""
    say = scene.say
    alone = bool(now.trouble) and now.translation is None
    title = say("review.words" if alone else "confirm.title")
    warning = now.trouble or now.warning
    working = now.translation is None and not now.trouble
    help_text = say("confirm.working") if working else say("confirm.help")
    cards = _cards(scene, now, alone=alone)
    strip = _strip(scene) if warning else None
    area = scene.body(strip.bottom + scene.gap if strip else scene.top(helped=True), 2 if alone else 3)
    pages = max(_pages(scene, card, _places(scene, area, len(cards))[0], len(cards)) for card in cards)
    shown = (now.page + _first_marked(cards, pages)) % pages
    head_parts: list[Part] = [*scene.title(title, " ")[:1], *caution(scene, strip, warning)] if strip else []
    parts: list[Part] = head_parts or scene.title(title, help_text)
    if pages > 1:
        turn = _turn_box(scene)
        parts = [narrowed(part, turn.x - scene.gap) if part.box.y < turn.bottom else part for part in parts]
        parts.append(more(scene, turn, shown, pages))
    for index, (card, box) in enumerate(zip(cards, _places(scene, area, len(cards)), strict=True)):
        text = portions(card.text, pages)[shown]
        parts += _card(scene, box, "" if alone else str(index + 1), card, text, now.done)
    parts += _decide(scene, now, alone=alone)
    made = now.translation
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


def _places(scene: Scene, area: Box, count: int) -> list[Box]:
    return grid(area, count, 1 if scene.portrait else count, scene.gap)


def _text_box(scene: Scene, box: Box, *, headed: bool) -> Box:
    px = scene.px
    above = px(76 if headed else 24)
    # Upright cards are low: their mark stands beside the title instead of at the foot.
    below = px(16 if scene.portrait and headed else 66)
    return Box(box.x + px(24), box.y + above, box.w - px(48), box.h - above - below)


def _pages(scene: Scene, card: _Card, box: Box, count: int) -> int:
    """On how many pages a text is shown so that it stays readable."""
    room = _text_box(scene, box, headed=count > 1)
    size = 21 * max(1.0, scene.frame.text_scale * 0.9)
    return max(1, -(-len(card.text) // room_for(scene, card.language, room, size)))


def portions(text: str, count: int) -> list[str]:
    """The text in so many parts of about equal length, cut at sentences, else between words."""
    cuts, start = [], 0
    ends = [found.end() for found in re.finditer(r"[.!?](?=\s)|[。！？।။\n]", text)]
    blanks = [found.end() for found in re.finditer(r"\s+", text)]
    for number in range(1, count):
        ideal = len(text) * number // count
        near = len(text) // count * 2 // 5
        for found in (ends, blanks, [ideal]):
            close = [at for at in found if abs(at - ideal) <= near and at > start]
            if close:
                start = min(close, key=lambda at: abs(at - ideal))
                break
        cuts.append(start)
    edges = [0, *cuts, len(text)]
    return [text[a:b].strip() for a, b in itertools.pairwise(edges)]


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
    marks = _marks(text, card.marked)
    parts.append(
        scene.words(inner, text, 25 if figure else 32, language=card.language, marks=marks, private=True)
    )
    size = 20 * scene.frame.unit
    parts.append(Pill(foot, card.mark, scene.tag, card.icon, "warm" if card.warm else "accent", align, size))
    return parts


def _first_marked(cards: Sequence[_Card], pages: int) -> int:
    """The part that has the first sentence to look at; the first part where there is none."""
    found = [
        number
        for card in cards
        if card.marked
        for number, text in enumerate(portions(card.text, pages))
        if _marks(text, card.marked)
    ]
    return min(found, default=0)


def _marks(text: str, sentences: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the sentences stand in a part of the text; one that the part cuts is marked as far as it goes."""
    found, start = [], 0
    for sentence in filter(None, sentences):
        at = text.find(sentence, start)
        if at >= 0:
            start = at + len(sentence)
            found.append((at, start))
        elif tail := _overlap(text, sentence):
            found.append((len(text) - len(tail), len(text)))
        elif (head := _overlap(sentence, text)) and not found:
            start = len(head)
            found.append((0, start))
    return tuple(found)


def _overlap(first: str, second: str) -> str:
    """The longest end of `first` that `second` begins with, of eight letters and more."""
    for size in range(min(len(first), len(second)), 7, -1):
        if first.endswith(second[:size]):
            return second[:size]
    return ""


def _decide(scene: Scene, now: Confirming, *, alone: bool) -> list[Part]:
    say = scene.say
    places = scene.foot(2 if alone and scene.portrait else 3)
    change = scene.target("type", places[0], "secondary", say("confirm.change"), 26, icon="pencil")
    send = say("confirm.untranslated")
    if alone:
        return [change, scene.target("untranslated", places[-1], "primary", send, 26, icon="send")]
    ready = now.translation is not None
    return [
        change,
        scene.target("untranslated", places[1], "secondary", send, 26, icon="send"),
        scene.target("accept", places[2], "primary", say("confirm.accept"), 28, icon="check", enabled=ready),
    ]
