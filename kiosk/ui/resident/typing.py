"""The page for writing: a text field and a keyboard, for a finger or for a real keyboard."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from kiosk.core.keying import delete, type_key
from kiosk.core.pinyin import LONGEST, Candidate
from kiosk.core.visit import MAX_NARRATIVE
from kiosk.data.keyboards import SYMBOLS, Keyboard
from kiosk.ui.parts import Box, Panel, Part, Sheet, Target, Words
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.page import Head, sheet

WIDE = {"<space>": 3.2, "<enter>": 1.7, "<delete>": 1.5, "<shift>": 1.5, "<symbols>": 1.9, "<letters>": 1.9}
"""Widths of the special keys, in letter keys."""
ICONS = {"<delete>": "delete", "<enter>": "corner-down-left", "<shift>": "arrow-up"}
LABELS = {"<space>": "key.space", "<symbols>": "key.symbols", "<letters>": "key.letters"}
SHOWN = {"小": "ぁゃ", "゛": "◌゛", "゜": "◌゜"}
"""Keys whose sign says less than what they make."""
WIDEST = 1300
"""Design pixels: on a wide screen keys further apart would make the hand travel."""
PIECE = 300
"""Characters of a long text that are let go at a time: the lines stay put while one writes."""


@dataclass(frozen=True)
class Typing:
    """What has been written. `spelled` are Latin letters not yet turned into Chinese words."""

    keyboard: Keyboard
    text: str = ""
    layer: int = 0
    symbols: bool = False
    spelled: str = ""
    offset: int = 0
    """From which offered word on the row begins."""

    @property
    def offered(self) -> tuple[Candidate, ...]:
        speller = self.keyboard.speller
        return speller.candidates(self.spelled) if speller else ()

    @property
    def whole(self) -> str:
        """The text with what is spelled so far, as it would be sent now."""
        return self.text + self.spelled

    def press(self, key: str) -> Typing:
        """The state after a key, an offered word (`word:3`), a turn of their row (`words:8`, from the ninth
        on) or a character of a real keyboard."""
        kind, _, number = key.partition(":")
        if kind == "word" and number.isdecimal():
            return self._taken(int(number))
        if kind == "words" and number.isdecimal():
            return replace(self, offset=int(number) if int(number) < len(self.offered) else 0)
        if key == "<shift>":
            return replace(self, layer=(self.layer + 1) % len(self.keyboard.layers), symbols=False)
        if key in ("<symbols>", "<letters>"):
            return replace(self, symbols=key == "<symbols>")
        if key == "<delete>":
            return self._deleted()
        if self.spelled and key == "<space>":
            return self._taken(0)
        if self.spelled and key == "<enter>":
            return replace(self, text=self._limited(self.whole), spelled="", offset=0)
        return self._typed({"<space>": " ", "<enter>": "\n"}.get(key, key))

    def _typed(self, key: str) -> Typing:
        if self.keyboard.speller and not self.symbols and len(key) == 1 and "a" <= key <= "z":
            room = min(LONGEST, MAX_NARRATIVE - len(self.text))
            return replace(self, spelled=(self.spelled + key)[:room], offset=0)
        text = type_key(self._settled(), key, self.keyboard.method)
        # After a capital the small letters come back, as on every telephone; kana stay as chosen.
        layer = self.layer if self.keyboard.method == "kana" else 0
        return replace(self, text=self._limited(text), spelled="", layer=layer, offset=0)

    def _taken(self, index: int) -> Typing:
        """An offered word for the letters it spells; the others wait for the next."""
        if index >= len(self.offered):
            return replace(self, text=self._limited(self.whole), spelled="", offset=0)
        word = self.offered[index]
        text = self._limited(self.text + word.word)
        return replace(self, text=text, spelled=self.spelled[word.letters :], offset=0)

    def _settled(self) -> str:
        """The text with the likeliest words for all that is spelled, as a comma after them wants it."""
        now = self
        while now.spelled:
            now = now._taken(0)
        return now.text

    def _deleted(self) -> Typing:
        if self.spelled:
            return replace(self, spelled=self.spelled[:-1], offset=0)
        return replace(self, text=delete(self.text, self.keyboard.method))

    @staticmethod
    def _limited(text: str) -> str:
        return text[:MAX_NARRATIVE]


@dataclass(frozen=True)
class _Places:
    """Where field, main button, offered words and keys lie."""

    title: Box
    field: Box
    button: Box
    words: Box | None
    keys: Box


def type_page(scene: Scene, now: Typing, head: Head, *, correcting: bool) -> Sheet:
    """The field above with the main button, the keyboard below."""
    title = scene.say("type.correct" if correcting else "type.title")
    places = _places(scene, now)
    ready = bool(now.whole.strip())
    parts: list[Part] = [
        scene.words(places.title, title, 36, bold=True, valign="middle"),
        Panel(places.field, border="accent"),
        *_field(scene, now, places.field),
        scene.target("next", places.button, "primary", scene.say("nav.next"), 28, icon_after="arrow-right",
                     enabled=ready),
    ]  # fmt: skip
    if places.words is not None:
        parts += _offered(scene, now, places.words)
    parts += _keys(scene, now, places.keys)
    return sheet(scene, "type", parts, head=head, reads=(title,))


def _places(scene: Scene, now: Typing) -> _Places:
    px, gap = scene.px, scene.px(12)
    # Upright, the keys need all of the narrow window.
    wide = scene.frame.width - px(32) if scene.portrait else min(scene.width, px(WIDEST))
    left = (scene.frame.width - wide) // 2
    rows = max(len(layer) for layer in (*now.keyboard.layers, SYMBOLS))
    step = px(8)
    tall = px(88) if scene.portrait else px(78 if rows <= 4 else 72 if rows == 5 else 66)
    high = rows * tall + (rows - 1) * step
    keys = Box(left, scene.bar_top - gap - high, wide, high)
    bottom = keys.y - gap
    words = None
    if now.keyboard.speller:
        words = Box(left, bottom - px(72), wide, px(72))
        bottom = words.y - gap
    if scene.portrait:
        title = Box(scene.margin, px(100), scene.width, px(84))
        button = Box(scene.margin, bottom - px(96), scene.width, px(96))
        field = Box(scene.margin, title.bottom + gap, scene.width, button.y - 2 * gap - title.bottom)
        return _Places(title, field, button, words, keys)
    title = Box(left, px(78), wide, px(56))
    top = title.bottom + px(6)
    button = Box(left + wide - px(252), bottom - px(96), px(252), px(96))
    field = Box(left, top, wide - button.w - scene.gap, bottom - top)
    return _Places(title, field, button, words, keys)


def _field(scene: Scene, now: Typing, field: Box) -> list[Part]:
    px = scene.px
    inner = field.inset(px(22), px(6))
    # Beside a keyboard of six rows there is room for two lines, of Burmese too, at this size.
    size = scene.frame.unit * (26 if inner.h < px(110) else min(28 * scene.frame.text_scale, 34))
    if not now.whole:
        hint = Box(inner.x + px(16), inner.y, inner.w - px(16), inner.h)
        caret = Words(Box(inner.x, inner.y, px(8), inner.h), "", scene.tag, size, caret=True)
        return [caret, scene.words(hint, scene.say("type.empty"), 26, colour="ink2")]
    left = MAX_NARRATIVE - len(now.whole)
    if left < 200:
        foot = Box(inner.x, inner.bottom - px(40), inner.w, px(40))
        inner = Box(inner.x, inner.y, inner.w, inner.h - px(40))
        told = scene.words(
            foot, scene.say("type.left", n=left), 20, colour="warm_ink", align="end", valign="middle"
        )
    shown = _latest(now.whole)
    certain = len(shown) - len(now.spelled)
    text = Words(
        inner, shown, scene.tag, size, tail=True, caret=True, private=True,
        provisional_from=certain if now.spelled else None,
    )  # fmt: skip
    return [text, told] if left < 200 else [text]


def _latest(text: str) -> str:
    """The end of a long text from the beginning of a word on; more than any field shows."""
    start = max(0, len(text) // PIECE - 1) * PIECE
    if not start:
        return text
    blank = next((at for at in range(start, min(start + 40, len(text))) if text[at].isspace()), start - 1)
    return text[blank + 1 :]


def _offered(scene: Scene, now: Typing, row: Box) -> list[Part]:
    """Chinese words for what is spelled, as many as the row takes, and a key to see further ones."""
    px, gap = scene.px, scene.px(8)
    more = Box(row.right - px(84), row.y, px(84), row.h)
    parts: list[Part] = []
    x, at = row.x, now.offset
    while at < len(now.offered):
        word = now.offered[at].word
        wide = min(max(px(84), len(word) * px(30) + px(34)), more.x - gap - row.x)
        if x + wide > more.x - gap:
            break
        parts.append(
            Target(f"key:word:{at}", Box(x, row.y, wide, row.h), "key", word, scene.tag, size=px(30),
                   smaller=(px(26), px(22), px(20)))
        )  # fmt: skip
        x += wide + gap
        at += 1
    if now.offset or at < len(now.offered):
        turned = at if at < len(now.offered) else 0
        icon = "arrow-right" if turned else "arrow-left"
        parts.append(Target(f"key:words:{turned}", more, "key", "", scene.tag, icon=icon))
    return parts


def _keys(scene: Scene, now: Typing, area: Box) -> list[Part]:
    """The rows of the present layer, centred; the lowest, with the space bar, fills the width."""
    rows = SYMBOLS if now.symbols else now.keyboard.layers[now.layer]
    gap = scene.px(8 if max(map(len, rows)) <= 10 else 6)
    height = (area.h - scene.px(8) * (len(rows) - 1)) // len(rows)
    most = max(len(row) for row in rows)
    unit = (area.w - gap * (most - 1)) / most
    parts: list[Part] = []
    for index, row in enumerate(rows):
        y = area.y + index * (height + scene.px(8))
        weights = [WIDE.get(key, 1.0) for key in row]
        fill = (area.w - gap * (len(row) - 1)) / sum(weights)
        width = fill if "<space>" in row else min(fill, unit)
        x = area.x + (area.w - width * sum(weights) - gap * (len(row) - 1)) / 2
        for key, weight in zip(row, weights, strict=True):
            box = Box(round(x), y, round(x + width * weight) - round(x), height)
            parts.append(_key(scene, now, key, box))
            x += width * weight + gap
    return parts


def _key(scene: Scene, now: Typing, key: str, box: Box) -> Target:
    px = scene.px
    name = f"key:{key}"
    if key == "<shift>" and now.keyboard.method == "kana":
        return Target(name, box, "key", "かな" if now.layer else "カナ", scene.tag, size=px(26))
    if key in ICONS:
        chosen = key == "<shift>" and now.layer > 0
        return Target(name, box, "key", "", scene.tag, icon=ICONS[key], chosen=chosen)
    if key in LABELS:
        sizes = (px(24), px(22), px(20))
        return Target(name, box, "key", scene.say(LABELS[key]), scene.tag, size=px(26), smaller=sizes)
    # A sign that joins the letter before it is shown on a dotted circle.
    joins = unicodedata.category(key[0]) in ("Mn", "Mc")
    label = "◌" + key if joins else SHOWN.get(key, key)
    return Target(name, box, "key", label, scene.tag, size=px(32), smaller=(px(29), px(26), px(23), px(20)))
