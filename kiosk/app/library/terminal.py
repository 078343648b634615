"""The library at a terminal: its table, its progress and its one question, in Japanese and English."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import typer

from kiosk.app.library.library import Done
from kiosk.app.library.listing import LanguageRow, ModelRow, size
from kiosk.app.library.task import Progress
from kiosk.app.told import both, in_japanese_and_english
from kiosk.data.models import licence_mark

_WIDTH = 24
VERIFIED = "console.models.done.verify"
"""That all are whole."""


def line(key: str, /, **details: str | int) -> str:
    """Both languages in one line."""
    return " / ".join(dict.fromkeys(both(key, **details).split("\n")))


def show_table(table: Sequence[LanguageRow]) -> None:
    for row in table:
        speech, translation = (line(f"console.models.{state}") for state in (row.speech, row.translation))
        typer.echo(f"{row.tag}  {row.japanese}  {row.english}")
        typer.echo(f"    {line('console.models.speech')}: {speech}")
        typer.echo(f"    {line('console.models.translation')}: {translation}")
        for model in row.models:
            damaged = f"{line('console.models.damaged')} · " if model.state == "damaged" else ""
            way = f" · {model.way[0]} → {model.way[1]}" if model.kind == "translation" else ""
            told = facts(model.bytes, exact=model.exact, licence=model.licence)
            typer.echo(f"    {_sign(model)} {model.id}  {damaged}{told}{way}")
            if more := _more(model):
                typer.echo(f"        {more}")


def _sign(model: ModelRow) -> str:
    return {"whole": "○", "damaged": "×", "": "・"}[model.state]


def facts(amount: int, *, exact: bool, licence: str) -> str:
    """Size in bytes, 0 where it is not known, and licence, with what it forbids."""
    known = size(amount) if amount else line("console.models.size.unknown")
    found = [known if exact or not amount else line("console.models.size.about", size=known)]
    mark = licence_mark(licence)
    found.append(licence if mark != "unknown" else "")
    if mark:
        found.append("△ " + line(f"console.models.licence.{mark}"))
    return " · ".join(one for one in found if one)


def _more(model: ModelRow) -> str:
    """What stands on a second line: a model's note and its error rates, as its publisher writes them."""
    found = [model.note]
    if model.quality:
        found.append(f"{line('console.models.rates')}: {model.quality}")
    return " · ".join(one for one in found if one)


class Shown:
    """Progress on one line that is written over; where nobody watches, a line at each tenth."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._last = ("", "", -1)

    def __call__(self, now: Progress) -> None:
        tenth = int(now.share * 10)
        if not self._live and (now.name, now.phase, tenth) == self._last:
            return
        self._last = (now.name, now.phase, tenth)
        doing = line(f"console.models.working.{now.phase}")
        far = f"{now.done / 1e6:,.1f} MB" + (f" / {now.total / 1e6:,.1f} MB" if now.total else "")
        bar = "█" * round(now.share * _WIDTH) + "░" * (_WIDTH - round(now.share * _WIDTH))
        text = f"[{now.place}/{now.count}] {now.name}  {doing}  {bar if now.total else ''} {far}"
        typer.echo(f"\r{text}\x1b[K" if self._live else text, err=True, nl=not self._live)

    def end(self) -> None:
        if self._live and self._last[0]:
            typer.echo("", err=True)


def agreed(models: Iterable[tuple[str, str]], accepted: Sequence[str]) -> tuple[set[str], set[str]]:
    """Ids somebody agreed to, and those declined, of (id, licence) pairs that limit their use.

    Asked at a terminal, one by one; elsewhere only what `--accept-licence` names counts as agreed, and the
    rest is left to the library, which refuses it.
    """
    yes, no = set(accepted), set()
    for name, licence in models:
        if name in yes or not sys.stdin.isatty():
            continue
        if typer.confirm(both("console.models.question", name=name, licence=licence), default=False):
            yes.add(name)
        else:
            no.add(name)
    return yes, no


def tell(done: Sequence[Done], key: str) -> bool:
    """What became of each model; whether all went well."""
    good = [one.id for one in done if one.trouble is None]
    if good and not (key == VERIFIED and len(good) < len(done)):
        typer.echo(both(key, names=", ".join(good), n=len(good)))
    for one in done:
        if one.trouble is not None:
            typer.echo(f"× {one.id}\n{in_japanese_and_english(one.trouble)}", err=True)
    return len(good) == len(done)
