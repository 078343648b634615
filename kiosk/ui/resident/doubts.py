"""Words the recognizer was not sure of: underlined, and mended by a press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.core.heard import UNSURE, Word
from kiosk.ui.parts import Box, Panel, Part, Sheet
from kiosk.ui.resident.base import Scene, grid
from kiosk.ui.resident.page import Head, sheet

AT_ONCE = 4
"""Doubtful words that can be pressed on the page; more would be a list nobody reads."""
OFFERED = 4


@dataclass(frozen=True)
class Doubt:
    """A doubtful word's place in the text, from and until, and what else it may be."""

    start: int
    end: int
    others: tuple[str, ...] = ()


def doubts_in(text: str, words: Sequence[Word], start: int) -> tuple[Doubt, ...]:
    """The doubtful ones among words heard one after the other, which stand in `text` from `start` on."""
    found = []
    for word in words:
        at = text.find(word.text, start)
        if at < 0:
            continue  # cut off where the text became too long
        start = at + len(word.text)
        if word.confidence < UNSURE:
            found.append(Doubt(at, start, word.others[:OFFERED]))
    return tuple(found)


def mended(text: str, doubts: Sequence[Doubt], index: int, word: str) -> tuple[str, tuple[Doubt, ...]]:
    """The text with another word in that place, or none where it is empty; and the other doubts where they
    now are."""
    doubt = doubts[index]
    start, end = doubt.start, doubt.end
    if not word and text[end : end + 1] == " ":
        end += 1
    more = len(word) - (end - start)
    rest = tuple(
        replace(one, start=one.start + more, end=one.end + more) if one.start >= end else one
        for place, one in enumerate(doubts)
        if place != index
    )
    return text[:start] + word + text[end:], rest


def word_page(scene: Scene, text: str, doubt: Doubt, head: Head) -> Sheet:
    """One word and what else it may be, in its sentence."""
    say, px = scene.say, scene.px
    heard = text[doubt.start : doubt.end]
    body = scene.body(scene.top())
    line = Box(body.x, body.y, body.w, px(76))
    about, mark = _around(text, doubt)
    parts: list[Part] = scene.title(say("word.title"))
    parts += [
        Panel(line),
        scene.words(
            line.inset(px(28), px(4)), about, 26, valign="middle", marks=(mark,), private=True, colour="ink2"
        ),
    ]
    rest = Box(body.x, line.bottom + scene.gap, body.w, body.bottom - line.bottom - scene.gap)
    words = (heard, *doubt.others)
    boxes = grid(rest, len(words), 1 if scene.portrait else 2, scene.gap, px(136))
    for place, (word, box) in enumerate(zip(words, boxes, strict=True)):
        # The largest type leaves no room for readings below.
        detail = say("word.heard") if place == 0 and scene.frame.text_scale < 1.5 else ""
        parts.append(
            scene.target(
                f"as:{place}", box, "choice", word, 30, detail=detail, chosen=place == 0, private=True
            )
        )
    places = scene.foot(2)
    parts += [
        scene.target("drop", places[0], "quiet", say("word.drop"), 26, icon="eraser"),
        scene.target("write", places[1], "secondary", say("word.write"), 26, icon="keyboard"),
    ]
    return sheet(scene, "word", parts, head=head, reads=[say("word.title"), *words])


def _around(text: str, doubt: Doubt, letters: int = 60) -> tuple[str, tuple[int, int]]:
    """The line the word stands in, about so many letters of it on each side, and the word's place there."""
    first = text.rfind("\n", 0, doubt.start) + 1
    last = text.find("\n", doubt.end)
    last = len(text) if last < 0 else last
    before, after = text[first : doubt.start], text[doubt.end : last]
    if len(before) > letters:
        near = before[-letters:]
        before = "… " + near[near.find(" ") + 1 :]
    if len(after) > letters:
        near = after[:letters]
        after = near[: near.rfind(" ") if " " in near else None] + " …"
    word = text[doubt.start : doubt.end]
    return before + word + after, (len(before), len(before) + len(word))
