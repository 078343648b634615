"""What every resident page has: the strip, the corner button, the bar; and the grid for each form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.core.language import Language
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Box, Icon, Look, Panel, Part, Progress, Rule, Sheet, Target, Words

Say = Callable[..., str]
SMALLEST = 20.0
"""No text for residents is smaller, in design pixels."""
BAR_LABEL = 20.0
GAP = 16
"""Between cards and buttons, in design pixels."""


@dataclass(frozen=True)
class Scene:
    """What a page is drawn for: the window, the language and its words."""

    frame: Frame
    language: Language
    say: Say
    languages: Mapping[str, Language]
    reading: bool = False

    @property
    def tag(self) -> str:
        return self.language.tag

    def px(self, design: float) -> int:
        return self.frame.px(design)

    @property
    def portrait(self) -> bool:
        return self.frame.form == "portrait"

    @property
    def tall(self) -> bool:
        """Whether lines are high: a tall script, or readings above the words."""
        return self.language.script == "Mymr" or self.tag == "ja-simple"

    @property
    def gap(self) -> int:
        return self.px(GAP)

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
        steps = (1.0, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.55, 0.5, 0.45, 0.4, 0.33)
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

    def body(self, top: int, actions: int = 2) -> Box:
        """From `top` down to the row of so many main buttons."""
        return Box(self.margin, top, self.width, self.foot(actions)[0].y - self.gap - top)

    def foot(self, actions: int) -> list[Box]:
        """Places of the main buttons, the one for the main thing last.

        Upright screens are too narrow for three side by side: there the last takes a row of its own.
        """
        high = self.px(96)
        if self.portrait and actions == 3:
            upper = self.columns(2, self.action_top - self.gap - high, high)
            return [*upper, Box(self.margin, self.action_top, self.width, high)]
        return self.columns(actions, self.action_top, high)

    def columns(self, count: int, top: int, height: int) -> list[Box]:
        """Equal boxes side by side over the whole width."""
        return grid(Box(self.margin, top, self.width, height), count, count, self.gap)

    def action(self, index: int, count: int = 3) -> Box:
        """A box of the action row."""
        return self.columns(count, self.action_top, self.px(96))[index]

    def top(self, helped: bool = False) -> int:
        """Where a page's content begins, under its title and, where there is one, its help."""
        if self.portrait:
            return self.px(264 if helped else 208)
        return self.px(192 if helped else 160)

    def title(self, text: str, helped: str = "") -> list[Part]:
        """The title of a page and the line of help under it."""
        box = (
            Box(self.margin, self.px(96), self.width, self.px(100))
            if self.portrait
            else Box(self.margin, self.px(78), self.width, self.px(64 if helped else 74))
        )
        parts: list[Part] = [self.words(box, text, 40, bold=True, valign="middle")]
        if helped:
            top = box.bottom + self.px(2)
            below = Box(self.margin, top, self.width, self.top(helped=True) - self.px(6) - top)
            parts.append(self.words(below, helped, 22, colour="ink2", valign="middle"))
        return parts


