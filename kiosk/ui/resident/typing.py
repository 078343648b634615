"""The page for writing: a text field and a keyboard, for a finger or for a real keyboard."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from kiosk.core.keying import candidates, delete, type_key
from kiosk.core.visit import MAX_NARRATIVE
from kiosk.data.keyboards import SYMBOLS, Keyboard
from kiosk.ui.parts import Box, Panel, Part, Sheet, Target
from kiosk.ui.resident.base import Head, Scene, sheet

WIDE = {"<space>": 3.2, "<enter>": 1.7, "<delete>": 1.5, "<shift>": 1.4, "<symbols>": 1.6, "<letters>": 1.6}
SHOWN = 8
"""Chinese words offered at once."""


@dataclass(frozen=True)
class Typing:
    """What has been written. `spelled` are Latin letters not yet turned into Chinese words."""

    keyboard: Keyboard
    text: str = ""
    layer: int = 0
    symbols: bool = False
    spelled: str = ""
    offset: int = 0

    @property
    def offered(self) -> tuple[str, ...]:
        return candidates(self.keyboard.words, self.keyboard.spellings, self.spelled)

    @property
    def whole(self) -> str:
        """The text with what is spelled so far, as it would be sent now."""
        return self.text + self.spelled

    def press(self, key: str) -> Typing:
        """The state after a key, a Chinese word (`word:…`) or a character of a real keyboard."""
        if key.startswith("word:"):
            return replace(self, text=self._limited(self.text + key[5:]), spelled="", offset=0)
        if key == "<words>":
            following = self.offset + SHOWN
            return replace(self, offset=following if following < len(self.offered) else 0)
        if key == "<shift>":
            return replace(self, layer=(self.layer + 1) % len(self.keyboard.layers))
        if key in ("<symbols>", "<letters>"):
            return replace(self, symbols=key == "<symbols>")
        if key == "<delete>":
            return self._deleted()
        if key == "<space>" and self.spelled:
            return self.press(f"word:{self.offered[0] if self.offered else self.spelled}")
        return self._typed({"<space>": " ", "<enter>": "\n"}.get(key, key))

    def _typed(self, key: str) -> Typing:
        if (
            self.keyboard.method == "pinyin"
            and len(key) == 1
            and key.isascii()
            and key.isalpha()
            and key.islower()
        ):
            return replace(self, spelled=self.spelled + key, offset=0)
        text = self.press("<space>").text if self.spelled else self.text
        # After a capital the small letters come back, as on every telephone; kana stay as chosen.
        layer = 0 if self.keyboard.method != "kana" else self.layer
        return replace(
            self,
            text=self._limited(type_key(text, key, self.keyboard.method)),
            spelled="",
            layer=layer,
            offset=0,
        )

    def _deleted(self) -> Typing:
        if self.spelled:
            return replace(self, spelled=self.spelled[:-1], offset=0)
        return replace(self, text=delete(self.text, self.keyboard.method))

    @staticmethod
    def _limited(text: str) -> str:
        return text[:MAX_NARRATIVE]


def type_page(scene: Scene, now: Typing, head: Head, *, correcting: bool) -> Sheet:
    """The field above, the keyboard below, the main button beside the title."""
    px, say = scene.px, scene.say
    title = say("type.correct" if correcting else "type.title")
    button_wide = px(220)
    button = Box(scene.frame.width - scene.margin - button_wide, px(84), button_wide, px(76))
    keys = _key_area(scene, now)
    top = px(172)
    chosen = bool(now.keyboard.method == "pinyin")
    field = Box(scene.margin, top, scene.width, keys.y - px(12) - top - (px(76) if chosen else 0))
    parts: list[Part] = [
        scene.words(
            Box(scene.margin, px(84), button.x - scene.margin - px(20), px(76)),
            title,
            36,
            bold=True,
            valign="middle",
        ),
        scene.target(
            "next",
            button,
            "primary",
            say("nav.next"),
            26,
            icon_after="arrow-right",
            enabled=bool(now.whole.strip()),
        ),
        Panel(field, border="accent"),
        *_field(scene, now, field),
    ]
    if chosen:
        parts += _words_row(scene, now, Box(scene.margin, field.bottom + px(8), scene.width, px(68)))
    parts += _keys(scene, now, keys)
    return sheet(scene, "type", parts, head=head, reads=(title,))


def _field(scene: Scene, now: Typing, field: Box) -> list[Part]:
    px = scene.px
    inner = field.inset(px(20), px(8))
    if not now.whole:
        return [scene.words(inner, scene.say("type.empty"), 26, colour="mute", valign="middle")]
    text = now.whole + "｜"
    left = MAX_NARRATIVE - len(now.whole)
    size = 26 * scene.frame.unit
    # The end of the text is where it is written: the field shows the last lines of a long one.
    lines = max(1, int(inner.h // (size * 1.9)))
    shown = text[-max(60, lines * int(inner.w / size * 1.3)) :]
    shown = "…" + shown if len(shown) < len(text) else shown
    parts: list[Part] = [scene.words(inner, shown, 28)]
    if left < 200:
        box = Box(inner.x, field.bottom - px(40), inner.w, px(36))
        parts.append(scene.words(box, scene.say("type.left", n=left), 20, colour="warm_ink", align="end"))
    return parts


def _words_row(scene: Scene, now: Typing, row: Box) -> list[Part]:
    """Chinese words for what is spelled, and a key to see further ones."""
    offered = now.offered[now.offset : now.offset + SHOWN]
    gap = scene.px(8)
    wide = (row.w - gap * SHOWN) // (SHOWN + 1)
    parts: list[Part] = [
        Target(f"key:word:{word}", Box(row.x + i * (wide + gap), row.y, wide, row.h), "key", word, scene.tag,
               size=scene.px(30), smaller=(scene.px(26), scene.px(22)))
        for i, word in enumerate(offered)
    ]  # fmt: skip
    if len(now.offered) > SHOWN:
        more = Box(row.x + SHOWN * (wide + gap), row.y, wide, row.h)
        parts.append(Target("key:<words>", more, "key", "", scene.tag, icon="arrow-right"))
    return parts


def _key_area(scene: Scene, now: Typing) -> Box:
    px = scene.px
    rows = len(_rows(now))
    height = px(78 if rows <= 4 else 70 if rows == 5 else 66)
    gap = px(6)
    total = rows * height + (rows - 1) * gap
    wide = min(scene.width, px(1300))
    return Box(scene.margin + (scene.width - wide) // 2, scene.bar_top - px(10) - total, wide, total)


def _rows(now: Typing) -> tuple[tuple[str, ...], ...]:
    return SYMBOLS if now.symbols else now.keyboard.layers[now.layer]


def _keys(scene: Scene, now: Typing, area: Box) -> list[Part]:
    rows = _rows(now)
    gap = scene.px(6)
    height = (area.h - gap * (len(rows) - 1)) // len(rows)
    most = max(len(row) for row in rows)
    parts: list[Part] = []
    for index, row in enumerate(rows):
        y = area.y + index * (height + gap)
        weights = [WIDE.get(key, 1.0) for key in row]
        stretch = "<space>" in row
        unit = (
            (area.w - gap * (len(row) - 1)) / sum(weights) if stretch else (area.w - gap * (most - 1)) / most
        )
        used = sum(unit * weight for weight in weights) + gap * (len(row) - 1)
        if used > area.w:
            unit *= (area.w - gap * (len(row) - 1)) / (used - gap * (len(row) - 1))
            used = area.w
        x = area.x + (area.w - used) / 2
        for key, weight in zip(row, weights, strict=True):
            box = Box(round(x), y, round(unit * weight), height)
            parts.append(_key(scene, now, key, box))
            x += unit * weight + gap
    return parts


def _key(scene: Scene, now: Typing, key: str, box: Box) -> Target:
    px, say = scene.px, scene.say
    icons = {"<delete>": "delete", "<enter>": "corner-down-left", "<shift>": "arrow-up"}
    words = {"<space>": "key.space", "<symbols>": "key.symbols", "<letters>": "key.letters"}
    if key in icons:
        return Target(
            f"key:{key}",
            box,
            "key",
            "",
            scene.tag,
            icon=icons[key],
            chosen=key == "<shift>" and now.layer > 0,
        )
    if key in words:
        return Target(
            f"key:{key}", box, "key", say(words[key]), scene.tag, size=px(22), smaller=(px(20), px(18))
        )
    label = (
        "◌" + key if unicodedata.combining(key[0]) or unicodedata.category(key[0]) in ("Mn", "Mc") else key
    )
    return Target(f"key:{key}", box, "key", label, scene.tag, size=px(30), smaller=(px(26), px(22)))
