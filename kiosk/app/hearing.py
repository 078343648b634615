"""`madoguchi doctor --microphone`: which microphones there are, and how well the chosen one hears."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kiosk.app.good_settings import choose
from kiosk.core.heard import Level
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.speech.sources import WavFile
    from kiosk.workers import Reply

SECONDS = 6.0
_BAR = 40
_SAID = {
    "ok": ("よく聞こえます。", "It hears well."),
    "too_quiet": (
        "声が小さく届いています。マイクを近づけるか、音の設定で音量を上げてください。",
        "The voice arrives faintly. Bring the microphone nearer or turn it up in the sound settings.",
    ),
    "too_loud": (
        "音が割れています。音の設定でマイクの音量を下げてください。",
        "The voice is too loud and breaks up. Turn the microphone down in the sound settings.",
    ),
    "noisy": (
        "まわりの音が大きいです。静かな場所に移すか、口もとに近いマイクを使ってください。",
        "There is much noise around. Move it to a quieter place or use a microphone near the mouth.",
    ),
    "nothing": (
        "声が聞こえませんでした。マイクのスイッチと、音の設定を確かめてください。",
        "No voice was heard. Check the microphone's switch and the sound settings.",
    ),
}


def run(data: Path, source: WavFile | None = None) -> int:
    """List the microphones, listen for some seconds with a bar for the level, and judge; 0 when it hears
    well. `source` stands for the microphone."""
    from kiosk.speech.asked import LevelTest
    from kiosk.speech.microphones import microphones, test_level
    from kiosk.speech.sources import Microphone
    from kiosk.workers import Line

    chosen = choose(data).settings.kiosk.microphone
    try:
        for device in [] if source else microphones():
            used = chosen.casefold() in device.name.casefold() if chosen else device.default
            typer.echo(f"{'●' if used else '○'} {device.name} ({device.rate} Hz)")
        typer.echo(
            f"{SECONDS:.0f} 秒間、ふつうの声で話してください。 Speak as usual for {SECONDS:.0f} seconds."
        )
        found = test_level(LevelTest(source or Microphone(chosen or None), SECONDS), Line(0, _show))
    except Trouble as trouble:
        typer.echo(f"\n× マイクが使えません。つないで、音の設定で選んでください。 {trouble.log}")
        typer.echo("  The microphone cannot be used. Connect it and choose it in the sound settings.")
        return 1
    japanese, english = _SAID[found.verdict]
    typer.echo(f"\n声 speech {found.speech_dbfs:.0f} dB · まわりの音 noise {found.noise_dbfs:.0f} dB")
    typer.echo(f"{'○' if found.verdict == 'ok' else '×'} {japanese}\n  {english}")
    return 0 if found.verdict == "ok" else 1


def _show(reply: Reply) -> None:
    if isinstance(now := reply.value, Level):
        full = round(max(0.0, min(1.0, 1 + now.dbfs / 60)) * _BAR)
        typer.echo(
            f"\r{'█' * full}{'·' * (_BAR - full)} {now.dbfs:5.0f} dB {'!' if now.clipped else ' '}", nl=False
        )
