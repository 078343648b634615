"""`madoguchi demo`: a whole visit through the real windows, and everything that comes of it."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kiosk import paths
from kiosk.app.actions import KioskActions
from kiosk.app.cards import card_maker
from kiosk.app.intake import KioskWindow
from kiosk.app.office import Office, open_data
from kiosk.app.rehearsal import Player, play, speak, write
from kiosk.core.changes import call as called
from kiosk.core.changes import serve as served
from kiosk.core.records import content_record, routing_record
from kiosk.core.ticket import State, Ticket
from kiosk.errors import Trouble
from kiosk.printing.printers import EscposFile, FilePrinter, Printer
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.sheet import console_sheet
from kiosk.ui.counter.view import View
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.workers import Results

if TYPE_CHECKING:
    from PIL import Image

SAMPLES = paths.ROOT / "tests" / "translation" / "packages"
CHOICES = {"matter": "wages"}
"""Unpaid wages: the demo's case; other questions take their first choice."""
TYPED = {
    "en": "My company has not paid my wages for 2 months.",
    "ja": "会社が2か月、給料を払ってくれません。",
    "ja-simple": "かいしゃが おかねを はらって くれません。",
    "zh-Hans": "公司两个月没有发工资。",
    "vi": "Công ty chưa trả lương cho tôi 2 tháng nay.",
    "pt-BR": "A empresa não paga meu salário há 2 meses.",
    "ne": "कम्पनीले २ महिनादेखि तलब दिएको छैन।",
    "my": "ကုမ္ပဏီက လစာ ၂ လ မပေးသေးပါ။",
    "ko": "회사가 두 달 동안 월급을 주지 않았습니다.",
}


class DemoPrinter:
    """Leaves the slip in every form a printer takes."""

    def __init__(self, out: Path) -> None:
        self._printers: tuple[Printer, ...] = (FilePrinter(out), EscposFile(out / "slip.escpos"))

    def print(self, slip: Image.Image, name: str) -> None:  # noqa: ARG002
        for printer in self._printers:
            printer.print(slip, "slip")


def run(
    out: Path, *, language: str, speech: Path | None, size: tuple[int, int], data: Path | None = None
) -> None:
    """Play the visit; pictures, slip, card and ticket land in `out`. Raises Trouble."""
    out = out.expanduser().absolute()
    out.mkdir(parents=True, exist_ok=True)
    office = open_data(data or out / "data")
    if language not in office.languages:
        raise Trouble("trouble.demo_language", languages=", ".join(office.offered))
    full = not os.environ.get("DISPLAY")
    with ExitStack() as ends:
        if full:
            from kiosk.display_server import virtual_display

            typer.echo("画面がないので、仮想画面で動かします / no display: playing on a virtual one")
            ends.enter_context(virtual_display(*size))
        install_samples(office)
        # On a display of our own the window fills it, as on a kiosk; on somebody's desk it must not.
        ticket = visit(office, out, language, speech, None if full else size)
    leave(office, ticket, out)
    office.store.close()
    _tell(office, ticket, out)


def install_samples(office: Office) -> None:
    """The sample translation packages, which know the counter's phrases only and say so."""
    from kiosk.translation.archive import install

    for package in sorted(SAMPLES.glob("*.argosmodel")):
        install(package, office.translation_folder)


def visit(
    office: Office, out: Path, language: str, speech: Path | None, size: tuple[int, int] | None
) -> Ticket:
    """One visit in the real window; the ticket it gave."""
    from kiosk.speech.sample import SENTENCES
    from kiosk.speech.sources import WavFile
    from kiosk.speech.voice import WavSink

    before = {ticket.id for ticket in office.store.tickets()}
    voice = speech or _own_voice(office, language)
    source = WavFile(voice.absolute(), realtime=True) if voice else None
    results = Results()
    actions = KioskActions(office, results, source, WavSink(out / "read-aloud.wav"), DemoPrinter(out))
    try:
        shown = KioskWindow(office, results, actions, size=size, fatal=True)
        correction = ". ".join(said.text for said in SENTENCES) + "." if voice and not speech else ""
        words = partial(speak, correction=correction) if voice else write(TYPED[language])
        play(Player(shown, out / "screens"), language, "work", CHOICES, words)
        shown.window.close()
    finally:
        actions.close()
        results.close()
    return next(ticket for ticket in office.store.tickets() if ticket.id not in before)


def _own_voice(office: Office, language: str) -> Path | None:
    """Our own synthetic Korean, where nobody brings a recording and the Korean model is installed."""
    from kiosk.speech.models import find_model
    from kiosk.speech.sample import write_sample

    if language != "ko" or find_model(office.languages["ko"], office.speech_folder) is None:
        return None
    path = office.data / "sample-ko.wav"
    write_sample(path)
    return path


def leave(office: Office, ticket: Ticket, out: Path) -> None:
    """The ticket as JSON and the counselor's card as a picture. The ticket itself stays as it is: waiting."""
    record = routing_record(ticket) | {"content": content_record(ticket.content)}
    text = json.dumps(record, ensure_ascii=False, indent=2)
    (out / "ticket.json").write_text(text + "\n", encoding="utf-8")
    handover(office, ticket).save(out / "handover.png")


def handover(office: Office, ticket: Ticket, size: tuple[int, int] = (1366, 768)) -> Image.Image:
    """The card as the console shows it once the ticket is being served."""
    now = office.now()
    shown = (
        served(called(ticket, now, counter="1"), now, counter="1")
        if ticket.state is State.WAITING
        else ticket
    )
    minutes = int((now - ticket.issued).total_seconds() // 60)
    say = office.catalogue("ja").text
    view = View(
        counter="1",
        office=office.settings.office.name_ja,
        staff="",
        clock=f"{now:%H:%M}",
        fault="",
        tab="waiting",
        counts=(0, 0, 0),
        rows=(),
        issued=len(office.store.tickets()),
        closed=0,
        mean=None,
        card=card_maker(office).make(shown, minutes),
        state=State.SERVING,
        reason=say("reason.longest", n=minutes),
        since=f"{now:%H:%M}",
        elapsed="00:00",
    )
    painter = Painter(office.typesetter, replace(Frame(*size)))
    return painter.photograph(console_sheet(view, Grid(*size, say)))


def _tell(office: Office, ticket: Ticket, out: Path) -> None:
    narrative = ticket.content.narrative
    typer.echo(f"番号 / number: {ticket.number}")
    if narrative is not None and narrative.translation is not None and narrative.translation.sample:
        typer.echo(
            "翻訳は見本です（窓口の決まった文だけ） / translated by samples: the counter's phrases only"
        )
    for name in ("screens", "slip.png", "slip.pdf", "slip.escpos", "handover.png", "ticket.json"):
        typer.echo(f"  {out / name}")
    typer.echo(f"次 / next: madoguchi --data {office.data} counter 1")
