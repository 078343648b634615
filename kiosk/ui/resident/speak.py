"""The resident's own words: spoken, and shown back in translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.core.heard import Translation
from kiosk.ui.parts import Bar, Box, Icon, Meter, Panel, Part, Pill, Rule, Sheet, Words
from kiosk.ui.resident.base import Head, Scene, sheet

Ear = Literal["idle", "loading", "listening", "heard", "off"]
QUIET_DBFS, LOUD_DBFS = -45.0, -6.0


@dataclass(frozen=True)
class Speaking:
    """How listening stands. `trouble` is a sentence for the person, empty where all is well."""

    ear: Ear
    text: str = ""
    provisional: str = ""
    seconds: int = 0
    dbfs: float = -90.0
    clipped: bool = False
    trouble: str = ""
    nothing: bool = False


def speak(scene: Scene, now: Speaking, head: Head) -> Sheet:
    """Press, speak, press again; or type; or go on without."""
    px, say = scene.px, scene.say
    top = px(160)
    parts: list[Part] = [
        scene.words(
            Box(scene.margin, px(78), scene.width, px(70)), say("speak.title"), 40, bold=True, valign="middle"
        )
    ]
    portrait = scene.frame.form == "portrait"
    if portrait:
        left = Box(scene.margin, top, scene.width, px(470))
        right = Box(scene.margin, left.bottom + px(16), scene.width, scene.action_top - left.bottom - px(32))
    else:
        left = Box(scene.margin, top, scene.action(0).w, scene.action_top + px(96) - top)
        right = Box(
            scene.action(1).x,
            top,
            scene.frame.width - scene.margin - scene.action(1).x,
            scene.action_top - px(16) - top,
        )
    parts += _ear(scene, now, left)
    parts += _heard(scene, now, right)
    parts += _onward(scene, now, portrait)
    words = [say("speak.title"), say("speak.press") if now.ear != "off" else say("speak.not_installed")]
    return sheet(scene, "speak", parts, head=head, reads=words)


def _ear(scene: Scene, now: Speaking, area: Box) -> list[Part]:
    px, say = scene.px, scene.say
    parts: list[Part] = [Panel(area)]
    size = min(px(250), area.h - px(230))
    ring = Box(area.x + (area.w - size) // 2, area.y + px(24), size, size)
    icon = {"off": "mic-off", "listening": "square"}.get(now.ear, "mic")
    parts.append(
        scene.target(
            "listen", ring, "round", "", icon=icon, enabled=now.ear in ("idle", "listening", "heard")
        )
    )
    state, below = {
        "idle": (say("speak.press"), ""),
        "heard": (say("speak.press"), ""),
        "loading": (say("speak.loading"), ""),
        "listening": (
            f"{say('speak.listening')} · {now.seconds // 60}:{now.seconds % 60:02d}",
            say("speak.again"),
        ),
        "off": (say("speak.no_speech_here"), now.trouble or say("speak.not_installed")),
    }[now.ear]
    y = ring.bottom + px(12)
    inner = area.inset(px(20), 0)
    tall = px(66) if below else px(104)
    parts.append(
        scene.words(
            Box(inner.x, y, inner.w, tall),
            state,
            27,
            bold=True,
            colour="accent" if now.ear != "off" else "ink2",
            align="center",
            valign="middle",
        )
    )
    rest = Box(inner.x, y + tall, inner.w, area.bottom - y - tall - px(12))
    if now.ear == "listening":
        parts.append(
            scene.words(Box(rest.x, rest.y, rest.w, px(56)), below, 21, align="center", valign="middle")
        )
        parts += _level(scene, now, Box(rest.x + px(12), area.bottom - px(88), rest.w - px(24), px(24)))
    elif below:
        parts.append(scene.words(rest, below, 22, align="center"))
    return parts


def _level(scene: Scene, now: Speaking, box: Box) -> list[Part]:
    px = scene.px
    loud = now.clipped or now.dbfs > LOUD_DBFS
    quiet = now.dbfs < QUIET_DBFS
    key = "level.loud" if loud else "level.quiet" if quiet else "level.good"
    level = (now.dbfs + 60) / 60
    warn = loud or quiet
    return [
        Meter(box, level, warn=warn),
        scene.words(
            Box(box.x, box.bottom + px(8), box.w, px(44)),
            scene.say(key),
            20,
            bold=warn,
            align="center",
            valign="middle",
            colour="warm_ink" if warn else "ink",
            max_lines=1,
        ),
    ]


def _heard(scene: Scene, now: Speaking, area: Box) -> list[Part]:
    px, say = scene.px, scene.say
    inner = area.inset(px(32), px(20))
    foot = px(84)
    parts: list[Part] = [
        Panel(area),
        scene.words(
            Box(inner.x, inner.y, inner.w, px(36)), say("speak.heard"), 22, colour="ink2", max_lines=1
        ),
    ]
    text = f"{now.text} {now.provisional}".strip()
    body = Box(inner.x, inner.y + px(44), inner.w, inner.h - px(44) - foot)
    warning = now.trouble if now.ear != "off" else ""
    if now.nothing and not text:
        warning = warning or say("speak.nothing")
    if text:
        start = len(now.text) + 1 if now.provisional and now.text else 0 if now.provisional else None
        # The newest words must stay in sight: a long text loses its beginning here, never in the ticket.
        parts.append(scene.words(body, _tail(text), 32, provisional_from=start))
    parts.append(Rule(Box(inner.x, area.bottom - foot - px(8), inner.w, 1)))
    note = Box(inner.x, area.bottom - foot - px(4), inner.w, foot)
    if warning:
        strip = Box(inner.x - px(12), note.y + px(6), inner.w + px(24), foot - px(10))
        parts += [
            Panel(strip, fill="warm_bg", border="warm_line"),
            Icon(
                Box(strip.x + px(16), strip.y + (strip.h - px(32)) // 2, px(32), px(32)),
                "triangle-alert",
                "warm_ink",
            ),
            scene.words(
                Box(strip.x + px(62), strip.y + px(4), strip.w - px(74), strip.h - px(8)),
                warning,
                22,
                bold=True,
                colour="warm_ink",
                valign="middle",
            ),
        ]
    else:
        parts += [
            Icon(Box(note.x, note.y + (foot - px(28)) // 2, px(28), px(28)), "pencil"),
            scene.words(
                Box(note.x + px(44), note.y, note.w - px(44), foot),
                say("speak.can_correct"),
                22,
                valign="middle",
            ),
        ]
    return parts


def _tail(text: str, limit: int = 260) -> str:
    return text if len(text) <= limit else "…" + text[-limit:]


def _onward(scene: Scene, now: Speaking, portrait: bool) -> list[Part]:
    say = scene.say
    boxes = (
        scene.columns(2, scene.action_top, scene.px(96)) if portrait else [scene.action(1), scene.action(2)]
    )
    if now.ear == "heard" and now.text:
        return [
            scene.target("type", boxes[0], "secondary", say("speak.correct"), 26, icon="pencil"),
            scene.target("next", boxes[1], "primary", say("nav.next"), 28, icon_after="arrow-right"),
        ]
    if now.ear == "off":
        return [
            scene.target("skip", boxes[0], "quiet", say("speak.skip"), 26, icon="skip-forward"),
            scene.target("type", boxes[1], "primary", say("speak.write"), 28, icon="keyboard"),
        ]
    return [
        scene.target("type", boxes[0], "secondary", say("speak.write"), 26, icon="keyboard"),
        scene.target("skip", boxes[1], "quiet", say("speak.skip"), 26, icon="skip-forward"),
    ]


@dataclass(frozen=True)
class Confirming:
    """How the translation stands: at work, there, or refused with a sentence why."""

    text: str
    translation: Translation | None = None
    trouble: str = ""
    differs: bool = False
    spoken: bool = False
    done: float = 0.0


def confirm(scene: Scene, now: Confirming, head: Head) -> Sheet:
    """Said, read by the counselor, and back again: compare the first and the last."""
    px, say = scene.px, scene.say
    working = now.translation is None and not now.trouble
    help_text = say("confirm.working") if working else now.trouble or say("confirm.help")
    parts: list[Part] = [
        scene.words(
            Box(scene.margin, px(78), scene.width, px(62)),
            say("confirm.title"),
            40,
            bold=True,
            valign="middle",
        )
    ]
    if now.differs or now.trouble:
        parts += _warning(scene, now.trouble or say("confirm.differs"))
    else:
        parts.append(
            scene.words(
                Box(scene.margin, px(138), scene.width, px(46)), help_text, 22, colour="ink2", valign="middle"
            )
        )
    parts += _cards(scene, now, working)
    parts += _decide(scene, now)
    return sheet(scene, "confirm", parts, head=head, reads=(say("confirm.title"), help_text))


def _warning(scene: Scene, text: str) -> list[Part]:
    px = scene.px
    strip = Box(scene.margin, px(138), scene.width, px(52))
    return [
        Panel(strip, fill="warm_bg", border="warm_line"),
        Icon(Box(strip.x + px(16), strip.y + px(12), px(28), px(28)), "triangle-alert", "warm_ink"),
        scene.words(
            Box(strip.x + px(60), strip.y, strip.w - px(76), strip.h),
            text,
            22,
            bold=True,
            colour="warm_ink",
            valign="middle",
        ),
    ]


def _cards(scene: Scene, now: Confirming, working: bool) -> list[Part]:
    px, say = scene.px, scene.say
    made = now.translation
    top = px(202)
    height = scene.action_top - px(16) - top
    machine = say("confirm.sample") if made and made.sample else say("confirm.machine")
    texts = [
        (
            say("confirm.said"),
            now.text,
            scene.tag,
            say("confirm.own"),
            "mic" if now.spoken else "keyboard",
            False,
        )
    ]
    if not now.trouble:
        texts += [
            (say("confirm.reads"), made.japanese if made else "", "ja", machine, "bot", True),
            (
                say("confirm.back", language=scene.language.endonym),
                made.back if made else "",
                scene.tag,
                machine,
                "bot",
                True,
            ),
        ]
    if scene.frame.form == "portrait":
        each = (height - px(16) * (len(texts) - 1)) // len(texts)
        boxes = [Box(scene.margin, top + i * (each + px(16)), scene.width, each) for i in range(len(texts))]
    else:
        boxes = scene.columns(len(texts), top, height)
    parts: list[Part] = []
    for index, (box, (title, text, tag, mark, icon, warm)) in enumerate(zip(boxes, texts, strict=True)):
        parts += _card(scene, box, str(index + 1), title, text, tag)
        foot = Box(box.x + px(24), box.bottom - px(60), box.w - px(48), px(40))
        if text:
            size = 20 * scene.frame.unit
            parts.append(Pill(foot, mark, scene.tag, icon, "warm" if warm else "accent", size=size))
        elif working:
            parts.append(Bar(Box(foot.x, foot.y + px(14), foot.w, px(10)), max(0.06, now.done)))
    return parts


def _card(scene: Scene, box: Box, figure: str, title: str, text: str, tag: str) -> list[Part]:
    px = scene.px
    disc = Box(box.x + px(24), box.y + px(24), px(36), px(36))
    return [
        Panel(box),
        Panel(disc, fill="accent", radius=px(18)),
        Words(disc, figure, "en", px(22), bold=True, colour="on_accent", align="center", valign="middle"),
        scene.words(
            Box(box.x + px(72), box.y + px(10), box.w - px(84), px(64)), title, 24, bold=True, valign="middle"
        ),
        scene.words(
            Box(box.x + px(24), box.y + px(82), box.w - px(48), box.h - px(150)), text, 25, language=tag
        ),
    ]


def _decide(scene: Scene, now: Confirming) -> list[Part]:
    say = scene.say
    parts: list[Part] = [
        scene.target("type", scene.action(0), "secondary", say("confirm.change"), 26, icon="pencil")
    ]
    if now.translation is None and now.trouble:
        parts.append(
            scene.target(
                "untranslated", scene.action(2), "primary", say("confirm.untranslated"), 26, icon="send"
            )
        )
        return parts
    parts.append(
        scene.target(
            "untranslated", scene.action(1), "secondary", say("confirm.untranslated"), 26, icon="send"
        )
    )
    parts.append(
        scene.target(
            "accept",
            scene.action(2),
            "primary",
            say("confirm.accept"),
            28,
            icon="check",
            enabled=now.translation is not None,
        )
    )
    return parts
