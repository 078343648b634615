"""Pages for the painter's and the surface's tests."""

from __future__ import annotations

from kiosk.core.language import Direction
from kiosk.ui.parts import (
    Bar,
    Box,
    Icon,
    Meter,
    Panel,
    Part,
    Pill,
    Progress,
    Qr,
    Rule,
    Sheet,
    Target,
    Words,
)

SENTENCES = {
    "ja": "在留資格のことを相談したいです",
    "ja-simple": "{在留|ざいりゅう}カードの ことを {相談|そうだん}したいです",
    "en": "I have not been paid my wages",
    "zh-Hans": "公司没有付工资，想咨询",
    "ko": "월급을 두 달째 못 받았어요",
    "vi": "Tôi chưa nhận được tiền lương",
    "pt-BR": "Não recebi o salário há dois meses",
    "ne": "काममा चोट लाग्यो वा बिरामी भएँ",
    "my": "ကျွန်တော် လစာ မရသေးပါဘူး",
}


def question(tag: str, name: str = "question", chosen: str = "", direction: Direction = "ltr") -> Sheet:
    """A question page of the design size: title, four choices, two ways out, the bar."""
    text = SENTENCES[tag]
    short = "けす" if tag == "ja-simple" else text[:8]
    parts: list[Part] = [
        Target("clear", Box(1000, 16, 232, 56), "clear", short, tag, icon="eraser", size=20),
        Progress(Box(48, 28, 400, 32), 3, 7),
        Words(Box(48, 78, 1184, 90), text, tag, 40, True, valign="middle", smaller=(34, 28)),
    ]
    icons = ("banknote-x", "log-out", "heart-pulse", "file-text")
    for index, icon in enumerate(icons):
        box = Box(48 + index % 2 * 600, 192 + index // 2 * 128, 584, 112)
        parts.append(
            Target(f"choose:{icon}", box, "choice", text, tag, icon=icon, chip=True,
                   smaller=(24, 22), chosen=chosen == icon)
        )  # fmt: skip
    parts += [
        Target("choose:unknown", Box(48, 592, 584, 96), "quiet", text, tag, icon="circle-help", size=26,
               smaller=(24, 22)),
        Target("next", Box(648, 592, 584, 96), "primary", text, tag, icon_after="arrow-right",
               smaller=(24, 22), enabled=bool(chosen)),
        Panel(Box(0, 704, 1280, 96), radius=0),
        Rule(Box(0, 704, 1280, 1)),
    ]  # fmt: skip
    for index, icon in enumerate(("arrow-left", "rotate-ccw", "a-large-small", "volume-2", "languages")):
        parts.append(Target(icon, Box(256 * index, 704, 256, 96), "bar", short, tag, icon=icon, size=20))
    return Sheet(name, tag, direction, tuple(parts))


def every_kind(tag: str = "en") -> Sheet:
    """One of each part that is not in a question."""
    text = SENTENCES[tag]
    parts: tuple[Part, ...] = (
        Panel(Box(48, 100, 500, 300), "warm_bg", "warm_line"),
        Icon(Box(60, 120, 88, 88), "mic", chip=True),
        Icon(Box(160, 120, 32, 32), "triangle-alert", "warm_ink"),
        Pill(Box(60, 240, 460, 40), text, tag, "bot", "warm"),
        Pill(Box(60, 300, 460, 40), text, tag, "mic", align="end"),
        Meter(Box(60, 360, 320, 24), 0.6),
        Meter(Box(600, 360, 320, 24), 0.9, warn=True),
        Bar(Box(600, 420, 320, 10), 0.4),
        Qr(Box(600, 450, 200, 200), "https://example.org"),
        Words(Box(600, 100, 500, 150), text, tag, 30, provisional_from=len(text) // 2),
        Target("listen", Box(950, 420, 250, 250), "round", "", tag, icon="mic"),
        Target("row", Box(48, 420, 400, 96), "plain", "", tag),
        Target("key:a", Box(48, 560, 100, 76), "key", "a", tag, size=30),
        Target("more", Box(200, 560, 384, 96), "more", text, tag, icon_after="arrow-right", badge="1 / 2",
               smaller=(22, 20)),
    )  # fmt: skip
    return Sheet("kinds", tag, "ltr", parts)
