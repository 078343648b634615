"""Which speech model is installed for a language, and whether it is whole."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from kiosk.core.language import Language
from kiosk.errors import Trouble
from kiosk.speech import manifest

USE = "use"
"""A file of this name in a language's folder holds the id of the model that listens there."""

_BLOCK = 4096
_ZEROS_AT_MOST = 0.01

# What Vosk reads before it listens: the newer layout keeps parts in am/, conf/ and graph/, the older is flat.
_LAYOUTS = (
    ("am/final.mdl", "conf/mfcc.conf", "graph"),
    ("final.mdl", "mfcc.conf", "."),
)
_GRAPHS = (("HCLG.fst",), ("HCLr.fst", "Gr.fst"))
_IVECTOR = ("final.dubm", "final.ie", "final.mat", "global_cmvn.stats", "online_cmvn.conf", "splice.conf")


def find_model(language: Language, folder: Path) -> Path | None:
    """The language's Vosk model: in `folder` (`<data>/models/speech`), or from an installed package.

    In `folder` a model lies under the language tag (`ko/`), Vosk's own code for it, or the tag's first part
    (`ja/` serves ja-simple), directly or one folder deeper, as the published archives unpack; of several the
    one the office chose, else the first by name. One that is known to be damaged counts as not there. None
    where the language has no model or none is installed. Cheap: loads nothing, hashes nothing.
    """
    if not language.vosk:
        return None
    names = dict.fromkeys((language.tag, language.vosk, language.tag.split("-")[0]))
    for name in names:
        for candidate in candidates(folder / name):
            if manifest.whole(candidate):
                return candidate
    return packaged(language.vosk)


def candidates(place: Path) -> list[Path]:
    """What looks like a Vosk model in a language's folder, the chosen one first, damaged ones too."""
    if not place.is_dir():
        return []
    chosen = chosen_in(place)
    inner = sorted(one for one in place.iterdir() if one.is_dir() and not one.name.startswith("."))
    inner.sort(key=lambda one: one.name != chosen)
    return [one for one in (place, *inner) if _parts(one) is not None]


def chosen_in(place: Path) -> str:
    """The id written into the language's folder; empty where none is."""
    try:
        return (place / USE).read_text("utf-8")[:200].strip()
    except (OSError, UnicodeDecodeError):
        return ""


def packaged(code: str) -> Path | None:
    """The model that comes as a Python package for one of Vosk's codes, where it is installed."""
    name = "vosk_model_" + re.sub(r"\W", "_", code)
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        return None
    place = Path(spec.origin).parent / "model"
    return place if _parts(place) is not None else None


def _parts(model: Path) -> tuple[Path, Path, Path] | None:
    """Acoustic model, sound settings and graph folder, when `model` looks like a Vosk model at all."""
    for acoustic, settings, graph in _LAYOUTS:
        if (model / acoustic).is_file():
            return model / acoustic, model / settings, model / graph
    return None


def check_model(model: Path) -> None:
    """Raise Trouble("trouble.model_damaged") unless every file Vosk reads is there and plausible.

    Vosk ends the whole process on some damage and loads other damage silently, blocks of zeros left by a
    power cut among it, so this comes first. Where the model has a manifest every byte is compared with it;
    one that differs is marked and not found again until it is put right.
    """
    parts = _parts(model)
    if parts is None:
        raise _damaged("no acoustic model")
    acoustic, settings, graph = parts
    needed = [acoustic, settings]
    found = [names for names in _GRAPHS if all((graph / name).is_file() for name in names)]
    if not found:
        raise _damaged("no graph")
    needed += [graph / name for name in found[0]]
    if (model / "ivector").is_dir():
        needed += [model / "ivector" / name for name in _IVECTOR]
    for file in needed:
        if not file.is_file() or file.stat().st_size == 0:
            raise _damaged(f"{file.name} is missing or empty")
    _check_acoustic(acoustic)
    manifest.verify(model)


def _check_acoustic(file: Path) -> None:
    """Kaldi's binary files begin with a zero byte and a B, and trained weights are not zeros.

    The Korean model does hold two whole blocks of zeros among 3,505, so a few are no sign of damage.
    """
    zeros = 0
    try:
        with file.open("rb") as opened:
            if opened.read(2) != b"\0B":
                raise _damaged(f"{file.name} is no Kaldi file")
            opened.seek(0)
            while block := opened.read(_BLOCK):
                zeros += not any(block)
            if zeros * _BLOCK > opened.tell() * _ZEROS_AT_MOST:
                raise _damaged(f"{file.name} holds {zeros} blocks of zeros")
    except OSError as error:
        raise _damaged(f"{file.name} cannot be read ({type(error).__name__})") from error


def _damaged(what: str) -> Trouble:
    return Trouble("trouble.model_damaged", log=f"speech model: {what}")
