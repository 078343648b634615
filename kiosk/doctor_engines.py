"""Whether this machine hears, speaks, recognises and translates: what doctor looks at of the engines."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.doctor_checks import SET_UP, Check, Said, absent, install, there


def portaudio() -> Check:
    try:
        ctypes.CDLL("libportaudio.so.2")
    except OSError:
        detail = Said("ありません（話す・聞くが使えません）", "missing (no speaking and no listening)")
        return Check("portaudio", False, detail, install("libportaudio2"))
    return Check("portaudio", True, there())


def sound() -> list[Check]:
    """Whether there is a microphone and a speaker, as PortAudio sees them."""
    devices: list[Any] = []
    try:
        with _silent_stderr():  # ALSA writes a page about every card that is not there
            import sounddevice

            devices = list(sounddevice.query_devices())
    except Exception as error:  # sounddevice raises OSError without PortAudio, its own error otherwise
        wrong = Said("調べられません", f"cannot be asked: {type(error).__name__}")
        return [Check(key, False, wrong, install("libportaudio2")) for key in ("microphone", "speaker")]
    checks = []
    for key, channels in (("microphone", "max_input_channels"), ("speaker", "max_output_channels")):
        names = [str(device["name"]) for device in devices if device[channels] > 0]
        detail = Said(names[0], names[0]) if names else Said("見つかりません", "none found")
        cure = Said("つないで、音の設定で選ぶ", "connect it and choose it in the sound settings")
        checks.append(Check(key, bool(names), detail, cure))
    return checks


def espeak() -> Check:
    found = shutil.which("espeak-ng")
    return Check("espeak", found is not None, there() if found else absent(), install("espeak-ng"))


def openjtalk() -> Check:
    return _module("openjtalk", "pyopenjtalk", "pyopenjtalk-plus")


def speech(data: Path) -> Check:
    """Vosk itself, and the models it can load: the folder's and the Korean one that comes as a package."""
    engine = _module("speech", "vosk", "vosk")
    return engine if not engine.ok else _models("speech", data)


def translation(data: Path) -> Check:
    """Argos packages installed, one way each (`ko-en`)."""
    engine = _module("translation", "argostranslate", "argos-translate-lt")
    return engine if not engine.ok else _models("translation", data)


_MARKS = {
    "noncommercial": Said("営利利用不可", "not for commercial use"),
    "copyleft": Said("再配布に条件", "conditions when passed on"),
    "unknown": Said("ライセンスの記載なし", "licence not stated"),
}


def _models(kind: str, data: Path) -> Check:
    """What is installed of one kind, each with what its licence asks; one that is damaged is not used."""
    from kiosk.app.library.library import Library
    from kiosk.data.models import licence_mark

    here = [model for model in Library(data).installed() if model.kind == kind]
    if not here:
        return Check(kind, False, Said("モデルなし", "no models"), _fetch(data))
    ja, en = [], []
    for model in here:
        mark = _MARKS.get(licence_mark(model.licence)) or Said("", "")
        ja.append(model.id + (f"（{mark.ja}）" if mark.ja else ""))
        en.append(model.id + (f" ({mark.en})" if mark.en else ""))
    broken = [model.id for model in here if model.state == "damaged"]
    if not broken:
        return Check(kind, True, Said(", ".join(ja), ", ".join(en)))
    names = ", ".join(broken)
    line = f"madoguchi --data {data} models fetch {' '.join(broken)}"
    return Check(kind, False, Said(f"壊れています: {names}", f"damaged: {names}"), Said(line, line))


def _fetch(data: Path) -> Said:
    line = f"madoguchi --data {data} models fetch"
    return Said(line, line)


def _module(key: str, module: str, distribution: str) -> Check:
    """Whether an engine's module can really be imported: a library it needs may be missing."""
    from importlib import import_module, metadata

    try:
        import_module(module)
        version = metadata.version(distribution)
    except (ImportError, OSError, metadata.PackageNotFoundError) as error:
        return Check(key, False, Said("読み込めません", f"cannot be loaded: {type(error).__name__}"), SET_UP)
    return Check(key, True, Said(version, version))


@contextmanager
def _silent_stderr() -> Iterator[None]:
    saved = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)
