"""Speech and translation models."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.base import Json, answer, app, data_here, office

if TYPE_CHECKING:
    from kiosk.app.library.library import Library
    from kiosk.app.library.task import Task

models = typer.Typer(help="Speech and translation models.", no_args_is_help=True)
app.add_typer(models, name="models")

Names = Annotated[list[str], typer.Argument(help="Language tags (ko) or ids of models.", show_default=False)]
Ids = Annotated[list[str] | None, typer.Argument(help="Ids of models; left out, all.", show_default=False)]
Accepted = Annotated[
    list[str] | None,
    typer.Option("--accept-licence", help="Id of a model whose limited licence the office agrees to."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask, except about licences.")]


def library() -> Library:
    from kiosk.app.library.library import Library

    return Library(data_here())


@contextmanager
def task() -> Iterator[Task]:
    """A task shown on the terminal; Ctrl-C stops it, and what was fetched stays."""
    from kiosk.app.library.task import Task
    from kiosk.app.library.terminal import Shown
    from kiosk.errors import Trouble

    shown = Shown()
    try:
        yield Task(shown)
    except KeyboardInterrupt:
        raise Trouble("trouble.library_cancelled") from None
    finally:
        shown.end()


@models.command("list")
def models_list(
    every: Annotated[
        bool, typer.Option("--all", help="Also languages the kiosk has no words for yet.")
    ] = False,
    as_json: Json = False,
) -> None:
    """What each language has and could have. With size, licence and quality."""
    from kiosk.app.library import listing
    from kiosk.app.library.terminal import show_table

    here = office()
    table = listing.rows(here, library(), every=every)
    if as_json:
        answer(listing.as_json(here, table), True, "")
    else:
        show_table(table)


@models.command("fetch")
def models_fetch(names: Names, accept: Accepted = None, yes: Yes = False) -> None:
    """Download and install models. Only this and refresh go online."""
    from kiosk.app.library.terminal import agreed, facts, tell
    from kiosk.app.told import both

    office()
    here = library()
    wanted = here.plan(names)
    limited = [(model.id, model.licence) for model in wanted if model.consent]
    accepted, declined = agreed(limited, accept or ())
    for name in declined:
        typer.echo(both("console.models.refused", name=name))
    wanted = tuple(model for model in wanted if model.id not in declined)
    if not wanted:
        typer.echo(both("console.models.done.nothing"))
        return
    for model in wanted:
        typer.echo(f"{model.id}  {facts(model.size, exact=bool(model.bytes), licence=model.licence)}")
    if not yes and sys.stdin.isatty():
        typer.confirm(both("console.models.fetch"), default=True, abort=True)
    with task() as doing:
        done = here.fetch(wanted, doing, accepted)
    if not tell(done, "console.models.done.fetch"):
        sys.exit(1)


@models.command("import")
def models_import(
    path: Annotated[Path, typer.Argument(help="An exported folder, a Vosk zip, or an .argosmodel.")],
    language: Annotated[
        str, typer.Option(help="Language of a speech model whose name does not tell it.")
    ] = "",
    accept: Accepted = None,
) -> None:
    """Install models from a file or a USB stick; no network is used."""
    from kiosk.app.library.importing import bring_in, look_at
    from kiosk.app.library.terminal import agreed, tell
    from kiosk.app.told import both

    office()
    here = library()
    found = look_at(path, here, language)
    limited = [(one.id, one.licence) for one in found if one.consent]
    accepted, declined = agreed(limited, accept or ())
    for name in declined:
        typer.echo(both("console.models.refused", name=name))
    found = tuple(one for one in found if one.id not in declined)
    with task() as doing:
        done = bring_in(found, here, doing, accepted)
    installed = {one.id for one in done if one.trouble is None}
    for one in found:
        if one.id in installed and not one.vouched:
            typer.echo(both("console.models.unvouched", name=one.id))
    if not tell(done, "console.models.done.fetch"):
        sys.exit(1)


@models.command("export")
def models_export(
    folder: Annotated[Path, typer.Argument(help="The stick or folder to write to.")], names: Ids = None
) -> None:
    """Copy installed models to a USB stick, for other machines."""
    from kiosk.app.library.exporting import export
    from kiosk.app.told import both

    office()
    here = library()
    wanted = [here.find(name) for name in names or ()] or list(here.installed())
    with task() as doing:
        place = export(wanted, folder, doing)
    typer.echo(both("console.models.done.export", folder=str(place)))


@models.command("verify")
def models_verify(names: Ids = None) -> None:
    """Compare every byte of installed models. Exit 1 where one is damaged."""
    from kiosk.app.library.terminal import tell
    from kiosk.app.told import both

    office()
    with task() as doing:
        done = library().verify(names or (), doing)
    for one in done:
        if one.vouched == "nothing":
            typer.echo(both("console.models.done.unvouched", name=one.id))
    if not tell(done, "console.models.done.verify"):
        sys.exit(1)


@models.command("remove")
def models_remove(name: Annotated[str, typer.Argument(help="The model's id.")], yes: Yes = False) -> None:
    """Take a model off this machine."""
    from kiosk.app.told import both

    office()
    here = library()
    found = here.find(name)
    if not yes and sys.stdin.isatty():
        typer.confirm(both("console.models.remove.question", name=found.id), default=False, abort=True)
    here.remove(name)
    typer.echo(both("console.models.done.remove", name=name))


@models.command("use")
def models_use(name: Annotated[str, typer.Argument(help="The speech model's id.")]) -> None:
    """Of several speech models of a language, have this one listen."""
    from kiosk.app.told import both

    office()
    library().use(name)
    typer.echo(both("console.models.done.use", name=name))


@models.command("refresh")
def models_refresh(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Vosk's model-list.json, Argos's index.json: addresses or files.", show_default=False
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Read a newer list of models. Never done by itself."""
    from dataclasses import asdict

    from kiosk.app.library.refresh import SOURCES, refresh
    from kiosk.app.told import both

    office()
    found = refresh(library(), sources or SOURCES)
    words = both(
        "console.models.done.refresh", new=len(found.new), changed=len(found.changed), refused=found.refused
    )
    answer(asdict(found), as_json, words)


@models.command("window")
def models_window(
    size: Annotated[str, typer.Option(help="Size of the window.")] = "1366x768",
    english: Annotated[bool, typer.Option("--english", help="In English first.")] = False,
) -> None:
    """The same with buttons and progress bars."""
    from kiosk.app.library.window import run
    from kiosk.cli.given import a_size

    run(office(), size=a_size(size), english=english)
