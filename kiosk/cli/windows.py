"""Kiosk, console, and what they are switched to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.base import AtEvent, Here, app, data_here, office, office_at
from kiosk.cli.given import a_counter, a_geometry, a_size, specialists_of, tags


@app.command()
def intake(
    windowed: Annotated[bool, typer.Option(help="In a window instead of full screen.")] = False,
    size: Annotated[str, typer.Option(help="Size of the window.")] = "1280x800",
    letter: Annotated[
        str,
        typer.Option(help="Letter of this kiosk's numbers, A to Z; several kiosks each need their own."),
    ] = "",
    event: AtEvent = "",
) -> None:
    """The resident's kiosk."""
    if letter and not (len(letter) == 1 and letter.isascii() and letter.isupper()):
        raise typer.BadParameter("write one capital letter, A to Z", param_hint="--letter")
    from kiosk.app.intake import run

    run(office_at(event, letter), windowed=windowed, size=a_size(size))


@app.command()
def counter(
    number: Annotated[str, typer.Argument(help="The counter's number, or a desk of the settings.")],
    languages: Annotated[str, typer.Option(help="Languages this counselor speaks: ko,en.")] = "",
    staff: Annotated[str, typer.Option(help="Staff id that is kept with each change.")] = "",
    specialists: Annotated[
        str, typer.Option(help="Specialists of the roster who sit here: lawyer,tax.")
    ] = "",
    language: Annotated[
        str, typer.Option(help="The console's own language, ja or en; it can be switched at any time.")
    ] = "",
    size: Annotated[str, typer.Option(help="Size of the window.")] = "1366x768",
    facing: Annotated[
        str, typer.Option(help="A second window that residents read: size and place, 1280x800+1366+0.")
    ] = "",
    event: AtEvent = "",
) -> None:
    """The counselor's console at a counter."""
    if language not in ("", "ja", "en"):
        raise typer.BadParameter("write ja or en", param_hint="--language")
    from kiosk.app.counter import run

    here = office_at(event)
    run(
        here,
        a_counter(here, number, "NUMBER"),
        tags(here, languages),
        staff=staff,
        size=a_size(size),
        specialists=specialists_of(here, specialists),
        tongue=language,
        facing=a_geometry(facing, "--facing") if facing else None,
    )


@app.command()
def display(
    screen: Annotated[
        int, typer.Option(min=0, help="Which screen, counted from the left; 0 is the second one.")
    ] = 0,
    geometry: Annotated[str, typer.Option(help="A window instead of a full screen: 1280x720+1920+0.")] = "",
    event: AtEvent = "",
) -> None:
    """The call display: who is called, where to, and the last five."""
    from kiosk.app.display import run

    size, place = a_geometry(geometry) if geometry else (None, (0, 0))
    run(office_at(event), size=size, place=place, screen=screen)


@app.command()
def disaster(switch: Annotated[str, typer.Argument(help="on, off, or nothing to ask.")] = "") -> None:
    """Switch every kiosk to its disaster pages, or back."""
    here = office()
    if switch not in ("", "on", "off"):
        raise typer.BadParameter("write on or off", param_hint="SWITCH")
    if switch:
        here.switch_disaster(switch == "on")
    typer.echo("災害の画面 / disaster mode: " + ("on" if here.in_disaster() else "off"))


@app.command()
def demo(
    out: Annotated[
        Path, typer.Option(file_okay=False, help="Folder for the pictures, the slip and the ticket.")
    ],
    language: Annotated[str, typer.Option(help="The resident's language.")] = "ko",
    speech: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, readable=True, help="What the resident says: a WAV file."),
    ] = None,
    size: Annotated[str, typer.Option(help="Size of the window.")] = "1280x800",
) -> None:
    """Play a whole visit through the real windows."""
    from kiosk.app.demo import run

    if speech is not None:
        from kiosk.speech.wav import WavReader

        WavReader(speech).close()  # Not after half a visit.
    run(
        out,
        language=language,
        speech=speech,
        size=a_size(size),
        data=data_here() if Here.data else None,
    )
