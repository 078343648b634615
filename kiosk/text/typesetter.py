"""Sets a text: lines, alignment, and a cache bounded by memory."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Literal

from kiosk.core.language import Language
from kiosk.errors import Trouble
from kiosk.text import metrics
from kiosk.text.block import Block, Pen, draw
from kiosk.text.fonts import Library
from kiosk.text.line import Line, set_line
from kiosk.text.markup import Marked, read
from kiosk.text.runs import Paragraph, Setting
from kiosk.text.wrap import Wrapped, wrap

Align = Literal["start", "center", "end"]
_Key = tuple[str, str, float, bool, int | None, Align, int | None, bool]

CACHE_BYTES = 64 * 1024 * 1024
_ENTRY_BYTES = 2048
"""What a block costs besides its mask, roughly."""


class Typesetter:
    """Draws text of the given languages. Safe to use from several threads."""

    def __init__(self, languages: Mapping[str, Language], cache_bytes: int = CACHE_BYTES) -> None:
        """Finds the fonts; opens none.

        Trouble("trouble.raqm_missing") where Pillow cannot shape (libfribidi0 is not installed);
        Trouble("trouble.fonts_missing", fonts=…) where a language's font is not on the machine.
        """
        from PIL import features

        if not features.check("raqm"):
            raise Trouble("trouble.raqm_missing", log="Pillow found no libfribidi: Raqm is off")
        self._languages = dict(languages)
        self._library = Library(font for language in languages.values() for font in language.fonts)
        self._cache: OrderedDict[_Key, Block] = OrderedDict()
        self._limit = cache_bytes
        self._bytes = 0
        self._lock = threading.Lock()

    @property
    def cached_bytes(self) -> int:
        """Memory held by drawn blocks."""
        return self._bytes

    def set(
        self,
        text: str,
        language: str,
        *,
        size: float,
        bold: bool = False,
        width: int | None = None,
        align: Align = "start",
        max_lines: int | None = None,
        balance: bool = False,
        keep: bool = True,
    ) -> Block:
        """Sets `text` (ruby markup and line ends understood) in the language with this tag.

        `size` is px before the script's factor, `width` px of the box lines are broken and aligned in.
        Beyond `max_lines` the last line ends in "…" and the block says `overflow`. `balance` makes lines
        of about equal length, for headings. Without `keep` no copy stays here. KeyError for a language the
        typesetter was not given.
        """
        key = (text, language, size, bold, width, align, max_lines, balance)
        with self._lock:
            block = self._cache.get(key)
            if block is not None:
                self._cache.move_to_end(key)
                return block
        block = self._set(*key, self._fonts(keep))
        if keep:
            self._keep(key, block)
        return block

    def measure(
        self, text: str, language: str, size: float, bold: bool = False, *, keep: bool = True
    ) -> float:
        """Width in px of `text` on one line, without drawing it; of several lines, the widest.

        `keep` as in `set`.
        """
        setting = Setting(self._fonts(keep), self._languages[language], size, bold)
        paragraphs = [Paragraph(part, setting) for part in _paragraphs(read(text))]
        return max(set_line(p, 0, p.trim(0, len(p.text))).width for p in paragraphs)

    def fit(
        self,
        text: str,
        language: str,
        sizes: Sequence[float],
        width: int,
        height: float,
        bold: bool = False,
        max_lines: int | None = None,
        *,
        align: Align = "start",
        balance: bool = False,
    ) -> Block:
        """The block in the largest of `sizes` that fits `width` × `height`, else in the smallest.

        Whether the smallest fits either is for the caller to see in `overflow` and `height`.
        ValueError without sizes.
        """
        if not sizes:
            raise ValueError("fit needs at least one size")
        for size in sorted(sizes, reverse=True):
            block = self.set(text, language, size=size, bold=bold, width=width, align=align,
                             max_lines=max_lines, balance=balance)  # fmt: skip
            if not block.overflow and block.height <= height:
                break
        return block

    def _fonts(self, keep: bool) -> Library:
        """Stretches that are measured stay with the fonts, those of somebody's own words not for long."""
        return self._library if keep else self._library.apart()

    def _keep(self, key: _Key, block: Block) -> None:
        with self._lock:
            if key in self._cache:
                return
            self._cache[key] = block
            self._bytes += _cost(block)
            while self._bytes > self._limit and len(self._cache) > 1:
                _, dropped = self._cache.popitem(last=False)
                self._bytes -= _cost(dropped)

    def _set(
        self, text: str, tag: str, size: float, bold: bool, width: int | None, align: Align,
        max_lines: int | None, balance: bool, library: Library,
    ) -> Block:  # fmt: skip
        language = self._languages[tag]
        setting = Setting(library, language, size, bold)
        marked = read(text)
        paragraphs = [Paragraph(part, setting) for part in _paragraphs(marked)]
        wrapped = wrap(paragraphs, width, max_lines, balance)
        return _block(wrapped, paragraphs, setting, width, align, bool(marked.rubies))


