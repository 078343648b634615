"""A data folder, a model host, and models that look like real ones."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.library.library import Library
from kiosk.app.library.web import Patience
from kiosk.data.languages import read_languages
from tests.library.server import Host, serving

PACKAGES = Path(__file__).parent.parent / "translation" / "packages"
QUICK = Patience(stall=0.2, pauses=(0, 0, 0))
KOREAN = read_languages().by_tag["ko"]
VIETNAMESE = read_languages().by_tag["vi"]

# What Vosk needs at least; the acoustic model begins as Kaldi's binary files do and is not zeros.
SPEECH = {
    "am/final.mdl": b"\0B" + bytes(range(1, 250)) * 40,
    "conf/mfcc.conf": b"--sample-frequency=16000\n",
    "conf/model.conf": b"--beam=10\n",
    "graph/HCLr.fst": b"fst" * 100,
    "graph/Gr.fst": b"fst" * 100,
    "README": b"a model\n",
}


def a_zip(files: dict[str, bytes], top: str = "vosk-model-small-ko-0.22") -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{top}/{name}" if top else name, data)
    return raw.getvalue()


@pytest.fixture
def host() -> Iterator[Host]:
    with serving() as found:
        yield found


class Office:
    """A library whose catalogue names files of the test's own host."""

    def __init__(self, data: Path, host: Host) -> None:
        self.data, self.host = data, host
        self.rows: list[str] = []
        self.library = Library(data, QUICK)

    def speech(self, name: str, tag: str, raw: bytes, *faults: str, **more: Any) -> str:
        known = {
            "id": name, "tag": tag, "kind": "archive", "link": self.host.add(f"/{name}.zip", raw, *faults),
            "bytes": len(raw), "md5": hashlib.md5(raw).hexdigest(), "sha256": "", "licence": "Apache-2.0",
        }  # fmt: skip
        return self._row("speech", known | more)

    def package(self, source: str, target: str, raw: bytes, *faults: str, **more: Any) -> str:
        name = f"translate-{source}_{target}-1_0"
        known = {
            "id": name, "tag": "ko" if "ko" in (source, target) else "en", "from": source, "to": target,
            "version": "9.0", "link": self.host.add(f"/{name}.argosmodel", raw, *faults), "bytes": len(raw),
            "sha256": hashlib.sha256(raw).hexdigest(), "licence": "Apache-2.0",
        }  # fmt: skip
        return self._row("translation", known | more)

    def _row(self, kind: str, row: dict[str, Any]) -> str:
        lines = [f"[[{kind}]]", *(f"{key} = {json.dumps(value)}" for key, value in row.items())]
        self.rows.append("\n".join(lines))
        self.library.places.models.mkdir(parents=True, exist_ok=True)
        self.library.places.newer.write_text("\n".join(self.rows), "utf-8")
        self.library.reload()
        return str(row["id"])

    def tree(self) -> set[str]:
        """Every installed file."""
        folders = (self.library.places.speech, self.library.places.translation)
        return {
            path.relative_to(self.data).as_posix()
            for one in folders
            for path in one.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def office(tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Without the Korean package, which the machine of the test may have."""
    for module in ("kiosk.speech.models", "kiosk.app.library.installed"):
        monkeypatch.setattr(f"{module}.packaged", lambda _code: None)
    return Office(tmp_path / "data", host)


def sample(source: str, target: str) -> bytes:
    return (PACKAGES / f"translate-{source}_{target}-1_0.argosmodel").read_bytes()
