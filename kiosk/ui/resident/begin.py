"""The first pages: the languages, another language, the notice, and the questions over a page."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.core.language import Language
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Sheet, Target, Words
from kiosk.ui.resident.base import Scene, sheet


def picker(scene: Scene, offered: Sequence[str], office: str, attract: int, japanese: Scene) -> Sheet:
    """Every language by its own name. `attract` counts the changes of the line that invites."""
    px, frame = scene.px, scene.frame
    columns = 2 if frame.form == "portrait" else 3
    if len(offered) > 11:
        columns = 3 if frame.form == "portrait" else 5
    rows = -(-(len(offered) + 1) // columns)
    top = px(250 if frame.form == "portrait" else 152)
    gap = px(16)
    height = min(px(152), (scene.bar_top - px(16) - top - gap * (rows - 1)) // rows)
    wide = (scene.width - gap * (columns - 1)) // columns
    parts: list[Part] = list(_picker_head(scene, offered, attract, japanese))
    for index, tag in enumerate(offered):
        language = scene.languages[tag]
        box = _cell(scene, index, columns, top, wide, height, gap)
        parts.append(
            Target(
                f"pick:{tag}",
                box,
                "choice",
                language.endonym,
                tag,
                size=px(34),
                align="center",
                smaller=(px(30), px(27), px(24)),
            )
        )
    spare = columns * rows - len(offered)
    first = _cell(scene, len(offered), columns, top, wide, height, gap)
    other = Box(first.x, first.y, wide * spare + gap * (spare - 1), height)
    english = scene.languages["en"]
    parts.append(
        Target(
            "other",
            other,
            "more",
            f"{japanese.say('pick.other')}",
            "ja-simple",
            icon="headset",
            detail=f"{scene.say('pick.other')} · {scene.say('pick.other.how')}",
            size=px(26),
            smaller=(px(24),),
            align="start",
        )
    )
    parts += _picker_bar(scene, office, english)
    return Sheet("language", "en", "ltr", tuple(parts), (scene.say("pick.title"),))


def _cell(scene: Scene, index: int, columns: int, top: int, wide: int, height: int, gap: int) -> Box:
    return Box(
        scene.margin + index % columns * (wide + gap), top + index // columns * (height + gap), wide, height
    )


def _picker_head(scene: Scene, offered: Sequence[str], attract: int, japanese: Scene) -> list[Part]:
    px = scene.px
    tag = offered[attract % len(offered)]
    choose = scene.languages[tag].choose
    title = japanese.say("pick.title")
    if scene.frame.form == "portrait":
        return [
            scene.words(
                Box(scene.margin, px(50), scene.width, px(90)), title, 40, bold=True, language="ja-simple"
            ),
            scene.words(
                Box(scene.margin, px(160), scene.width, px(60)), choose, 28, colour="accent", language=tag
            ),
        ]
    half = scene.width * 11 // 20
    return [
        scene.words(
            Box(scene.margin, px(40), half, px(84)),
            title,
            40,
            bold=True,
            language="ja-simple",
            valign="middle",
            max_lines=1,
        ),
        scene.words(
            Box(scene.margin + half, px(52), scene.width - half, px(72)),
            choose,
            28,
            colour="accent",
            language=tag,
            align="end",
            valign="middle",
        ),
    ]


def _picker_bar(scene: Scene, office: str, english: Language) -> list[Part]:
    px, width, top = scene.px, scene.frame.width, scene.bar_top
    high = scene.frame.height - top
    parts: list[Part] = [Panel(Box(0, top, width, high), radius=0), Rule(Box(0, top, width, 1))]
    if scene.frame.form != "portrait":
        parts.append(
            scene.words(
                Box(scene.margin, top, width * 3 // 5 - scene.margin, high),
                office,
                28,
                bold=True,
                valign="middle",
                language="ja-simple",
                max_lines=1,
            )
        )
    cells = (("size", scene.say("bar.larger"), "a-large-small"), ("read", scene.say("bar.read"), "volume-2"))
    for index, (name, label, icon) in enumerate(cells):
        box = Box(width * (3 + index) // 5, top, width // 5, high)
        parts.append(Target(name, box, "bar", label, english.tag, icon=icon, size=px(20)))
    return parts


def other(scene: Scene, japanese: Scene) -> Sheet:
    """For a language that is not listed: in English and plain Japanese, to be shown to the staff."""
    px = scene.px
    top = px(110)
    card = Box(scene.margin, top, scene.width, scene.action_top - px(16) - top)
    half = (card.h - px(48)) // 2
    parts: list[Part] = [Panel(card)]
    for index, (here, tag) in enumerate(((scene, "en"), (japanese, "ja-simple"))):
        y = card.y + px(24) + index * half
        inner = Box(card.x + px(140), y, card.w - px(180), half)
        if index:
            parts.append(Rule(Box(card.x + px(32), y - px(8), card.w - px(64), 1)))
        parts += [
            Icon(Box(card.x + px(32), y + px(8), px(80), px(80)), "headset", chip=True),
            scene.words(
                Box(inner.x, y, inner.w, half // 2), here.say("other.title"), 34, bold=True, language=tag
            ),
            scene.words(
                Box(inner.x, y + half // 2, inner.w, half // 2 - px(8)),
                here.say("other.text"),
                24,
                colour="ink2",
                language=tag,
            ),
        ]
    parts.append(
        scene.target("number", scene.action(2), "primary", scene.say("other.number"), 28, icon="ticket")
    )
    return sheet(
        scene, "other", parts, restart=False, reads=(scene.say("other.title"), scene.say("other.text"))
    )


NOTICES = (("free", ""), ("secret", "lock-keyhole"), ("kept", "archive"))


def notice(scene: Scene, keep_days: int) -> Sheet:
    """Free, secret, what is kept; and what the clear button is for, before it is ever needed."""
    px, say = scene.px, scene.say
    title = Box(scene.margin, px(80), scene.width, px(66))
    top = px(160)
    gap = px(16)
    height = (scene.action_top - gap - top - 2 * gap) // 3
    parts: list[Part] = [scene.words(title, say("notice.title"), 40, bold=True, valign="middle", max_lines=1)]
    reads = [say("notice.title")]
    for index, (name, icon) in enumerate(NOTICES):
        box = Box(scene.margin, top + index * (height + gap), scene.width, height)
        head, text = say(f"notice.{name}.title"), say(f"notice.{name}.text", days=keep_days)
        reads += [head, text]
        parts += [Panel(box), *_notice_icon(scene, box, icon)]
        inner = Box(box.x + px(132), box.y + px(10), box.w - px(156), box.h - px(20))
        upper = inner.h * 45 // 100
        parts += [
            scene.words(
                Box(inner.x, inner.y, inner.w, upper), head, 28, bold=True, valign="middle", max_lines=1
            ),
            scene.words(
                Box(inner.x, inner.y + upper, inner.w, inner.h - upper),
                text,
                24,
                colour="ink2",
                valign="middle",
            ),
        ]
    wide = scene.action(2)
    left = Box(scene.margin, wide.y, wide.x - scene.margin - px(24), wide.h)
    parts += [
        Icon(Box(left.x + px(24), left.y + px(24), px(48), px(48)), "eraser"),
        scene.words(
            Box(left.x + px(92), left.y, left.w - px(92), left.h), say("notice.clear"), 22, valign="middle"
        ),
        scene.target("next", wide, "primary", say("notice.start"), 28, icon_after="arrow-right"),
    ]
    reads.append(say("notice.clear"))
    return sheet(scene, "notice", parts, restart=False, reads=reads)


def _notice_icon(scene: Scene, box: Box, icon: str) -> list[Part]:
    px = scene.px
    chip = Box(box.x + px(24), box.y + (box.h - px(80)) // 2, px(80), px(80))
    if icon:
        return [Icon(chip, icon, chip=True)]
    return [
        Panel(chip, fill="tint", border="line" if scene.frame.contrast else "", radius=px(13)),
        Words(chip, "¥0", "en", px(30), bold=True, colour="accent", align="center", valign="middle"),
    ]


def asked(
    scene: Scene, name: str, icon: str, title: str, text: str, buttons: Sequence[tuple[str, str, str]]
) -> Sheet:
    """A plain question or statement in the middle of the page; the last button is the main one."""
    px = scene.px
    card = Box(scene.margin, px(150), scene.width, scene.action_top - px(166))
    centre = card.x + card.w // 2
    parts: list[Part] = [
        Panel(card),
        Icon(Box(centre - px(48), card.y + px(48), px(96), px(96)), icon, chip=True),
        scene.words(
            Box(card.x + px(40), card.y + px(164), card.w - px(80), px(110)),
            title,
            40,
            bold=True,
            align="center",
            valign="middle",
        ),
        scene.words(
            Box(card.x + px(40), card.y + px(276), card.w - px(80), card.h - px(296)),
            text,
            26,
            colour="ink2",
            align="center",
        ),
    ]
    boxes = [scene.action(1), scene.action(2)] if len(buttons) == 2 else [scene.action(2)]
    for (target, label, look), box in zip(buttons, boxes, strict=True):
        parts.append(
            scene.target(
                target,
                box,
                "primary" if look == "primary" else "secondary",
                label,
                28 if look == "primary" else 26,
            )
        )
    return sheet(scene, name, parts, back=False, restart=False, reads=(title, text))


def change_language(scene: Scene, offered: Sequence[str]) -> Sheet:
    """The languages once more, in the middle of a visit; answers stay."""
    px, say = scene.px, scene.say
    columns = 2 if scene.frame.form == "portrait" else 3
    rows = -(-len(offered) // columns)
    top, gap = px(190), px(16)
    bottom = scene.bar_top - px(16)
    height = min(px(120), (bottom - top - gap * (rows - 1)) // rows)
    wide = (scene.width - gap * (columns - 1)) // columns
    parts: list[Part] = [
        scene.words(
            Box(scene.margin, px(80), scene.width, px(60)),
            say("language.title"),
            40,
            bold=True,
            valign="middle",
        ),
        scene.words(Box(scene.margin, px(140), scene.width, px(40)), say("language.text"), 22, colour="ink2"),
    ]
    for index, tag in enumerate(offered):
        box = _cell(scene, index, columns, top, wide, height, gap)
        language = scene.languages[tag]
        parts.append(
            Target(
                f"pick:{tag}",
                box,
                "choice",
                language.endonym,
                tag,
                size=px(30),
                align="center",
                chosen=tag == scene.tag,
                smaller=(px(27), px(24)),
            )
        )
    return sheet(
        scene, "change-language", parts, restart=False, reads=(say("language.title"), say("language.text"))
    )


SIZES = (("normal", 1.0), ("large", 1.25), ("largest", 1.5))


def text_size(scene: Scene) -> Sheet:
    """Three sizes and the black screen, each shown as it will be."""
    px, say, frame = scene.px, scene.say, scene.frame
    parts: list[Part] = [
        scene.words(
            Box(scene.margin, px(80), scene.width, px(76)), say("size.title"), 40, bold=True, valign="middle"
        )
    ]
    boxes = scene.columns(3, px(176), px(180))
    for box, (name, scale) in zip(boxes, SIZES, strict=True):
        parts.append(
            Target(
                f"size:{name}",
                box,
                "choice",
                say(f"size.{name}"),
                scene.tag,
                size=px(26 * scale),
                align="center",
                smaller=(px(26), px(22)),
                chosen=frame.text_scale == scale,
            )
        )
    theme = "light" if frame.contrast else "contrast"
    box = Box(scene.margin, px(376), scene.width, px(112))
    parts += [
        scene.target(f"size:{theme}", box, "secondary", say(f"size.{theme}"), 28),
        scene.target("back", scene.action(2), "primary", say("size.done"), 28, icon="check"),
    ]
    return sheet(scene, "text-size", parts, back=False, restart=False, reads=(say("size.title"),))


def idle(scene: Scene, under: Sheet, seconds: int) -> Sheet:
    """The question whether somebody is there, laid over the page as it stands."""
    px, frame = scene.px, scene.frame
    wide = min(scene.width, px(760))
    box = Box((frame.width - wide) // 2, scene.action_top - px(60), wide, px(160))
    parts = (
        *under.parts,
        Panel(box.inset(-px(6)), fill="ground", radius=px(18)),
        Panel(box, border="accent", border_width=px(3)),
        Icon(Box(box.x + px(32), box.y + px(52), px(56), px(56)), "hourglass"),
        scene.words(
            Box(box.x + px(112), box.y + px(20), box.w - px(352), px(60)),
            scene.say("idle.title"),
            30,
            bold=True,
            valign="middle",
        ),
        scene.words(
            Box(box.x + px(112), box.y + px(82), box.w - px(352), px(62)),
            scene.say("idle.text", n=seconds),
            22,
            valign="middle",
        ),
        scene.target(
            "here",
            Box(box.right - px(216), box.y + px(24), px(192), px(112)),
            "primary",
            scene.say("idle.yes"),
            30,
        ),
    )
    return Sheet("idle", under.language, under.direction, parts, (scene.say("idle.title"),))


def told(scene: Scene, under: Sheet, text: str) -> Sheet:
    """A sentence over the foot of the page, gone with the next press."""
    px = scene.px
    box = Box(scene.margin, scene.bar_top - px(96), scene.width, px(84))
    parts = (
        *under.parts,
        Panel(box, fill="warm_bg", border="warm_line"),
        Icon(Box(box.x + px(24), box.y + px(26), px(32), px(32)), "info", "warm_ink"),
        scene.words(
            Box(box.x + px(76), box.y + px(6), box.w - px(96), box.h - px(12)),
            text,
            24,
            bold=True,
            colour="warm_ink",
            valign="middle",
        ),
    )
    return Sheet(under.name, under.language, under.direction, parts, under.reads)
