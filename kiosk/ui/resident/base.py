"""What every resident page has: the strip, the corner button, the bar; and the grid for each form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.core.language import Language
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Box, Icon, Look, Panel, Part, Progress, Rule, Sheet, Target, Words

Say = Callable[..., str]
SMALLEST = 20.0
"""No text for residents is smaller, in design pixels."""


@dataclass(frozen=True)
class Scene:
    """What a page is drawn for: the window, the language and its words."""

    frame: Frame
    language: Language
    say: Say
    languages: Mapping[str, Language]
    reading: bool = False
    voice: bool = True

    @property
    def tag(self) -> str:
        return self.language.tag

    def px(self, design: float) -> int:
        return self.frame.px(design)

    @property
    def margin(self) -> int:
        return self.px(48 if self.frame.form != "wide" else 72)

    @property
    def width(self) -> int:
        return self.frame.width - 2 * self.margin

    @property
    def bar_top(self) -> int:
        return self.frame.height - self.px(96)

    @property
    def action_top(self) -> int:
        """The row of main buttons, above the bar."""
        return self.bar_top - self.px(112)

    def sizes(self, design: float) -> tuple[float, ...]:
        """A type size and the smaller ones allowed where it does not fit."""
        steps = (1.0, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.55, 0.5)
        least = SMALLEST * self.frame.unit
        return tuple(dict.fromkeys(max(least, self.frame.type(design) * step) for step in steps))

    def words(self, box: Box, text: str, design: float, **more: object) -> Words:
        first, *rest = self.sizes(design)
        language = str(more.pop("language", self.tag))
        return Words(box, text, language, first, smaller=tuple(rest), **more)  # type: ignore[arg-type]

    def target(
        self, name: str, box: Box, look: Look, label: str, design: float = 26, **more: object
    ) -> Target:
        first, *rest = self.sizes(design)
        language = str(more.pop("language", self.tag))
        return Target(name, box, look, label, language, size=first, smaller=tuple(rest), **more)  # type: ignore[arg-type]

    def columns(self, count: int, top: int, height: int) -> list[Box]:
        """Equal boxes side by side over the whole width."""
        gap = self.px(16)
        wide = (self.width - gap * (count - 1)) // count
        return [Box(self.margin + i * (wide + gap), top, wide, height) for i in range(count)]

    def action(self, index: int, count: int = 3) -> Box:
        """A box of the action row."""
        return self.columns(count, self.action_top, self.px(96))[index]


@dataclass(frozen=True)
class Head:
    """The strip at the top: a topic with progress, or the counter's name."""

    topic: str = ""
    icon: str = ""
    position: int = 0
    total: int = 0


def sheet(
    scene: Scene,
    name: str,
    body: Sequence[Part],
    *,
    head: Head | None = None,
    back: bool = True,
    restart: bool = True,
    reads: Sequence[str] = (),
) -> Sheet:
    """A whole page around its body."""
    parts = [*_strip(scene, head or Head()), *body, *_bar(scene, back, restart)]
    return Sheet(
        name, scene.tag, scene.language.direction, tuple(parts), tuple(text for text in reads if text)
    )


def _strip(scene: Scene, head: Head) -> list[Part]:
    px = scene.px
    clear_wide = px(232 if scene.frame.text_scale == 1 else 280)
    clear = Box(scene.frame.width - scene.margin - clear_wide, px(16), clear_wide, px(56))
    parts: list[Part] = [
        scene.target("clear", clear, "clear", scene.say("bar.clear"), 20, icon="eraser"),
    ]
    room = clear.x - scene.margin - px(24)
    if not head.total:
        box = Box(scene.margin, px(16), room, px(56))
        parts.append(
            scene.words(box, scene.say("office.counter"), 22, colour="ink2", valign="middle", max_lines=1)
        )
        return parts
    x = scene.margin
    if head.topic:
        parts.append(Icon(Box(x, px(28), px(32), px(32)), head.icon))
        wide = px(300)
        parts.append(
            scene.words(
                Box(x + px(48), px(16), wide, px(56)), head.topic, 22, bold=True, valign="middle", max_lines=1
            )
        )
        x += px(48) + wide + px(12)
        parts.append(Rule(Box(x, px(30), 1, px(28)), "line"))
        x += px(25)
    parts.append(
        Progress(Box(x, px(28), min(px(380), clear.x - px(20) - x), px(32)), head.position, head.total)
    )
    return parts


def _bar(scene: Scene, back: bool, restart: bool) -> list[Part]:
    top, width = scene.bar_top, scene.frame.width
    high = scene.frame.height - top
    read = ("bar.stop", "square") if scene.reading else ("bar.read", "volume-2")
    cells = (
        ("back", scene.say("bar.back"), "arrow-left", back, True),
        ("restart", scene.say("bar.restart"), "rotate-ccw", restart, True),
        ("size", scene.say("bar.larger"), "a-large-small", True, True),
        ("read", scene.say(read[0]), read[1], True, scene.voice),
        ("language", scene.language.endonym, "languages", True, True),
    )
    parts: list[Part] = [Panel(Box(0, top, width, high), radius=0), Rule(Box(0, top, width, 1))]
    for index, (name, label, icon, shown, enabled) in enumerate(cells):
        x = width * index // 5
        box = Box(x, top, width * (index + 1) // 5 - x, high)
        if shown:
            parts.append(
                Target(
                    name,
                    box,
                    "bar",
                    label,
                    scene.tag,
                    icon=icon,
                    enabled=enabled,
                    size=20 * scene.frame.unit,
                    smaller=(18 * scene.frame.unit,),
                )
            )
    return parts
