"""What the product knows of one language. The values come from `languages/<tag>/language.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]
LineBreak = Literal["icu", "japanese", "spaces"]


@dataclass(frozen=True)
class Language:
    """One language a resident may choose; `tag` is BCP 47 (`ja-simple` for やさしい日本語)."""

    tag: str
    endonym: str
    english: str
    japanese: str
    """The language's name in Japanese, as staff read it: ミャンマー語."""
    direction: Direction
    script: str
    """ISO 15924 code; chooses line height, optical middle and size factor."""
    fonts: tuple[str, ...]
    """Font families in order of trial, without the weight: NotoSansMyanmar."""
    line_break: LineBreak
    vosk: str = ""
    """Vosk's own code for the language, empty where no model exists."""
    argos: str = ""
    """Argos's own code for the language, empty where no package exists."""
    voice: str = ""
    """`openjtalk`, `espeak:<voice>`, or empty where no voice reads it honestly."""
    choose: str = ""
    """The picker's line: please choose your language."""
    review: str = ""

    @property
    def is_japanese(self) -> bool:
        """Whether the narrative needs no translation for a counselor."""
        return self.tag.split("-")[0] == "ja"
