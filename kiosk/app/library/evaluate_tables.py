"""An evaluation at a terminal."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

import typer

from kiosk.app.library.evaluate_results import LEAST, Evaluation, SpeechRow, TranslationRow
from kiosk.app.library.evaluate_scores import tokenizer
from kiosk.app.library.evaluate_words import UNSPACED, spread
from kiosk.app.library.terminal import line
from kiosk.app.told import both
from kiosk.data.catalogue import load
from kiosk.translation.quality import Quality

_GAP = "  "
_ANY = 10_000
"""Columns of a file: nothing has to be narrow there."""
_HEADS = ("ja", "en")
"""Languages of the heading, a line each."""
_TRANSLATION = (
    "model",
    "way",
    "sentences",
    "chrf",
    "kept",
    "bleu",
    "back",
    "refused",
    "seconds",
    "mb",
    "line",
)
_SPEECH = ("model", "language", "recordings", "wer", "wrong", "cer", "pace", "load", "mb")


def width(text: str) -> int:
    """Columns a terminal gives it: two for wide characters, none for marks set on others."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def table(rows: Sequence[Sequence[str]], left: int, room: int) -> Iterator[str]:
    """Lines of aligned columns, the first `left` to the left, numbers to the right. Where they are wider than
    `room`, the first column stands on a line of its own above the others."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= room:
        yield from _aligned(rows, left)
        return
    inner = _aligned([row[1:] for row in rows], left - 1)
    heads = len(_HEADS)
    yield " / ".join(dict.fromkeys(row[0] for row in rows[:heads]))
    for number, (row, rest) in enumerate(zip(rows, inner, strict=True)):
        if number >= heads:
            yield row[0]
        yield f"  {rest}"


def _aligned(rows: Sequence[Sequence[str]], left: int) -> Iterator[str]:
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = []
        for place, (cell, wide) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (wide - width(cell))
            cells.append(cell + gap if place < left else gap + cell)
        yield _GAP.join(cells).rstrip()


def lines(found: Evaluation, quality: Quality | None) -> Iterator[str]:
    """Everything for a terminal: tables in Japanese and English, what they mean, what was left out."""
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else _ANY
    if found.stopped:
        yield "△ " + line("console.evaluate.stopped")
    if found.translation:
        yield line("console.evaluate.translation", file=found.sentences)
        rows = [_translation_cells(row) for row in found.translation]
        yield from table([*_heads(_TRANSLATION), *rows], 2, room)
        yield from _said_of_translation(found.translation, quality)
    if found.speech:
        yield line("console.evaluate.speech", file=found.recordings)
        yield from table([*_heads(_SPEECH), *map(_speech_cells, found.speech)], 2, room)
        yield from _said_of_speech(found.speech)
    if found.left_out:
        yield line("console.evaluate.left")
        yield from (f"  {name}: {_reason(why)}" for name, why in found.left_out.items())


def _heads(columns: Sequence[str]) -> Iterator[list[str]]:
    for tag in _HEADS:
        yield [load(tag).text(f"console.evaluate.column.{name}") for name in columns]


def _translation_cells(row: TranslationRow) -> list[str]:
    none = "–"
    refused = sum(row.refused.values())
    return [
        row.models,
        f"{row.source} → {row.target}",
        _done(row.done, row.asked),
        f"{row.score.chrf:.1f} ± {row.score.spread:.1f}" if row.score else none,
        f"{row.kept.chrf:.1f}" if row.kept else none,
        f"{row.score.bleu:.1f}" if row.score else none,
        f"{row.back:.1f}" if row.back is not None else none,
        str(refused) if row.done else none,
        f"{row.seconds:.2f}" if row.done else none,
        f"{row.bytes / 1e6:.0f}" if row.bytes else none,
        row.line or none,
    ]


def _done(done: int, asked: int) -> str:
    return str(done) if done == asked else f"△ {done}/{asked}"


def _said_of_translation(rows: Sequence[TranslationRow], quality: Quality | None) -> Iterator[str]:
    for row in rows:
        if row.refused:
            yield f"  {row.models}: " + " / ".join(_refusals(tag, row.refused) for tag in ("ja", "en"))
        if row.note:
            yield f"  × {row.models}: {_reason(row.note)}"
    targets = dict.fromkeys(row.target for row in rows)
    yield from _told("console.evaluate.scores")
    yield "  BLEU: " + " · ".join(f"{tag} {tokenizer(tag)}" for tag in targets)
    if quality is not None:
        bounds = {"shown": f"{quality.shown_from:g}", "hint": f"{quality.hint_from:g}"}
        yield from _told("console.evaluate.lines", least=LEAST, **bounds)
    if any(pair.sample for row in rows if (pair := row.pair)):
        yield from _told("console.evaluate.sample")


def _refusals(tag: str, refused: Mapping[str, int]) -> str:
    words = load(tag)
    why = (f"{words.text(f'console.evaluate.refusal.{one}')} {count}" for one, count in refused.items())
    return words.text("console.evaluate.refused", why=" · ".join(why))


def _told(key: str, /, **details: str | int) -> Iterator[str]:
    """A sentence in each language, on a line of its own."""
    yield from (f"  {sentence}" for sentence in both(key, **details).split("\n"))


def _speech_cells(row: SpeechRow) -> list[str]:
    if not row.heard:
        return [row.model, row.language, _done(len(row.skipped), row.asked), *["–"] * 6]
    words, letters = row.words, row.letters
    unspaced = row.language in UNSPACED
    parts = letters if unspaced else words
    return [
        row.model,
        row.language,
        _done(len(row.heard), row.asked),
        "–" if unspaced else f"{words.rate:.1f} ± {spread([one.words for one in row.heard]):.1f}",
        f"{parts.substituted}+{parts.inserted}+{parts.deleted}/{parts.said}",
        f"{letters.rate:.1f} ± {spread([one.letters for one in row.heard]):.1f}",
        f"{row.pace:.2f}",
        f"{row.load_s:.1f}",
        f"{row.bytes / 1e6:.0f}",
    ]


def _said_of_speech(rows: Sequence[SpeechRow]) -> Iterator[str]:
    yield from _told("console.evaluate.errors")
    for row in rows:
        if row.note:
            yield f"  × {row.model}: {_reason(row.note)}"
        for name, why in row.skipped.items():
            yield f"  × {row.model}: {name}: {_reason(why)}"


def _reason(why: str) -> str:
    """A trouble's or reason's own words; a fault of a file is a sentence already."""
    if why == "trouble.model_damaged":
        # That trouble's own words are for residents.
        why = "damaged"
    for key in (why, f"console.evaluate.reason.{why}"):
        if load("ja").has(key):
            return line(key)
    return why


def shown() -> tuple[Callable[[str, int, int], None], Callable[[], None]]:
    """Progress on a terminal's one line, on standard error; elsewhere a line at a model's beginning."""
    live, last = sys.stderr.isatty(), [""]

    def tell(name: str, done: int, count: int) -> None:
        if live:
            typer.echo(f"\r{name}  {done}/{count}\x1b[K", err=True, nl=False)
        elif name != last[0]:
            typer.echo(f"{name}  {count}", err=True)
        last[0] = name

    def end() -> None:
        if live and last[0]:
            typer.echo("\r\x1b[K", err=True, nl=False)

    return tell, end
