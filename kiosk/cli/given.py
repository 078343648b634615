"""What is written after a command, read and refused in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kiosk.app.office import Office


def a_day(text: str, hint: str = "--date") -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("write a day such as 2026-11-27", param_hint=hint) from None


def a_month(text: str, hint: str) -> str:
    """A month's ISO form."""
    from datetime import date

    try:
        return date.fromisoformat(f"{text}-01").isoformat()[:7]
    except ValueError:
        raise typer.BadParameter("write a month such as 2026-11", param_hint=hint) from None


def a_file(out: Path, hint: str = "--out") -> Path:
    """Where a file is to be written, in a folder that is there: one made by a slip of the finger, or in place
    of a stick that is not in, would be looked for in vain."""
    whole = out.expanduser().absolute()
    if whole.is_dir():
        raise typer.BadParameter(f"{out} is a folder; write the file's name, too", param_hint=hint)
    if not whole.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {whole.parent}", param_hint=hint)
    return whole


def a_counter(here: Office, text: str, hint: str) -> str:
    """A counter's number or a desk of the settings: to any other place a ticket would wait for ever."""
    if (text.isascii() and text.isdigit() and 0 < int(text) < 1000) or text in here.settings.office.desks:
        return str(int(text)) if text.isdigit() else text
    known = ", ".join(here.settings.office.desks)
    raise typer.BadParameter(f"write a counter's number such as 1, or one of: {known}", param_hint=hint)


def tags(here: Office, text: str) -> tuple[str, ...]:
    tags = tuple(tag.strip() for tag in text.split(",") if tag.strip())
    for tag in tags:
        if tag not in here.languages:
            known = ", ".join(here.languages)
            raise typer.BadParameter(f"{tag} is none of: {known}", param_hint="--languages")
    return tags


def specialists_of(here: Office, text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    known = [one.id for one in here.roster.specialists]
    for name in names:
        if name not in known:
            raise typer.BadParameter(
                f"{name} is none of: {', '.join(known) or '-'}", param_hint="--specialists"
            )
    return names


def a_size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) >= 640 and int(height) >= 480):
        raise typer.BadParameter("write a size such as 1280x800, at least 640x480")
    return int(width), int(height)


def a_geometry(text: str, hint: str = "--geometry") -> tuple[tuple[int, int], tuple[int, int]]:
    """Size and place of a window: 1280x720+1920+0, or its size alone."""
    size, *place = text.split("+")
    if len(place) not in (0, 2) or not all(part.isdigit() for part in place):
        raise typer.BadParameter("write a place such as 1280x720+1920+0", param_hint=hint)
    return a_size(size), (int(place[0]), int(place[1])) if place else (0, 0)


def listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.replace("、", ",").split(",") if one.strip())
