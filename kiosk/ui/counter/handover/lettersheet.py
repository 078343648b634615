"""The page for letters laid out: the form at the left, the paper at the right."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, button, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.handover.desk import Question
from kiosk.ui.counter.handover.look import LetterView
from kiosk.ui.counter.own import FieldBox, Laid, field_frame, page_head
from kiosk.ui.counter.pair import above_bar, bar
from kiosk.ui.counter.record.formsheet import GAP, LINE, choosing_parts, item_parts, line_parts
from kiosk.ui.parts import Box, Panel, Part, Photo

WORDS, AUTHORITY = "letter.words", "letter.authority"
"""Names of the fields."""


def lay_letter(view: LetterView, grid: Grid, area: Box) -> Laid:
    parts, rest = page_head(view.title, "", grid, area)
    form, paper = _sides(view, grid, rest)
    if view.side == "paper" and not view.asked:
        return Laid((*parts, *_paper(view, grid, paper)))
    if view.choosing is not None:
        more, fields = choosing_parts(view.choosing, grid, form)
    else:
        more, fields = _form(view, grid, form)
    right = _question(view.asked, grid, paper) if view.asked else []
    if view.side and view.turn and not view.asked:
        right = bar("turn_paper", view.turn, rest, grid)
    elif not view.side and not view.asked:
        right = _paper(view, grid, paper)
    return Laid((*parts, *more, *right), tuple(fields))


def _sides(view: LetterView, grid: Grid, rest: Box) -> tuple[Box, Box]:
    """Where the form lies, and the paper or the question. In a narrow window the question lies above what is
    answered, and form and paper have the same place."""
    px = grid.px
    if not view.side:
        wide = (rest.w - px(24)) * 11 // 20
        paper = Box(rest.x + wide + px(24), rest.y, rest.w - wide - px(24), rest.h)
        return Box(rest.x, rest.y, wide, rest.h), paper
    if view.asked:
        high = rest.h * 9 // 20
        below = Box(rest.x, rest.y + high + px(12), rest.w, rest.h - high - px(12))
        return below, Box(rest.x, rest.y, rest.w, high)
    return above_bar(rest, grid) if view.turn else rest, rest


def _form(view: LetterView, grid: Grid, form: Box) -> tuple[list[Part], list[FieldBox]]:
    px, y = grid.px, form.y
    parts: list[Part] = []
    if view.state:
        strip = Box(form.x, y, form.w, px(44))
        ink = "warm_ink" if view.warm else "ink"
        fill, border = ("warm_bg", "warm_line") if view.warm else ("tint", "")
        parts += [
            Panel(strip, fill=fill, border=border, radius=px(8)),
            grid.words(strip.inset(px(10), 0), view.state, 15, bold=True, colour=ink, shrink=True, lines=2),
        ]
    y += px(52)
    for line in view.lines:
        parts += line_parts(line, grid, Box(form.x, y, form.w, px(LINE)))
        y += px(LINE + GAP)
    fields = []
    if view.authority:
        box = Box(form.x + px(6), y + px(36), form.w - px(12), px(34))
        parts += field_frame(view.authority, box, grid)
        fields.append(FieldBox(AUTHORITY, box, size=16 * grid.unit))
        y = box.bottom + px(10)
    foot = Box(form.x, form.bottom - px(52), form.w, px(52))
    box = Box(form.x + px(6), y + px(36), form.w - px(12), foot.y - px(18) - y - px(36))
    parts += field_frame(view.words, box, grid)
    fields.append(FieldBox(WORDS, box, many=True, size=16 * grid.unit))
    wide = (foot.w - px(12)) * 9 // 20
    main = Box(foot.right - wide, foot.y, wide, foot.h)
    left = Box(foot.x, foot.y + px(6), foot.w - wide - px(12), foot.h - px(12))
    parts += button(Key("finish", "F10", "check", view.finish), main, grid, primary=True)
    return parts + item_parts(view.foot, grid, left), fields


def _paper(view: LetterView, grid: Grid, box: Box) -> list[Part]:
    """The page as it would be printed, with an edge; its words are read on paper, its look here."""
    px = grid.px
    below = px(52) if view.turn else 0
    sheet = Box(box.x, box.y, box.w, box.h - below)
    parts: list[Part] = [Panel(sheet, fill="ground", border="line", radius=px(8))]
    if view.shot is not None:
        parts.append(Photo(sheet.inset(px(8)), view.shot))
    else:
        said = grid.words(
            sheet.inset(px(24)), view.paper, 17, colour="ink2", align="center", shrink=True, lines=4
        )
        parts.append(said)
    if view.turn:
        row = Box(box.x, box.bottom - px(44), box.w, px(44))
        parts += small_button(Key("turn_paper", "PgDn", "arrow-right", view.turn), row, grid)
    return parts


def _question(asked: Question, grid: Grid, box: Box) -> list[Part]:
    """Large and in the resident's language; below it what staff read out in Japanese."""
    px = grid.px
    high = box.h * 3 // 5
    local = Box(box.x, box.y, box.w, high)
    japanese = Box(box.x, local.bottom + px(12), box.w, box.h - high - px(12))
    parts: list[Part] = [
        Panel(local, fill="tint", border="accent", border_width=2, radius=px(10)),
        grid.words(
            local.inset(px(24)), asked.local, 30, bold=True, language=asked.language, lines=8, shrink=True
        ),
    ]
    if asked.language != "ja":
        parts += [
            Panel(japanese, border="line", radius=px(10)),
            grid.words(japanese.inset(px(24)), asked.japanese, 20, language="ja", lines=5, shrink=True),
        ]
    return parts