def _block(
    wrapped: Wrapped,
    paragraphs: list[Paragraph],
    setting: Setting,
    width: int | None,
    align: Align,
    ruby: bool,
) -> Block:
    lines = wrapped.lines
    own = metrics.of_language(setting.language)
    pitch = setting.size * max(own.pitch, metrics.RUBY_PITCH if ruby else 0, _guest_pitch(lines))
    middle = pitch / 2
    first = middle + setting.size * (own.middle + (metrics.RUBY_DROP if ruby else 0))
    text_width = math.ceil(max(line.width for line in lines) - 0.01)
    box = max(text_width, width or 0), math.ceil(len(lines) * pitch)
    lefts = [_left(line.width, box[0], align, setting.language.direction == "rtl") for line in lines]
    baselines = [round(first + at * pitch) for at in range(len(lines))]
    return Block(
        width=box[0],
        height=box[1],
        lines=len(lines),
        middle=middle,
        baseline=baselines[0],
        line_pitch=pitch,
        text_width=text_width,
        overflow=wrapped.overflow or (width is not None and text_width > width),
        missing="".join(dict.fromkeys("".join(paragraph.missing for paragraph in paragraphs))),
        lines_boxes=tuple(
            (left, at * pitch, line.width, pitch)
            for at, (left, line) in enumerate(zip(lefts, lines, strict=True))
        ),
        spans=tuple(wrapped.spans),
        pen=Pen(lambda: draw(lines, lefts, baselines, box)),
        torn=wrapped.torn,
    )


def _guest_pitch(lines: list[Line]) -> float:
    """The pitch that words of other scripts in the text need; a single line needs none."""
    if len(lines) == 1:
        return 0.0
    scripts = {p.run.family.script for line in lines for p in line.placed if p.run.family}
    return max((metrics.of_script(script).pitch for script in scripts), default=0.0)


def _left(line: float, box: int, align: Align, rtl: bool) -> float:
    # A whole pixel, so that the same word is the same picture everywhere.
    if align == "center":
        return float(math.floor((box - line) / 2))
    return max(0.0, math.floor(box - line)) if (align == "end") != rtl else 0.0


def _paragraphs(marked: Marked) -> list[Marked]:
    """The text cut at its line ends."""
    parts, start = [], 0
    for line in marked.text.split("\n"):
        end = start + len(line)
        rubies = tuple(
            type(ruby)(ruby.start - start, ruby.end - start, ruby.reading)
            for ruby in marked.rubies
            if start <= ruby.start < end
        )
        parts.append(Marked(line, rubies))
        start = end + 1
    return parts


def _cost(block: Block) -> int:
    # What its mask takes once it is drawn, but for marks that reach out of the box.
    return block.width * block.height + _ENTRY_BYTES
