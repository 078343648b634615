from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import Trouble
from kiosk.speech.wav import WavReader, write_wav

SOUND = np.array([0.0, 0.5, -0.5, 0.25, -1.0, 0.75], dtype=np.float32)


def packed(kind: int, bits: int, channels: int = 1) -> bytes:
    sound = np.repeat(SOUND, channels)
    if kind == 3:
        return sound.astype(f"<f{bits // 8}").tobytes()
    if bits == 8:
        return (sound * 128 + 128).clip(0, 255).astype(np.uint8).tobytes()
    whole = (sound.astype(np.float64) * 2 ** (bits - 1)).astype(np.int64)
    return b"".join(int(value).to_bytes(bits // 8, "little", signed=True) for value in whole)


def wav(
    data: bytes,
    kind: int = 1,
    bits: int = 16,
    *,
    channels: int = 1,
    rate: int = 16000,
    size: int | None = None,
    before: bytes = b"",
    extensible: bool = False,
) -> bytes:
    frame = channels * bits // 8
    form = struct.pack("<HHIIHH", 0xFFFE if extensible else kind, channels, rate, rate * frame, frame, bits)
    if extensible:
        form += struct.pack("<HHIH", 22, bits, 0, kind) + bytes.fromhex("000000001000800000aa00389b71")
    body = b"WAVE" + before + b"fmt " + struct.pack("<I", len(form)) + form
    body += b"data" + struct.pack("<I", len(data) if size is None else size) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def read(content: bytes) -> np.ndarray:
    reader = WavReader(io.BytesIO(content))
    parts = []
    while len(part := reader.read(4)):  # in two pieces
        parts.append(part)
    return np.concatenate(parts)


@pytest.mark.parametrize("extensible", [False, True])
@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize(("kind", "bits"), [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)])
def test_every_format_says_the_same(kind: int, bits: int, channels: int, extensible: bool) -> None:
    made = read(wav(packed(kind, bits, channels), kind, bits, channels=channels, extensible=extensible))
    assert made.shape == (len(SOUND), channels)
    for channel in made.T:
        np.testing.assert_allclose(channel, SOUND, atol=0.01 if bits == 8 else 1e-4)


@pytest.mark.parametrize("size", [0, 0x7FFFF000, 0xFFFFFFFF])
def test_a_size_not_known_when_the_header_was_written(size: int) -> None:
    assert len(read(wav(packed(1, 16), size=size))) == len(SOUND)


def test_other_chunks_are_passed_over() -> None:
    notes = b"LIST" + struct.pack("<I", 5) + b"notes" + b"\0"  # odd sizes are padded
    assert len(read(wav(packed(1, 16), before=notes))) == len(SOUND)


def test_what_follows_the_data_is_not_sound() -> None:
    assert len(read(wav(packed(1, 16)) + b"LIST" + bytes(40))) == len(SOUND)


def test_a_file_cut_short_is_read_as_far_as_it_goes() -> None:
    assert len(read(wav(packed(1, 16))[:-3])) == len(SOUND) - 2


@pytest.mark.parametrize(
    "content",
    [
        b"", b"RIFF", b"not a sound file at all, but long enough to have a header of forty-four bytes",
        wav(b""), wav(b"\0"), wav(packed(1, 16))[:30], wav(packed(1, 16), rate=4000),
        wav(packed(1, 16), rate=192000), wav(packed(1, 16), kind=85),
        wav(packed(1, 16), bits=12), wav(packed(1, 16), channels=0),
        wav(packed(1, 16)).replace(b"fmt ", b"fmx "),
    ],
)  # fmt: skip
def test_what_is_no_sound_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(content)
    with pytest.raises(Trouble) as caught:
        WavReader(path)
    assert caught.value.key == "trouble.sound_file"


def test_no_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.wav", tmp_path):
        with pytest.raises(Trouble) as caught:
            WavReader(path)
        assert caught.value.key == "trouble.sound_file"


@settings(deadline=None)
@given(place=st.integers(0, 80), damage=st.binary(min_size=1, max_size=8))
def test_any_damage_is_sound_or_a_trouble(place: int, damage: bytes) -> None:
    whole = wav(packed(1, 16, 4), channels=4)
    content = whole[:place] + damage + whole[place + len(damage) :]
    try:
        told = str(read(content).dtype)
    except Trouble as trouble:
        told = trouble.key
    assert told in ("float32", "trouble.sound_file")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_wav(tmp_path / "x.wav", SOUND, 22050)
    reader = WavReader(tmp_path / "x.wav")
    assert reader.rate == 22050
    np.testing.assert_allclose(reader.read(100)[:, 0], SOUND, atol=1e-4)
    reader.close()
