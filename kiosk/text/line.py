"""One line: where its runs and readings stand.

Rules of ruby: JIS X 4051 in the form the design fixed. A reading narrower than its base is spread
1:2:1 over it; a wider one leans over neighbouring kana and blanks, and what remains spreads the base.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from kiosk.text import bidi, metrics
from kiosk.text.breaks import clusters
from kiosk.text.fonts import RUBY
from kiosk.text.markup import Ruby
from kiosk.text.runs import Paragraph, Run, Setting

_CLEAR = 0.25
"""Least blank between two readings, in readings' characters."""
_ASCENT = 0.88
"""Top of a CJK character above its baseline, in sizes."""
_RISE = 0.12
"""Lowest point of a reading below its own baseline with a little air, in its own sizes."""


@dataclass(frozen=True)
class Placed:
    """A run at `x` from the line's left end, its baseline `rise` px above the line's."""

    run: Run
    x: float
    setting: Setting
    rise: float = 0.0


@dataclass(frozen=True)
class Line:
    width: float
    placed: tuple[Placed, ...]


@dataclass
class _Atom:
    """What is placed as a whole: a run, or a base with its reading."""

    runs: list[Run]
    width: float
    level: int
    start: int
    end: int
    reading: list[Run] = field(default_factory=list)
    reading_width: float = 0.0
    left: float = 0.0
    right: float = 0.0
    apart: float = 0.0
    """Blank after the base, where two readings would otherwise run into one."""

    @property
    def excess(self) -> float:
        """How much wider the reading is than the base."""
        return max(0.0, self.reading_width - self.width) if self.reading else 0.0


def set_line(paragraph: Paragraph, start: int, end: int) -> Line:
    """Lays out `paragraph.text[start:end]` from left to right."""
    atoms = _atoms(paragraph, start, end)
    if any(atom.reading for atom in atoms):
        _lean(paragraph, atoms)
    placed: list[Placed] = []
    x = 0.0
    for atom in bidi.visual(atoms, [atom.level for atom in atoms]):
        x += _place(atom, x, paragraph.setting, placed)
    return Line(x, tuple(placed))


def _atoms(paragraph: Paragraph, start: int, end: int) -> list[_Atom]:
    setting = paragraph.setting
    atoms: list[_Atom] = []
    at = start
    while at < end:
        ruby = paragraph.ruby_at(at)
        if ruby is not None and ruby.end <= end:
            atoms.append(_ruby_atom(paragraph, ruby))
            at = ruby.end
            continue
        stop = min((r.start for r in paragraph.rubies if at < r.start < end), default=end)
        for run in paragraph.runs(at, stop):
            width = setting.width(run)
            atoms.append(_Atom([run], width, run.level, at, at + len(run.text)))
            at += len(run.text)
    return atoms


def _ruby_atom(paragraph: Paragraph, ruby: Ruby) -> _Atom:
    setting = paragraph.setting
    runs = list(paragraph.runs(ruby.start, ruby.end))
    family = setting.library.families[RUBY]
    small = reading_setting(setting)
    ends = pairwise([0, *clusters(ruby.reading), len(ruby.reading)])
    reading = [Run(ruby.reading[start:end], family, 0) for start, end in ends]
    return _Atom(
        runs,
        sum(map(setting.width, runs)),
        runs[0].level,
        ruby.start,
        ruby.end,
        reading,
        sum(map(small.width, reading)),
    )


def reading_setting(setting: Setting) -> Setting:
    """How a reading is set: small and regular, since a bold kana of 14 px closes up."""
    return Setting(setting.library, setting.language, metrics.ruby_size(setting.size), False)


def _leanable(character: str) -> bool:
    return "\u3040" <= character <= "\u30ff" or character in " \u3000、。，．「」『』（）"


def _lean(paragraph: Paragraph, atoms: list[_Atom]) -> None:
    """Lets wide readings lean over their neighbours, never over another reading."""
    unit = metrics.ruby_size(paragraph.setting.size)
    if any(atom.level % 2 for atom in atoms):
        return
    for at, atom in enumerate(atoms):
        if not atom.excess:
            continue
        left = _room(paragraph, atoms, at, -1, unit)
        right = _room(paragraph, atoms, at, 1, unit)
        atom.left, atom.right = min(atom.excess / 2, left), min(atom.excess / 2, right)
        atom.left += min(left - atom.left, atom.excess - atom.left - atom.right)
        atom.right += min(right - atom.right, atom.excess - atom.left - atom.right)
    for atom, after in pairwise(atoms):
        if atom.reading and after.reading and max(_blank(atom), _blank(after)) < _CLEAR * unit:
            atom.apart = _CLEAR * unit


def _blank(atom: _Atom) -> float:
    """What lies free over either end of a base."""
    return max(0.0, atom.width - atom.reading_width) / len(atom.reading) / 2


def _room(paragraph: Paragraph, atoms: list[_Atom], at: int, step: int, unit: float) -> float:
    """How far a reading may lean towards `step` (−1 left, 1 right), px."""
    gap, beside = 0.0, at + step
    most = metrics.RUBY_LEAN * unit
    while 0 <= beside < len(atoms) and not atoms[beside].reading:
        gap += atoms[beside].width
        beside += step
    if not 0 <= at + step < len(atoms):
        return metrics.RUBY_LEAN_EDGE * unit
    if 0 <= beside < len(atoms):
        other = atoms[beside]
        gap -= _CLEAR * unit
        # Left of it the other reading has taken its place already; right of it, it may want half.
        taken = other.right if step < 0 else 0.0
        gap = gap - taken if step < 0 or not other.excess else gap / 2
        most = min(most, max(0.0, gap))
    return min(most, _leanable_width(paragraph, atoms[at], step, most))


def _leanable_width(paragraph: Paragraph, atom: _Atom, step: int, most: float) -> float:
    width, at = 0.0, atom.end if step > 0 else atom.start - 1
    while 0 <= at < len(paragraph.text) and width < most and _leanable(paragraph.text[at]):
        family = paragraph.families[at]
        width += paragraph.setting.width(Run(paragraph.text[at], family, 0))
        at += step
    return width


def _place(atom: _Atom, x: float, setting: Setting, placed: list[Placed]) -> float:
    if not atom.reading:
        run = atom.runs[0]
        placed.append(Placed(run, x, setting))
        return atom.width
    width = max(atom.width, atom.reading_width - atom.left - atom.right)
    small = reading_setting(setting)
    rise = _ASCENT * setting.size + _RISE * small.size
    singles = [Run(c, run.family, run.level) for run in atom.runs for c in run.text]
    if width - atom.width < 0.01:
        offset = x
        for run in atom.runs:
            placed.append(Placed(run, offset, setting))
            offset += setting.width(run)
    else:
        _spread(singles, x, width - atom.width, setting, 0.0, placed)
    spare = width - atom.reading_width
    if spare >= 0:
        _spread(atom.reading, x, spare, small, rise, placed)
    else:
        _spread(atom.reading, x - atom.left, 0.0, small, rise, placed)
    return width + atom.apart


def _spread(
    runs: list[Run], x: float, spare: float, setting: Setting, rise: float, placed: list[Placed]
) -> None:
    """Half a gap before and after, a whole one between: 1:2:1."""
    gap = spare / len(runs)
    x += gap / 2
    for run in runs:
        placed.append(Placed(run, x, setting, rise))
        x += setting.width(run) + gap
