"""All answers on one page or two; the whole cell of each is pressed to change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.ui.parts import Box, Icon, Part, Sheet, Target
from kiosk.ui.resident.base import Scene, grid
from kiosk.ui.resident.page import Head, sheet
from kiosk.ui.resident.share import room_for


@dataclass(frozen=True)
class Answered:
    """One line of the review: what it edits, its label and the answer."""

    id: str
    label: str
    answer: str
    language: str = ""


def review(
    scene: Scene,
    answers: Sequence[Answered],
    words: Answered,
    page: int,
    main: str,
    head: Head,
    *,
    discreet: bool = False,
    may_add: bool = False,
) -> Sheet:
    """Every answer can be changed by pressing it. `main` is the catalogue key of the main button.
    `may_add`: one more problem may be told.

    `discreet`: the answers are not read aloud, since somebody may stand by.
    """
    say = scene.say
    shown = _shares(answers, _most(scene))
    page %= len(shown)
    last = page == len(shown) - 1
    parts = scene.title(say("review.title"))
    area = scene.body(scene.top(), 3)
    for answer, box in zip(shown[page], _boxes(scene, area, len(shown[page]), last), strict=False):
        parts += _answer(scene, box, answer)
    if last:
        parts += _answer(scene, _words_box(scene, area, len(shown[page])), words)
    parts += _foot(scene, main, page, len(shown), may_add and last)
    listed = [] if discreet else [f"{answer.label}: {answer.answer}" for answer in shown[page]]
    reads = [say("review.title"), *listed, say("review.note")]
    return sheet(scene, "review", parts, head=head, reads=reads)


def _most(scene: Scene) -> int:
    """Answers on the page with the narrative."""
    return 6 if scene.frame.text_scale < 1.25 else 4


def _shares(answers: Sequence[Answered], most: int) -> list[Sequence[Answered]]:
    """The answers by page; the last page holds the narrative as well, which takes what room is left."""
    return [answers[at : at + most] for at in range(0, len(answers), most)]


def _columns(scene: Scene) -> int:
    return 1 if scene.portrait else 2


def _rows(scene: Scene, count: int) -> int:
    return -(-count // _columns(scene))


def _gap(scene: Scene, rows: int) -> int:
    """Many rows stand closer, so that each is still high enough for a finger."""
    return scene.gap if rows < 4 else scene.px(10)


def _height(scene: Scene, area: Box, rows: int, tallest: int = 132) -> int:
    """The height of a row where `rows` share the area, not more than looks like a cell."""
    return min(scene.px(tallest), (area.h - _gap(scene, rows) * (rows - 1)) // rows)


def _boxes(scene: Scene, area: Box, count: int, last: bool) -> list[Box]:
    rows = _rows(scene, count)
    height = _height(scene, area, rows + 1) if last else _height(scene, area, rows, 196)
    gap = _gap(scene, rows + 1 if last else rows)
    return grid(Box(area.x, area.y, area.w, rows * (height + gap) - gap), count, _columns(scene), gap)


def _words_box(scene: Scene, area: Box, count: int) -> Box:
    """The narrative takes what the answers leave of the page."""
    rows = _rows(scene, count)
    top = area.y + rows * (_height(scene, area, rows + 1) + _gap(scene, rows + 1))
    return Box(area.x, top, area.w, min(area.bottom - top, scene.px(300)))


def _answer(scene: Scene, box: Box, answer: Answered) -> list[Part]:
    px = scene.px
    change = px(132 if scene.frame.text_scale == 1 else 168)
    room = box.w - px(24) - change - px(12)
    tall = box.h > px(128) and bool(answer.language)
    # A low card gives the label what it needs; a higher one the answer, which may have two lines.
    label = px(52) if tall else box.h * (42 if box.h < px(110) else 37) // 100
    lower = Box(box.x + px(24), box.y + label, room, box.h - label - px(10))
    text, language = answer.answer, answer.language or scene.tag
    most = room_for(scene, language, lower, 21 if scene.frame.text_scale == 1 else 24)
    if answer.language and len(text) > most:
        text = text[: most - 1].rstrip() + "…"  # the whole of it is one press away
    return [
        Target(f"edit:{answer.id}", box, "secondary", "", scene.tag),
        scene.words(
            Box(box.x + px(24), box.y + px(3), room, label - px(3)),
            answer.label,
            20,
            colour="ink2",
            valign="bottom" if not tall else "middle",
        ),
        scene.words(
            lower,
            text,
            26,
            bold=True,
            valign="top" if tall else "middle",
            language=language,
            private=bool(answer.language),
        ),
        Icon(Box(box.right - change, box.y + (box.h - px(28)) // 2, px(28), px(28)), "pencil"),
        scene.words(
            Box(box.right - change + px(38), box.y, change - px(50), box.h),
            scene.say("review.edit"),
            22,
            colour="accent",
            valign="middle",
        ),
    ]


def _foot(scene: Scene, main: str, page: int, pages: int, may_add: bool) -> list[Part]:
    """Further answers, one more problem or what is still to be known, and on."""
    say = scene.say
    left, middle, right = scene.foot(3)
    free = [left, middle]
    parts: list[Part] = []
    if pages > 1:
        last = page == pages - 1
        label = say("nav.previous" if last else "nav.more")
        parts.append(scene.target("more", free.pop(0), "more", label, 26, badge=f"{page + 1} / {pages}"))
    if may_add:
        ready = main != "review.sending"
        parts.append(
            scene.target(
                "add", free.pop(0), "secondary", say("review.add"), 26, icon="file-plus", enabled=ready
            )
        )
    narrow = scene.portrait and (scene.frame.text_scale > 1 or scene.tall)
    if len(free) > (1 if narrow else 0):
        parts += _note(scene, Box(free[0].x, free[0].y, free[-1].right - free[0].x, free[0].h))
    send = main == "review.send"
    return [
        *parts,
        scene.target(
            "send",
            right,
            "primary",
            say(main),
            28,
            icon="ticket" if send else "",
            icon_after="arrow-right" if main == "review.places" else "",
            enabled=main != "review.sending",
        ),
    ]


def _note(scene: Scene, note: Box) -> list[Part]:
    px, icon = scene.px, scene.px(32)
    return [
        Icon(Box(note.x, note.y + (note.h - icon) // 2, icon, icon), "info"),
        scene.words(
            Box(note.x + px(46), note.y, note.w - px(54), note.h),
            scene.say("review.note"),
            22,
            valign="middle",
        ),
    ]
