"""What the counselor's page of a talk shows: plain values for its sheets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chip:
    id: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Fill:
    """A phrase whose blanks are being filled."""

    sentence: str
    asks: str
    typed: bool
    """Whether it may be typed into the field above."""


@dataclass(frozen=True)
class Said:
    """One line of the talk."""

    who: str
    mine: bool
    japanese: str
    text: str
    language: str
    mark: str = ""
    warm: bool = False


@dataclass(frozen=True)
class Made:
    """What became of the typed words."""

    note: str = ""
    warm: bool = False
    text: str = ""
    language: str = ""
    back: str = ""
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class TalkView:
    title: str
    status: str
    field: str
    """Label of the field one searches or fills with."""
    chips: tuple[Chip, ...]
    rows: tuple[tuple[str, str], ...]
    """Words of what may be picked, and what is to be filled in."""
    place: str
    """Which page of how many."""
    fill: Fill | None
    said: tuple[Said, ...]
    """The newest last."""
    older: int
    answer: Said | None
    now: str
    """What the resident does just now."""
    made: Made
    main: str
    """Words of the main button; empty where it can do nothing."""
    note: str
    actions: tuple[tuple[str, str, str, str], ...]
    """Target, key, icon and words of each."""