def grid(area: Box, count: int, columns: int, gap: int, tallest: int = 0) -> list[Box]:
    """`count` equal boxes filling an area in rows; a last one left alone takes its whole row."""
    rows = max(1, -(-count // columns))
    height = (area.h - gap * (rows - 1)) // rows
    height = min(height, tallest) if tallest else height
    wide = (area.w - gap * (columns - 1)) // columns
    boxes = [
        Box(area.x + i % columns * (wide + gap), area.y + i // columns * (height + gap), wide, height)
        for i in range(count)
    ]
    if columns == 2 and count % 2:
        last = boxes[-1]
        boxes[-1] = Box(last.x, last.y, area.w, last.h)
    return boxes


def narrowed(part: Part, right: int) -> Part:
    """The part with its box ending at `right`, where it reached further."""
    box = part.box
    if box.right <= right:
        return part
    return replace(part, box=Box(box.x, box.y, right - box.x, box.h))


@dataclass(frozen=True)
class Head:
    """The strip at the top: progress with a topic, or what is being answered, or the counter's name."""

    topic: str = ""
    icon: str = ""
    position: int = 0
    total: int = 0
    asked: str = ""


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
    parts = [*_strip(scene, head or Head()), *body, *bar(scene, back, restart)]
    return Sheet(
        name, scene.tag, scene.language.direction, tuple(parts), tuple(text for text in reads if text)
    )


def clear_box(scene: Scene) -> Box:
    """The corner button."""
    wide = scene.px(232 if scene.frame.text_scale == 1 or scene.portrait else 280)
    return Box(scene.frame.width - scene.margin - wide, scene.px(16), wide, scene.px(56))


def _strip(scene: Scene, head: Head) -> list[Part]:
    px = scene.px
    clear = clear_box(scene)
    parts: list[Part] = [
        scene.target("clear", clear, "clear", scene.say("bar.clear"), 20, icon="eraser"),
    ]
    room = Box(scene.margin, px(16), clear.x - scene.margin - px(20), px(56))
    if head.asked:
        return [*parts, scene.words(room, head.asked, 24, bold=True, valign="middle", private=True)]
    if not head.total:
        parts.append(scene.words(room, scene.say("office.counter"), 22, colour="ink2", valign="middle"))
        return parts
    if not head.topic:
        return [*parts, Progress(room, head.position, head.total)]
    if scene.portrait:
        upper = Box(room.x, px(14), room.w, px(28))
        return [*parts, Progress(upper, head.position, head.total), *_topic(scene, head, room.x, room, 48)]
    wide = min(px(42) * head.total + px(90), px(520))
    line = room.x + wide + px(4)
    parts += [
        Progress(Box(room.x, room.y, wide, room.h), head.position, head.total),
        Rule(Box(line, px(30), 1, px(28)), "line"),
    ]
    return [*parts, *_topic(scene, head, line + px(24), room, 24)]


def _topic(scene: Scene, head: Head, x: int, room: Box, y: float) -> list[Part]:
    """The topic with its icon from `x` to the end of the room."""
    px = scene.px
    high = px(40)
    side = min(px(32), high)
    middle = px(y) + high // 2
    words = Box(x + side + px(14), px(y), room.right - x - side - px(14), high)
    return [
        Icon(Box(x, middle - side // 2, side, side), head.icon),
        scene.words(words, head.topic, 22, bold=True, valign="middle", max_lines=1),
    ]


def more(scene: Scene, box: Box, page: int, pages: int, key: str = "nav.more") -> Target:
    """The next part of a page, named by `key`, or back to the first one."""
    last = page == pages - 1
    return scene.target(
        "more",
        box,
        "more",
        scene.say("nav.previous" if last else key),
        26,
        icon="arrow-left" if last else "",
        icon_after="" if last else "arrow-right",
        badge=f"{page + 1} / {pages}",
    )


def caution(scene: Scene, strip: Box, text: str) -> list[Part]:
    """A warning in its warm strip: a sign, words, a border, never colour alone."""
    px = scene.px
    middle = strip.y + strip.h // 2
    return [
        Panel(strip, fill="warm_bg", border="warm_line"),
        Icon(Box(strip.x + px(16), middle - px(16), px(32), px(32)), "triangle-alert", "warm_ink"),
        scene.words(
            Box(strip.x + px(62), strip.y + px(3), strip.w - px(74), strip.h - px(6)),
            text,
            22,
            bold=True,
            colour="warm_ink",
            valign="middle",
        ),
    ]


def bar(scene: Scene, back: bool, restart: bool) -> list[Part]:
    """The five cells at the foot; a cell that has no sense is left empty."""
    top, width = scene.bar_top, scene.frame.width
    high = scene.frame.height - top
    read = ("bar.stop", "square") if scene.reading else ("bar.read", "volume-2")
    cells = (
        ("back", scene.say("bar.back"), "arrow-left", back),
        ("restart", scene.say("bar.restart"), "rotate-ccw", restart),
        ("size", scene.say("bar.larger"), "a-large-small", True),
        ("read", scene.say(read[0]), read[1], True),
        ("language", scene.language.endonym, "languages", True),
    )
    parts: list[Part] = [Panel(Box(0, top, width, high), radius=0), Rule(Box(0, top, width, 1))]
    frame_unit = scene.frame.unit
    # The bar never grows; readings and tall scripts fill it at its normal size already.
    grown = 1.0 if scene.tall else min(1.2, scene.frame.text_scale)
    for index, (name, label, icon, shown) in enumerate(cells):
        x = width * index // 5
        box = Box(x, top, width * (index + 1) // 5 - x, high)
        if shown:
            size = BAR_LABEL * frame_unit * grown
            least = SMALLEST * frame_unit
            parts.append(
                Target(name, box, "bar", label, scene.tag, icon=icon, size=size, smaller=(size * 0.92, least))
            )
    return parts
