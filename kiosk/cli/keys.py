"""The office's passphrase and its recovery key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.base import Json, answer, app, office

keys = typer.Typer(
    help="The office's passphrase and its recovery key. 合言葉と回復キー。", no_args_is_help=True
)
app.add_typer(keys, name="keys")

Out = Annotated[Path | None, typer.Option("--out", help="Folder for the page, such as a USB stick's.")]
OnPrinter = Annotated[bool, typer.Option("--print", help="Print the page on the slip printer.")]


@keys.command("setup")
def keys_setup(out: Out = None, on_printer: OnPrinter = False) -> None:
    """Set the passphrase, and make the recovery key."""
    from kiosk.app.keys import run_setup

    typer.echo(run_setup(office(), out, on_printer))


@keys.command("change")
def keys_change() -> None:
    """Set another passphrase, with the one there is."""
    from kiosk.app.keys import ask, ask_new, change
    from kiosk.errors import Trouble

    here = office()
    if not here.keys.protected:
        raise Trouble("trouble.keys_unset")
    change(here, ask("今の合言葉 / present passphrase"), ask_new(here))
    typer.echo("合言葉を変えました。 / The passphrase is changed.")


@keys.command("recover")
def keys_recover() -> None:
    """Set another passphrase, with the recovery key from the safe."""
    from kiosk.app.keys import ask, ask_new, recover

    here = office()
    recover(here, ask("回復キー / recovery key"), ask_new(here))
    typer.echo("合言葉を設定しました。 / The passphrase is set.")


@keys.command("paper")
def keys_paper(out: Out = None, on_printer: OnPrinter = False) -> None:
    """Make the recovery key's page once more. The key itself is asked for: it is kept nowhere."""
    from kiosk.app.keys import ask, print_page, proven, write_page

    if out is None and not on_printer:
        raise typer.BadParameter("write --out FOLDER or --print")
    here = office()
    recovery = proven(here, ask("回復キー / recovery key"))
    if out is not None:
        for path in write_page(here, recovery, out):
            typer.echo(path)
    if on_printer:
        print_page(here, recovery)


@keys.command("status")
def keys_status(as_json: Json = False) -> None:
    """Whether what residents told is protected."""
    from kiosk.app.keys import state, told_state

    found = state(office())
    answer(found, as_json, told_state(found))
