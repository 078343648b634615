"""Microphones: which there are, opening one by its name, and how well it hears."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.core.heard import Level
from kiosk.errors import Trouble
from kiosk.speech.activity import Activity
from kiosk.speech.answering import answered
from kiosk.speech.asked import STOP, Device, LevelTest, Tested, Verdict
from kiosk.speech.sound import RATE, level
from kiosk.speech.sources import open_source

if TYPE_CHECKING:
    from kiosk.workers import Line

TOO_QUIET_DB = -42.0
"""Speech below is heard, but badly: of the Korean test sentences every third letter was wrong."""
TOO_LOUD = 0.1
"""Share of chunks with speech that reach the end of the scale from which on words suffer."""
NOISY_DB = 14.0
"""Speech should stand so far above what is heard behind it."""
_SILENT_DB = -90.0
_LEAST_SPEECH = 5  # chunks


def microphones() -> tuple[Device, ...]:
    """Every device that can hear, as they are plugged in now. Raises Trouble: `trouble.no_microphone`."""
    return answered(_listed)


def _listed() -> tuple[Device, ...]:
    sounddevice = _fresh()
    try:
        every, default = list(sounddevice.query_devices()), _default(sounddevice)
    except (sounddevice.PortAudioError, ValueError) as error:
        raise Trouble("trouble.no_microphone", log=f"microphones: {error}") from error
    return tuple(
        Device(number, str(one["name"]), number == default, int(one["default_samplerate"]))
        for number, one in enumerate(every)
        if int(one["max_input_channels"]) > 0
    )


def _default(sounddevice: Any) -> int:
    try:
        return int(sounddevice.query_devices(None, "input")["index"])
    except (sounddevice.PortAudioError, ValueError, KeyError):
        return -1


def open_stream(device: int | str | None, chunk_s: float, callback: Callable[..., None]) -> Any:
    """A started PortAudio stream at the device's own rate: hardware seldom gives 16 kHz by itself.

    PortAudio lists the devices once; one that was put back in since is found by asking anew. A name that no
    device has is told, never replaced by another microphone. Raises Trouble: `trouble.no_microphone`.
    """
    return answered(lambda: _open(device, chunk_s, callback))


def _open(device: int | str | None, chunk_s: float, callback: Callable[..., None]) -> Any:
    sounddevice = _portaudio()
    try:
        return _opened(sounddevice, device, chunk_s, callback)
    except (sounddevice.PortAudioError, ValueError):
        sounddevice = _fresh()
    try:
        return _opened(sounddevice, device, chunk_s, callback)
    except (sounddevice.PortAudioError, ValueError) as error:
        raise Trouble("trouble.no_microphone", log=f"microphone: {error}") from error


def _opened(sounddevice: Any, device: int | str | None, chunk_s: float, callback: Callable[..., None]) -> Any:
    number = _numbered(sounddevice, device) if isinstance(device, str) else device
    found = sounddevice.query_devices(number, "input")
    rate = int(found["default_samplerate"])
    stream = sounddevice.InputStream(
        samplerate=rate,
        blocksize=round(rate * chunk_s),
        device=number,
        channels=min(2, int(found["max_input_channels"])),
        dtype="float32",
        callback=callback,
    )
    stream.start()
    return stream


def _numbered(sounddevice: Any, name: str) -> int:
    """The first device whose name holds this. PortAudio's own search refuses a name that fits two."""
    for number, one in enumerate(sounddevice.query_devices()):
        if name.casefold() in str(one["name"]).casefold() and int(one["max_input_channels"]) > 0:
            return number
    raise ValueError("no microphone of the name in the settings")


def _portaudio() -> Any:
    try:
        import sounddevice
    except OSError as error:  # the PortAudio library is not installed
        raise Trouble("trouble.no_microphone", log="PortAudio is missing") from error
    return sounddevice


def _fresh() -> Any:
    """PortAudio with its list of devices read anew. Only while no stream is open."""
    sounddevice = _portaudio()
    try:
        sounddevice._terminate()
        sounddevice._initialize()
    except sounddevice.PortAudioError as error:
        raise Trouble("trouble.no_microphone", log=f"PortAudio: {error}") from error
    return sounddevice


def test_level(asked: LevelTest, emit: Line) -> Tested:
    """Listen for a while, show how loud it is, and judge. Raises Trouble: a source's."""
    source = open_source(asked.source)
    activity, levels = Activity(), list[Level]()
    left = round(asked.seconds * RATE)
    try:
        while left > 0 and not emit.dropped and STOP not in emit.inbox():
            sound = source.read()
            if sound is None:
                break
            if len(sound) == 0:
                continue
            left -= len(sound)
            speech = activity.push(sound)
            now = level(sound)
            levels.append(Level(now.dbfs, now.clipped, bool(speech.size and speech.mean() > 0.5)))
            emit(levels[-1])
    finally:
        source.close()
    return judged(levels)


def judged(levels: list[Level]) -> Tested:
    """What the loudness of some seconds says about a microphone."""
    loud = [one for one in levels if one.speech]
    still = sorted(one.dbfs for one in levels if not one.speech)
    noise = statistics.median(still) if still else min((one.dbfs for one in levels), default=_SILENT_DB)
    if len(loud) < _LEAST_SPEECH:
        return Tested("nothing", _SILENT_DB, noise, 0.0)
    speech = statistics.median(one.dbfs for one in loud)
    clipped = sum(one.clipped for one in loud) / len(loud)
    verdict: Verdict = "ok"
    if clipped > TOO_LOUD:
        verdict = "too_loud"
    elif speech < TOO_QUIET_DB:
        verdict = "too_quiet"
    elif speech - noise < NOISY_DB:
        verdict = "noisy"
    return Tested(verdict, round(speech, 1), round(noise, 1), round(clipped, 3))
