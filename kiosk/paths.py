"""Where the project's own data lies, and where an office's data is kept."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ROOT / "languages"
FLOWS = ROOT / "flows"
MODELS = ROOT / "models"
ASSETS = ROOT / "assets"


def data_dir(chosen: Path | None = None) -> Path:
    """The folder for tickets, models, spool, log and settings: the option, MADOGUCHI_DATA, or the user's."""
    if chosen is not None:
        return chosen.expanduser().absolute()
    named = os.environ.get("MADOGUCHI_DATA")
    if named:
        return Path(named).expanduser().absolute()
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "madoguchi"
