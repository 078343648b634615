"""Nothing of translating may reach for the network or write into the home folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
reached = []
events = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "urllib.")
def watch(event, arguments):
    if event.startswith(events):
        reached.append(event)
        raise OSError("the network is cut")
sys.addaudithook(watch)
from kiosk.translation.engine import TranslationEngine
engine = TranslationEngine(sys.argv[1])
engine.handle("load", "ko", lambda value: None)
print(engine.handle("translate", ("도와주세요.", "ko"), lambda value: None).japanese)
print(reached)
unwanted = ("argostranslate.translate", "minisbd", "torch", "stanza", "spacy")
print([name for name in unwanted if name in sys.modules])
"""


def test_loading_and_translating_reach_for_nothing(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(installed)],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["助けてください。", "[]", "[]"]
    assert list(home.rglob("*")) == []
