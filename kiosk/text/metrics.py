"""Line height, optical middle and size of each script, as measured on Noto by eye and by ink.

All three are factors of the nominal text size, so that one size looks equally large in every language.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.language import Language


@dataclass(frozen=True)
class Metrics:
    pitch: float
    """Distance of two baselines."""
    middle: float
    """Height of the optical middle above the baseline."""
    size: float = 1.0
    """What the nominal size is multiplied by for this script's own letters."""


LATIN = Metrics(1.34, 0.357)

_SCRIPTS = {
    "Latn": LATIN,
    "Cyrl": LATIN,
    "Grek": LATIN,
    "Jpan": Metrics(1.46, 0.375),
    "Hans": Metrics(1.46, 0.375),
    "Hant": Metrics(1.46, 0.375),
    "Kore": Metrics(1.5, 0.375),
    "Deva": Metrics(1.5, 0.33, 1.04),
    "Beng": Metrics(1.5, 0.33, 1.04),
    "Mymr": Metrics(1.86, 0.27, 0.96),
    "Thai": Metrics(1.5, 0.30, 1.04),
    "Laoo": Metrics(1.5, 0.30, 1.04),
    "Khmr": Metrics(1.7, 0.27),
    "Sinh": Metrics(1.5, 0.28),
    "Arab": Metrics(1.6, 0.2, 1.08),
    "Aran": Metrics(2.1, 0.36, 0.94),
}

# Vietnamese is Latin with marks on top of marks.
_TAGS = {"vi": Metrics(1.42, 0.357)}

SCRIPTS = frozenset(_SCRIPTS)

RUBY_PITCH = 1.86
RUBY_DROP = 0.26
"""How far the base text's middle lies under the middle of a line with ruby, in base sizes."""
RUBY_SIZE = 0.48
RUBY_LEAST = 14.0
"""Smallest reading, px: below it kana with voicing marks cannot be told apart."""
RUBY_LEAN = 0.9
"""How far a reading may lean over neighbouring kana, in its own characters."""
RUBY_LEAN_EDGE = 0.5
"""The same at either end of a line."""


def of_script(script: str) -> Metrics:
    """The row of an ISO 15924 code; Latin's for a script without a row of its own."""
    return _SCRIPTS.get(script, LATIN)


def of_language(language: Language) -> Metrics:
    """The row a language's paragraphs are set with."""
    return _TAGS.get(language.tag) or of_script(language.script)


def ruby_size(size: float) -> float:
    """Size of the reading over base text of `size`, both px."""
    return max(RUBY_LEAST, RUBY_SIZE * size)
